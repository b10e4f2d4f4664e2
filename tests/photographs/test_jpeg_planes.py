"""JPEGs scaled plane by plane: the picture that Pillow makes, or left to it."""

from __future__ import annotations

import gc
import io
import math
import random
import weakref
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from huikan.render import jpeg_planes
from huikan.render.jpeg_planes import is_at_hand, own_scale_near, scaled_jpeg
from huikan.render.photographs import photograph_at
from huikan.render.workshop import Workshop

FILTER = Image.Resampling.HAMMING
pytestmark = pytest.mark.skipif(not is_at_hand(), reason="libjpeg-turbo is not installed")


def scene(size: tuple[int, int]) -> Image.Image:
    """Soft light with coloured shapes on it, the same each time."""
    chance = random.Random(7)
    light = Image.linear_gradient("L").resize(size)
    image = Image.merge("RGB", (light, light.transpose(Image.Transpose.ROTATE_180), light))
    drawing = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, reach = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(10, size[0] // 4)
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        drawing.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)
    return image


def jpeg(image: Image.Image, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", **{"quality": 92, **options})
    return target.getvalue()


def decoded(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image.copy()


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Peak signal-to-noise ratio in dB."""
    difference = ImageStat.Stat(ImageChops.difference(one, other))
    return 10 * math.log10(255**2 / max(sum(difference.sum2) / sum(difference.count), 1e-9))


@pytest.mark.parametrize("sampling", ["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ((1200, 800), (730, 487)),
        ((1201, 799), (729, 486)),
        ((1203, 801), (1203, 801)),
        ((2403, 1601), (601, 401)),
        ((4001, 2999), (333, 250)),
    ],
)
def test_the_picture_is_the_one_that_pillow_scales(
    sampling: str, stored: tuple[int, int], printed: tuple[int, int]
) -> None:
    content = jpeg(scene(stored), subsampling=sampling)
    made = scaled_jpeg(content, printed, FILTER, 88)
    assert made is not None
    image = decoded(made)
    assert (image.size, image.mode) == (printed, "RGB")
    reference = decoded(jpeg(decoded(content).resize(printed, FILTER), quality=88, subsampling="4:2:0"))
    assert likeness(image, reference) > 31
    assert made == scaled_jpeg(content, printed, FILTER, 88)


@pytest.mark.parametrize("printed", [(1, 1), (1, 20), (21, 1)])
def test_the_smallest_pictures_have_their_size(printed: tuple[int, int]) -> None:
    made = scaled_jpeg(jpeg(scene((50, 41))), printed, FILTER, 88)
    assert made is not None
    assert decoded(made).size == printed


def test_its_edges_are_not_darkened_by_what_lies_beyond_them() -> None:
    made = scaled_jpeg(jpeg(Image.new("RGB", (999, 777), (250, 240, 230))), (333, 251), FILTER, 88)
    assert made is not None
    extremes = ImageStat.Stat(decoded(made)).extrema
    assert all(low >= wanted - 3 for (low, _), wanted in zip(extremes, (250, 240, 230), strict=True))


@pytest.mark.parametrize(
    "content",
    [
        jpeg(scene((300, 200)).convert("L")),
        jpeg(scene((300, 200)).convert("CMYK")),
        jpeg(scene((300, 200)), keep_rgb=True),
        jpeg(scene((300, 200)))[:4000],
        jpeg(scene((300, 200)))[:100],
        b"",
    ],
    ids=["grey", "CMYK", "RGB", "cut off", "a header", "nothing"],
)
def test_other_pictures_are_left_to_pillow(content: bytes) -> None:
    assert scaled_jpeg(content, (100, 67), FILTER, 88) is None


def test_memory_of_a_large_picture_is_given_back_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Buffers that referred to themselves would stay until rubbish is looked for, which builds seldom do."""
    monkeypatch.setattr(jpeg_planes, "_MOST_KEPT", 1)
    made: list[weakref.ref[Kept]] = []

    class Kept(bytearray):
        def __init__(self, length: int) -> None:
            super().__init__(length)
            made.append(weakref.ref(self))

    monkeypatch.setattr(jpeg_planes, "bytearray", Kept, raising=False)
    content = jpeg(scene((600, 400)))
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            assert scaled_jpeg(content, (300, 200), FILTER, 88)
    finally:
        gc.enable()
    assert len(made) == 12
    assert sum(each() is not None for each in made) <= 3


@pytest.mark.parametrize("without", [False, True])
def test_a_photograph_has_its_printed_size_with_the_library_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: bool
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(jpeg(scene((1200, 800))))
    if without:
        monkeypatch.setattr(jpeg_planes, "_library", lambda: None)
    made = decoded(photograph_at(photo, (730, 487), Workshop()))
    assert made.size == (730, 487)
    assert likeness(made, decoded(photo.read_bytes()).resize((730, 487), FILTER)) > 33


def nearness(stored: bytes, made: bytes) -> float:
    """How near a printed picture, made as large as the stored one, comes to it, in dB."""
    whole = decoded(stored)
    return likeness(decoded(made).resize(whole.size, Image.Resampling.LANCZOS), whole)


@pytest.mark.parametrize("sampling", ["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize("stored", [(1200, 800), (1203, 801)])
def test_an_own_scale_keeps_more_of_a_picture_than_scaling_does(sampling: str, stored: tuple[int, int]) -> None:
    content = jpeg(scene(stored), subsampling=sampling)
    own = own_scale_near(stored, (730, 487), 1.05)
    assert own == (-(-stored[0] * 5 // 8), -(-stored[1] * 5 // 8))
    made, scaled = scaled_jpeg(content, own, FILTER, 88), scaled_jpeg(content, (730, 487), FILTER, 88)
    assert made is not None
    assert scaled is not None
    assert decoded(made).size == own
    assert nearness(content, made) > nearness(content, scaled)
    finest = decoded(content).resize(own, Image.Resampling.LANCZOS)
    assert likeness(decoded(made), finest) > 33


@pytest.mark.parametrize(
    ("stored", "size", "nearest"),
    [
        ((1200, 800), (730, 487), (750, 500)),
        ((1200, 800), (714, 476), None),
        ((1200, 800), (750, 500), (750, 500)),
        ((1200, 800), (751, 500), None),
        ((1200, 800), (1190, 790), (1200, 800)),
        ((1200, 800), (1300, 867), None),
        ((1000, 1000), (120, 124), (125, 125)),
        ((1000, 1000), (110, 124), None),
        ((9, 7), (2, 1), (2, 1)),
    ],
)
def test_an_own_scale_has_the_pixels_and_hardly_more(
    stored: tuple[int, int], size: tuple[int, int], nearest: tuple[int, int] | None
) -> None:
    assert own_scale_near(stored, size, 1.05) == nearest
