"""Photographs at the size they are printed: read once, upright, in sRGB, and kept; never more than one in memory."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PIL import __version__ as pillow_version

from huikan.content.photos import Header, State, header_in, state_of
from huikan.render import jpeg_planes
from huikan.render.resolution import HARDLY_FINER

if TYPE_CHECKING:  # Pillow is loaded when a picture is opened: often another process has seen its header
    from collections.abc import Iterator

    from PIL import Image

    from huikan.render.workshop import Workshop

JPEG_QUALITY = 88
JPEG_FORMATS = ("JPEG", "MPO")
_KIND = "photographs"
_FILTER = "HAMMING"
"""At 350 ppi no screen ruling shows what slower filters keep (45 dB beside Lanczos, JPEG at this quality 39)."""
_ON_THEIR_SIDE = (5, 6, 7, 8)
_MOST_HEADERS = 4096
_headers: dict[tuple[Path, State], Header] = {}


@contextmanager
def opened(source: Path | io.BytesIO) -> Iterator[Image.Image]:
    """The picture, with its header read alone. How many pixels it may have is judged when content is loaded.

    Raises OSError for a file that is no picture, or far too large.
    """
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(source)
        except Image.DecompressionBombError as error:
            raise OSError(str(error)) from error
    with picture:
        yield picture


def remember_header(path: Path, state: State, header: Header) -> None:
    """Do not read the header of a picture again as long as its file is in that state."""
    if len(_headers) >= _MOST_HEADERS:
        _headers.clear()
    _headers[path, state] = header


def _header(path: Path) -> Header:
    state = state_of(path)
    known = _headers.get((path, state))
    if known is None:
        with opened(path) as picture:
            known = header_in(picture)
        remember_header(path, state, known)
    return known


def header_of(path: Path) -> tuple[int, int, str, bool]:
    """Width and height in pixels of the picture as it is seen, its format, and whether the camera was turned.

    Raises OSError for a file that is no picture.
    """
    width, height, form, orientation = _header(path)
    if orientation in _ON_THEIR_SIDE:
        width, height = height, width
    return width, height, form, 1 < orientation <= 8


def is_upright(path: Path) -> bool:
    """Whether the picture needs no turning to be seen as it is.

    Raises OSError for a file that is no picture.
    """
    return _header(path).orientation == 1


def pixels_for(path: Path, size: tuple[int, int]) -> tuple[int, int]:
    """The pixels (width, height) of an upright JPEG's own scale next above `size` if that is hardly finer, else `size`.

    What a decoder gives by itself is sharper than what is scaled again. Raises OSError for a file that is no picture.
    """
    width, height, form, orientation = _header(path)
    if form not in JPEG_FORMATS or orientation != 1:
        return size
    return jpeg_planes.own_scale_near((width, height), size, HARDLY_FINER) or size


def photograph_at(path: Path, size: tuple[int, int], workshop: Workshop) -> bytes:
    """The picture upright, scaled to `size` (width, height) in pixels: a JPEG of a JPEG, else a PNG.

    The same picture and size give the same bytes, whether they were kept in the workshop's store or not.
    """
    key = _key(path, size, workshop)
    kept = workshop.store.get(_KIND, key)
    if kept is None:
        kept = _scaled(path, size)
        workshop.store.put(_KIND, key, kept)
    return kept


def is_scaled(path: Path, size: tuple[int, int], workshop: Workshop) -> bool:
    """Whether the workshop's store has the picture at that size."""
    return workshop.store.get(_KIND, _key(path, size, workshop)) is not None


def _key(path: Path, size: tuple[int, int], workshop: Workshop) -> str:
    return f"{workshop.digest_of(path)} {size[0]} x {size[1]} {_recipe()}"


@lru_cache
def _recipe() -> str:
    """What the bytes depend on beside the picture and its size."""
    from PIL import features

    libraries = " ".join(f"{name} {features.version(name)}" for name in ("jpg", "zlib", "littlecms2"))
    planes = "planes, own scales" if jpeg_planes.is_at_hand() else ""
    return f"{_FILTER} quality {JPEG_QUALITY} Pillow {pillow_version} {libraries} {planes}"


def _scaled(path: Path, size: tuple[int, int]) -> bytes:
    from PIL import Image, ImageOps

    with opened(path) as source:
        is_jpeg = source.format in JPEG_FORMATS
        profile = cast("bytes", source.info.get("icc_profile") or b"")
        orientation = header_in(source).orientation
        if is_jpeg and orientation == 1 and _is_in_srgb(profile):
            made = jpeg_planes.scaled_jpeg(path.read_bytes(), size, Image.Resampling[_FILTER], JPEG_QUALITY)
            if made is not None:
                return made
        width, height = size[::-1] if orientation in _ON_THEIR_SIDE else size
        source.draft(None, (width, height))  # the smallest of a JPEG's own scales that is fine enough
        picture = in_eight_bits(ImageOps.exif_transpose(source) if orientation != 1 else source)
        picture = _of_many_colours(picture, keeps_inks=is_jpeg)
        picture.load()
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling[_FILTER], reducing_gap=3.0)
    picture = in_srgb(picture, profile)
    picture.info.clear()
    target = io.BytesIO()
    if is_jpeg:
        picture.save(target, "JPEG", quality=JPEG_QUALITY)
    else:
        picture.save(target, "PNG")
    return target.getvalue()


def in_eight_bits(picture: Image.Image) -> Image.Image:
    """A grey picture of 16 bits with 8 of them: Pillow takes all that is lighter than a 256th for white."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.point(lambda value: value * (1 / 256)).convert("L")


def _of_many_colours(picture: Image.Image, *, keeps_inks: bool) -> Image.Image:
    """Without palettes and single bits, which cannot be scaled smoothly; a PNG holds no inks."""
    kept = ("L", "RGB", "RGBA", "LA", *(["CMYK"] if keeps_inks else []))
    if picture.mode in kept and "transparency" not in picture.info:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The picture with its colours in sRGB: a camera's or telephone's own profile does not travel into every face."""
    if picture.mode not in ("RGB", "RGBA") or profile[16:20] != b"RGB " or _is_in_srgb(profile):
        return picture
    from PIL import ImageCms

    try:
        source: Any = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=picture.mode)
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


def _is_in_srgb(profile: bytes) -> bool:
    """Whether colours with that profile are in sRGB, as they are without any."""
    if not profile:
        return True
    from PIL import ImageCms

    try:
        described: Any = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return "srgb" in ImageCms.getProfileDescription(described).casefold()
    except (ImageCms.PyCMSError, OSError):
        return False
