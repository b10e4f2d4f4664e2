"""On which page everything stands: a model of a word processor's layout, for the page numbers that fields cache.

Lines have exact heights (the styles say so), so that a page is decided by counting: paragraphs with their spaces,
rows that do not split, headings that stay with what follows, two lines at least on either side of a break.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from huikan.render.docx.furniture import COLUMN_GAP
from huikan.render.docx.kept_rows import rows_kept
from huikan.render.docx.metrics import Metrics, ParagraphSize
from huikan.render.docx.model import (
    SECTION_END,
    TABLE_END,
    Block,
    Columns,
    PageStart,
    Paragraph,
    Row,
    Table,
    WordDocument,
    WordPages,
    needs_section_end,
    needs_table_end,
)
from huikan.render.tokens import Tokens

_CELL_PADDING = 4.5
_CELL_GAP = 6.0
_HAIRLINE = 0.5
_TABLE_RULE = 1.0
_NOTE_SEPARATOR = 6.2
_TOLERANCE = 0.05
_LONGEST_TRUSTED_CHAIN = 2
_MOST_EMPTY = 1 / 4
"""Of a page, before a paragraph is left alone that leads in to a list or a table."""
_LEAST_LINES = 2
"""Lines of a paragraph on either side of a page break (`w:widowControl`)."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is laid out in one go: a paragraph, or a row with its header's height for a new page.

    One that `leads_in` to a list or a table stays with it unless much of a page would be empty.
    """

    size: ParagraphSize
    anchors: tuple[str, ...]
    block: int
    row: bool = False
    header: float = 0.0
    leads_in: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages, and the places of the blocks before which a page or a column break is written.

    A long chain of paragraphs that stay together is broken apart by some word processors; where one must move to
    the next page, the break is made explicit. So are columns of equal length: programs differ in how they balance them.
    `kept_rows` are, by the place of their table, the rows that stay with the row below; `let_go` the paragraphs that do
    not stay with what follows although they lead in to it.
    """

    pages: WordPages
    breaks: frozenset[int]
    column_breaks: frozenset[int]
    kept_rows: Mapping[int, frozenset[int]]
    let_go: frozenset[int]


@dataclass(slots=True)
class _Page:
    """Where the layout has got to. `fresh` until something stands on the page, `forced` after a page break.

    Of `columns` that begin at `top`, `column` is the one that is filled.
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
    anchors: dict[str, int] = field(default_factory=dict)
    breaks: set[int] = field(default_factory=set)
    let_go: set[int] = field(default_factory=set)

    def turn(self, *, header: float = 0.0, forced: bool = False) -> None:
        """Begin a column or a page, with a table's header `header` pt high repeated at its top."""
        if self.column + 1 < self.columns and not forced:
            self.column += 1
            self.used, self.after, self.fresh, self.forced = self.top + header, 0.0, True, False
            return
        self.number += 1
        self.column, self.top = 0, 0.0
        self.used, self.after, self.notes, self.carried = header, 0.0, self.carried, 0.0
        self.fresh, self.forced = True, forced

    def begin_columns(self, columns: int) -> None:
        """From here on so many columns; those above end equally long."""
        filled = self.column * (self.height - self.top) + self.used - self.top
        self.used = self.top = self.top + filled / self.columns
        self.columns, self.column = columns, 0

    def rest(self, more_notes: float = 0.0) -> float:
        """What is free, in pt, when `more_notes` pt of notes join the page's. Above notes only whole lines count."""
        notes = self.notes + more_notes
        if not notes:
            return self.height - self.used
        whole_lines = (self.height - notes - _NOTE_SEPARATOR + _TOLERANCE) // self.line
        return whole_lines * self.line - self.used

    def gap(self, piece: _Piece) -> float:
        """Space above a piece: the larger of what the neighbours ask for; none at the top of a page that was full."""
        if self.fresh and not self.forced and not piece.row:
            return 0.0
        return max(0.0, piece.size.before - self.after)


