"""Composed lines written to the page as the engine writes them, glyph for glyph, without its detours.

The engine moves each glyph through Pango's structures, asks Pango for each run's font anew, and looks for emoji.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from huikan.render.layout import engine
from huikan.render.layout.engine import FROM_UNITS, ffi, get_pango_font_key, pango, reference_to_font
from huikan.render.layout.operands import to_bytes
from huikan.render.layout.shaping import ComposedLayout
from huikan.render.layout.used_values import is_bare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from huikan.render.layout.glyph_runs import GlyphRun, PlainGlyphs


inline_by_engine = engine.draw.draw_inline_level
_AROUND_TEXT = frozenset({engine.LineBox, engine.InlineBox})


def draw_inline_level(
    stream: Any, page: Any, box: Any, offset_x: float = 0, text_overflow: str = "clip", block_ellipsis: Any = "none"
) -> None:
    """Stand in for the engine's: a line, or a box in it. Most have nothing to paint but text."""
    kind = type(box)
    if kind not in _AROUND_TEXT or stream._tags is not None or not _is_undecorated(box):
        inline_by_engine(stream, page, box, offset_x, text_overflow, block_ellipsis)
        return
    if kind is engine.LineBox:
        text_overflow, block_ellipsis = box.text_overflow, box.block_ellipsis
    last = len(box.children) - 1
    for at, child in enumerate(box.children):
        ellipsis = block_ellipsis if at == last else "none"
        if isinstance(child, engine.stacking.StackingContext):
            engine.draw.draw_inline_level(stream, page, child, offset_x, text_overflow, ellipsis)
            continue
        child_offset_x = offset_x + child.position_x - box.position_x
        if isinstance(child, engine.TextBox):
            engine.draw.draw_text(stream, child, child_offset_x, text_overflow, ellipsis)
        else:
            engine.draw.draw_inline_level(stream, page, child, child_offset_x, text_overflow, ellipsis)


def _is_undecorated(box: Any) -> bool:
    """Whether a box has neither ground nor border."""
    style = box.style
    try:
        return bool(style.is_undecorated)
    except AttributeError:
        style.is_undecorated = is_bare(style) and not any(
            style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left")
        )
        return bool(style.is_undecorated)


class LinePainter:
    """Paints lines; what it finds out about a font of Pango's is kept with the faces that it is one of."""

    def draw(self, stream: Any, textbox: Any, matrix: Any) -> bool:
        """Paint the text of a box on the stream; False, and nothing painted, when that is better left to the engine."""
        layout = textbox.pango_layout
        if not isinstance(layout, ComposedLayout) or not layout.is_as_composed or not textbox.text.strip():
            return False
        faces = textbox.style.font_config
        if layout.plain is not None:
            return self._draw_plain(stream, layout.plain, matrix, textbox.text, faces)
        runs = [(run, *self._font_of(stream, run.font, faces)) for run in layout.composed_runs()]
        if any(_is_special(font) or not _is_plain(run) for run, font, _ in runs):
            return False
        _go_to(stream, matrix)
        shown: list[str] = []
        previous = None
        for run, font, met in runs:
            if run.font != previous:
                previous = run.font
                if shown:
                    stream.show_text("".join(shown))
                shown = []
                stream.set_font_size(font.hash, met.size)
            shown.append(_shown(stream, run, font, met, textbox.text))
        stream.show_text("".join(shown))
        return True

    def _draw_plain(self, stream: Any, glyphs: PlainGlyphs, matrix: Any, text: str, faces: Any) -> bool:
        font, met = self._font_of(stream, glyphs.font, faces)
        if _is_special(font):
            return False
        if not font.widths.keys() >= set(glyphs.ids) <= font.to_unicode.keys():
            _learn(stream, glyphs.run(), font, met, text)
        _go_to(stream, matrix)
        stream.set_font_size(font.hash, met.size)
        stream.show_text(_operand(_unshifted(glyphs.ids, glyphs.widths, font.widths, met.size)))
        return True

    def _font_of(self, stream: Any, pango_font: Any, faces: Any) -> tuple[Any, _Met]:
        """The stream's font for one of Pango's, and what is known of that."""
        fonts: dict[int, _Met] = vars(faces).setdefault("fonts_met", {})
        address = int(ffi.cast("uintptr_t", pango_font))
        if address not in fonts:
            key, _, size = get_pango_font_key(pango_font)
            fonts[address] = _Met(key, size, reference_to_font(pango_font))
        met = fonts[address]
        return stream._fonts.get(met.key) or stream.add_font(pango_font)[0], met


