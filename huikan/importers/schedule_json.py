"""The importer `schedule`, JSON: the schedule that pretalx and frab export (schema: c3voc schedule)."""

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
from huikan.importers.json_tree import Datum
from huikan.importers.located import Value, Words, first_of, located, one_line, words
from huikan.importers.marked_up import as_prose


def event_of_schedule(root: Datum) -> Event:
    """The event of `{"schedule": {"conference": {…}}}`; what it does not use stays among the leaves."""
    conference = root["schedule"]["conference"]
    zone_name = conference["time_zone_name"].text()
    zone = read_zone(zone_name.text) if zone_name else None
    reader = _Reader(zone)
    talks = tuple(reader.talks(conference["days"]))
    start, end = conference["start"].text(), conference["end"].text()
    first, last = (read_date(value.text) if value else None for value in (start, end))
    leaves = {value.position: value.text for value in root.leaves()}
    for day in conference["days"].children:
        for room, pointer in reader.room_names(day):
            leaves[pointer] = room
    return Event(
        title=words(conference["title"].text()),
        acronym=conference["acronym"].text(),
        venue=tuple(words(value) for value in (conference["venue"].text(), conference["city"].text()) if value),
        slot=Slot(first, end=dt.datetime.combine(last, dt.time()) if last else None),
        times=tuple(value for value, date in ((start, first), (end, last)) if value and date),
        introduction=prose_texts(conference["description"]),
        talks=talks,
        zone=zone_name,
        remarks=tuple(reader.remarks),
        clashes=tuple(reader.clashes),
        leaves=leaves,
    )


def prose_texts(datum: Datum) -> tuple[Words, ...]:
    """The text as Markdown; empty where there is none."""
    value = datum.text()
    return (words(as_prose(value)),) if value else ()


class _Reader:
    def __init__(self, zone: ZoneInfo | None) -> None:
        self.zone = zone
        self.remarks: list[tuple[str, str]] = []
        self.clashes: list[tuple[str, str]] = []

    def room_names(self, day: Datum) -> Iterator[tuple[str, str]]:
        """The names of rooms that are keys of the day and that no talk below repeats, with pointers of their own."""
        for name, room in day["rooms"].members.items():
            key = _room_key(name, room)
            said = (event["room"].text() for event in room.elements)
            if key and not any(value and one_line(value.text) == one_line(key.text) for value in said):
                yield key.text, key.position

    def talks(self, days: Datum) -> Iterator[Talk]:
        for day in days.children:
            date = day["date"].text()
            for name, room in day["rooms"].members.items():
                for event in room.elements:
                    yield self._talk(event, date, _room_key(name, room))

    def _talk(self, event: Datum, date: Value | None, room_key: Value | None) -> Talk:
        slot, times = self._slot(event, date)
        room = event["room"].text()
        if room and room_key and one_line(room.text) != one_line(room_key.text):
            self.clashes.append((room.position, f"room {one_line(room.text)}, listed under {one_line(room_key.text)}"))
        identity = first_of(event[name].text() for name in ("code", "guid", "id", "slug"))
        return Talk(
            key=identity.text if identity else event.pointer,
            title=words(event["title"].text()),
            subtitle=words(event["subtitle"].text()),
            slot=slot,
            times=times,
            room=words(room or room_key),
            track=named(event["track"]),
            kind=first_of(named(event["type"])),
            language=event["language"].text(),
            texts=(*prose_texts(event["abstract"]), *prose_texts(event["description"])),
            links=tuple(links_of(event["links"], event["attachments"])),
            speakers=tuple(speakers_of(event["persons"])),
        )

    def _slot(self, event: Datum, date: Value | None) -> tuple[Slot, Words]:
        """The moment of `date`, which the clock time of `start` confirms; else the day and `start`."""
        moment_value, start_value = event["date"].text(), event["start"].text()
        duration_value, end_value = event["duration"].text(), event["end"].text()
        moment = read_moment(moment_value.text) if moment_value else None
        wall = read_time(start_value.text) if start_value else None
        duration = read_duration(duration_value.text) if duration_value else None
        end = read_moment(end_value.text) if end_value else None
        day = read_date(date.text) if date else None
        used: list[Value | None] = []
        start = None
        if moment:
            start = local(moment, self.zone, wall)
            used.append(moment_value)
            if wall and start.time() != wall and start_value:
                self.clashes.append(
                    (start_value.position, f"start {start_value.text}, but the date says {start:%H:%M} on local clocks")
                )
            elif wall:
                used.append(start_value)
        elif wall:
            start = on_day(day, wall)
            used.append(start_value if start else None)
        if day:
            used.append(date)
        finish = local(end, self.zone) if end else None
        slot = slot_of(start, end=finish, duration=duration, day=day)
        if slot.end:
            used += [duration_value if duration else None, end_value if finish == slot.end else None]
        return slot, words(*used)


def _room_key(name: str, room: Datum) -> Value | None:
    return located(name, f"{room.pointer} (key)")


def named(datum: Datum) -> Words:
    """A name: plain, by language, or an object with a `name`."""
    if datum["name"]:
        return named(datum["name"])
    if datum.members:
        return words(*(member.text(language) for language, member in datum.members.items() if len(language) <= 10))
    return words(datum.text())


def speakers_of(persons: Datum) -> Iterator[Speaker]:
    """The people of a list, told by code, guid or id, else by name."""
    for person in persons.children:
        name = first_of(person[key].text() for key in ("public_name", "full_public_name", "name")) or person.text()
        if name is None:
            continue
        identity = first_of(person[key].text() for key in ("code", "guid", "id"))
        bio = person["biography"].text() or person["description"].text() or person["abstract"].text()
        yield Speaker(
            key=f"id:{identity.text}" if identity else f"name:{one_line(name.text)}",
            name=words(name),
            bio=words(as_prose(bio)) if bio else (),
            picture=person["avatar"].text() or person["avatar_url"].text(),
        )


def links_of(*lists: Datum) -> Iterator[Link]:
    """The links of lists of addresses or of objects with one."""
    for link in (link for links in lists for link in links.children):
        address = first_of(link[key].text() for key in ("url", "href", "link")) or link.text()
        if address:
            yield Link(address, first_of(link[key].text() for key in ("title", "name", "description")))
