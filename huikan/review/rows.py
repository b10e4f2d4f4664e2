"""Rows and tables that an editor put into a text, as they stand in Word and as Markdown writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import groupby

from huikan.review.displacements import longest_ascent
from huikan.review.kinds import without_blanks
from huikan.review.markdown_leaves import Leaf, UnwritableError
from huikan.review.markdown_text import serialised
from huikan.review.rich import Rich, text_of
from huikan.review.wordml import WordParagraph


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that was not sent: its cells from the first column, empty ones too.

    `new_table` numbers the table that it came with, 0 for one that was sent; `leads` are those above all that were
    sent; `problem` says why Markdown cannot write it.
    """

    cells: tuple[Rich, ...]
    new_table: int = 0
    leads: bool = False
    problem: str = ""
    above: str = ""
    """The words of what stands above it in its text, without blanks."""
    blocks: tuple[str, ...] = ()
    """The words of all paragraphs in it that have any, likewise."""
    was_sent: bool = False
    """Whether it is one that was sent, a cell of which has got other words."""
    place: int = field(default=-1, compare=False)
    """How many paragraphs stand above it in its text in the copy."""


def new_rows(
    paragraphs: Sequence[WordParagraph], words: Mapping[int, Sequence[Rich]], sent: Mapping[int, int], seen: Set[int]
) -> Iterator[NewRow]:
    """The rows of which nothing was sent, those that stand elsewhere now, and those with a cell of new words, in order.

    `words` are the paragraphs of a text as edited, by the number of the one in the file that each ends with; `sent`
    tells of all paragraphs of the file that hold words as sent which paragraph these were then; of those that are
    `seen` they are not deleted.
    """
    then: dict[int, int] = {}
    for number, place in sent.items():
        if row := paragraphs[number].row:
            then[row] = min(place, then.get(row, place))
    rows = sorted(then)
    kept = longest_ascent([then[row] for row in rows])
    sent_rows = {row for number, row in enumerate(rows) if number in kept}
    first_row: dict[int, int] = {}
    for each in paragraphs:
        if each.row in sent_rows:
            first_row.setdefault(each.table, each.row)
    above, place = "", 0
    for row, group in groupby(sorted(words), key=lambda number: paragraphs[number].row):
        numbers = list(group)
        filled_anew = any(number not in seen for number in numbers)
        if row and (row not in sent_rows or filled_anew):
            table = paragraphs[numbers[0]].table
            own = _row_of(paragraphs, numbers[0])
            made, blocks, problem = [], list[str](), ""
            for _, cell in groupby(own, key=lambda number: paragraphs[number].column):
                places = list(cell)
                filled = [part for number in places for part in words.get(number, ()) if text_of(part).strip()]
                blocks += (without_blanks(text_of(part)) for part in filled)
                if any(paragraphs[number].is_merged for number in places):
                    problem = "a row with merged cells must be put in by hand"
                elif len(filled) > 1 and not problem:
                    problem = "a cell of several paragraphs must be put in by hand"
                made.append(filled[0] if filled else ())
            sent_first = first_row.get(table, 0)
            leads = 0 < row < sent_first
            yield NewRow(
                tuple(made), 0 if sent_first else table, leads, problem, above, tuple(blocks), row in sent_rows
            )
        place += sum(len(words[number]) for number in numbers)
        above = without_blanks(text_of([letter for part in words[numbers[-1]] for letter in part]))


def _row_of(paragraphs: Sequence[WordParagraph], number: int) -> range:
    """The paragraphs of the row in which a paragraph stands."""
    start = end = number
    row = paragraphs[number].row
    while start and paragraphs[start - 1].row == row:
        start -= 1
    while end < len(paragraphs) and paragraphs[end].row == row:
        end += 1
    return range(start, end)


Placed = tuple[tuple[int, NewRow], ...]
"""New rows, each with the number of blocks above it that are of no new row."""


def set_apart(wanted: Sequence[Rich], now: Sequence[Rich], rows: Sequence[NewRow]) -> tuple[list[Rich], Placed]:
    """The wanted blocks that are of no new row, and these rows; those that are there `now`, in their place, are no new
    ones.

    A row whose cells do not stand there one behind the other is left among the blocks.
    """
    words = [without_blanks(text_of(block)) for block in wanted]
    old = [without_blanks(text_of(block)) for block in now]
    alike: dict[tuple[str, ...], list[NewRow]] = {}
    for row in rows:
        alike.setdefault(row.blocks, []).append(row)
    taken: dict[int, NewRow] = {}
    covered: set[int] = set()
    for blocks, same in alike.items():
        there = _runs(old, blocks)
        for row in same:
            places = _runs(words, blocks, covered)
            new = len(_apart(places, len(blocks))) - len(_apart(there, len(blocks)))
            below = [at for at in places if at and words[at - 1] == row.above]
            at = row.place if row.place in below else next(iter(below), -1)
            is_moved = at >= 0 and not any(place and old[place - 1] == row.above for place in there)
            if not places or (not is_moved and new <= 0):
                continue
            at = places[0] if at < 0 else at
            own = iter(wanted[at : at + len(blocks)])
            if not row.problem:
                row = replace(row, cells=tuple(next(own) if cell else () for cell in row.cells))
            taken[at] = row
            covered.update(range(at, at + len(blocks)))
    rest = [block for number, block in enumerate(wanted) if number not in covered]
    placed = ((at - sum(number < at for number in covered), taken[at]) for at in sorted(taken))
    return rest, tuple(placed)


