"""The front door: `python build.py` builds content/ into output/; `python build.py --help` tells the rest."""

from huikan.process import run

if __name__ == "__main__":
    run()
