"""Page numbers exchanged on pages that are laid out, where laying the chapter out anew is sure to give the same.

A number as wide as the one it replaces, digit for digit, moves nothing. With another one, the lines of its paragraph
are laid out again: once with the number that they have, to be sure that they come out as they are, and once with the
new one. Whatever cannot be told so is not done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from huikan.render.chapters import engine
from huikan.render.chapters.paginate import Citation, Pagination
from huikan.render.layout.shaping import ComposedLayout

_Source = tuple[Any, str]
"""What a text comes from: an element, and the tag that tells its own text from that of its pseudo-elements."""
_EXTENTS = ("width", "min_width", "max_width")
_IN_TABLE = (engine.boxes.TableCellBox, engine.boxes.TableRowBox, engine.boxes.TableRowGroupBox)


@dataclass(frozen=True, slots=True)
class _Form:
    """How the number of an anchor's page is printed: its counter style, and the text before and after it."""

    anchor: str
    counter_style: str
    prefix: str
    suffix: str

    def text(self, context: Any, numbers: Mapping[str, int]) -> str:
        """The text of the box."""
        number = context.counter_style.render_value(numbers[self.anchor], self.counter_style)
        return f"{self.prefix}{number}{self.suffix}"


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """The number of an anchor's page where it is printed: the text box and those around it, from the page inwards."""

    box: Any
    around: tuple[Any, ...]
    form: _Form

    @property
    def line(self) -> Any:
        """The line box that it stands in."""
        return next(box for box in reversed(self.around) if isinstance(box, engine.boxes.LineBox))

    @property
    def source(self) -> _Source:
        """What the text comes from."""
        return self.box.element, self.box.element_tag


def printed_numbers(made: Pagination, context: Any, numbers: Mapping[str, int]) -> list[PrintedNumber] | None:
    """The page numbers, by anchor, on pages that were laid out with them; None if some are not to be exchanged.

    Each must be printed once, in boxes that are not as wide as it is, and be told nowhere else.
    """
    forms = _forms(made.citations)
    if forms is None:
        return None
    found: dict[_Source, PrintedNumber] = {}
    for page in made.pages:
        for box, around in _texts_in(page, ()):
            source = box.element, box.element_tag
            if source not in forms:
                continue
            number = PrintedNumber(box, around, forms[source])
            if source in found or box.text != number.form.text(context, numbers):
                return None
            if not _has_given_widths(around) or any(_is_read(number, outer.style) for outer in around):
                return None
            found[source] = number
    return list(found.values()) if len(found) == len(forms) else None


def exchange_numbers(printed: Sequence[PrintedNumber], structure: Any, context: Any, now: Mapping[str, int]) -> bool:
    """Exchange the numbers, by anchor, of pages that `structure` was laid out on in the engine's layout `context`.

    False when it cannot be told whether that comes out as if the chapter were laid out anew; then the pages are spoilt.
    """
    by_line: dict[int, list[tuple[PrintedNumber, str]]] = {}
    for number in printed:
        if number.form.anchor not in now:
            return False
        text = number.form.text(context, now)
        if text != number.box.text:
            by_line.setdefault(id(number.line), []).append((number, text))
    others = []
    for in_line in by_line.values():
        if all(is_as_wide(number.box, text) for number, text in in_line):
            for number, text in in_line:
                say_instead(number.box, text)
        else:
            others.append(in_line)
    return not others or _lay_out_again(others, context, _paragraphs(structure))


def is_as_wide(box: Any, text: str) -> bool:
    """Whether another text takes the place of a text box's own without moving anything."""
    layout = box.pango_layout
    return isinstance(layout, ComposedLayout) and layout.is_as_wide_as(text, box.style)


def say_instead(box: Any, text: str) -> None:
    """Let the box say a text that is as wide."""
    box.pango_layout = box.pango_layout.saying(text, box.style)
    box.text = text


def _forms(citations: tuple[Citation, ...]) -> dict[_Source, _Form] | None:
    """How each number is printed, by what it comes from; None if one is told otherwise than in a text of its own."""
    forms = {}
    for citation in citations:
        content = list(citation.box.style["content"]) if citation.use == "content" else []
        while any(kind == "leader()" for kind, _ in content):
            del content[0]
        counters = [at for at, (kind, _) in enumerate(content) if kind == "target-counter()"]
        strings = [value for kind, value in content if kind == "string"]
        if len(counters) != 1 or len(strings) != len(content) - 1:
            return None
        (at,) = counters
        _, counter, style = content[at][1]
        if counter != "page":
            return None
        source = citation.box.element, citation.box.element_tag
        forms[source] = _Form(citation.anchor, style, "".join(strings[:at]), "".join(strings[at:]))
    return forms


