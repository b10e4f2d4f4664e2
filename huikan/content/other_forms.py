"""What an editor meant who wrote a date, a time or a number in another form than the content files have."""

from __future__ import annotations

import calendar
import re
import unicodedata

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_DATE = re.compile(r"(?:(?P<year>\d{4})[年./-])?(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})[日号]?(?![\d.])")
_COMPACT_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_ENGLISH_DATE = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? +)?(?P<word>[A-Za-z]{3,9})\.?,? +(?:(?P<later>\d{1,2})(?:st|nd|rd|th)?,? +)?"
    r"(?P<year>\d{4})"
)
_SHORT_YEAR = re.compile(r"(\d\d)[./-](\d{1,2})[./-](\d{1,2})")
_LAST_DAY = re.compile(r"^\s*(?:\([^)]*\))?\s*(?:[-~至到]+|to\b)\s*(?P<date>.+)$")
_DAY_BEFORE = re.compile(r"^(?:.*?\d{1,2}[日号]|\d{4}[./-]\d{1,2}[./-]\d{1,2}[ T])\s*(?:\([^)]*\))?")
_TIME = re.compile(
    r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|晚|am|pm|a\.m\.|p\.m\.)?\s*"
    r"(?P<hour>\d{1,2})(?:(?:[:.时点]|点钟|时整|点整)(?P<minute>\d{1,2}|半|一刻|三刻)?分?|(?P<tight>\d\d))?\s*"
    r"(?P<after>am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}
_AFTERNOON = {"下午", "傍晚", "晚上", "晚间", "晚", "pm", "p.m."}
_NUMBER = re.compile(
    r"第?(?P<digits>\d+(?:\.\d+)?|[〇零一二三四五六七八九十两]+)(?![百千万亿kK])[^\d.一二三四五六七八九十]*"
)


def date_hint(text: str, keys: list[str]) -> str:
    """What to write for a date in another form; empty if none is recognised. `keys` may stand beside it."""
    plain = _plain(text)
    if re.fullmatch(r"[\dOoIl]{4}[年./-][\dOoIl]{1,2}[月./-][\dOoIl]{1,2}日?", plain):  # letters that look like digits
        plain = plain.translate(str.maketrans("OoIl", "0011"))
    short = _SHORT_YEAR.fullmatch(plain)
    if short:
        return f"write 20{short[1]}-{int(short[2]):02}-{int(short[3]):02}, if the year comes first"
    first = _date_in(plain)
    if first is None or re.match(r"[./]?\d", first[1]):
        return ""
    (year, month, day), rest = first
    if not 1 <= month <= 12:
        return f"there is no month {month}; write it as 2024-11-06"
    if year and not 1 <= day <= calendar.monthrange(year, month)[1]:
        days = calendar.monthrange(year, month)[1]
        return f"{calendar.month_name[month]} {year} has {days} days"
    if not year:
        return f"write the year too, in four digits: YEAR-{month:02}-{day:02}"
    written = f"{year}-{month:02}-{day:02}"
    until = _LAST_DAY.match(rest)
    last = _date_in(_completed(until["date"], year, month)) if until else None
    if last and "end_date" in keys:
        (last_year, last_month, last_day), _ = last
        return f"write date: {written} and end_date: {last_year}-{last_month:02}-{last_day:02}"
    if re.search(r"\d[:时点]", rest) and "start" in keys:
        return f"write {written}, and the time behind start:"
    return f"write {written}"


def time_hint(text: str) -> str:
    """What to write for a time of day in another form; empty if none is recognised."""
    plain = _DAY_BEFORE.sub("", _plain(text)).strip()
    begun, _, ended = re.sub(r"\s*[-~至到]+\s*", "\0", plain).partition("\0")
    start = _time_in(begun)
    if start is None:
        return ""
    if ended:
        part = next((word for word in (*_AFTERNOON, "上午") if begun.startswith(word)), "")
        end = _time_in(ended) or ""
        if part in _AFTERNOON and end and end < start:
            end = _time_in(part + ended) or end
        if end and end < start and int(end[:2]) < 12:  # 10:00-2:00
            end = f"{int(end[:2]) + 12}{end[2:]}"
        return f"write start: {start} and end: {end}" if end else f"write {start}"
    if start == "24:00":
        return "write 23:59, or 00:00 of the day after"
    hour = int(start[:2])
    if 1 <= hour <= 6 and not re.search(r"[^\d:.时点分半刻\s]", plain):
        return f"write {hour + 12}{start[2:]} if it is in the afternoon, {start} if it is at night"
    return f"write {start}"


def number_hint(text: str) -> str:
    """What to write for a number with words around it or in characters; empty if none is recognised."""
    found = _NUMBER.fullmatch(_plain(text))
    if not found:
        return ""
    digits = found["digits"]
    return f"write {digits if digits[0].isascii() else _of_characters(digits)}"


def _plain(text: str) -> str:
    """Half-width forms, without the blanks around it; dashes are hyphens."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub("[—–―−﹣～〜]+", "-", plain)
    if re.match("[〇零一二三四五六七八九]{4}年", plain):  # 二〇二四年十一月六日
        plain = re.sub(
            "[〇零一二三四五六七八九]{4}(?=年)", lambda year: "".join(str(_DIGITS[each]) for each in year[0]), plain
        )
    return re.sub("[一二三四五六七八九十两]+(?=[月日号时点分])", lambda number: str(_of_characters(number[0])), plain)


def _of_characters(characters: str) -> int:
    """二十五 is 25, 〇 is 0, 二五 is 25."""
    if "十" not in characters:
        return int("".join(str(_DIGITS[each]) for each in characters))
    tens, _, ones = characters.partition("十")
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones[:1], 0) if ones else 0)


def _date_in(plain: str) -> tuple[tuple[int, int, int], str] | None:
    """Year (0 if there is none), month and day with which a text begins, and what follows."""
    found = _COMPACT_DATE.match(plain) or _DATE.match(plain)
    if found:
        return (int(found["year"] or 0), int(found["month"]), int(found["day"])), plain[found.end() :]
    english = _ENGLISH_DATE.match(plain)
    if english and (english["day"] or english["later"]):
        names = [name.casefold() for name in calendar.month_abbr]
        name = english["word"][:3].casefold()
        if name in names[1:]:
            return (int(english["year"]), names.index(name), int(english["day"] or english["later"])), plain[
                english.end() :
            ]
    return None


def _completed(date: str, year: int, month: int) -> str:
    """The last day of a range with the year and month of the first, where it has none of its own."""
    if re.match(r"\d{1,2}[日号]?(?:\D|$)(?![\d])", date) and not re.match(r"\d{1,2}[月./-]\d", date):
        return f"{year}-{month}-{date}"
    return date if re.match(r"\d{4}", date) else f"{year}年{date}"


def _time_in(plain: str) -> str | None:
    found = _TIME.fullmatch(plain.strip())
    if not found or (found["tight"] and len(found["hour"] + found["tight"]) < 3):
        return None
    part = (found["part"] or found["after"] or "").casefold()
    hour, minute = int(found["hour"]), found["minute"] or found["tight"] or "0"
    minutes = _MINUTES[minute] if minute in _MINUTES else int(minute)
    if part in _AFTERNOON and hour < 12:
        hour += 12
    elif (part in {"凌晨", "am", "a.m.", "晚上", "晚间", "晚"} and hour == 12) or (part == "中午" and hour < 3):
        hour = (hour + 12) % 24
    if hour > 24 or minutes > 59 or (hour == 24 and minutes):
        return None
    return f"{hour:02}:{minutes:02}"
