"""Pictures for screens: upright, in sRGB, as wide as a screen shows them."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from huikan.finding import ContentError, Finding, Severity
from huikan.links import lies_in
from huikan.render.photographs import in_eight_bits, opened

_TALLEST = 16_383
"""Pixels of a WebP's side, for which it has 14 bits."""
_SPARE = 2
"""A photograph is decoded at the smallest scale of its own that is so many times as wide as wanted."""


def screen_picture(source: str, folder: Path, width: int) -> Image.Image:
    """The picture at `source`, a path in `folder`: upright, in sRGB, at most `width` pixels across.

    Raises ContentError for a source that is no picture in `folder`.
    """
    parts = urlsplit(source)
    path = folder / unquote(parts.path)
    if parts.scheme or parts.netloc or not lies_in(folder, path):
        raise ContentError([Finding("HK095", Severity.ERROR, f"{source} is not in the publication's folder")])
    try:
        with opened(path) as picture:
            picture.draft(None, (_SPARE * width, _SPARE * width))
            return narrowed(_for_screens(picture), width)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        problem = Finding("HK097", Severity.ERROR, f"a picture cannot be used: {source}: {error}")
        raise ContentError([problem]) from error


def _for_screens(picture: Image.Image) -> Image.Image:
    """Upright, in sRGB, with transparency if it had any."""
    profile = picture.info.get("icc_profile")
    upright = in_eight_bits(ImageOps.exif_transpose(picture))
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


def narrowed(picture: Image.Image, width: int) -> Image.Image:
    """The picture scaled down to `width` pixels across, if it is wider, and to what a WebP can hold."""
    scale = min(width / picture.width, _TALLEST / picture.height)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
