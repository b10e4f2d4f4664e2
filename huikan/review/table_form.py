"""Texts in which each row of a table is one paragraph of cells: rows are merged whole, words keep their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from huikan.render.docx.sent import NOTE
from huikan.review.kinds import without_blanks
from huikan.review.markdown_leaves import UnwritableError, blocks_of
from huikan.review.rich import Rich, joined, paragraphs_of, text_of
from huikan.review.wordml import CELL_END, HEAD, ROW, WordParagraph

_CELL_STYLES = {"Table Head", "Table Text"}
_SIGNS = {HEAD, ROW, CELL_END}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the tables of its text; numbers of tables and rows only say which are the same.

    The column counts from 0; it is negative in a cell that spans others.
    """

    table: int
    row: int
    column: int


Places = tuple[Place | None, ...]
"""Of every block of a text; None for one that stands in no table."""


def place_in_copy(paragraph: WordParagraph) -> Place | None:
    """Where a paragraph of a copy stands."""
    column = -1 if paragraph.is_merged else paragraph.column
    return Place(paragraph.table, paragraph.row, column) if paragraph.row else None


def columns_of(paragraphs: Iterable[WordParagraph]) -> dict[int, int]:
    """How many columns each table of a copy has, those without words too."""
    made: dict[int, int] = {}
    for each in paragraphs:
        if each.row:
            made[each.table] = max(made.get(each.table, 0), each.column + 1)
    return made


def places_in_markdown(source: str) -> Places:
    """Where the blocks that print anything stand in the tables of a Markdown text.

    Raises UnwritableError when a block's place cannot be told.
    """
    made: list[Place | None] = []
    for lines, group in groupby(blocks_of(source).leaves, key=lambda leaf: leaf.lines):
        for column, leaf in enumerate(group):
            if leaf.printed:
                made.append(Place(leaf.table.start, lines[0], column) if leaf.kind == "cell" else None)
    return tuple(made)


def places_then(
    numbers: Sequence[int], styles: Sequence[str], there: Sequence[Place | None], columns: Mapping[int, int]
) -> Places | None:
    """Where blocks stood when they were sent; None if that cannot be told.

    Their `numbers` count the empty cells too. `there` is where each stands in the copy, in tables of so many `columns`:
    most cells of a table are in the column that they were in.
    """
    made: list[Place | None] = []
    tables = list(_tables(styles, there))
    for table, group in groupby(range(len(styles)), key=lambda number: tables[number]):
        own = list(group)
        if not table:
            made += [None] * len(own)
            continue
        found = [(numbers[each], place) for each in own if (place := there[each]) and place.column >= 0]
        if not found:
            return None
        wide = columns[found[0][1].table]
        ((first, _),) = Counter((place.column - number) % wide for number, place in found).most_common(1)
        for each in own:
            row, column = divmod(numbers[each] + first, wide)
            made.append(Place(table, row, column))
    return tuple(made)


def has_tables(styles: Iterable[str]) -> bool:
    """Whether blocks with these styles of Word were sent in tables."""
    return not _CELL_STYLES.isdisjoint(styles)


def _tables(styles: Sequence[str], there: Sequence[Place | None]) -> Iterator[int]:
    """By block, the number of the table in which it was sent; 0 for one that stood in none."""
    table, above, last = 0, "", 0
    for style, place in zip(styles, there, strict=True):
        if style not in _CELL_STYLES:
            yield 0
        else:
            is_head = (style, above) == ("Table Head", "Table Text")
            is_other = bool(place and last and place.table != last)  # a head may be without words
            table += above not in _CELL_STYLES or is_head or is_other
            yield table
        above, last = style, place.table if place else last


def in_rows(words: Rich, places: Places | None) -> Rich | None:
    """The words with their rows as paragraphs, empty cells too; None where a cell holds several or spans others."""
    blocks = paragraphs_of(words) if words else []
    if places is None or len(blocks) != len(places):
        return None
    width: dict[int, int] = {}
    for place in places:
        if place is not None:
            width[place.table] = max(width.get(place.table, 0), place.column + 1)
    made: list[Rich] = []
    last = -1
    pairs = zip(blocks, places, strict=True)
    for key, group in groupby(pairs, key=lambda pair: pair[1] and (pair[1].table, pair[1].row)):
        if key is None:
            made += [block for block, _ in group]
            continue
        cells: list[Rich] = [()] * width[key[0]]
        for block, place in group:
            if place is None or place.column < 0 or cells[place.column]:
                return None
            cells[place.column] = block
        row: list[tuple[str, str]] = [(HEAD if key[0] != last else ROW, "")]
        for column, cell in enumerate(cells):
            row += [(CELL_END, ""), *cell] if column else cell
        made.append(tuple(row))
        last = key[0]
    return joined(made)


def is_in_rows(words: Rich) -> bool:
    """Whether words are those of rows, and every sign of one stands where it must: merges may have joined two."""
    for paragraph in paragraphs_of(words):
        is_row = text_of(paragraph)[:1] in {HEAD, ROW}
        if any(letter in _SIGNS and not (is_row and letter == CELL_END) for letter, _ in paragraph[is_row:]):
            return False
    return True


def cells_of(row: Rich) -> list[Rich] | None:
    """The cells of a paragraph that is a row; None for another."""
    if text_of(row)[:1] not in {HEAD, ROW}:
        return None
    made: list[list[tuple[str, str]]] = [[]]
    for letter in row[1:]:
        if letter[0] == CELL_END:
            made.append([])
        else:
            made[-1].append(letter)
    return [tuple(cell) for cell in made]


def in_blocks(words: Rich) -> Rich:
    """The words with a paragraph for each cell that has any."""
    made: list[Rich] = []
    for paragraph in paragraphs_of(words):
        cells = cells_of(paragraph)
        made += [paragraph] if cells is None else [cell for cell in cells if text_of(cell).strip()]
    return joined(made)


def tables_of(words: Rich) -> list[list[list[Rich]]]:
    """The tables of words in rows: their rows with their cells, up to the last that has words."""
    made: list[list[list[Rich]]] = []
    for paragraph in paragraphs_of(words):
        cells = cells_of(paragraph)
        while cells and not text_of(cells[-1]).strip():
            cells.pop()
        if cells:
            if text_of(paragraph)[0] == HEAD or not made:
                made.append([])
            made[-1].append(cells)
    return made


def same_tables(source: str, wanted: Rich) -> bool:
    """Whether the tables of a Markdown text hold what they do in `wanted`, a text in rows."""
    leaves = [leaf.rich for leaf in blocks_of(source).leaves if leaf.printed]
    try:
        own = in_rows(joined(leaves), places_in_markdown(source))
    except UnwritableError:
        return False
    return own is not None and _bare_tables(own) == _bare_tables(wanted)


def stand_elsewhere(words: Rich, then: Places | None, now: Places | None) -> bool:
    """Whether words stand in other cells than they did; not if either cannot be told."""
    before, after = in_rows(words, then), in_rows(words, now)
    return before is not None and after is not None and _bare_tables(before) != _bare_tables(after)


def legible(text: str) -> str:
    """A text in rows as people read it."""
    return text.replace(HEAD, "").replace(ROW, "").replace(CELL_END, " | ")


def _bare_tables(words: Rich) -> list[list[list[str]]]:
    """The words of tables without blanks."""
    return [[[bare(cell) for cell in row] for row in table] for table in tables_of(words)]


def bare(words: Rich) -> str:
    """Words without looks and blanks; of a note its mark alone."""
    return without_blanks(text_of((NOTE, "") if letter[0] == NOTE else letter for letter in words))
