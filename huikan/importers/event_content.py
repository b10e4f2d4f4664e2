"""The content files of an event: booklet, people, programme, summaries; and the account of the source's values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from huikan.content.model import USUAL_ROLE, Appearance, Role, Session, SessionKind
from huikan.content.readings import is_han
from huikan.finding import Finding, Severity
from huikan.importers.content_files import in_model_order, summary_file, yaml_file
from huikan.importers.data_account import DataLedger
from huikan.importers.data_report import data_report
from huikan.importers.draft import Imported
from huikan.importers.event_booklet import booklet_of
from huikan.importers.event_model import Event, Speaker, Talk
from huikan.importers.event_people import EventPeople
from huikan.importers.event_prose import markdown_of, prose_of
from huikan.importers.event_texts import booklet_languages, clock_time, commonest, content_text, in_parts, printed_of
from huikan.importers.located import Value, Words, one_line
from huikan.importers.names import MAX_ID, slug, unique
from huikan.importers.programme_blocks import Block, blocks_of, name_of
from huikan.importers.session_kinds import is_break, session_kind, talk_role


def no_pictures(path: str) -> bytes | None:
    """For sources that have no folder."""
    return None


def event_content(event: Event, source_name: str, pictures: Callable[[str], bytes | None] = no_pictures) -> Imported:
    """The content files of an event and import-report.md. The same event gives the same bytes.

    `pictures` gives the bytes of a picture beside the source by its relative path. What the content needs before it
    builds (a date, a title, a session) stands in `findings` and in the report.
    """
    name = "".join(sign for sign in source_name if sign.isprintable()) or "source"
    return _Writing(event, name, pictures).imported()


class _Writing:
    def __init__(self, event: Event, source_name: str, pictures: Callable[[str], bytes | None]) -> None:
        self.event, self.source_name = event, source_name
        self.ledger = DataLedger(event.leaves)
        for position, remark in event.remarks:
            self.ledger.guess(position, remark)
        for position, clash in event.clashes:
            self.ledger.conflict(position, clash)
        self.in_chinese = booklet_languages(event)[0] == "zh-Hans"
        self.people = EventPeople(self.ledger, pictures)
        self.blocks = blocks_of(event)
        self.days = sorted({block.slot.day for block in self.blocks if block.slot.day})
        self.usual_type = commonest(one_line(talk.kind.text) for talk in event.talks if talk.kind)
        self.usual_language = commonest(talk.language.text for talk in event.talks if talk.language)
        spoken = Counter(id for block in self.blocks for talk in block.talks for id in self._speakers(talk))
        self.speaks_twice = {id for id, times in spoken.items() if times > 1}
        headed = [(name_of(_heading(block)), block.slot) for block in self.blocks if not _is_lone(block)]
        self.headings = Counter(name for name, _ in headed)
        self.begun = Counter((name, slot.day, slot.start) for name, slot in headed)
        self.keys: set[str] = set()
        self.session_ids: set[str] = set()
        self.summaries: dict[str, str] = {}

    def imported(self) -> Imported:
        sessions = [self._session(block) for block in self.blocks]
        booklet = booklet_of(self.event, self.days, PurePosixPath(self.source_name).stem, self.ledger)
        for speaker in self.event.people:
            self.people.id_of(speaker)
        people, organisations = self.people.content()
        comment = f"Imported from {self.source_name}; import-report.md says what was mapped, guessed and left."
        files: dict[str, str | bytes] = {
            "booklet.yaml": yaml_file(comment, booklet),
            "organisations.yaml": yaml_file(comment, organisations, spread=True),
            "people.yaml": yaml_file(comment, people, spread=True),
            "programme.yaml": yaml_file(comment, {"sessions": sessions}, spread=True),
        }
        files.update({f"summaries/{key}.md": summary_file(key, text) for key, text in self.summaries.items()})
        files.update(self.people.photos)
        findings = _findings(booklet, sessions)
        account = self.ledger.account()
        headline = [
            f"{len(people)} people, {len(sessions)} sessions, {len(self.event.talks)} talks, "
            f"{len(self.summaries)} summaries, {len(organisations)} organisations",
            *(f"before it builds: {finding.message} in {finding.file}" for finding in findings),
        ]
        files["import-report.md"] = data_report(self.source_name, account, headline)
        return Imported(files, findings=tuple(findings), data=account)

    def _speakers(self, talk: Talk) -> dict[str, Speaker]:
        """The speakers of a talk by id, in order."""
        speakers: dict[str, Speaker] = {}
        for speaker in talk.speakers:
            speakers.setdefault(self.people.id_of(speaker), speaker)
        return speakers

    def _session(self, block: Block) -> dict[str, Any]:
        heading, slot, facts = _heading(block), block.slot, block.facts
        id = self._session_id(block, heading)
        place = f"programme.yaml#sessions.{id}"
        values: dict[str, Any] = {
            "id": id,
            "kind": self._kind(block, heading).value,
            "label": self._label(block, heading),
            "title": self._text(heading, f"{place}.title"),
            "date": slot.day,
            "start": clock_time(slot.start),
            "end": clock_time(slot.end),
            "room": self._rooms(block, place),
        }
        if block.track and name_of(block.track) != name_of(heading):
            values["track"] = content_text(block.track)
        for talk in block.talks:
            if block.track:
                self._place(printed_of(talk.track), f"{place}.{'track' if 'track' in values else 'title'}")
        if not values["title"] and not values["label"]:
            values["title"] = "议程" if self.in_chinese else "Programme"
            self.ledger.guess("", f"the source names neither track nor room: {place}.title is not from it")
        hosts = [*(facts.hosts if facts else ()), *(host for talk in block.talks for host in talk.hosts)]
        values["hosts"] = list(dict.fromkeys(self._host(host, place) for host in hosts))
        if facts:
            self._place(printed_of(facts.title), f"{place}.title")
            self._place(facts.times if facts.slot.start else (), f"{place}.start")
            self._place([facts.kind] if facts.kind and session_kind(facts.kind.text) else (), f"{place}.kind")
            values["description"] = prose_of(facts.texts, (), f"{place}.description", self.ledger)
        if _is_lone(block):
            values |= self._lone(block, place, values)
        else:
            kind = SessionKind(values["kind"])
            values["items"] = [item for talk in block.talks for item in self._items(talk, block, place, kind)]
        return in_model_order(Session, values)

    def _lone(self, block: Block, place: str, values: dict[str, Any]) -> dict[str, Any]:
        """The facts of an entry without speakers, which is a session of its own."""
        lead = block.talks[0]
        for talk in block.talks:
            self._place([*printed_of(talk.title)], f"{place}.title")
            self._place(talk.times if talk.slot.start or talk.slot.day else (), f"{place}.start")
            if talk is not lead:
                position = talk.title[0].position if talk.title else ""
                self.ledger.guess(position, f"the same at the same time in several rooms: once, as {place}")
                self._place(printed_of(talk.subtitle) if talk.subtitle == lead.subtitle else (), f"{place}.title")
                self._place([value for text in talk.texts for value in text], f"{place}.description")
        if lead.session and lead.session.title and not values.get("track"):
            values["track"] = self._text(lead.session.title, f"{place}.track")
        notes = self._notes(lead, place, told=values["kind"] != SessionKind.PANEL.value)
        if lead.kind and values["kind"] != SessionKind.PANEL.value:
            self._place([lead.kind], f"{place}.kind")
        return {
            "title": in_parts(values["title"], self._text(lead.subtitle, f"{place}.title")),
            "track": values.get("track"),
            "description": prose_of(lead.texts, lead.links, f"{place}.description", self.ledger),
            "note": "; ".join(notes) or None,
        }

    def _session_id(self, block: Block, heading: Words) -> str:
        day = f"d{self.days.index(block.slot.day) + 1}" if block.slot.day and len(self.days) > 1 else ""
        room = name_of(block.rooms[0]) if block.rooms and not block.facts else ""
        title = name_of(heading)
        stem = slug(" ".join((day, room if room != title else "", title)))[: MAX_ID - 5].strip("-") or "session"
        id = unique(stem, self.session_ids)
        self.session_ids.add(id)
        return id

    def _kind(self, block: Block, heading: Words) -> SessionKind:
        types = [one_line(talk.kind.text) for talk in block.talks if talk.kind]
        own = one_line(block.facts.kind.text) if block.facts and block.facts.kind else ""
        title = name_of(heading)
        if not any(talk.speakers for talk in block.talks) and is_break(title, own or (types[0] if types else "")):
            return SessionKind.BREAK
        common = types[0] if len(set(types)) == 1 and len(types) == len(block.talks) else ""
        found = session_kind(own, common, title)
        return found if found and found is not SessionKind.BREAK else SessionKind.PANEL

    def _label(self, block: Block, heading: Words) -> str | None:
        """Where several sessions have one heading, day and time tell them apart, and the room where these do not."""
        slot = block.slot
        if _is_lone(block) or self.headings[name_of(heading)] < 2 or not slot.start or not slot.day:
            return None
        time, day = clock_time(slot.start) or "", self.days.index(slot.day) + 1
        words = [time]
        if len(self.days) > 1:
            words = [f"第{day}天" if self.in_chinese else f"Day {day}", time]
        room = name_of(block.rooms[0]) if block.rooms else ""
        if self.begun[name_of(heading), slot.day, slot.start] > 1 and room:
            words.append(room)
        return (" " if self.in_chinese else ", ").join(words)

    def _rooms(self, block: Block, place: str) -> Any:
        names = [name_of(room) for room in block.rooms]
        for room in (*(talk.room for talk in block.talks), block.facts.room if block.facts else ()):
            if name_of(room) in names:
                self._place(printed_of(room), f"{place}.room")
        if len(names) < 2:
            return content_text(block.rooms[0]) if names else None
        return ("、" if any(map(is_han, names)) else ", ").join(names)

    def _host(self, host: Speaker, place: str) -> str:
        id = self.people.id_of(host)
        self.people.place_name(host, f"{place}.hosts.{id}")
        return id

    def _items(self, talk: Talk, block: Block, place: str, kind: SessionKind) -> Iterable[Any]:
        """The appearances of a talk: the first speaker has its facts and its summary, the others follow."""
        role = talk_role(talk.kind.text) if talk.kind else None
        for number, (id, speaker) in enumerate(self._speakers(talk).items()):
            key = self._key(id, talk)
            field = f"{place}.items.{key}"
            values: dict[str, Any] = {"person": id, "id": key if key != id else None}
            if role and role is not USUAL_ROLE[kind]:
                values["role"] = role.value
            if role and talk.kind:
                self.ledger.place(talk.kind, f"{field}.role")
            values |= self.people.differing(speaker, field)
            if number == 0:
                values |= self._facts(talk, block, field, role)
                markdown = markdown_of(talk.texts, talk.links, f"summaries/{key}.md#", self.ledger)
                if markdown:
                    self.summaries[key] = markdown
            content = in_model_order(Appearance, values)
            yield id if content == {"person": id} else content

    def _facts(self, talk: Talk, block: Block, field: str, role: Role | None) -> dict[str, Any]:
        self._place(talk.times if talk.slot.start or talk.slot.day else (), f"{field}.start")
        notes = self._notes(talk, field, told=role is not None)
        return {
            "topic": in_parts(self._text(talk.title, f"{field}.topic"), self._text(talk.subtitle, f"{field}.topic")),
            "start": clock_time(talk.slot.start),
            "end": clock_time(talk.slot.end),
            "track": None if block.track else self._text(talk.track, f"{field}.track"),
            "note": "; ".join(notes) or None,
        }

    def _notes(self, talk: Talk, field: str, *, told: bool) -> list[str]:
        """What only editors need: a type or a language that is not the usual one."""
        notes = []
        if talk.kind and not told:
            type_name = one_line(talk.kind.text)
            if type_name == self.usual_type:
                self.ledger.explain(talk.kind, "the usual type of this event's talks")
            else:
                notes.append(f"type: {type_name}")
                self.ledger.place(talk.kind, f"{field}.note")
        if talk.language:
            if talk.language.text == self.usual_language:
                self.ledger.place(talk.language, "booklet.yaml#languages")
            else:
                notes.append(f"language: {one_line(talk.language.text)}")
                self.ledger.place(talk.language, f"{field}.note")
        return notes

    def _key(self, id: str, talk: Talk) -> str:
        """A key that does not depend on the order of the talks, so that an update finds the same one again."""
        wanted = id
        if id in self.speaks_twice:
            tail = slug(talk.key if len(talk.key) <= 24 else name_of(talk.title))[:24].strip("-")
            wanted = f"{id[: MAX_ID - 6 - len(tail)].strip('-')}-{tail}".strip("-")
        key = unique(wanted, self.keys)
        self.keys.add(key)
        return key

    def _text(self, words: Words, field: str) -> Any:
        self._place(printed_of(words), field)
        return content_text(words)

    def _place(self, values: Iterable[Value], field: str) -> None:
        for value in values:
            self.ledger.place(value, field)


def _heading(block: Block) -> Words:
    """The source's own name of the session, else the entry's title, the track, or the room."""
    if block.facts and block.facts.title:
        return block.facts.title
    if _is_lone(block):
        return block.talks[0].title
    return block.track or (block.rooms[0] if block.rooms else ())


def _is_lone(block: Block) -> bool:
    """Whether the block is an entry without speakers."""
    return block.facts is None and bool(block.talks) and not block.talks[0].speakers


def _findings(booklet: dict[str, Any], sessions: Sequence[Any]) -> list[Finding]:
    lacking = [(key, "booklet.yaml") for key in ("title", "date") if key not in booklet]
    if not sessions:
        lacking.append(("a session", "programme.yaml"))
    return [
        Finding("HK803", Severity.WARNING, f"the source does not state {what}", f"write {what} in {file}", file=file)
        for what, file in lacking
    ]
