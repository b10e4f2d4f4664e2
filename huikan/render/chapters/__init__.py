"""The book made chapter by chapter: sections that begin a page are laid out by themselves, then bound into one file."""
