"""Pages while they are filled: what fits on one, what moves to the next, and where columns end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from huikan.render.docx.metrics import ParagraphSize

_NOTE_SEPARATOR = 6.2
TOLERANCE = 0.05
"""In pt."""
_LONGEST_TRUSTED_CHAIN = 2
_LEAST_LINES = 2
"""Lines of a paragraph on either side of a page break (`w:widowControl`)."""
_MOST_EMPTY = 1 / 4
"""Of a page, before a paragraph is left alone that leads in to a list or a table."""
_FEW_LINES = 5
"""As many do not end the words of a speaker alone on a page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is laid out in one go: a paragraph, or a row with its header's height for a new page.

    One that `leads_in` to a list or a table stays with it unless much of a page would be empty. One that `opens` is
    the heading of a speaker.
    """

    size: ParagraphSize
    anchors: tuple[str, ...]
    block: int
    row: bool = False
    header: float = 0.0
    leads_in: bool = False
    opens: bool = False


@dataclass(slots=True)
class Page:
    """Where the layout has got to. `fresh` until something stands on the page, `forced` after a page break.

    Of `columns` that begin at `top`, `column` is the one that is filled; those before it end at `deepest` or above.
    """

    height: float
    line: float
    note_line: float
    number: int = 0
    used: float = 0.0
    after: float = 0.0
    notes: float = 0.0
    carried: float = 0.0
    fresh: bool = True
    forced: bool = True
    columns: int = 1
    column: int = 0
    top: float = 0.0
    deepest: float = 0.0
    anchors: dict[str, int] = field(default_factory=dict)
    breaks: set[int] = field(default_factory=set)
    let_go: set[int] = field(default_factory=set)

    def turn(self, *, header: float = 0.0, forced: bool = False) -> None:
        """Begin a column or a page, with a table's header `header` pt high repeated at its top."""
        if self.column + 1 < self.columns and not forced:
            self.column += 1
            self.deepest = max(self.deepest, self.used)
            self.used, self.after, self.fresh, self.forced = self.top + header, 0.0, True, False
            return
        self.number += 1
        self.column, self.top, self.deepest = 0, 0.0, 0.0
        self.used, self.after, self.notes, self.carried = header, 0.0, self.carried, 0.0
        self.fresh, self.forced = True, forced

    def begin_columns(self, columns: int) -> None:
        """From here on so many columns."""
        self.used = self.top = self.deepest = max(self.deepest, self.used)
        self.columns, self.column = columns, 0

    def rest(self, more_notes: float = 0.0) -> float:
        """What is free, in pt, when `more_notes` pt of notes join the page's. Above notes only whole lines count."""
        notes = self.notes + more_notes
        if not notes:
            return self.height - self.used
        whole_lines = (self.height - notes - _NOTE_SEPARATOR + TOLERANCE) // self.line
        return whole_lines * self.line - self.used

    def gap(self, piece: Piece) -> float:
        """Space above a piece: the larger of what the neighbours ask for; none at the top of a page that was full."""
        if self.fresh and not self.forced and not piece.row:
            return 0.0
        return max(0.0, piece.size.before - self.after)


def fill(page: Page, chains: Sequence[Sequence[Piece]], ends: Sequence[int]) -> Page:
    """Place the chains; those in `ends` begin columns. Returns the page on which the last ends.

    Where a few lines alone would end on it, the speaker whose they are begins there, if that leaves half a page full.
    """
    opening: tuple[int, Page] | None = None
    for number, chain in enumerate(chains):
        if number in ends:
            page.turn()
        if chain[0].opens:
            opening = None if page.fresh or not _fits(page, chain) else (number, replace(page))
        _place_chain(page, chain)
    if opening is None or page.used > _FEW_LINES * page.line or page.number != opening[1].number + 1:
        return page
    first, before = opening
    if before.used < before.height / 2:
        return page
    block = chains[first][0].block
    for anchor in (anchor for chain in chains[first:] for piece in chain for anchor in piece.anchors):
        before.anchors.pop(anchor, None)
    before.let_go.difference_update(range(block, chains[-1][-1].block + 1))
    before.turn()
    before.breaks.add(block)
    for chain in chains[first:]:
        _place_chain(before, chain)
    return before


