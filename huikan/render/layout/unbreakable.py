"""Blocks that may not be broken and cannot end on the page are not begun there.

The engine sets such a block line by line until the page is full, throws the lines away and sets them on the next
page. Here its lines are counted before any is made: their plans are kept, and are those of the next page.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from huikan.render.layout import engine
from huikan.render.layout.used_values import resolve_percentages, strut

if TYPE_CHECKING:
    from huikan.render.layout.composer import Composer

lay_out_by_engine = engine.block.block_box_layout
_AVOIDED = ("avoid", "avoid-page")
_PLAIN = {
    "overflow": "visible",
    "column_width": "auto",
    "column_count": "auto",
    "continue": "auto",
    "max_lines": "none",
    "text_overflow": "clip",
    "block_ellipsis": "none",
    "direction": "ltr",
}
_SLACK = 1.0
"""Lines stand on the page's grid by a tolerance; a block that misses the end of the page by less, in px, is tried."""


class _NotKnownError(Exception):
    """The block holds something of whose height nothing is known but by laying it out."""


def must_wait(
    composer: Composer, context: Any, box: Any, bottom_space: float, containing_block: Any, margins_above: list[Any]
) -> bool:
    """Whether the block `box`, begun where it stands, would be thrown away since it cannot end on the page.

    No means that it has to be tried: floats that take room, tables, footnotes, negative margins, running elements and
    pages of other names within the block are the engine's to weigh.
    """
    if box.style["break_inside"] not in _AVOIDED or context.in_column:
        return False
    if containing_block.style["direction"] != "ltr":  # there a block is moved whenever its width is worked out
        return False
    if context.footnotes or context.current_page_footnotes or context.reported_footnotes:
        return False
    if any(margin < 0 for margin in margins_above):
        return False
    if any(shape.position_y + shape.margin_height() > box.position_y for shape in context.excluded_shapes):
        return False
    room = context.page_bottom - bottom_space - box.position_y + _SLACK
    try:
        engine.block_level_width(box, containing_block)
        height = _least_height(composer, context, box, room)
    except _NotKnownError:
        return False
    exceeds = height > max(0.0, room)  # a block without lines has its place below the end of the page as well
    return exceeds and _is_among_pages_alike(box, containing_block) and not _lends_to_page(box)


def _is_among_pages_alike(box: Any, containing_block: Any) -> bool:
    """Whether the blocks around want pages of one name: the engine's answers then lead to the same next page."""
    names = {name for each in (box, *containing_block.children) for name in each.page_values()}
    return len(names) == 1


def _lends_to_page(box: Any) -> bool:
    """Whether something in the block belongs elsewhere: the engine gives it to each page where the block is tried."""
    return not all(
        each.is_in_normal_flow() or each.is_floated() or each.is_absolutely_positioned() for each in box.descendants()
    )


def not_begun() -> tuple[None, None, dict[str, Any], list[Any], bool, None]:
    """What the engine's `block_box_layout` answers for a block that is to begin on the next page."""
    return None, None, {"break": "any", "page": None}, [], False, None


def _least_height(composer: Composer, context: Any, box: Any, room: float) -> float:
    """Height in px that the lines in a block of known width take at least, counted until they exceed `room`."""
    _expect_plain(box)
    page = box.style["page"]
    height = 0.0
    for child in box.children:
        if child.style["page"] != page:
            raise _NotKnownError
        if child.is_floated():
            _expect_hung(child, box)
        elif isinstance(child, engine.LineBox):
            height += composer.count_lines(context, child, box) * strut(child.style)[0]
        elif child.is_in_normal_flow():
            if type(child) is not engine.boxes.BlockBox:
                raise _NotKnownError
            resolve_percentages(child, box)
            child.position_x = box.content_box_x()
            engine.block_level_width(child, box)
            height += _least_height(composer, context, child, room - height)
        elif not child.is_absolutely_positioned():
            raise _NotKnownError
        if height > room:
            break
    return height


def _expect_plain(box: Any) -> None:
    """Raise _NotKnownError unless the block is as high as what is in it."""
    style = box.style
    try:
        is_plain = style.is_plain_block
    except AttributeError:
        is_plain = style.is_plain_block = all(style[name] == value for name, value in _PLAIN.items())
    if (
        not is_plain
        or box.is_table_wrapper
        or box.first_letter_style is not None
        or box.first_line_style is not None
        or box.height != "auto"
        or box.max_height != inf
        or any(margin != "auto" and margin < 0 for margin in (box.margin_top, box.margin_bottom))
    ):
        raise _NotKnownError


def _expect_hung(box: Any, containing_block: Any) -> None:
    """Raise _NotKnownError unless the float hangs beside the text, which it leaves as wide as it was."""
    resolve_percentages(box, containing_block)
    if box.style["float"] != "left" or "auto" in (box.margin_left, box.margin_right, box.width):
        raise _NotKnownError
    width = max(box.min_width, min(box.max_width, box.width))
    sides = box.padding_left + box.padding_right + box.border_left_width + box.border_right_width
    if width + sides + box.margin_left + box.margin_right > 0:
        raise _NotKnownError
