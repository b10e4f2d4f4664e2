"""What a paragraph of a text is: running text, an item of a list, a heading, a quotation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from huikan.review.wordml import WordParagraph

_HEADING = re.compile(r"Heading ([1-9])")
_HEADINGS_ABOVE = 2
"""Levels of headings in Word that stand above those of a text."""
_HEADINGS_OF_OTHERS = {f"Heading {level}" for level in range(1, _HEADINGS_ABOVE + 1)}


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is text, bullet, number, continuation (of an item), heading, quotation or cell; `level` counts from 0."""

    name: str
    level: int = 0

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return self.name in {"bullet", "number"}


CELL = Kind("cell")
"""What stands in a cell of a table that was not sent."""

Kinds = Mapping[str, Kind]
"""By the words of a new paragraph without blanks."""


def kind_of(paragraph: WordParagraph) -> Kind | None:
    """What a paragraph was made by its style or its numbering; None where these do not tell."""
    if paragraph.item:
        return Kind(paragraph.item, paragraph.level)
    heading = _HEADING.fullmatch(paragraph.style)
    if heading:
        return Kind("heading", max(0, int(heading[1]) - _HEADINGS_ABOVE - 1))
    names = {"Body Text": "text", "Quote": "quotation", "List Paragraph": "continuation"}
    return Kind(names[paragraph.style]) if paragraph.style in names else None


def is_of_text(paragraph: WordParagraph) -> bool:
    """Whether a paragraph is of a kind that stands in texts alone, and not among the fields around them."""
    return paragraph.style not in _HEADINGS_OF_OTHERS and kind_of(paragraph) is not None


def without_blanks(words: str) -> str:
    """Words as they are looked up: blanks are the typesetter's."""
    return "".join(words.split())
