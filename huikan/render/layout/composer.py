"""Lines of Chinese composed in place of the engine's: plans kept by paragraph, boxes built by plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from huikan.render.characters import Kind
from huikan.render.layout import engine
from huikan.render.layout.breaks import FORCED, break_costs
from huikan.render.layout.collisions import skip_first_whitespace
from huikan.render.layout.gaps import Gaps, gaps_of
from huikan.render.layout.lines import LineMaker, Placed
from huikan.render.layout.optimum import MOST, Row, Setting, best_breaks
from huikan.render.layout.paragraph import (
    NotComposableError,
    Paragraph,
    WidthNeededError,
    fingerprint,
    flatten,
)
from huikan.render.layout.used_values import resolve_percentages

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADINGS = frozenset({"h1", "h2", "h3"})
_BALANCED_CLASSES = frozenset({"balance", "theme"})
_DROPPED_AT_END = frozenset({Kind.SPACE, Kind.NEWLINE})
_HEFT = {Kind.HAN: 1.0, Kind.LATIN: 1.0, Kind.DIGIT: 1.0, Kind.OTHER: 1.0, Kind.ATOM: 2.0}
"""What an item counts towards a last line of two characters; a box in the line is a word of its own."""


@dataclass(slots=True)
class Prepared:
    """A paragraph ready to be broken: what it was made from, its numbers, and the plans made so far."""

    print: list[Any]
    width: float | None
    paragraph: Paragraph
    gaps: Gaps
    row: Row
    setting: Setting
    plans: dict[tuple[int, float, float], list[int]]


class Composer:
    """Composes the line boxes of one document. The engine lays a box out several times: nothing here is spent.

    A plan is a pure function of the box's content, the item it starts from and the two widths, and is kept under
    just these; a box whose content the engine has changed since is prepared again.
    """

    def __init__(self) -> None:
        self._prepared: dict[int, Prepared] = {}
        self._square_families: dict[str, tuple[str, ...] | None] = {}
        self._refused: dict[int, list[Any]] = {}
        self._unchanged: Any = None
        self._left_off: tuple[Any, Any, int] | None = None

    def begin_line(self, line: Any, skip_stack: Any, page: int) -> None:
        """A line of `line` is asked for: the text is known to be as it was, if it goes on where the last one ended."""
        last = self._left_off
        goes_on = last is not None and last[0] is line and last[1] is skip_stack is not None and last[2] == page
        self._unchanged = line if goes_on else None

    def end_line(self, line: Any, resume_at: Any, page: int) -> None:
        """The line ends there; what is set next may be its paragraph's next line."""
        self._left_off = line, resume_at, page

    def prepare(self, context: Any, line: Any, containing_block: Any) -> Prepared | None:
        """The paragraph in `line`, or None when the engine is to set it.

        `containing_block` is None while preferred widths are sought; then what depends on it is the engine's.
        """
        if not engine.is_chinese(line.style) and _setting_of(line) is not Setting.BALANCED:
            return None
        width = None if containing_block is None else containing_block.width
        known = self._prepared.get(id(line))  # a print begins with its box, which so keeps its identity
        if known is not None and line is self._unchanged and known.width in (None, width):
            return known
        print_ = fingerprint(line)
        if known is not None and known.print == print_ and known.width in (None, width):
            return known
        refused = self._refused.get(id(line))
        if refused is not None and refused == print_:
            return None

        atoms: list[Any] = []

        def measure(box: Any) -> tuple[float, float | None]:
            resolve_percentages(box, containing_block)
            atoms.append(box)
            if isinstance(containing_block, tuple):  # only widths are asked for; nothing is laid out yet
                return float(engine.preferred.max_content_width(context, box)), None
            return _widths_of_atom(context, box, containing_block)

        try:
            paragraph = flatten(line, containing_block, measure, self._square_families)
        except WidthNeededError:
            return None
        except NotComposableError:
            self._refused[id(line)] = print_
            return None
        prepared = _prepare(paragraph, line, print_, width if paragraph.depends_on_width else None)
        if not (atoms and isinstance(containing_block, tuple)):
            self._prepared[id(line)] = prepared
        return prepared

    def compose(
        self, prepared: Prepared, skip_stack: Any, position_x: float, max_x: float, indent: float, maker: LineMaker
    ) -> tuple[Any, Any, bool]:
        """One line from `skip_stack`: the line box, where the next resumes, whether it ends in a forced break."""
        paragraph, row = prepared.paragraph, prepared.row
        start = _item_of(prepared, skip_stack)
        width = max_x - position_x
        gap = _plan(prepared, start, width, indent)[0]
        forced = gap < len(paragraph) and row.break_costs()[gap] == FORCED
        last = gap == len(paragraph) or forced
        placed = _place(prepared, start, gap, width, last)
        line = maker.make(paragraph, placed, position_x)
        resume = None if gap >= len(paragraph) else paragraph.places.stack_of(gap)
        return line, resume, forced

    def count_lines(self, context: Any, line: Any, containing_block: Any) -> int:
        """How many lines the text in `line` takes with no float beside it; 0 when the engine is to set it.

        Lines that hold nothing are not counted: some of them have no height. The plan is kept for when the lines are
        made.
        """
        self._unchanged = None
        prepared = self.prepare(context, line, containing_block)
        if prepared is None or not prepared.paragraph.texts or skip_first_whitespace(line, None) is not None:
            return 0
        engine.resolve_one_percentage(line, "text_indent", containing_block.width)
        left = containing_block.content_box_x()
        right = left + (left + containing_block.width - left)
        ends = _plan(prepared, 0, right - (left + line.text_indent), line.text_indent)
        return sum(start < prepared.row.end(end) for start, end in zip([0, *ends], ends, strict=False))

    def widths(self, prepared: Prepared, skip_stack: Any, minimum: bool) -> Iterator[float]:
        """Widths of the lines when every break is taken (`minimum`), or only the forced ones."""
        row, start, count = prepared.row, _item_of(prepared, skip_stack), len(prepared.paragraph)
        costs = row.break_costs() if minimum or row.forced else []
        for gap in range(start + 1, count) if costs else ():
            if costs[gap] == FORCED or (minimum and 0 <= costs[gap] < float("inf")):
                yield row.natural(start, row.end(gap))
                start = gap
        if start < count:
            yield row.natural(start, row.end(count))