class _Met:
    """A font of Pango's: the engine's key of it, its size in px, a reference, which keeps its address, and widths.

    Those are by glyph, in thousandths of an em.
    """

    def __init__(self, key: Any, size: float, reference: Any) -> None:
        self.key, self.size, self.reference = key, size, reference
        self.widths: dict[int, int] = {}


def set_text_colour(stream: Any, style: Any) -> None:
    """As `set_color` of the stream with the colour of text, which most often is set already."""
    try:
        colour, alpha = style.text_colour
    except AttributeError:
        *channels, opacity = style["color"]
        colour, alpha = style.text_colour = (style["color"].space, *channels), f"a{opacity}"
    if stream._current_color != colour or stream._current_alpha != alpha:
        stream.set_color(style["color"])


def _is_special(font: Any) -> bool:
    """Whether its glyphs are pictures."""
    return bool(font.bitmap or font.png or font.svg or font.colr)


def _is_plain(run: GlyphRun) -> bool:
    """Whether every glyph is in the face and stands on the line."""
    return not any(run.y_offsets) and 0 <= min(run.ids) <= max(run.ids) < pango.PANGO_GLYPH_EMPTY


def _shown(stream: Any, run: GlyphRun, font: Any, met: _Met, text: str) -> str:
    """The run as an operand of TJ, its glyphs moved in thousandths of an em."""
    if not font.widths.keys() >= set(run.ids) <= font.to_unicode.keys():
        _learn(stream, run, font, met, text)
    widths, size = font.widths, met.size
    if not any(run.x_offsets):
        return _operand(_unshifted(run.ids, run.widths, widths, size))
    written = ["<"]
    for glyph, width, x_offset in zip(run.ids, run.widths, run.x_offsets, strict=True):
        offset = x_offset / size
        if offset:
            written.append(f">{-offset}<")
        written.append(_HEXADECIMAL[glyph])
        kerning = widths[glyph] + offset - width * 1000 * FROM_UNITS / size
        if kerning:
            written.append(f">{int(kerning)}<")
    return _operand(written)


def _unshifted(ids: Sequence[int], widths: Sequence[int], natural: Mapping[int, int], size: float) -> list[str]:
    """The glyphs of a run and the moves behind them; its first string is begun."""
    written = ["<"]
    for glyph, width in zip(ids, widths, strict=True):
        written.append(_HEXADECIMAL[glyph])
        kerning = natural[glyph] - width * 1000 * FROM_UNITS / size
        if kerning:
            written.append(f">{int(kerning)}<")
    return written


def _operand(written: list[str]) -> str:
    """What was written with its last string ended."""
    if written[-1][-1] == "<":
        written[-1] = written[-1][:-1]
    else:
        written.append(">")
    return "".join(written)


def _go_to(stream: Any, matrix: Any) -> None:
    *turned, x, y = matrix.values
    stream.stream.append(b"%b %b %b Tm" % (_turned(*turned), to_bytes(x), to_bytes(y)))


def _learn(stream: Any, run: GlyphRun, font: Any, met: _Met, text: str) -> None:
    """Note of glyphs that the font is not known to be used for how wide they are and what they say."""
    for glyph, start, end in zip(run.ids, run.starts, run.starts[1:], strict=False):  # there is one start more
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = text[start:end]
        if glyph not in font.widths:
            if glyph not in met.widths:
                met.widths[glyph] = _natural_width(stream, run.font, glyph, met.size)
            font.widths[glyph] = met.widths[glyph]


class _Hexadecimal(dict[int, str]):
    """Glyph numbers as a content stream has them."""

    def __missing__(self, glyph: int) -> str:
        written = self[glyph] = f"{glyph:04x}"
        return written


_HEXADECIMAL = _Hexadecimal()


@cache
def _turned(*values: float) -> bytes:
    return b" ".join(map(to_bytes, values))


def _natural_width(stream: Any, font: Any, glyph: int, size: float) -> int:
    pango.pango_font_get_glyph_extents(font, glyph, stream.ink_rect, stream.logical_rect)
    width: float = stream.logical_rect.width * 1000 * FROM_UNITS / size
    return round(width)
