"""A paragraph as the line composer sees it: one flat row of items, and the tree of boxes they came from.

An item is a character, a picture or box in the line (ATOM), or an element without extent (MARKER). A gap is what
lies between item k-1 and item k, and has the index k.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from huikan.render.characters import Kind, is_apostrophe, is_right_to_left, kind_of
from huikan.render.layout.engine import (
    Box,
    InlineBlockBox,
    InlineBox,
    InlineReplacedBox,
    LineBox,
    ParentBox,
    TextBox,
    face_key,
    is_chinese,
)
from huikan.render.layout.glyph_runs import GlyphRun
from huikan.render.layout.places import Places
from huikan.render.layout.shaping import (
    FULL_WIDTH,
    shape,
    side_bearings,
    square_families,
    with_families,
    with_feature,
)
from huikan.render.layout.used_values import resolve_percentages

SPREAD_CLASS = "zh-spread"
"""On an inline box whose two characters take the width of three."""
NAME_CLASSES = frozenset({"name", "zh-name"})
"""On an inline box that holds a person's name."""
VERBATIM_TAGS = frozenset({"code", "kbd", "samp", "tt", "var", "pre"})
_SHARED_MARKS = frozenset("“”‘’—…")
_SIDES = ("margin_left", "margin_right", "padding_left", "padding_right")
_MARKS = frozenset({Kind.OPENER, Kind.CLOSER, Kind.STOP})
_COLLAPSING = ("normal", "nowrap", "pre-line")


class NotComposableError(Exception):
    """The line box holds something that the engine sets better than we do: floats, right-to-left text, tabs."""


class WidthNeededError(Exception):
    """Something in the line is as wide as its containing block makes it, and that is not known yet."""


@dataclass(slots=True)
class Node:
    """A box of the line and the items `start` to `end` (exclusive) it holds.

    `children` for an inline box; `height` in px and glyphs, in its own style, for text; the `width` of what is in it,
    in px, for a box in the line, if that was looked for.
    """

    box: Any
    start: int
    end: int
    children: list[Node] = field(default_factory=list)
    height: float = 0.0
    width: float | None = None
    runs: tuple[GlyphRun, ...] = ()


@dataclass(slots=True)
class Paragraph:
    """Items in parallel lists; lengths in px. `text` of an ATOM is U+FFFC, of a MARKER the empty string."""

    root: Node
    texts: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    advances: list[float] = field(default_factory=list)
    ems: list[float] = field(default_factory=list)
    left_blanks: list[float] = field(default_factory=list)
    right_blanks: list[float] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    styles: list[Any] = field(default_factory=list)
    places: Places = field(default_factory=Places)
    unbroken: list[int] = field(default_factory=list)
    spread: list[bool] = field(default_factory=list)
    raised: list[bool] = field(default_factory=list)
    verbatim: list[bool] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)

    depends_on_width: bool = False
    is_bound: bool = False
    """Whether something about an item binds it to its neighbours: `unbroken`, `spread`, `raised`, ... or `names`."""
    is_padded: bool = False
    """Whether there is anything `before` or `after` an item."""

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(slots=True)
class _Context:
    """What an inline box hands down to its content."""

    path: tuple[int, ...] = ()
    unbroken: int = 0
    raised: bool = False
    verbatim: bool = False
    part: int = 0
    name: int = 0
    spread: bool = False

    @property
    def binds(self) -> bool:
        """Whether it says anything of how items hold together."""
        return bool(self.unbroken or self.raised or self.verbatim or self.part or self.name or self.spread)


