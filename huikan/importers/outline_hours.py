"""Hours and days in the lines of an outline: 9:00-9:30 开幕式, Opening (9:00–9:30), 第一天（11月6日）, Day 2."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from huikan.importers.clock import read_time
from huikan.importers.english_facts import MONTHS
from huikan.importers.line_marks import BareLine, bare_line

_BRACKETED = re.compile(r"^【\s*([^】]{1,40}?)\s*】\s*[：:]?\s*(\S.*)$")
_HALF = r"(?:上午|下午|晚上|晚间|中午|早上|凌晨)?"
_CLOCK = rf"{_HALF}\s*\d{{1,2}}\s*(?:[:：]\s*\d{{2}}|[时點点]\s*(?:\d{{2}}\s*分?|半)?|\.\d{{2}})(?!\d)"
_MERIDIEM = r"(?:\s*[AaPp]\.?[Mm]\b\.?)?"
_HOUR = rf"(?:{_CLOCK}{_MERIDIEM}|\d{{1,2}}\s*[AaPp]\.?[Mm]\b\.?)"
_TO = r"\s*(?:-|–|—+|－|~|～|∼|至|到|to|until)\s*"
_RANGE = rf"(?P<start>{_HOUR}|\d{{1,2}}(?=\s*(?:-|–|to)\s*\d{{1,2}}\s*[AaPp]\.?[Mm])){_TO}(?P<end>{_HOUR})"
_LEADING = re.compile(rf"[\[（(【]?\s*(?:{_RANGE}|(?P<only>{_HOUR}))\s*[\]）)】]?\s*[:：,，、|｜│]?\s*")
_TRAILING = re.compile(
    rf"\s*[,，]?\s*(?:[\[（(【]\s*(?:{_RANGE}|(?P<only>{_HOUR}))\s*[\]）)】]|(?<=\s){_RANGE.replace('P<', 'P<late_')})$"
)
_HALF_NAME = re.compile(r"上午|下午|晚上|晚间|中午|早上|凌晨")
_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*[年./-]\s*)?(?P<month>\d{1,2})\s*(?:月|[./-](?=\s*\d{1,2}\b))\s*(?P<day>\d{1,2})\s*[日号]?"
)
_MONTH = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.?"
_ENGLISH_DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}})\b)?"),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>\d{{4}})\b)?"),
)
_ORDINAL = re.compile(
    r"第\s*(?P<han>[一二三四五六七八九\d])\s*[天日]|\bDay\s+(?P<latin>\d{1,2}|One|Two|Three|Four|Five)\b", re.IGNORECASE
)
_COUNTED = ("one", "two", "three", "four", "five")
_WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)
_HALVES = re.compile(r"上午|下午|晚上|晚间|全天|\b(?:morning|afternoon|evening|all day)\b", re.IGNORECASE)
_AGENDA = re.compile(r"(?:议程|日程|programme|agenda)\s*$", re.IGNORECASE)
_AFTERNOON = re.compile(r"下午|晚|afternoon|evening", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when, `words` as they were typed; `text` is the rest of the line."""

    start: dt.time
    end: dt.time | None
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a line names: by its date, with or without the year, or as the first, the second…"""

    month: int | None = None
    day: int | None = None
    year: int | None = None
    ordinal: int | None = None
    afternoon: bool = False

    def date(self, first: dt.date | None) -> dt.date | None:
        """The date, as far as the line, or the event's first day, tells it."""
        year = self.year or (first.year if first else None)
        try:
            if self.month and self.day and year:
                return dt.date(year, self.month, self.day)
            if self.ordinal and first:
                return first + dt.timedelta(days=self.ordinal - 1)
        except (ValueError, OverflowError):
            return None
        return None


def leading_hours(text: str) -> Hours | None:
    """`9:00-9:30 开幕式`, `9 am: Opening`; None where no hour of a clock begins the line."""
    match = _LEADING.match(text)
    return _hours(match, match[0], text[match.end() :]) if match else None


def trailing_hours(text: str) -> Hours | None:
    """`开幕式（9:00-9:30）`, `Opening 9:00–9:30`."""
    match = _TRAILING.search(text)
    return _hours(match, match[0], text[: match.start()]) if match and match.start() else None


