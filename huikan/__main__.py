"""`python -m huikan` is `huikan`."""

from huikan.process import run

if __name__ == "__main__":
    run()