class _Flattener:
    def __init__(
        self, containing_block: Any, measure_atom: Any, square_families: dict[str, tuple[str, ...] | None]
    ) -> None:
        self.square_families = square_families
        self.containing_block = containing_block
        self.measure_atom = measure_atom

    def flatten(self, line: Any) -> Paragraph:
        paragraph = Paragraph(Node(line, 0, 0))
        unbroken = 1 if line.style["white_space"] == "nowrap" else 0
        self._add_children(paragraph, paragraph.root, _Context(unbroken=unbroken))
        paragraph.root.end = len(paragraph)
        return paragraph

    def _add_children(self, paragraph: Paragraph, node: Node, context: _Context) -> None:
        for index, child in enumerate(node.box.children):
            path = (*context.path, index)
            start = len(paragraph)
            if not isinstance(child, Box) or not child.is_in_normal_flow():
                self._add_out_of_flow(paragraph, node, child, context, path)
            elif isinstance(child, TextBox):
                if child.text and child.style["font_size"] > 0:
                    self._add_text(paragraph, node, child, context, path)
            elif isinstance(child, InlineBox):
                self._add_inline(paragraph, node, child, context, path, start)
            elif isinstance(child, (InlineBlockBox, InlineReplacedBox)):
                if self.containing_block is None:
                    raise WidthNeededError
                paragraph.depends_on_width = True
                width, inner = self.measure_atom(child)
                node.children.append(Node(child, start, start + 1, width=inner))
                self._add_item(paragraph, context, path, "\ufffc", Kind.ATOM, width, child.style["font_size"])
            else:
                raise NotComposableError(type(child).__name__)

    def _add_out_of_flow(
        self, paragraph: Paragraph, node: Node, child: Any, context: _Context, path: tuple[int, ...]
    ) -> None:
        inside_positioned = isinstance(node.box, InlineBox) and node.box.style["position"] == "relative"
        if child.is_floated() or child.is_footnote() or inside_positioned:
            raise NotComposableError("out of flow")
        node.children.append(Node(child, len(paragraph), len(paragraph) + 1))
        self._add_item(paragraph, context, path, "", Kind.MARKER, 0.0, 0.0)

    def _add_inline(
        self, paragraph: Paragraph, node: Node, box: Any, context: _Context, path: tuple[int, ...], start: int
    ) -> None:
        style = box.style
        if style["direction"] != "ltr" or style["box_decoration_break"] == "clone":
            raise NotComposableError("direction or decoration")
        if any(getattr(style[side], "unit", None) != "px" and style[side] != "auto" for side in _SIDES):
            if self.containing_block is None:
                raise WidthNeededError
            paragraph.depends_on_width = True
        resolve_percentages(box, self.containing_block or (0, 0))
        for side in ("margin_left", "margin_right"):
            if getattr(box, side) == "auto":
                setattr(box, side, 0)
        element = box.element
        classes = element.get("class", "").split() if element is not None else ()
        inner = _Context(
            path=path,
            unbroken=context.unbroken or (start + 2 if style["white_space"] == "nowrap" else 0),
            raised=context.raised or style["vertical_align"] not in ("baseline", "top", "bottom", "middle"),
            verbatim=context.verbatim
            or box.element_tag in VERBATIM_TAGS
            or (element is not None and element.get("data-typeset") == "off"),
            part=start + 1 if "part" in classes else context.part,
            name=start + 1 if NAME_CLASSES.intersection(classes) else context.name,
            spread=SPREAD_CLASS in classes,
        )
        inline = Node(box, start, start)
        node.children.append(inline)
        self._add_children(paragraph, inline, inner)
        if len(paragraph) == start:
            self._add_item(paragraph, inner, path, "", Kind.MARKER, 0.0, 0.0)
        inline.end = len(paragraph)
        before = box.margin_left + box.border_left_width + box.padding_left
        after = box.margin_right + box.border_right_width + box.padding_right
        paragraph.before[start] += before
        paragraph.after[-1] += after
        paragraph.is_padded = paragraph.is_padded or before != 0 or after != 0

    def _add_text(self, paragraph: Paragraph, node: Node, box: Any, context: _Context, path: tuple[int, ...]) -> None:
        style, text = box.style, box.text
        collapsing = style["white_space"] in _COLLAPSING or _is_with_leader(node.box)
        if not collapsing or "\t" in text or is_right_to_left(text):
            raise NotComposableError("text")
        resolve_percentages(box, self.containing_block or (0, 0))
        shaped = shape(text.replace("\n", " "), style)
        square = dash = None
        if is_chinese(style) and _SHARED_MARKS.intersection(text):
            square = self._square_style(style)
            # Pango takes a dash without Han beside it in its run for Latin, and the face then gives a shorter one.
            dash = with_feature(square or style, "fwid")
        start = len(paragraph)
        leaf = Node(box, start, start + len(text), height=shaped.height, runs=shaped.runs)
        node.children.append(leaf)
        em = style["font_size"]
        letter = 0.0 if style["letter_spacing"] == "normal" else style["letter_spacing"]
        word = style["word_spacing"]
        advances, kinds, count = shaped.advances, list(map(kind_of, text)), len(text)
        lefts, rights, styles = [0.0] * count, [0.0] * count, [style] * count
        han = Kind.HAN
        for index in [at for at, kind in enumerate(kinds) if kind is not han]:  # one of ten
            kind, character, advance = kinds[index], text[index], advances[index]
            set_in = style
            if character == "’" and advance >= FULL_WIDTH * em and is_apostrophe(text, index):
                set_in = with_feature(style, "pwid")
                advance = shape(character, set_in).advances[0]
            elif dash is not None and character == "—":
                set_in = dash
                advance = self._dash_advance(dash, text, index)
            elif square is not None and character in _SHARED_MARKS and not is_apostrophe(text, index):
                set_in = square
                advance = shape(character, square).advances[0]
            if kind in _MARKS:
                if advance < FULL_WIDTH * em:
                    kinds[index] = Kind.OTHER
                else:
                    lefts[index], rights[index] = self._blanks(character, kind, set_in, em)
            elif kind is Kind.NEWLINE:
                advance = 0.0
            elif kind is Kind.SPACE:
                advance += word
            advances[index], styles[index] = advance, set_in
        if context.spread:
            advances[0] += em
        if letter:
            rights = [right + letter if advance else right for right, advance in zip(rights, advances, strict=True)]
            advances = [advance + letter if advance else advance for advance in advances]
        paragraph.texts.extend(text)
        paragraph.kinds.extend(kinds)
        paragraph.advances.extend(advances)
        paragraph.left_blanks.extend(lefts)
        paragraph.right_blanks.extend(rights)
        paragraph.styles.extend(styles)
        paragraph.places.add(start, path, text)
        self._add_alike(paragraph, context, em, count)

    def _square_style(self, style: Any) -> Any:
        """The style that “ ” ‘ ’ — … take in Chinese text, when it is not the text's own."""
        key = face_key(style)
        if key not in self.square_families:
            self.square_families[key] = square_families(style)
        families = self.square_families[key]
        return None if families is None else with_families(style, families)

    def _dash_advance(self, style: Any, text: str, index: int) -> float:
        """Advance of a dash; —— is one glyph, whose advance its first character has."""
        place = _place_in_run(text, index)
        if place % 2:
            return shape("——", style).advances[1]
        return shape("——" if text[index : index + 2] == "——" else "—", style).advances[0]

    def _blanks(self, character: str, kind: Kind, style: Any, em: float) -> tuple[float, float]:
        """What may be trimmed of a mark's square, left and right: half an em, or what its ink leaves blank."""
        left, right = (0.5 if blank > 0.46 else max(0.0, blank - 0.04) for blank in side_bearings(character, style))
        return (left * em, 0.0) if kind is Kind.OPENER else (0.0, right * em)

    def _add_item(
        self,
        paragraph: Paragraph,
        context: _Context,
        path: tuple[int, ...],
        text: str,
        kind: Kind,
        advance: float,
        em: float,
    ) -> None:
        paragraph.texts.append(text)
        paragraph.kinds.append(kind)
        paragraph.advances.append(advance)
        paragraph.left_blanks.append(0.0)
        paragraph.right_blanks.append(0.0)
        paragraph.styles.append(None)
        paragraph.places.add(len(paragraph) - 1, path)
        self._add_alike(paragraph, context, em, 1)

    def _add_alike(self, paragraph: Paragraph, context: _Context, em: float, count: int) -> None:
        """What is the same for so many items that follow each other in one box."""
        paragraph.is_bound = paragraph.is_bound or context.binds
        paragraph.ems.extend([em] * count)
        paragraph.before.extend([0.0] * count)
        paragraph.after.extend([0.0] * count)
        paragraph.unbroken.extend([context.unbroken] * count)
        paragraph.spread.extend([context.spread] * count)
        paragraph.raised.extend([context.raised] * count)
        paragraph.verbatim.extend([context.verbatim] * count)
        paragraph.parts.extend([context.part] * count)
        paragraph.names.extend([context.name] * count)


