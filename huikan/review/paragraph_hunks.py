"""What must give way to what, paragraph by paragraph: versions that made the same change must say so alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from huikan.review.additions import PARAGRAPH_BREAK, Token

_LARGEST = 400
"""Pairs of paragraphs that are compared; larger stretches are compared by character alone."""
_LEAST_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Hunk:
    """`before[start:end]` gives way to `after[new_start:new_end]`; indexes count tokens."""

    start: int
    end: int
    new_start: int
    new_end: int


def hunks(before: Sequence[object], after: Sequence[object]) -> list[Hunk]:
    """What must give way to what, in order, as little as possible."""
    if before == after:
        return []
    made: list[Hunk] = []
    start = new_start = 0
    blocks = Indel.editops(list(map(hash, before)), list(map(hash, after))).as_matching_blocks()
    for block in blocks:
        if block.a > start or block.b > new_start:
            made.append(Hunk(start, block.a, new_start, block.b))
        start, new_start = block.a + block.size, block.b + block.size
    return made


def by_paragraph(before: Sequence[Token], after: Sequence[Token]) -> list[Hunk]:
    """The hunks between those paragraphs that are the same on both sides, or nearly, in their order."""
    if PARAGRAPH_BREAK not in before and PARAGRAPH_BREAK not in after:
        return hunks(before, after)
    ended, new_ended = [*before, PARAGRAPH_BREAK], [*after, PARAGRAPH_BREAK]  # so that every paragraph has an end
    old, new = _starts(ended), _starts(new_ended)
    made: list[Hunk] = []
    paragraphs, new_paragraphs = _paragraphs(ended, old), _paragraphs(new_ended, new)
    for hunk in hunks(paragraphs, new_paragraphs):
        for part in _parted(hunk, paragraphs, new_paragraphs):
            start, new_start = old[part.start], new[part.new_start]
            for own in hunks(ended[start : old[part.end]], new_ended[new_start : new[part.new_end]]):
                found = Hunk(start + own.start, start + own.end, new_start + own.new_start, new_start + own.new_end)
                made.append(_within(found, len(before), len(after)))
    return made


def _starts(words: Sequence[Token]) -> list[int]:
    """Where each paragraph begins, and where one behind the last would."""
    return [0, *(place + 1 for place, token in enumerate(words) if token == PARAGRAPH_BREAK)]


def _paragraphs(words: Sequence[Token], starts: Sequence[int]) -> list[tuple[Token, ...]]:
    return [tuple(words[start:end]) for start, end in pairwise(starts)]


def _within(hunk: Hunk, size: int, new_size: int) -> Hunk:
    """A hunk that reaches over the end which the last paragraph was given begins with the end above it instead."""
    if hunk.end <= size and hunk.new_end <= new_size:
        return hunk
    if hunk.start and hunk.new_start and (hunk.end <= size + 1 and hunk.new_end <= new_size + 1):
        return Hunk(hunk.start - 1, hunk.end - 1, hunk.new_start - 1, hunk.new_end - 1)
    return Hunk(hunk.start, min(hunk.end, size), hunk.new_start, min(hunk.new_end, new_size))


def _parted(hunk: Hunk, old: Sequence[tuple[Token, ...]], new: Sequence[tuple[Token, ...]]) -> Iterator[Hunk]:
    """A stretch of paragraphs, parted at those that are each other's; what was split or joined stays together."""
    size, new_size = hunk.end - hunk.start, hunk.new_end - hunk.new_start
    pairs: list[tuple[int, int]] = []
    if size and new_size and size + new_size > 2 and size * new_size <= _LARGEST:
        left = [_text(paragraph) for paragraph in old[hunk.start : hunk.end]]
        right = [_text(paragraph) for paragraph in new[hunk.new_start : hunk.new_end]]
        pairs = pairs_in_order(left, right)
        whole = sum(len(left[a]) + len(right[b]) for a, b in pairs)
        apart = sum(Indel.distance(left[a], right[b]) for a, b in pairs)
        if not whole or 1 - apart / whole < Indel.normalized_similarity("".join(left), "".join(right)):
            pairs = []
    place, new_place = 0, 0
    for a, b in [*pairs, (size, new_size)]:
        if a > place or b > new_place:
            yield Hunk(hunk.start + place, hunk.start + a, hunk.new_start + new_place, hunk.new_start + b)
        if a < size and b < new_size:
            yield Hunk(hunk.start + a, hunk.start + a + 1, hunk.new_start + b, hunk.new_start + b + 1)
        place, new_place = a + 1, b + 1


def pairs_in_order(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Those that have most in common, in their order; of equals the first."""
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {}
    for a in range(len(left), -1, -1):
        for b in range(len(right), -1, -1):
            if a == len(left) or b == len(right):
                best[a, b] = 0.0, []
                continue
            alike = Indel.normalized_similarity(left[a], right[b])
            score, pairs = best[a + 1, b + 1]
            own = (score + alike, [(a, b), *pairs]) if alike >= _LEAST_ALIKE else (-1.0, [])
            best[a, b] = max(own, best[a + 1, b], best[a, b + 1], key=lambda option: option[0])
    return best[0, 0][1]


def _text(paragraph: Sequence[Token]) -> str:
    return "".join(letter for token in paragraph[:-1] for letter, _ in token)
