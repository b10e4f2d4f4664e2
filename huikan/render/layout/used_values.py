"""What a computed style gives every box that has it, worked out once a style: the engine works it out once a box."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

from huikan.render.layout import engine

_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"{limit}{extent}" for extent in ("width", "height") for limit in ("", "min_", "max_")),
)
_IN_LINE = (engine.TextBox, engine.InlineBox, engine.LineBox)
"""Boxes that take no part in the collapsing of a table's borders, though they inherit the wish for it."""
resolve_by_engine = engine.resolve_percentages
strut_by_engine = engine.strut
flow_by_engine = engine.Box.is_in_normal_flow


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Stand in for the engine's: margins, paddings, borders and extents of a box, in px or "auto".

    They are the same for all boxes of a style that has no percentages or calculations.
    """
    style = box.style
    try:
        values, collapses = style.same_for_all_boxes
    except AttributeError:
        values, collapses = style.same_for_all_boxes = _values_of(style), style["border_collapse"] == "collapse"
    if values is None or (collapses and not isinstance(box, _IN_LINE)):
        resolve_by_engine(box, containing_block)
    else:
        box.__dict__.update(values)


def strut(style: Any) -> tuple[float, float]:
    """Stand in for the engine's: line height and baseline of a style, in px."""
    try:
        return style.strut  # type: ignore[no-any-return]
    except AttributeError:
        style.strut = strut_by_engine(style)
        return style.strut  # type: ignore[no-any-return]


def _values_of(style: Any) -> dict[str, Any] | None:
    if any(style[name] != "auto" and getattr(style[name], "unit", None) != "px" for name in _LENGTHS):
        return None
    box = SimpleNamespace(style=style)
    resolve_by_engine(box, (0, 0))
    return {name: value for name, value in vars(box).items() if name != "style"}


def is_in_normal_flow(box: Any) -> bool:
    """Stand in for the method of the engine's boxes."""
    style = box.style
    try:
        return style.is_in_normal_flow  # type: ignore[no-any-return]
    except AttributeError:
        style.is_in_normal_flow = flow_by_engine(box)
        return style.is_in_normal_flow  # type: ignore[no-any-return]


def modules_with(name: str, original: Any) -> list[Any]:
    """The engine's modules of layout that took `original` in under `name`."""
    modules = [module for key, module in sys.modules.items() if key.startswith("weasyprint.layout")]
    return [module for module in modules if vars(module).get(name) is original]
