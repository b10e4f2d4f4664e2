"""Which rows of the tables of a copy were sent: by their bookmarks, and by their words where these are lost."""

from __future__ import annotations

from collections.abc import Sequence

from huikan.render.docx.sent import SentParagraph
from huikan.review.wordml import WordParagraph


def new_rows(
    groups: Sequence[Sequence[int]], paragraphs: Sequence[WordParagraph], anchored: dict[int, list[int]]
) -> tuple[set[int], set[int]]:
    """The rows in which nothing is that was sent; second those of them that stand in a table in which something is."""
    rows, tables = _anchored_places(groups, paragraphs, anchored)
    first = [paragraphs[group[0]] for group in groups]
    loose = [each for each in first if each.row and each.row not in rows]
    return {each.row for each in loose}, {each.row for each in loose if each.table in tables}


def _anchored_places(
    groups: Sequence[Sequence[int]], paragraphs: Sequence[WordParagraph], anchored: dict[int, list[int]]
) -> tuple[set[int], set[int]]:
    """The rows and the tables in which anything is that was sent."""
    first = [paragraphs[groups[number][0]] for number in anchored]
    return {each.row for each in first}, {each.table for each in first}


def without_new_rows(
    found: dict[int, list[int]],
    groups: Sequence[Sequence[int]],
    paragraphs: Sequence[WordParagraph],
    anchored: dict[int, list[int]],
    sent: Sequence[SentParagraph],
) -> dict[int, list[int]]:
    """What was found by its words, less cells of new rows that have the words of one that was taken out.

    A table whose bookmarks are all lost is another matter: all its words are found.
    """
    rows, known = _anchored_places(groups, paragraphs, anchored)
    for number, group in enumerate(groups):
        if number not in found and any(paragraphs[place].sent_text for place in group):
            known.add(paragraphs[group[0]].table)
    return {
        number: places
        for number, places in found.items()
        if paragraphs[groups[number][0]].row in rows | {0}
        or paragraphs[groups[number][0]].table not in known
        or not any(segment.bookmark for place in places for segment in sent[place].segments)
    }
