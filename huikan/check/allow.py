"""Findings that an editor has looked at and allowed, each with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from huikan.check.registry import RULES
from huikan.content.load import LoadedPublication
from huikan.content.marks import Lines, Node
from huikan.finding import Finding, Severity

CODE = "HK100"
"""The code of an allowance that is itself wrong."""

_COMMENT = re.compile(r"#[ \t]*huikan:[ \t]*allow\b[ \t]*(\S*)[ \t]*(.*)")


@dataclass(frozen=True, slots=True)
class Allowance:
    """A rule that is silent from one line of a file to another, or for one field and what is below it."""

    rule: str
    reason: str
    file: str
    line: int
    column: int
    last_line: int = 0
    field: str | None = None

    def covers(self, code: str, file: str, line: int, field: str) -> bool:
        """Whether a finding of that rule there is allowed."""
        if code != self.rule or not self.reason.strip():
            return False
        if self.field is not None:
            return _is_within(field, self.field)
        return file == self.file and (self.line <= line <= self.last_line)


def _is_within(field: str, wanted: str) -> bool:
    return not wanted or field == wanted or field.startswith((f"{wanted}.", f"{wanted}/", f"{wanted}#"))


def allowances_of(loaded: LoadedPublication, sources: Mapping[str, str]) -> list[Allowance]:
    """Every allowance: comments in the files, and the `check:` section of booklet.yaml."""
    found = [allowance for file, source in sources.items() for allowance in _comments(loaded, file, source)]
    for index, entry in enumerate(loaded.publication.booklet.check.allow):
        place = loaded.locate(f"booklet.yaml#check.allow.{index}")
        line, column = (place.line, place.column) if place else (1, 1)
        found.append(Allowance(entry.rule, entry.reason, "booklet.yaml", line, column, field=entry.field or ""))
    return found


def faults_of(allowances: list[Allowance], used: set[Allowance]) -> Iterator[Finding]:
    """Allowances of unknown rules, without a reason, or of nothing."""
    for each in allowances:
        place = (each.file, each.line, each.column)
        if each.rule not in RULES:
            hint = f"the rules are {min(RULES)} to {max(RULES)}; errors of content cannot be allowed"
            yield Finding(CODE, Severity.WARNING, f"{each.rule or 'no rule'!r} is not a rule to allow", hint, *place)
        elif not each.reason.strip():
            yield Finding(CODE, Severity.WARNING, f"{each.rule} is allowed without a reason", "say why", *place)
        elif each not in used:
            yield Finding(CODE, Severity.NOTE, f"{each.rule} is allowed here, and finds nothing", "delete this", *place)


def _comments(loaded: LoadedPublication, file: str, source: str) -> Iterator[Allowance]:
    body = loaded.bodies.get(file)
    end = body.start if body else len(source)
    scalars = list(_scalars(loaded.roots[file])) if file in loaded.roots else []
    lines, written = Lines(source, file), source.split("\n")
    for found in _COMMENT.finditer(source, 0, end):
        before = source[source.rfind("\n", 0, found.start()) + 1 : found.start()]
        if (before and not before[-1].isspace()) or any(s <= found.start() < e for s, e in scalars):
            continue
        place = lines.place(*found.span())
        last = len(written) if body else _last_line(written, place.line - 1, alone=not before.strip())
        yield Allowance(found[1], found[2], file, 1 if body else place.line, place.column, last)


def _scalars(node: Node) -> Iterator[tuple[int, int]]:
    if isinstance(node.value, dict):
        for below in node.value.values():
            yield from _scalars(below)
    elif isinstance(node.value, list):
        for below in node.value:
            yield from _scalars(below)
    else:
        text = node.place
        yield text.start, text.end


def _last_line(lines: list[str], index: int, *, alone: bool) -> int:
    """The last line, counted from 1, of what a comment speaks about.

    That is the entry on its line, or the next one if it stands alone, with the lines that are indented below it.
    """
    if alone:
        index += 1
        while index < len(lines) and (not lines[index].strip() or lines[index].lstrip().startswith("#")):
            index += 1
    if index >= len(lines):
        return len(lines)
    indent = _indent(lines[index])
    last = index
    for number in range(index + 1, len(lines)):
        if lines[number].strip():
            if _indent(lines[number]) <= indent:
                break
            last = number
    return last + 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
