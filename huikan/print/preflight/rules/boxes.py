"""Page boxes (ISO 32000-2 §14.11.2; ISO 15930-7 §6.6): presence, nesting, room for the bleed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.geometry import MM, Rect
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked

TOLERANCE_MM = 0.05


def check_media_box(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """Every page has a MediaBox with an area."""
    if page.stated_boxes["/MediaBox"] is None:
        yield PreflightFinding(
            "media-box-missing",
            Severity.ERROR,
            "the page has no usable MediaBox, so its size is a guess",
            "export the PDF again",
            page.number,
        )


def check_trim_box(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """A page for the press says where it is cut."""
    if page.stated_boxes["/TrimBox"] is None:
        yield PreflightFinding(
            "trim-box-missing",
            Severity.ERROR,
            "the page has no TrimBox: the printer cannot know where it is cut",
            "export with crop marks or a trim size, so that TrimBox is written",
            page.number,
        )


def check_nesting(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """MediaBox holds BleedBox holds TrimBox."""
    tolerance = TOLERANCE_MM * MM / page.unit
    boxes = page.stated_boxes
    for outer, inner in (
        ("/MediaBox", "/BleedBox"),
        ("/BleedBox", "/TrimBox"),
        ("/MediaBox", "/TrimBox"),
        ("/MediaBox", "/ArtBox"),
    ):
        around, within = boxes[outer], boxes[inner]
        if around is not None and within is not None and not around.contains(within, tolerance):
            yield PreflightFinding(
                "box-nesting",
                Severity.ERROR,
                f"{inner[1:]} reaches outside {outer[1:]}",
                "set the boxes so that MediaBox holds BleedBox and BleedBox holds TrimBox",
                page.number,
                position_mm=page.position_mm(within),
                subject=inner[1:],
            )


def check_bleed_box(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """BleedBox gives the bleed room on all four sides."""
    limit = asked.limits.bleed_mm
    trim = page.stated_boxes["/TrimBox"]
    if limit is None or trim is None:
        return
    bleed = page.stated_boxes["/BleedBox"] or trim
    room = _least_room(bleed, trim) * page.unit / MM
    if -TOLERANCE_MM <= room < limit - TOLERANCE_MM:
        yield PreflightFinding(
            "bleed-box-small",
            Severity.ERROR,
            "BleedBox is too close to TrimBox",
            f"export with {limit:g} mm bleed on all sides",
            page.number,
            measured=round(room, 2),
            limit=limit,
            unit="mm",
        )


def _least_room(outer: Rect, inner: Rect) -> float:
    return min(inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1)
