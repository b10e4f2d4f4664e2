"""JPEGs scaled as they are stored: brightness and, at half its size, colour; never made into RGB and back.

libjpeg-turbo gives the planes and takes them again. Where it is missing, Pillow takes half as long again.
"""

from __future__ import annotations

from ctypes import CDLL, POINTER, addressof, byref, c_char_p, c_int, c_ubyte, c_ulong, c_void_p, cast
from functools import cache
from threading import local
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

_NAMES = ("libturbojpeg.so.0", "libturbojpeg.0.dylib", "/opt/homebrew/lib/libturbojpeg.0.dylib", "turbojpeg.dll")
_HALVED_BOTH_WAYS = 2
"""TJSAMP_420: colour at half the size in either direction."""
_SAMPLED = (0, 1, _HALVED_BOTH_WAYS)
"""TJSAMP_444, TJSAMP_422, TJSAMP_420: what cameras and telephones write."""
_YCBCR = 1
"""TJCS_YCbCr."""
_BYTES = POINTER(c_ubyte)
_IN_PLACE = 1024
"""TJFLAG_NOREALLOC: write into the buffer that is given, which has room for the largest of such JPEGs."""
_READ_FOR_LESS = (1, 2, 4)
"""Eighths of its size at which a JPEG is read for less than at its own."""


class _Read(NamedTuple):
    """What was read of a picture: its size, how colour is sampled, and Y′, Cb and Cr, each with its width and height.

    Those count what pads a plane to whole samples of colour.
    """

    size: tuple[int, int]
    sampling: int
    planes: list[tuple[bytearray, tuple[int, int]]]


class _Desk(local):
    """Where a thread lays the planes of one picture after the other: memory that is new is slow to be written to."""

    def __init__(self) -> None:
        self._buffers: list[bytearray] = []

    def cleared_for(self, lengths: list[int]) -> list[bytearray]:
        """One buffer a plane, at least as long as is asked for; what was laid there before is gone."""
        for part, length in enumerate(lengths):
            if part == len(self._buffers):
                self._buffers.append(bytearray(length))
            elif not length <= len(self._buffers[part]) <= _MOST_KEPT:
                self._buffers[part] = bytearray(length)
        return self._buffers[: len(lengths)]

    def give_back(self) -> None:
        """Let go of what is too large to be kept."""
        self._buffers = [buffer for buffer in self._buffers if len(buffer) <= _MOST_KEPT]


_desk, _outlet = _Desk(), _Desk()
_MOST_KEPT = 8_000_000
"""Bytes of a plane: larger ones, of pictures that are printed large, are given back with the next picture."""


def is_at_hand() -> bool:
    """Whether libjpeg-turbo is installed."""
    return _library() is not None


def scaled_jpeg(content: bytes, size: tuple[int, int], scaling: Image.Resampling, quality: int) -> bytes | None:
    """The JPEG `content` scaled to `size` (width, height) in pixels; None when that is better left to Pillow.

    So it is without the library, and for pictures that are damaged or not in Y′CbCr.
    """
    read = _read(content, size)
    if read is None:
        return None
    if read.size == size and read.sampling == _HALVED_BOTH_WAYS:
        return _encoded([_place_of(plane) for plane, _ in read.planes], size, quality)
    planes = _scaled(read, size, scaling)
    return _encoded([cast(c_char_p(plane), _BYTES) for plane in planes], size, quality)


def _scaled(read: _Read, size: tuple[int, int], scaling: Image.Resampling) -> list[bytes]:
    """The planes scaled to what a picture of `size` has, colour to half of it in either direction."""
    half = (size[0] + 1) // 2, (size[1] + 1) // 2
    made = []
    for place, ((plane, (across, down)), extent) in enumerate(zip(read.planes, (size, half, half), strict=True)):
        seen = read.size if place == 0 else (across, down)
        image = _image(plane, seen, across)
        made.append(image if seen == extent else image.resize(extent, scaling, reducing_gap=3.0))
    made[0] = _filled_up(made[0], (2 * half[0], 2 * half[1]))
    return [plane.tobytes() for plane in made]


def _image(plane: bytearray, size: tuple[int, int], across: int) -> Image.Image:
    """A plane with lines of `across` bytes, as far as it is seen."""
    from PIL import Image

    return Image.frombuffer("L", size, plane, "raw", "L", across, 1)


