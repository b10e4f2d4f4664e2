"""Operators that build, paint and clip with paths (ISO 32000-2 §8.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.print.content_stream.colour_spaces import Colour
from huikan.print.content_stream.graphics_state import PathUnderConstruction
from huikan.print.content_stream.paints import PaintedPath, PaintedShading

if TYPE_CHECKING:
    from collections.abc import Callable

    from pikepdf import Object

    from huikan.print.content_stream.graphics_state import Cursor
    from huikan.print.content_stream.paints import Effects
    from huikan.print.geometry import Rect

    Operands = list[Object]

SAME_PLACE_PT = 1e-3


def flat_colour(cursor: Cursor, colour: Colour, effects: Effects, bounds: Rect) -> Colour:
    """The colour to report for a paint of `bounds`; the content of a pattern is walked on the way."""
    pattern = colour.pattern
    if pattern is None:
        return colour
    if int(pattern.get("/PatternType", 0)) == 2:
        space = cursor.resources.space(pattern.Shading.get("/ColorSpace"))
        cursor.paint(PaintedShading(bounds, effects, cursor.within, space))
        return colour
    if colour.components and colour.space.underlying is not None:
        return Colour(colour.space.underlying, colour.components)
    cursor.enter_pattern(cursor, pattern, bounds)
    return colour


def _point(cursor: Cursor, x: Object, y: Object) -> None:
    cursor.path.add(cursor.state.matrix.apply(float(x), float(y)))


def _move(cursor: Cursor, operands: Operands) -> None:
    cursor.path.subpaths += 1
    _point(cursor, operands[0], operands[1])


def _line(cursor: Cursor, operands: Operands) -> None:
    _point(cursor, operands[0], operands[1])


def _curve(cursor: Cursor, operands: Operands) -> None:
    cursor.path.curved = True
    for at in range(0, len(operands) - 1, 2):
        _point(cursor, operands[at], operands[at + 1])


def _rectangle(cursor: Cursor, operands: Operands) -> None:
    x, y, width, height = (float(number) for number in operands)
    cursor.path.subpaths += 1
    for corner in ((x, y), (x + width, y), (x + width, y + height), (x, y + height)):
        cursor.path.add(cursor.state.matrix.apply(*corner))


def _close(cursor: Cursor, operands: Operands) -> None:
    """Closing adds no new place."""


def _clip(cursor: Cursor, operands: Operands) -> None:
    cursor.path.clips = True


def _painter(*, fill: bool, stroke: bool) -> Callable[[Cursor, Operands], None]:
    def paint(cursor: Cursor, operands: Operands) -> None:
        path, cursor.path = cursor.path, PathUnderConstruction()
        if path.bounds is None:
            return
        if fill:
            _fill(cursor, path, path.bounds)
        if stroke:
            _stroke(cursor, path.bounds)
        if path.clips:
            cursor.state.clip = cursor.state.clip.intersection(path.bounds)

    return paint


def _fill(cursor: Cursor, path: PathUnderConstruction, bounds: Rect) -> None:
    visible = bounds.intersection(cursor.state.clip)
    if visible.is_empty:
        return
    effects = cursor.state.fill_effects
    colour = flat_colour(cursor, cursor.state.fill, effects, visible)
    thickness = min(bounds.width, bounds.height) if _is_bar(path, bounds) else None
    cursor.paint(PaintedPath(visible, colour, effects, cursor.within, False, thickness))


def _stroke(cursor: Cursor, bounds: Rect) -> None:
    width = cursor.state.line_width * cursor.state.matrix.scale
    visible = bounds.grown(width / 2).intersection(cursor.state.clip)
    if visible.is_empty:
        return
    effects = cursor.state.stroke_effects
    colour = flat_colour(cursor, cursor.state.stroke, effects, visible)
    cursor.paint(PaintedPath(visible, colour, effects, cursor.within, True, width))


def _is_bar(path: PathUnderConstruction, bounds: Rect) -> bool:
    """Whether the path is one upright rectangle, as typesetters draw rules and borders."""
    if path.subpaths != 1 or path.curved or not 4 <= len(path.points) <= 5:
        return False
    return all(
        min(abs(x - bounds.x0), abs(x - bounds.x1)) < SAME_PLACE_PT
        and min(abs(y - bounds.y0), abs(y - bounds.y1)) < SAME_PLACE_PT
        for x, y in path.points
    )


HANDLERS: dict[str, Callable[[Cursor, Operands], None]] = {
    "m": _move,
    "l": _line,
    "c": _curve,
    "v": _curve,
    "y": _curve,
    "re": _rectangle,
    "h": _close,
    "W": _clip,
    "W*": _clip,
    "n": _painter(fill=False, stroke=False),
    "f": _painter(fill=True, stroke=False),
    "F": _painter(fill=True, stroke=False),
    "f*": _painter(fill=True, stroke=False),
    "S": _painter(fill=False, stroke=True),
    "s": _painter(fill=False, stroke=True),
    "B": _painter(fill=True, stroke=True),
    "B*": _painter(fill=True, stroke=True),
    "b": _painter(fill=True, stroke=True),
    "b*": _painter(fill=True, stroke=True),
}
