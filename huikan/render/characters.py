"""What a character is to the typesetter: its class, and what the classes may do side by side.

The classes follow CLREQ §3.1 and GB/T 15834. Quotation marks, dashes and the ellipsis are shared with Latin text:
whether one is full-width is for the face to say, so the layout asks again once it knows the glyph's width.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cache

OPENERS = frozenset("“‘（《〈【『「〔［｛〖")
CLOSERS = frozenset("”’）》〉】』」〕］｝〗")
STOPS = frozenset("，。、；：！？．")
DASHES = frozenset("—⸺―")
ELLIPSES = frozenset("…⋯")
INTERPUNCTS = frozenset("·・‧•")
NEVER_FIRST = frozenset("～〜‐–%％‰℃°℉′″々〻ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ/／")
"""Further characters that no line begins with (CLREQ §3.1.4: connectors, solidi, iteration and percent signs)."""
NEVER_LAST = frozenset("$￥¥€£＄＃#@＠№")
"""Characters that belong to what follows them: no line ends with one."""


class Kind(IntEnum):
    """Class of a character; `ATOM` is a picture or box in the line, `MARKER` an element without extent."""

    HAN = 0
    OPENER = 1
    CLOSER = 2
    STOP = 3
    DASH = 4
    ELLIPSIS = 5
    INTERPUNCT = 6
    LATIN = 7
    DIGIT = 8
    SPACE = 9
    MARK = 10
    ATOM = 11
    MARKER = 12
    OTHER = 13
    NEWLINE = 14
    ZERO_WIDTH = 15


_HAN_RANGES = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3040, 0x312F),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3200, 0x33FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_PERHAPS_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U0001efff]"
)
"""Blocks with characters that run from right to left; Chinese has none of them."""
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")


def is_han(character: str) -> bool:
    """Whether it is set on the Han square: ideographs, kana, bopomofo, enclosed and compatibility forms."""
    point = ord(character)
    return point >= 0x2E80 and any(first <= point <= last for first, last in _HAN_RANGES)


@cache
def kind_of(character: str) -> Kind:
    """Class of `character` in Chinese text."""
    for kind, members in (
        (Kind.OPENER, OPENERS),
        (Kind.CLOSER, CLOSERS),
        (Kind.STOP, STOPS),
        (Kind.DASH, DASHES),
        (Kind.ELLIPSIS, ELLIPSES),
        (Kind.INTERPUNCT, INTERPUNCTS),
        (Kind.ZERO_WIDTH, _ZERO_WIDTH),
    ):
        if character in members:
            return kind
    if character == "\n":
        return Kind.NEWLINE
    if character in " \u00a0\t\u3000" or unicodedata.category(character) == "Zs":
        return Kind.SPACE
    if is_han(character):
        return Kind.HAN
    category = unicodedata.category(character)
    if category == "Nd" and ord(character) < 0x3000:
        return Kind.DIGIT
    if category[0] == "L" and ord(character) < 0x2E80:
        return Kind.LATIN
    if category[0] == "M":
        return Kind.MARK
    return Kind.OTHER


def is_right_to_left(text: str) -> bool:
    """Whether any character of `text` runs from right to left."""
    return _PERHAPS_FROM_RIGHT.search(text) is not None and any(map(_runs_from_right, set(text)))


@cache
def _runs_from_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"R", "AL", "AN", "RLE", "RLO", "RLI"}


def is_apostrophe(text: str, index: int) -> bool:
    """Whether the character at `index` is a ’ between two Latin letters."""
    return (
        text[index] == "’"
        and 0 < index < len(text) - 1
        and kind_of(text[index - 1]) is Kind.LATIN
        and kind_of(text[index + 1]) is Kind.LATIN
    )


_BEFORE_HAN = frozenset("%‰℃°℉+")
_AFTER_HAN = frozenset("$€£¥№#@&")


def wants_space(before: str, after: str) -> bool:
    """Whether the ¼-em of mixed text stands between two neighbours (CLREQ §3.2)."""
    first, second = kind_of(before), kind_of(after)
    if first is Kind.HAN:
        return second in (Kind.LATIN, Kind.DIGIT) or after in _AFTER_HAN
    if second is Kind.HAN:
        return first in (Kind.LATIN, Kind.DIGIT) or before in _BEFORE_HAN
    return False
