"""Edited words put back into Markdown: only the blocks that changed are touched, and the result is read again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from huikan.render.docx.sent import NOTE, PICTURE
from huikan.review.block_change import change_of_block
from huikan.review.block_pairing import Pairing, paired
from huikan.review.kinds import CELL, Kind, Kinds, without_blanks
from huikan.review.list_numbers import counted_on
from huikan.review.markdown_insert import Inserter, is_written_as, line_end
from huikan.review.markdown_leaves import Leaf, UnwritableError, blocks_of
from huikan.review.markdown_text import serialised
from huikan.review.notes import named, with_notes
from huikan.review.rich import Rich, text_of
from huikan.review.rows import NewRow, Placed, among, holds_rows, lost_rows, set_apart
from huikan.review.table_form import same_tables
from huikan.review.table_rewriting import with_tables

_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")


def edit_blocks(
    source: str,
    now: Sequence[Rich],
    wanted: Sequence[Rich],
    kinds: Kinds = MappingProxyType({}),
    rows: Sequence[NewRow] = (),
    in_rows: Rich = (),
) -> str:
    """The Markdown `source`, whose blocks print as `now`, changed so that they print as `wanted`.

    New blocks become what `kinds` says of their words, or what they stand beside. `rows` are the new ones of tables;
    `in_rows` are all wanted blocks, those of a table's row together, if it is known which column each is of.

    Raises UnwritableError when that cannot be written, or would not be read back as wanted.
    """
    leaves = _printed(source)
    if [_bare(leaf.rich) for leaf in leaves] != [_bare(words) for words in now]:
        raise UnwritableError("the content changed while it was read")
    whole, notes = named(source, wanted)
    reason = ""
    for taken in _choices(rows):
        wanted, placed = set_apart(whole, now, taken)
        pairing = paired(now, wanted, leaves, kinds)
        plan = _Plan(source, leaves, now, wanted, pairing, kinds, placed, among(rows, whole), in_rows)
        written, problem = _written(plan, whole, notes)
        reason = reason or problem
        if not written and _keeps_blocks(now, wanted):
            written, _ = _written(replace(plan, pairing=Pairing(tuple(range(len(now))), ())), whole, notes)
        if written:
            return written
    for careful in (False, True) if in_rows and not notes else ():
        moved = _with_tables(source, now, whole, in_rows, careful=careful)
        if moved is not None:
            with suppress(UnwritableError):
                return _without_lost_notes(source, edit_blocks(*moved, whole, kinds, (), in_rows))
    raise UnwritableError(reason)


def _with_tables(
    source: str, now: Sequence[Rich], wanted: Sequence[Rich], in_rows: Rich, *, careful: bool
) -> tuple[str, list[Rich]] | None:
    """The text with the wanted tables and what it prints then, as typeset; None if there is nothing more to change."""
    try:
        made = with_tables(source, in_rows, careful=careful)
    except UnwritableError:
        return None
    if made == source or not same_tables(made, in_rows):
        return None
    typeset = {_bare(words): words for words in (*now, *wanted)}
    return made, [typeset.get(_bare(leaf.rich), leaf.rich) for leaf in _printed(made)]


def _choices(rows: Sequence[NewRow]) -> Iterator[Sequence[NewRow]]:
    """The rows that were not sent; if that does not do, those too that have cells of new words."""
    yield [row for row in rows if not row.was_sent]
    if any(row.was_sent for row in rows):
        yield rows


def _written(plan: _Plan, whole: Sequence[Rich], notes: Mapping[str, Rich]) -> tuple[str, str]:
    """The text as planned, with `whole` for its blocks and new notes; else nothing, and why it cannot be written."""
    reason = "Markdown would read it otherwise"
    for careful in (False, True):
        for rewrite in (False, True):
            try:
                made = _edited(plan, rewrite=rewrite, careful=careful)
                made = with_notes(_without_lost_notes(plan.source, made), notes)
                for form in dict.fromkeys((counted_on(plan.source, made), made)):
                    if _reads_as(form, whole, _with_cells(plan.kinds_of_new, plan.placed), plan.rows, plan.in_rows):
                        return form, ""
            except UnwritableError as error:
                reason = str(error)
    return "", reason


def _keeps_blocks(now: Sequence[Rich], wanted: Sequence[Rich]) -> bool:
    """Whether each block may be the one in its place written anew: words of two cells were exchanged."""
    if len(now) != len(wanted):
        return False
    new = (letter for old, words in zip(now, wanted, strict=True) if old != words for letter, _ in words)
    return not any(letter in {NOTE, PICTURE} for letter in new)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What becomes of a text: its blocks and what they print, the wanted ones, and where new rows of tables stand."""

    source: str
    leaves: Sequence[Leaf]
    now: Sequence[Rich]
    wanted: Sequence[Rich]
    pairing: Pairing
    kinds: Kinds
    placed: Placed
    rows: Sequence[NewRow]
    """Those that the text must have then."""
    in_rows: Rich
    """All of it, its tables row by row; nothing if that is not known."""

    @property
    def kinds_of_new(self) -> list[Kind | None]:
        """What the new ones of the wanted blocks are to be; None for those that were there."""
        return [_kind_of_new(number, self.pairing, self.wanted, self.kinds) for number in range(len(self.wanted))]

    def rows_above(self, number: int) -> Iterator[list[NewRow]]:
        """The new rows that stand right above a wanted block, those of one table together."""
        here = (row for at, row in self.placed if at == number)
        return (list(group) for _, group in groupby(here, key=lambda row: (row.new_table, row.leads)))