def _texts_in(box: Any, around: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The text boxes in a box, but for leaders, each with the boxes around it."""
    around = (*around, box)
    for child in box.children:
        if isinstance(child, engine.boxes.TextBox):
            yield child, around
        elif isinstance(child, engine.boxes.ParentBox) and not child.is_leader:
            yield from _texts_in(child, around)


def _is_read(number: PrintedNumber, style: Any) -> bool:
    """Whether a bookmark or a running head may say the number, since it says what is in a box of that style."""
    pseudo_element = number.box.element_tag.partition("::")[2]
    strings = style["string_set"] if style["string_set"] != "none" else ()
    said = [part for _, content in strings for part in content if part[0].startswith("content")]
    others = ("content()", "before"), ("content()", "after")
    return style["bookmark_level"] != "none" or any(part not in others or part[1] == pseudo_element for part in said)


def _paragraphs(structure: Any) -> dict[_Source, list[tuple[Any, Any]]]:
    """The texts that were laid out, by what they come from, each with the line box that it was broken into lines in."""
    found: dict[_Source, list[tuple[Any, Any]]] = {}
    for text, around in _texts_in(structure, ()):
        lines = [box for box in around if isinstance(box, engine.boxes.LineBox)]
        if lines:
            found.setdefault((text.element, text.element_tag), []).append((text, lines[-1]))
    return found


def _lay_out_again(
    numbers_of_lines: Sequence[Sequence[tuple[PrintedNumber, str]]],
    context: Any,
    paragraphs: Mapping[_Source, Sequence[tuple[Any, Any]]],
) -> bool:
    for in_line in numbers_of_lines:
        (first, _), *_ = in_line
        block = first.around[first.around.index(first.line) - 1]
        sources = [paragraphs.get(number.source, ()) for number, _ in in_line]
        if any(len(source) != 1 for source in sources):
            return False
        texts, lines = zip(*(source[0] for source in sources), strict=True)
        if any(line is not lines[0] for line in lines):
            return False
        if not _is_laid_out_alike(block.children, _lines(context, lines[0], block)):
            return False
        for box, (_, text) in zip(texts, in_line, strict=True):
            box.text = text
        if not _take_over(block.children, _lines(context, lines[0], block)):
            return False
    return True


def _has_given_widths(around: tuple[Any, ...]) -> bool:
    """Whether none of the boxes is as wide as what is in it."""
    boxes = engine.boxes
    for box in around:
        if any(isinstance(box.style[name], str) and box.style[name] not in ("auto", "none") for name in _EXTENTS):
            return False
        if isinstance(box, boxes.TableBox):
            given = box.style["table_layout"] == "fixed" and box.style["width"] != "auto"
        elif isinstance(box, boxes.InlineBlockBox):
            given = box.style["width"] != "auto"
        elif isinstance(box, boxes.BlockBox):
            given = box.is_in_normal_flow()
        else:
            given = isinstance(box, (boxes.PageBox, boxes.LineBox, boxes.InlineBox, *_IN_TABLE))
        if not given:
            return False
    return True


def _lines(context: Any, line: Any, block: Any) -> list[Any]:
    """The line boxes of a paragraph, laid out in the block that it stands in."""
    line.position_x = block.content_box_x()
    top = block.content_box_y()
    context.create_block_formatting_context(block)  # of its own: floats beside it would be seen to make a difference
    lines = [made for made, _ in engine.iter_line_boxes(context, line, top, -inf, None, block, [], [], None, None)]
    context.finish_block_formatting_context()
    return lines


def _is_laid_out_alike(old: Any, new: Any) -> bool:
    pairs = _pairs(old, new)
    return pairs is not None and all(
        one.position_x == other.position_x
        and one.width == other.width
        and getattr(one, "text", None) == getattr(other, "text", None)
        for one, other in pairs
    )


def _take_over(old: Any, new: Any) -> bool:
    """Where boxes stand in their line and what they say; False if lines are no longer as high as they were."""
    pairs = _pairs(old, new)
    if pairs is None or any(
        one.height != other.height for one, other in pairs if isinstance(one, engine.boxes.LineBox)
    ):
        return False
    for one, other in pairs:
        one.position_x, one.width = other.position_x, other.width
        if isinstance(one, engine.boxes.TextBox):
            one.text, one.pango_layout = other.text, other.pango_layout
    return True


def _pairs(old: Any, new: Any) -> list[tuple[Any, Any]] | None:
    """The boxes that correspond in two lists of boxes; None if the lists differ in more than places and texts."""
    if len(old) != len(new):
        return None
    pairs = []
    for one, other in zip(old, new, strict=True):
        if not isinstance(one, engine.boxes.Box) or type(one) is not type(other) or one.element is not other.element:
            return None
        pairs.append((one, other))
        inner = _pairs(getattr(one, "children", ()), getattr(other, "children", ()))
        if inner is None:
            return None
        pairs += inner
    return pairs
