"""Draws the placeholder photographs of the sample: one cut-paper scene per person, seeded by the person's id.

`python content/photos/draw_placeholders.py [ID]…` redraws all pictures, or those named. What a scene shows follows
from `programme.yaml`, and each session has its colours. 1200 × 800 px, sRGB: 576 ppi at a printed width of 150 pt.
"""

from __future__ import annotations

import io
import math
import random
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFilter

SIZE = WIDTH, HEIGHT = 1200, 800
OVERSAMPLING = 3
Point = tuple[float, float]
Colour = tuple[int, int, int]


def _colour(code: str) -> Colour:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


INK, BLUE, MID, PALE = (_colour(code) for code in ("#0f2a44", "#14324f", "#3d5f80", "#a9bccb"))
VERMILION, GOLD, TINT, GREY = (_colour(code) for code in ("#b5322a", "#d9b878", "#f5f1e8", "#6b7480"))
PAPER, WINE, BLACK, WHITE = (_colour(code) for code in ("#ead9bd", "#8a2a25", "#1b2530", "#ffffff"))
SLATE = _colour("#39434f")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a session: the ground from far to near, the fine lines on it, the furniture, the jackets."""

    far: Colour
    near: Colour
    line: Colour
    furniture: Colour
    jackets: tuple[Colour, ...]


PALETTES = (
    Palette(_colour("#33658f"), _colour("#12304d"), GOLD, INK, (GREY, MID, PALE, WINE)),
    Palette(TINT, _colour("#dccfb4"), _colour("#b08a45"), BLUE, (MID, INK, GREY)),
    Palette(_colour("#5d7f9e"), _colour("#234a70"), TINT, INK, (SLATE, INK, BLUE, WINE)),
    Palette(_colour("#a63a31"), _colour("#6e1f1b"), GOLD, INK, (MID,)),
    Palette(_colour("#dfe6ea"), _colour("#a3b7c6"), _colour("#8a6d3b"), BLUE, (INK, MID, WINE, GREY)),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What one picture shows: `kind` is a key of DRAWINGS."""

    person: str
    kind: str
    palette: Palette
    jacket: Colour


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`one`, with `share` (0–1) of `other` in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _mask(draw: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    """An anti-aliased mask of what `draw` paints in oversampled pixels."""
    large = Image.new("L", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING))
    draw(ImageDraw.Draw(large))
    return large.reduce(OVERSAMPLING)


def _polygon(points: Iterable[Point]) -> Image.Image:
    corners = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
    return _mask(lambda pen: pen.polygon(corners, fill=255))


