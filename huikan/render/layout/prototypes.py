"""One Pango layout a style, copied for each text: the engine would make context and font anew each time."""

from __future__ import annotations

from typing import Any

from huikan.render.layout.engine import Layout, copy_of_layout

_MEASURES = ("ascent", "underline_position", "underline_thickness", "strikethrough_position", "strikethrough_thickness")
set_up_by_engine = Layout.setup


def set_up(self: Any, style: Any) -> None:
    """Stand in for the engine's `Layout.setup`: the same layout, copied from the first one of this style."""
    prototype, font_map = getattr(style, "prototype_of_layout", None), style.font_config.font_map
    if prototype is None or prototype[0] is not font_map:
        set_up_by_engine(self, style)
        measures = {name: getattr(self, name) for name in _MEASURES if hasattr(self, name)}
        style.prototype_of_layout = (font_map, copy_of_layout(self.layout), self.language, measures)
        return
    _, pristine, self.language, measures = prototype
    self.style = style
    self.first_line_direction = 0
    self.layout = copy_of_layout(pristine)
    for name, value in measures.items():
        setattr(self, name, value)
