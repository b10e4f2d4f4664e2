"""The importer `indico`: the JSON of Indico's export API, an event with its contributions, or a timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from huikan.importers.clock import NO_SLOT, Slot, read_date, read_duration, read_time, slot_of
from huikan.importers.event_model import Event, Link, SessionFacts, Speaker, Talk
from huikan.importers.json_tree import Datum
from huikan.importers.located import Words, first_of, located, one_line, surname_first, words
from huikan.importers.marked_up import as_prose
from huikan.importers.programme_blocks import name_of


def is_indico(root: Datum) -> bool:
    """Whether a JSON tree is an answer of Indico's export API."""
    results = root["results"]
    return any("startDate" in result.members for result in results.elements) or bool(timetables(results))


def timetables(results: Datum) -> tuple[Datum, ...]:
    """The timetables of an answer: by event, by day (`YYYYMMDD`), entries by key."""
    return tuple(
        found
        for found in results.members.values()
        if found.members and all(len(day) == 8 and day.isdecimal() for day in found.members)
    )


def event_of_indico(root: Datum) -> Event:
    """The event of `/export/event/ID.json` or `/export/timetable/ID.json`; unused values stay among the leaves."""
    results = root["results"]
    facts = next((result for result in results.elements if "startDate" in result.members), Datum("/results/0"))
    reader = _Reader()
    talks = [*reader.contributions(facts["contributions"])]
    for session in facts["sessions"].children:
        reader.session(session)
        talks += reader.contributions(session["contributions"], session)
    for timetable in timetables(results):
        for day in timetable.children:
            talks += reader.entries(day)
    slot, times = _slot(facts)
    venue = (facts["location"].text(), facts["room"].text(), facts["address"].text())
    chairs = tuple(_people(facts["chairs"]))
    unheld = "a chair of the event: among the people, in no session"
    return Event(
        title=words(facts["title"].text()),
        venue=tuple(words(value) for value in venue if value),
        slot=Slot(slot.day, end=slot.end),
        times=times,
        introduction=_prose(facts["description"]),
        talks=tuple(talks),
        sessions=tuple(reader.sessions.values()),
        people=chairs,
        zone=facts["timezone"].text(),
        remarks=tuple((chair.name[0].position, unheld) for chair in chairs),
        leaves={value.position: value.text for value in root.leaves()},
    )


class _Reader:
    """Reads sessions before the talks that name them."""

    def __init__(self) -> None:
        self.sessions: dict[str, SessionFacts] = {}

    def session(self, session: Datum) -> SessionFacts:
        """A session of the event or of the timetable; met again, it is the first."""
        facts = session["session"] if session["session"].members else session
        title = words(session["title"].text() or facts["title"].text())
        identity = first_of(session[name].text() for name in ("sessionId", "db_id", "id", "sessionCode"))
        key = one_line(title[0].text) if title else identity.text if identity else session.pointer
        if key not in self.sessions:
            slot, times = _slot(session)
            conveners = (*_people(session["conveners"]), *_people(facts["conveners"]), *_people(session["presenters"]))
            self.sessions[key] = SessionFacts(
                key,
                title,
                slot if slot.start else NO_SLOT,
                times,
                words(session["room"].text() or facts["room"].text()),
                session["type"].text() or facts["type"].text(),
                _prose(session["description"]),
                conveners,
            )
        return self.sessions[key]

    def contributions(self, contributions: Datum, session: Datum | None = None) -> Iterator[Talk]:
        """Contributions of the event, or those that stand below a session."""
        for contribution in contributions.children:
            yield from self._talk(contribution, self.session(session) if session else None)

    def entries(self, entries: Datum) -> Iterator[Talk]:
        """Entries of a timetable; a session nests its own."""
        for entry in entries.children:
            kind = entry["entryType"].text()
            if kind and kind.text == "Session":
                facts = self.session(entry)
                for inner in entry["entries"].children:
                    yield from self._talk(inner, facts)
            else:
                yield from self._talk(entry, None)

    def _talk(self, entry: Datum, session: SessionFacts | None, parent: Talk | None = None) -> Iterator[Talk]:
        slot, times = _slot(entry)
        if parent is not None and slot.start is None:
            slot = Slot(parent.slot.day, parent.slot.start)
        named = entry["session"].text()
        if named and (session is None or name_of(session.title) == one_line(named.text)):
            key = one_line(named.text)
            known = self.sessions.setdefault(key, SessionFacts(key, words(named)))
            session = replace(known, title=words(named))
        identity = first_of(entry[name].text() for name in ("friendly_id", "contributionId", "id", "db_id"))
        entry_type = entry["entryType"].text()
        is_pause = entry_type is not None and entry_type.text == "Break"
        room = entry["room"].text() or entry["roomFullname"].text() or entry["location"].text()
        talk = Talk(
            key=identity.text if identity else entry.pointer,
            title=words(entry["title"].text()),
            slot=slot,
            times=times,
            room=words(room) or (parent.room if parent else ()),
            track=words(entry["track"].text()),
            kind=entry_type if is_pause else entry["type"].text(),
            texts=(*_prose(entry["description"]), *_keywords(entry["keywords"])),
            links=tuple(_links(entry)),
            speakers=_speakers(entry),
            session=None if is_pause else session,
        )
        yield talk
        for part in entry["subContributions"].children:
            yield from self._talk(part, session, talk)


