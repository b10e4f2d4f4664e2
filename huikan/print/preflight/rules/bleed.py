"""Artwork that touches the trim must go on to the bleed: looked at in a rendering, as the printer sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageChops

from huikan.finding import Severity
from huikan.print.geometry import MM, Rect
from huikan.print.preflight.raster import renderable
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from huikan.print.preflight.page import CheckedPage

PIXELS_PER_MM = 5
WHITE = 250
"""Channel value from which a pixel counts as paper."""
INSIDE_MM = 0.6
"""Artwork counts as touching the trim when all of the page's last 0.6 mm is painted."""
GAP_MM = 2.0
"""Shorter gaps are the outline of a shape that leaves the page at an angle."""
MARGIN_MM = 0.4
"""How much of the outermost bleed may be missing: cutting tolerance leaves it, and pixels are rounded."""


def reaches_trim(page: CheckedPage) -> bool:
    """Whether anything visible is painted over one of the trim edges or up to it, from within the page."""
    near = INSIDE_MM * MM / page.unit
    inner = Rect(page.trim.x0 + near, page.trim.y0 + near, page.trim.x1 - near, page.trim.y1 - near)
    return any(
        not inner.contains(paint.bounds) and not paint.bounds.intersection(page.trim).is_empty
        for paint in page.printed_paints()
    )


def check_bleed_artwork(path: Path, pages: list[CheckedPage], bleed_mm: float) -> Iterator[PreflightFinding]:
    """Render `pages` with their bleed and compare both sides of each trim edge.

    Raises pypdfium2.PdfiumError when the file cannot be rendered.
    """
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pages:
            if renderable(page.bleed_area(bleed_mm), page.unit):
                yield from _check_page(_rendered(pdf[page.number - 1], page, bleed_mm), page, bleed_mm)


def _rendered(rendered_page: pypdfium2.PdfPage, page: CheckedPage, bleed_mm: float) -> Image.Image:
    """Trim and bleed in RGB on white, PIXELS_PER_MM, as seen (rotated), whatever the CropBox says."""
    area = page.bleed_area(bleed_mm)
    rendered_page.set_mediabox(area.x0, area.y0, area.x1, area.y1)
    rendered_page.set_cropbox(area.x0, area.y0, area.x1, area.y1)
    scale = PIXELS_PER_MM / MM * page.unit
    image: Image.Image = rendered_page.render(scale=scale, draw_annots=False).to_pil()
    return image.convert("RGB")


def _check_page(image: Image.Image, page: CheckedPage, bleed_mm: float) -> Iterator[PreflightFinding]:
    # Each edge in turn is brought to the left, so that one comparison serves all four.
    turns = (
        ("left", None),
        ("top", Image.Transpose.TRANSPOSE),
        ("right", Image.Transpose.FLIP_LEFT_RIGHT),
        ("bottom", Image.Transpose.ROTATE_270),
    )
    for name, turn in turns:
        turned = image if turn is None else image.transpose(turn)
        gap = _longest_gap(turned, bleed_mm)
        if gap is None:
            continue
        start, end = gap
        along = (start / PIXELS_PER_MM) - bleed_mm
        width, height = page.size_mm
        at = {
            "left": (0.0, along),
            "top": (along, 0.0),
            "right": (width, along),
            "bottom": (along, height),
        }[name]
        yield PreflightFinding(
            "bleed-artwork",
            Severity.ERROR,
            f"artwork touches the {name} trim edge but does not run into the bleed",
            f"extend it {bleed_mm:g} mm beyond the trim, or keep it away from the edge",
            page.number,
            position_mm=(round(at[0], 1), round(at[1], 1)),
            measured=round((end - start) / PIXELS_PER_MM, 1),
            unit="mm of the edge",
            subject=name,
        )


def _longest_gap(image: Image.Image, bleed_mm: float) -> tuple[int, int] | None:
    """Rows where the page is painted up to the left trim edge but the bleed is not: the longest run of them."""
    trim = round(bleed_mm * PIXELS_PER_MM)
    margin = round(MARGIN_MM * PIXELS_PER_MM)
    # One pixel is left out on each side of the trim: sizes are rounded to pixels.
    inside = _painted_share(image, trim + 1, trim + 1 + round(INSIDE_MM * PIXELS_PER_MM))
    outermost = _painted_share(image, margin, 2 * margin)
    first = trim + margin
    last = len(inside) - trim - margin
    best: tuple[int, int] | None = None
    start: int | None = None
    for row in range(first, last + 1):
        missing = row < last and inside[row] == 1.0 and outermost[row] == 0.0
        if missing and start is None:
            start = row
        elif not missing and start is not None:
            if row - start >= GAP_MM * PIXELS_PER_MM and (best is None or row - start > best[1] - best[0]):
                best = (start, row)
            start = None
    return best


def _painted_share(image: Image.Image, left: int, right: int) -> list[float]:
    """For each row, the share of pixels from column `left` to before `right` that are not paper."""
    red, green, blue = image.crop((left, 0, right, image.height)).split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    painted = darkest.point([1 if value < WHITE else 0 for value in range(256)]).tobytes()
    width = right - left
    return [sum(painted[row * width : (row + 1) * width]) / width for row in range(image.height)]
