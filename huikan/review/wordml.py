"""What a reviewed copy holds, between its XML and the fields: paragraphs of pieces, each with its revision marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

PARAGRAPH_END = "\u2029"
"""Stands for a paragraph's end where paragraphs are written as one text."""
HEAD, ROW, CELL_END = "\uf8e8", "\uf8e9", "\uf8ea"
"""What a table's first row and every other begin with where each is a paragraph, and what stands between cells."""


_DATE = re.compile(r"(?!1970-01-01T00:00:00)[1-9]\d{3}-\d\d-\d\d.*")


def known_date(written: str) -> str:
    """A date as it is written, or nothing for those that programs write when they do not know."""
    return written if _DATE.fullmatch(written) else ""


@dataclass(frozen=True, slots=True)
class Revision:
    """Who changed something, and when by their clock (ISO 8601; empty if unknown)."""

    author: str
    date: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look and one fate; `old_look` is how they looked before `restyled`."""

    text: str
    look: str = ""
    inserted: Revision | None = None
    deleted: Revision | None = None
    restyled: Revision | None = None
    old_look: str = ""
    note: str = ""
    """The id of the note that a reference leads to."""
    picture: str = ""
    """The relationship id of a picture."""
    link: str = ""
    old_link: str = ""
    """Where the characters lead, and where they led before `relinked`."""
    relinked: Revision | None = None
    hidden: bool = False

    @property
    def is_touched(self) -> bool:
        """Whether the piece bears any revision mark."""
        return bool(self.inserted or self.deleted or self.restyled or self.relinked)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that stands between the characters of a paragraph, before the character at `offset`.

    `kind` is `start` or `end` of a bookmark (`name` is the bookmark's), `comment-start`, `comment-end` or `comment`
    (`name` is the comment's id).
    """

    kind: str
    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Aside:
    """What is told beside the fields: words of a text box, an equation, a head, which are not merged, and new links.

    `merged` are those that somebody should look at, though they are in the content then.
    """

    kind: str
    words: str
    author: str = ""
    merged: bool = False

    def __str__(self) -> str:
        return f"{self.kind}: “{self.words}”" + (f"  — {self.author}" if self.author else "")


@dataclass(slots=True)
class WordParagraph:
    """A paragraph of the file. Its end may be inserted (a split) or deleted (joined with the next)."""

    style: str = ""
    is_note: bool = False
    note: str = ""
    cell: int = 0
    """A number for each table cell; 0 outside tables."""
    row: int = 0
    table: int = 0
    """Numbers of the outermost row and table around it, likewise."""
    column: int = 0
    is_merged: bool = False
    """Whether its cell spans others, or stands in a table within one."""
    pieces: list[Piece] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    end_inserted: Revision | None = None
    end_deleted: Revision | None = None
    in_contents: bool = False
    page_numbers: str = ""
    """What fields of page numbers show in it."""
    item: str = ""
    level: int = 0
    """What it is in a list (bullet, number or nothing), and on which level from 0."""

    @property
    def length(self) -> int:
        """Characters, deleted ones too."""
        return sum(len(piece.text) for piece in self.pieces)

    @property
    def sent_text(self) -> str:
        """The characters with every recorded change rejected."""
        return "".join(piece.text for piece in self.pieces if not piece.inserted)

    @property
    def is_touched(self) -> bool:
        """Whether anything of it bears a revision mark."""
        return bool(self.end_inserted or self.end_deleted) or any(piece.is_touched for piece in self.pieces)
