"""Where in the tables of a reviewed copy a paragraph stands: which table, row, column and cell, counted as they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from huikan.review.wordml import WordParagraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CELL, _ROW, _TABLE = f"{_W}tc", f"{_W}tr", f"{_W}tbl"
GRID = (_CELL, _ROW, _TABLE)
"""The elements whose ends are counted."""


@dataclass(slots=True)
class Grid:
    """How many tables, rows and cells have ended; of tables within cells only the cells count."""

    _cells: int = 0
    _columns: int = 0
    _rows: int = 0
    _tables: int = 0

    def end(self, tag: str, around: Sequence[str]) -> None:
        """A cell, row or table ends; `around` are the tags of what it stands in."""
        self._cells += tag == _CELL
        if tag == _CELL and _CELL not in around:
            self._columns += 1
        elif tag == _ROW and _CELL not in around:
            self._rows, self._columns = self._rows + 1, 0
        elif tag == _TABLE and _CELL not in around:
            self._tables += 1

    def place(self, paragraph: WordParagraph, element: etree._Element) -> None:
        """Tell a paragraph in a cell where it stands."""
        cells = [each for each in element.iterancestors() if each.tag == _CELL]
        paragraph.cell, paragraph.column = self._cells + 1, self._columns
        paragraph.row, paragraph.table = self._rows + 1, self._tables + 1
        spans = (cells[0].find(f"{_W}tcPr/{_W}{name}") for name in ("gridSpan", "vMerge", "hMerge"))
        paragraph.is_merged = len(cells) > 1 or any(_spans(each) for each in spans)


def _spans(property: etree._Element | None) -> bool:
    """Whether a cell's property makes it one with others: LibreOffice writes a span of one column as well."""
    return property is not None and property.get(f"{_W}val", "") != "1"
