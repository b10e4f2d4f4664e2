"""An event as a conference system knows it: talks with times, rooms and speakers. All frozen, all located."""

from __future__ import annotations

from dataclasses import dataclass, field

from huikan.importers.clock import NO_SLOT, Slot
from huikan.importers.located import Value, Words


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person. `key` is the same for the same person all over the source: an id there, else the name.

    `sort` is a Latin name with the surname first, where the source tells which it is; `others` are further values of
    the name.
    """

    key: str
    name: Words
    title: Words = ()
    affiliations: tuple[Words, ...] = ()
    bio: Words = ()
    picture: Value | None = None
    sort: str = ""
    others: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the words for it."""

    address: Value
    words: Value | None = None


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session that the source itself names; talks with equal `key` belong together."""

    key: str
    title: Words
    slot: Slot = NO_SLOT
    times: tuple[Value, ...] = ()
    room: Words = ()
    kind: Value | None = None
    texts: tuple[Words, ...] = ()
    hosts: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """One entry of a timetable. `texts` are Markdown; `times` are the values that `slot` was read from."""

    key: str
    title: Words
    subtitle: Words = ()
    slot: Slot = NO_SLOT
    times: tuple[Value, ...] = ()
    room: Words = ()
    track: Words = ()
    kind: Value | None = None
    language: Value | None = None
    texts: tuple[Words, ...] = ()
    links: tuple[Link, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    hosts: tuple[Speaker, ...] = ()
    session: SessionFacts | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """The whole event. `remarks` are (position, what was guessed); `clashes` (position, what disagrees)."""

    title: Words = ()
    short_title: Words = ()
    subtitle: Words = ()
    acronym: Value | None = None
    venue: tuple[Words, ...] = ()
    slot: Slot = NO_SLOT
    times: tuple[Value, ...] = ()
    languages: tuple[str, ...] = ()
    introduction: tuple[Words, ...] = ()
    isbn: Value | None = None
    publisher: Words = ()
    editors: tuple[Words, ...] = ()
    talks: tuple[Talk, ...] = ()
    sessions: tuple[SessionFacts, ...] = ()
    people: tuple[Speaker, ...] = ()
    zone: Value | None = None
    remarks: tuple[tuple[str, str], ...] = ()
    clashes: tuple[tuple[str, str], ...] = ()
    leaves: dict[str, str] = field(default_factory=dict)
