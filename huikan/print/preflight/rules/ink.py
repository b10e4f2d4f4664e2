"""Total ink: what all four plates put on one spot, measured in a rendering by Ghostscript."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageMath, UnidentifiedImageError

from huikan.finding import Severity
from huikan.print.geometry import MM, upright
from huikan.print.preflight.report import PreflightFinding
from huikan.print.preflight.rules.ink_estimate import flat_ink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.page import CheckedPage

PIXELS_PER_INCH = 72
TOLERANCE_PERCENT = 2.0
SMALLEST_SPOT_PIXELS = 4
"""Fewer pixels than this are the edge of a glyph, and dry as any other."""
PAGES_PER_RUN = 40
SECONDS_PER_RUN = 180


class InkNotMeasuredError(Exception):
    """Ghostscript is missing or failed; the message says which."""


def check_flat_ink(page: CheckedPage, limit_percent: float) -> Iterator[PreflightFinding]:
    """Without a rendering: the sums of the flat colours alone, a lower bound of what is printed."""
    for paint in page.printed_paints():
        ink = flat_ink(paint)
        if ink is not None and 100 * ink.total > limit_percent + TOLERANCE_PERCENT:
            place = page.position_mm(paint.bounds)
            yield _finding(page.number, place, 100 * ink.total, limit_percent)


def check_rendered_ink(path: Path, pages: list[CheckedPage], limit_percent: float) -> Iterator[PreflightFinding]:
    """Render `pages` to CMYK and find the spot with most ink within trim and bleed.

    Raises InkNotMeasuredError when Ghostscript is missing, fails or takes too long.
    """
    ghostscript = shutil.which("gs")
    if ghostscript is None:
        raise InkNotMeasuredError("Ghostscript (gs) is not installed")
    for start in range(0, len(pages), PAGES_PER_RUN):
        batch = pages[start : start + PAGES_PER_RUN]
        with tempfile.TemporaryDirectory(prefix="huikan-ink-") as folder:
            _render(ghostscript, path, batch, Path(folder))
            for order, page in enumerate(batch, start=1):
                yield from _check_plate(Path(folder) / f"{order}.tif", page, limit_percent)


def _render(ghostscript: str, path: Path, pages: list[CheckedPage], folder: Path) -> None:
    command = [
        ghostscript,
        "-q",
        "-dSAFER",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=tiff32nc",
        f"-r{PIXELS_PER_INCH}",
        f"-sPageList={','.join(str(page.number) for page in pages)}",
        f"-sOutputFile={folder / '%d.tif'}",
        str(path.resolve()),
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS_PER_RUN, check=False)
    except (subprocess.TimeoutExpired, OSError) as error:
        raise InkNotMeasuredError(f"Ghostscript did not finish: {type(error).__name__}") from error
    if done.returncode != 0:
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()
        raise InkNotMeasuredError(f"Ghostscript failed: {said[-1] if said else done.returncode}")


def _check_plate(tiff: Path, page: CheckedPage, limit_percent: float) -> Iterator[PreflightFinding]:
    media = page.stated_boxes["/MediaBox"] or page.media
    seen = upright(media, page.rotate, page.unit)
    height = seen.bounds(media).height
    area = seen.bounds(page.bleed_area(2.9).intersection(media))
    try:
        with Image.open(tiff) as image:
            image.load()
            # Pixels are points here; the top of the page is row 0.
            box = (round(area.x0), round(height - area.y1), round(area.x1), round(height - area.y0))
            plates = image.crop(box).split()
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise InkNotMeasuredError(f"page {page.number} was not rendered") from error
    if len(plates) != 4:
        raise InkNotMeasuredError(f"page {page.number} was not rendered in CMYK")
    total = ImageMath.lambda_eval(
        lambda inks: inks["c"] + inks["m"] + inks["y"] + inks["k"],
        **{name: plate.convert("I") for name, plate in zip("cmyk", plates, strict=True)},
    )
    limit = (limit_percent + TOLERANCE_PERCENT) / 100 * 255
    over = total.point(lambda value: value * 1 + (-int(limit)))
    spot = ImageChops.constant(plates[0], 0)
    spot.paste(255, mask=over.convert("L").point([0] + [255] * 255))
    if sum(spot.histogram()[1:]) < SMALLEST_SPOT_PIXELS:
        return
    highest = total.getextrema()[1] / 255 * 100
    corner = spot.getbbox()
    assert corner is not None
    x = (box[0] + corner[0]) / MM
    y = (box[1] + corner[1]) / MM
    trim = seen.bounds(page.trim)
    place = (round(x - trim.x0 / MM, 1), round(y - (height - trim.y1) / MM, 1))
    yield _finding(page.number, place, highest, limit_percent)


def _finding(page: int, place: tuple[float, float] | None, measured: float, limit: float) -> PreflightFinding:
    return PreflightFinding(
        "total-ink",
        Severity.ERROR,
        "more ink on one spot than the paper takes",
        f"convert the picture or colour with a profile for at most {limit:g} % total ink",
        page,
        position_mm=place,
        measured=round(measured, 0),
        limit=limit,
        unit="%",
    )
