"""Line boxes built from composed lines: text, inline boxes and atoms put at their places."""

from __future__ import annotations

from dataclasses import dataclass
from operator import add
from typing import TYPE_CHECKING, Any

from huikan.render.characters import Kind
from huikan.render.layout import engine
from huikan.render.layout.glyph_runs import Cutting
from huikan.render.layout.shaping import ComposedLayout
from huikan.render.layout.used_values import resolve_percentages, strut

if TYPE_CHECKING:
    from huikan.render.layout.paragraph import Node, Paragraph


LOOKS_LIKE_SPACE = 0.1
"""A gap wider than this, in em, is taken for a space by readers of PDF that guess spaces from gaps."""


@dataclass(slots=True)
class Placed:
    """Items `start` to `end` as one line, dropped items up to `gap`; `spaces[i]` is the gap before item start+i."""

    start: int
    end: int
    gap: int
    spaces: list[float]
    width: float
    last: bool


@dataclass(slots=True)
class LineMaker:
    """What the engine hands to the function that makes a line, for the boxes in it that need laying out."""

    context: Any
    containing_block: Any
    bottom_space: float
    absolute_boxes: list[Any]
    fixed_boxes: list[Any]
    placeholders: list[Any]

    def make(self, paragraph: Paragraph, placed: Placed, position_x: float) -> Any:
        """The line box, its content laid out from `position_x` on; vertical places are the engine's to find."""
        pen = _Pen(self, paragraph, placed, position_x)
        root = paragraph.root
        line = root.box.copy_with_children(pen.children_of(root))
        line.width = pen.x - line.content_box_x()
        engine.adjust_line_height(line)
        return line