def among(rows: Sequence[NewRow], wanted: Sequence[Rich]) -> list[NewRow]:
    """Those whose cells stand in the wanted blocks one behind the other."""
    words = [without_blanks(text_of(block)) for block in wanted]
    return [row for row in rows if not row.problem and _runs(words, row.blocks)]


def _runs(words: Sequence[str], blocks: tuple[str, ...], covered: frozenset[int] | set[int] = frozenset()) -> list[int]:
    """Where the words stand one behind the other, and nothing of them is covered."""
    size = len(blocks)
    places = (at for at in range(len(words) - size + 1) if size and tuple(words[at : at + size]) == blocks)
    return [at for at in places if not covered.intersection(range(at, at + size))]


def _apart(places: Sequence[int], size: int) -> list[int]:
    """As many of the places as do not overlap."""
    found: list[int] = []
    for at in places:
        if not found or at >= found[-1] + size:
            found.append(at)
    return found


def rows_below(source: str, starts: Sequence[int], above: Leaf, rows: Sequence[NewRow], *, careful: bool) -> str:
    """The lines of new rows below a row that is there, which the cell `above` ends.

    Raises UnwritableError for a row that cannot be written.
    """
    line = source[starts[above.lines[0]] : starts[above.lines[0] + 1] - 1]
    indent = line[: len(line) - len(line.lstrip(" \t>"))]
    return "".join(f"\n{indent}{_line(row, above.table.columns, careful=careful)}" for row in rows)


def new_table(rows: Sequence[NewRow], *, careful: bool) -> str:
    """A table of its own; the first row is its head.

    Raises UnwritableError for one that cannot be written.
    """
    columns = max(len(row.cells) for row in rows)
    lines = [_line(row, columns, careful=careful) for row in rows]
    return "\n".join([lines[0], "|" + "---|" * columns, *lines[1:]])


def _line(row: NewRow, columns: int, *, careful: bool) -> str:
    if row.problem:
        raise UnwritableError(row.problem)
    cells = list(row.cells)
    while len(cells) > columns and not cells[-1]:
        cells.pop()
    if len(cells) > columns:
        raise UnwritableError(f"a row of {len(cells)} cells must be put by hand into a table of {columns} columns")
    written = [serialised([(letter, look, None) for letter, look in cell], careful=careful) for cell in cells]
    if any("\n" in cell for cell in written):
        raise UnwritableError("a line break cannot stand in a cell of a table")
    written += [""] * (columns - len(cells))
    return "| " + " | ".join(cell.strip().replace("|", r"\|") for cell in written) + " |"


def holds_rows(leaves: Sequence[Leaf], rows: Iterable[NewRow]) -> bool:
    """Whether a text, with its empty cells, has all these rows with their words in their columns."""
    cells = (leaf for leaf in leaves if leaf.kind == "cell")
    there = Counter(_columns(leaf.rich for leaf in group) for _, group in groupby(cells, key=lambda leaf: leaf.lines))
    return Counter(_columns(row.cells) for row in rows) <= there


def _columns(cells: Iterable[Rich]) -> tuple[str, ...]:
    """The words of cells without blanks, up to the last that has any."""
    words = [without_blanks(text_of(cell)) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return tuple(words)


def lost_rows(leaves: Sequence[Leaf], gone: Set[int]) -> Iterator[tuple[tuple[int, int], list[int]]]:
    """The lines of rows and tables all of whose cells are `gone`, and the numbers of these.

    Raises UnwritableError for a head without its table.
    """
    cells = [number for number, leaf in enumerate(leaves) if leaf.kind == "cell"]
    for table, group in groupby(cells, key=lambda number: leaves[number].table):
        own = list(group)
        if gone >= set(own):
            yield (table.start, table.end), own
            continue
        for lines, row in groupby(own, key=lambda number: leaves[number].lines):
            of_row = list(row)
            if gone >= set(of_row):
                if lines[0] == table.start:
                    raise UnwritableError("the head of a table must be taken out by hand")
                yield lines, of_row
