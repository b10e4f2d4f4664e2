"""Deep calls without the interpreter's stack being mapped and unmapped at every one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Answer = TypeVar("_Answer")
_SLOTS = 70_000
"""More than half of a mebibyte: CPython (3.11 and later) maps a whole one, what is left has room for the calls."""


def called_with_room(work: Callable[[], _Answer]) -> _Answer:
    """What `work` answers, with its calls on one piece of the interpreter's stack.

    CPython maps that stack in pieces of 16 KiB, and gives a piece back with the last call on it: a function that is
    called where one ends, which layout does ten thousands of times at the same depth, costs a system call each time.
    """
    return work()


called_with_room.__code__ = called_with_room.__code__.replace(co_stacksize=_SLOTS)
