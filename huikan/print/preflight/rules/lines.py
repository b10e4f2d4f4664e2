"""Lines too thin to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.content_stream.paints import PaintedPath, Within
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked

TOLERANCE_PT = 0.005
SHORTEST_BAR_PT = 2.0
"""A filled bar shorter than this is a speck of a drawing, not a rule."""


def check_hairlines(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """Strokes and filled bars; a width of 0 means "as thin as the device can" and vanishes on a platesetter."""
    limit = asked.limits.hairline_pt
    if limit is None:
        return
    for paint in page.printed_paints():
        if not isinstance(paint, PaintedPath) or paint.thickness is None or paint.within is not Within.PAGE:
            continue
        width = paint.thickness * page.unit
        length = max(paint.bounds.width, paint.bounds.height) * page.unit
        if width >= limit - TOLERANCE_PT or (not paint.stroked and length < SHORTEST_BAR_PT):
            continue
        yield PreflightFinding(
            "hairline",
            Severity.ERROR if width < TOLERANCE_PT else Severity.WARNING,
            "the line is too thin to print reliably",
            f"make it at least {limit:g} pt wide",
            page.number,
            position_mm=page.position_mm(paint.bounds),
            measured=round(width, 3),
            limit=limit,
            unit="pt",
        )
