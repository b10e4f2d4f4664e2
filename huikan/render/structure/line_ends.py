"""Words over line ends: what the engine leaves out or puts in where a line breaks, said again for readers of tags."""

from __future__ import annotations

import unicodedata

_ADDED_HYPHENS = "\u2010\u00ad"
"""What the engine prints where it divides a word."""

_KEPT_HYPHENS = "\u2011\u2013\u2014/"
"""After these a line may break inside a word."""

_DASHES = "\u2013\u2014"
"""Before these a line may break where no space stands: one that stood before would stand after as well."""


def words_at_line_end(line: str, following: str, language: str) -> str | None:
    """The actual words (ISO 32000-1 §14.9.4) of text that ends `line` when `following` begins the next one.

    A divided word loses its hyphen, a hyphen of the word's own is said to be one, and words that a space parted get
    it back (§14.8.2.5). None when nothing has to be said.
    """
    if not line or not following:
        return None
    if line[-1] in _ADDED_HYPHENS:
        return line[:-1]
    if line[-1] == "-":
        return line
    if line[-1].isspace() or following[0].isspace() or (line[-1] in _KEPT_HYPHENS and line[-2:-1] != " "):
        return None
    if following[0] in _DASHES and following[1:2] != " ":
        return None
    parted = _is_spaced(line[-1], language) and _is_spaced(following[0], language)
    return f"{line} " if parted else None


def _is_spaced(character: str, language: str) -> bool:
    """Whether spaces stand beside the character between words: not so for Han and its full-width marks."""
    width = unicodedata.east_asian_width(character)
    return width in {"Na", "N", "H"} or (width == "A" and not language.startswith("zh"))
