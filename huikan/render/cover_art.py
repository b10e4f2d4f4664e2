"""The picture behind the cover's words, for a face that does not draw it: the bridge and its reflection."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from huikan.assistant import when_asked

if TYPE_CHECKING:
    from PIL import Image

    from huikan.render.tokens import Tokens
    from huikan.render.workshop import Workshop

_PIXELS_PER_POINT = 2.0
_OVERSAMPLING = 2
_ARCS = 14
_WATERLINE = 0.832
"""Where the water stands, in parts of the page's height."""

_FADE = (0.63, 0.74)
"""Where the arcs come out of the ground, below the words."""


def cover_art(tokens: Tokens, workshop: Workshop) -> Callable[[], bytes]:
    """What waits for a PNG of the page's size, which is begun once; equal tokens give equal bytes."""
    size = tokens.length("page-width"), tokens.length("page-height")
    colours = tuple(tokens.colour(name) for name in ("cover-blue", "gold", "vermilion"))
    begin = workshop.begin or when_asked
    return workshop.kept(f"cover {size} {colours}", lambda: begin(_drawn, *size, colours))


def _drawn(page_width: float, page_height: float, colours: tuple[str, ...]) -> bytes:
    from PIL import Image, ImageDraw  # not for builds that draw no cover

    ground, line, water = (_channels(colour) for colour in colours)
    scale = _PIXELS_PER_POINT * _OVERSAMPLING
    width, height = round(page_width * scale), round(page_height * scale)
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    middle, level = width / 2, height * _WATERLINE
    for ring in range(_ARCS):
        radius = width * (0.105 + 0.039 * ring)
        strength = 0.75 - 0.045 * ring
        arch = (middle - radius, level - radius, middle + radius, level + radius)
        draw.arc(arch, 180, 360, _between(ground, line, strength), width=round(0.6 * scale))
        reflection = (middle - radius, level - 0.42 * radius, middle + radius, level + 0.42 * radius)
        draw.arc(reflection, 0, 180, _between(ground, line, strength / 3), width=round(0.4 * scale))
    image = Image.composite(image, Image.new("RGB", image.size, ground), _fade(width, height))
    ImageDraw.Draw(image).rectangle((0, level - 0.5 * scale, width, level + 0.5 * scale), fill=water)
    small = image.reduce(_OVERSAMPLING).quantize(64, dither=Image.Dither.NONE)
    target = BytesIO()
    small.save(target, "PNG", optimize=False)
    return target.getvalue()


def _fade(width: int, height: int) -> Image.Image:
    """A mask that lets nothing show behind the words and everything at the waterline."""
    from PIL import Image

    first, last = (round(height * part) for part in _FADE)
    mask = Image.new("L", (width, height), 0)
    mask.paste(Image.linear_gradient("L").resize((width, last - first)), (0, first))
    mask.paste(255, (0, last, width, height))
    return mask


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)


def _between(ground: tuple[int, int, int], line: tuple[int, int, int], strength: float) -> tuple[int, int, int]:
    red, green, blue = (round(g + (c - g) * max(0.05, strength)) for g, c in zip(ground, line, strict=True))
    return red, green, blue
