"""Pictures as Word can hold them: sized, cropped and, where Word would not show them right, encoded anew."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from huikan.finding import ContentError, Finding, Severity
from huikan.render.docx.model import Picture

_EXTENSIONS = {"JPEG": "jpeg", "PNG": "png", "GIF": "gif"}
_ORIENTATION = 0x0112
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


@lru_cache(maxsize=8)
def read_image(path: Path) -> ImageFile:
    """The image at `path`. JPEG, PNG and GIF stay as they are, unless a camera turned them; others become PNG.

    Raises ContentError when the file is absent or no image.
    """
    try:
        content = path.read_bytes()
        with Image.open(BytesIO(content)) as image:
            extension = _EXTENSIONS.get(image.format or "")
            turned = image.getexif().get(_ORIENTATION, 1) != 1
            if turned or extension is None:
                content, extension = _encoded(ImageOps.exif_transpose(image), extension)
                with Image.open(BytesIO(content)) as again:
                    width, height = again.size
            else:
                width, height = image.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError) as error:
        message = f"a picture cannot be used: {error}"
        raise ContentError([Finding("HK102", Severity.ERROR, message, "use a JPEG or PNG", file=str(path))]) from error
    return ImageFile(content, hashlib.sha256(content).hexdigest(), extension, width, height)


def _encoded(image: Image.Image, extension: str | None) -> tuple[bytes, str]:
    target = BytesIO()
    if extension == "jpeg":
        image.save(target, "JPEG", quality=92)
        return target.getvalue(), "jpeg"
    image.convert("RGBA" if image.has_transparency_data else "RGB").save(target, "PNG")
    return target.getvalue(), "png"


def portrait(path: Path, width: float, height: float, alt: str) -> Picture:
    """The picture at `path` filling `width` × `height` pt; what exceeds the shape is cropped evenly."""
    image = read_image(path)
    shape, wanted = image.width / image.height, width / height
    crop_x = max(0.0, (1 - wanted / shape) / 2)
    crop_y = max(0.0, (1 - shape / wanted) / 2)
    return Picture(path, width, height, alt, crop_x, crop_y)


def figure(path: Path, measure: float, most: float, alt: str) -> Picture:
    """The whole picture at `path`, at most `measure` pt wide and `most` pt high."""
    image = read_image(path)
    width = min(measure, image.width * 72 / _SCREEN_PPI)
    height = width * image.height / image.width
    if height > most:
        width, height = width * most / height, most
    return Picture(path, width, height, alt)
