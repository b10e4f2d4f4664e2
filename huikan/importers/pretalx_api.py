"""The importer `pretalx`: answers of its public API (submissions, talks, slots) and its schedule widget's JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from huikan.importers.clock import read_duration, read_moment, slot_of
from huikan.importers.event_model import Event, Speaker, Talk
from huikan.importers.json_tree import Datum
from huikan.importers.located import Value, Words, first_of, words
from huikan.importers.schedule_json import links_of, named, prose_texts, speakers_of

_LISTS = ("results", "talks", "slots", "submissions")
_NOT_HELD = frozenset({"withdrawn", "rejected", "canceled", "cancelled", "deleted", "draft"})


def is_pretalx(root: Datum) -> bool:
    """Whether a JSON tree is a list of talks as pretalx's API gives it."""
    return any(
        {"title", "submission"} & entry.members.keys()
        and {"speakers", "slot", "slots", "submission", "submission_type", "room"} & entry.members.keys()
        and "startDate" not in entry.members
        for entry in _entries(root)
    )


def _entries(root: Datum) -> Iterator[Datum]:
    yield from root.elements
    for name in _LISTS:
        yield from root[name].elements


def event_of_pretalx(root: Datum) -> Event:
    """The event of an API answer or of several in one list; talks that are not held stay among the leaves."""
    lists = _Lists(
        _by_id(root["rooms"]), _by_id(root["tracks"]), _by_id(root["speakers"]), _by_id(root["submission_types"])
    )
    remarks: list[tuple[str, str]] = []
    talks = [talk for entry in _entries(root) for talk in _talks(entry, lists, remarks)]
    name = root["event"]["name"] or root["name"] or root["event_name"]
    return Event(
        title=named(name),
        acronym=root["slug"].text() or root["event"]["slug"].text(),
        talks=tuple(talks),
        zone=root["timezone"].text(),
        remarks=tuple(remarks),
        leaves={value.position: value.text for value in root.leaves()},
    )


@dataclass(frozen=True, slots=True)
class _Lists:
    """Records to which talks refer by id or code."""

    rooms: dict[str, Datum]
    tracks: dict[str, Datum]
    speakers: dict[str, Datum]
    types: dict[str, Datum]


def _by_id(records: Datum) -> dict[str, Datum]:
    found: dict[str, Datum] = {}
    for record in records.elements:
        for key in ("code", "id"):
            identity = record[key].text()
            if identity:
                found.setdefault(identity.text, record)
    return found


def _talks(entry: Datum, lists: _Lists, remarks: list[tuple[str, str]]) -> Iterator[Talk]:
    """A talk for every slot of an entry; without a slot it has no time."""
    talk = entry["submission"] if entry["submission"].members else entry
    state = talk["state"].text()
    if state and state.text in _NOT_HELD:
        remarks.append((state.position, f"{state.text}: the talk is left out"))
        return
    slots = [slot for slot in talk["slots"].elements if slot.members]
    if not slots:
        slots = [entry["slot"] if entry["slot"].members else entry]
    for number, slot in enumerate(slots):
        yield _talk(talk, slot, lists, number)


def _talk(talk: Datum, slot: Datum, lists: _Lists, number: int) -> Talk:
    start_value, end_value = slot["start"].text(), slot["end"].text()
    duration_value = slot["duration"].text() or talk["duration"].text()
    start = read_moment(start_value.text) if start_value else None
    end = read_moment(end_value.text) if end_value else None
    duration = read_duration(duration_value.text) if duration_value else None
    when = slot_of(
        start.replace(tzinfo=None) if start else None, end=end.replace(tzinfo=None) if end else None, duration=duration
    )
    identity = first_of((talk["code"].text(), talk["id"].text()))
    key = identity.text if identity else talk.pointer
    return Talk(
        key=f"{key}-{number + 1}" if number else key,
        title=named(talk["title"]),
        slot=when,
        times=words(
            start_value if start else None,
            end_value if when.end and end else None,
            duration_value if when.end and duration and not end else None,
        ),
        room=_record(slot["room"] or talk["room"], lists.rooms),
        track=_record(talk["track"], lists.tracks),
        kind=_kind(talk["submission_type"] or talk["type"], lists.types),
        language=talk["content_locale"].text() or talk["language"].text(),
        texts=(*prose_texts(talk["abstract"]), *prose_texts(talk["description"])),
        links=tuple(links_of(talk["resources"], talk["links"])),
        speakers=tuple(_speakers(talk["speakers"], lists.speakers)),
    )


def _record(datum: Datum, records: dict[str, Datum]) -> Words:
    """A name where it stands, or that of the record it refers to."""
    reference = datum.text()
    record = records.get(reference.text) if reference else None
    return named(record) if record is not None else named(datum)


def _kind(datum: Datum, records: dict[str, Datum]) -> Value | None:
    names = _record(datum, records)
    return first_of((*(value for value in names if value.language.startswith("en")), *names))


def _speakers(speakers: Datum, records: dict[str, Datum]) -> Iterator[Speaker]:
    for speaker in speakers.elements:
        code = speaker.text()
        record = records.get(code.text) if code else None
        inner = record if record is not None else speaker
        yield from speakers_of(Datum(speakers.pointer, elements=(inner,), kind="array"))
