"""Where the comments of a copy stand: in which fields, and on which words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from huikan.review.alignment import Unit, is_owned
from huikan.review.copy import ReviewedCopy
from huikan.review.wordml import PARAGRAPH_END, Piece


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A comment's id, the fields its range touches, and the words it was set on."""

    id: str
    fields: tuple[str, ...]
    words: str


def placed_comments(
    copy: ReviewedCopy, units: Sequence[Unit], is_visible: Callable[[Piece], bool]
) -> Iterator[PlacedComment]:
    """Each comment that has a place in the text; its words are those that are visible."""
    owner_at = {atom.source: atom for unit in units for atom in unit.atoms} if copy.comments else {}
    order = sorted(owner_at)
    ranges: dict[str, list[tuple[int, int]]] = {}
    for number, paragraph in enumerate(copy.paragraphs):
        for mark in paragraph.marks:
            if mark.kind.startswith("comment"):
                ranges.setdefault(mark.name, []).append((number, mark.offset))
    for id, ends in ranges.items():
        first, last = min(ends), max(ends)
        atoms = [owner_at[place] for place in order if first <= place < last]
        if not atoms:
            atoms = [owner_at[place] for place in order if place[0] == first[0]]
        owners = dict.fromkeys(atom.owner for atom in atoms if is_owned(atom, copy.sent))
        names = []
        for place, number in owners:
            segment = copy.sent[place].segments[number]
            names.append(segment.field or " ".join(segment.sources))
        words = "".join(atom.text for atom in atoms if is_visible(atom.piece) and first != last)
        yield PlacedComment(id, tuple(dict.fromkeys(names)), words.replace(PARAGRAPH_END, "\n").strip("\n"))
