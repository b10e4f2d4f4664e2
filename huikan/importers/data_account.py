"""Where every value of a structured source went: to a content field, or into the report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from huikan.importers.located import Value

IDENTIFIES = "names the record in the system it comes from"
UNUSED = "nothing in a booklet takes it"
_IDENTIFIER = re.compile(r"(?:^|[/.@_ ])(?:id|guid|uuid|code|slug|db_id|friendly_id|key|index|uniqueId|_type|_fossil)$")


@dataclass(frozen=True, slots=True)
class DataNote:
    """A remark on a place of the source."""

    position: str
    text: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A value that no content file holds, and why."""

    position: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class DataAccount:
    """The account of a structured source, every list in the order of the source."""

    placed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: tuple[Leftover, ...] = ()
    guessed: tuple[DataNote, ...] = ()
    conflicts: tuple[DataNote, ...] = ()
    missing: tuple[DataNote, ...] = ()


EMPTY = DataAccount()


class DataLedger:
    """Gathers the account. What is not placed by the end was left: nothing can be lost by forgetting it."""

    def __init__(self, leaves: Mapping[str, str]) -> None:
        self._leaves = dict(leaves)
        self._placed: dict[str, list[str]] = {}
        self._reasons: dict[str, str] = {}
        self._guessed: list[DataNote] = []
        self._conflicts: list[DataNote] = []
        self._missing: list[DataNote] = []

    def place(self, value: Value, field: str) -> None:
        """The words of the value stand in the field, or the field was made from them."""
        fields = self._placed.setdefault(value.position, [])
        if field not in fields:
            fields.append(field)

    def explain(self, value: Value, reason: str) -> None:
        """Why the value will be among those left."""
        self._reasons[value.position] = reason

    def guess(self, position: str, message: str) -> None:
        """The importer decided something that the source does not say outright."""
        self._guessed.append(DataNote(position, message))

    def conflict(self, position: str, message: str) -> None:
        """The source says two things about one fact."""
        self._conflicts.append(DataNote(position, message))

    def lack(self, position: str, message: str) -> None:
        """The source promises something that it does not hold."""
        self._missing.append(DataNote(position, message))

    def account(self) -> DataAccount:
        """The account; every value of the source is either placed or left."""
        left = (
            Leftover(position, text, self._reasons.get(position) or _usual_reason(position))
            for position, text in self._leaves.items()
            if position not in self._placed
        )
        order = {position: number for number, position in enumerate(self._leaves)}
        placed = sorted(self._placed.items(), key=lambda item: order.get(item[0], len(order)))
        return DataAccount(
            {position: tuple(fields) for position, fields in placed},
            tuple(left),
            tuple(dict.fromkeys(self._guessed)),
            tuple(dict.fromkeys(self._conflicts)),
            tuple(dict.fromkeys(self._missing)),
        )


def _usual_reason(position: str) -> str:
    bare = re.sub(r":\d+(?::\d+)?$", "", position)
    return IDENTIFIES if _IDENTIFIER.search(bare) else UNUSED
