"""Glyph widths from Pango, and glyphs painted at the widths the line composer chose.

Lengths are CSS px, as everywhere inside the engine, unless a name says em or units (Pango's 1/1024 px).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import ceil, floor
from typing import Any

from huikan.render.layout.engine import FROM_UNITS, TO_UNITS, Layout, ffi, pango, unicode_to_char_p

FULL_WIDTH = 0.8
"""A mark at least this wide, in em, stands on the Han square."""
SQUARE_FALLBACK = ("Noto Serif CJK SC", "Noto Sans CJK SC")
"""Families whose quotation marks stand on the Han square, for text in a face whose own do not."""
_REMEMBERED = 40
"""Characters: texts no longer than this, names and titles, are set again and again."""
_GLYPH_WORDS = 5
"""32-bit words of a PangoGlyphInfo: glyph, width, x offset, y offset, attributes."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """Advance of each character of a text (a cluster's on its first character); `height` of its line."""

    advances: list[float]
    height: float


@dataclass(slots=True)
class GlyphRun:
    """Glyphs of one face, in parallel lists: ids, widths and offsets in Pango's units, bytes where clusters begin."""

    item: Any
    ids: list[int]
    widths: list[int]
    x_offsets: list[int]
    y_offsets: list[int]
    clusters: list[int]

    @property
    def font(self) -> Any:
        """The PangoFont of all its glyphs."""
        return self.item.item.analysis.font


class PlainLayout(Layout):  # type: ignore[misc]
    """A Pango layout of text alone, without the engine's letter and word spacing."""

    def set_text(self, text: str, justify: bool = False) -> None:
        """Lay out `text`; `justify` is the engine's and means nothing here."""
        self.text = text
        pointer, _ = unicode_to_char_p(text)
        pango.pango_layout_set_text(self.layout, pointer, -1)


class ComposedLayout(PlainLayout):
    """The layout a text box is painted from: each glyph gets the advance and the shift that were composed.

    `advances` and `shifts` are in em, by character index. Pango shapes the text anew when it is painted;
    then the glyphs' geometry is set, so that no letter-spacing attribute splits or rounds anything.
    """

    def __init__(self, style: Any, text: str, advances: list[float], shifts: dict[int, float]) -> None:
        self.justification_spacing = 0
        self.max_width = None
        self.text = self._composed_text = text
        self._advances = advances
        self._shifts = shifts
        self._adjusted = False
        self.first_line_direction = 0
        self.is_read_as_written = False
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.underline_thickness = self.strikethrough_thickness = None
        if style["text_decoration_line"] != "none":
            self.setup(style)
            self.deactivate()

    def reactivate(self, style: Any) -> None:
        """Shape the text again, ready to be painted."""
        self.setup(style)
        pango.pango_layout_set_single_paragraph_mode(self.layout, True)
        self.set_text(self.text)
        self._adjusted = False

    def get_first_line(self) -> tuple[Any, Any]:
        """The engine's line, its glyphs moved to their places."""
        line, index = super().get_first_line()
        if not self._adjusted and self.is_as_composed:
            self._adjusted = True
            for run in self.runs_of(line):
                words = _words_of(run.item.glyphs)
                words[1::_GLYPH_WORDS] = array("i", run.widths)
                words[2::_GLYPH_WORDS] = array("i", run.x_offsets)
        return line, index

    @property
    def is_as_composed(self) -> bool:
        """Whether the text is still the one that was composed: the engine puts an ellipsis into some."""
        return self.text == self._composed_text

    def runs_of(self, line: Any) -> Iterator[GlyphRun]:
        """The runs of the line that Pango made of the text, with the widths and shifts that were composed."""
        character_at = _characters_by_byte(self.text)
        size = self.style["font_size"]
        thousandth = size * TO_UNITS / 1000
        drift = 0.0
        for run in _runs(line):
            widths, x_offsets = run.widths, run.x_offsets
            offset, count = run.item.item.offset, len(widths)
            starts = [offset + cluster for cluster in run.clusters]
            starts.append(offset + run.item.item.length)
            first = 0
            for index in range(count):
                if starts[index + 1] == starts[index]:
                    continue
                begin, end = character_at[starts[index]], character_at[starts[index + 1]]
                natural = sum(widths[first : index + 1]) / thousandth
                wanted = sum(self._advances[begin:end]) * 1000 + drift
                change = round(wanted - natural)
                drift = wanted - natural - change
                if change:
                    # The engine truncates kerning to whole thousandths of an em: stay on the far side of one.
                    width = widths[index] + change * thousandth
                    widths[index] = ceil(width) if change > 0 else floor(width)
                if begin in self._shifts:
                    # The engine divides this by the size and takes the quotient for thousandths of an em.
                    x_offsets[first] += round(self._shifts[begin] * 1000 * size)
                first = index + 1
            yield run


def shape(text: str, style: Any) -> Shaped:
    """Natural advances of `text`, which holds no newline, set in one line of the face that `style` names."""
    if len(text) > _REMEMBERED:
        return _shaped(text, style)
    known = _kept_with(style, "shaped")
    if text not in known:
        known[text] = _shaped(text, style)
    return Shaped([*known[text].advances], known[text].height)


def _kept_with(style: Any, name: str) -> dict[Any, Any]:
    """What was found out about a style, kept as long as the style is."""
    try:
        return getattr(style, name)  # type: ignore[no-any-return]
    except AttributeError:
        setattr(style, name, {})
        return getattr(style, name)  # type: ignore[no-any-return]


def _shaped(text: str, style: Any) -> Shaped:
    layout = PlainLayout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    character_at = _characters_by_byte(text)
    advances = [0.0] * len(text)
    for run in _runs(line):
        offset = run.item.item.offset
        for width, cluster in zip(run.widths, run.clusters, strict=True):
            advances[character_at[offset + cluster]] += width * FROM_UNITS
    extents = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
    return Shaped(advances, extents.height * FROM_UNITS)


def lacks_glyph(character: str, style: Any) -> bool:
    """Whether no face that `style` leads to has a glyph for `character`."""
    layout = PlainLayout(style)
    layout.set_text(character)
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        run = run.next
        for index in range(glyphs.num_glyphs):
            glyph = glyphs.glyphs[index].glyph
            if glyph != pango.PANGO_GLYPH_EMPTY and glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                return True
    return False


def square_families(style: Any) -> tuple[str, ...] | None:
    """Families from which text in `style` takes “ ” ‘ ’ — … on the Han square; None when its own do.

    The marks are shared with Latin text. A Latin face named first would set them narrow and low, and so does a
    Chinese face whose marks are Latin ones (LXGW WenKai): then they come from `SQUARE_FALLBACK`.
    """
    families = tuple(style["font_family"])
    han = _family_of("汉", style)
    if _family_of("“", style) == han and _is_square("“", style):
        return None
    for candidate in ((han, *families), *((face, *families) for face in SQUARE_FALLBACK)):
        if _is_square("“", with_families(style, candidate)):
            return candidate
    return None


def with_families(style: Any, families: tuple[str, ...]) -> Any:
    """A copy of `style` in other families, the same each time."""
    known = _kept_with(style, "in_families")
    if families not in known:
        known[families] = style.copy()
        known[families]["font_family"] = families
    return known[families]


def with_feature(style: Any, feature: str) -> Any:
    """A copy of `style` with an OpenType feature, the same each time.

    `pwid` gives proportional marks, `fwid` full-width ones.
    """
    known = _kept_with(style, "with_features")
    if feature not in known:
        features = style["font_feature_settings"]
        known[feature] = style.copy()
        known[feature]["font_feature_settings"] = (*(features if features != "normal" else ()), (feature, 1))
    return known[feature]


def _is_square(character: str, style: Any) -> bool:
    return shape(character, style).advances[0] >= FULL_WIDTH * float(style["font_size"])


def _family_of(character: str, style: Any) -> str:
    """Name of the family that `character` is in fact set in."""
    layout = PlainLayout(style)
    layout.set_text(character)
    line, _ = layout.get_first_line()
    description = ffi.gc(
        pango.pango_font_describe_with_absolute_size(line.runs[0].data.item.analysis.font),
        pango.pango_font_description_free,
    )
    return str(ffi.string(pango.pango_font_description_get_family(description)).decode())


def side_bearings(character: str, style: Any) -> tuple[float, float]:
    """Blank to the left and to the right of a mark's ink, in em of `style`'s size."""
    known = _kept_with(style, "side_bearings")
    if character not in known:
        known[character] = _side_bearings(character, style)
    return known[character]  # type: ignore[no-any-return]


def _side_bearings(character: str, style: Any) -> tuple[float, float]:
    layout = PlainLayout(style)
    layout.set_text(character)
    line, _ = layout.get_first_line()
    ink = ffi.new("PangoRectangle *")
    logical = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, logical)
    em = style["font_size"] * TO_UNITS
    return (ink.x - logical.x) / em, (logical.x + logical.width - ink.x - ink.width) / em


def _runs(line: Any) -> Iterator[GlyphRun]:
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        words = _words_of(item.glyphs)
        ids, widths, x_offsets, y_offsets = (words[column::_GLYPH_WORDS].tolist() for column in range(4))
        clusters = ffi.unpack(item.glyphs.log_clusters, item.glyphs.num_glyphs)
        yield GlyphRun(item, ids, widths, x_offsets, y_offsets, clusters)


def _words_of(glyphs: Any) -> memoryview:
    """The PangoGlyphInfo records of a run, one after the other."""
    return memoryview(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * _GLYPH_WORDS * 4)).cast("i")


def byte_offsets(text: str) -> Sequence[int]:
    """Offset in UTF-8 of each character of `text`, and of its end."""
    if text.isascii():
        return range(len(text) + 1)
    return list(accumulate(map(_bytes_of, text), initial=0))


@cache
def _bytes_of(character: str) -> int:
    return len(character.encode())


def _characters_by_byte(text: str) -> Any:
    """Character index of each byte offset at which a character of `text` begins, and of its end."""
    offsets = byte_offsets(text)
    return offsets if isinstance(offsets, range) else dict(zip(offsets, range(len(offsets)), strict=True))
