"""What search engines and link previews read of the event: schema.org Event (JSON-LD) and Open Graph."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from huikan.content.model import SessionKind
from huikan.content.resolved import Entry, ResolvedBooklet, ResolvedSession

_CONTEXT = "https://schema.org"
_LOCALES = {"zh-Hans": "zh_CN", "en": "en_GB"}


def event_json_ld(booklet: ResolvedBooklet, description: str) -> str:
    """The event as JSON-LD (https://schema.org/Event), safe inside a `script` element.

    Times have no zone: they are those of the venue, as the programme prints them.
    """
    held = [session.date for session in booklet.sessions]
    event: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Event",
        "name": booklet.title.text,
        "description": description,
        "inLanguage": booklet.language,
        "startDate": min(booklet.date, *held).isoformat(),
        "endDate": max(booklet.end_date, *held).isoformat(),
        "organizer": [
            {"@type": "Organization", "name": member.text} for group in booklet.organisers for member in group.members
        ],
        "performer": _people(entry for session in booklet.sessions for entry in session.entries),
        "subEvent": [_session(session) for session in booklet.sessions if session.kind is not SessionKind.BREAK],
    }
    if booklet.venue:
        event["location"] = {"@type": "Place", "name": booklet.venue.text}
    if booklet.series:
        event["superEvent"] = {"@type": "Event", "name": booklet.series.text}
    written = json.dumps({key: value for key, value in event.items() if value}, ensure_ascii=False, indent=1)
    return written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def open_graph(booklet: ResolvedBooklet, title: str, description: str, others: Iterable[str]) -> list[tuple[str, str]]:
    """Open Graph properties (ogp.me). A picture and an address need the place of publication: they are not given."""
    named = [
        ("og:type", "website"),
        ("og:title", title),
        ("og:description", description),
        ("og:locale", _LOCALES.get(booklet.language, booklet.language)),
    ]
    if booklet.series:
        named.append(("og:site_name", booklet.series.text))
    return named + [("og:locale:alternate", _LOCALES.get(language, language)) for language in others]


def _session(session: ResolvedSession) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "Event",
        "name": session.heading,
        "startDate": _moment(session.date, session.start),
        "performer": _people(session.entries),
    }
    if session.end:
        told["endDate"] = _moment(session.date, session.end)
    if session.room:
        told["location"] = {"@type": "Place", "name": session.room.text}
    return {key: value for key, value in told.items() if value}


def _moment(date: dt.date, time: dt.time | None) -> str:
    return f"{date.isoformat()}T{time:%H:%M}" if time else date.isoformat()


def _people(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """Each person once, in order of appearance."""
    people: dict[str, dict[str, str]] = {}
    for entry in entries:
        person = {"@type": "Person", "name": entry.person.name.text}
        if entry.title:
            person["jobTitle"] = entry.title.text
        people.setdefault(entry.person.id, person)
    return list(people.values())
