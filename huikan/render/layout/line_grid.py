"""Lines that stand on the page's line grid, so that facing pages share their baselines.

A style sheet asks for it by the inherited custom property `--line-grid`, the grid's step: of the text in such an
element, each line whose line height is exactly the step begins at a whole number of steps below the top of the page
area. CSS Line Grid would call it `line-snap`; the engine does not know it.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from huikan.render.layout.engine import InlineBlockBox
from huikan.render.layout.used_values import strut

PROPERTY = "__line_grid"
"""The engine's name for `--line-grid`."""
_PX = {"px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "pc": 16.0}
_TOLERANCE = 0.02
"""Lengths that differ by less, in px, are taken for the same."""


def grid_step(style: Any) -> float | None:
    """Step of the grid in px that text in `style` stands on, if any."""
    for token in style[PROPERTY] or ():
        if getattr(token, "type", "") == "dimension" and token.lower_unit in _PX:
            return float(token.value) * _PX[token.lower_unit]
    return None


def on_grid(context: Any, line: Any, position_y: float, containing_block: Any) -> float:
    """Where a line that would begin at `position_y` begins on the grid: there or below."""
    step = grid_step(line.style)
    area = context.current_footnote_area
    if not step or area is None or isinstance(containing_block, InlineBlockBox):
        return position_y
    if abs(strut(line.style)[0] - step) > _TOLERANCE:
        return position_y
    below_top: float = position_y - area.page.content_box_y()
    return position_y + ceil((below_top - _TOLERANCE) / step) * step - below_top
