"""The front door: `python build.py` builds content/ into output/; `python build.py --help` tells the rest."""

from huikan.cli import main

if __name__ == "__main__":
    main()
