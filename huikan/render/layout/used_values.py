"""What a computed style gives every box that has it, worked out once a style: the engine works it out once a box."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable
from math import inf
from types import ModuleType, SimpleNamespace
from typing import Any

from huikan.render.layout import engine

_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"{limit}{extent}" for extent in ("width", "height") for limit in ("", "min_", "max_")),
)
_IN_LINE = (engine.TextBox, engine.InlineBox, engine.LineBox)
"""Boxes that take no part in the collapsing of a table's borders, though they inherit the wish for it."""
_CORNERS = [f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")]
_SQUARE = dict.fromkeys(_CORNERS, (0, 0))
resolve_by_engine = engine.resolve_percentages
strut_by_engine = engine.strut
backgrounds_by_engine = engine.background.layout_box_backgrounds
flow_by_engine = engine.Box.is_in_normal_flow
shrink_by_engine = engine.preferred.shrink_to_fit

_WORKED_OUT = (
    "same_for_all_boxes", "strut", "is_in_normal_flow", "is_bare", "is_flat", "is_undecorated", "is_unmarked",
    "is_without_outline", "is_plain_block",
)  # fmt: skip
"""What styles remember of themselves."""


def changed(style: Any, **values: Any) -> Any:
    """A copy of a style with other computed values, for which nothing is worked out yet."""
    made = copy.copy(style)
    made.update(values)
    for name in _WORKED_OUT:
        vars(made).pop(name, None)
    return made


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
    elif values is not _OF_TEXT or type(box) is not engine.TextBox or "margin_top" in box.__dict__:
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
    values = {name: value for name, value in vars(box).items() if name != "style"}
    return _OF_TEXT if values == _OF_TEXT else values


_OF_TEXT: dict[str, Any] = {
    **{f"{kind}_{side}": 0 for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")},
    **{f"border_{side}_width": 0 for side in ("left", "right", "top", "bottom")},
    **{"width": "auto", "height": "auto", "min_width": 0, "min_height": 0},
    **{"max_width": inf, "max_height": inf},
}
"""What all text has, unless it is given something else: kept once, since there is more text than anything else."""
for _name, _value in _OF_TEXT.items():
    setattr(engine.TextBox, _name, _value)


def is_in_normal_flow(box: Any) -> bool:
    """Stand in for the method of the engine's boxes."""
    style = box.style
    try:
        return style.is_in_normal_flow  # type: ignore[no-any-return]
    except AttributeError:
        style.is_in_normal_flow = flow_by_engine(box)
        return style.is_in_normal_flow  # type: ignore[no-any-return]


def lay_out_backgrounds(
    page: Any, box: Any, get_image: Callable[..., Any], layout_children: bool = True, style: Any = None
) -> None:
    """Stand in for the engine's: backgrounds of a box and of those in it. Most boxes have none, nor round corners."""
    if style is not None or box is page or isinstance(box, engine.AbsolutePlaceholder) or not is_bare(box.style):
        backgrounds_by_engine(page, box, get_image, layout_children, style)
        return
    box.__dict__.update(_SQUARE)
    if layout_children:
        for child in box.all_children():
            if type(child) is engine.TextBox and is_bare(child.style):  # nobody asks for the corners of text
                child.background = None
            else:
                lay_out_backgrounds(page, child, get_image)
    box.background = None


def is_bare(style: Any) -> bool:
    """Whether a box in this style has no ground, no image for one or for its border, no shadow, no round corner."""
    try:
        return style.is_bare  # type: ignore[no-any-return]
    except AttributeError:
        colour = style["background_color"]
        style.is_bare = (
            all((0, "px") in style[corner] for corner in _CORNERS)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and not any(image for _, image in style["background_image"])
            and not style["box_shadow"]
            and colour != "currentcolor"
            and colour.alpha == 0
        )
        return style.is_bare  # type: ignore[no-any-return]


def shrink_to_fit(context: Any, box: Any, available_content_width: float) -> float:
    """Stand in for the engine's, which looks for the least width of a box even where the most it wants has room."""
    preferred = engine.preferred
    most = preferred.max_content_width(context, box, outer=False)
    if most <= available_content_width:
        return float(most)
    least = preferred.min_content_width(context, box, outer=False)
    return float(min(max(least, available_content_width), most))


def modules_with(name: str, original: Any) -> list[Any]:
    """The engine's modules of layout that took `original` in under `name`."""
    package = sys.modules["weasyprint.layout"]
    modules = [package, *(each for each in vars(package).values() if isinstance(each, ModuleType))]
    return [module for module in modules if vars(module).get(name) is original]
