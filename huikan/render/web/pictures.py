"""Pictures of the web page: scaled down for screens and inlined, within a budget of bytes for the whole page."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from huikan.render.screen_pictures import narrowed, screen_picture

BUDGET = 1_000_000
"""Bytes that the pictures of a page may weigh together once inlined; the words and styles need far less."""

_SCALES = (1.0, 0.8, 0.6, 0.45, 0.35, 0.25)
_QUALITY = 72
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
    pictures = {source: screen_picture(source, folder, width) for source, width in widths.items()}
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


def _encoded(picture: Image.Image, width: int) -> tuple[bytes, tuple[int, int]]:
    narrow, stream = narrowed(picture, width), io.BytesIO()
    narrow.save(stream, "WEBP", quality=_QUALITY, method=4)
    return stream.getvalue(), narrow.size
