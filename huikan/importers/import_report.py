"""import-report.md: what an import mapped, guessed and left, for the editor who takes over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huikan.importers.draft import Account, LineNote, Placement

REPORT = "import-report.md"
"""Name of the report among the imported files."""

PUT_RIGHT = "Put right"
"""The report's section on what the source has and the content no longer shows."""

_ROW = re.compile(r"^ *(?P<line>\d+)  (?P<message>\S.*)$", re.MULTILINE)


def import_report(source_name: str, account: Account, headline: Sequence[str] = ()) -> str:
    """The report in Markdown; lines of the source are quoted as they are, in code blocks, after their numbers.

    `headline` is a list of counts or facts for the first section.
    """
    sections = [
        f"# Import of {source_name}",
        bullets(
            [
                *headline,
                f"{len({p.line for p in account.placed} | {n.line for n in account.structural})} lines of the source "
                "are in the content",
                f"{len(account.unplaced)} lines were left out, {len(account.conflicts)} conflicts, "
                f"{len(account.guessed)} guesses",
            ]
        ),
        section(
            "Left out",
            "No content file holds these lines. Add by hand what the booklet needs.",
            _quoted(_with_reasons(account)),
            "Every line has its place.",
        ),
        section(
            "Conflicts",
            "The source says two things about one fact. The content holds what is named here first; settle it.",
            _quoted(account.conflicts),
            "None.",
        ),
        section(
            PUT_RIGHT,
            "The source is uneven here, and the content is not. `huikan check` repeats each line until it is deleted.",
            _quoted(account.corrected),
            "Nothing had to be put right.",
        ),
        section(
            "Guessed",
            "Read these against the source.",
            _quoted(account.guessed),
            "Nothing had to be guessed.",
        ),
        section(
            "Missing",
            "What the booklet can have and the source does not hold.",
            _quoted(account.missing),
            "Nothing.",
        ),
        section(
            "Headings and rules",
            "These lines give the content its order; their words stand here.",
            _quoted(account.structural),
            "None.",
        ),
        section(
            "Where every other line went",
            "Line of the source, then the fields that hold its words; a derived field follows from others.",
            fenced(_places(account.placed)),
            "None.",
        ),
    ]
    return "\n\n".join(sections) + "\n"


@dataclass(frozen=True, slots=True)
class PutRight:
    """A row of the section `PUT_RIGHT`: its offset in the report, the line of the source (from 1), what was uneven."""

    offset: int
    line: int
    message: str


def rows_put_right(report: str) -> list[PutRight]:
    """What a report, perhaps edited since, says was put right."""
    heading = re.search(rf"(?m)^## {PUT_RIGHT}$", report)
    if not heading:
        return []
    end = report.find("\n## ", heading.end())
    rows = _ROW.finditer(report, heading.end(), end if end >= 0 else len(report))
    return [PutRight(row.start("line"), int(row["line"]), row["message"].rstrip()) for row in rows]


def section(title: str, purpose: str, body: str, otherwise: str) -> str:
    """A section with its purpose and body, or with the words that stand when there is no body."""
    return f"## {title}\n\n{purpose}\n\n{body}" if body else f"## {title}\n\n{otherwise}"


def bullets(items: Iterable[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {item}" for item in items)


def _with_reasons(account: Account) -> list[LineNote]:
    notes = []
    for note in account.unplaced:
        notes.append(note)
        reason = account.reasons.get(note.line)
        if reason:
            notes.append(LineNote(0, f"({reason})"))
    return notes


def _quoted(notes: Iterable[LineNote]) -> str:
    return fenced(f"{note.line:>5}  {note.text}" if note.line else f"       {note.text}" for note in notes)


def _places(placements: Iterable[Placement]) -> list[str]:
    lines: dict[int, list[str]] = {}
    for placement in placements:
        mark = " (derived)" if placement.derived else ""
        lines.setdefault(placement.line, []).append(placement.field + mark)
    return [f"{line:>5}  {', '.join(dict.fromkeys(fields))}" for line, fields in sorted(lines.items())]


def fenced(rows: Iterable[str]) -> str:
    """A code block whose fence is longer than any run of tildes inside, so that every character stands as it is."""
    body = "\n".join(rows)
    if not body:
        return ""
    longest = max((len(run) for run in re.findall(r"~+", body)), default=0)
    fence = "~" * max(3, longest + 1)
    return f"{fence}text\n{body}\n{fence}"
