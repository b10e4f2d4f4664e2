"""In which cells of its tables the words of a text were sent, and in which they stand in a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huikan.review.alignment import Owner, Unit, prose_key
from huikan.review.copy import ReviewedCopy
from huikan.review.rich import joined, rich_of
from huikan.review.table_form import (
    Place,
    Places,
    columns_of,
    has_tables,
    place_in_copy,
    places_then,
    stand_elsewhere,
)


class CellPlaces:
    """The places of a copy's blocks; `units` are those of its paragraphs as sent."""

    def __init__(self, copy: ReviewedCopy, units: Mapping[int, Unit]) -> None:
        self._copy, self._units = copy, units
        self._columns = columns_of(copy.paragraphs)

    def sent(self, owners: Sequence[Owner]) -> Places | None:
        """Where the blocks of a text stood; None if that cannot be told."""
        segments = [self._copy.sent[place].segments[number] for place, number in owners]
        numbers = [int(segment.field.replace("/", "#").rpartition("#")[2]) for segment in segments]
        styles = [self._copy.sent[place].style for place, _ in owners]
        if not has_tables(styles):
            return (None,) * len(styles)
        return places_then(numbers, styles, [self._there(owner) for owner in owners], self._columns)

    def of_paragraph(self, number: int) -> Place | None:
        """Where a paragraph of the copy stands."""
        return place_in_copy(self._copy.paragraphs[number]) if number >= 0 else None

    def are_others(self, owners: Sequence[Owner]) -> bool:
        """Whether the words of a field that nobody touched stand in other cells."""
        segments = [self._copy.sent[place].segments[number] for place, number in owners]
        if not prose_key(segments[0].field) or not has_tables(self._copy.sent[place].style for place, _ in owners):
            return False
        words = joined([rich_of(segment) for segment in segments])
        return stand_elsewhere(words, self.sent(owners), tuple(self._there(owner) for owner in owners))

    def _there(self, owner: Owner) -> Place | None:
        """Where what was sent of a block stands, deleted or not."""
        unit = self._units.get(owner[0])
        first = next((atom for atom in unit.atoms if atom.owner == owner and atom.sent), None) if unit else None
        return self.of_paragraph(first.source[0]) if first else None
