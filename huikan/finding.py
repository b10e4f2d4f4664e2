"""The one form of everything an editor can put right: where it is, what is wrong, what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, a warning is shown, a note is for `check` alone."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. `file` is relative to the publication's folder; `line` and `column` count from 1, 0 if unknown.

    `excerpt` is the text that is meant, where it is known.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""

    @property
    def where(self) -> str:
        """`file:line:column`, as far as it is known."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"\n    → {self.hint}" if self.hint else ""
        return f"{place}{self.severity}: {self.message} [{self.code}]{hint}"


class ContentError(Exception):
    """The content cannot be built; `findings` holds every problem that was found, in file order."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Finding, ...]]]:
        """It crosses process borders with its findings."""
        return ContentError, (self.findings,)


class MissingSystemPartError(Exception):
    """A part of the machine is missing (Pango, a face); the message holds the line to type."""
