"""Which blocks of a text the wanted ones come from, and which are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz.distance import Indel

from huikan.review.kinds import Kinds, without_blanks
from huikan.review.markdown_insert import is_written_as
from huikan.review.markdown_leaves import Leaf
from huikan.review.paragraph_hunks import Hunk, hunks
from huikan.review.rich import Rich, joined, text_of

_LEAST_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Pairing:
    """For each wanted block the block of now it comes from (None for a new one), and the blocks that are gone."""

    origins: tuple[int | None, ...]
    gone: tuple[int, ...]


def paired(now: Sequence[Rich], wanted: Sequence[Rich], leaves: Sequence[Leaf], kinds: Kinds) -> Pairing:
    """Blocks that are the same are each other's, between these those that have most in common.

    What is of another kind in Word and has little in common with a block is not that block written anew.
    """
    origins: list[int | None] = []
    place = 0
    found = [*hunks(now, wanted), Hunk(len(now), len(now), len(wanted), len(wanted))]
    for hunk, following in zip_longest(found, found[1:]):
        if hunk.start < hunk.end and hunk.new_start == hunk.new_end:
            hunk = _of_whole_rows(hunk, now, leaves, place, following.start)
        origins += range(place, hunk.start)
        between = _paired_by_words(now[hunk.start : hunk.end], wanted[hunk.new_start : hunk.new_end])
        origins += [None if origin is None else hunk.start + origin for origin in between]
        place = hunk.end
    for number, origin in enumerate(origins):
        kind = kinds.get(without_blanks(text_of(wanted[number]))) if origin is not None else None
        if origin is None or kind is None or is_written_as(leaves[origin], kind):
            continue
        if Indel.normalized_similarity(text_of(now[origin]), text_of(wanted[number])) < _LEAST_ALIKE:
            origins[number] = None
    return Pairing(tuple(origins), tuple(sorted(set(range(len(now))) - set(origins))))


def _of_whole_rows(hunk: Hunk, now: Sequence[Rich], leaves: Sequence[Leaf], first: int, last: int) -> Hunk:
    """Blocks that are gone, or as many of the same words between `first` and `last` that begin where a row does."""
    lowest = highest = 0
    while hunk.start + lowest > first and now[hunk.start + lowest - 1] == now[hunk.end + lowest - 1]:
        lowest -= 1
    while hunk.end + highest < last and now[hunk.start + highest] == now[hunk.end + highest]:
        highest += 1
    for step in sorted(range(lowest, highest + 1), key=abs):
        start = hunk.start + step
        if leaves[start].kind == "cell" and (not start or leaves[start].lines != leaves[start - 1].lines):
            return Hunk(start, hunk.end + step, hunk.new_start + step, hunk.new_end + step)
    return hunk


def _paired_by_words(now: Sequence[Rich], wanted: Sequence[Rich]) -> list[int | None]:
    if len(now) == len(wanted) == 1:
        return [0]
    old = [number for number, words in enumerate(now) for _ in (*words, None)]
    new = [number for number, words in enumerate(wanted) for _ in (*words, None)]
    scores: dict[tuple[int, int], int] = {}
    place = new_place = 0
    before, after = joined(now), joined(wanted)
    for hunk in [*hunks(before, after), Hunk(len(before), 0, len(after), 0)]:
        for step in range(hunk.start - place):
            pair = old[place + step], new[new_place + step]
            scores[pair] = scores.get(pair, 0) + 1
        place, new_place = hunk.end, hunk.new_end
    origins: list[int | None] = []
    last = -1
    for number in range(len(wanted)):
        rated = [(score, -origin) for (origin, target), score in scores.items() if target == number and origin > last]
        best = -max(rated)[1] if rated else None
        if best is None and len(now) == len(wanted) and number > last and not any(o == number for o, _ in scores):
            best = number
        origins.append(best)
        last = last if best is None else best
    return origins
