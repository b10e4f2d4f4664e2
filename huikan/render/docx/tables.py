"""Tables: rows, cells and the widths of their columns."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from xml.etree.ElementTree import Element

from huikan.render.docx.inlines import InlineReader, Ledger, Look, Path, is_for_word, look_inside, plain_text
from huikan.render.docx.model import Cell, Paragraph, Row, Table
from huikan.render.tokens import Tokens
from huikan.render.vocabulary import Kind, Rule, classes_of, rule_for

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
        self, inlines: InlineReader, ledger: Ledger, tokens: Tokens, unseen: frozenset[Element] = frozenset()
    ) -> None:
        self._inlines = inlines
        self._ledger = ledger
        self._tokens = tokens
        self._unseen = unseen
        self._anchors: list[str] = []

    def read(self, path: Path, rule: Rule, look: Look, anchors: tuple[str, ...]) -> Table:
        """The table at the end of `path`; `anchors` go with its first words."""
        self._anchors = list(anchors)
        size = self._tokens.length("size-body")
        elements: list[list[Element]] = []
        rows: list[Row] = []
        for row_path, header in self._row_paths(path):
            cells = [cell for cell in row_path[-1] if cell.tag in {"th", "td"} and is_for_word(cell)]
            if not self._unseen.isdisjoint(row_path):
                with self._ledger.unseen():
                    self._row(row_path, cells, look, header, size)
                self._anchors = list(anchors)
                continue
            row = self._row(row_path, cells, look, header, size)
            if row.cells:
                rows.append(row)
                elements.append(cells)
        count = max((sum(cell.span for cell in row.cells) for row in rows), default=0)
        rows = [_filled(row, count) for row in rows]
        length = self._tokens.length
        indent = length("photo-column") * _AGENDA_INDENT if rule.selector == "table.agenda" else 0.0
        name = length("photo-column") + length("gutter") - indent
        known = {"name-column": name, "page-number": _NUMBER_COLUMN * size, "time": _TIME_COLUMN * size}
        columns = _columns(elements, rows, count, length("measure") - indent, known)
        return Table(rule.style, tuple(rows), columns, indent)

    def _row_paths(self, path: Path) -> list[tuple[Path, bool]]:
        found: list[tuple[Path, bool]] = []
        for child in path[-1]:
            if child.tag == "tr":
                found.append(((*path, child), False))
            elif child.tag in {"thead", "tbody"}:
                found.extend(((*path, child, row), child.tag == "thead") for row in child if row.tag == "tr")
        return [entry for entry in found if is_for_word(entry[0][-1])]

    def _row(self, path: Path, cells: list[Element], look: Look, header: bool, size: float) -> Row:
        if path[-1].get("id"):
            self._anchors.append(path[-1].get("id", ""))
        group = "group" in classes_of(path[-1])
        read = tuple(self._cell((*path, cell), look, group, size) for cell in cells)
        return Row(read, header, group)

    def _cell(self, path: Path, look: Look, group: bool, size: float) -> Cell:
        element, rule = path[-1], rule_for(path)
        style = rule.style if rule is not None else ""
        if element.get("id"):
            self._anchors.append(element.get("id", ""))
        inner = look if rule is None else look_inside(element, rule, look)
        if style == "Table Name":
            inner = replace(inner, spread=size)
        paragraphs = self._paragraphs(path, style, inner, keep_next=group)
        span = element.get("colspan", "1")
        return Cell(paragraphs, max(1, min(_MOST_COLUMNS, int(span))) if span.isdecimal() else 1)

    def _paragraphs(self, path: Path, style: str, look: Look, keep_next: bool) -> tuple[Paragraph, ...]:
        element = path[-1]
        done: list[Paragraph] = []

        def finish(source: Element) -> None:
            inlines = self._ledger.mark(source, self._inlines.finish())
            if inlines:
                done.append(Paragraph(style, inlines, tuple(self._anchors), keep_next=keep_next))
                self._anchors = []

        self._inlines.add_text(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                rule = rule_for((*path, child))
                if rule is not None and rule.kind in {Kind.PARAGRAPH, Kind.CONTAINER}:
                    finish(element)
                    self._inlines.add_children((*path, child), look_inside(child, rule, look))
                    finish(child)
                else:
                    self._inlines.add_element((*path, child), look)
            self._inlines.add_text(child.tail, look)
        finish(element)
        if not done:
            done.append(Paragraph(style, (), tuple(self._anchors), keep_next=keep_next))
            self._anchors = []
        return tuple(done)


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
