"""Text that the knife could reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.content_stream.paints import PaintedText, Within
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked

TOLERANCE_MM = 0.1
CUTTING_TOLERANCE_MM = 1.0
"""Cutting is off by up to this much: text nearer to the edge may be cut."""


def check_text_near_trim(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """Visible text keeps its distance from the trim; what lies beside the page wholly is no text of it."""
    limit = asked.limits.text_to_trim_mm
    if limit is None:
        return
    for paint in page.printed_paints():
        if not isinstance(paint, PaintedText) or not paint.visible or paint.blank:
            continue
        beside = paint.bounds.intersection(page.trim).is_empty
        if paint.within is not Within.PAGE or beside:
            continue
        distance = page.to_trim_mm(paint.bounds)
        if distance < limit - TOLERANCE_MM:
            yield PreflightFinding(
                "text-near-trim",
                Severity.ERROR if distance < CUTTING_TOLERANCE_MM else Severity.WARNING,
                "text crosses the trim" if distance < 0 else "text stands too close to the trim",
                f"move it at least {limit:g} mm away from the edge",
                page.number,
                position_mm=page.position_mm(paint.bounds),
                measured=round(distance, 2),
                limit=limit,
                unit="mm",
            )
