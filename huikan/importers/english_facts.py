"""Facts of the event that an English introduction states: date, series, venue, organisers."""

from __future__ import annotations

import datetime as dt
import re

from huikan.content.model import OrganiserRole

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of every month, in lower case."""

_MONTH = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.?"
_DAYS = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:-|–|—|to|and)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_DATES = tuple(
    re.compile(rf"\b{first}\s+{second},?\s+(?P<year>\d{{4}})\b")
    for first, second in ((_DAYS, rf"(?:of\s+)?{_MONTH}"), (_MONTH, _DAYS))
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_SERIES = re.compile(
    r"\bthe (?P<series>(?:\d+(?:st|nd|rd|th)|First|Second|Third|[A-Z][a-z]+th) [A-Z][^,.;“”\"]{2,60}?"
    r"\b(?:Forum|Conference|Summit|Congress))\b"
)
_VENUE = re.compile(
    r"\b(?:held|opened|convened|took place) (?:at|in) (?:the )?(?P<venue>[A-Z][^,.;“”\"]{1,60}?)"
    r"(?=[,.;]|\s+(?:on|from|by|with|under)\b|$)"
)
_VERB = r"(?:(?:co-|jointly )?(?:hosted|organi[sz]ed)|supported)"
_ORGANISERS = re.compile(
    rf"\b(?P<act>{_VERB}) by (?P<bodies>[^.;]{{2,300}}?)(?=,? (?:and |was |it was )*{_VERB} by|[.;]|$)"
)


def find_dates(text: str) -> tuple[dt.date | None, dt.date | None]:
    """The first real date of `8 May 2031`, `May 8–9, 2031`, and the last day if days are a range."""
    matches = sorted((match for pattern in _DATES for match in pattern.finditer(text)), key=lambda match: match.start())
    for match in matches:
        year, month = int(match["year"]), 1 + MONTHS.index(match["month"][:3].casefold())
        try:
            first = dt.date(year, month, int(match["day"]))
            last = dt.date(year, month, int(match["last"])) if match["last"] else None
        except ValueError:
            continue
        return first, last if last and last > first else None
    return None, None


def without_date(text: str) -> str:
    """The text without its first date and the names of weekdays."""
    for pattern in _DATES:
        text = pattern.sub("", text, count=1)
    return _WEEKDAY.sub("", text)


def series_of(text: str) -> str | None:
    """`7th Hongqiao International Economic Forum`."""
    match = _SERIES.search(text)
    return match["series"] if match else None


def venue_of(text: str) -> str | None:
    """Where it was held."""
    match = _VENUE.search(text)
    return match["venue"].strip() if match else None


def organisers_of(text: str) -> tuple[tuple[OrganiserRole, tuple[str, ...]], ...]:
    """Who hosted, organised and supported it. Co-hosts are hosts."""
    groups = []
    for match in _ORGANISERS.finditer(text):
        act = match["act"]
        role = OrganiserRole.HOST if "hosted" in act else OrganiserRole.ORGANISER
        groups.append((OrganiserRole.SUPPORTER if act == "supported" else role, split_bodies(match["bodies"])))
    return tuple(groups)


def split_bodies(text: str) -> tuple[str, ...]:
    """Bodies listed with commas. `and` may stand inside a name, so it parts only behind a comma and before `the`."""
    parts = (re.sub(r"^(?:and |the )+", "", part.strip()) for part in re.split(r"[,;]|\band(?= the\b)", text))
    return tuple(part for part in parts if part)
