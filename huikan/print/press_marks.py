"""Crop and registration marks around one page, in points of its user space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Dictionary

from huikan.print.geometry import MM, Rect
from huikan.print.placed_pages import Line, box_array, draw_marks, numbers, registration_colour

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

OFFSET_MM = 1.0
LENGTH_MM = 5.0
CROSS_MM = 2.5
"""Half the length of the lines of a registration cross."""


def crop_marks(trim: Rect, bleed: Rect) -> list[Line]:
    """Two marks at each corner of `trim`, clear of `bleed`."""
    near, far = OFFSET_MM * MM, (OFFSET_MM + LENGTH_MM) * MM
    lines = []
    for x in (trim.x0, trim.x1):
        lines.append(Line((x, bleed.y0 - near), (x, bleed.y0 - far)))
        lines.append(Line((x, bleed.y1 + near), (x, bleed.y1 + far)))
    for y in (trim.y0, trim.y1):
        lines.append(Line((bleed.x0 - near, y), (bleed.x0 - far, y)))
        lines.append(Line((bleed.x1 + near, y), (bleed.x1 + far, y)))
    return lines


def registration_crosses(trim: Rect, bleed: Rect) -> list[Line]:
    """A cross in the middle of each side, by which the plates are laid over each other."""
    away, half = (OFFSET_MM + CROSS_MM) * MM, CROSS_MM * MM
    across, up = (trim.x0 + trim.x1) / 2, (trim.y0 + trim.y1) / 2
    centres = (
        (across, bleed.y0 - away),
        (across, bleed.y1 + away),
        (bleed.x0 - away, up),
        (bleed.x1 + away, up),
    )
    return [
        line for x, y in centres for line in (Line((x - half, y), (x + half, y)), Line((x, y - half), (x, y + half)))
    ]


def mark_page(pdf: Pdf, page: Page, trim: Rect, bleed: Rect) -> None:
    """Cut what `page` paints at `bleed`, and draw the marks beside it on every plate."""
    if "/Resources" not in page.obj:
        page.obj.Resources = Dictionary()
    resources = page.obj.Resources
    if "/ColorSpace" not in resources:
        resources.ColorSpace = Dictionary()
    resources.ColorSpace.All = registration_colour()
    window = numbers((bleed.x0, bleed.y0, bleed.width, bleed.height))
    marks = draw_marks([*crop_marks(trim, bleed), *registration_crosses(trim, bleed)])
    page.contents_add(f"q {window} re W n\n".encode("ascii"), prepend=True)
    page.contents_add(f"\nQ\n{marks}".encode("ascii"))
    page.obj.BleedBox = box_array(bleed)