def paginate(word: WordDocument, tokens: Tokens, language: str) -> Layout:
    """The pages of a document and its anchors, and the breaks that make them so."""
    metrics = Metrics(tokens, language)
    length = tokens.length
    line = length("line")
    height = length("page-height") - length("margin-top") - length("margin-bottom")
    column_breaks: set[int] = set()
    kept_rows: dict[int, frozenset[int]] = {}
    page = _Page((height + _TOLERANCE) // line * line, line, length("line-caption"))
    for first, section in _sections(word.blocks):
        page.turn(forced=True)
        page.columns = 1
        for start, columns, region in _regions(section, first):
            page.begin_columns(columns)
            width = (metrics.measure - (columns - 1) * COLUMN_GAP) / columns
            chains = list(_chains(_pieces(region, start, metrics, width, page.height, kept_rows)))
            ends = _ends_of_columns(page, chains) if columns > 1 else ()
            for number, chain in enumerate(chains):
                if number in ends:
                    page.turn()
                    column_breaks.add(chain[0].block)
                _place_chain(page, chain)
    pages = WordPages(max(1, page.number), page.anchors)
    return Layout(pages, frozenset(page.breaks), frozenset(column_breaks), kept_rows, frozenset(page.let_go))


def _sections(blocks: Sequence[Block]) -> list[tuple[int, list[Block]]]:
    """The runs of blocks that begin a page, each with the place of its first block."""
    sections: list[tuple[int, list[Block]]] = [(0, [])]
    for place, block in enumerate(blocks):
        if isinstance(block, PageStart):
            sections.append((place + 1, []))
        else:
            sections[-1][1].append(block)
    return [section for section in sections if section[1]]


def _regions(section: Sequence[Block], first: int) -> list[tuple[int, int, list[Block]]]:
    """The runs of blocks that stand in so many columns, each with the place of its first block."""
    regions: list[tuple[int, int, list[Block]]] = [(first, 1, [])]
    for place, block in enumerate(section, start=first):
        if isinstance(block, Columns):
            regions.append((place + 1, block.count, []))
        else:
            regions[-1][2].append(block)
    return regions


def _pieces(
    blocks: Sequence[Block],
    first: int,
    metrics: Metrics,
    width: float,
    page_height: float,
    kept_rows: dict[int, frozenset[int]],
) -> list[_Piece]:
    pieces: list[_Piece] = []
    previous: Block | None = None
    for place, block in enumerate(blocks, start=first):
        if isinstance(block, Paragraph):
            if isinstance(previous, Table) and needs_table_end(previous, block):
                pieces.append(_Piece(metrics.paragraph(TABLE_END, width), (), place))
            leads_in = block.keep_next and block.style == "Body Text"
            pieces.append(_Piece(metrics.paragraph(block, width), block.anchors, place, leads_in=leads_in))
        elif isinstance(block, Table):
            heights = _row_heights(block, metrics)
            kept_rows[place] = rows_kept(block, heights, page_height)
            pieces.extend(_rows(block, place, heights, kept_rows[place]))
        previous = block
    if previous is not None and needs_section_end(previous):
        pieces.append(_Piece(metrics.paragraph(SECTION_END, width), (), first + len(blocks) - 1))
    return pieces


def _row_heights(table: Table, metrics: Metrics) -> list[float]:
    rule = _TABLE_RULE if table.style == "Data Table" else 0.0
    heights = [_row_height(row, table, metrics) for row in table.rows]
    heights[0] += rule
    heights[-1] += rule / 2
    return heights


def _rows(table: Table, place: int, heights: Sequence[float], kept: frozenset[int]) -> list[_Piece]:
    pieces = []
    header = 0.0
    for number, (row, height) in enumerate(zip(table.rows, heights, strict=True)):
        keep = row.header or row.group or number in kept
        size = ParagraphSize(1, height, 0.0, 0.0, 0.0, keep, True, ())
        anchors = tuple(name for cell in row.cells for paragraph in cell.paragraphs for name in paragraph.anchors)
        pieces.append(_Piece(size, anchors, place, True, 0.0 if row.header else header or _HAIRLINE))
        if row.header:
            header += height
    return pieces


def _row_height(row: Row, table: Table, metrics: Metrics) -> float:
    heights = [0.0]
    place = 0
    for cell in row.cells:
        width = sum(table.columns[place : place + cell.span]) - _CELL_GAP
        place += cell.span
        sizes = [metrics.paragraph(paragraph, width) for paragraph in cell.paragraphs]
        heights.append(sum(size.height + size.before + size.after for size in sizes))
    return max(heights) + _CELL_PADDING + _HAIRLINE


def _chains(pieces: Sequence[_Piece]) -> Iterator[Sequence[_Piece]]:
    """The pieces that stay together: each keeps with the next, but for the last."""
    start = 0
    for place, piece in enumerate(pieces, start=1):
        if place == len(pieces) or not piece.size.keep_next:
            yield pieces[start:place]
            start = place


def _ends_of_columns(page: _Page, chains: Sequence[Sequence[_Piece]]) -> tuple[int, ...]:
    """The places of the chains that begin the columns after the first, if all end on this page; they end alike.

    A chain of one piece goes on with what is above it: a column begins with one only if it ends much more evenly.
    """
    heights = [sum(piece.size.before + piece.size.height + piece.size.after for piece in chain) for chain in chains]
    heights[:1] = [height - chains[0][0].size.before for height in heights[:1]]
    above = [0.0, *accumulate(heights)]
    found: list[int] = []
    for column in range(1, page.columns):
        wanted = above[-1] * column / page.columns

        def unevenness(place: int, wanted: float = wanted) -> tuple[float, int]:
            return abs(above[place] - wanted) + (2 * page.line if len(chains[place]) == 1 else 0.0), -place

        following = range(found[-1] + 1 if found else 1, len(chains))
        if not following:
            return ()
        found.append(min(following, key=unevenness))
    edges = [0, *found, len(chains)]
    tallest = max(above[end] - above[start] for start, end in pairwise(edges))
    return tuple(found) if tallest <= page.height - page.top + _TOLERANCE else ()


def _place_chain(page: _Page, chain: Sequence[_Piece]) -> None:
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


def _fits(page: _Page, chain: Sequence[_Piece]) -> bool:
    notes = sum(sum(piece.size.notes) for piece in chain[:-1])
    return _needed(page, chain) <= page.rest(notes) + _TOLERANCE


def _needed(page: _Page, chain: Sequence[_Piece]) -> float:
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


def _place(page: _Page, piece: _Piece) -> None:
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


def _lines_that_fit(page: _Page, size: ParagraphSize, gap: float, notes: float) -> int:
    return int((page.rest(notes) - gap - size.rules + _TOLERANCE) // size.line)


def _split(page: _Page, piece: _Piece, fitting: int, notes: float) -> None:
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


def _settle(page: _Page, piece: _Piece, height: float, notes: float) -> None:
    _anchor(page, piece)
    page.used += height + piece.size.after
    page.after, page.fresh = piece.size.after, False
    page.notes += notes


def _anchor(page: _Page, piece: _Piece) -> None:
    for anchor in piece.anchors:
        page.anchors.setdefault(anchor, page.number)
