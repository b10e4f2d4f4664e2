"""Items of a paragraph and the engine's skip stacks: each leads to the other."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from huikan.render.layout.places import Places

Path = tuple[int, ...]


def paths(places: Places, boxes: list[tuple[Path, str | None]]) -> list[Path]:
    """The path of each item, worked out one by one, as they are added to `places`."""
    found: list[Path] = []
    for path, text in boxes:
        places.add(len(found), path, text)
        if text is None:
            found.append(path)
            continue
        found += [(*path, len(text[:index].encode())) for index in range(len(text))]
    return found


def stack(path: Path) -> Any:
    made: Any = None
    for index in reversed(path):
        made = {index: made}
    return made


@st.composite
def boxes(draw: st.DrawFn) -> list[tuple[Path, str | None]]:
    """Boxes in the order of a tree, none inside another."""
    tops = sorted(draw(st.sets(st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple), max_size=8)))
    leaves = [path for path in tops if not any(path != other and other[: len(path)] == path for other in tops)]
    return [(path, draw(st.none() | st.text(alphabet="aé字𠀀", min_size=1, max_size=6))) for path in leaves]


@given(boxes())
def test_an_item_is_found_again_by_its_stack(made: list[tuple[Path, str | None]]) -> None:
    places = Places()
    for item, path in enumerate(paths(places, made)):
        assert places.stack_of(item) == stack(path)
        assert places.item_at(stack(path)) == item


@given(boxes(), st.lists(st.integers(0, 4), min_size=1, max_size=3).map(tuple))
def test_a_stack_that_stops_at_a_box_resumes_with_what_is_in_it_or_after_it(
    made: list[tuple[Path, str | None]], wanted: Path
) -> None:
    places = Places()
    known = paths(places, made)
    assert places.item_at(stack(wanted)) == next(
        (item for item, path in enumerate(known) if path >= wanted), len(known)
    )
