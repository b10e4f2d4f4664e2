"""Where lines stand beside floats, and where their text begins: as the engine finds it, in fewer steps a line."""

from __future__ import annotations

from typing import Any

from huikan.render.layout import engine
from huikan.render.layout.used_values import strut

avoid_by_engine = engine.inline.avoid_collisions
skip_by_engine = engine.inline.skip_first_whitespace
least_by_engine = engine.inline.inline_min_content_width
_LEFT, _RIGHT = ("left", "inline-start"), ("right", "inline-end")
_AROUND_TEXT = (engine.LineBox, engine.InlineBox)


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
    """Stand in for the engine's: x and y of a line box, and the width it has, in px."""
    if outer or not isinstance(box, engine.LineBox) or containing_block.style["direction"] != "ltr":
        return avoid_by_engine(context, box, containing_block, outer)  # type: ignore[no-any-return]
    top, shapes = box.border_box_y(), context.excluded_shapes
    start = containing_block.content_box_x()
    end = start + containing_block.width - box.margin_right
    start += box.margin_left
    if not shapes:
        return start - box.margin_left, top - box.margin_top, end - start
    width, height = box.border_width(), box.border_height()
    while True:
        beside = _beside(shapes, top, top + height)
        lefts = [shape.position_x + shape.margin_width() for shape in beside if shape.style["float"] in _LEFT]
        rights = [shape.position_x for shape in beside if shape.style["float"] in _RIGHT]
        left, right = max([*lefts, start]), min([*rights, end])
        if not (lefts or rights) or width <= right - left:
            break
        lower = min(shape.position_y + shape.margin_height() for shape in beside)
        if lower <= top:
            break
        top = lower
    return left - box.margin_left, top - box.margin_top, right - left


def least_width_of_line(context: Any, box: Any, *more: Any, **most: Any) -> float:
    """Stand in for the engine's `inline_min_content_width`: how wide a line is at least, in px; 0 with no float beside.

    The engine asks before it looks for floats, and does without the answer when there are none.
    """
    if isinstance(box, engine.LineBox):
        box.height, _ = strut(box.style)
        top = box.border_box_y()
        if not _beside(context.excluded_shapes, top, top + box.border_height()):
            return 0.0
    return least_by_engine(context, box, *more, **most)  # type: ignore[no-any-return]


def _beside(shapes: Any, top: float, bottom: float) -> list[Any]:
    """The shapes that share some of the height from `top` to `bottom`, as the engine tells it."""
    beside = []
    for shape in shapes:
        upper = shape.position_y
        lower = upper + shape.margin_height()
        if upper < top < lower or upper < bottom < lower or (upper >= top and lower <= bottom):
            beside.append(shape)
    return beside


def skip_first_whitespace(box: Any, skip_stack: Any) -> Any:
    """Stand in for the engine's: where a line begins that would begin at `skip_stack`, with its blanks left out."""
    inner, rest, at = box, skip_stack, -1
    while isinstance(inner, _AROUND_TEXT) and inner.children:
        if rest is None:
            inner = inner.children[0]
        else:
            ((at, rest),) = rest.items()
            inner = inner.children[at]
    if isinstance(inner, engine.TextBox):
        if rest is not None:
            ((at, rest),) = rest.items()
            text = inner.text.encode()[at : at + 1]
        else:
            text = inner.text[:1].encode()
        if at and rest is None and text and text != b" ":
            return skip_stack
    return skip_by_engine(box, skip_stack)
