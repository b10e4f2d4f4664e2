"""Text: numbers and dates, written one way."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator

from huikan.check.figures import han_number
from huikan.check.passages import Passage
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject
from huikan.finding import Severity

_HAN_YEAR = re.compile("(?<![〇零一二三四五六七八九])([一二][〇零一二三四五六七八九]{3})年")
_HAN_DAY = re.compile("([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_HAN_QUANTITY = re.compile(
    "(?<![第几数一二三四五六七八九十百千万])([一二三四五六七八九][一二三四五六七八九十百千]{2,})(?=[个名位件项家人次元年篇])"
)
_ARABIC_ORDINAL = re.compile("第([1-9])(?=[届])")
_HYPHEN_RANGE = re.compile(r"(?<![A-Za-z\d-])(\d{1,4})-(\d{1,4})(?=[年月日号个名位件项家人次元%时])")
_HAN_NUMERALS = "一二三四五六七八九"

_FORMS = {
    "年月日": re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"),
    "hyphens": re.compile(r"(?<![\d/-])\d{4}-\d{1,2}-\d{1,2}(?![\d/-])"),
    "points": re.compile(r"(?<![\d.])\d{4}\.\d{1,2}\.\d{1,2}(?![\d.])"),
    "slashes": re.compile(r"(?<![\d/])\d{4}/\d{1,2}/\d{1,2}(?![\d/])"),
}
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ENGLISH_FORMS = {
    "day first": re.compile(rf"\b\d{{1,2}} {_MONTH} \d{{4}}"),
    "month first": re.compile(rf"\b{_MONTH} \d{{1,2}}, \d{{4}}"),
    "hyphens": re.compile(r"(?<![\d/-])\d{4}-\d{2}-\d{2}(?![\d/-])"),
}
_YEARS = {"今年": 0, "明年": 1, "去年": -1, "前年": -2, "后年": 2}
_RELATIVE = re.compile(
    r"今年|明年|去年|(?<![以之从])前年(?!度)|(?<![今此])后年|近日|(?<![\d月])日前|昨[天日]|明[天日]|前天|上个?月|下个?月|[上下]周|本周"
)
_RELATIVE_ENGLISH = re.compile(
    r"\b(?:(?:this|last|next) (?:year|month|week)|yesterday|tomorrow|today(?!’s))\b", re.IGNORECASE
)


@rule("HK216", Severity.WARNING)
def numbers_follow_the_standard(subject: Subject) -> Iterator[Remark]:
    """Numbers are written as the standard asks.

    Years, days and exact quantities stand in Arabic figures (2024年, not 二〇二四年), the number of a meeting
    below ten in Chinese (第七届), a range with — or ～ (3—5年). `--fix` rewrites ordinals and ranges. (GB/T 15835.)
    """
    for passage in subject.printed("zh"):
        for found in _HAN_YEAR.finditer(passage.text):
            year = han_number(found[1])
            yield at(passage, *found.span(), f"the year {found[1]} in Chinese figures", f"write {year}年")
        for found in _HAN_DAY.finditer(passage.text):
            month, day = han_number(found[1]), han_number(found[2])
            yield at(passage, *found.span(), f"the date {found.group()} in Chinese figures", f"write {month}月{day}日")
        for found in _HAN_QUANTITY.finditer(passage.text):
            yield at(
                passage, *found.span(), f"the quantity {found[1]} in Chinese figures", f"write {han_number(found[1])}"
            )
        for found in _ARABIC_ORDINAL.finditer(passage.text):
            word = f"第{_HAN_NUMERALS[int(found[1]) - 1]}"
            yield at(passage, *found.span(), f"“{found.group()}届”", f"write {word}届", replacement=word)
        for found in _HYPHEN_RANGE.finditer(passage.text):
            dash = f"{found[1]}—{found[2]}"
            yield at(passage, *found.span(), f"the range {found.group()}", f"write {dash}", replacement=dash)


@rule("HK217", Severity.WARNING)
def dates_have_one_form(subject: Subject) -> Iterator[Remark]:
    """Dates have one form.

    In Chinese 2024年11月6日, never 2024-11-06 or 2024.11.6 in running text; in English the form that most dates have.
    """
    for passage in subject.printed("zh"):
        for form, pattern in _FORMS.items():
            for found in pattern.finditer(passage.text) if form != "年月日" else ():
                year, month, day = (int(number) for number in re.findall(r"\d+", found.group()))
                message = f"the date {found.group()} in figures alone"
                yield at(passage, *found.span(), message, f"write {year}年{month}月{day}日")
    seen: dict[str, list[tuple[Passage, re.Match[str]]]] = defaultdict(list)
    for passage in subject.printed("en"):
        for form, pattern in _ENGLISH_FORMS.items():
            seen[form] += [(passage, found) for found in pattern.finditer(passage.text)]
    if seen:
        usual = max(seen, key=lambda form: len(seen[form]))
        for form, dates in seen.items():
            for passage, found in dates if form != usual else ():
                message = f"the date {found.group()} with the {form}, others like {seen[usual][0][1].group()}"
                yield at(passage, *found.span(), message, "write all dates in one form")


@rule("HK218", Severity.WARNING)
def dates_are_absolute(subject: Subject) -> Iterator[Remark]:
    """Dates are absolute.

    The booklet is read for years: 今年, 明年, 近日 and “this year” mean something else then. The suggestion counts from
    the date of the event.
    """
    held: dt.date = subject.publication.booklet.date
    for passage in subject.prose("zh"):
        for found in _RELATIVE.finditer(passage.text):
            years = _YEARS.get(found.group())
            hint = "write the date" if years is None else f"write {held.year + years}年"
            yield at(passage, *found.span(), f"“{found.group()}” in a permanent record", hint)
    for passage in subject.prose("en"):
        for found in _RELATIVE_ENGLISH.finditer(passage.text):
            hint = f"write the date, counted from {held}"
            yield at(passage, *found.span(), f"“{found.group()}” in a permanent record", hint)
