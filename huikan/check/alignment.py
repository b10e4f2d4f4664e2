"""Where each character of a value stands in the file that it was read from."""

from __future__ import annotations

from itertools import pairwise

UNKNOWN = -1
"""The offset of a character that does not stand in the file as it is: the space between the parts of a title."""


def positions_in_source(value: str, source: str, start: int, end: int) -> tuple[int, ...]:
    """The offset in `source` of every character of `value`, a YAML scalar that stands from `start` to before `end`.

    Quotes, indentation and folded line ends are stepped over. Where an escape hides a character, every offset is
    UNKNOWN: a finding then has the place of the scalar, and is not rewritten.
    """
    at = start
    if source[at : at + 1] in {"|", ">"}:
        at = source.find("\n", at, end) + 1 or end
    positions: list[int] = []
    for character in value:
        found = _next(character, source, at, end)
        if found is None:
            return (UNKNOWN,) * len(value)
        positions.append(found)
        at = found + 1
    return tuple(positions)


def _next(character: str, source: str, at: int, end: int) -> int | None:
    """The offset of `character`, if nothing but what YAML adds stands before it."""
    steps_over = " \t" if character == "\n" else " \t\n\"'"
    while at < end:
        if source[at] == character or (character == " " and source[at] == "\n"):
            return at
        if source[at] not in steps_over:
            return None
        at += 1
    return None


def is_verbatim(positions: tuple[int, ...]) -> bool:
    """Whether the characters stand side by side in the file, so that rewriting them touches nothing else."""
    return bool(positions) and all(after == before + 1 for before, after in pairwise(positions))
