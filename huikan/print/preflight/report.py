"""What preflight found, as data, as text and as JSON."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from huikan.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class PreflightFinding:
    """One problem of a PDF.

    `page` counts from 1, 0 is the whole file. `position_mm` is the upper left of the place, from the upper left
    of the page's trim box, x to the right and y down. `subject` names the font or
    ink it is about. `measured` and `limit` are in `unit`; a problem found `count` times on one page is reported
    once, where it is worst.
    """

    id: str
    severity: Severity
    message: str
    advice: str
    page: int = 0
    subject: str = ""
    position_mm: tuple[float, float] | None = None
    measured: float | str | None = None
    limit: float | str | None = None
    unit: str = ""
    count: int = 1

    @property
    def where(self) -> str:
        """`page 3 at 12.0, 40.5 mm`, as far as it is known; empty for the whole file."""
        if not self.page:
            return ""
        if self.position_mm is None:
            return f"page {self.page}"
        x, y = self.position_mm
        return f"page {self.page} at {x:.1f}, {y:.1f} mm"

    @property
    def quantities(self) -> str:
        """`measured 150 ppi, limit 225 ppi`, as far as they are known."""
        parts = []
        for label, value in (("measured", self.measured), ("limit", self.limit)):
            if value is not None:
                shown = f"{value:.4g}" if isinstance(value, float) else str(value)
                parts.append(f"{label} {shown} {self.unit}".rstrip())
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class PreflightReport:
    """All findings on one file, the whole file first, then page by page.

    `unchecked` says in words which checks could not be made, and why: no finding there means nothing.
    """

    file: str
    profile: str
    pages: int
    findings: tuple[PreflightFinding, ...]
    unchecked: tuple[str, ...] = field(default=())

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def passed(self) -> bool:
        """Whether no finding is an error: what the exit code follows."""
        return self.errors == 0

    def as_findings(self) -> tuple[Finding, ...]:
        """The same problems in the form all of Huikan reports in."""
        return tuple(
            Finding(
                f"preflight-{finding.id}",
                finding.severity,
                _sentence(finding),
                finding.advice,
                file=self.file,
            )
            for finding in self.findings
        )


def to_text(report: PreflightReport) -> str:
    """The report for a person to read: one finding a paragraph, and a last line that sums up."""
    lines = [
        str(finding).replace(f"[preflight-{own.id}]", f"[{own.id}]")
        for finding, own in zip(report.as_findings(), report.findings, strict=True)
    ]
    lines += [f"not checked: {reason}" for reason in report.unchecked]
    warnings = sum(finding.severity is Severity.WARNING for finding in report.findings)
    counted = f"{_count(report.errors, 'error')}, {_count(warnings, 'warning')}"
    verdict = counted if report.findings else "no problem found"
    lines.append(f"{report.file}: {_count(report.pages, 'page')} checked for {report.profile}: {verdict}")
    return "\n".join(lines)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def to_json(report: PreflightReport) -> str:
    """The report for a program: an object with `file`, `profile`, `pages`, `passed`, `findings`, `unchecked`."""
    return json.dumps(
        {
            "file": report.file,
            "profile": report.profile,
            "pages": report.pages,
            "passed": report.passed,
            "findings": [_as_json(finding) for finding in report.findings],
            "unchecked": list(report.unchecked),
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_json(finding: PreflightFinding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "severity": str(finding.severity),
        "page": finding.page or None,
        "subject": finding.subject or None,
        "position_mm": list(finding.position_mm) if finding.position_mm else None,
        "measured": _finite(finding.measured),
        "limit": _finite(finding.limit),
        "unit": finding.unit,
        "count": finding.count,
        "message": finding.message,
        "advice": finding.advice,
    }


def merged(findings: Iterable[PreflightFinding]) -> list[PreflightFinding]:
    """One finding for each id, page and subject: the gravest, then the one furthest beyond its limit."""
    groups: dict[tuple[str, int, str], list[PreflightFinding]] = {}
    for finding in findings:
        groups.setdefault((finding.id, finding.page, finding.subject), []).append(finding)
    return [replace(max(group, key=_gravity), count=len(group)) for group in groups.values()]


def _gravity(finding: PreflightFinding) -> tuple[int, float]:
    rank = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.NOTE: 0}[finding.severity]
    if isinstance(finding.measured, float) and isinstance(finding.limit, float):
        return rank, abs(finding.measured - finding.limit)
    return rank, 0.0


def _finite(value: float | str | None) -> float | str | None:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _sentence(finding: PreflightFinding) -> str:
    parts = [finding.where, finding.message]
    text = ": ".join(part for part in parts if part)
    details = [finding.quantities] if finding.quantities else []
    if finding.count > 1:
        details.append(f"{finding.count} times on this page")
    return f"{text} ({'; '.join(details)})" if details else text
