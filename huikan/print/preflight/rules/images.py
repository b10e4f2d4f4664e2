"""Resolution of placed images, and what an archive forbids about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.content_stream.paints import PaintedImage
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked


def check_resolution(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """Pixels per inch at the printed size, through every transformation. A single pixel is a flat colour."""
    expected, least = asked.limits.ppi_expected, asked.limits.ppi_least
    if expected is None or least is None:
        return
    for paint in page.printed_paints():
        if not isinstance(paint, PaintedImage) or paint.pixel_width * paint.pixel_height <= 1:
            continue
        ppi = paint.ppi / page.unit
        if ppi >= expected:
            continue
        too_coarse = ppi < least
        yield PreflightFinding(
            "image-resolution",
            Severity.ERROR if too_coarse else Severity.WARNING,
            f"the picture of {paint.pixel_width} × {paint.pixel_height} pixels is too coarse at this size",
            f"place a larger original ({_factor(expected / ppi)} as many pixels a side) or print it smaller",
            page.number,
            position_mm=page.position_mm(paint.bounds),
            measured=round(ppi, 1),
            limit=least if too_coarse else expected,
            unit="ppi",
        )


def check_interpolation(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """PDF/A forbids /Interpolate true (ISO 19005-3 §6.2.8)."""
    for paint in page.content.paints:
        if isinstance(paint, PaintedImage) and paint.interpolated:
            yield PreflightFinding(
                "image-interpolated",
                Severity.ERROR,
                "the image asks to be smoothed (/Interpolate true), which PDF/A forbids",
                "export without image smoothing (CSS: image-rendering: crisp-edges)",
                page.number,
                position_mm=page.position_mm(paint.bounds),
            )


def _factor(ratio: float) -> str:
    return f"{ratio:.1f} times"
