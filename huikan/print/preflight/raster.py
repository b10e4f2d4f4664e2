"""Bounds on rendering: pages and images too large to render are left out, and the report says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.print.content_stream.paints import PaintedImage
from huikan.print.geometry import MM

if TYPE_CHECKING:
    from huikan.print.geometry import Rect
    from huikan.print.preflight.page import CheckedPage

LARGEST_SIDE_MM = 1500.0
MAX_IMAGE_PIXELS = 150_000_000


def renderable(area: Rect, unit: float) -> bool:
    """Whether a page area, in user space of `unit` points, is of a size that booklets and posters have."""
    return max(area.width, area.height) * unit / MM <= LARGEST_SIDE_MM


def holds_image_bomb(page: CheckedPage) -> bool:
    """Whether an image of the page would unpack beyond reason; such pages are never rendered."""
    return any(
        isinstance(paint, PaintedImage) and paint.pixel_width * paint.pixel_height > MAX_IMAGE_PIXELS
        for paint in page.content.paints
    )
