"""Facts: days and times that a slip of the pen would explain better than the event does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from huikan.check.registry import Remark, on, rule
from huikan.check.subject import Subject, variant
from huikan.content.model import Session
from huikan.finding import Severity

_LONGEST_EVENT = 31
_YEARS = range(1900, 2100)
_FIRST_HOUR = 6
_LONGEST_SESSION = 12 * 60
_BEFORE, _AFTER = dt.timedelta(days=180), dt.timedelta(days=5 * 366)


@rule("HK124", Severity.WARNING)
def days_and_times_are_plausible(subject: Subject) -> Iterator[Remark]:
    """Days and times are plausible.

    An event of more than 31 days, in a year before 1900 or after 2099, a booklet published half a year before it or
    five years after it, a session that begins before 06:00 or lasts more than twelve hours, one that begins in a room
    where another has not ended, and a speech that ends before it begins or after its session: most are slips.
    """
    yield from _days(subject)
    for session in subject.publication.programme.sessions:
        yield from _hours(session, f"programme.yaml#sessions.{session.id}")
    yield from _speeches(subject)
    yield from _rooms(subject)


def _days(subject: Subject) -> Iterator[Remark]:
    booklet = subject.publication.booklet
    if booklet.date.year not in _YEARS:
        message = f"the event is held in the year {booklet.date.year}"
        yield on("booklet.yaml#date", message, "correct the year")
    length = ((booklet.end_date or booklet.date) - booklet.date).days + 1
    if booklet.end_date and length > _LONGEST_EVENT:
        message = f"the event lasts {length} days, from {booklet.date} to {booklet.end_date}"
        near = _in_year(booklet.end_date, booklet.date.year)
        is_near = near is not None and 0 <= (near - booklet.date).days < _LONGEST_EVENT
        yield on("booklet.yaml#end_date", message, f"did you mean {near}?" if is_near else "correct one of the two")
    published = booklet.imprint.published
    if published and not -_BEFORE <= published - booklet.date <= _AFTER:
        message = f"the booklet is published on {published}, the event is held on {booklet.date}"
        yield on("booklet.yaml#imprint.published", message, "correct one of them")


def _in_year(day: dt.date, year: int) -> dt.date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # the 29th of February
        return None


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _hours(session: Session, field: str) -> Iterator[Remark]:
    if session.start and session.start.hour < _FIRST_HOUR:
        hint = f"write {(session.start.hour + 12) % 24:02}:{session.start.minute:02} if it is in the afternoon"
        yield on(f"{field}.start", f"the session begins at night, at {session.start:%H:%M}", hint)
    if session.start and session.end:
        length = _minutes(session.end) - _minutes(session.start)
        if length == 0:
            yield on(f"{field}.end", f"the session begins and ends at {session.end:%H:%M}", "correct one of them")
        elif length > _LONGEST_SESSION:
            message = f"the session lasts from {session.start:%H:%M} to {session.end:%H:%M}"
            yield on(f"{field}.end", message, "correct one of them")


def _speeches(subject: Subject) -> Iterator[Remark]:
    for part in subject.parts:
        begins, ends = part.appearance.start, part.appearance.end
        if begins and ends and ends <= begins:
            message = f"the speech ends at {ends:%H:%M} and begins at {begins:%H:%M}"
            yield on(f"{part.field}.end", message, "correct one of them")
        elif ends and part.session.end and ends > part.session.end and not part.is_host:
            message = f"the speech ends at {ends:%H:%M}, its session at {part.session.end:%H:%M}"
            yield on(f"{part.field}.end", message, "correct one of them")


def _rooms(subject: Subject) -> Iterator[Remark]:
    """Sessions that begin where another goes on. Without any rooms and strands there is one room."""
    sessions = subject.publication.programme.sessions
    are_apart = any(session.room or session.track for session in sessions)
    until: dict[tuple[dt.date, str], tuple[dt.time, dt.time, Session]] = {}
    for session in sessions:
        room = variant(session.room, subject.keys[0])
        if not session.start or not session.end or session.end <= session.start or (are_apart and not room):
            continue
        place = (session.date or subject.publication.booklet.date, room)
        before = until.get(place)
        if before and before[0] <= session.start < before[1]:
            other = variant(before[2].label or before[2].title, subject.keys[0])
            where = f"“{other}” goes on in {room or 'the same place'} until {before[1]:%H:%M}"
            yield on(
                f"programme.yaml#sessions.{session.id}.start",
                f"the session begins at {session.start:%H:%M}, and {where}",
                "correct a time, or the room",
            )
        if not before or session.end > before[1]:
            until[place] = (session.start, session.end, session)
