"""Small faces with tables of their own, and a fontconfig that knows them beside those of the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

CHARACTERS = "汉会一0123456789，。《"
CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


def name_of(character: str) -> str:
    """The glyph of a character."""
    return f"u{ord(character):04X}"


def write_face(folder: Path, family: str, features: str = "", weights: tuple[int, int, int] | None = None) -> Path:
    """A face of squares, digits half as wide; `weights` are least, own and greatest of a variable one."""
    names = {character: name_of(character) for character in CHARACTERS}
    order = [".notdef", *names.values(), "alt", "one.tnum", "oneone", "space"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(character): name for character, name in names.items()} | {32: "space"})
    widths = dict.fromkeys(order, 1000) | {"alt": 500, "one.tnum": 600, "oneone": 900}
    widths |= {names[digit]: 500 for digit in "0123456789"}
    builder.setupGlyf({name: _square(width) for name, width in widths.items()})
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    if features:
        addOpenTypeFeaturesFromString(builder.font, features)
    if weights is not None:
        builder.setupFvar([("wght", *weights, "Weight")], [])
        heavier: Any = [(-20, 0), (-20, 0), (20, 0), (20, 0), (0, 0), (0, 0), (0, 0), (0, 0)]
        builder.setupGvar({name_of("汉"): [_variation({"wght": (0.0, 1.0, 1.0)}, heavier)]})
    path = folder / f"{family}.ttf"
    builder.save(path)
    return path


def write_configuration(folder: Path) -> Path:
    """A fontconfig file for the faces in a folder."""
    path = folder / "fonts.conf"
    path.write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
    return path


def _square(width: int) -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for place in ((50, 700), (width - 50, 700), (width - 50, 0)):
        pen.lineTo(place)
    pen.closePath()
    return pen.glyph()


def _variation(axes: dict[str, tuple[float, float, float]], moves: Any) -> Any:
    from fontTools.ttLib.tables.TupleVariation import TupleVariation

    return TupleVariation(axes, moves)
