"""import-report.md for structured sources: every value by its position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from huikan.importers.data_account import DataAccount, DataNote
from huikan.importers.import_report import bullets, fenced, section

_MOST_FIELDS = 4


def data_report(source_name: str, account: DataAccount, headline: Sequence[str] = ()) -> str:
    """The report in Markdown. Values stand in code blocks as they are, after their positions."""
    sections = [
        f"# Import of {source_name}",
        bullets(
            [
                *headline,
                f"{len(account.placed)} values of the source are in the content",
                f"{len(account.left)} values were left out, {len(account.conflicts)} conflicts, "
                f"{len(account.guessed)} guesses",
            ]
        ),
        section(
            "Left out, by kind",
            "How often, what, and why; each value follows below.",
            fenced(_by_kind(account)),
            "Every value has its place.",
        ),
        section(
            "Conflicts",
            "The source says two things about one fact. The content holds what is named here first; settle it.",
            fenced(_notes(account.conflicts)),
            "None.",
        ),
        section(
            "Guessed", "Read these against the source.", fenced(_notes(account.guessed)), "Nothing had to be guessed."
        ),
        section(
            "Missing",
            "What the booklet can have and the source does not hold.",
            fenced(_notes(account.missing)),
            "Nothing.",
        ),
        section(
            "Left out",
            "No content file holds these values. Add by hand what the booklet needs.",
            fenced(f"{left.position}  {left.text}" for left in account.left),
            "None.",
        ),
        section(
            "Where every other value went",
            "Position in the source, then the fields that hold its words or were made from them.",
            fenced(f"{position}  {_shown(fields)}" for position, fields in account.placed.items()),
            "None.",
        ),
    ]
    return "\n\n".join(sections) + "\n"


def _shown(fields: Sequence[str]) -> str:
    """A date of a day stands in hundreds of fields: the first few tell."""
    more = f" and {len(fields) - _MOST_FIELDS} more" if len(fields) > _MOST_FIELDS else ""
    return ", ".join(fields[:_MOST_FIELDS]) + more


def _notes(notes: Iterable[DataNote]) -> list[str]:
    return [f"{note.position}  {note.text}" for note in notes]


def _by_kind(account: DataAccount) -> list[str]:
    counts: dict[tuple[str, str], int] = {}
    for left in account.left:
        kind = re.sub(r"(?<=/)\d+(?=/|$)|(?<=\[)\d+(?=\])|(?<=![A-Z])\d+$|(?<=![A-Z]{2})\d+$", "*", left.position)
        kind = re.sub(r"(?<=/rooms/)[^/]+(?=/)", "*", kind)
        kind = re.sub(r":\d+(?::\d+)?$", "", kind)
        counts[kind, left.reason] = counts.get((kind, left.reason), 0) + 1
    return [f"{count:>5} ×  {kind}  ({reason})" for (kind, reason), count in counts.items()]
