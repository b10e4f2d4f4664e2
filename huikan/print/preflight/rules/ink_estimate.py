"""How much ink a page can put on one spot at most, reckoned from its paints: most pages need no rendering."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image, ImageChops, ImageMath, UnidentifiedImageError

from huikan.print.content_stream.colour_spaces import Family
from huikan.print.content_stream.paints import (
    Paint,
    PaintedGroup,
    PaintedImage,
    PaintedPath,
    PaintedShading,
    PaintedText,
)
from huikan.print.preflight.raster import MAX_IMAGE_PIXELS

if TYPE_CHECKING:
    from huikan.print.geometry import Rect
    from huikan.print.preflight.page import CheckedPage

MOST_COMPARISONS = 200_000
LEAST_PPI = 72.0
"""JPEGs are decoded at a reduced size, but never coarser than the rendering would be."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Ink on one spot, 1 for a full plate: all four plates, and cyan, magenta and yellow alone."""

    total: float
    coloured: float

    @property
    def black_alone(self) -> bool:
        """Whether only the black plate prints."""
        return self.coloured == 0.0


NONE, GRAY = Ink(0.0, 0.0), Ink(1.0, 0.0)


def flat_ink(paint: Paint) -> Ink | None:
    """Ink of a paint by its colour alone; None for pictures, gradients and blends, whose ink it does not say."""
    if paint.effects.blend not in ("Normal", "Compatible"):
        return None
    if isinstance(paint, PaintedGroup):
        return NONE
    if isinstance(paint, PaintedShading) or (isinstance(paint, PaintedImage) and not paint.stencil):
        return GRAY if paint.space.family is Family.GRAY else None
    if isinstance(paint, PaintedText) and (not paint.visible or paint.blank):
        return NONE
    if isinstance(paint, PaintedPath | PaintedText | PaintedImage):
        if paint.colour.space.family is Family.PATTERN:
            # What the pattern paints is reported besides.
            return NONE
        inks = paint.colour.cmyk
        return Ink(sum(inks), sum(inks[:3])) if inks is not None else None
    return None


class InkEstimate:
    """Upper bounds for the pages of one document; each picture is measured once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pictures: dict[tuple[int, int], Ink | None] = {}

    def may_exceed(self, page: CheckedPage, limit_percent: float) -> bool:
        """Whether a spot of `page` could get more ink than the limit; false only when none can."""
        limit = limit_percent / 100
        below: list[tuple[Rect, Ink]] = []
        over: list[Rect] = []
        for paint in page.printed_paints():
            ink = flat_ink(paint) or self._picture_ink(paint, page.unit)
            if ink is None or ink.total > limit:
                return True
            if paint.effects.overprint and ink != NONE:
                if not ink.black_alone:
                    return True
                over.append(paint.bounds)
            elif ink.coloured + 1.0 > limit:
                below.append((paint.bounds, ink))
        # Black that overprints adds to the three coloured plates and replaces the black one.
        if len(over) * len(below) > MOST_COMPARISONS:
            return True
        return any(not area.intersection(bounds).is_empty for area in over for bounds, _ in below)

    def _picture_ink(self, paint: Paint, unit: float) -> Ink | None:
        if not isinstance(paint, PaintedImage) or paint.stencil or paint.source == (0, 0):
            return None
        if paint.space.family is not Family.CMYK or paint.effects.blend not in ("Normal", "Compatible"):
            return None
        if paint.source not in self._pictures:
            self._pictures[paint.source] = _jpeg_ink(self._pdf.get_object(paint.source), paint.ppi / unit)
        return self._pictures[paint.source]


def _jpeg_ink(image: pikepdf.Object, ppi: float) -> Ink | None:
    """The most ink on a spot of a CMYK JPEG; None for any other picture."""
    filters = image.get("/Filter")
    if not isinstance(image, pikepdf.Stream) or not isinstance(filters, pikepdf.Name) or filters != "/DCTDecode":
        return None
    decode = image.get("/Decode")
    stated = [float(number) for number in decode.as_list()] if isinstance(decode, pikepdf.Array) else [0.0, 1.0] * 4
    if stated not in ([0.0, 1.0] * 4, [1.0, 0.0] * 4):
        return None
    try:
        with warnings.catch_warnings():
            # Pillow warns from 89 million pixels on; the bound that holds is checked below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(image.read_raw_bytes()), formats=("JPEG",))
        if picture.mode != "CMYK" or picture.width * picture.height > MAX_IMAGE_PIXELS:
            return None
        reduction = max(1, int(ppi // LEAST_PPI))
        picture.draft("CMYK", (picture.width // reduction, picture.height // reduction))
        picture.load()
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError):
        return None
    # Pillow turns the values of Adobe's JPEGs around; PDF does so only where /Decode asks for it.
    turned = "adobe" in picture.info
    if turned != (stated[0] == 1.0):
        picture = ImageChops.invert(picture)
    plates = {name: plate.convert("I") for name, plate in zip("cmyk", picture.split(), strict=True)}
    coloured = ImageMath.lambda_eval(lambda inks: inks["c"] + inks["m"] + inks["y"], **plates)
    total = ImageMath.lambda_eval(lambda inks: inks["s"] + inks["k"], s=coloured, k=plates["k"])
    return Ink(total.getextrema()[1] / 255, coloured.getextrema()[1] / 255)
