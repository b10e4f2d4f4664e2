"""What an importer hands back: content files, and an account of where every line of the source went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huikan.finding import Finding
from huikan.importers.data_account import EMPTY, DataAccount


@dataclass(frozen=True, slots=True)
class Placement:
    """Words of a source line and the content field that holds them.

    `derived` fields are not written in the files: they follow from other fields (captions).
    """

    line: int
    field: str
    text: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class LineNote:
    """A remark on a line of the source; `text` is the line, or what is said about it."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """Where the source went: all lines count from 1, every list in the order of the source."""

    placed: tuple[Placement, ...] = ()
    structural: tuple[LineNote, ...] = ()
    guessed: tuple[LineNote, ...] = ()
    conflicts: tuple[LineNote, ...] = ()
    missing: tuple[LineNote, ...] = ()
    unplaced: tuple[LineNote, ...] = ()
    corrected: tuple[LineNote, ...] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """A publication made from a source: files by relative path (import-report.md among them) and the account.

    `findings` name what an editor has to add before the publication builds. A source without lines (JSON, XML, tables)
    has its account in `data`.
    """

    files: Mapping[str, str | bytes]
    account: Account = Account()
    findings: tuple[Finding, ...] = ()
    data: DataAccount = EMPTY

    @property
    def placed(self) -> dict[int, tuple[str, ...]]:
        """Source line → the fields that hold its words."""
        lines: dict[int, list[str]] = {}
        for placement in self.account.placed:
            lines.setdefault(placement.line, []).append(placement.field)
        return {line: tuple(dict.fromkeys(fields)) for line, fields in sorted(lines.items())}

    @property
    def unplaced(self) -> tuple[tuple[int, str], ...]:
        """(line number, text) of every line that no field holds."""
        return tuple((note.line, note.text) for note in self.account.unplaced)


@dataclass(slots=True)
class Ledger:
    """Gathers the account while an importer reads."""

    _placed: list[Placement] = field(default_factory=list)
    _structural: list[LineNote] = field(default_factory=list)
    _guessed: list[LineNote] = field(default_factory=list)
    _conflicts: list[LineNote] = field(default_factory=list)
    _missing: list[LineNote] = field(default_factory=list)
    _unplaced: dict[int, LineNote] = field(default_factory=dict)
    _corrected: list[LineNote] = field(default_factory=list)
    _reasons: dict[int, str] = field(default_factory=dict)

    def place(self, line: int, field: str, text: str, *, derived: bool = False) -> None:
        """Words of the line stand in the field."""
        if text.strip():
            self._placed.append(Placement(line, field, text.strip(), derived))

    def structure(self, line: int, text: str) -> None:
        """The line orders the source (a heading, a rule); the order of the content says the same."""
        self._structural.append(LineNote(line, text))

    def guess(self, line: int, message: str) -> None:
        """The importer decided something that the source does not say outright."""
        self._guessed.append(LineNote(line, message))

    def conflict(self, line: int, message: str) -> None:
        """The source says two things about one fact."""
        self._conflicts.append(LineNote(line, message))

    def lack(self, line: int, message: str) -> None:
        """The source promises something that it does not hold, such as the picture over a caption."""
        self._missing.append(LineNote(line, message))

    def correct(self, line: int, message: str) -> None:
        """The source is uneven, and the content is not."""
        self._corrected.append(LineNote(line, message))

    def leave(self, line: int, text: str, reason: str) -> None:
        """No field takes the line; the report keeps its words."""
        self._unplaced[line] = LineNote(line, text)
        self._reasons[line] = reason

    def account(self) -> Account:
        """The account in the order of the source."""
        return Account(
            placed=tuple(sorted(self._placed, key=lambda placement: placement.line)),
            structural=_in_order(self._structural),
            guessed=_in_order(self._guessed),
            conflicts=_in_order(self._conflicts),
            missing=_in_order(self._missing),
            unplaced=tuple(self._unplaced[line] for line in sorted(self._unplaced)),
            corrected=_in_order(self._corrected),
            reasons=dict(sorted(self._reasons.items())),
        )


def _in_order(notes: list[LineNote]) -> tuple[LineNote, ...]:
    return tuple(sorted(dict.fromkeys(notes), key=lambda note: note.line))
