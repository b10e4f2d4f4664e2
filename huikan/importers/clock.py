"""Dates, times and durations as other systems write them; a night's talk belongs to the day before."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

DAY_CHANGE = dt.time(3)
"""Before this hour a talk belongs to the programme of the day before."""

_TIME = re.compile(
    r"(?P<half>上午|下午|晚上|中午|早上)?\s*(?P<hour>\d{1,2})\s*[:：.时點点h]\s*(?P<minute>\d{2})?\s*分?"
    r"(?:[:：](?P<second>\d{2})(?:\.\d+)?)?\s*(?P<meridiem>[AaPp]\.?[Mm]\.?)?"
)
_DATE = re.compile(r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?")
_WITHOUT_YEAR = re.compile(r"(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]?")
_EUROPEAN = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")
_SOLID = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_ISO_DURATION = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?")


@dataclass(frozen=True, slots=True)
class Slot:
    """When something is on: the day of the programme, and the local time from `start` to `end`."""

    day: dt.date | None = None
    start: dt.datetime | None = None
    end: dt.datetime | None = None

    @property
    def order(self) -> tuple[dt.date, dt.datetime]:
        """Sorts slots by day, then time; what has no time comes first."""
        day = self.day or dt.date.max
        return day, self.start or dt.datetime.combine(day, dt.time())


NO_SLOT = Slot()


def programme_day(moment: dt.datetime) -> dt.date:
    """The day to whose programme a moment belongs."""
    if moment.time() < DAY_CHANGE and moment.date() > dt.date.min:
        return moment.date() - dt.timedelta(days=1)
    return moment.date()


def read_date(text: str) -> dt.date | None:
    """`2024-11-06`, `2024/11/6`, `2024年11月6日`, `20241106`, `6.11.2024`, or the date of an ISO moment; else None."""
    stripped = text.strip()
    match = _DATE.match(stripped) or _EUROPEAN.match(stripped) or _SOLID.fullmatch(stripped)
    if not match:
        return None
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def read_date_of_year(text: str, year: int) -> dt.date | None:
    """`5月20日` of that year; else None."""
    match = _WITHOUT_YEAR.match(text.strip())
    try:
        return dt.date(year, int(match["month"]), int(match["day"])) if match else None
    except ValueError:
        return None


def read_time(text: str) -> dt.time | None:
    """`09:30`, `9.30`, `09:30:00`, `0930`, `9:30 pm`, `下午3:30`, `9点30分`; else None."""
    stripped = text.strip()
    if re.fullmatch(r"\d{4}", stripped):
        stripped = f"{stripped[:2]}:{stripped[2:]}"
    match = _TIME.fullmatch(stripped)
    if not match:
        return None
    hour = int(match["hour"])
    afternoon = match["half"] in {"下午", "晚上"} or (match["meridiem"] or "").casefold().startswith("p")
    if afternoon and hour < 12:
        hour += 12
    elif hour == 12 and (match["meridiem"] or "").casefold().startswith("a"):
        hour = 0
    try:
        return dt.time(hour, int(match["minute"] or 0))
    except ValueError:
        return None


def read_moment(text: str) -> dt.datetime | None:
    """An ISO 8601 date and time, with its offset if it has one; else None."""
    stripped = text.strip()
    if not re.match(r"\d{4}-?\d{2}-?\d{2}[T ]\d", stripped):
        return None
    try:
        return dt.datetime.fromisoformat(stripped).replace(second=0, microsecond=0)
    except ValueError:
        return None


def read_duration(text: str) -> dt.timedelta | None:
    """`HH:MM`, `D:HH:MM`, `HH:MM:SS`, whole minutes, `PT45M`, `45 min`, `45分钟`; else None.

    Of three numbers the first is days when it has one digit (frab writes `1:02:30`), hours when it has two.
    """
    stripped = text.strip()
    try:
        if re.fullmatch(r"\d{1,5}(?:\.0+)?\s*(?:min(?:utes?|\.)?|分钟|分|')?", stripped):
            number = re.match(r"\d+", stripped)
            return dt.timedelta(minutes=int(number[0])) if number else None
        parts = stripped.split(":")
        if 2 <= len(parts) <= 4 and all(re.fullmatch(r"\d{1,3}", part) for part in parts):
            numbers = [int(part) for part in parts]
            if len(parts) == 2:
                return dt.timedelta(hours=numbers[0], minutes=numbers[1])
            if len(parts) == 3 and len(parts[0]) > 1:
                return dt.timedelta(hours=numbers[0], minutes=numbers[1], seconds=numbers[2])
            days, hours, minutes, seconds = (*numbers, 0)[:4]
            return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        match = _ISO_DURATION.fullmatch(stripped)
        if match and any(match.groups()):
            days, hours, minutes, seconds = (int(group or 0) for group in match.groups())
            return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except (ValueError, OverflowError):
        return None
    return None


def read_zone(name: str) -> ZoneInfo | None:
    """The IANA time zone of that name; None if there is none."""
    if not re.fullmatch(r"[A-Za-z0-9_+/-]{1,64}", name) or name.startswith("/"):
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        return None
    except KeyError:
        return None


def local(moment: dt.datetime, zone: ZoneInfo | None, wall: dt.time | None = None) -> dt.datetime:
    """The moment as the clocks of the event show it, without an offset.

    Where the source states the clock time (`wall`) and it is the moment's own, the moment's own offset holds; else the
    event's zone does.
    """
    naive = moment.replace(tzinfo=None)
    if moment.tzinfo is None or zone is None or (wall is not None and wall == naive.time()):
        return naive
    try:
        return moment.astimezone(zone).replace(tzinfo=None)
    except (OverflowError, ValueError):
        return naive


def slot_of(
    start: dt.datetime | None,
    *,
    end: dt.datetime | None = None,
    duration: dt.timedelta | None = None,
    day: dt.date | None = None,
) -> Slot:
    """The slot that begins at a local moment. Without an end it ends after the duration, if that is known."""
    if start is not None and end is None and duration:
        try:
            end = start + duration
        except OverflowError:
            end = None
    if start is not None and end is not None and end <= start:
        end = None
    return Slot(day or (programme_day(start) if start else None), start, end)


def on_day(day: dt.date | None, time: dt.time | None) -> dt.datetime | None:
    """The moment of a clock time in a day's programme: before `DAY_CHANGE` it is already the next calendar day."""
    if day is None or time is None:
        return None
    if time < DAY_CHANGE and day < dt.date.max:
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, time)
