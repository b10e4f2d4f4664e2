"""The breaks of a paragraph by least total cost (Knuth and Plass 1981), over Han break opportunities.

No engine, no boxes: numbers in, numbers out. Lengths in px.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate
from math import inf, isfinite, isnan

EVEN = 0.1
"""Stretch of a Han gap, in em, at which a line costs 100."""
MOST = 0.5
"""No gap is stretched further, in em: a line that would need more is left short."""
COMFORTABLE = 0.25
SHRINK_COST = 60.0
LINE_COST = 45.0
SHORT_LAST_LINE = 3000.0
EMERGENCY = 1e7
OVERFULL = 1e9
FORCED = -inf
_UNFELT = 0.01
"""Lines that cannot be stretched are full when they lack no more than this, in px."""


class Setting(Enum):
    """How a line meets the measure: stretched to it, left ragged, or ragged and of even length."""

    JUSTIFIED = "justified"
    RAGGED = "ragged"
    BALANCED = "balanced"


@dataclass(slots=True)
class Row:
    """A paragraph in numbers. Lists by item: widths, blanks, weights; by gap (one longer): the rest.

    Without `costs`, `find_costs` finds them when they are needed: what fits into one line needs none. `forced` tells
    that some may be `FORCED`.
    `trailing` counts the items before gap k that a line ending there drops (spaces, a newline);
    `heft` is what an item counts towards a last line: 1 for a character, 2 for a box, 0 for marks and spaces.
    """

    widths: list[float]
    left_blanks: list[float]
    right_blanks: list[float]
    heft: list[float]
    space: list[float]
    stretch: list[float]
    shrink: list[float]
    costs: list[float]
    trailing: list[int]
    em: float
    forced: bool = True
    find_costs: Callable[[], list[float]] | None = None
    _widths: list[float] = field(default_factory=list)
    _stretch: list[float] = field(default_factory=list)
    _shrink: list[float] = field(default_factory=list)
    _heft: list[float] = field(default_factory=list)
    _reach: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.widths)
        with_space = [self.space[k] + self.widths[k] for k in range(count)]
        self._widths = [0.0, *accumulate(with_space)]
        self._stretch = list(accumulate(self.stretch))
        self._shrink = list(accumulate(self.shrink))
        self._heft = [0.0, *accumulate(self.heft)]

    def break_costs(self) -> list[float]:
        """What it costs to end a line, by gap."""
        if not self.costs and self.find_costs is not None:
            self.costs = self.find_costs()
        return self.costs

    def end(self, gap: int) -> int:
        """End of the items that a line ending at `gap` shows."""
        return gap - self.trailing[gap]

    def natural(self, start: int, end: int) -> float:
        """Width of items `start` to `end` as a line, its edges trimmed."""
        if end <= start:
            return 0.0
        width = self._widths[end] - self._widths[start] - self.space[start]
        return width - self.left_blanks[start] - self.right_blanks[end - 1]

    def stretch_of(self, start: int, end: int) -> float:
        """Sum of the stretch weights inside a line, in px."""
        return self._stretch[end - 1] - self._stretch[start] if end > start else 0.0

    def shrink_of(self, start: int, end: int) -> float:
        """The most that a line can be pressed together, in px."""
        return self._shrink[end - 1] - self._shrink[start] if end > start else 0.0

    def reach(self) -> list[float]:
        """By end of a line, how far it reaches at most from the row's beginning when it is comfortably stretched."""
        if not self._reach:
            longer = _UNFELT - min([0.0, *self.right_blanks])  # tight letters leave less than no blank
            sums = (
                width + COMFORTABLE * stretch + longer
                for width, stretch in zip(self._widths[1:], self._stretch, strict=False)
            )
            self._reach = list(accumulate(sums, max, initial=0.0))
        return self._reach

    def heft_of(self, start: int, end: int) -> float:
        """How many characters other than marks and spaces stand in a line."""
        return self._heft[end] - self._heft[start] if end > start else 0.0


@dataclass(slots=True)
class _Rules:
    start: int
    first: float
    measure: float
    setting: Setting
    loosest: float
    emergency: bool

    def width_from(self, node: int) -> float:
        """The width of the line that begins with item `node`."""
        return self.first if node == self.start else self.measure


def best_breaks(row: Row, start: int, first: float, measure: float, setting: Setting) -> list[int]:
    """Gaps at which the lines end, from item `start` to the end of `row`; the last is len(row.widths).

    `first` is the width of the first of these lines, `measure` of all others. Never fails: where no good
    solution exists, lines are left short, then forbidden breaks are allowed, then a line may overrun.
    """
    if _is_one_line(row, start, first):
        return [len(row.widths)]
    attempts = ((COMFORTABLE if setting is Setting.JUSTIFIED else inf, False), (inf, False), (inf, True))
    for loosest, emergency in attempts:
        found = _search(row, _Rules(start, first, measure, setting, loosest, emergency))
        if found is not None:
            return found
    raise AssertionError("the last attempt always finds breaks")


def _is_one_line(row: Row, start: int, width: float) -> bool:
    """Whether what is left fits into a line, so that no other breaks can cost less, and is not too short for one."""
    count = len(row.widths)
    end = row.end(count)
    if row.forced and FORCED in row.break_costs()[start + 1 : count]:
        return False
    return row.natural(start, end) <= width + 1e-6 and _shortness_cost(row, start, end) == 0


