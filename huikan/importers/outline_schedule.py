"""When the sessions of an outline are: their days and hours as fields of the programme, and the days of the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from huikan.importers.content_files import text
from huikan.importers.draft import Ledger
from huikan.importers.outline_hours import Hours, clock
from huikan.importers.outline_parts import OutlineSession
from huikan.importers.outline_people import place_of

_EARLIEST_MORNING = 8
"""An hour before this one, under 下午, is one of the afternoon."""


def dates_of(sessions: Sequence[OutlineSession], booklet: Mapping[str, Any]) -> dict[int, dt.date]:
    """The date of every session that stands under a day, by its line; none where all are of one day."""
    first = booklet.get("date")
    if first is None:
        first = min((day for each in sessions if each.day and (day := each.day.date(None))), default=None)
    dates = {each.line: day for each in sessions if each.day and (day := each.day.date(first))}
    return dates if len(set(dates.values())) > 1 else {}


def stated_days(sessions: Sequence[OutlineSession]) -> list[dt.date]:
    """The days, with their years, under which sessions stand, from first to last."""
    return sorted({day for each in sessions if each.day and (day := each.day.date(None))})


def place_times(session: OutlineSession, place: str, dates: Mapping[int, dt.date], ledger: Ledger) -> dict[str, Any]:
    """`date`, `start`, `end` and `room` of a session."""
    values: dict[str, Any] = {"date": dates.get(session.line)}
    if session.day and session.day.month is None and session.line in dates:
        ledger.guess(session.line, f"“{session.heading.label}”: the day is taken for {dates[session.line]}")
    if session.hours is not None:
        hours = session.hours
        if session.day and session.day.afternoon and hours.start.hour < _EARLIEST_MORNING:
            ledger.guess(session.hours_line, f"“{clock(hours.start)}” is taken for an hour of the afternoon")
            hours = _later(hours)
        values |= place_hours(hours, session.hours_line, place, ledger)
    if session.room is not None:
        line, words = session.room
        values["room"] = text(words)
        ledger.place(line.number, place_of(f"{place}.room", values["room"]), words)
    return values


def place_hours(hours: Hours | None, line: int, place: str, ledger: Ledger) -> dict[str, Any]:
    """`start` and `end`, as far as they are told."""
    if hours is None:
        return {}
    values = {"start": clock(hours.start), "end": clock(hours.end)}
    for key, value in values.items():
        if value is not None:
            ledger.place(line, f"{place}.{key}", value)
    return values


def _later(hours: Hours) -> Hours:
    def moved(time: dt.time) -> dt.time:
        return time.replace(hour=time.hour + 12) if time.hour < 12 else time

    return Hours(moved(hours.start), moved(hours.end) if hours.end else None, hours.words, hours.text)
