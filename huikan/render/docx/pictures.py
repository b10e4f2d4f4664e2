"""Pictures as Word can hold them: sized, cropped and, where Word would not show them right, encoded anew."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from huikan.finding import ContentError, Finding, Severity
from huikan.render.docx.model import Picture
from huikan.render.photographs import JPEG_FORMATS, header_of, is_upright, opened, photograph_at, pixels_for
from huikan.render.resolution import LARGEST_PPI
from huikan.render.workshop import Workshop

_EXTENSIONS = {"JPEG": "jpeg", "PNG": "png", "GIF": "gif"}
_POINTS_PER_INCH = 72
_FAR_FINER = 2
_SAME_PICTURE = 6
"""The mean difference, of 255, up to which two pictures are taken for one."""
_SCREEN_PPI = 150
"""A figure finer than this fills the measure; a coarser one keeps its size."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image's bytes, their digest, and its size in pixels as it is seen."""

    content: bytes
    digest: str
    extension: str
    width: int
    height: int


def read_image(path: Path, workshop: Workshop) -> ImageFile:
    """The image at `path`. JPEG, PNG and GIF stay as they are, unless a camera turned them; others become PNG.

    Raises ContentError when the file is absent or no image.
    """
    try:
        digest, content = workshop.digest_of(path), path.read_bytes()
        width, height, form, _ = header_of(path)
        extension = _EXTENSIONS.get(form)
        if extension is None or not is_upright(path):
            content, extension = _encoded(content, extension)
            with opened(BytesIO(content)) as again:
                width, height = again.size
            digest = hashlib.sha256(content).hexdigest()
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    return ImageFile(content, digest, extension, width, height)


def looks_alike(one: str, other: str) -> bool:
    """Whether two fingerprints are those of one picture."""
    if not one or len(one) != len(other):
        return False
    pairs = list(zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))
    return sum(abs(a - b) for a, b in pairs) <= _SAME_PICTURE * len(pairs)


def _encoded(content: bytes, extension: str | None) -> tuple[bytes, str]:
    from PIL import ImageOps  # few pictures are encoded anew

    target = BytesIO()
    with opened(BytesIO(content)) as picture:
        image = ImageOps.exif_transpose(picture)
        if extension == "jpeg":
            image.save(target, "JPEG", quality=92)
            return target.getvalue(), "jpeg"
        image.convert("RGBA" if image.has_transparency_data else "RGB").save(target, "PNG")
    return target.getvalue(), "png"


def size_in_print(picture: Picture) -> tuple[int, int] | None:
    """The pixels, cropped ones too, that are enough for the place; None for what is not far finer than paper shows.

    Raises ContentError when the file is absent or no image.
    """
    width, height, *_ = _header(picture.file)
    wanted = LARGEST_PPI / _POINTS_PER_INCH * picture.width / (1 - 2 * picture.crop_x)
    if width <= _FAR_FINER * wanted:
        return None
    return pixels_for(picture.file, (math.ceil(wanted), math.ceil(height * wanted / width)))


def scaled_image(path: Path, size: tuple[int, int], workshop: Workshop) -> ImageFile:
    """The image at `path`, scaled to `size` in pixels."""
    content = photograph_at(path, size, workshop)
    extension = "jpeg" if _header(path)[2] in JPEG_FORMATS else "png"
    return ImageFile(content, hashlib.sha256(content).hexdigest(), extension, *size)


def _header(path: Path) -> tuple[int, int, str, bool]:
    try:
        return header_of(path)
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: Exception) -> ContentError:
    message = f"a picture cannot be used: {error}"
    return ContentError([Finding("HK062", Severity.ERROR, message, "use a JPEG or PNG", file=str(path))])


def portrait(path: Path, width: float, height: float, alt: str) -> Picture:
    """The picture at `path` filling `width` × `height` pt; what exceeds the shape is cropped evenly."""
    seen_width, seen_height, *_ = _header(path)
    shape, wanted = seen_width / seen_height, width / height
    crop_x = max(0.0, (1 - wanted / shape) / 2)
    crop_y = max(0.0, (1 - shape / wanted) / 2)
    return Picture(path, width, height, alt, crop_x, crop_y)


def figure(path: Path, measure: float, most: float, alt: str) -> Picture:
    """The whole picture at `path`, at most `measure` pt wide and `most` pt high."""
    seen_width, seen_height, *_ = _header(path)
    width = min(measure, seen_width * _POINTS_PER_INCH / _SCREEN_PPI)
    height = width * seen_height / seen_width
    if height > most:
        width, height = width * most / height, most
    return Picture(path, width, height, alt)
