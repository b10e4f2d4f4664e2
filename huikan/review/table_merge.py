"""Texts with tables merged row by row, where it is known which column each word is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from huikan.review.edits import FieldEdit
from huikan.review.rich import Merged, Rich, combine, merge
from huikan.review.rows import NewRow
from huikan.review.table_form import Places, in_blocks, in_rows, is_in_rows
from huikan.review.versions import Version


def merge_by_row(
    edit: FieldEdit, now: Rich, shown: Rich, theirs: Rich, places: Places | None, *, prefer_theirs: bool
) -> tuple[Merged, Rich] | None:
    """What `merge` makes of a text and what the content has now, both row by row; None where that cannot be done.

    `shown` are the words that the content has `now`, as they are compared, and `places` where they stand.
    """
    then = places if now == edit.sent else edit.places_sent
    base, ours, other = in_rows(edit.sent, then), in_rows(shown, places), in_rows(theirs, edit.places)
    if base is None or ours is None or other is None:
        return None
    merged = merge(base, ours, other, prefer_theirs=prefer_theirs)
    return (merged, ours) if is_in_rows(merged.words) else None


def all_alike(now: Rich, versions: Sequence[Version], places: Places | None) -> tuple[Rich, list[Version]]:
    """What the content has and its versions: all row by row if that can be done, else none."""
    rows = in_rows(now, places)
    if rows is not None and all(version.by_row for version in versions):
        forms = [version.words for version in versions]
        if is_in_rows(combine(rows, forms, [version.preferred for version in versions])[0]):
            return rows, list(versions)
    flat = [in_blocks(version.words) if version.by_row else version.words for version in versions]
    return now, [replace(each, words=words, by_row=False) for each, words in zip(versions, flat, strict=True)]


def rows_of(versions: Sequence[Version]) -> list[NewRow]:
    """The new rows of all versions: one that two copies add is one."""
    rows: list[NewRow] = []
    for version in versions:
        known = Counter(rows)
        for row in version.edit.rows:
            rows += [row] if known[row] <= 0 else []
            known[row] -= 1
    return rows
