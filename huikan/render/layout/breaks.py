"""Where a line may end, and at what cost: 避头尾, numbers with their units, names, titles in 《》."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from huikan.render.characters import NEVER_FIRST, NEVER_LAST, Kind
from huikan.render.layout.engine import CHARACTER_BREAK, LINE_BREAK, breaks_of_text

if TYPE_CHECKING:
    from huikan.render.layout.paragraph import Paragraph

FORBIDDEN = float("inf")
FORCED = float("-inf")
UNBREAKABLE = float("nan")
"""Inside a written character (a base and its marks) or `white-space: nowrap`: not even an emergency breaks."""

IN_NAME = 600.0
IN_PART = 500.0
IN_DATE = 150.0
NEAR_TITLE_MARK = 200.0
IN_TITLE = 60.0
AFTER_INTERPUNCT = 40.0
IN_ADDRESS = 40.0
AT_WORD_SPACE = 10.0
AFTER_HYPHEN = 60.0
AFTER_SMALL_WORD = 40.0
IN_COUNTED_NOUN = 30.0

_UNITS = frozenset(
    "年月日号时点分秒个位名人次届项条件种类家所座处章篇部集册页卷期届级倍岁世代周天夜场届轮批组套台辆架艘只匹头"
    "口户间幢栋层楼元角块毛美欧英港亿万千百十兆吨斤克米里寸尺亩升度折成多余来几余比亩平立方公千毫厘"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)(?P<rest>[!-~]+)")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几")
_MULTIPLIERS = frozenset("万亿千百十余多来兆")
_HYPHENS = "-‐"
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)
"""English words that belong to what follows: a line that is composed rather does not end with one."""
_TELLING = frozenset({*_UNITS, *_NUMERALS, *_MULTIPLIERS, *NEVER_FIRST, *NEVER_LAST, *"第年月"})
"""Characters beside which a break has a cost of its own."""
_NEVER_FIRST_KINDS = frozenset(
    {Kind.CLOSER, Kind.STOP, Kind.DASH, Kind.ELLIPSIS, Kind.INTERPUNCT, Kind.NEWLINE, Kind.SPACE}
)


def break_costs(paragraph: Paragraph, language: str) -> list[float]:
    """Cost of ending a line at each gap, by index 0 … len: FORBIDDEN, FORCED, UNBREAKABLE or a number from 0.

    A line that ends at gap k ends with item k-1. The base is UAX #14 as Pango applies it; what Chinese wants
    otherwise (CLREQ §§3.1.4–3.1.5, GB/T 15834 §5.1) is laid over it.
    """
    count = len(paragraph)
    costs = [FORBIDDEN] * (count + 1)
    visible = [item for item in range(count) if paragraph.texts[item]]
    text = "".join(paragraph.texts[item] for item in visible)
    if text:
        breaks = breaks_of_text(text, language)
        in_address = _address_breaks(text)
        plain = _plain_han(paragraph, visible)
        for index in range(1, len(visible)):
            gap = visible[index - 1] + 1  # what has no extent goes to the next line
            cost = 0.0 if breaks[index] & LINE_BREAK else FORBIDDEN
            if not (plain[index - 1] and plain[index]):
                cost = _cost(paragraph, visible, index, in_address.get(index, cost))
            costs[gap] = cost if cost == FORCED or breaks[index] & CHARACTER_BREAK else UNBREAKABLE
    _raise_in_titles(paragraph, costs)
    return costs


def _plain_han(paragraph: Paragraph, visible: list[int]) -> list[bool]:
    """By visible item, whether it is a Han character of which `_cost` knows nothing beside another such one."""
    kinds, texts, han = paragraph.kinds, paragraph.texts, Kind.HAN
    if not paragraph.is_bound:
        return [kinds[item] is han and texts[item] not in _TELLING for item in visible]
    bound = [
        any(reasons)
        for reasons in zip(
            paragraph.unbroken, paragraph.raised, paragraph.verbatim, paragraph.names, paragraph.parts, strict=True
        )
    ]
    return [kinds[item] is han and not bound[item] and texts[item] not in _TELLING for item in visible]


def _address_breaks(text: str) -> dict[int, float]:
    """Where a web address may break: after a solidus, hyphen or query sign, before a full stop; never in its scheme."""
    costs: dict[int, float] = {}
    for address in _ADDRESS.finditer(text):
        start = address.start("rest")
        for index in range(address.start() + 1, start + 1):
            costs[index] = FORBIDDEN
        for index in range(start + 1, address.end()):
            if text[index] == "." or text[index - 1] in "/-_?&=#%":
                costs[index] = IN_ADDRESS
    return costs


def _cost(paragraph: Paragraph, visible: list[int], index: int, base: float) -> float:
    first, second = visible[index - 1], visible[index]
    kinds, texts = paragraph.kinds, paragraph.texts
    one, two = kinds[first], kinds[second]
    before, after = texts[first], texts[second]
    if one is Kind.NEWLINE:
        return FORCED
    group = paragraph.unbroken[first]
    if group and group == paragraph.unbroken[second]:
        return UNBREAKABLE
    if two in _NEVER_FIRST_KINDS or after in NEVER_FIRST:
        return FORBIDDEN
    if one is Kind.OPENER or (before in NEVER_LAST and two is not Kind.SPACE):
        return FORBIDDEN
    if paragraph.raised[second] and not paragraph.raised[first]:
        return FORBIDDEN
    if paragraph.verbatim[first] and paragraph.verbatim[second]:
        return base
    if (two is Kind.OPENER and one is not Kind.SPACE) or (
        one in (Kind.CLOSER, Kind.STOP) and two is not Kind.ZERO_WIDTH
    ):
        base = 0.0
    elif one is Kind.INTERPUNCT and two is Kind.HAN:
        base = AFTER_INTERPUNCT
    elif base == 0.0 and one is Kind.SPACE:
        base = AT_WORD_SPACE + (
            AFTER_SMALL_WORD if _word_before(paragraph, visible, index - 1) in _SMALL_WORDS else 0.0
        )
    elif base == 0.0 and before in _HYPHENS:
        base = AFTER_HYPHEN
    if base == FORBIDDEN:
        return base
    name = paragraph.names[first]
    if name and name == paragraph.names[second] and not {Kind.SPACE, Kind.INTERPUNCT} & {one, two}:
        base += IN_NAME
    base = _number_cost(paragraph, visible, index, base)
    return base + _part_cost(paragraph, first, second)


def _word_before(paragraph: Paragraph, visible: list[int], index: int) -> str:
    """The Latin word that ends before visible item `index`, in small letters."""
    start = index
    while start > 0 and paragraph.kinds[visible[start - 1]] is Kind.LATIN:
        start -= 1
    return "".join(paragraph.texts[item] for item in visible[start:index]).lower()


def _number_cost(paragraph: Paragraph, visible: list[int], index: int, base: float) -> float:
    """A number stays with what it counts, a date in one piece where that is cheap."""
    kinds, texts = paragraph.kinds, paragraph.texts
    first, second = visible[index - 1], visible[index]
    before, after = texts[first], texts[second]
    if kinds[second] is Kind.DIGIT:
        if before == "第":
            return FORBIDDEN
        earlier = visible[index - 2] if index > 1 else first
        return base + IN_DATE if before in "年月" and kinds[earlier] is Kind.DIGIT else base
    if kinds[second] is not Kind.HAN:
        return base
    if kinds[first] is Kind.DIGIT or before in "%％":
        return FORBIDDEN if after in _UNITS else base + IN_DATE
    if kinds[first] is not Kind.HAN:
        return base
    if before in _MULTIPLIERS and after in _UNITS and _follows_digit(paragraph, visible, index - 2):
        return FORBIDDEN
    if before == "第" and after in _NUMERALS:
        return FORBIDDEN
    if before in _NUMERALS and (after in _NUMERALS or after in _UNITS):
        start = index - 1
        while start > 0 and texts[visible[start]] in _NUMERALS:
            start -= 1
        if texts[visible[start]] == "第":
            return FORBIDDEN
    if index > 1 and kinds[visible[index - 2]] is Kind.DIGIT and before in _UNITS:
        return base + IN_COUNTED_NOUN
    return base


def _follows_digit(paragraph: Paragraph, visible: list[int], index: int) -> bool:
    while index >= 0 and paragraph.texts[visible[index]] in _MULTIPLIERS:
        index -= 1
    return index >= 0 and paragraph.kinds[visible[index]] is Kind.DIGIT


def _part_cost(paragraph: Paragraph, first: int, second: int) -> float:
    """Within a part of a title a break costs more than between parts; less after 、 or a word space."""
    part = paragraph.parts[first]
    if not part or part != paragraph.parts[second]:
        return 0.0
    if paragraph.texts[first] in "、，；":
        return IN_PART / 5
    return IN_PART / 3 if paragraph.kinds[first] is Kind.SPACE else IN_PART


def _raise_in_titles(paragraph: Paragraph, costs: list[float]) -> None:
    """《…》 breaks only where good: not beside its marks, and elsewhere in it unwillingly."""
    opened: list[int] = []
    for item, text in enumerate(paragraph.texts):
        if text == "《":
            opened.append(item)
        elif text == "》" and opened:
            start = opened.pop()
            for gap in range(start + 1, item + 1):
                near = gap - start <= 2 or item - gap <= 1
                costs[gap] += NEAR_TITLE_MARK if near else IN_TITLE