def only_hours(text: str) -> Hours | None:
    """The hours of a text that says nothing else."""
    hours = leading_hours(text)
    return hours if hours and not re.search(r"\w", hours.text) else None


def _hours(match: re.Match[str], words: str, rest: str) -> Hours | None:
    found = match.groupdict()
    first = found.get("start") or found.get("late_start") or found.get("only") or ""
    last = found.get("end") or found.get("late_end")
    if "." in re.sub(r"[AaPp]\.?[Mm]\b\.?", "", first) and not last:
        return None  # 3.50 may be any number
    start, end = _time(first, last or ""), _time(last, "") if last else None
    if start is None or (last and end is None):
        return None
    if end is not None and end < start and end.hour < 8:
        end = end.replace(hour=end.hour + 12)  # 12:00-1:00, 下午2:30-4:00
    return Hours(start, end if end and end > start else None, words.strip(), rest.strip())


def _time(text: str, later: str) -> dt.time | None:
    """A clock time. Where only `later` says pm (1:00-2:30 pm), it says so of both, if the first is then the earlier."""
    plain = re.sub(r"半$", "30分", text.replace(" ", "")).replace("点钟", "点").replace("晚间", "晚上")
    plain = re.sub(r"^(\d{1,2})([AaPp])", r"\1:00\2", plain)
    time = read_time(f"{plain}:00" if plain.isdecimal() else plain)
    meridiem = re.search(r"[AaPp]\.?[Mm]\.?$", later.strip())
    if time is None or not meridiem or re.search(r"[AaPp]\.?[Mm]", text) or meridiem[0][0] not in "pP":
        return time
    moved = time.replace(hour=time.hour + 12) if time.hour < 12 else time
    end = _time(later, "")
    return moved if end is not None and moved < end else time


def named_day(text: str) -> Day | None:
    """The day of a line that names nothing but a day: 11月6日 上午, Day One – 6 November, 第二天, 下午."""
    if len(text) > 60:
        return None
    ordinal = _ORDINAL.search(text)
    rest = _ORDINAL.sub(" ", text, count=1)
    date = next((found for pattern in (_DATE, *_ENGLISH_DATES) if (found := pattern.search(rest))), None)
    if date:
        rest = rest[: date.start()] + " " + rest[date.end() :]
    half = _HALVES.search(rest)
    rest = _AGENDA.sub(" ", _HALVES.sub(" ", _WEEKDAY.sub(" ", rest)))
    if re.search(r"[^\W_]", rest) or not (date or ordinal or half):
        return None
    return Day(
        _month(date["month"]) if date else None,
        int(date["day"]) if date else None,
        int(date["year"]) if date and date["year"] else None,
        _count(ordinal) if ordinal else None,
        bool(half and _AFTERNOON.search(half[0])),
    )


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else 1 + MONTHS.index(text[:3].casefold())


def _count(ordinal: re.Match[str]) -> int:
    word = ordinal["han"] or ordinal["latin"].casefold()
    if word.isdecimal():
        return int(word)
    return 1 + (_COUNTED.index(word) if word in _COUNTED else "一二三四五六七八九".index(word))


def clock(time: dt.time | None) -> str | None:
    """`09:30`, as content files write it."""
    return time.strftime("%H:%M") if time else None


def without_hours(text: str) -> str:
    """The text without every hour of a clock."""
    return re.sub(rf"{_HOUR}(?:{_TO}{_HOUR})?", " ", text)


def unmarked(text: str) -> BareLine:
    """The line without its marks; 【9:00】 and 【主持人】 before words are hours and a label."""
    bare = bare_line(text)
    bracketed = _BRACKETED.match(bare.text)
    if not bracketed:
        return bare
    inner, rest = bracketed.groups()
    if only_hours(inner):
        return replace(bare, text=f"{inner} {rest}")
    return replace(
        bare, text=f"{rest} {inner}" if only_hours(rest) else f"{inner}：{rest}", is_heading=bool(only_hours(rest))
    )
