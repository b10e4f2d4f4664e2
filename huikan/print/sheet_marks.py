"""What a sheet says to those who print, fold and gather it: register targets, collating marks, the slug line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huikan.print.geometry import MM, Rect
from huikan.print.outlines import Outline
from huikan.print.placed_pages import MARK_WIDTH_PT, numbers
from huikan.print.sheet_layout import MARK_LENGTH_MM, MARK_OFFSET_MM, SheetLayout

if TYPE_CHECKING:
    from huikan.print.signatures import Sheet

TARGET_RING_MM = 1.5
"""Radius of a target's ring; its cross is as long as the crop marks."""
TARGET_AWAY_MM = MARK_OFFSET_MM + MARK_LENGTH_MM / 2
"""From the printed area to the middle of the marks."""
SLUG_SIZE_PT = 6.0
SLUG_FROM_CORNER_MM = 4.0
"""Free room between the slug line and the marks at both ends of it."""

COLLATING_HEIGHT_MM = 8.0
COLLATING_FROM_EDGE_MM = 15.0
"""The stair of collating marks keeps this far from head and foot, where the knife and the clamp are."""
COLLATING_MOST_WIDE_MM = 4.0
UNMILLED_WIDTH_MM = 1.0
"""Where nothing is ground off, the mark must hide in the glue: half a millimetre on each side of the fold."""
_MILLED_SPARE_MM = 0.5
"""The milled mark is narrower than what is ground off, by this on each side."""

_QUARTER = 0.5522847
"""A circle's quarter as a Bezier curve: its handles in parts of the radius."""


@dataclass(frozen=True, slots=True)
class SheetSide:
    """A side of a sheet: sheets and signatures count from 1; of nested sheets the first is the outermost."""

    sheet: int
    sheets: int
    signature: int
    signatures: int
    front: bool


SlugLine = Callable[[SheetSide], Outline]
"""Makes the words that stand in the margin of a side."""


def target_centres(layout: SheetLayout) -> list[tuple[float, float]]:
    """Where register targets stand: left and right of each row, and above the outer columns.

    That is clear of crop and fold marks. Where plates are shifted, turned or stretched, three places that lie apart
    tell it; the foot is left to the slug line.
    """
    edges, away = layout.printed, TARGET_AWAY_MM * MM
    rows = [layout.row_bottom(row) + layout.height / 2 for row in range(layout.rows)]
    columns = [layout.column_left(column) + layout.width / 2 for column in (0, layout.columns - 1)]
    beside = [(x, y) for y in rows for x in (edges.x0 - away, edges.x1 + away)]
    return [*beside, *((x, edges.y1 + away) for x in columns)]


def draw_targets(centres: Iterable[tuple[float, float]]) -> str:
    """Operators that stroke register targets in the colour space /All of the page."""
    return "\n".join([f"q /All CS 1 SCN {MARK_WIDTH_PT} w", *map(_target, centres), "Q"])


def _target(centre: tuple[float, float]) -> str:
    (x, y), half, radius = centre, MARK_LENGTH_MM / 2 * MM, TARGET_RING_MM * MM
    handle = radius * _QUARTER
    curves = (
        (x + radius, y + handle, x + handle, y + radius, x, y + radius),
        (x - handle, y + radius, x - radius, y + handle, x - radius, y),
        (x - radius, y - handle, x - handle, y - radius, x, y - radius),
        (x + handle, y - radius, x + radius, y - handle, x + radius, y),
    )
    return (
        f"{numbers((x - half, y))} m {numbers((x + half, y))} l {numbers((x, y - half))} m {numbers((x, y + half))} l "
        f"{numbers((x + radius, y))} m {' '.join(f'{numbers(curve)} c' for curve in curves)} h S"
    )


def collating_mark(layout: SheetLayout, sheet: Sheet, signatures: int) -> Rect | None:
    """Where the back-step mark of a signature stands on the front of its sheet; None for a single signature.

    It lies across the spine fold between the first and the last page, one step lower for each signature: gathered
    in order, the marks make a stair on the back of the block, and one that is missing, double or misplaced shows.
    """
    if signatures < 2:
        return None
    outermost = sorted((slot for slot in sheet.front if slot.layer == 0), key=lambda slot: slot.column)
    left, right = outermost[0], outermost[-1]
    fold = (layout.column_left(left.column) + layout.width + layout.column_left(right.column)) / 2
    milled = 2 * (layout.milling - _MILLED_SPARE_MM * MM)
    width = min(milled, COLLATING_MOST_WIDE_MM * MM) if milled > 0 else UNMILLED_WIDTH_MM * MM
    height = min(COLLATING_HEIGHT_MM * MM, (layout.height - 2 * COLLATING_FROM_EDGE_MM * MM) / signatures)
    head = layout.row_bottom(left.row) + layout.height - COLLATING_FROM_EDGE_MM * MM
    top = head - (sheet.signature - 1) * height
    return Rect(fold - width / 2, top - height, fold + width / 2, top)


def draw_collating_mark(mark: Rect) -> str:
    """Operators that fill `mark` with black ink alone: it lies where pages are, and all inks would be too many."""
    return f"q 0 0 0 1 k {numbers((mark.x0, mark.y0, mark.width, mark.height))} re f Q"


def draw_slug(words: Outline, page: Rect, edge: float) -> str:
    """Operators that fill the slug line, on every plate, from end to end of `page` below the printed area's `edge`."""
    left, longest = page.x0 + SLUG_FROM_CORNER_MM * MM, page.width - 2 * SLUG_FROM_CORNER_MM * MM
    # The middle of a Han character lies 0.38 em above the base line.
    base = edge - TARGET_AWAY_MM * MM - 0.38 * SLUG_SIZE_PT
    return f"q /All cs 1 scn {words.filled(left, base, SLUG_SIZE_PT, longest)} Q"