def _with_cells(kinds: Sequence[Kind | None], placed: Placed) -> list[Kind | None]:
    """The kinds of all blocks, those in new rows too."""
    made: list[Kind | None] = []
    for number, kind in enumerate([*kinds, None]):
        made += [CELL for at, row in placed if at == number for _ in row.blocks]
        made.append(kind)
    return made[:-1]


def _printed(source: str) -> list[Leaf]:
    """The blocks that print anything: an empty cell has no words, in the content or in Word."""
    return [leaf for leaf in blocks_of(source).leaves if leaf.printed]


def _reads_as(
    made: str, wanted: Sequence[Rich], kinds: Sequence[Kind | None], rows: Sequence[NewRow], in_rows: Rich
) -> bool:
    """Whether the Markdown has the wanted blocks, and new ones and rows are what they should be."""
    leaves = _printed(made)
    if in_rows:
        if not same_tables(made, in_rows):
            return False
    elif rows and not holds_rows(blocks_of(made).leaves, rows):
        return False
    if [_bare(leaf.rich) for leaf in leaves] != [_bare(words) for words in wanted]:
        return False
    return all(kind is None or is_written_as(leaf, kind) for leaf, kind in zip(leaves, kinds, strict=True))


def _without_lost_notes(source: str, made: str) -> str:
    """The Markdown without the notes whose last mark was taken out."""
    for name in sorted(set(_NOTE_MARK.findall(source)) - set(_NOTE_MARK.findall(made))):
        made = re.sub(rf"\n*^\[\^{re.escape(name)}\]:.*(?:\n[ \t]+\S.*)*$", "", made, flags=re.MULTILINE)
    return made


def edit_note(source: str, number: int, now: Rich, wanted: Rich) -> str:
    """The Markdown `source` with the words of one note, which print as `now`, changed so that they print as `wanted`.

    Raises UnwritableError when the note cannot be found or would not be read back as wanted.
    """
    leaves = blocks_of(source).notes.get(number, [])
    if len(leaves) != 1 or _bare(leaves[0].rich) != _bare(now):
        raise UnwritableError("the note is not one paragraph at the end of the text")
    for careful in (False, True):
        for rewrite in (False, True):
            start, end, content = change_of_block(leaves[0], now, wanted, rewrite=rewrite, careful=careful)
            made = source[:start] + content + source[end:]
            read = blocks_of(made).notes.get(number, [])
            if len(read) == 1 and _bare(read[0].rich) == _bare(wanted):
                return made
    raise UnwritableError("Markdown would read it otherwise")


def _bare(words: Rich) -> Rich:
    return tuple((NOTE, "") if letter[0] == NOTE else letter for letter in words if not letter[0].isspace())


