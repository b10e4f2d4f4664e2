"""Which of many names a word is nearest to, as `difflib` measures it, without comparing it with each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

_Branch = dict[str, Any]
"""By character what follows it; under an empty one the name that ends there."""


class NearestName:
    """Finds what `get_close_matches(word, names, n=1, cutoff=likeness)` finds.

    What two words have in common in order (their longest common subsequence) is never less than what `difflib` counts.
    Names of one length share their beginnings in one tree and their ends in another; a branch is left where too many
    of its characters are not the word's. A name that lacks few has a half that lacks no more than half as many: the
    one is found from its beginning, the other from its end.
    """

    def __init__(self, names: Iterable[str], likeness: float) -> None:
        self.likeness = likeness
        self.trees: dict[int, tuple[_Branch, _Branch]] = {}
        self.known: dict[str, str] = {}
        for name in names:
            forwards, backwards = self.trees.setdefault(len(name), ({}, {}))
            _grow(forwards, name, name)
            _grow(backwards, name[::-1], name)

    def of(self, word: str) -> str:
        """The nearest name; empty if none is as near as `likeness`."""
        if word not in self.known:
            self.known[word] = self._nearest(word)
        return self.known[word]

    def _nearest(self, word: str) -> str:
        matcher = SequenceMatcher(None, "", word)
        best, nearest = self.likeness, ""
        for bound, name in sorted(set(self._candidates(word)), reverse=True):
            if bound < best:
                break
            matcher.set_seq1(name)
            if (ratio := matcher.ratio()) >= self.likeness:
                best, nearest = max((best, nearest), (ratio, name))
        return nearest

    def _candidates(self, word: str) -> Iterator[tuple[float, str]]:
        """Names that may be as near, each with the most that its likeness can be."""
        forwards, backwards = _places(word), _places(word[::-1])
        for length, (from_begin, from_end) in self.trees.items():
            total = len(word) + length
            least = _least_in_common(total, self.likeness)
            lacks, skips = length - least, len(word) - least
            if lacks < 0 or skips < 0:
                continue
            found = list(_within(from_begin, forwards, len(word), length // 2, (lacks // 2, lacks), skips))
            if lacks:
                half, early = length - length // 2, lacks - lacks // 2 - 1
                found += _within(from_end, backwards, len(word), half, (early, lacks), skips)
            for common, name in found:
                yield 2.0 * common / total, name


def _grow(tree: _Branch, characters: str, name: str) -> None:
    for character in characters:
        tree = tree.setdefault(character, {})
    tree[""] = name


def _places(word: str) -> dict[str, int]:
    """By character where it stands in the word, each place a bit."""
    places: dict[str, int] = {}
    for at, character in enumerate(word):
        places[character] = places.get(character, 0) | 1 << at
    return places


def _least_in_common(total: int, likeness: float) -> int:
    """How many characters two words of together `total` must have in common."""
    least = int(likeness * total / 2)
    while 2.0 * least / total < likeness:
        least += 1
    return least


def _within(
    tree: _Branch, places: dict[str, int], length: int, half: int, lacks: tuple[int, int], skips: int
) -> Iterator[tuple[int, str]]:
    """Names near to a word of `length` characters, and how many characters they have in common with it.

    At most `lacks` characters of a name are not the word's, the first number up to its `half`, the other in all; at
    most `skips` of the word are not the name's. The bits that are 0 in `row` are as many as the characters that a
    beginning of the word and one of the name have in common (Hyyrö, 2004).
    """
    ends = (1 << length) - 1
    stack: list[tuple[_Branch, int, int]] = [(tree, ends, 0)]
    while stack:
        branch, row, depth = stack.pop()
        depth += 1
        reach = min(length, depth + skips)
        window, most = (1 << reach) - 1, lacks[depth > half] - depth + reach
        for character, below in branch.items():
            if not character:
                yield length - row.bit_count(), below
                continue
            at = row & places.get(character, 0)
            next_row = ((row + at) | (row - at)) & ends
            if (next_row & window).bit_count() <= most:
                stack.append((below, next_row, depth))
