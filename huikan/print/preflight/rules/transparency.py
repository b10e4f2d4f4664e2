"""Transparency in a file whose standard forbids it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.content_stream.paints import PaintedImage
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked


def check_transparency(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """PDF/X-1a and X-3 and PDF/A-1 are opaque (ISO 15930-4 §6.21, ISO 19005-1 §6.4)."""
    if not asked.opaque_standard:
        return
    for paint in page.content.paints:
        masked = isinstance(paint, PaintedImage) and paint.masked_softly
        if paint.effects.transparent or masked:
            yield PreflightFinding(
                "transparency",
                Severity.ERROR,
                f"transparency, which {asked.opaque_standard} forbids",
                "export as PDF/X-4 or PDF/A-2 or later, or flatten the transparency",
                page.number,
                position_mm=page.position_mm(paint.bounds),
            )