def _widths_of_atom(context: Any, box: Any, containing_block: Any) -> tuple[float, float | None]:
    """The margin width of a box in the line, in px; what stands in it is laid out only if its width comes of that.

    Of one that need not be laid out, also the width of what is in it.
    """
    if not isinstance(box, engine.InlineBlockBox) or box.is_table_wrapper:
        return float(engine.atomic_box(context, box, 0, None, containing_block, [], []).margin_width()), None
    resolve_percentages(box, containing_block)
    engine.set_auto_margins(box)
    engine.inline.inline_block_width(box, context, containing_block)
    return float(box.margin_width()), float(box.width)


def _prepare(paragraph: Paragraph, line: Any, print_: list[Any], width: float | None) -> Prepared:
    count = len(paragraph)
    gaps = gaps_of(paragraph)
    kinds = paragraph.kinds
    trailing = [0] * (count + 1)
    for gap in range(1, count + 1):
        if kinds[gap - 1] in _DROPPED_AT_END:
            trailing[gap] = trailing[gap - 1] + 1
    widths = paragraph.advances
    if paragraph.is_padded:
        sides = zip(paragraph.before, paragraph.advances, paragraph.after, strict=True)
        widths = [before + advance + after for before, advance, after in sides]
    row = Row(
        widths=widths,
        left_blanks=paragraph.left_blanks,
        right_blanks=paragraph.right_blanks,
        heft=[_HEFT.get(kind, 0.0) for kind in kinds],
        space=gaps.space,
        stretch=gaps.stretch,
        shrink=gaps.shrink,
        costs=[],
        trailing=trailing,
        em=line.style["font_size"] or 1.0,
        forced=Kind.NEWLINE in kinds,
        find_costs=partial(break_costs, paragraph, line.style["lang"]),
    )
    return Prepared(print_, width, paragraph, gaps, row, _setting_of(line), {})


def _setting_of(line: Any) -> Setting:
    if line.style["text_align_all"] == "justify":
        return Setting.JUSTIFIED
    element = line.element
    if element is not None and (
        element.tag in _HEADINGS or not _BALANCED_CLASSES.isdisjoint(element.get("class", "").split())
    ):
        return Setting.BALANCED
    return Setting.RAGGED


def _item_of(prepared: Prepared, skip_stack: Any) -> int:
    """The item at which a skip stack resumes."""
    return 0 if skip_stack is None else prepared.paragraph.places.item_at(skip_stack)


def _plan(prepared: Prepared, start: int, width: float, indent: float) -> list[int]:
    """The gaps at which the lines from item `start` end: one of `width`, in px, and others wider by the indent."""
    key = (start, round(width, 3), round(width + indent, 3))
    ends = prepared.plans.get(key)
    if ends is None:
        ends = best_breaks(prepared.row, start, width, width + indent, prepared.setting)
        prepared.plans[key] = ends
        # The lines that follow have the same plan as long as their width stays the same.
        for number, end in enumerate(ends[:-1]):
            rest = (end, key[2], key[2])
            prepared.plans.setdefault(rest, ends[number + 1 :])
    return ends


def _place(prepared: Prepared, start: int, gap: int, width: float, last: bool) -> Placed:
    """The items of one line and the final size of every gap in it."""
    row, gaps = prepared.row, prepared.gaps
    end = row.end(gap)
    natural = row.natural(start, end)
    slack = width - natural
    spaces = gaps.space[start : end + 1]
    if prepared.setting is Setting.JUSTIFIED and end > start:
        if slack < -1e-6:
            shrink = row.shrink_of(start, end)
            share = min(1.0, -slack / shrink) if shrink > 0 else 0.0
            inner = zip(spaces[1 : end - start], gaps.shrink[start + 1 : end], strict=True)
            spaces[1 : end - start] = [space - share * most for space, most in inner]
            natural -= share * shrink
        elif not last:
            stretch = row.stretch_of(start, end)
            ratio = slack / stretch if stretch > 0 else 0.0
            if 0 < ratio <= MOST:
                inner = zip(spaces[1 : end - start], gaps.stretch[start + 1 : end], strict=True)
                spaces[1 : end - start] = [space + ratio * weight for space, weight in inner]
                natural = width
    return Placed(start, end, gap, spaces, natural, last)