def ends_of_columns(page: Page, chains: Sequence[Sequence[Piece]]) -> tuple[int, ...]:
    """The places of the chains that begin the columns after the first on the last page; its columns end alike.

    A chain of one piece goes on with what is above it: a column begins with one only if it ends much more evenly.
    """
    tried = replace(page, anchors={}, breaks=set(), let_go=set())
    begun = 0
    for number, chain in enumerate(chains):
        before = tried.number
        _place_chain(tried, chain)
        begun = begun if tried.number == before else number
    heights = [sum(piece.size.before + piece.size.height + piece.size.after for piece in chain) for chain in chains]
    heights[begun : begun + 1] = [height - chains[begun][0].size.before for height in heights[begun : begun + 1]]
    above = [0.0, *accumulate(heights[begun:])]
    found: list[int] = []
    for column in range(1, page.columns):
        wanted = above[-1] * column / page.columns

        def unevenness(place: int, wanted: float = wanted) -> tuple[float, int]:
            goes_on = len(chains[begun + place]) == 1
            return abs(above[place] - wanted) + (2 * page.line if goes_on else 0.0), -place

        following = range(found[-1] + 1 if found else 1, len(chains) - begun)
        if not following:
            return ()
        found.append(min(following, key=unevenness))
    edges = [0, *found, len(chains) - begun]
    tallest = max(above[end] - above[start] for start, end in pairwise(edges))
    fits = tallest <= page.height - tried.top + TOLERANCE
    return tuple(begun + place for place in found) if fits else ()


def _place_chain(page: Page, chain: Sequence[Piece]) -> None:
    if not page.fresh and not _fits(page, chain):
        led = next((place for place, piece in enumerate(chain[:-1], start=1) if piece.leads_in), 0)
        if led and page.rest() > page.height * _MOST_EMPTY and _fits(page, chain[:led]):
            page.let_go.add(chain[led - 1].block)
            _place_chain(page, chain[:led])
            _place_chain(page, chain[led:])
            return
        page.turn(header=chain[0].header)
        if len(chain) > _LONGEST_TRUSTED_CHAIN and not chain[0].row:
            page.breaks.add(chain[0].block)
    for piece in chain:
        _place(page, piece)


def _fits(page: Page, chain: Sequence[Piece]) -> bool:
    notes = sum(sum(piece.size.notes) for piece in chain[:-1])
    return _needed(page, chain) <= page.rest(notes) + TOLERANCE


def _needed(page: Page, chain: Sequence[Piece]) -> float:
    """Height that a chain takes up to the first lines of its last piece, in pt."""
    *kept, last = chain
    needed = page.gap(chain[0])
    for piece in kept:
        needed += piece.size.height
    for above, below in zip(kept, chain[1:], strict=True):
        needed += max(above.size.after, below.size.before)
    return needed + _least(last.size)


def _least(size: ParagraphSize) -> float:
    """Height of what a page must hold of a paragraph to begin it: all, or two lines when as many can follow."""
    if size.keep_lines or size.lines < 4:
        return size.height
    return _LEAST_LINES * size.line + size.rules


def _place(page: Page, piece: Piece) -> None:
    size = piece.size
    gap, notes = page.gap(piece), sum(size.notes)
    splits = not (piece.row or size.keep_lines or size.lines < 2 * _LEAST_LINES)
    fitting = _lines_that_fit(page, size, gap, notes)
    if fitting >= size.lines or (page.fresh and (fitting < _LEAST_LINES or not splits)):
        _settle(page, piece, gap + size.height, notes)
    elif notes and _lines_that_fit(page, size, gap, page.note_line) >= size.lines:
        shown = notes
        while _lines_that_fit(page, size, gap, shown) < size.lines:
            shown -= page.note_line
        _settle(page, piece, gap + size.height, shown)
        page.carried += notes - shown
    elif not splits or fitting < _LEAST_LINES:
        page.turn(header=piece.header)
        _place(page, piece)
    else:
        _split(page, piece, min(fitting, size.lines - _LEAST_LINES), notes)


def _lines_that_fit(page: Page, size: ParagraphSize, gap: float, notes: float) -> int:
    return int((page.rest(notes) - gap - size.rules + TOLERANCE) // size.line)


def _split(page: Page, piece: Piece, fitting: int, notes: float) -> None:
    """Set the first `fitting` lines on this page and the others on as many as they take."""
    size = piece.size
    _anchor(page, piece)
    remaining = size.lines - fitting
    most = int(page.height // size.line)
    page.turn()
    while remaining > most:
        page.turn()
        remaining -= most
    page.used, page.after, page.fresh = remaining * size.line + size.after, size.after, False
    page.notes += notes


def _settle(page: Page, piece: Piece, height: float, notes: float) -> None:
    _anchor(page, piece)
    page.used += height + piece.size.after
    page.after, page.fresh = piece.size.after, False
    page.notes += notes


def _anchor(page: Page, piece: Piece) -> None:
    for anchor in piece.anchors:
        page.anchors.setdefault(anchor, page.number)
