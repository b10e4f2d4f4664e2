"""The importer `schedule`, XML: frab's and pentabarf's schedule.xml in its dialects.

FOSDEM (pentabarf) gives an event no date and no guid; EuroPython writes `entry` elements below `day`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from huikan.importers.clock import (
    Slot,
    local,
    on_day,
    read_date,
    read_duration,
    read_moment,
    read_time,
    read_zone,
    slot_of,
)
from huikan.importers.event_model import Event, Link, Speaker, Talk
from huikan.importers.located import Value, Words, first_of, one_line, words
from huikan.importers.marked_up import as_prose
from huikan.importers.xml_tree import Node


def event_of_xml(root: Node) -> Event:
    """The event of a `schedule` element; what it does not use stays among the leaves."""
    conference = next(iter(root.all("conference")), Node("conference", root.path, root.line))
    zone_name = conference.child("time_zone_name")
    reader = _Reader(read_zone(zone_name.text) if zone_name else None)
    talks = tuple(talk for day in root.all("day") for talk in reader.day(day))
    start, end = conference.child("start"), conference.child("end")
    first, last = (read_date(value.text) if value else None for value in (start, end))
    venue, city = conference.child("venue"), conference.child("city")
    leaves = {value.position: value.text for value in root.leaves()}
    for position in reader.repeated:
        leaves.pop(position, None)
    return Event(
        title=words(conference.child("title")),
        subtitle=words(conference.child("subtitle")),
        acronym=conference.child("acronym"),
        venue=tuple(words(value) for value in (venue, city) if value),
        slot=Slot(first, end=dt.datetime.combine(last, dt.time()) if last else None),
        times=words(start if first else None, end if last else None),
        talks=talks,
        zone=zone_name,
        remarks=tuple(reader.remarks),
        clashes=tuple(reader.clashes),
        leaves=leaves,
    )


def _prose(value: Value | None) -> tuple[Words, ...]:
    return (words(as_prose(value)),) if value else ()


class _Reader:
    def __init__(self, zone: ZoneInfo | None) -> None:
        self.zone = zone
        self.remarks: list[tuple[str, str]] = []
        self.clashes: list[tuple[str, str]] = []
        self.repeated: set[str] = set()

    def day(self, day: Node) -> Iterator[Talk]:
        date = day.attribute("date") or day.attribute("start")
        for room in day.all("room"):
            name = room.attribute("name")
            for event in room.all("event"):
                said = event.child("room")
                if name and said and one_line(name.text) == one_line(said.text):
                    self.repeated.add(name.position)
                elif name and said:
                    message = f"room {one_line(said.text)}, listed under {one_line(name.text)}"
                    self.clashes.append((said.position, message))
                yield self._talk(event, date, said or name)
        for entry in (*day.all("entry"), *day.all("event")):
            yield self._talk(entry, date, entry.child("room"))

    def _talk(self, event: Node, date: Value | None, room: Value | None) -> Talk:
        slot, times = self._slot(event, date)
        identity = event.attribute("guid", "code", "id") or event.child("slug")
        people = [speaker for group in (*event.all("persons"), *event.all("speakers")) for speaker in group.children]
        return Talk(
            key=identity.text if identity else event.path,
            title=words(event.child("title")),
            subtitle=words(event.child("subtitle")),
            slot=slot,
            times=times,
            room=words(room),
            track=words(event.child("track", "topics")),
            kind=event.child("type", "category"),
            language=event.child("language"),
            texts=(*_prose(event.child("abstract")), *_prose(event.child("description"))),
            links=tuple(_links(*event.all("links"), *event.all("attachments"))),
            speakers=tuple(speaker for person in people for speaker in _speaker(person)),
        )

    def _slot(self, event: Node, date: Value | None) -> tuple[Slot, Words]:
        """The moment of `date`, else of a `start` with a date, else the day's clock time."""
        moment_value, start_value, duration_value = (event.child(tag) for tag in ("date", "start", "duration"))
        day = read_date(date.text) if date else None
        wall = read_time(start_value.text) if start_value else None
        dated = moment_value if moment_value and read_moment(moment_value.text) else None
        if dated is None and start_value and read_moment(start_value.text):
            dated = start_value
        moment = read_moment(dated.text) if dated else None
        duration = read_duration(duration_value.text) if duration_value else None
        start = local(moment, self.zone, wall) if moment else on_day(day, wall)
        confirmed = start is not None and wall is not None and start.time() == wall
        if start and wall and start_value and not confirmed:
            self.clashes.append(
                (start_value.position, f"start {start_value.text}, but the date says {start:%H:%M} on local clocks")
            )
        slot = slot_of(start, duration=duration, day=day)
        return slot, words(
            date if day else None,
            dated,
            start_value if confirmed else None,
            duration_value if slot.end else None,
        )


def _speaker(person: Node) -> Iterator[Speaker]:
    name = first_of((person.child("name", "public_name", "full_public_name"), person.text()))
    if name is None:
        return
    identity = person.attribute("code", "guid", "id")
    bio = person.child("biography", "profile", "bio", "description")
    yield Speaker(
        key=f"id:{identity.text}" if identity else f"name:{one_line(name.text)}",
        name=words(name),
        affiliations=tuple(
            words(value) for value in (person.child("affiliation", "company", "organization"),) if value
        ),
        bio=words(as_prose(bio)) if bio else (),
        picture=person.child("avatar", "image") or person.attribute("avatar"),
    )


def _links(*groups: Node) -> Iterator[Link]:
    for link in (link for group in groups for link in group.children):
        address = link.attribute("href", "url")
        label = link.text()
        if address:
            yield Link(address, label)
        elif label:
            yield Link(label)
