"""Images of a press PDF: RGB into CMYK, and no more pixels than the press can use."""

from __future__ import annotations

import io
import math
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

from huikan.finding import ContentError, Finding, Severity
from huikan.print.content_stream.colour_spaces import Family, colour_space
from huikan.print.content_stream.paints import PaintedImage
from huikan.print.geometry import MM
from huikan.print.icc_profiles import CmykConversion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pikepdf import Object, Stream

    from huikan.print.content_stream.paints import Paint

MOST_PPI = 350.0
"""Finer pictures gain nothing on paper: a screen of 175 lines needs two pixels a line."""
PPI_TOLERANCE = 1.05
"""How many times as fine an image may be that is left at its pixels: scaled by less it would lose more."""
JPEG_QUALITY = 92
MAX_PIXELS = 150_000_000
_MODES = {Family.RGB: "RGB", Family.GRAY: "L", Family.CMYK: "CMYK"}

PlacedSize = tuple[float, float]
"""Width and height in points at which an image is printed largest."""


@dataclass(frozen=True, slots=True)
class ImageChange:
    """What was done to one image."""

    converted: bool = False
    downsampled: bool = False
    left_in_rgb: bool = False


def largest_placements(paints: Iterable[Paint], sizes: dict[tuple[int, int], PlacedSize]) -> None:
    """Note in `sizes`, by object, the largest size at which each image of `paints` is printed."""
    for paint in paints:
        if isinstance(paint, PaintedImage) and paint.source != (0, 0):
            width, height = sizes.get(paint.source, (0.0, 0.0))
            sizes[paint.source] = (max(width, paint.matrix.x_scale), max(height, paint.matrix.y_scale))


def convert_image(image: Stream, placed: PlacedSize | None, conversion: CmykConversion) -> ImageChange:
    """Change an image XObject in place; its soft mask stays. `placed` is None when it is nowhere seen.

    An image that cannot be decoded, or has a colour-key mask, stays as it is; the result says when that is RGB.
    """
    family = _family(image)
    if family is Family.UNKNOWN or family not in _MODES or bool(image.get("/ImageMask", False)):
        return ImageChange(left_in_rgb=family is Family.LAB)
    in_rgb = family is Family.RGB
    width, height = int(image.Width), int(image.Height)
    size = _useful_size(width, height, placed)
    if not in_rgb and size == (width, height):
        return ImageChange()
    if width * height > MAX_PIXELS or isinstance(image.get("/Mask"), pikepdf.Array):
        return ImageChange(left_in_rgb=in_rgb)
    try:
        with _own_pixel_bound():
            picture = pikepdf.PdfImage(image).as_pil_image()
        profile = _embedded_profile(image, picture) if in_rgb else b""
        picture = _inverted_where_asked(image, picture.convert(_MODES[family])) if in_rgb else picture
    except (pikepdf.PikepdfError, pikepdf.PdfError, UnidentifiedImageError, OSError, ValueError, NotImplementedError):
        return ImageChange(left_in_rgb=in_rgb)
    if picture.mode != _MODES[family] and not in_rgb:
        return ImageChange()
    if size != (width, height):
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    if in_rgb:
        picture = conversion.image(picture, profile)
    _store(image, picture, keep_decode=not in_rgb)
    return ImageChange(converted=in_rgb, downsampled=size != (width, height))


def to_press_image(source: Path, size_mm: tuple[float, float], conversion: CmykConversion) -> bytes:
    """The picture file `source` as a CMYK JPEG for a place of `size_mm` (width, height), at most 350 ppi there.

    A gray picture stays gray. The aspect is kept: a place of another aspect is covered, and the layout crops.
    Transparency becomes white. Raises ContentError when the file is no picture or holds too many pixels.
    """
    try:
        with _own_pixel_bound(), Image.open(source) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise _refusal(source, f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels")
            profile = cast("bytes", opened.info.get("icc_profile") or b"")
            picture = ImageOps.exif_transpose(opened)
            picture.load()
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise _refusal(source, f"this is no readable picture: {error}") from error
    picture = _opaque(picture)
    place = (size_mm[0] * MM, size_mm[1] * MM)
    covered = max(place[0] / picture.width, place[1] / picture.height)
    size = _useful_size(picture.width, picture.height, (picture.width * covered, picture.height * covered))
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    if picture.mode == "RGB":
        picture = conversion.image(picture, profile if profile[16:20] == b"RGB " else b"")
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    return data.getvalue()


@contextmanager
def _own_pixel_bound() -> Iterator[None]:
    """Pillow warns from 89 million pixels on, which cameras have reached; MAX_PIXELS is checked instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        yield


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode in ("L", "RGB", "CMYK"):
        return picture
    if "A" in picture.getbands() or "transparency" in picture.info:
        with_alpha = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, with_alpha).convert("RGB")
    return picture.convert("L" if picture.mode in ("1", "I", "I;16", "F") else "RGB")


def _refusal(source: Path, message: str) -> ContentError:
    hint = "give a JPEG, PNG or TIFF that opens in an image viewer"
    return ContentError([Finding("HK054", Severity.ERROR, message, hint, file=str(source))])


def _family(image: Object) -> Family:
    space = image.get("/ColorSpace")
    return colour_space(space, None).family if space is not None else Family.UNKNOWN


def _useful_size(width: int, height: int, placed: PlacedSize | None) -> tuple[int, int]:
    """Pixels that MOST_PPI needs at the placed size, in the image's own aspect; never more than there are."""
    if placed is None or min(placed) <= 0:
        return width, height
    # The finer direction may lose pixels only as far as the coarser one can spare them too.
    spare = min(width * 72 / placed[0], height * 72 / placed[1]) / MOST_PPI
    if spare <= PPI_TOLERANCE:
        return width, height
    return max(1, math.ceil(width / spare)), max(1, math.ceil(height / spare))


def _embedded_profile(image: Object, picture: Image.Image) -> bytes:
    space = image.get("/ColorSpace")
    profile = cast("bytes", picture.info.get("icc_profile") or b"")
    if isinstance(space, pikepdf.Array) and str(space[0]) == "/ICCBased":
        profile = space[1].read_bytes()
    return profile if profile[16:20] == b"RGB " else b""


def _inverted_where_asked(image: Object, picture: Image.Image) -> Image.Image:
    decode = image.get("/Decode")
    inverted = isinstance(decode, pikepdf.Array) and [float(number) for number in decode.as_list()] == [1.0, 0.0] * 3
    return ImageOps.invert(picture) if inverted else picture


def _store(image: Object, picture: Image.Image, *, keep_decode: bool) -> None:
    filters = str(image.get("/Filter", ""))
    lossy = "/DCTDecode" in filters or "/JPXDecode" in filters
    if isinstance(image.get("/Filter"), pikepdf.Array):
        lossy = any(str(name) in ("/DCTDecode", "/JPXDecode") for name in image.Filter.as_list())
    for key in ("/DecodeParms", *(() if keep_decode else ("/Decode",))):
        if key in image:
            del image[key]
    if lossy:
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
        image.write(data.getvalue(), filter=pikepdf.Name.DCTDecode)
        if picture.mode == "CMYK":
            # Pillow writes CMYK inverted into JPEG, as Adobe's programs do.
            image.Decode = pikepdf.Array([1, 0] * 4)
    else:
        image.write(picture.tobytes())
    image.ColorSpace = {"CMYK": pikepdf.Name.DeviceCMYK, "L": pikepdf.Name.DeviceGray}[picture.mode]
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
