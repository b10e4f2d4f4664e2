"""Where each item of a paragraph is in the engine's tree of boxes: its skip stacks say so of the line to come."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any


class Places:
    """Items by their path, the index of each box in its parent; for a character also its offset in UTF-8.

    Few places are asked for: those at which lines end.
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._paths: list[tuple[int, ...]] = []
        self._texts: list[str | None] = []

    def add(self, start: int, path: tuple[int, ...], text: str | None = None) -> None:
        """Add the item `start`, a box at `path`, or items from `start` on, the characters of a box's text."""
        self._starts.append(start)
        self._paths.append(path)
        self._texts.append(text)

    def stack_of(self, item: int) -> Any:
        """The skip stack that resumes with `item`."""
        at = bisect_right(self._starts, item) - 1
        text = self._texts[at]
        stack: Any = None if text is None else {len(text[: item - self._starts[at]].encode()): None}
        for index in reversed(self._paths[at]):
            stack = {index: stack}
        return stack

    def item_at(self, skip_stack: Any) -> int:
        """The item at which a skip stack resumes; one that stops at a box resumes with what is in it or after it."""
        path: list[int] = []
        while skip_stack is not None:
            ((index, skip_stack),) = skip_stack.items()
            path.append(index)
        wanted = tuple(path)
        for start, known, text in zip(self._starts, self._paths, self._texts, strict=True):
            if text is None:
                if known >= wanted:
                    return start
            elif known == wanted[: len(known)] and (rest := wanted[len(known) :]):
                before = text.encode()[: rest[0] + (len(rest) > 1)]
                within = len(before.decode(errors="replace"))  # a character that is cut through counts
                if within < len(text):
                    return start + within
            elif (*known, 0) >= wanted:
                return start
        return self._starts[-1] + len(self._texts[-1] or "x") if self._starts else 0