def _edited(plan: _Plan, *, rewrite: bool, careful: bool) -> str:
    source, leaves, now, wanted, pairing = plan.source, plan.leaves, plan.now, plan.wanted, plan.pairing
    changes: list[tuple[int, int, str]] = []
    starts = [0, *(match.end() for match in re.finditer("\n", source)), len(source) + 1]
    previous: int | None = None
    inserter, kinds = Inserter(source, starts, leaves), plan.kinds_of_new
    for number, origin in enumerate([*pairing.origins, None]):
        changes += [inserter.rows(rows, previous, careful=careful) for rows in plan.rows_above(number)]
        if number == len(wanted):
            break
        if origin is None:
            text = _moved(leaves, now, pairing, wanted[number])
            if text is None:
                text = serialised([(letter, look, None) for letter, look in wanted[number]], careful=careful)
            following = next((each for each in pairing.origins[number:] if each is not None), None)
            below = kinds[number + 1] if number + 1 < len(kinds) else None
            if kinds[number] == CELL:
                raise UnwritableError("a column, or a row that is not whole, must be put into a table by hand")
            changes.append(inserter.new(text, kinds[number], previous, following, below))
        else:
            previous = origin
            inserter.old()
            if _bare(wanted[number]) != _bare(now[origin]) or wanted[number] != now[origin]:
                changes.append(
                    change_of_block(leaves[origin], now[origin], wanted[number], rewrite=rewrite, careful=careful)
                )
    gone = list(pairing.gone)
    for lines, cells in lost_rows(leaves, set(gone)):
        changes.append(_deleted_lines(source, starts, lines, joins=lines[0] == leaves[cells[0]].table.start))
        gone = [number for number in gone if number not in cells]
    _refuse_lost_columns(leaves, gone)
    changes += [_deletion(source, starts, leaves[number]) for number in gone]
    made = source
    for _, (start, end, text) in sorted(
        enumerate(changes), key=lambda entry: (entry[1][0], entry[1][1], entry[0]), reverse=True
    ):
        after = made[end:]
        if not text and end > start and made[:start].endswith("\n\n"):
            after = after.removeprefix("\n")
        made = made[:start] + text + after
    while made.endswith("\n\n") and not source.endswith("\n\n"):
        made = made[:-1]
    return made


def _moved(leaves: Sequence[Leaf], now: Sequence[Rich], pairing: Pairing, words: Rich) -> str | None:
    """The Markdown of a block that has gone from elsewhere, with its notes and links; None for other words."""
    brings_notes = any(look.startswith("^") for _, look in words)
    same = (number for number in pairing.gone if _bare(now[number]) == _bare(words) and not brings_notes)
    found = next(same, None)
    return None if found is None or leaves[found].kind == "cell" else leaves[found].content


def _kind_of_new(number: int, pairing: Pairing, wanted: Sequence[Rich], kinds: Kinds) -> Kind | None:
    if pairing.origins[number] is not None:
        return None
    return kinds.get(without_blanks(text_of(wanted[number])))


def _refuse_lost_columns(leaves: Sequence[Leaf], gone: Sequence[int]) -> None:
    rows = {leaves[number].lines for number in gone if leaves[number].kind == "cell"}
    if len(rows) > 1:
        raise UnwritableError("cells of several rows were emptied: take a column out by hand")


def _deletion(source: str, starts: Sequence[int], leaf: Leaf) -> tuple[int, int, str]:
    if leaf.kind == "cell":
        return leaf.start, leaf.end, ""
    return _deleted_lines(source, starts, leaf.item, joins=not leaf.marker or not starts[leaf.item[0]])


def _deleted_lines(source: str, starts: Sequence[int], lines: tuple[int, int], *, joins: bool) -> tuple[int, int, str]:
    """Lines taken out; with the blank one below them if what stands around them `joins` then."""
    start, end = starts[lines[0]], min(line_end(source, starts, lines[1]) + 1, len(source))
    following = source[end:].partition("\n")
    if following[1] and not following[0].strip() and joins:
        end += len(following[0]) + 1
    return start, end, ""
