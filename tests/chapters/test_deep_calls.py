"""Calls at any depth cost the same: the interpreter's stack has room for them."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest

from huikan.render.chapters.deep_calls import called_with_room

_CALLS = 200
_DEPTHS = range(300)


def _answer() -> int:
    return 1


_answer.__code__ = _answer.__code__.replace(co_stacksize=100)  # so large that no depth steps over where it has no room


def _called_often() -> int:
    """How many pages of memory were asked for, in so many calls."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(_CALLS):
        _answer()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _at_depth(depth: int) -> int:
    return _called_often() if depth == 0 else _at_depth(depth - 1)


def _most_pages() -> int:
    return max(map(_at_depth, _DEPTHS))


def test_no_depth_makes_calls_ask_for_memory() -> None:
    assert called_with_room(_most_pages) < _CALLS / 4


def test_without_room_some_depth_does() -> None:
    """Else the test above would show nothing; then the room is no longer needed."""
    assert _most_pages() >= _CALLS


def test_what_is_raised_comes_through() -> None:
    def fail() -> None:
        raise ValueError("no")

    work: Callable[[], None] = fail
    with pytest.raises(ValueError, match="no"):
        called_with_room(work)
    assert called_with_room(lambda: "answer") == "answer"
