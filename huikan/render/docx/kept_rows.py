"""Which rows of a table stay with what is below: no session leaves one alone on a page, no figure its caption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from huikan.render.docx.model import Table

_LEAST_ROWS = (3, 2)
"""Rows on either side of a page break: as many as there is room for, the first choice first."""
_MOST_KEPT = 1 / 3
"""Of a page: taller runs of rows would leave more than that empty."""
_TALLEST_FIGURE = 1 / 2
"""Of a page: a taller table breaks over pages, and its last rows alone stay with the caption."""


def rows_kept(table: Table, heights: Sequence[float], page_height: float) -> frozenset[int]:
    """The numbers of these rows; `heights` are those of all rows, and all heights in pt."""
    if table.keep_next:
        whole = sum(heights) <= page_height * _TALLEST_FIGURE
        return frozenset(range(0 if whole else max(0, len(heights) - _LEAST_ROWS[0]), len(heights)))
    if table.style != "Name Table":
        return frozenset()
    kept: set[int] = set()
    for start, end in _sessions(table):
        for least in _LEAST_ROWS:
            count = end - start
            together = {row for row in range(count - 1) if row + 1 < least or count - row - 1 < least}
            if max(_heights_of_runs(heights[start:end], together), default=0.0) <= page_height * _MOST_KEPT:
                kept.update(start + row for row in together)
                break
    return frozenset(kept)


def _sessions(table: Table) -> Iterator[tuple[int, int]]:
    """The runs of rows between those that head them, as their start and the place after their end."""
    start = 0
    for number, row in enumerate(table.rows):
        if row.header or row.group:
            yield start, number
            start = number + 1
    yield start, len(table.rows)


def _heights_of_runs(heights: Sequence[float], together: set[int]) -> Iterator[float]:
    """Heights of the rows that stay together, each of which is in `together` but for the last of a run."""
    run = 0.0
    for number, height in enumerate(heights):
        run += height
        if number not in together:
            yield run
            run = 0.0
