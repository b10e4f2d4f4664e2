"""`python -m huikan` is `huikan`."""

from huikan.cli import main

if __name__ == "__main__":
    main()
