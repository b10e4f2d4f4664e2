"""What stands between two neighbours in a line: squeezed marks, the ¼-em of mixed text, stretch and shrink.

CLREQ §3.1.6 (widths of marks), §3.2 (mixed text) and §3.5 (line adjustment).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from huikan.render.characters import Kind, wants_space

if TYPE_CHECKING:
    from huikan.render.layout.paragraph import Paragraph

MIXED_SPACE = 0.25
"""Space between Han and Latin letters or figures, in em of the Han (CLREQ §3.2)."""
MIXED_SPACE_LEAST = 0.125
INTERPUNCT_WIDTH = 0.5
"""Width of · in em: half a character's place (GB/T 15834—2011 §5.1)."""
WORD_SPACE_WEIGHT = 2.0
"""How much more a word space stretches than the gap between two Han characters."""
WORD_SPACE_SHRINK = 0.3

_MARKS = frozenset({Kind.OPENER, Kind.CLOSER, Kind.STOP})
_ENDS = frozenset({Kind.CLOSER, Kind.STOP})
_SQUARE = frozenset({Kind.HAN, *_MARKS, Kind.DASH, Kind.ELLIPSIS, Kind.INTERPUNCT, Kind.ATOM})
_LETTERS = frozenset({Kind.LATIN, Kind.DIGIT})
_INVISIBLE = frozenset({Kind.MARKER, Kind.ZERO_WIDTH})


@dataclass(slots=True)
class Gaps:
    """By gap index: `space` is always there, `stretch` a weight, `shrink` the most that may be taken; px."""

    space: list[float]
    stretch: list[float]
    shrink: list[float]


def gaps_of(paragraph: Paragraph) -> Gaps:
    """The gaps of `paragraph`; index 0 is before its first item and stays empty, as does the last."""
    count = len(paragraph)
    gaps = Gaps([0.0] * (count + 1), [0.0] * (count + 1), [0.0] * (count + 1))
    kinds, ems, raised, verbatim, han = paragraph.kinds, paragraph.ems, paragraph.raised, paragraph.verbatim, Kind.HAN
    if not paragraph.is_bound and _INVISIBLE.isdisjoint(kinds):
        gaps.stretch[1:count] = [
            em if one is two is han else 0.0 for (one, two), em in zip(pairwise(kinds), ems[:-1], strict=True)
        ]
        for item in [at for at, (one, two) in enumerate(pairwise(kinds), start=1) if not one is two is han]:
            _fill(paragraph, gaps, item - 1, item)
        return gaps
    previous = -1
    for item in range(count):
        kind = kinds[item]
        if kind in _INVISIBLE:
            continue
        if previous >= 0:
            if kind is han and kinds[previous] is han and not (raised[item] or verbatim[item]):
                gaps.stretch[item] = ems[previous] or ems[item]  # most gaps: nothing else can stand there
            else:
                _fill(paragraph, gaps, previous, item)
        previous = item
    return gaps


def _fill(paragraph: Paragraph, gaps: Gaps, first: int, second: int) -> None:
    """The gap from `first` to `second`; what has no extent between them stands before the gap."""
    kinds = paragraph.kinds
    one, two = kinds[first], kinds[second]
    if Kind.NEWLINE in (one, two) or (paragraph.verbatim[first] and paragraph.verbatim[second]):
        return
    gap = second
    em = paragraph.ems[first] or paragraph.ems[second]
    if Kind.SPACE in (one, two):
        if one is Kind.SPACE:
            gaps.stretch[gap] = WORD_SPACE_WEIGHT * em
            gaps.shrink[gap] = WORD_SPACE_SHRINK * paragraph.advances[first]
        return
    if one in _ENDS and two in _MARKS:
        gaps.space[gap] = -min(paragraph.right_blanks[first], em / 2)
        return
    if one is Kind.OPENER and two is Kind.OPENER:
        gaps.space[gap] = -paragraph.left_blanks[second]
        return
    if one not in _SQUARE and two not in _SQUARE:
        return
    if one in _ENDS and paragraph.raised[second]:  # a note's mark stands above the blank half of 。
        gaps.space[gap] = -min(paragraph.right_blanks[first], em / 2)
        return
    if (one is two and one in (Kind.DASH, Kind.ELLIPSIS)) or paragraph.raised[second]:
        return
    if one in _ENDS:
        gaps.shrink[gap] = min(paragraph.right_blanks[first], em / 2)
    if two is Kind.OPENER:
        gaps.shrink[gap] += paragraph.left_blanks[second]
    if Kind.INTERPUNCT in (one, two):
        dot = first if one is Kind.INTERPUNCT else second
        gaps.space[gap] = (INTERPUNCT_WIDTH * paragraph.ems[dot] - paragraph.advances[dot]) / 2
        return
    if two in _ENDS and one not in _SQUARE:
        return
    gaps.stretch[gap] = em
    if not (paragraph.raised[first] or paragraph.after[first] or paragraph.before[second]) and _is_mixed(
        paragraph, first, second
    ):
        square = paragraph.ems[first] if one is Kind.HAN else paragraph.ems[second]
        gaps.space[gap] = MIXED_SPACE * square
        gaps.shrink[gap] = (MIXED_SPACE - MIXED_SPACE_LEAST) * square


def _is_mixed(paragraph: Paragraph, first: int, second: int) -> bool:
    """Whether Han meets Latin there. A sign that joins Han with Han (行政+司法) stands close on both sides."""
    kinds = paragraph.kinds
    if Kind.ATOM in (kinds[first], kinds[second]) or not wants_space(paragraph.texts[first], paragraph.texts[second]):
        return False
    sign = second if kinds[first] is Kind.HAN else first
    if kinds[sign] in _LETTERS or not 0 < sign < len(paragraph) - 1:
        return True
    return not kinds[sign - 1] is kinds[sign + 1] is Kind.HAN
