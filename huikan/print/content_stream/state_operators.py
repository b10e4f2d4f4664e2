"""Operators that set the graphics state and colours (ISO 32000-2 §8.4.4, §8.6.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from huikan.print.content_stream.colour_spaces import CMYK, GRAY, RGB, Colour, ColourSpace, Family
from huikan.print.geometry import Matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pikepdf import Object

    from huikan.print.content_stream.graphics_state import Cursor

    Operands = list[Object]


def matrix_of(operands: Iterable[Object]) -> Matrix:
    """Six numbers as a matrix; raises TypeError or ValueError when they are not."""
    a, b, c, d, e, f = (float(number) for number in operands)
    return Matrix(a, b, c, d, e, f)


def _save(cursor: Cursor, operands: Operands) -> None:
    cursor.save()


def _restore(cursor: Cursor, operands: Operands) -> None:
    cursor.restore()


def _concatenate(cursor: Cursor, operands: Operands) -> None:
    cursor.state.matrix = matrix_of(operands) @ cursor.state.matrix


def _line_width(cursor: Cursor, operands: Operands) -> None:
    cursor.state.line_width = float(operands[0])


def _extended_state(cursor: Cursor, operands: Operands) -> None:
    settings = cursor.resources.entry("/ExtGState", operands[0])
    if settings is None:
        raise KeyError(f"no graphics state {operands[0]}")
    state = cursor.state
    if "/LW" in settings:
        state.line_width = float(settings.LW)
    if "/OP" in settings:
        state.stroke_overprint = bool(settings.OP)
        # `OP` alone governs fills too (ISO 32000-2 table 57).
        state.fill_overprint = bool(settings.get("/op", settings.OP))
    elif "/op" in settings:
        state.fill_overprint = bool(settings["/op"])
    if "/OPM" in settings:
        state.overprint_mode = int(settings.OPM)
    if "/CA" in settings:
        state.stroke_alpha = float(settings.CA)
    if "/ca" in settings:
        state.fill_alpha = float(settings["/ca"])
    if "/BM" in settings:
        blend = settings.BM
        first = blend[0] if isinstance(blend, pikepdf.Array) and len(blend) else blend
        state.blend = str(first).removeprefix("/")
    if "/SMask" in settings:
        state.soft_mask = isinstance(settings.SMask, pikepdf.Dictionary)
    if "/Font" in settings:
        dictionary, size = settings.Font.as_list()
        state.font, state.font_size = cursor.font(dictionary), float(size)


def _set_fill(cursor: Cursor, colour: Colour) -> None:
    cursor.state.fill = colour


def _set_stroke(cursor: Cursor, colour: Colour) -> None:
    cursor.state.stroke = colour


def _current_fill(cursor: Cursor) -> Colour:
    return cursor.state.fill


def _current_stroke(cursor: Cursor) -> Colour:
    return cursor.state.stroke


def _device(space: ColourSpace, setter: Callable[[Cursor, Colour], None]) -> Callable[[Cursor, Operands], None]:
    def set_colour(cursor: Cursor, operands: Operands) -> None:
        values = tuple(float(number) for number in operands)
        if len(values) != space.components:
            raise ValueError(f"{space.family} takes {space.components} numbers, not {len(values)}")
        setter(cursor, Colour(space, values))

    return set_colour


def _choose_space(setter: Callable[[Cursor, Colour], None]) -> Callable[[Cursor, Operands], None]:
    def choose(cursor: Cursor, operands: Operands) -> None:
        space = cursor.resources.space(operands[0])
        setter(cursor, Colour(space, space.initial))

    return choose


def _set_components(
    current: Callable[[Cursor], Colour], setter: Callable[[Cursor, Colour], None]
) -> Callable[[Cursor, Operands], None]:
    def set_components(cursor: Cursor, operands: Operands) -> None:
        space = current(cursor).space
        if operands and isinstance(operands[-1], pikepdf.Name):
            pattern = cursor.resources.entry("/Pattern", operands[-1])
            tint = tuple(float(number) for number in operands[:-1])
            setter(cursor, Colour(_pattern_space(space), tint, pattern))
        else:
            setter(cursor, Colour(space, tuple(float(number) for number in operands)))

    return set_components


def _pattern_space(space: ColourSpace) -> ColourSpace:
    return space if space.family is Family.PATTERN else ColourSpace(Family.PATTERN, 0)


HANDLERS: dict[str, Callable[[Cursor, Operands], None]] = {
    "q": _save,
    "Q": _restore,
    "cm": _concatenate,
    "w": _line_width,
    "gs": _extended_state,
    "g": _device(GRAY, _set_fill),
    "G": _device(GRAY, _set_stroke),
    "rg": _device(RGB, _set_fill),
    "RG": _device(RGB, _set_stroke),
    "k": _device(CMYK, _set_fill),
    "K": _device(CMYK, _set_stroke),
    "cs": _choose_space(_set_fill),
    "CS": _choose_space(_set_stroke),
    "sc": _set_components(_current_fill, _set_fill),
    "scn": _set_components(_current_fill, _set_fill),
    "SC": _set_components(_current_stroke, _set_stroke),
    "SCN": _set_components(_current_stroke, _set_stroke),
}
