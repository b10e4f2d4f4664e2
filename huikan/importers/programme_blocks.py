"""Sessions for a timetable: talks of one day and room that follow one another, by track where tracks hold together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from huikan.importers.clock import Slot
from huikan.importers.event_model import Event, SessionFacts, Talk
from huikan.importers.located import Words, one_line

GAP = dt.timedelta(minutes=30)
"""A pause as long as this ends a session."""


@dataclass(frozen=True, slots=True)
class Block:
    """Talks that make one session, in order; `facts` where the source itself names it.

    `rooms` holds the room, or every room of one entry that the source repeats for each of them.
    """

    talks: tuple[Talk, ...]
    facts: SessionFacts | None = None
    rooms: tuple[Words, ...] = ()

    @property
    def slot(self) -> Slot:
        """From the first talk's start to the last end, as far as they are known; else the source's own."""
        slots = [talk.slot for talk in self.talks] + ([self.facts.slot] if self.facts else [])
        days = [slot.day for slot in slots if slot.day]
        starts = [slot.start for slot in slots if slot.start]
        ends = [slot.end for slot in slots if slot.end]
        start, end = min(starts, default=None), max(ends, default=None)
        return Slot(min(days, default=None), start, end if start and end and end > start else None)

    @property
    def track(self) -> Words:
        """The one track of all talks, if there is one."""
        names = {name_of(talk.track) for talk in self.talks}
        return self.talks[0].track if len(names) == 1 and self.talks else ()


def name_of(words: Words) -> str:
    """A text as one name, by which equal ones are told."""
    return one_line(words[0].text) if words else ""


def blocks_of(event: Event) -> list[Block]:
    """Every talk in exactly one block, blocks by day, time and room."""
    told = [talk for talk in event.talks if talk.session and talk.speakers]
    lone = [talk for talk in event.talks if not talk.speakers]
    free = [talk for talk in event.talks if not talk.session and talk.speakers]
    blocks = [*_named(told, event.sessions), *_repeated(lone), *_by_room(free, lone)]
    rooms: dict[str, int] = {}
    for talk in event.talks:
        rooms.setdefault(name_of(talk.room), len(rooms))

    def place(block: Block) -> tuple[object, ...]:
        room = name_of(block.rooms[0]) if block.rooms else ""
        return (*block.slot.order, block.facts is None, rooms.get(room, 0))

    return sorted(blocks, key=place)


def _named(talks: Sequence[Talk], sessions: Sequence[SessionFacts]) -> Iterable[Block]:
    """Sessions of the source; one that is held on several days or in several rooms is a block for each."""
    parts: dict[tuple[str, object, str], list[Talk]] = {}
    facts = {session.key: session for session in sessions}
    for talk in talks:
        assert talk.session is not None, "the caller chose talks of sessions"
        facts.setdefault(talk.session.key, talk.session)
        room = name_of(talk.room) or name_of(talk.session.room)
        parts.setdefault((talk.session.key, talk.slot.day or talk.session.slot.day, room), []).append(talk)
    first: set[str] = set()
    for (key, _day, _room), held in parts.items():
        own = facts[key]
        if key in first:  # a further part keeps the name, not the times of the first
            own = replace(own, slot=Slot(), times=(), texts=(), hosts=own.hosts)
        first.add(key)
        room_words = held[0].room or own.room
        yield Block(_in_order(held), own, (room_words,) if room_words else ())
    for session in sessions:
        if session.key not in first and (session.slot.start or session.texts or session.hosts):
            yield Block((), session, (session.room,) if session.room else ())


def _repeated(talks: Iterable[Talk]) -> Iterable[Block]:
    """Entries without speakers; the same at the same time in several rooms is one."""
    same: dict[tuple[object, ...], list[Talk]] = {}
    for talk in talks:
        said = tuple(one_line(text.text) for words in talk.texts for text in words)
        if talk.slot.start is None:
            said = (*said, talk.key)
        same.setdefault((name_of(talk.title), talk.slot, said), []).append(talk)
    for held in same.values():
        yield Block(tuple(held), None, tuple({name_of(talk.room): talk.room for talk in held if talk.room}.values()))


def _by_room(talks: Iterable[Talk], pauses: Sequence[Talk]) -> Iterable[Block]:
    ordered = sorted(talks, key=lambda talk: (talk.slot.day or dt.date.max, name_of(talk.room)))
    for (_day, _room), held in groupby(ordered, key=lambda talk: (talk.slot.day, name_of(talk.room))):
        for run in _runs(_in_order(held), pauses):
            for part in _by_track(run):
                yield Block(part, None, (part[0].room,) if part[0].room else ())


def _in_order(talks: Iterable[Talk]) -> tuple[Talk, ...]:
    return tuple(sorted(talks, key=lambda talk: talk.slot.order))


def _runs(talks: Sequence[Talk], pauses: Sequence[Talk]) -> Iterable[tuple[Talk, ...]]:
    """Talks without a long pause, or an entry without speakers, between them."""
    starts = {
        pause.slot.start for pause in pauses if pause.slot.start and name_of(pause.room) == name_of(talks[0].room)
    }
    run: list[Talk] = []
    latest: dt.datetime | None = None
    for talk in talks:
        start = talk.slot.start
        if run and start and latest and (start - latest >= GAP or any(latest <= pause < start for pause in starts)):
            yield tuple(run)
            run = []
        run.append(talk)
        ends = [moment for moment in (latest, talk.slot.end or start) if moment]
        latest = max(ends, default=None)
    if run:
        yield tuple(run)


def _by_track(talks: tuple[Talk, ...]) -> list[tuple[Talk, ...]]:
    """Parts of one track each, if these are two talks long on average; else the talks as they are."""
    parts = [tuple(part) for _, part in groupby(talks, key=lambda talk: name_of(talk.track))]
    return parts if len(parts) * 2 <= len(talks) else [talks]
