"""Glyph widths from Pango, and glyphs painted at the widths the line composer chose.

Lengths are CSS px, as everywhere inside the engine, unless a name says em or units (Pango's 1/1024 px).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from huikan.render.layout.engine import FROM_UNITS, TO_UNITS, Layout, ffi, pango, reference_to_font, unicode_to_char_p
from huikan.render.layout.glyph_runs import (
    GLYPH_WORDS,
    Cutting,
    GlyphRun,
    PlainGlyphs,
    Shaped,
    compose,
    runs_in,
    words_of,
)
from huikan.render.layout.lone_glyphs import shaped_alone

FULL_WIDTH = 0.8
"""A mark at least this wide, in em, stands on the Han square."""
SQUARE_FALLBACK = ("Noto Serif CJK SC", "Noto Sans CJK SC")
"""Families whose quotation marks stand on the Han square, for text in a face whose own do not."""
_REMEMBERED = 40
"""Characters: texts no longer than this, names and titles, are set again and again."""


class PlainLayout(Layout):  # type: ignore[misc]
    """A Pango layout of text alone, without the engine's letter and word spacing."""

    def set_text(self, text: str, justify: bool = False) -> None:
        """Lay out `text`; `justify` is the engine's and means nothing here."""
        self.text = text
        pointer, _ = unicode_to_char_p(text)
        pango.pango_layout_set_text(self.layout, pointer, -1)


class ComposedLayout(PlainLayout):
    """The layout a text box is painted from: each glyph gets the advance and the shift that were composed.

    `advances` and `shifts` are in em, by character index. `glyphs` are those of the text, if it was shaped before;
    else Pango shapes it when it is painted. Then the glyphs' geometry is set, so that no letter-spacing attribute
    splits or rounds anything.
    """

    justification_spacing = first_line_direction = 0
    max_width = ascent = underline_position = strikethrough_position = None
    underline_thickness = strikethrough_thickness = None
    is_read_as_written = False
    _adjusted = False
    _runs: list[GlyphRun] | None = None
    plain: PlainGlyphs | None = None
    """The glyphs, moved as composed, of text of one face in which each character has one that stands on the line."""

    def __init__(
        self, style: Any, text: str, advances: list[float], shifts: dict[int, float], glyphs: Cutting | None
    ) -> None:
        self.text = self._composed_text = text
        self._advances = advances
        self._shifts = shifts
        self._glyphs = glyphs
        if style["text_decoration_line"] != "none":
            self.setup(style)
            self.deactivate()

    def repeated(self, style: Any, times: int) -> ComposedLayout:
        """The layout of the text so many times over, each as wide as this one."""
        size = len(self.text)
        shifts = {at * size + index: shift for at in range(times) for index, shift in self._shifts.items()}
        return ComposedLayout(style, self.text * times, self._advances * times, shifts, None)

    def is_as_wide_as(self, text: str, style: Any) -> bool:
        """Whether the texts differ in digits alone, and each is as wide as that in its place in the other."""
        if len(text) != len(self.text):
            return False
        if not all(ours == other or (ours + other).isdecimal() for ours, other in zip(self.text, text, strict=True)):
            return False
        one, other = shape(self.text, style), shape(text, style)
        return one.height == other.height and one.advances == other.advances

    def saying(self, text: str, style: Any) -> ComposedLayout:
        """The layout of a text that is as wide."""
        glyphs = Cutting(shape(text, style).runs, 0, len(text))
        made = ComposedLayout(style, text, self._advances, self._shifts, glyphs)
        made.is_read_as_written = self.is_read_as_written
        return made

    def reactivate(self, style: Any) -> None:
        """Be ready to be painted; text whose glyphs are known needs no Pango."""
        self.style = style
        if self._glyphs is not None:
            self.plain = None if self._shifts else self._glyphs.plain(self._advances, style["font_size"])
            if self.plain is None:
                self._runs = self._glyphs.cut()
                self._compose(self._runs or ())
            self._glyphs = None
        if self._runs is None and self.plain is None:
            self.activate()

    def activate(self) -> None:
        """Let Pango shape the text, unless it has."""
        if not hasattr(self, "layout"):
            self.setup(self.style)
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)
            self.set_text(self.text)
            self._adjusted = False

    def deactivate(self) -> None:
        """Let go of what Pango made."""
        for name in ("layout", "language", "style"):
            self.__dict__.pop(name, None)

    def get_first_line(self) -> tuple[Any, Any]:
        """The engine's line, its glyphs moved to their places."""
        line, index = super().get_first_line()
        if not self._adjusted and self.is_as_composed:
            self._adjusted = True
            shaped = list(runs_in(line, self.text))
            self._compose([run for _, run in shaped])
            for item, run in shaped:
                words = words_of(item.glyphs)
                words[1::GLYPH_WORDS] = array("i", run.widths)
                words[2::GLYPH_WORDS] = array("i", run.x_offsets)
        return line, index

    @property
    def is_as_composed(self) -> bool:
        """Whether the text is still the one that was composed: the engine puts an ellipsis into some."""
        return self.text == self._composed_text

    def composed_runs(self) -> list[GlyphRun]:
        """The runs of the text, with the widths and shifts that were composed; the same for every variant painted."""
        if self._runs is None:
            line = pango.pango_layout_get_line_readonly(self.layout, 0)
            runs = [run for _, run in runs_in(line, self.text)]
            self._compose(runs)
            return runs
        return self._runs

    def _compose(self, runs: Sequence[GlyphRun]) -> None:
        compose(runs, self._advances, self._shifts, self.style["font_size"])


def shape(text: str, style: Any) -> Shaped:
    """Natural advances of `text`, which holds no newline, set in one line of the face that `style` names."""
    if len(text) > _REMEMBERED:
        return _shaped(text, style)
    known = _kept_with(style, "shaped")
    if text not in known:
        known[text] = _shaped(text, style)
    remembered: Shaped = known[text]
    return Shaped([*remembered.advances], remembered.height, remembered.runs)


def _kept_with(style: Any, name: str) -> dict[Any, Any]:
    """What was found out about a style, kept as long as the style is."""
    try:
        return getattr(style, name)  # type: ignore[no-any-return]
    except AttributeError:
        setattr(style, name, {})
        return getattr(style, name)  # type: ignore[no-any-return]


def _shaped(text: str, style: Any) -> Shaped:
    return shaped_alone(text, style, _shaped_by_pango) or _shaped_by_pango(text, style)


def _shaped_by_pango(text: str, style: Any) -> Shaped:
    layout = PlainLayout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    advances = [0.0] * len(text)
    runs = []
    for _, run in runs_in(line, text):
        for width, start in zip(run.widths, run.starts, strict=False):  # there is one start more, the end
            advances[start] += width * FROM_UNITS
        run.font = reference_to_font(run.font)
        runs.append(run)
    extents = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
    return Shaped(advances, extents.height * FROM_UNITS, tuple(runs))


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