class _Pen:
    """Runs along one line and leaves boxes behind; `x` is where it stands."""

    def __init__(self, maker: LineMaker, paragraph: Paragraph, placed: Placed, x: float) -> None:
        self.maker = maker
        self.paragraph = paragraph
        self.placed = placed
        self.x = x
        self._spaced = placed.start

    def children_of(self, node: Node) -> list[Any]:
        """Copies of the boxes in `node`, as far as they are on this line."""
        start, gap = self.placed.start, self.placed.gap
        made = []
        for child in node.children:
            if child.end <= start or child.start >= gap:
                continue
            box = child.box
            if not box.is_in_normal_flow():
                made.extend(self._out_of_flow(box))
            elif isinstance(box, engine.InlineBox):
                made.append(self._inline(child))
            elif isinstance(box, engine.TextBox):
                made.extend(self._texts(child))
            else:
                made.append(self._atom(child))
        return made

    def _enter(self, item: int) -> None:
        """Take the gap before `item`, once, outside every box that begins with it."""
        if item > self._spaced and item < self.placed.end:
            self.x += self.placed.spaces[item - self.placed.start]
            self._spaced = item

    def _inline(self, node: Node) -> Any:
        paragraph, placed = self.paragraph, self.placed
        begins, ends = node.start >= placed.start, node.end <= placed.gap
        if begins:
            self._enter(node.start)
        left = self.x
        box = node.box.copy()
        box.remove_decoration_sides = set()
        box.remove_decoration(start=not begins, end=not ends)
        box.position_x = left
        box.position_y = paragraph.root.box.position_y
        self.x += box.margin_left + box.border_left_width + box.padding_left
        content_left = self.x
        box.children = self.children_of(node)
        box.width = self.x - content_left
        self.x += box.padding_right + box.border_right_width + box.margin_right
        engine.adjust_line_height(box)
        return box

    def _atom(self, node: Node) -> Any:
        self._enter(node.start)
        maker = self.maker
        resolve_percentages(node.box, maker.containing_block)
        out_of_flow = maker.absolute_boxes, maker.fixed_boxes
        if node.width is None:
            box = engine.atomic_box(maker.context, node.box, self.x, None, maker.containing_block, *out_of_flow)
        else:
            box = engine.lay_out_inline_block(maker.context, node.box, node.width, self.x, *out_of_flow)
        box.position_x = self.x
        self.x += box.margin_width()
        return box

    def _out_of_flow(self, box: Any) -> list[Any]:
        if box.is_running() or box.is_note():
            self.maker.context.add_running_element(box)
            return []
        box.position_x = self.x
        box.position_y = self.paragraph.root.box.position_y
        placeholder = engine.AbsolutePlaceholder(box)
        self.maker.placeholders.append(placeholder)
        fixed = box.style["position"] == "fixed"
        (self.maker.fixed_boxes if fixed else self.maker.absolute_boxes).append(placeholder)
        return [placeholder]

    def _texts(self, node: Node) -> list[Any]:
        """The text of a node on this line.

        One box, or more where a mark comes from another face or characters stand so far apart that a reader of the
        PDF would take the gap for a space.
        """
        styles = self.paragraph.styles
        start, end = max(node.start, self.placed.start), min(node.end, self.placed.end)
        if start < end and self._is_one_text(start, end):
            self._enter(start)
            return [self._text(node, start, end, False)]
        made = []
        while start < end:
            apart = self._stands_apart(start + 1, end)
            until = start + 1
            if apart:
                while self._stands_apart(until, end):
                    until += 1
            else:
                while until < end and styles[until] is styles[start] and not self._stands_apart(until + 1, end):
                    until += 1
            self._enter(start)
            made.append(self._text(node, start, until, apart))
            start = until
        return made

    def _is_one_text(self, start: int, end: int) -> bool:
        """Whether items of a text are in one style and none stands apart: so it is with most."""
        style, first = self.paragraph.styles[start], self.placed.start
        gaps = self.placed.spaces[start + 1 - first : end - first]
        letter = style["letter_spacing"]
        widest = max(gaps, default=0.0) + (0 if letter == "normal" else letter)
        if widest > LOOKS_LIKE_SPACE * self.paragraph.ems[start]:
            return False
        return len(set(map(id, self.paragraph.styles[start:end]))) == 1

    def _stands_apart(self, item: int, end: int) -> bool:
        """Whether `item` is so far from the character before it that the gap looks like a space, and is none."""
        if item >= end or self.paragraph.styles[item] is not self.paragraph.styles[item - 1]:
            return False
        kinds = self.paragraph.kinds
        letter = self.paragraph.styles[item]["letter_spacing"]
        gap = self.placed.spaces[item - self.placed.start] + (0 if letter == "normal" else letter)
        return gap > LOOKS_LIKE_SPACE * self.paragraph.ems[item] and Kind.SPACE not in (kinds[item - 1], kinds[item])

    def _text(self, node: Node, start: int, end: int, apart: bool) -> Any:
        paragraph, placed = self.paragraph, self.placed
        style = paragraph.styles[start]
        em = style["font_size"]
        gaps = placed.spaces[start + 1 - placed.start : end - placed.start]
        advances = [*map(add, paragraph.advances[start:end], gaps), paragraph.advances[end - 1]]
        self._spaced = end - 1
        shifts: dict[int, float] = {}
        if start == placed.start and paragraph.left_blanks[start]:
            shifts[0] = -paragraph.left_blanks[start] / em
            advances[0] -= paragraph.left_blanks[start]
        if end == placed.end:
            advances[-1] -= paragraph.right_blanks[end - 1]
        text = node.box.text[start - node.start : end - node.start]
        box = node.box.copy_with_text(text)
        box.style = style
        box.position_x = self.x
        box.position_y = paragraph.root.box.position_y
        box.width = sum(advances)
        self.x += box.width
        box.height = node.height
        line_height, baseline = strut(node.box.style)
        box.margin_top = box.margin_bottom = (line_height - node.height) / 2
        box.baseline = baseline
        glyphs = Cutting(node.runs, start - node.start, end - node.start) if style is node.box.style else None
        box.pango_layout = ComposedLayout(style, text, [advance / em for advance in advances], shifts, glyphs)
        box.pango_layout.is_read_as_written = apart or paragraph.spread[start]
        return box
