"""The breaks of a paragraph are the best there are: compared with trying all."""

from __future__ import annotations

from itertools import chain, combinations, pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.render.layout.optimum import (
    COMFORTABLE,
    EVEN,
    LINE_COST,
    SHORT_LAST_LINE,
    SHRINK_COST,
    Row,
    Setting,
    best_breaks,
)

FORBIDDEN = inf


def row_of(text: str, costs: dict[int, float] | None = None) -> Row:
    """A row in which each letter is a square of 10 px; `，` may give up half of it and starts no line."""
    count = len(text)
    is_mark = [character == "，" for character in text]
    gaps = range(count + 1)
    inner = [0 < gap < count for gap in gaps]
    return Row(
        widths=[10.0] * count,
        left_blanks=[0.0] * count,
        right_blanks=[5.0 if mark else 0.0 for mark in is_mark],
        heft=[0.0 if mark else 1.0 for mark in is_mark],
        space=[0.0] * (count + 1),
        stretch=[10.0 if inside else 0.0 for inside in inner],
        shrink=[5.0 if inner[gap] and is_mark[gap - 1] else 0.0 for gap in gaps],
        costs=[(costs or {}).get(gap, FORBIDDEN if not inner[gap] or is_mark[gap] else 0.0) for gap in gaps],
        trailing=[0] * (count + 1),
        em=10.0,
    )


def cost_of(row: Row, breaks: tuple[int, ...], measure: float) -> float:
    """The total cost of these line ends, inf where a line cannot be set comfortably."""
    total = 0.0
    count = len(row.widths)
    for start, gap in pairwise((0, *breaks)):
        slack = measure - row.natural(start, gap)
        total += LINE_COST + (row.costs[gap] if gap < count else 0.0)
        if slack < -1e-6:
            shrink = sum(row.shrink[start + 1 : gap])
            if -slack > shrink + 1e-6:
                return inf
            total += SHRINK_COST * (slack / shrink) ** 2
        elif gap < count:
            stretch = sum(row.stretch[start + 1 : gap])
            if slack > COMFORTABLE * stretch:
                return inf
            total += 100 * (slack / stretch / EVEN) ** 2 if stretch else 0.0
        if gap == count and start:
            total += SHORT_LAST_LINE * max(0.0, 2 - sum(row.heft[start:gap]))
    return total


TEXTS = st.text(st.sampled_from("字字字字，"), min_size=1, max_size=13).map(
    lambda text: f"字{text.replace('，，', '，')}"
)


@settings(max_examples=150, deadline=None)
@given(
    TEXTS,
    st.sampled_from([40.0, 50.0, 55.0, 60.0]),
    st.dictionaries(st.integers(1, 12), st.sampled_from([30.0, 400.0])),
)
def test_no_other_choice_of_breaks_costs_less(text: str, measure: float, extra: dict[int, float]) -> None:
    plain = row_of(text)
    costs = {gap: cost for gap, cost in extra.items() if gap < len(text) and plain.costs[gap] == 0.0}
    row = row_of(text, costs)
    allowed = [gap for gap in range(1, len(text)) if row.costs[gap] < inf]
    choices = chain.from_iterable(combinations(allowed, size) for size in range(len(allowed) + 1))
    least = min(cost_of(row, (*choice, len(text)), measure) for choice in choices)
    found = cost_of(row, tuple(best_breaks(row, 0, measure, measure, Setting.JUSTIFIED)), measure)
    if least < inf:
        assert found == pytest.approx(least)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from([3.0, 12.0, 25.0]))
def test_breaks_are_found_for_any_measure_and_always_go_forward(text: str, measure: float) -> None:
    row = row_of(text)
    for setting in Setting:
        breaks = best_breaks(row, 0, measure, measure, setting)
        assert breaks[-1] == len(text)
        assert all(one < two for one, two in pairwise((0, *breaks)))


def test_a_shorter_first_line_is_reckoned_with() -> None:
    assert best_breaks(row_of("字" * 10), 0, 40.0, 60.0, Setting.JUSTIFIED) == [4, 10]


def test_balanced_lines_are_of_even_length_and_ragged_ones_full() -> None:
    row = row_of("字" * 9)
    assert best_breaks(row, 0, 60.0, 60.0, Setting.RAGGED) == [6, 9]
    assert best_breaks(row, 0, 60.0, 60.0, Setting.BALANCED) in ([4, 9], [5, 9])


def test_a_forced_break_ends_a_line_and_the_next_begins_anew() -> None:
    row = row_of("字" * 9, {3: -inf})
    assert best_breaks(row, 0, 60.0, 60.0, Setting.JUSTIFIED) == [3, 9]
