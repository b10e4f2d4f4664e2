"""White that overprints, and so disappears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.content_stream.paints import PaintedPath, PaintedText
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked

TRACE = 0.001


def check_white_overprint(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """White set to overprint adds no ink and removes none: what lies below shows through."""
    for paint in page.printed_paints():
        if not isinstance(paint, PaintedPath | PaintedText) or not paint.effects.overprint:
            continue
        inks = paint.colour.cmyk
        if inks is None or max(inks) > TRACE or (isinstance(paint, PaintedText) and paint.blank):
            continue
        yield PreflightFinding(
            "white-overprint",
            Severity.ERROR,
            "white is set to overprint and will not be seen",
            "turn overprint off for white",
            page.number,
            position_mm=page.position_mm(paint.bounds),
        )
