"""What stands before the words of a line and is none of them: numbers of a list, bullets, marks of Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HASHES = re.compile(r"#{1,6}\s+(?=\S)")
_BULLET = re.compile(r"(?:[•●▪◆■◇□○◎▲△★☆►▶➢]\s*|[-–*·+]\s+)(?=\S)")
_QUOTE = re.compile(r">\s+(?=\S)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN_DIGITS = "一二三四五六七八九"
_NUMBER = re.compile(
    rf"(?:[（(]\s*(?P<bracketed>\d{{1,2}}|[{_HAN_DIGITS}十]{{1,3}})\s*[）)][、.．]?"
    rf"|(?P<pointed>\d{{1,2}})\s*(?:[、．）)]|\.(?!\d))"
    rf"|(?P<han>[{_HAN_DIGITS}十]{{1,3}})、"
    r"|(?P<nested>\d{1,2}(?:\.\d{1,2})+)\.?\s(?=\s*[A-Z\u3400-\u9fff])"
    rf"|(?P<circled>[{_CIRCLED}])"
    r"|(?P<roman>[IVX]{1,4})\.\s+(?=(?:Opening|Clos|Keynote|Panel|Discussion|Session|Welcome|Round|Report|Programme|Agenda"
    r"|Introduction|Background|Speech|Address|Summar|Conclu)))\s*(?=\S)"
)
_STARRED = re.compile(r"([★☆◆◇■□●=~*-]{1,6})\s*(\w.*\w)\s*\1")
_BOLD = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+?)(?<=\S)\1")


@dataclass(frozen=True, slots=True)
class BareLine:
    """The words of a line; `mark` is the number of a list as it was typed, `number` what it counts.

    `is_heading` when hash signs, stars or bold at both ends say that the line is one; `is_section` when 一、 or II.
    does. Roman numbers, and those of two levels, are not counted: 0.
    """

    text: str
    mark: str = ""
    number: int | None = None
    is_heading: bool = False
    is_section: bool = False


def bare_line(text: str) -> BareLine:
    """The line without its marks. A number counts as one only where a dot, a bracket or 、 stands behind it."""
    mark, number, is_heading, is_section = "", None, False, False
    rest = text
    while True:
        hashes = _HASHES.match(rest)
        starred = _STARRED.fullmatch(rest)
        if starred:
            is_heading, rest = True, starred[2]
            continue
        taken = hashes or _BULLET.match(rest) or _QUOTE.match(rest)
        if taken:
            is_heading = is_heading or bool(hashes)
            rest = rest[taken.end() :]
            continue
        bold = _BOLD.fullmatch(rest)
        if bold:
            is_heading, rest = True, bold[2]
            continue
        counted = _NUMBER.match(rest) if number is None else None
        if counted is None:
            break
        mark = counted[0].strip()
        number = 0 if counted["nested"] or counted["roman"] else _value(counted)
        is_section = bool(counted["han"] or counted["roman"])
        rest = rest[counted.end() :]
    return BareLine(without_bold(rest).strip(), mark, number, is_heading, is_section)


def without_bold(text: str) -> str:
    """The text without the asterisks that set words in bold."""
    return _BOLD.sub(r"\2", text)


def _value(counted: re.Match[str]) -> int:
    digits = counted["bracketed"] or counted["pointed"] or counted["han"]
    if digits is None:
        return 1 + _CIRCLED.index(counted["circled"])
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return 10 * (_HAN_DIGITS.find(tens) + 1 or 1) * bool(ten) + (_HAN_DIGITS.find(ones) + 1 if ones else 0)
