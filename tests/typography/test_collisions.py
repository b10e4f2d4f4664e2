"""Lines stand beside floats where the engine puts them, and begin where it lets them begin."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huikan.render.layout import collisions, engine
from huikan.render.layout.collisions import (
    avoid_by_engine,
    avoid_collisions,
    skip_by_engine,
    skip_first_whitespace,
)

LENGTH = st.integers(-4, 60).map(float)
STYLE: dict[str, Any] = {"float": "none", "white_space": "normal", "direction": "ltr"}


def sized(kind: Any, x: float, y: float, width: float, height: float, margin: float, **style: str) -> Any:
    box = kind.__new__(kind)
    box.style, box.element, box.children = STYLE | style, None, ()
    box.position_x, box.position_y, box.width, box.height = x, y, width, height
    for side in ("left", "right", "top", "bottom"):
        setattr(box, f"margin_{side}", margin)
        setattr(box, f"padding_{side}", 0.0)
        setattr(box, f"border_{side}_width", 0.0)
    return box


FLOATS = st.builds(
    sized,
    st.just(engine.boxes.BlockBox), LENGTH, LENGTH, LENGTH, LENGTH, st.sampled_from([0.0, 2.0, -3.0]),
    float=st.sampled_from(["left", "right", "inline-start", "inline-end"]),
)  # fmt: skip


@given(
    shapes=st.lists(FLOATS, max_size=6),
    line=st.builds(sized, st.just(engine.LineBox), LENGTH, LENGTH, LENGTH, LENGTH, st.sampled_from([0.0, 1.0])),
    block=st.builds(sized, st.just(engine.boxes.BlockBox), LENGTH, LENGTH, LENGTH, LENGTH, st.just(0.0),
                    direction=st.sampled_from(["ltr", "ltr", "rtl"])),
)  # fmt: skip
def test_a_line_stands_beside_floats_where_the_engine_puts_it(shapes: list[Any], line: Any, block: Any) -> None:
    context = SimpleNamespace(excluded_shapes=shapes)
    assert avoid_collisions(context, line, block, outer=False) == avoid_by_engine(context, line, block, outer=False)


class Styled(dict[str, Any]):
    """A style that knows the height of its lines."""

    strut = 12.0, 9.0


@given(
    shapes=st.lists(FLOATS, max_size=3),
    line=st.builds(sized, st.just(engine.LineBox), LENGTH, LENGTH, st.just(0.0), st.just(0.0), st.just(0.0)),
    block=st.builds(sized, st.just(engine.boxes.BlockBox), LENGTH, LENGTH, LENGTH, LENGTH, st.just(0.0)),
    least=LENGTH,
)
def test_a_line_stands_where_its_least_width_lets_it_though_that_is_asked_for_beside_floats_alone(
    shapes: list[Any], line: Any, block: Any, least: float
) -> None:
    context, asked = SimpleNamespace(excluded_shapes=shapes), []

    def least_by_engine(*arguments: object, **named: object) -> float:
        asked.append(arguments)
        return least

    line.style = Styled(STYLE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collisions, "least_by_engine", least_by_engine)
        line.width = collisions.least_width_of_line(context, line, skip_stack=None, first_line=True)
    line.height = 12.0
    found = avoid_collisions(context, line, block, outer=False)
    line.width = least
    assert found == avoid_by_engine(context, line, block, outer=False)
    assert bool(asked) == bool(collisions._beside(shapes, line.position_y, line.position_y + 12.0))


def text_of(said: str, white_space: str) -> Any:
    box = engine.TextBox.__new__(engine.TextBox)
    box.style, box.text = STYLE | {"white_space": white_space}, said
    return box


def inline_of(children: list[Any]) -> Any:
    box = sized(engine.InlineBox, 0, 0, 0, 0, 0)
    box.children = tuple(children)
    return box


TEXTS = st.builds(text_of, st.text(" 中ab\u3000é", max_size=5), st.sampled_from(["normal", "pre", "pre-line"]))
LINES = st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=3).map(inline_of), max_leaves=6)


@st.composite
def beginnings(draw: st.DrawFn) -> tuple[Any, Any]:
    """A line and a place in it at which it may be resumed."""
    line = sized(engine.LineBox, 0, 0, 0, 0, 0)
    line.children = tuple(draw(st.lists(LINES, min_size=1, max_size=3)))

    def stack_in(box: Any) -> Any:
        if draw(st.integers(0, 3)) == 0:
            return None
        if isinstance(box, engine.TextBox):
            ends = [len(box.text[:at].encode()) for at in range(len(box.text) + 1)]
            return {draw(st.sampled_from(ends)): None}
        if not box.children:
            return None
        at = draw(st.integers(0, len(box.children) - 1))
        return {at: stack_in(box.children[at])}

    return line, stack_in(line)


@given(beginnings())
def test_a_line_begins_where_the_engine_lets_it_begin(line_and_place: tuple[Any, Any]) -> None:
    line, place = line_and_place
    assert skip_first_whitespace(line, place) == skip_by_engine(line, place)
