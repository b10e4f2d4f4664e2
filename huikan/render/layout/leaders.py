"""Leaders of composed lines, each set as one text: the engine repeats a box, dozens of times a line."""

from __future__ import annotations

from math import ceil, floor
from typing import Any

from huikan.render.layout import engine

_HAIR = 1e-6
"""Lengths that differ by less, in px, are the same."""


def fill_leader(context: Any, line: Any, containing_block: Any) -> None:
    """Repeat the text of a line's leader up to what follows, which ends where the line may end.

    The repeated texts stand below each other from line to line: they are counted from the end of the block.
    """
    place, leader = engine.leader_index(line)
    if leader is None or not leader.children or leader.children[0].width <= 0:
        return
    (text,) = leader.children
    end = line.position_x + containing_block.width
    room = containing_block.width - line.width
    room -= sum(shape.width for shape in context.excluded_shapes if shape.position_y + shape.height > line.position_y)
    most = floor((end - leader.position_x) / text.width + _HAIR)
    least = ceil((end - leader.position_x - room - text.width) / text.width - _HAIR)
    leader.children = (_repeated(text, most - least, end - most * text.width),) if most > least else ()
    line.width += room
    _make_room(line, place, room)


def _repeated(text: Any, times: int, position_x: float) -> Any:
    repeated = text.copy_with_text(text.text * times)
    repeated.pango_layout = text.pango_layout.repeated(text.style, times)
    repeated.position_x, repeated.width = position_x, text.width * times
    return repeated


def _make_room(line: Any, place: Any, room: float) -> None:
    """Move what follows the leader, and widen the boxes that it stands in."""
    box = line
    while place is not None:
        at, place = place
        for follower in box.children[at + 1 :]:
            if follower.is_in_normal_flow():
                follower.translate(dx=room)
        box = box.children[at]
        box.width += room
