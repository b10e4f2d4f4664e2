"""The engine's inline layout with Chinese lines taken over, for as long as a context lasts."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from huikan.render.layout import collisions, drawing, engine, operands, prototypes, traversal, unbreakable, used_values
from huikan.render.layout.composer import Composer
from huikan.render.layout.drawing import LinePainter, set_text_colour
from huikan.render.layout.leaders import fill_leader
from huikan.render.layout.line_grid import on_grid
from huikan.render.layout.lines import LineMaker
from huikan.render.layout.shaping import ComposedLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

_lock = threading.Lock()
_depth = 0


class _TakenOver:
    """Stand-ins for the engine's functions; each passes on to the original what is not a Chinese line."""

    def __init__(self) -> None:
        self.composer = Composer()
        self.split_inline_box = engine.inline.split_inline_box
        self.get_next_linebox = engine.inline.get_next_linebox
        self.text_align = engine.inline.text_align
        self.remove_last_whitespace = engine.inline.remove_last_whitespace
        self.handle_leader = engine.inline.handle_leader
        self.line_widths = engine.preferred.inline_line_widths
        self.trailing_size = engine.preferred.trailing_whitespace_size
        self.painter = LinePainter()
        self.draw_text = engine.draw.draw_text
        self.draw_first_line = engine.draw_text.draw_first_line
        self.resolving = used_values.modules_with("resolve_percentages", used_values.resolve_by_engine)
        self.shrinking = used_values.modules_with("shrink_to_fit", used_values.shrink_by_engine)

    def install(self) -> None:
        inline, preferred = engine.inline, engine.preferred
        inline.split_inline_box = self._split_inline_box
        inline.get_next_linebox = self._get_next_linebox
        inline.text_align = self._text_align
        inline.remove_last_whitespace = self._remove_last_whitespace
        inline.handle_leader = self._handle_leader
        preferred.inline_line_widths = self._inline_line_widths
        preferred.trailing_whitespace_size = self._trailing_whitespace_size
        engine.draw.draw_text = self._draw_text
        engine.draw_text.draw_first_line = self._draw_first_line
        engine.block.block_box_layout = self._block_box_layout
        engine.Layout.setup = prototypes.set_up
        inline.strut = used_values.strut
        inline.avoid_collisions = collisions.avoid_collisions
        inline.skip_first_whitespace = collisions.skip_first_whitespace
        inline.inline_min_content_width = collisions.least_width_of_line
        engine.Box.is_in_normal_flow = used_values.is_in_normal_flow
        engine.Box.descendants = traversal.descendants
        engine.anchors.gather_anchors = engine.document.gather_anchors = traversal.gather_anchors
        engine.background.layout_box_backgrounds = used_values.lay_out_backgrounds
        engine.stacking._dispatch_children = traversal.dispatch_children
        engine.draw.draw_outline = engine.draw_border.draw_outline = traversal.draw_outline
        engine.draw.draw_inline_level = drawing.draw_inline_level
        engine.pydyf._to_bytes = operands.to_bytes
        engine.Matrix.__matmul__ = operands.product
        for module in self.resolving:
            module.resolve_percentages = used_values.resolve_percentages
        for module in self.shrinking:
            module.shrink_to_fit = used_values.shrink_to_fit

    def remove(self) -> None:
        inline, preferred = engine.inline, engine.preferred
        inline.split_inline_box = self.split_inline_box
        inline.get_next_linebox = self.get_next_linebox
        inline.text_align = self.text_align
        inline.remove_last_whitespace = self.remove_last_whitespace
        inline.handle_leader = self.handle_leader
        preferred.inline_line_widths = self.line_widths
        preferred.trailing_whitespace_size = self.trailing_size
        engine.draw.draw_text = self.draw_text
        engine.draw_text.draw_first_line = self.draw_first_line
        engine.block.block_box_layout = unbreakable.lay_out_by_engine
        engine.Layout.setup = prototypes.set_up_by_engine
        inline.strut = used_values.strut_by_engine
        inline.avoid_collisions = collisions.avoid_by_engine
        inline.skip_first_whitespace = collisions.skip_by_engine
        inline.inline_min_content_width = collisions.least_by_engine
        engine.Box.is_in_normal_flow = used_values.flow_by_engine
        engine.Box.descendants = traversal.descendants_by_engine
        engine.anchors.gather_anchors = engine.document.gather_anchors = traversal.anchors_by_engine
        engine.background.layout_box_backgrounds = used_values.backgrounds_by_engine
        engine.stacking._dispatch_children = traversal.dispatch_by_engine
        engine.draw.draw_outline = engine.draw_border.draw_outline = traversal.outline_by_engine
        engine.draw.draw_inline_level = drawing.inline_by_engine
        engine.pydyf._to_bytes = operands.bytes_by_engine
        engine.Matrix.__matmul__ = operands.product_by_engine
        for module in self.resolving:
            module.resolve_percentages = used_values.resolve_by_engine
        for module in self.shrinking:
            module.shrink_to_fit = used_values.shrink_by_engine

    def _block_box_layout(
        self,
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool,
        absolute_boxes: list[Any],
        fixed_boxes: list[Any],
        adjoining_margins: list[Any],
        first_letter_style: Any,
        first_line_style: Any,
        discard: bool,
        max_lines: int | None,
    ) -> Any:
        is_plain = skip_stack is first_letter_style is first_line_style is max_lines is None and not discard
        if (
            is_plain
            and not page_is_empty
            and unbreakable.must_wait(self.composer, context, box, bottom_space, containing_block, adjoining_margins)
        ):
            return unbreakable.not_begun()
        return unbreakable.lay_out_by_engine(
            context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes,
            adjoining_margins, first_letter_style, first_line_style, discard, max_lines,
        )  # fmt: skip

    def _split_inline_box(
        self,
        context: Any,
        box: Any,
        position_x: float,
        max_x: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: list[Any],
        fixed_boxes: list[Any],
        line_placeholders: list[Any],
        waiting_floats: list[Any],
        line_children: list[Any],
        first_letter_style: Any,
        first_line_style: Any,
    ) -> Any:
        prepared = None
        if isinstance(box, engine.LineBox) and not first_line_style and _clips(containing_block):
            prepared = self.composer.prepare(context, box, containing_block)
        if prepared is None or not prepared.paragraph.texts:
            return self.split_inline_box(
                context, box, position_x, max_x, bottom_space, skip_stack, containing_block, absolute_boxes,
                fixed_boxes, line_placeholders, waiting_floats, line_children, first_letter_style,
                first_line_style,
            )  # fmt: skip
        maker = LineMaker(context, containing_block, bottom_space, absolute_boxes, fixed_boxes, line_placeholders)
        line, resume_at, forced = self.composer.compose(prepared, skip_stack, position_x, max_x, box.text_indent, maker)
        line.is_composed = True
        return line, resume_at, forced, None, None, {"left": 0, "right": 0}

    def _get_next_linebox(
        self,
        context: Any,
        line: Any,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        *boxes_and_styles: Any,
    ) -> Any:
        position_y = on_grid(context, line, position_y, containing_block)
        self.composer.begin_line(line, skip_stack, context.current_page)
        made, resume_at = self.get_next_linebox(
            context, line, position_y, bottom_space, skip_stack, containing_block, *boxes_and_styles
        )
        self.composer.end_line(line, resume_at, context.current_page)
        return made, resume_at

    def _text_align(self, context: Any, line: Any, available_width: float, last: bool) -> Any:
        if not _is_composed(line):
            return self.text_align(context, line, available_width, last)
        align = line.style["text_align_all"]
        if last and line.style["text_align_last"] != "auto":
            align = line.style["text_align_last"]
        free = max(0.0, available_width - line.width)
        return {"center": free / 2, "end": free, "right": free}.get(align, 0)

    def _remove_last_whitespace(self, context: Any, line: Any) -> None:
        if not _is_composed(line):
            self.remove_last_whitespace(context, line)

    def _handle_leader(self, context: Any, line: Any, containing_block: Any) -> None:
        if _is_composed(line):
            fill_leader(context, line, containing_block)
        else:
            self.handle_leader(context, line, containing_block)

    def _inline_line_widths(
        self,
        context: Any,
        box: Any,
        outer: bool,
        is_line_start: bool,
        minimum: bool,
        skip_stack: Any = None,
        first_line: bool = False,
    ) -> Iterator[float]:
        prepared = None
        if isinstance(box, engine.LineBox):
            prepared = self.composer.prepare(context, box, None)
        if prepared is None or not prepared.paragraph.texts:
            yield from self.line_widths(context, box, outer, is_line_start, minimum, skip_stack, first_line)
            return
        indent = box.style["text_indent"]
        first = indent.value if getattr(indent, "unit", "%") != "%" and skip_stack is None else 0.0
        for width in self.composer.widths(prepared, skip_stack, minimum):
            yield width + first
            first = 0.0

    def _trailing_whitespace_size(self, context: Any, box: Any) -> Any:
        if isinstance(box, engine.LineBox) and self.composer.prepare(context, box, None) is not None:
            return 0
        return self.trailing_size(context, box)

    def _draw_text(self, stream: Any, box: Any, *place: Any) -> None:
        """Paint; text with wide gaps is read back without the spaces that a reader would see in them."""
        if not getattr(box.pango_layout, "is_read_as_written", False):
            self._paint_text(stream, box, *place)
            return
        stream.begin_marked_content("Span", engine.actual_text(box.text))
        self._paint_text(stream, box, *place)
        stream.end_marked_content()

    def _paint_text(self, stream: Any, box: Any, offset_x: float, overflow: str, ellipsis: Any = "none") -> None:
        """As the engine does, but for what is decided by looking once: most text is plain."""
        style, layout = box.style, box.pango_layout
        if (
            not isinstance(layout, ComposedLayout)
            or style["visibility"] != "visible"
            or style["text_decoration_line"] != "none"
        ):
            self.draw_text(stream, box, offset_x, overflow, ellipsis)
            return
        x, y = box.position_x, box.position_y + box.baseline
        set_text_colour(stream, style)
        layout.reactivate(style)
        stream.begin_text()
        emojis = self._draw_first_line(stream, box, overflow, ellipsis, engine.Matrix(d=-1, e=x, f=y))
        stream.end_text()
        if emojis:
            engine.draw_text.draw_emojis(stream, style, x, y, emojis)
        layout.deactivate()

    def _draw_first_line(self, stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        cut = overflow == "ellipsis" or ellipsis != "none"
        if not cut and self.painter.draw(stream, box, matrix):
            return []
        if isinstance(box.pango_layout, ComposedLayout):
            box.pango_layout.activate()
        return self.draw_first_line(stream, box, overflow, ellipsis, matrix)


def _is_composed(line: Any) -> bool:
    return getattr(line, "is_composed", False)


def _clips(containing_block: Any) -> bool:
    """Whether the block cuts nothing off with an ellipsis, which the engine sets itself."""
    style = getattr(containing_block, "style", None)
    return style is None or (style["text_overflow"] == "clip" and style["block_ellipsis"] == "none")


@contextmanager
def taken_over() -> Iterator[None]:
    """Set Chinese lines in place of the engine while the context lasts; contexts may nest."""
    global _depth
    with _lock:
        _depth += 1
        outermost = _depth == 1
        stand_ins = _TakenOver() if outermost else None
        if stand_ins is not None:
            stand_ins.install()
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if stand_ins is not None:
                stand_ins.remove()
