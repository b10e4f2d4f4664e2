"""Facts: the figures of one text agree in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from huikan.check.passages import Kind, Passage
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject
from huikan.finding import Severity

_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN_NUMBER = re.compile("[零〇一二两三四五六七八九十百千万亿]+")
_DIGITS = re.compile(r"(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)?")
_EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ZH_SCALES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_TENS = {
    word: 10 * tens
    for tens, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SMALLEST = 10


def _number(digits: str) -> Decimal | None:
    try:
        return Decimal(digits.replace(",", "").rstrip("."))
    except InvalidOperation:
        return None


def han_number(word: str) -> int | None:
    """The value of a number in Han characters; None for an empty one. Years digit by digit (二〇二四)."""
    if not any(character in _HAN_UNITS for character in word):
        return int("".join(str(_HAN_DIGITS[character]) for character in word)) if word else None
    total = section = digit = 0
    for character in word:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif _HAN_UNITS[character] >= 10**4:
            total = (total + section + digit or 1) * _HAN_UNITS[character]
            section = digit = 0
        else:
            section += (digit or 1) * _HAN_UNITS[character]
            digit = 0
    return total + section + digit


def figures(text: str, scales: dict[str, int]) -> list[tuple[int, int, Decimal]]:
    """Start, end and value of every figure in digits, with the scale that follows it (`65万`, `1.2 million`)."""
    found = []
    following = re.compile(r"\s?(" + "|".join(sorted(scales, key=len, reverse=True)) + r")")
    for match in _DIGITS.finditer(text):
        value = _number(match.group())
        scale = following.match(text, match.end())
        if value is not None:
            end = scale.end() if scale else match.end()
            found.append((match.start(), end, value * (scales[scale[1]] if scale else 1)))
    return found


def _values(text: str, language: str) -> set[Decimal]:
    """Every number that the text may mean, in digits and in words."""
    if language == "zh":
        values = {value for _, _, value in figures(text, _ZH_SCALES)}
        words = (han_number(word.group()) for word in _HAN_NUMBER.finditer(text))
        return values | {Decimal(value) for value in words if value is not None}
    values = {value for _, _, value in figures(text, _EN_SCALES)}
    words_of = re.findall(r"[A-Za-z]+", text)
    lowered = [word.casefold() for word in words_of]
    values |= {Decimal(MONTHS.index(word) + 1) for word in words_of if word in MONTHS}
    for names in (_WORDS, _ORDINALS):
        values |= {Decimal(names.index(word)) for word in lowered if word in names}
    for word, after in zip(lowered, [*lowered[1:], ""], strict=False):
        if word in _TENS:
            unit = next((names.index(after) for names in (_WORDS, _ORDINALS) if after in names), 0)
            values.add(Decimal(_TENS[word] + (unit if unit < 10 else 0)))
        scale = {**_EN_SCALES, "dozen": 12}.get(after)
        if scale and word in (*_WORDS, "a"):
            values.add(Decimal((_WORDS.index(word) if word in _WORDS else 1) * scale))
    return values


def pairs(subject: Subject) -> Iterator[tuple[tuple[Passage, ...], tuple[Passage, ...]]]:
    """The passages of each text in Chinese and in English."""
    for languages in subject.texts_by_language(without={Kind.NOTE, Kind.NAME, Kind.BODY}).values():
        if len(languages) == 2:
            yield languages["zh"], languages["en"]


def _plain(value: Decimal) -> str:
    """The figure as English prints it: 650,000; four digits may be a year and have no comma."""
    digits = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return digits if value < 10_000 else f"{Decimal(digits):,f}"


@rule("HK120", Severity.WARNING)
def figures_agree_in_both_languages(subject: Subject) -> Iterator[Remark]:
    """Figures agree in both languages.

    Every figure of ten and more that one language writes in digits stands in the other, in digits or in words:
    65万 is 650,000, 第11次 is the eleventh, 1.2亿 is 120 million, 四月 is April.
    """
    for chinese, english in pairs(subject):
        for here, there, language, scales in (
            (chinese, english, "en", _ZH_SCALES),
            (english, chinese, "zh", _EN_SCALES),
        ):
            known = _values("\n".join(passage.text for passage in there), language)
            for passage in here:
                for start, end, value in figures(passage.text, scales):
                    if value >= _SMALLEST and value not in known:
                        place = there[0].file
                        message = f"“{passage.text[start:end].strip()}” is not in the other language ({place})"
                        yield at(
                            passage, start, end, message, f"write {_plain(value)} there, or correct the figure here"
                        )
