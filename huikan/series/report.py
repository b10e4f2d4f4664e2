"""What became of a series, told at the end: one row a booklet, and every problem with a path that can be opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from huikan.build import Built
from huikan.finding import Finding, Severity
from huikan.series.run import Outcome

if TYPE_CHECKING:
    from rich.table import Table


def findings_of(outcome: Outcome) -> tuple[Finding, ...]:
    """The findings of one booklet, each in its file, or of the content folder as the command named it."""
    result, content = outcome.result, outcome.request.content
    findings = result.warnings if isinstance(result, Built) else result.findings
    return tuple(
        replace(finding, file=str(content / finding.file if finding.file else content)) for finding in findings
    )


def failed(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those that were not built."""
    return [outcome for outcome in outcomes if not isinstance(outcome.result, Built)]


def table(outcomes: Sequence[Outcome]) -> Table:
    """One row a booklet: what became of it, files, pages, attempts, seconds."""
    from rich.table import Table
    from rich.text import Text

    rows = Table("booklet", "", box=None, pad_edge=False)
    for column in ("files", "pages", "attempts", "s"):
        rows.add_column(column, justify="right")
    for outcome in outcomes:
        rows.add_row(Text(outcome.name), Text(_word(outcome)), *_figures(outcome))
    return rows


def _word(outcome: Outcome) -> str:
    if isinstance(outcome.result, Built):
        return "built"
    errors = sum(finding.severity is Severity.ERROR for finding in outcome.result.findings)
    return outcome.result.message or f"{errors} error{'s' if errors != 1 else ''}"


def _figures(outcome: Outcome) -> tuple[str, str, str, str]:
    seconds = f"{outcome.seconds:.1f}"
    if not isinstance(outcome.result, Built):
        return "–", "–", str(outcome.attempts), seconds
    files = outcome.result.files
    return str(len(files)), str(sum(file.pages for file in files)), str(outcome.attempts), seconds
