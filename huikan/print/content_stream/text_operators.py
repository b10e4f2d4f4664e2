"""Operators that place and show text (ISO 32000-2 §9.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from huikan.print.content_stream.paints import PaintedText
from huikan.print.content_stream.path_operators import flat_colour
from huikan.print.content_stream.state_operators import matrix_of
from huikan.print.geometry import IDENTITY, Matrix, Rect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pikepdf import Object

    from huikan.print.content_stream.graphics_state import Cursor

    Operands = list[Object]

STROKED_MODES = (1, 5)
INVISIBLE_MODES = (3, 7)


def _begin(cursor: Cursor, operands: Operands) -> None:
    cursor.text_matrix = cursor.line_matrix = IDENTITY


def _end(cursor: Cursor, operands: Operands) -> None:
    """Leaving a text object changes nothing that is read here."""


def _font(cursor: Cursor, operands: Operands) -> None:
    dictionary = cursor.resources.entry("/Font", operands[0])
    if dictionary is None:
        raise KeyError(f"no font {operands[0]}")
    cursor.state.font, cursor.state.font_size = cursor.font(dictionary), float(operands[1])


def _character_spacing(cursor: Cursor, operands: Operands) -> None:
    cursor.state.character_spacing = float(operands[0])


def _word_spacing(cursor: Cursor, operands: Operands) -> None:
    cursor.state.word_spacing = float(operands[0])


def _horizontal_scale(cursor: Cursor, operands: Operands) -> None:
    cursor.state.horizontal_scale = float(operands[0]) / 100


def _leading(cursor: Cursor, operands: Operands) -> None:
    cursor.state.leading = float(operands[0])


def _rise(cursor: Cursor, operands: Operands) -> None:
    cursor.state.rise = float(operands[0])


def _render_mode(cursor: Cursor, operands: Operands) -> None:
    cursor.state.render_mode = int(operands[0])


def _move(cursor: Cursor, operands: Operands) -> None:
    shift = Matrix(e=float(operands[0]), f=float(operands[1]))
    cursor.text_matrix = cursor.line_matrix = shift @ cursor.line_matrix


def _move_with_leading(cursor: Cursor, operands: Operands) -> None:
    cursor.state.leading = -float(operands[1])
    _move(cursor, operands)


def _matrix(cursor: Cursor, operands: Operands) -> None:
    cursor.text_matrix = cursor.line_matrix = matrix_of(operands)


def _next_line(cursor: Cursor, operands: Operands) -> None:
    cursor.text_matrix = cursor.line_matrix = Matrix(f=-cursor.state.leading) @ cursor.line_matrix


def _show(cursor: Cursor, operands: Operands) -> None:
    _show_parts(cursor, [operands[0]])


def _show_spaced(cursor: Cursor, operands: Operands) -> None:
    _show_parts(cursor, operands[0].as_list())


def _show_on_next_line(cursor: Cursor, operands: Operands) -> None:
    _next_line(cursor, [])
    _show_parts(cursor, [operands[-1]])


def _show_with_spacings(cursor: Cursor, operands: Operands) -> None:
    cursor.state.word_spacing, cursor.state.character_spacing = float(operands[0]), float(operands[1])
    _show_on_next_line(cursor, operands)


def _show_parts(cursor: Cursor, parts: Iterable[Object]) -> None:
    state = cursor.state
    font, size, stretch = state.font, state.font_size, state.horizontal_scale
    position = 0.0
    first_ink: float | None = None
    last_ink = 0.0
    for part in parts:
        if not isinstance(part, pikepdf.String):
            position -= float(part) / 1000 * size * (1.0 if font.vertical else stretch)
            continue
        for code in font.codes(bytes(part)):
            spacing = state.character_spacing
            if code == 32 and font.code_bytes == 1:
                spacing += state.word_spacing
            if font.vertical:
                end = position - size + spacing
            else:
                end = position + (font.width(code) * size + spacing) * stretch
            if code not in font.blank_codes:
                first_ink = position if first_ink is None else first_ink
                last_ink = end - spacing * (1.0 if font.vertical else stretch)
            position = end
    _paint(cursor, first_ink, last_ink)
    along = Matrix(f=position) if font.vertical else Matrix(e=position)
    cursor.text_matrix = along @ cursor.text_matrix


def _paint(cursor: Cursor, first_ink: float | None, last_ink: float) -> None:
    state = cursor.state
    font, size = state.font, state.font_size
    start, end = (0.0, 0.0) if first_ink is None else (first_ink, last_ink)
    whole = cursor.text_matrix @ state.matrix
    if font.vertical:
        corners = ((-size / 2, start), (size / 2, end))
    else:
        corners = ((start, font.descent * size + state.rise), (end, font.ascent * size + state.rise))
    bounds = whole.bounds(Rect.around(corners)).intersection(state.clip)
    if bounds.is_empty:
        return
    stroked = state.render_mode in STROKED_MODES
    effects = state.stroke_effects if stroked else state.fill_effects
    visible = state.render_mode not in INVISIBLE_MODES
    colour = state.stroke if stroked else state.fill
    if visible:
        colour = flat_colour(cursor, colour, effects, bounds)
        if font.glyph_procedures is not None:
            cursor.enter_glyphs(cursor, font, bounds)
    printed_size = abs(size) * whole.y_scale
    blank = first_ink is None
    cursor.paint(PaintedText(bounds, colour, effects, cursor.within, font, printed_size, visible, blank))


HANDLERS: dict[str, Callable[[Cursor, Operands], None]] = {
    "BT": _begin,
    "ET": _end,
    "Tf": _font,
    "Tc": _character_spacing,
    "Tw": _word_spacing,
    "Tz": _horizontal_scale,
    "TL": _leading,
    "Ts": _rise,
    "Tr": _render_mode,
    "Td": _move,
    "TD": _move_with_leading,
    "Tm": _matrix,
    "T*": _next_line,
    "Tj": _show,
    "TJ": _show_spaced,
    "'": _show_on_next_line,
    '"': _show_with_spacings,
}
