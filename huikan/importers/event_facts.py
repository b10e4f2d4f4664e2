"""Facts of the event that an introduction states in running text: date, series, venue, organisers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from huikan.content.model import OrganiserRole
from huikan.importers import english_facts as english
from huikan.importers.outline_grammar import ORGANISER_LABELS
from huikan.importers.source_text import compact, is_latin

_DATE = re.compile(
    r"(?P<year>\d{4})\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:\s*(?:至|到|—+|–|-|－|~|～)\s*(?:(?P<last_month>\d{1,2})\s*月)?\s*(?P<last_day>\d{1,2})\s*日)?"
)
_WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]")
_SERIES = re.compile(r"(?P<series>第[一二三四五六七八九十百\d]+届[^，。；“”\"\s]{2,40}?)[“\"「]")
_VENUE = re.compile(r"在(?P<venue>[^，。；“”]{2,40}?)(?:成功|顺利|隆重)?(?:举办|举行|召开|开幕)")
_ORGANISERS = re.compile(
    r"(?P<bodies>[^，。；：“”由]{2,300}?)(?:共同|联合)?(?P<act>主办|承办|协办|支持)(?=[，。；,;]|$)"
)


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What was found; dates are real days, bodies are written as in the text."""

    date: dt.date | None = None
    end_date: dt.date | None = None
    series: str | None = None
    venue: str | None = None
    organisers: tuple[tuple[OrganiserRole, tuple[str, ...]], ...] = ()


def find_event_facts(text: str) -> EventFacts:
    """The facts that a paragraph states; what it does not state is None or empty."""
    date, end_date = find_dates(text)
    if is_latin(text):
        return EventFacts(date, end_date, english.series_of(text), english.venue_of(text), english.organisers_of(text))
    series, venue = _SERIES.search(text), _VENUE.search(text)
    groups = tuple(
        (ORGANISER_LABELS[match["act"]], bodies)
        for match in _ORGANISERS.finditer(text)
        if (bodies := split_bodies(match["bodies"]))
    )
    return EventFacts(
        date, end_date, series["series"] if series else None, venue["venue"].strip() if venue else None, groups
    )


def find_dates(text: str) -> tuple[dt.date | None, dt.date | None]:
    """The first real date, and the last day if the text gives a range of days."""
    for match in _DATE.finditer(text):
        try:
            first = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        if not match["last_day"]:
            return first, None
        try:
            last = dt.date(first.year, int(match["last_month"] or first.month), int(match["last_day"]))
        except ValueError:
            return first, None
        return first, last if last > first else None
    return english.find_dates(text)


def says_only_days(text: str) -> bool:
    """Whether the text says nothing beside a date or a range of days: no hours, no second date."""
    return not re.search(r"\w", without_days(text))


def without_days(text: str) -> str:
    """The text without its first date or range of days, and the names of weekdays."""
    return english.without_date(_WEEKDAY.sub("", _DATE.sub("", text, count=1)))


def split_bodies(text: str) -> tuple[str, ...]:
    """Bodies listed with 、; 和 and 与 may stand inside a name (国家发展和改革委员会), so they part nothing."""
    if is_latin(text):
        return english.split_bodies(text)
    return tuple(body for part in re.split(r"[、;；,，]|以及", text) if (body := part.strip()))


def longer_forms(name: str, text: str) -> tuple[str, ...]:
    """Other forms of a body's name in the text, of which `name` may be the short one.

    A form has the same characters in order, with up to two more between them (市场监管总局, 市场监督管理总局),
    and may begin with 国家.
    """
    solid = compact(name)
    if not 4 <= len(solid) <= 12:
        return ()
    gap = "[\u4e00-\u9fff]{0,2}?"
    found = re.findall("(?:国家)?" + gap.join(map(re.escape, solid)), text)
    return tuple(dict.fromkeys(form for form in found if form != solid))
