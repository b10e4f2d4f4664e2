"""What copies make of fields before it is decided what is written: by language, by place, by form."""

from __future__ import annotations

from dataclasses import dataclass, field

from huikan.review.copy import ReviewedCopy
from huikan.review.current import CurrentFields
from huikan.review.edits import FieldEdit
from huikan.review.rich import Rich


@dataclass(frozen=True, slots=True)
class Version:
    """What a copy makes of a field in one place, the content's own changes included."""

    copy: ReviewedCopy
    edit: FieldEdit
    words: Rich
    preferred: bool
    by_row: bool = False
    """Whether the rows of its tables are a paragraph each in `words`."""

    def __str__(self) -> str:
        authors = ", ".join(sorted(self.edit.authors)) or "tracking off"
        return f"{self.copy.file}: {authors}"


@dataclass(slots=True)
class Language:
    """What copies make of one language's fields, by key and by place."""

    now: CurrentFields
    wanted: dict[str, dict[int, list[Version]]] = field(default_factory=dict)


@dataclass(slots=True)
class Form:
    """A text that a field is to have: in which places, and whether what asks for it is preferred."""

    places: list[str] = field(default_factory=list)
    preferred: bool = False
