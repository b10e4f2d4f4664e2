"""Imposition as pure geometry: which page stands where on which side of which sheet, and which way up.

A sheet is what a folded pile of leaves becomes when it is unfolded step by step, so no scheme needs a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import count


class Binding(StrEnum):
    """How the folded sheets are held together."""

    SADDLE_STITCH = "saddle-stitch"
    PERFECT = "perfect"


class Blanks(StrEnum):
    """Where pages are added when the count does not fill the sheets."""

    AT_END = "at-end"
    BEFORE_LAST = "before-last"


@dataclass(frozen=True, slots=True)
class Slot:
    """One page on one side of a sheet.

    `page` counts from 1, None is a blank; `column` counts from the left, `row` from the bottom; a `rotated`
    page stands on its head; `layer` is how deep its leaf lies in the fold (0 is outermost).
    """

    page: int | None
    column: int
    row: int
    rotated: bool
    spine_left: bool
    layer: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed sheet. The back is what is seen when the sheet is turned about its vertical axis."""

    signature: int
    front: tuple[Slot, ...]
    back: tuple[Slot, ...]
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class _Leaf:
    up: int
    down: int
    layer: int
    rotated: bool = False


_Piles = dict[tuple[int, int], list[_Leaf]]
"""(column, row) → leaves, the uppermost first."""

PAGES_OF_A_SHEET = 4
"""A sheet folded once has four pages: a stapled booklet has a multiple of them."""
PERFECT_SIGNATURES = (4, 8, 16)
"""Pages a signature for perfect binding may have: a sheet folded once, twice or three times."""


def padded(pages: int, multiple: int, blanks: Blanks = Blanks.AT_END) -> list[int | None]:
    """Page numbers 1…`pages`, with None added until the length is a multiple of `multiple`."""
    order: list[int | None] = list(range(1, pages + 1))
    missing = -pages % multiple
    at = len(order) - 1 if blanks is Blanks.BEFORE_LAST and order else len(order)
    order[at:at] = [None] * missing
    return order


def saddle_stitch_sheets(pages: int, blanks: Blanks = Blanks.AT_END) -> list[Sheet]:
    """Sheets of two pages a side, nested into each other; the first sheet is the cover."""
    order = padded(pages, PAGES_OF_A_SHEET, blanks)
    last = len(order)
    sheets = []
    for depth in range(last // PAGES_OF_A_SHEET):
        first_leaf = _Leaf(up=1 + 2 * depth, down=2 + 2 * depth, layer=depth)
        last_leaf = _Leaf(up=last - 1 - 2 * depth, down=last - 2 * depth, layer=depth)
        sheets.append(_sheet([first_leaf, last_leaf], order, signature=1))
    return sheets


def perfect_binding_sheets(pages: int, signature_pages: int, blanks: Blanks = Blanks.AT_END) -> list[Sheet]:
    """One sheet for each signature of `signature_pages`, gathered one behind the other.

    Raises ValueError when `signature_pages` is not in PERFECT_SIGNATURES.
    """
    if signature_pages not in PERFECT_SIGNATURES:
        raise ValueError(f"a signature has 4, 8 or 16 pages, not {signature_pages}")
    order = padded(pages, signature_pages, blanks)
    leaves = signature_pages // 2
    sheets = []
    for number, first in zip(count(1), range(1, len(order) + 1, signature_pages), strict=False):
        pile = [
            _Leaf(up=first + 2 * leaf, down=first + 2 * leaf + 1, layer=min(leaf, leaves - 1 - leaf))
            for leaf in range(leaves)
        ]
        sheets.append(_sheet(pile, order, signature=number))
    return sheets


def _sheet(pile: list[_Leaf], order: list[int | None], signature: int) -> Sheet:
    piles: _Piles = {(0, 0): pile}
    for unfold in (_unfold_at_spine, _unfold_at_head, _unfold_at_fore_edge):
        if len(piles[0, 0]) > 1:
            piles = unfold(piles)
    columns = 1 + max(column for column, _ in piles)
    rows = 1 + max(row for _, row in piles)
    inner, outer = [], []
    for (column, row), (leaf,) in sorted(piles.items()):
        inner.append(_slot(leaf.up, column, row, leaf, order))
        outer.append(_slot(leaf.down, columns - 1 - column, row, leaf, order))
    return Sheet(
        signature,
        front=tuple(sorted(outer, key=_reading)),
        back=tuple(sorted(inner, key=_reading)),
        columns=columns,
        rows=rows,
    )


def _slot(position: int, column: int, row: int, leaf: _Leaf, order: list[int | None]) -> Slot:
    recto = position % 2 == 1
    return Slot(order[position - 1], column, row, leaf.rotated, recto != leaf.rotated, leaf.layer)


def _reading(slot: Slot) -> tuple[int, int]:
    return -slot.row, slot.column


def _unfold_at_spine(piles: _Piles) -> _Piles:
    """Turn the upper half of the pile over to the left."""
    lower, upper = _halves(piles)
    columns = 1 + max(column for column, _ in piles)
    return {
        **{(columns + column, row): leaves for (column, row), leaves in lower.items()},
        **{(columns - 1 - column, row): _turned(leaves) for (column, row), leaves in upper.items()},
    }


def _unfold_at_head(piles: _Piles) -> _Piles:
    """Turn the upper half of the piles up over their heads: the pages then stand on their heads."""
    lower, upper = _halves(piles)
    rows = 1 + max(row for _, row in piles)
    return {
        **lower,
        **{(column, 2 * rows - 1 - row): _turned(leaves, upside_down=True) for (column, row), leaves in upper.items()},
    }


def _unfold_at_fore_edge(piles: _Piles) -> _Piles:
    """Turn the upper half of the piles over to the right."""
    lower, upper = _halves(piles)
    columns = 1 + max(column for column, _ in piles)
    return {
        **lower,
        **{(2 * columns - 1 - column, row): _turned(leaves) for (column, row), leaves in upper.items()},
    }


def _halves(piles: _Piles) -> tuple[_Piles, _Piles]:
    half = len(piles[0, 0]) // 2
    lower = {place: leaves[half:] for place, leaves in piles.items()}
    upper = {place: leaves[:half] for place, leaves in piles.items()}
    return lower, upper


def _turned(leaves: list[_Leaf], *, upside_down: bool = False) -> list[_Leaf]:
    return [_Leaf(leaf.down, leaf.up, leaf.layer, leaf.rotated != upside_down) for leaf in reversed(leaves)]
