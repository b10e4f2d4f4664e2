"""On which page everything stands: a model of a word processor's layout, for the page numbers that fields cache.

Lines have exact heights (the styles say so), so that a page is decided by counting: paragraphs with their spaces,
rows that do not split, headings that stay with what follows, two lines at least on either side of a break.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
from huikan.render.docx.pages import TOLERANCE, Page, Piece, ends_of_columns, fill
from huikan.render.tokens import Tokens

_CELL_PADDING = 4.5
_CELL_GAP = 6.0
_HAIRLINE = 0.5
_TABLE_RULE = 1.0
_SPEAKER_STYLE = "Heading 2"
_SINGLE_PAGES = {"title-page", "imprint"}
"""What begins a page and ends on it."""
_SPARE = 6.0
"""Points that are left free there, since programs round what is on such a page differently."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages, and the places of the blocks before which a page or a column break is written.

    A long chain of paragraphs that stay together is broken apart by some word processors; where one must move to
    the next page, the break is made explicit. So are columns of equal length: programs differ in how they balance them.
    `kept_rows` are, by the place of their table, the rows that stay with the row below; `let_go` the paragraphs that do
    not stay with what follows although they lead in to it; `lowered` is the space above blocks, in pt, where that of
    their style would not leave room for all that belongs on the page.
    """

    pages: WordPages
    breaks: frozenset[int]
    column_breaks: frozenset[int]
    kept_rows: Mapping[int, frozenset[int]]
    let_go: frozenset[int]
    lowered: Mapping[int, float]


def paginate(word: WordDocument, tokens: Tokens, language: str) -> Layout:
    """The pages of a document and its anchors, and the breaks that make them so."""
    metrics = Metrics(tokens, language)
    length = tokens.length
    line = length("line")
    height = length("page-height") - length("margin-top") - length("margin-bottom")
    column_breaks: set[int] = set()
    kept_rows: dict[int, frozenset[int]] = {}
    single = {
        place + 1
        for place, block in enumerate(word.blocks)
        if isinstance(block, PageStart) and not _SINGLE_PAGES.isdisjoint(block.name.split())
    }
    lowered: dict[int, float] = {}
    page = Page((height + TOLERANCE) // line * line, line, length("line-caption"))
    for first, section in _sections(word.blocks):
        page.turn(forced=True)
        page.columns = 1
        for start, columns, region in _regions(section, first):
            page.begin_columns(columns)
            width = (metrics.measure - (columns - 1) * COLUMN_GAP) / columns
            pieces = _pieces(region, start, metrics, width, page.height, kept_rows)
            if first in single and start == first:
                pieces = _closed_up(pieces, page.height - _SPARE, lowered)
            chains = list(_chains(pieces))
            ends = ends_of_columns(page, chains) if columns > 1 else ()
            column_breaks.update(chains[number][0].block for number in ends)
            page = fill(page, chains, ends)
    pages = WordPages(max(1, page.number), page.anchors)
    return Layout(pages, frozenset(page.breaks), frozenset(column_breaks), kept_rows, frozenset(page.let_go), lowered)


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
) -> list[Piece]:
    pieces: list[Piece] = []
    previous: Block | None = None
    for place, block in enumerate(blocks, start=first):
        if isinstance(block, Paragraph):
            if isinstance(previous, Table) and needs_table_end(previous, block):
                pieces.append(Piece(metrics.paragraph(TABLE_END, width), (), place))
            leads_in = block.keep_next and block.style == "Body Text"
            opens = block.style == _SPEAKER_STYLE
            size = metrics.paragraph(block, width)
            pieces.append(Piece(size, block.anchors, place, leads_in=leads_in, opens=opens))
        elif isinstance(block, Table):
            heights = _row_heights(block, metrics)
            kept_rows[place] = rows_kept(block, heights, page_height)
            pieces.extend(_rows(block, place, heights, kept_rows[place]))
        previous = block
    if previous is not None and needs_section_end(previous):
        pieces.append(Piece(metrics.paragraph(SECTION_END, width), (), first + len(blocks) - 1))
    return pieces


def _closed_up(pieces: list[Piece], room: float, lowered: dict[int, float]) -> list[Piece]:
    """Pieces that begin a page, with less space above each, in equal shares, if `room` pt do not hold them all."""
    below = [0.0, *(piece.size.after for piece in pieces)]
    more = [max(0.0, piece.size.before - after) for piece, after in zip(pieces, below, strict=False)]
    excess = sum(piece.size.height for piece in pieces) + sum(below[:-1]) + sum(more) - room
    if excess <= 0 or not sum(more):
        return pieces
    share = max(0.0, 1 - excess / sum(more))
    closed = []
    for piece, after, space in zip(pieces, below, more, strict=False):
        if space:
            lowered[piece.block] = after + space * share
            piece = replace(piece, size=replace(piece.size, before=lowered[piece.block]))
        closed.append(piece)
    return closed


def _row_heights(table: Table, metrics: Metrics) -> list[float]:
    rule = _TABLE_RULE if table.style == "Data Table" else 0.0
    heights = [_row_height(row, table, metrics) for row in table.rows]
    heights[0] += rule
    heights[-1] += rule / 2
    return heights


def _rows(table: Table, place: int, heights: Sequence[float], kept: frozenset[int]) -> list[Piece]:
    pieces = []
    header = 0.0
    for number, (row, height) in enumerate(zip(table.rows, heights, strict=True)):
        keep = row.header or row.group or number in kept
        size = ParagraphSize(1, height, 0.0, 0.0, 0.0, keep, True, ())
        anchors = tuple(name for cell in row.cells for paragraph in cell.paragraphs for name in paragraph.anchors)
        pieces.append(Piece(size, anchors, place, True, 0.0 if row.header else header or _HAIRLINE))
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


def _chains(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """The pieces that stay together: each keeps with the next, but for the last."""
    start = 0
    for place, piece in enumerate(pieces, start=1):
        if place == len(pieces) or not piece.size.keep_next:
            yield pieces[start:place]
            start = place