def _ellipse(centre: Point, rx: float, ry: float, outline: float = 0) -> Image.Image:
    (x, y), k = centre, OVERSAMPLING
    box = ((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k)
    fill, width = None if outline else 255, max(1, round(outline * k))
    return _mask(lambda pen: pen.ellipse(box, fill=fill, outline=255, width=width))


def _rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Image.Image:
    box = tuple(value * OVERSAMPLING for value in (left, top, right, bottom))
    return _mask(lambda pen: pen.rounded_rectangle(box, radius * OVERSAMPLING, fill=255))


def _curve(points: Iterable[Point], width: float) -> Image.Image:
    line = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
    return _mask(lambda pen: pen.line(line, fill=255, width=round(width * OVERSAMPLING), joint="curve"))


def _bezier(start: Point, first: Point, second: Point, end: Point, steps: int = 24) -> list[Point]:
    """Points on a cubic Bézier curve."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        corners = list(zip(weights, (start, first, second, end), strict=True))
        points.append((sum(w * p[0] for w, p in corners), sum(w * p[1] for w, p in corners)))
    return points


def _vertical(top: Colour, bottom: Colour) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(SIZE, Image.Resampling.BICUBIC)
    return Image.composite(Image.new("RGB", SIZE, bottom), Image.new("RGB", SIZE, top), ramp)


def _shifted(mask: Image.Image, right: int, down: int) -> Image.Image:
    moved = Image.new("L", SIZE)
    moved.paste(mask, (right, down))
    return moved


def _lay(picture: Image.Image, mask: Image.Image, paint: Colour | Image.Image, opacity: float = 1.0) -> None:
    """Lay `paint` through `mask` on the picture."""
    layer = paint if isinstance(paint, Image.Image) else Image.new("RGB", SIZE, paint)
    picture.paste(layer, (0, 0), mask.point([round(value * opacity) for value in range(256)]))


def _cut(picture: Image.Image, mask: Image.Image, paint: Colour, shadow: float = 0.45, lift: int = 10) -> None:
    """Lay a piece of paper: its soft shadow, its face lit from the upper left, its thin bright edge."""
    cast = _shifted(mask, lift // 2, lift).filter(ImageFilter.GaussianBlur(lift * 1.4))
    _lay(picture, cast, _mixed(INK, (0, 0, 0), 0.5), shadow)
    _lay(picture, mask, _vertical(_mixed(paint, WHITE, 0.10), _mixed(paint, INK, 0.18)))
    edge = ImageChops.subtract(mask, _shifted(mask, 3, 3)).filter(ImageFilter.GaussianBlur(0.8))
    _lay(picture, ImageChops.multiply(edge, mask), (255, 250, 238), 0.32)


def _arcs(picture: Image.Image, palette: Palette, dice: random.Random) -> None:
    """The rainbow bridge: discs of paper one on another, each with a fine line around it."""
    centre = (dice.uniform(0.12, 0.88) * WIDTH, HEIGHT * dice.uniform(0.92, 1.12))
    count, step = dice.randint(6, 8), dice.uniform(92, 112)
    for index in range(count):
        radius = (count - index) * step + 90
        mask = _ellipse(centre, radius, radius)
        _lay(picture, mask.filter(ImageFilter.GaussianBlur(22)), INK, 0.16)
        _lay(picture, mask, _mixed(palette.far, palette.near, (index + 1) / count * 0.9))
        for line in range(3):
            ring = _ellipse(centre, radius - 7 - line * 11, radius - 7 - line * 11, outline=1.6)
            _lay(picture, ring, palette.line, 0.75 - 0.2 * line)
    light = _ellipse((centre[0], 120), 330, 260).filter(ImageFilter.GaussianBlur(150))
    _lay(picture, light, _mixed(palette.far, (255, 248, 230), 0.6), 0.38)


def _figure(
    picture: Image.Image, base: Point, scale: float, jacket: Colour, dice: random.Random, hair: Colour = INK
) -> None:
    """A person from the waist up, `base` between the shoulders; at `scale` 1 the head is 120 px high."""
    x, y = base

    def at(dx: float, dy: float) -> Point:
        return x + dx * scale, y + dy * scale

    lean = dice.uniform(-7, 7)
    neck = [at(lean * 0.6 - 25, -64), at(lean * 0.6 + 25, -64), at(32, 16), at(-32, 16)]
    _cut(picture, _polygon(neck), _mixed(PAPER, GREY, 0.34), 0, 4)
    for side in (-1, 1):
        sleeve = [
            *_bezier(at(side * 100, 34), at(side * 134, 36), at(side * 146, 76), at(side * 150, 130)),
            *_bezier(at(side * 156, 214), at(side * 158, 262), at(side * 134, 290), at(side * 40, 300)),
            *_bezier(at(side * 36, 262), at(side * 96, 256), at(side * 112, 236), at(side * 98, 150)),
        ]
        _cut(picture, _polygon(sleeve), _mixed(jacket, INK, 0.10), 0.4, 8)
    left = _bezier(at(-28, -18), at(-40, 14), at(-104, 4), at(-126, 50))
    right = _bezier(at(126, 50), at(104, 4), at(40, 14), at(28, -18))
    waist = [at(-104, 190), at(-108, 420), at(108, 420), at(104, 190)]
    _cut(picture, _polygon([*left, *waist, *right]), jacket, 0.5, 10)
    _cut(picture, _polygon([at(-29, -18), at(29, -18), at(2, 118), at(-2, 118)]), TINT, 0.2, 4)
    fold = dice.uniform(44, 58)
    for side in (-1, 1):
        edge = ((29, -20), (54, 24), (fold - 10, 46), (fold, 58), (0, 152), (0, 116))
        lapel = _polygon(at(side * dx, dy) for dx, dy in edge)
        _cut(picture, lapel, _mixed(jacket, WHITE, 0.10), 0.3, 4)
    if dice.random() < 0.5:
        _cut(picture, _ellipse(at(47, 40), 6 * scale, 6 * scale), GOLD, 0.3, 2)
    _cut(picture, _ellipse(at(lean, -92), 47 * scale, 60 * scale), PAPER, 0.35, 6)
    _hair(picture, at(lean, -92), scale, hair, dice)


def _hair(picture: Image.Image, head: Point, scale: float, colour: Colour, dice: random.Random) -> None:
    """Short hair around the `head`'s centre, parted to one side or the other."""
    x, y = head
    parting, volume = dice.choice((-1, 1)) * dice.uniform(2, 13), dice.uniform(0, 5)
    cap = _ellipse((x, y - (6 + volume / 2) * scale), (50 + volume) * scale, (61 + volume / 2) * scale)
    face = _ellipse((x + parting * scale, y + 40 * scale), 64 * scale, dice.uniform(66, 78) * scale)
    above = _polygon([(0, 0), (WIDTH, 0), (WIDTH, y - 4 * scale), (0, y - 4 * scale)])
    _cut(picture, ImageChops.multiply(ImageChops.subtract(cap, face), above), colour, 0.25, 4)


def _microphone(picture: Image.Image, foot: Point, tip: Point) -> None:
    """A gooseneck microphone from `foot` to `tip`."""
    (x0, y0), (x1, y1) = foot, tip
    neck = _bezier(foot, (x0, y0 - 70), (x1 + (x0 - x1) * 0.7, y1 - 6), tip)
    _lay(picture, _curve(neck, 5), _mixed(GOLD, BLACK, 0.2))
    angle = math.atan2(y1 - y0 - 60, x1 - x0)
    end = (x1 + 26 * math.cos(angle), y1 + 26 * math.sin(angle))
    ends = ImageChops.lighter(_ellipse(tip, 8, 8), _ellipse(end, 8, 8))
    _cut(picture, ImageChops.lighter(_curve([tip, end], 16), ends), BLACK, 0.3, 4)


def _emblem(picture: Image.Image, centre: Point, radius: float, ground: float) -> None:
    """The sign on the furniture: small concentric half circles, `ground` px above a line 2.5 radii long."""
    x, y = centre
    upper = _polygon([(0, 0), (WIDTH, 0), (WIDTH, y), (0, y)])
    for index in range(5):
        size = radius * (1 - index * 0.18)
        _lay(picture, ImageChops.multiply(_ellipse(centre, size, size, outline=2.6), upper), GOLD, 0.95)
    _lay(picture, _rounded(x - radius * 1.25, y + ground, x + radius * 1.25, y + ground + 4, 2), GOLD, 0.95)


def _lectern(picture: Image.Image, x: float, top: float, palette: Palette) -> None:
    body = [(x - 150, top + 30), (x + 150, top + 30), (x + 118, HEIGHT + 40), (x - 118, HEIGHT + 40)]
    _cut(picture, _polygon(body), palette.furniture, 0.5, 16)
    _cut(picture, _rounded(x - 184, top, x + 184, top + 38, 8), _mixed(palette.furniture, GOLD, 0.16))
    _emblem(picture, (x, top + 176), 74, 12)


def _audience(picture: Image.Image, palette: Palette, dice: random.Random) -> None:
    """Heads of the front row along the lower edge."""
    shade = _mixed(palette.near, INK, 0.78)
    x = dice.uniform(-40, 20)
    while x < WIDTH + 60:
        size, y = dice.uniform(38, 48), HEIGHT - dice.uniform(58, 92)
        _cut(
            picture,
            _rounded(x - size * 1.9, y + size * 0.9, x + size * 1.9, HEIGHT + 90, size * 1.1),
            shade,
            0.4,
            8,
        )
        _cut(picture, _ellipse((x, y), size * 0.82, size), _mixed(shade, WHITE, 0.05), 0.3, 5)
        x += dice.uniform(132, 176)


def _draw_lectern(picture: Image.Image, scene: Scene, dice: random.Random) -> None:
    """A speaker at the lectern, seen from the first row."""
    x = WIDTH * dice.uniform(0.36, 0.64)
    _figure(picture, (x, 372), 1.36, scene.jacket, dice)
    _lectern(picture, x + dice.uniform(-14, 14), 570, scene.palette)
    side = dice.choice((-1, 1))
    _microphone(picture, (x + side * 110, 572), (x + side * 62, 452))


def _draw_stage(picture: Image.Image, scene: Scene, dice: random.Random) -> None:
    """The lectern beside a wide screen, seen over the heads of the audience."""
    side = dice.choice((-1, 1))
    x = WIDTH / 2 + side * 330
    screen = WIDTH / 2 - side * 150
    _cut(picture, _rounded(screen - 370, 84, screen + 370, 480, 10), scene.palette.furniture, 0.55, 20)
    _emblem(picture, (screen, 330), 150, 22)
    _lay(picture, _rounded(screen - 110, 388, screen + 110, 394, 3), TINT, 0.6)
    _figure(picture, (x, 352), 1.04, scene.jacket, dice)
    _lectern(picture, x, 510, scene.palette)
    _microphone(picture, (x - side * 92, 512), (x - side * 50, 412))
    _audience(picture, scene.palette, dice)


def _draw_stand(picture: Image.Image, scene: Scene, dice: random.Random) -> None:
    """A speaker close by, at a microphone on a stand."""
    x = WIDTH * dice.uniform(0.42, 0.58)
    side = dice.choice((-1, 1))
    _figure(picture, (x, 452), 1.86, scene.jacket, dice)
    _lay(picture, _curve([(x + side * 150, 830), (x + side * 92, 600)], 7), BLACK)
    _cut(picture, _curve([(x + side * 98, 616), (x + side * 78, 548)], 26), BLACK, 0.4, 6)
    _cut(picture, _ellipse((x + side * 76, 536), 24, 27), SLATE, 0.4, 6)


def _draw_chart(picture: Image.Image, scene: Scene, dice: random.Random) -> None:
    """The lectern beside a chart whose bars are arcs of the bridge."""
    _cut(picture, _rounded(92, 92, 732, 524, 10), TINT, 0.6, 20)
    upper = _polygon([(0, 0), (WIDTH, 0), (WIDTH, 470), (0, 470)])
    for index, colour in enumerate((VERMILION, BLUE, MID, GOLD, PALE)):
        radius = 268 - index * 44
        ring = ImageChops.multiply(_ellipse((412, 470), radius, radius, outline=26), upper)
        _lay(picture, ring, PALE, 0.28)
        turn = math.radians(dice.uniform(20, 110))
        turns = [step * (math.pi - turn) / 24 for step in range(25)]
        rim = [(412 - 500 * math.cos(angle), 470 - 500 * math.sin(angle)) for angle in turns]
        _cut(picture, ImageChops.multiply(ring, _polygon([(412, 470), *rim])), colour, 0.2, 4)
    _lay(picture, _rounded(132, 471, 692, 474, 1), GREY)
    _figure(picture, (930, 376), 1.24, scene.jacket, dice)
    _lectern(picture, 930, 570, scene.palette)
    _microphone(picture, (836, 572), (876, 456))


def _draw_screen(picture: Image.Image, scene: Scene, dice: random.Random) -> None:
    """A speaker on the video screen above the audience."""
    _cut(picture, _rounded(212, 62, 988, 566, 16), BLACK, 0.6, 22)
    inside = picture.copy()
    inside.paste(_vertical(_colour("#dce5ea"), _colour("#8fa8ba")))
    for index in range(7):
        _lay(inside, _ellipse((600, 560), 130 + index * 62, 130 + index * 62, outline=2), WHITE, 0.7)
    _figure(inside, (600, 372), 1.36, scene.jacket, dice)
    _lay(picture, _rounded(232, 82, 968, 546, 6), inside)
    _lay(picture, _ellipse((936, 112), 9, 9), VERMILION)
    _audience(picture, scene.palette, dice)


def _draw_table(picture: Image.Image, scene: Scene, dice: random.Random) -> None:
    """A speaker at the round table, one or two others beside."""
    sides = dice.choice(((-1, 1), (-1,), (1,)))
    x = WIDTH * (dice.uniform(0.44, 0.56) - 0.13 * sum(sides))
    dim = _mixed(scene.palette.near, MID, 0.55)
    for side in sides:
        _figure(picture, (x + side * dice.uniform(350, 410), 430), 0.98, dim, dice, _mixed(dim, INK, 0.6))
    _figure(picture, (x, 366), 1.34, scene.jacket, dice)
    _cut(picture, _ellipse((x, 1010), 980, 400), _mixed(scene.palette.furniture, GOLD, 0.22), 0.55, 20)
    _cut(picture, _ellipse((x, 1036), 972, 398), scene.palette.furniture, 0.3, 6)
    side = dice.choice((-1, 1))
    _cut(picture, _rounded(x - 92, 628, x + 92, 684, 4), TINT, 0.4, 8)
    _microphone(picture, (x + side * 150, 650), (x + side * 62, 498))


def _draw_host(picture: Image.Image, scene: Scene, dice: random.Random) -> None:
    """A moderator standing with cue cards beside a tall screen."""
    x = WIDTH * dice.uniform(0.34, 0.42)
    _cut(picture, _rounded(690, 90, 1090, 640, 10), scene.palette.furniture, 0.55, 20)
    _emblem(picture, (890, 420), 132, 26)
    _lay(picture, _rounded(800, 480, 980, 486, 3), TINT, 0.6)
    _figure(picture, (x, 386), 1.4, scene.jacket, dice)
    cards = [(x - 84, 706), (x + 66, 682), (x + 82, 772), (x - 68, 796)]
    _cut(picture, _polygon(cards), TINT, 0.5, 10)
    _cut(picture, _polygon([(a + 10, b - 12) for a, b in cards]), _mixed(TINT, GOLD, 0.2), 0.4, 6)
    for side in (-1, 1):
        _cut(picture, _ellipse((x + side * 92, 744 - side * 16), 30, 26), PAPER, 0.4, 6)


DRAWINGS: dict[str, Callable[[Image.Image, Scene, random.Random], None]] = {
    "lectern": _draw_lectern,
    "stage": _draw_stage,
    "stand": _draw_stand,
    "chart": _draw_chart,
    "screen": _draw_screen,
    "table": _draw_table,
    "host": _draw_host,
}


def draw(scene: Scene) -> Image.Image:
    """The picture of `scene`, 1200 × 800 px RGB; the same on every run."""
    dice = random.Random(scene.person)
    picture = _vertical(scene.palette.far, scene.palette.near)
    _arcs(picture, scene.palette, dice)
    DRAWINGS[scene.kind](picture, scene, dice)
    grain = Image.frombytes("L", SIZE, dice.randbytes(WIDTH * HEIGHT)).filter(ImageFilter.GaussianBlur(0.7))
    _lay(picture, grain, WHITE, 0.06)
    _lay(picture, ImageChops.invert(grain), (0, 0, 0), 0.06)
    return picture


def scenes(programme: Any) -> dict[str, Scene]:
    """The scene of each person in a programme (as loaded from YAML): that of the first appearance."""
    found: dict[str, Scene] = {}
    for index, session in enumerate(programme["sessions"]):
        palette = PALETTES[index % len(PALETTES)]
        special = {"report": ("chart",), "discussion": ("table",)}
        usual = special.get(session["kind"], ("lectern", "stage", "stand"))
        entries = [(entry, "") for entry in session.get("items", ())]
        entries += [(entry, "host") for entry in session.get("hosts", ())]
        for place, (entry, fixed) in enumerate(entries):
            appearance = {"person": entry} if isinstance(entry, str) else entry
            onsite = fixed or usual[(place + index) % len(usual)]
            kind = "screen" if appearance.get("mode") == "video" else onsite
            jacket = palette.jackets[place % len(palette.jackets)]
            found.setdefault(appearance["person"], Scene(appearance["person"], kind, palette, jacket))
    return found


def encoded(picture: Image.Image) -> bytes:
    """`picture` as JPEG with an sRGB profile, its time of making blanked: the bytes do not change."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=85, optimize=True, dpi=(300, 300), icc_profile=bytes(profile))
    return stream.getvalue()


def main(wanted: list[str]) -> None:
    """Draw the pictures of the people `wanted`, or of all, into this folder."""
    folder = Path(__file__).resolve().parent
    every = scenes(yaml.safe_load((folder.parent / "programme.yaml").read_text(encoding="utf-8")))
    for person in wanted or every:
        (folder / f"{person}.jpg").write_bytes(encoded(draw(every[person])))


if __name__ == "__main__":
    main(sys.argv[1:])
