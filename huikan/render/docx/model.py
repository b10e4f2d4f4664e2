"""What a Word document holds, between the semantic tree and its XML: blocks of paragraphs and tables. All frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_OUTSIDE = ("http://", "https://", "mailto:")


def leads_outside(address: str) -> bool:
    """Whether an address is one of the web or of a mailbox."""
    return address.lower().startswith(_OUTSIDE)


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """What the file says about itself. `date` is the event's; `engine` the version that wrote it.

    `person` is whose part it is, if it is not the whole.
    """

    booklet_id: str
    language: str
    title: str
    date: dt.date
    engine: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the editors ask about a field, or what lies below it: the first of `fields` that the document has.

    A whole document that has none of them bears the question at the first of `above`.
    """

    fields: tuple[str, ...]
    words: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of one look: `styles` are character styles, the innermost last.

    `spread` is space in pt after the first character, by which a short name fills its column.
    """

    text: str
    language: str
    styles: tuple[str, ...] = ()
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line in the same paragraph."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to `target`: an anchor of this document (`#name`) or an address."""

    target: str
    inlines: tuple[Inline, ...]

    @property
    def leads_outside(self) -> bool:
        """Whether it leads to the web or to a mailbox; to other places no reader of the file can follow."""
        return leads_outside(self.target)


@dataclass(frozen=True, slots=True)
class PageReference:
    """The number of the page on which an anchor stands."""

    anchor: str
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptionNumber:
    """The label and number of a caption; `label` keeps its space. `reset` when Word would count differently."""

    label: str
    number: str
    language: str
    styles: tuple[str, ...]
    reset: bool


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page on which it is referred to; numbered from 1."""

    number: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file set `width` × `height` pt; the crop is what each pair of sides loses, in parts of the whole.

    `source` is the file as the content names it.
    """

    file: Path
    width: float
    height: float
    alt: str
    crop_x: float = 0.0
    crop_y: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """The words of one content field, between the ends of a hidden bookmark."""

    bookmark: str
    inlines: tuple[Inline, ...]


Inline: TypeAlias = Words | LineBreak | Link | PageReference | CaptionNumber | Footnote | Picture | Marked


def flattened(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """The inlines in reading order, links and marks opened; notes are not looked into."""
    for inline in inlines:
        if isinstance(inline, (Link, Marked)):
            yield from flattened(inline.inlines)
        else:
            yield inline


@dataclass(frozen=True, slots=True)
class Numbering:
    """A place in a list: `instance` counts the document's numbered lists from 1, `level` counts from 0."""

    instance: int
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in a named style. `anchors` are the ids of the elements that begin with it.

    `lists` and `quotes` count those that it stands in. `lines_after` is the space below, in lines of the grid, where it
    is not the style's.
    """

    style: str
    inlines: tuple[Inline, ...]
    anchors: tuple[str, ...] = ()
    numbering: Numbering | None = None
    lists: int = 0
    quotes: int = 0
    keep_next: bool = False
    contents_target: str = ""
    lines_after: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell spanning `span` columns."""

    paragraphs: tuple[Paragraph, ...]
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row; a `header` is repeated on every page, a `group` stays with the row below."""

    cells: tuple[Cell, ...]
    header: bool = False
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a named style; `columns` are widths and `indent` the left indent, in pt."""

    style: str
    rows: tuple[Row, ...]
    columns: tuple[float, ...]
    indent: float = 0.0
    keep_next: bool = False


SECTION_END = Paragraph("Section End", ())
"""A paragraph a point high: bears a section's properties, and keeps tables apart."""

TABLE_END = Paragraph("Table End", ())
"""Space below a table: Word's tables have none of their own."""


def needs_table_end(table: Table, following: Paragraph) -> bool:
    """Whether running text follows a table of data."""
    return table.style == "Data Table" and following.style != "Caption" and not following.style.startswith("Heading")


@dataclass(frozen=True, slots=True)
class PageStart:
    """A new page; with `running` words a new section that bears them in its heads, with `bare` one without heads."""

    name: str
    running: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """What follows stands in `count` columns on the same page, up to the next of these or to a new page."""

    count: int


Block: TypeAlias = Paragraph | Table | PageStart | Columns


def needs_section_end(last: Block) -> bool:
    """Whether a section whose last block is `last` ends with a paragraph of its own: after tables and fields."""
    return not isinstance(last, Paragraph) or bool(last.contents_target)


@dataclass(frozen=True, slots=True)
class FieldMark:
    """A bookmark and the content field whose words it holds, or for derived words the fields they come from."""

    bookmark: str
    field: str
    sources: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class ListInstance:
    """One list: its style, and where a numbered one starts."""

    style: str
    start: int = 1


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A whole document, ready to be paginated and written."""

    blocks: tuple[Block, ...]
    lists: tuple[ListInstance, ...]
    fields: tuple[FieldMark, ...]
    event: str


@dataclass(frozen=True, slots=True)
class WordPages:
    """A written document: its pages, and by anchor the page (from 1) that its cached references give."""

    pages: int
    anchors: dict[str, int]