def _is_with_leader(box: Any) -> bool:
    """Whether text in the box has the white space of a leader, which the engine lends to what stands beside it."""
    return box.is_leader or any(child.is_leader for child in box.children)


def _place_in_run(text: str, index: int) -> int:
    """How many of the same character stand directly before `index`."""
    start = index
    while start > 0 and text[start - 1] == text[index]:
        start -= 1
    return index - start


def flatten(
    line: Any, containing_block: Any, measure_atom: Any, square_families: dict[str, tuple[str, ...] | None]
) -> Paragraph:
    """The items of a line box that is not yet broken into lines.

    `containing_block` may be None while it is not known. `measure_atom(box)` gives the margin width of an atomic
    box and, if that was looked for, the width of its content; `square_families` remembers, by face, what was found of
    the marks that Chinese shares with Latin.
    Raises NotComposableError and WidthNeededError.
    """
    if not isinstance(line, LineBox) or line.style["direction"] != "ltr":
        raise NotComposableError("direction")
    if line.style["white_space"] not in _COLLAPSING:
        raise NotComposableError("white space")
    return _Flattener(containing_block, measure_atom, square_families).flatten(line)


def fingerprint(line: Any) -> list[Any]:
    """The boxes of `line` and their texts: the engine changes both in place when page numbers become known."""
    found: list[Any] = []
    pending = [line]
    while pending:
        box = pending.pop()
        found.append(box)
        if isinstance(box, TextBox):
            found.append(box.text)
        elif isinstance(box, ParentBox) and not isinstance(box, InlineReplacedBox):
            pending.extend(box.children)
    return found