def _read(content: bytes, size: tuple[int, int]) -> _Read | None:
    """A JPEG at the smallest of its own scales that is fine enough for `size`."""
    library = _library()
    if library is None:
        return None
    width, height, sampling, colours = c_int(), c_int(), c_int(), c_int()
    reader = library.tjInitDecompress()
    try:
        facts = byref(width), byref(height), byref(sampling), byref(colours)
        if library.tjDecompressHeader3(reader, content, len(content), *facts):
            return None
        if colours.value != _YCBCR or sampling.value not in _SAMPLED:
            return None
        wide, high = _scale_read((width.value, height.value), size)
        extents = [
            (library.tjPlaneWidth(part, wide, sampling), library.tjPlaneHeight(part, high, sampling))
            for part in range(3)
        ]
        buffers = _desk.cleared_for([across * down for across, down in extents])
        planes = (_BYTES * len(buffers))(*map(_place_of, buffers))
        if library.tjDecompressToYUVPlanes(reader, content, len(content), planes, wide, None, high, 0):
            return None
    finally:
        library.tjDestroy(reader)
    return _Read((wide, high), sampling.value, list(zip(buffers, extents, strict=True)))


def own_scale_near(stored: tuple[int, int], size: tuple[int, int], most: float) -> tuple[int, int] | None:
    """The least of a JPEG's own scales that has the pixels of `size`, and not `most` times as many; None if none has.

    `stored` is the whole of it, all sizes are width and height in pixels, `most` counts in either direction. A decoder
    gives eighths of a picture out of what is stored, as sharp as it is there.
    """
    least = next((scale for scale in _own_scales(stored) if _covers(scale, size)), None)
    return least if least and least[0] <= most * size[0] and least[1] <= most * size[1] else None


def _scale_read(stored: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
    """`size`, if it is one of a JPEG's own scales; else the smallest of those read for less that is fine enough."""
    scales = _own_scales(stored)
    if size in scales:
        return size
    return next((scales[eighths - 1] for eighths in _READ_FOR_LESS if _covers(scales[eighths - 1], size)), stored)


def _own_scales(stored: tuple[int, int]) -> list[tuple[int, int]]:
    return [(-(-stored[0] * eighths // 8), -(-stored[1] * eighths // 8)) for eighths in range(1, 9)]


def _covers(scale: tuple[int, int], size: tuple[int, int]) -> bool:
    return scale[0] >= size[0] and scale[1] >= size[1]


def _filled_up(plane: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The plane with its last column and row repeated as far as `size`, which is one pixel more at most."""
    from PIL import Image

    width, height = plane.size
    if plane.size == size:
        return plane
    filled = Image.new("L", size)
    filled.paste(plane)
    if size[0] > width:
        filled.paste(filled.crop((width - 1, 0, width, height)), (width, 0))
    if size[1] > height:
        filled.paste(filled.crop((0, height - 1, size[0], height)), (0, height))
    return filled


def _place_of(buffer: bytearray) -> Any:
    """A pointer that does not keep the buffer: one that does refers to itself, and is not let go at once."""
    return cast(addressof((c_ubyte * len(buffer)).from_buffer(buffer)), _BYTES)


def _encoded(places: list[Any], size: tuple[int, int], quality: int) -> bytes | None:
    """The JPEG of the planes at these places, whose lines follow each other."""
    library = _library()
    assert library is not None
    room = library.tjBufSize(*size, _HALVED_BOTH_WAYS)
    (target,), length = _outlet.cleared_for([room]), c_ulong(room)
    place, sources = _place_of(target), (_BYTES * len(places))(*places)
    writer = library.tjInitCompress()
    try:
        failed = library.tjCompressFromYUVPlanes(
            writer, sources, size[0], None, size[1], _HALVED_BOTH_WAYS, byref(place), byref(length), quality, _IN_PLACE
        )
    finally:
        library.tjDestroy(writer)
    made = None if failed else bytes(memoryview(target)[: length.value])
    _outlet.give_back()
    return made


@cache
def _library() -> Any:
    """libjpeg-turbo's TurboJPEG interface of version 2, which version 3 has as well; None when it is missing."""
    for name in _NAMES:
        try:
            library = CDLL(name)
            _declare(library)
        except (OSError, AttributeError):
            continue
        return library
    return None


def _declare(library: Any) -> None:
    number, planes = POINTER(c_int), POINTER(POINTER(c_ubyte))
    declared: dict[str, tuple[Any, list[Any]]] = {
        "tjInitDecompress": (c_void_p, []),
        "tjInitCompress": (c_void_p, []),
        "tjDestroy": (c_int, [c_void_p]),
        "tjDecompressHeader3": (c_int, [c_void_p, c_char_p, c_ulong, number, number, number, number]),
        "tjPlaneWidth": (c_int, [c_int, c_int, c_int]),
        "tjPlaneHeight": (c_int, [c_int, c_int, c_int]),
        "tjDecompressToYUVPlanes": (c_int, [c_void_p, c_char_p, c_ulong, planes, c_int, number, c_int, c_int]),
        "tjBufSize": (c_ulong, [c_int, c_int, c_int]),
        "tjCompressFromYUVPlanes": (
            c_int,
            [
                c_void_p, planes, c_int, number, c_int, c_int,
                POINTER(POINTER(c_ubyte)), POINTER(c_ulong), c_int, c_int,
            ],
        ),
    }  # fmt: skip
    for name, (result, arguments) in declared.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