def _speakers(entry: Datum) -> tuple[Speaker, ...]:
    """Who speaks; where the source names no one, its authors."""
    for key in ("speakers", "presenters"):
        if found := tuple(_people(entry[key])):
            return found
    return (*_people(entry["primaryauthors"]), *_people(entry["coauthors"]))


def _slot(entry: Datum) -> tuple[Slot, Words]:
    """`startDate` and `endDate` are local dates and times of the event's zone; `duration` is in minutes."""
    start, end, duration = entry["startDate"], entry["endDate"], entry["duration"].text()
    began, used = _moment(start)
    ended, also = _moment(end)
    length = read_duration(duration.text) if duration else None
    slot = slot_of(began, end=ended, duration=length)
    if slot.end is None:
        also = ()
    by_length = duration if slot.end and length and began and slot.end - began == length else None
    return slot, words(*used, *also, by_length)


def _moment(datum: Datum) -> tuple[dt.datetime | None, Words]:
    date, time = datum["date"].text(), datum["time"].text()
    day, clock = read_date(date.text) if date else None, read_time(time.text) if time else None
    if day is None or clock is None:
        return None, ()
    return dt.datetime.combine(day, clock), words(date, time)


def _prose(datum: Datum) -> tuple[Words, ...]:
    value = datum.text()
    return (words(as_prose(value)),) if value else ()


def _keywords(datum: Datum) -> tuple[Words, ...]:
    """Keywords as a paragraph of their own."""
    return tuple(words(as_prose(value)) for value in words(*(keyword.text() for keyword in datum.elements)))


def _people(people: Datum) -> Iterator[Speaker]:
    """People by name and body: the ids of Indico's lists are those of the list, not of the person."""
    for person in people.children:
        first = person["first_name"].text() or person["firstName"].text()
        last = person["last_name"].text() or person["familyName"].text()
        full = person["fullName"].text() or person["name"].text() or person.text()
        name = located(f"{first.text} {last.text}", first.position) if first and last else full or last or first
        if name is None:
            continue
        identity = person["emailHash"].text() or person["person_id"].text()
        affiliation = person["affiliation"].text()
        yield Speaker(
            key=f"id:{identity.text}" if identity else f"name:{one_line(name.text)}",
            name=words(name),
            affiliations=(words(affiliation),) if affiliation else (),
            sort=surname_first(first, last),
            others=words(*(value for value in (last, full) if value and value.position != name.position)),
        )


def _links(entry: Datum) -> Iterator[Link]:
    for folder in entry["folders"].children:
        for attachment in folder["attachments"].children:
            address = attachment["link_url"].text() or attachment["download_url"].text()
            if address:
                yield Link(address, attachment["title"].text())
    for material in entry["material"].children:
        address = material["url"].text()
        if address:
            yield Link(address, material["title"].text())
