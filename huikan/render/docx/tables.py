"""Tables: rows, cells and the widths of their columns."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from xml.etree.ElementTree import Element

from huikan.render.docx.inlines import InlineReader, Ledger, Look, Rules, is_for_word, look_inside, plain_text
from huikan.render.docx.model import Cell, Paragraph, Row, Table
from huikan.render.tokens import Tokens
from huikan.render.vocabulary import Kind, classes_of

_TIME_COLUMN = 7.0
_NUMBER_COLUMN = 4.0
"""Widths in body characters."""

_AGENDA_INDENT = 0.24
"""In photo columns."""

_MOST_COLUMNS = 63
"""Word's limit."""


class TableReader:
    """Reads one table."""

    def __init__(
        self,
        inlines: InlineReader,
        ledger: Ledger,
        tokens: Tokens,
        rules: Rules,
        unseen: frozenset[Element] = frozenset(),
    ) -> None:
        self._inlines = inlines
        self._ledger = ledger
        self._rules = rules
        self._tokens = tokens
        self._unseen = unseen
        self._anchors: list[str] = []

    def read(self, table: Element, look: Look, anchors: tuple[str, ...]) -> Table:
        """The table; `anchors` go with its first words."""
        self._anchors = list(anchors)
        size = self._tokens.length("size-body")
        elements: list[list[Element]] = []
        rows: list[Row] = []
        for source, rows_around, header in _rows(table):
            cells = [cell for cell in source if cell.tag in {"th", "td"} and is_for_word(cell)]
            if not self._unseen.isdisjoint((source, rows_around)):
                with self._ledger.unseen():
                    self._row(source, cells, look, header, size)
                self._anchors = list(anchors)
                continue
            row = self._row(source, cells, look, header, size)
            if row.cells:
                rows.append(row)
                elements.append(cells)
        count = max((sum(cell.span for cell in row.cells) for row in rows), default=0)
        rows = [_filled(row, count) for row in rows]
        rule, length = self._rules[table], self._tokens.length
        indent = length("photo-column") * _AGENDA_INDENT if rule.selector == "table.agenda" else 0.0
        name = length("photo-column") + length("gutter") - indent
        known = {"name-column": name, "page-number": _NUMBER_COLUMN * size, "time": _TIME_COLUMN * size}
        columns = _columns(elements, rows, count, length("measure") - indent, known)
        return Table(rule.style, tuple(rows), columns, indent)

    def _row(self, source: Element, cells: list[Element], look: Look, header: bool, size: float) -> Row:
        if source.get("id"):
            self._anchors.append(source.get("id", ""))
        group = "group" in classes_of(source)
        return Row(tuple(self._cell(cell, look, group, size) for cell in cells), header, group)

    def _cell(self, element: Element, look: Look, group: bool, size: float) -> Cell:
        rule = self._rules[element]
        if element.get("id"):
            self._anchors.append(element.get("id", ""))
        inner = look_inside(element, rule, look)
        if rule.style == "Table Name":
            inner = replace(inner, spread=size)
        paragraphs = self._paragraphs(element, rule.style, inner, keep_next=group)
        span = element.get("colspan", "1")
        return Cell(paragraphs, max(1, min(_MOST_COLUMNS, int(span))) if span.isdecimal() else 1)

    def _paragraphs(self, element: Element, style: str, look: Look, keep_next: bool) -> tuple[Paragraph, ...]:
        done: list[Paragraph] = []

        def finish(source: Element) -> None:
            inlines = self._ledger.mark(source, self._inlines.finish())
            if inlines:
                done.append(Paragraph(style, inlines, tuple(self._anchors), keep_next=keep_next))
                self._anchors = []

        self._inlines.add_text(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                rule = self._rules[child]
                if rule.kind is Kind.PARAGRAPH or rule.kind is Kind.CONTAINER:
                    finish(element)
                    self._inlines.add_children(child, look_inside(child, rule, look))
                    finish(child)
                else:
                    self._inlines.add_element(child, look)
            self._inlines.add_text(child.tail, look)
        finish(element)
        if not done:
            done.append(Paragraph(style, (), tuple(self._anchors), keep_next=keep_next))
            self._anchors = []
        return tuple(done)


def _rows(table: Element) -> list[tuple[Element, Element, bool]]:
    """Every row, the element that it stands in, and whether that is the table's head."""
    found: list[tuple[Element, Element, bool]] = []
    for child in table:
        if child.tag == "tr":
            found.append((child, table, False))
        elif child.tag in {"thead", "tbody"}:
            found.extend((row, child, child.tag == "thead") for row in child if row.tag == "tr")
    return [entry for entry in found if is_for_word(entry[0])]


def _filled(row: Row, count: int) -> Row:
    missing = count - sum(cell.span for cell in row.cells)
    if missing <= 0:
        return row
    last = row.cells[-1]
    return replace(row, cells=(*row.cells[:-1], replace(last, span=last.span + missing)))


def _columns(
    elements: list[list[Element]], rows: list[Row], count: int, measure: float, known: dict[str, float]
) -> tuple[float, ...]:
    """Widths in pt that add up to `measure`: columns of a known class first, the others by how much they hold."""
    widths = [0.0] * count
    weights = [1.0] * count
    for cells, row in zip(elements, rows, strict=True):
        if len(cells) != count:
            continue
        for place, (source, cell) in enumerate(zip(cells, row.cells, strict=True)):
            weights[place] = max(weights[place], _length(cell))
            widths[place] = max([widths[place], *(known[name] for name in classes_of(source) & known.keys())])
    shares = [0.0 if width else sqrt(weight) for width, weight in zip(widths, weights, strict=True)]
    rest = measure - sum(widths)
    if not sum(shares) or rest <= 0:
        return tuple(
            (width or measure / count) * measure / sum(width or measure / count for width in widths) for width in widths
        )
    return tuple(width or rest * share / sum(shares) for width, share in zip(widths, shares, strict=True))


def _length(cell: Cell) -> float:
    return float(max(len(plain_text(paragraph.inlines)) for paragraph in cell.paragraphs))