def _search(row: Row, rules: _Rules) -> list[int] | None:
    start, count, costs = rules.start, len(row.widths), row.break_costs()
    best: dict[int, tuple[float, int]] = {start: (0.0, -1)}
    active = [start]
    forced = [gap for gap in range(start + 1, count) if costs[gap] == FORCED]
    stops = [*forced, count]
    for stop in stops:
        segment_start = active[0]
        active = [segment_start]
        following = segment_start + 1
        while following <= stop:
            gap, following = following, following + 1
            final = gap == stop
            penalty = 0.0 if final else _penalty(costs[gap], rules.emergency)
            if penalty == inf:
                continue
            best_line = _best_last_line if final else _best_full_line
            found = best_line(row, rules, best, active, gap, penalty)
            if found is None:  # too loose from every node: go where a line may be full
                ends = (_earliest_end(row, node, rules.width_from(node)) for node in active)
                following = min(stop, max(following, min(ends)))
                continue
            cheapest, origin, fitting = found
            if not fitting and rules.emergency:
                origin = active[-1]
                cheapest = best[origin][0] + OVERFULL
            active = fitting
            if origin >= 0:
                best[gap] = (cheapest, origin)
                active.append(gap)
            if not active:
                return None
        if stop not in best:
            return None
        active = [stop]
    breaks = []
    gap = count
    while gap > start:
        breaks.append(gap)
        gap = best[gap][1]
    return breaks[::-1] or [count]


def _earliest_end(row: Row, node: int, measure: float) -> int:
    """The first gap to which a comfortable line from `node` may stretch; a blank at its end may make it a later one."""
    begin = row._widths[node] + COMFORTABLE * row._stretch[node] + row.space[node] + row.left_blanks[node]
    return bisect_left(row.reach(), begin + measure, node + 1)


def _penalty(cost: float, emergency: bool) -> float:
    if isfinite(cost):
        return cost
    return EMERGENCY if emergency and not isnan(cost) else inf


_Best = Mapping[int, tuple[float, int]]
"""By node, the least cost of all lines up to it, and the node that the last of them starts from."""
_Found = tuple[float, int, list[int]]
"""The least cost of all lines up to a gap, the node that the last of them starts from, and the nodes still of use."""


def _best_full_line(
    row: Row, rules: _Rules, best: _Best, nodes: Sequence[int], gap: int, penalty: float
) -> _Found | None:
    """The best line from one of `nodes` to `gap`, a break of that `penalty`; None when it is too loose from each.

    Nodes from which it is too long are of no further use. The sums of `Row` are written out here: this is asked for
    every place where a line may end.
    """
    end = row.end(gap)
    widths, space, left_blanks, stretches, shrinks = row._widths, row.space, row.left_blanks, row._stretch, row._shrink
    width_to_end, blank = widths[end], row.right_blanks[end - 1]
    stretch_to_end, shrink_to_end = stretches[end - 1], shrinks[end - 1]
    start, first, measure = rules.start, rules.first, rules.measure
    justified, loosest = rules.setting is Setting.JUSTIFIED, rules.loosest
    cheapest, origin, fitting, is_loose = inf, -1, list[int](), True
    for index, node in enumerate(nodes):
        slack, stretch, shrink = first if node == start else measure, 0.0, 0.0
        if end > node:
            slack -= width_to_end - widths[node] - space[node] - left_blanks[node] - blank
            if justified:
                stretch, shrink = stretch_to_end - stretches[node], shrink_to_end - shrinks[node]
        if slack < -shrink - 1e-6:
            is_loose = False
            continue
        if slack < -1e-6:
            cost = LINE_COST + SHRINK_COST * (slack / shrink) ** 2
        elif not justified:
            cost = LINE_COST + (slack / row.em) ** 2
        else:
            ratio = slack / stretch if stretch > 0 else (inf if slack > _UNFELT else 0.0)
            if ratio > loosest:
                if index:  # those that start later are looser still
                    fitting.extend(nodes[index:])
                    break
                fitting.append(node)
                continue
            is_open = ratio > MOST
            cost = LINE_COST + 1e4 + 100 * slack / row.em if is_open else LINE_COST + 100 * (ratio / EVEN) ** 2
        is_loose = False
        fitting.append(node)
        cost += best[node][0] + penalty
        if cost < cheapest:
            cheapest, origin = cost, node
    return None if is_loose else (cheapest, origin, fitting)


def _best_last_line(row: Row, rules: _Rules, best: _Best, nodes: Sequence[int], gap: int, penalty: float) -> _Found:
    """The same for the last line of a paragraph, or of what a forced break ends: it may be as short as it likes."""
    cheapest, origin, fitting = inf, -1, list[int]()
    for node in nodes:
        cost = _last_line_cost(row, node, gap, rules)
        if cost is not None:
            fitting.append(node)
            cost += best[node][0] + penalty
            if cost < cheapest:
                cheapest, origin = cost, node
    return cheapest, origin, fitting


def _last_line_cost(row: Row, start: int, gap: int, rules: _Rules) -> float | None:
    end = row.end(gap)
    slack = rules.width_from(start) - row.natural(start, end)
    if slack < -1e-6:
        shrink = row.shrink_of(start, end) if rules.setting is Setting.JUSTIFIED else 0.0
        if slack < -shrink - 1e-6:
            return None
        return LINE_COST + SHRINK_COST * (slack / shrink) ** 2 + _shortness_cost(row, start, end)
    if rules.setting is Setting.BALANCED:
        return LINE_COST + (slack / row.em) ** 2 + _shortness_cost(row, start, end)
    return LINE_COST + _shortness_cost(row, start, end)


def _shortness_cost(row: Row, start: int, end: int) -> float:
    """孤字 (CLREQ §3.4.4): a last line wants two characters and more, marks not counted."""
    if start == 0:
        return 0.0
    heft = row.heft_of(start, end)
    return SHORT_LAST_LINE * (2 - heft) if heft < 2 else 0.0
