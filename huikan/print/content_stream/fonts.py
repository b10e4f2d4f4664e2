"""Fonts as far as preflight needs them: is it embedded, and how wide are its glyphs (ISO 32000-2 §9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from pikepdf import Object

ASCENT, DESCENT = 0.88, -0.12
"""The em box of Chinese type: fonts state line heights here, far beyond what any glyph covers."""

_BLANK_CODE = re.compile(rb"<([0-9A-Fa-f]{2,8})>\s*(?:<[0-9A-Fa-f]{2,8}>\s*)?<(?:0020|00[aA]0|3000|200[0-9aAbB])>")
MAX_TO_UNICODE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A font of a page. Widths, `ascent` and `descent` are in em; codes are `code_bytes` long."""

    name: str
    subtype: str
    embedded: bool
    code_bytes: int = 1
    widths: dict[int, float] = field(default_factory=dict)
    default_width: float = 0.5
    ascent: float = ASCENT
    descent: float = DESCENT
    vertical: bool = False
    blank_codes: frozenset[int] = frozenset()
    glyph_procedures: Object | None = None
    glyph_matrix: tuple[float, ...] = (0.001, 0, 0, 0.001, 0, 0)

    def width(self, code: int) -> float:
        """Advance of `code` in em, horizontally."""
        return self.widths.get(code, self.default_width)

    def codes(self, shown: bytes) -> list[int]:
        """The character codes of a shown string."""
        if self.code_bytes == 1:
            return list(shown)
        return [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]


NO_FONT = Font("", "", embedded=True)


def read_font(font: Object) -> Font:
    """Read a font dictionary; what is missing or malformed falls back to the usual values."""
    subtype = str(font.get("/Subtype", "")).removeprefix("/")
    if subtype == "Type0":
        return _composite_font(font)
    if subtype == "Type3":
        return _type3_font(font)
    name = _base_name(font)
    descriptor = font.get("/FontDescriptor")
    first = int(font.get("/FirstChar", 0))
    widths = {first + at: float(width) / 1000 for at, width in enumerate(_array(font, "/Widths"))}
    return Font(
        name,
        subtype,
        _is_embedded(descriptor),
        widths=widths,
        default_width=0.5,
        blank_codes=_blank_codes(font) or frozenset((32, 160)),
        ascent=_extent(descriptor, "/Ascent", ASCENT),
        descent=_extent(descriptor, "/Descent", DESCENT),
    )


def _composite_font(font: Object) -> Font:
    descendants = _array(font, "/DescendantFonts")
    descendant = descendants[0] if descendants else pikepdf.Dictionary()
    descriptor = descendant.get("/FontDescriptor")
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Stream):
        vertical = int(encoding.get("/WMode", 0)) == 1
    else:
        vertical = str(encoding).endswith("-V")
    return Font(
        _base_name(font),
        "Type0",
        _is_embedded(descriptor),
        code_bytes=2,
        widths=_cid_widths(_array(descendant, "/W")),
        default_width=float(descendant.get("/DW", 1000)) / 1000,
        vertical=vertical,
        blank_codes=_blank_codes(font),
        ascent=_extent(descriptor, "/Ascent", ASCENT),
        descent=_extent(descriptor, "/Descent", DESCENT),
    )


def _type3_font(font: Object) -> Font:
    matrix = tuple(float(number) for number in _array(font, "/FontMatrix")) or (0.001, 0, 0, 0.001, 0, 0)
    box = [float(number) for number in _array(font, "/FontBBox")]
    first = int(font.get("/FirstChar", 0))
    widths = {first + at: float(width) * matrix[0] for at, width in enumerate(_array(font, "/Widths"))}
    has_box = len(box) == 4 and box[3] > box[1]
    return Font(
        _base_name(font) or "Type3",
        "Type3",
        embedded=True,
        widths=widths,
        default_width=0.0,
        blank_codes=_blank_codes(font) or _codes_named_space(font),
        ascent=box[3] * matrix[3] if has_box else ASCENT,
        descent=box[1] * matrix[3] if has_box else DESCENT,
        glyph_procedures=font,
        glyph_matrix=matrix,
    )


def _base_name(font: Object) -> str:
    name = str(font.get("/BaseFont", font.get("/Name", ""))).removeprefix("/")
    return name[7:] if re.match(r"[A-Z]{6}\+", name) else name


def _is_embedded(descriptor: Object | None) -> bool:
    return isinstance(descriptor, pikepdf.Dictionary) and any(
        isinstance(descriptor.get(key), pikepdf.Stream) for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def _extent(descriptor: Object | None, key: str, limit: float) -> float:
    stated = float(descriptor.get(key, 0)) / 1000 if isinstance(descriptor, pikepdf.Dictionary) else 0.0
    if stated == 0.0:
        return limit
    return min(stated, limit) if limit > 0 else max(min(stated, 0.0), limit)


def _array(owner: Object, key: str) -> list[Object]:
    value = owner.get(key)
    return list(value.as_list()) if isinstance(value, pikepdf.Array) else []


def _cid_widths(runs: list[Object]) -> dict[int, float]:
    """`c [w1 w2 …]` and `first last w` runs (ISO 32000-2 §9.7.4.3)."""
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(runs):
        first = int(runs[at])
        if isinstance(runs[at + 1], pikepdf.Array):
            for offset, width in enumerate(runs[at + 1].as_list()):
                widths[first + offset] = float(width) / 1000
            at += 2
        elif at + 2 < len(runs):
            last = min(int(runs[at + 1]), 65535)
            widths.update(dict.fromkeys(range(first, last + 1), float(runs[at + 2]) / 1000))
            at += 3
        else:
            break
    return widths


def _blank_codes(font: Object) -> frozenset[int]:
    to_unicode = font.get("/ToUnicode")
    if not isinstance(to_unicode, pikepdf.Stream):
        return frozenset()
    cmap = to_unicode.read_bytes()[:MAX_TO_UNICODE_BYTES]
    return frozenset(int(code, 16) for code in _BLANK_CODE.findall(cmap))


def _codes_named_space(font: Object) -> frozenset[int]:
    """Codes that /Differences gives the glyph `space`: a Type3 font has no standard encoding to fall back on."""
    encoding = font.get("/Encoding")
    differences = _array(encoding, "/Differences") if isinstance(encoding, pikepdf.Dictionary) else []
    codes, code = set(), 0
    for entry in differences:
        if isinstance(entry, pikepdf.Name):
            if str(entry) in ("/space", "/nbspace", "/uni00A0"):
                codes.add(code)
            code += 1
        else:
            code = int(entry)
    return frozenset(codes)
