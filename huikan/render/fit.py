"""Whether laid-out words fit their places: running heads on one line, titles in theirs, lines in their measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import weasyprint

from huikan.render.layout import KNOWN_VERSION

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TOLERANCE = 1.0
"""How far, in pt, words may stand out before anyone sees it."""

MOST_LINES = {
    "h1.title": 5,
    "h2.heading": 4,
    "h3.agenda-heading": 4,
    "h3.speaker": 2,
    "h3.report-title": 4,
    "p.speaker-title": 3,
}
"""The lines that a heading or title may have in its place, in any language; in print one more looks like a mistake."""


HIGHEST_NOTE = 0.5
"""The share of a page's text that a footnote may take. The engine keeps a note whole: a higher one stands over text or
picture, or out of the page, and tears headings off what follows them."""

_NOTE_NUMBER = "span::footnote-marker"


class Place(StrEnum):
    """What does not hold the words."""

    RUNNING_HEAD = "running head"
    TITLE = "title"
    LINE = "line"
    CELL = "table cell"
    PAGE = "page"
    NOTE = "note"
    NOTE_BEHIND = "page behind the text"


@dataclass(frozen=True, slots=True)
class Misfit:
    """Words that do not fit: where, on which page (from 1), and by how much.

    `field` is the content field they come from, or empty. `lines` and `most` count lines in a running head or title;
    `over` is in pt elsewhere, and of a note, whose first line is `text`, its share of the page's height. `table` tells
    the tables of cells apart, by their order from 1; it is 0 elsewhere.
    """

    place: Place
    field: str
    page: int
    text: str
    lines: int = 0
    most: int = 0
    over: float = 0
    table: int = 0


def misfits(document: Any, root: Element) -> tuple[Misfit, ...]:
    """Everything in a laid-out `document` that does not fit its place, in the order of its pages, each once.

    `root` is the tree that the document was made from. With an engine version that is not known, the answer is empty.
    """
    if weasyprint.__version__ != KNOWN_VERSION:
        return ()
    looker = _Looker(root)
    found = [misfit for number, page in enumerate(document.pages, start=1) for misfit in looker.on(page, number)]
    seen: dict[tuple[Place, str, str], Misfit] = {}
    for misfit in found:
        seen.setdefault((misfit.place, misfit.field, misfit.text), misfit)
    return tuple(seen.values())


class _Looker:
    def __init__(self, root: Element) -> None:
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.words = {_solid(words): element for element, words in _texts_of(root)}
        self.tables = {table: number for number, table in enumerate(root.iter("table"), start=1)}

    def on(self, page: Any, number: int) -> Iterator[Misfit]:
        """The misfits of one page."""
        from huikan.render.layout.engine import FootnoteAreaBox, page_box

        box = page_box(page)
        end, foot = box.content_box_x() + box.width, box.content_box_y() + box.height
        for child in box.children:
            if hasattr(child, "at_keyword"):
                yield from self._running_head(child, number)
            elif isinstance(child, FootnoteAreaBox):
                yield from self._notes(box, child, number)
            else:
                yield from self._below(child, None, number, (end, foot))

    def _running_head(self, box: Any, number: int) -> Iterator[Misfit]:
        lines = list(_lines(box))
        if len(lines) > 1:
            text = " ".join(_words(line) for line in lines)
            field = self._field_in(self.words.get(_solid(text)))
            yield Misfit(Place.RUNNING_HEAD, field, number, text, len(lines), 1)

    def _notes(self, page: Any, area: Any, number: int) -> Iterator[Misfit]:
        here = {box.element for child in page.children if child is not area for box in child.descendants()}
        for note in area.children:
            share = note.margin_height() / page.height
            behind = self._chapter_of(note.element) not in here
            if share > HIGHEST_NOTE or behind:
                first = next(_lines(note))
                words = "".join(box.text for box in _texts(first) if box.element_tag != _NOTE_NUMBER)
                place = Place.NOTE if share > HIGHEST_NOTE else Place.NOTE_BEHIND
                yield Misfit(place, self._field_of(note.element), number, words.strip(), over=share)

    def _chapter_of(self, element: Any) -> Any:
        """What lies directly in the body and holds the element."""
        while (parent := self.parents.get(element)) is not None and parent.tag != "body":
            element = parent
        return element

    def _below(self, box: Any, cell: Any, number: int, area: tuple[float, float]) -> Iterator[Misfit]:
        from huikan.render.layout.engine import LineBox

        most = _most_lines(box)
        if most:
            lines = list(_lines(box))
            if len(lines) > most:
                text = " ".join(_words(line) for line in lines)
                yield Misfit(Place.TITLE, self._field_of(box.element), number, text, len(lines), most)
        cell = box if box.element_tag in {"td", "th"} else cell
        for child in getattr(box, "children", ()):
            if isinstance(child, LineBox):
                yield from self._line(child, box, cell, number, area)
            else:
                yield from self._below(child, cell, number, area)

    def _line(self, line: Any, block: Any, cell: Any, number: int, area: tuple[float, float]) -> Iterator[Misfit]:
        words = [box for box in _texts(line) if box.text.strip()]
        if not words:
            return
        end = min(block.content_box_x() + block.width, area[0])
        over = max(box.position_x + box.width for box in words) - end
        field = self._field_of(words[-1].element)
        if over > TOLERANCE:
            place, table = (Place.LINE, 0) if cell is None else (Place.CELL, self._table_of(cell.element))
            yield Misfit(place, field, number, _words(line), over=over, table=table)
        below = line.position_y + line.height - area[1]
        if below > TOLERANCE:
            yield Misfit(Place.PAGE, field, number, _words(line), over=below)

    def _table_of(self, element: Any) -> int:
        while element is not None and element not in self.tables:
            element = self.parents.get(element)
        return self.tables.get(element, 0)

    def _field_of(self, element: Any) -> str:
        """The field of the words in the element: its own, else of what is in it, around it, or beside it."""
        field = ""
        while element is not None and not field:
            field = _own_field(element) or self._field_in(element)
            element = self.parents.get(element)
        return field

    @staticmethod
    def _field_in(element: Any) -> str:
        within = element.iter() if element is not None else ()
        return next((field for each in within if (field := _own_field(each))), "")


def _own_field(element: Any) -> str:
    """The content field of an element's words; of derived words the first one that they come from."""
    return str(element.get("data-field") or "") or next(iter((element.get("data-derived") or "").split()), "")


def _texts_of(root: Element) -> Iterator[tuple[Element, str]]:
    """Elements whose words may stand in a running head: of two with the same words the first one counts."""
    for element in reversed(list(root.iter())):
        if element.get("data-field"):
            yield element, "".join(element.itertext())
    for element in root.iter():
        if element.get("data-running"):
            yield element, str(element.get("data-running"))


def _solid(words: str) -> str:
    return "".join(words.split())


def _most_lines(box: Any) -> int:
    if box.element is None or box.element_tag not in {"h1", "h2", "h3", "p"}:
        return 0
    classes = (box.element.get("class") or "").split()
    names = [box.element_tag, *(f"{box.element_tag}.{name}" for name in classes)]
    return next((MOST_LINES[name] for name in names if name in MOST_LINES), 0)


def _lines(box: Any) -> Iterator[Any]:
    from huikan.render.layout.engine import LineBox

    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield child
        else:
            yield from _lines(child)


def _texts(line: Any) -> Iterator[Any]:
    from huikan.render.layout.engine import TextBox

    return (box for box in line.descendants() if isinstance(box, TextBox))


def _words(line: Any) -> str:
    return " ".join("".join(box.text for box in _texts(line)).split())
