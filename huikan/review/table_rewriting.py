"""Tables of a Markdown text written row by row as they are wanted, where words have gone to other cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from huikan.review.block_change import change_of_block
from huikan.review.markdown_leaves import Leaf, UnwritableError, blocks_of
from huikan.review.markdown_text import serialised
from huikan.review.paragraph_hunks import hunks, pairs_in_order
from huikan.review.rich import Rich
from huikan.review.table_form import bare, tables_of

_LARGEST = 400
"""Pairs of rows that are compared; larger stretches are paired in their order."""


def with_tables(source: str, wanted: Rich, *, careful: bool) -> str:
    """The Markdown `source` with the tables of `wanted`, a text in rows; all else stays, and rows that are the same.

    Raises UnwritableError for tables that are more or fewer, and for a row that cannot be written.
    """
    cells = (leaf for leaf in blocks_of(source).leaves if leaf.kind == "cell")
    tables = [list(group) for _, group in groupby(cells, key=lambda leaf: leaf.table)]
    tables = [table for table in tables if any(leaf.printed for leaf in table)]
    new = tables_of(wanted)
    if len(tables) != len(new):
        raise UnwritableError("a table must be put in, or taken out, by hand")
    lines = source.split("\n")
    for table, rows in reversed(list(zip(tables, new, strict=True))):
        start, end = table[0].table.start, table[-1].lines[1]
        lines[start:end] = _table(lines[start:end], table, rows, careful=careful)
    return "\n".join(lines)


def _table(lines: Sequence[str], table: Sequence[Leaf], new: Sequence[Sequence[Rich]], *, careful: bool) -> list[str]:
    """The lines of a table with new rows; the second are its hyphens. Rows without words stay below those above."""
    start, columns = table[0].table.start, table[0].table.columns
    old: list[list[Leaf]] = []
    wordless: dict[int, list[str]] = {}
    for (line, _), group in groupby(table, key=lambda leaf: leaf.lines):
        row = list(group)
        if any(leaf.printed for leaf in row):
            old.append(row)
        else:
            wordless.setdefault(len(old) - 1, []).extend(lines[line - start : line - start + 1 + (line == start)])
    texts = [_bare_row(leaf.rich for leaf in row) for row in old]
    if max(map(len, new)) < max(map(len, texts)):
        raise UnwritableError("a column must be taken out by hand")
    origins = _origins(texts, [_bare_row(row) for row in new])
    if origins[0] != 0:
        raise UnwritableError("a row above or in place of the head of a table must be put in by hand")
    made = wordless.get(-1, [])
    by_words = {bare(leaf.rich): leaf for leaf in table if leaf.printed}
    for cells, origin in zip(new, origins, strict=True):
        if len(cells) > columns:
            raise UnwritableError(f"a row of {len(cells)} cells must be put by hand into a table of {columns} columns")
        leaves = [] if origin is None else old[origin]
        if leaves and _bare_row(leaf.rich for leaf in leaves) == _bare_row(cells):
            line = lines[leaves[0].lines[0] - start]
        else:
            written = [_cell(leaves, column, cell, by_words, careful=careful) for column, cell in enumerate(cells)]
            indent = re.match(r"[ \t>]*", lines[1 if made else 0])
            line = f"{indent[0] if indent else ''}| {' | '.join(written + [''] * (columns - len(written)))} |"
        made += [line] if made else [line, lines[1]]
        made += wordless.get(origin, []) if origin is not None else []
    return made


def _bare_row(cells: Iterable[Rich]) -> tuple[str, ...]:
    """The words of a row, up to the last cell that has any."""
    made = [bare(cell) for cell in cells]
    while made and not made[-1]:
        made.pop()
    return tuple(made)


def _origins(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> list[int | None]:
    """For each new row the old one that it is, or was; the first is the head."""
    made: list[int | None] = [None] * len(new)
    for hunk in hunks(old, new):
        size, new_size = hunk.end - hunk.start, hunk.new_end - hunk.new_start
        pairs = [(each, each) for each in range(min(size, new_size))]
        if size != new_size and size * new_size <= _LARGEST:
            left = ["\0".join(row) for row in old[hunk.start : hunk.end]]
            pairs = pairs_in_order(left, ["\0".join(row) for row in new[hunk.new_start : hunk.new_end]])
        for one, other in pairs:
            made[hunk.new_start + other] = hunk.start + one
    place = new_place = 0
    for hunk in hunks(old, new):
        for step in range(hunk.start - place):
            made[new_place + step] = place + step
        place, new_place = hunk.end, hunk.new_end
    for step in range(len(old) - place):
        made[new_place + step] = place + step
    return made


def _cell(leaves: Sequence[Leaf], column: int, wanted: Rich, by_words: dict[str, Leaf], *, careful: bool) -> str:
    """The Markdown of a cell: as it was there or elsewhere in the table, or changed, or new."""
    words = bare(wanted)
    old = leaves[column] if column < len(leaves) else None
    if old is not None and bare(old.rich) == words and old.rich == wanted:
        return old.content.replace("|", r"\|")
    if words in by_words and by_words[words].rich == wanted:
        return by_words[words].content.replace("|", r"\|")
    if old is not None and old.printed and words:
        return change_of_block(old, old.rich, wanted, rewrite=False, careful=careful)[2].strip()
    made = serialised([(letter, look, None) for letter, look in wanted], careful=careful)
    if "\n" in made:
        raise UnwritableError("a line break cannot stand in a cell of a table")
    return made.strip().replace("|", r"\|")
