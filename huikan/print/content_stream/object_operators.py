"""Operators that paint images, forms and shadings (ISO 32000-2 §8.7.4, §8.8–8.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from huikan.print.content_stream.colour_spaces import GRAY, UNKNOWN, ColourSpace
from huikan.print.content_stream.paints import PaintedImage, PaintedShading
from huikan.print.content_stream.path_operators import flat_colour
from huikan.print.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pikepdf import Object

    from huikan.print.content_stream.graphics_state import Cursor

    Operands = list[Object]

UNIT_SQUARE = Rect(0.0, 0.0, 1.0, 1.0)
_INLINE_KEYS = {
    "/W": "/Width",
    "/H": "/Height",
    "/CS": "/ColorSpace",
    "/IM": "/ImageMask",
    "/I": "/Interpolate",
}


def _do(cursor: Cursor, operands: Operands) -> None:
    xobject = cursor.resources.entry("/XObject", operands[0])
    if not isinstance(xobject, pikepdf.Stream):
        raise KeyError(f"no XObject {operands[0]}")
    subtype = str(xobject.get("/Subtype", ""))
    if subtype == "/Form":
        cursor.enter_form(cursor, xobject)
    elif subtype == "/Image":
        _paint_image(cursor, dict(xobject.items()), xobject.objgen)


def _inline_image(cursor: Cursor, operands: Operands) -> None:
    """`ID` carries the keys and values of the image dictionary, abbreviated (ISO 32000-2 table 91)."""
    entries = {}
    for key, value in zip(operands[::2], operands[1::2], strict=False):
        entries[_INLINE_KEYS.get(str(key), str(key))] = value
    _paint_image(cursor, entries)


def _paint_image(cursor: Cursor, entries: Mapping[str, Object], source: tuple[int, int] = (0, 0)) -> None:
    matrix = cursor.state.matrix
    bounds = matrix.bounds(UNIT_SQUARE).intersection(cursor.state.clip)
    if bounds.is_empty:
        return
    effects = cursor.state.fill_effects
    stencil = bool(entries.get("/ImageMask", False))
    colour = flat_colour(cursor, cursor.state.fill, effects, bounds) if stencil else cursor.state.fill
    space = entries.get("/ColorSpace")
    cursor.paint(
        PaintedImage(
            bounds=bounds,
            colour=colour,
            effects=effects,
            within=cursor.within,
            matrix=matrix,
            pixel_width=int(entries["/Width"]),
            pixel_height=int(entries["/Height"]),
            space=_image_space(cursor, space, stencil=stencil),
            stencil=stencil,
            interpolated=bool(entries.get("/Interpolate", False)),
            masked_softly=isinstance(entries.get("/SMask"), pikepdf.Stream),
            source=source,
        )
    )


def _image_space(cursor: Cursor, space: Object | None, *, stencil: bool) -> ColourSpace:
    if stencil:
        return GRAY
    return UNKNOWN if space is None else cursor.resources.space(space)


def _shade(cursor: Cursor, operands: Operands) -> None:
    shading = cursor.resources.entry("/Shading", operands[0])
    if shading is None:
        raise KeyError(f"no shading {operands[0]}")
    state = cursor.state
    if not state.clip.is_empty:
        space = cursor.resources.space(shading.get("/ColorSpace"))
        cursor.paint(PaintedShading(state.clip, state.fill_effects, cursor.within, space))


HANDLERS: dict[str, Callable[[Cursor, Operands], None]] = {
    "Do": _do,
    "ID": _inline_image,
    "sh": _shade,
}
