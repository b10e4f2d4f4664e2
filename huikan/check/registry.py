"""Rules: small functions with an id, a severity and a docstring that is their documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huikan.check.passages import Passage
from huikan.check.subject import Subject
from huikan.finding import Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule noticed: in a stretch of a passage, about a content field as a whole, or at an offset of a file.

    `replacement` is what `--fix` writes in place of the stretch; None where only a person can tell.
    """

    message: str
    hint: str
    passage: Passage | None = None
    start: int = 0
    end: int = 0
    replacement: str | None = None
    field: str = ""
    file: str = ""
    offset: int = 0


Check = Callable[[Subject], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and what `docs/rules.md` says about it. `needs_pages`: it looks at the pages of the print edition."""

    id: str
    severity: Severity
    check: Check
    needs_pages: bool = False

    @property
    def title(self) -> str:
        """What the rule asks for, in one line."""
        return self._documentation[0].rstrip(".")

    @property
    def explanation(self) -> str:
        """The rest of the rule's documentation; Markdown."""
        return "\n".join(line.removeprefix("    ") for line in self._documentation[1:]).strip()

    @property
    def _documentation(self) -> list[str]:
        return (self.check.__doc__ or "").split("\n")


RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of the ids once `huikan.check.run` is imported."""


def rule(id: str, severity: Severity, *, needs_pages: bool = False) -> Callable[[Check], Check]:
    """Enter the decorated function into the registry."""

    def enter(check: Check) -> Check:
        if id in RULES:
            raise ValueError(f"two rules have the id {id}")
        RULES[id] = Rule(id, severity, check, needs_pages)
        return check

    return enter


def at(
    passage: Passage, start: int, end: int, message: str, hint: str = "", *, replacement: str | None = None
) -> Remark:
    """A remark about the characters of a passage from `start` to before `end`."""
    return Remark(message, hint, passage, start, end, replacement, passage.field)


def on(field: str, message: str, hint: str = "") -> Remark:
    """A remark about a content field, or about what it holds as a whole."""
    return Remark(message, hint, field=field)


def in_source(file: str, offset: int, message: str, hint: str = "") -> Remark:
    """A remark about what stands at an offset of a file, in characters."""
    return Remark(message, hint, file=file, offset=offset)
