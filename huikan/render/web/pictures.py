"""Pictures of the web page: scaled down for screens and inlined, within a budget of bytes for the whole page."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from huikan.finding import ContentError, Finding, Severity
from huikan.render.photographs import opened

BUDGET = 1_000_000
"""Bytes that the pictures of a page may weigh together once inlined; the words and styles need far less."""

_SCALES = (1.0, 0.8, 0.6, 0.45, 0.35, 0.25)
_QUALITY = 72
_SPARE = 2
"""A photograph is decoded at the smallest scale of its own that is so many times as wide as wanted."""
_BASE64 = 4 / 3


class InlinedPicture:
    """A picture as a `data:` address, with its size in pixels."""

    __slots__ = ("address", "height", "width")

    def __init__(self, data: bytes, width: int, height: int) -> None:
        self.address = f"data:image/webp;base64,{base64.b64encode(data).decode('ascii')}"
        self.width, self.height = width, height


def inlined(widths: Mapping[str, int], folder: Path) -> dict[str, InlinedPicture]:
    """Each picture, by its `src` in the tree, as WebP of at most its width of `widths` in pixels.

    All are scaled alike until they fit BUDGET; the smallest scale is kept if none does.
    Raises ContentError for a source that is no picture in `folder`.
    """
    pictures = {source: _opened(source, folder, width) for source, width in widths.items()}
    made: dict[str, InlinedPicture] = {}
    for scale in _SCALES:
        left, made = BUDGET / _BASE64, {}
        for source, picture in pictures.items():
            data, size = _encoded(picture, round(widths[source] * scale))
            left -= len(data)
            if left < 0 and scale != _SCALES[-1]:
                break
            made[source] = InlinedPicture(data, *size)
        else:
            break
    return made


def _opened(source: str, folder: Path, width: int) -> Image.Image:
    parts = urlsplit(source)
    path = folder / unquote(parts.path)
    if parts.scheme or parts.netloc or not path.resolve().is_relative_to(folder.resolve()):
        raise ContentError([Finding("HK095", Severity.ERROR, f"{source} is not in the publication's folder")])
    try:
        with opened(path) as picture:
            picture.draft(None, (_SPARE * width, _SPARE * width))
            return _narrowed(_for_screens(picture), width)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        problem = Finding("HK097", Severity.ERROR, f"a picture cannot be used: {source}: {error}")
        raise ContentError([problem]) from error


def _for_screens(picture: Image.Image) -> Image.Image:
    """Upright, in sRGB, with transparency if it had any."""
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGB", "CMYK", "L"} and profile:
        target = ImageCms.createProfile("sRGB")
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(upright, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted is not None:
            return converted
    return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    size = (width, max(1, round(picture.height * width / picture.width)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _encoded(picture: Image.Image, width: int) -> tuple[bytes, tuple[int, int]]:
    narrow, stream = _narrowed(picture, width), io.BytesIO()
    narrow.save(stream, "WEBP", quality=_QUALITY, method=4)
    return stream.getvalue(), narrow.size
