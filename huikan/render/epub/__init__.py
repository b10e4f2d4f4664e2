"""The e-book face: EPUB 3 (https://www.w3.org/TR/epub-33/) from the semantic tree."""

from huikan.render.epub.book import EpubBook, write_epub

__all__ = ["EpubBook", "write_epub"]
