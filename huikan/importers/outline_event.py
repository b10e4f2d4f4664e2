"""The event of an outline: booklet.yaml and organisations.yaml."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from huikan.content.model import Booklet, OrganiserRole
from huikan.content.readings import is_han
from huikan.importers.content_files import in_model_order, prose, text
from huikan.importers.draft import Ledger
from huikan.importers.event_facts import find_dates, find_event_facts, longer_forms, says_only_days, split_bodies
from huikan.importers.names import slug, unique
from huikan.importers.outline_grammar import Heading, event_title, fact_of, organisers_of
from huikan.importers.outline_parts import Captioned, Outline
from huikan.importers.outline_people import place_of
from huikan.importers.outline_schedule import stated_days
from huikan.importers.outline_text import paragraphs_as_markdown, theme_parts
from huikan.importers.source_text import SourceLine, compact


@dataclass(slots=True)
class EventDraft:
    """The event's facts while they are gathered. `forum` and `kind` are what captions call it."""

    outline: Outline
    stem: str
    whole_text: str
    language: str = field(init=False)
    title: str = ""
    title_kind: str = ""
    kind: str = ""
    short_title: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    organisers: dict[OrganiserRole, list[str]] = field(default_factory=dict)
    organisations: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.language = _language_of(self.whole_text)

    @property
    def forum(self) -> str:
        """The name by which captions call the forum."""
        return self.short_title or self.title

    def content(self, ledger: Ledger) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values of booklet.yaml and organisations.yaml."""
        self._place_title(ledger)
        for line, heading in self.outline.facts:
            self._state(line, heading, ledger)
        self._introduce(ledger)
        self._read_days(ledger)
        date = self.values.get("date")
        self.values["id"] = _booklet_id(self.stem, date)
        ledger.guess(0, f"booklet id {self.values['id']}, after the name of the source")
        self.values["languages"] = [self.language]
        self.values["organisers"] = [
            {"role": role.value, "members": self.organisers[role]} for role in OrganiserRole if role in self.organisers
        ]
        return in_model_order(Booklet, self.values), self.organisations

    def _read_days(self, ledger: Ledger) -> None:
        """The days over the sessions are those of the event, where nothing else tells them."""
        days = stated_days(self.outline.sessions)
        if not days:
            return
        if "date" not in self.values:
            self.values["date"] = days[0]
            ledger.guess(0, f"date: {days[0]}, the first day over a session")
        if self.values.get("end_date") is None and days[-1] > self.values["date"]:
            self.values["end_date"] = days[-1]
            ledger.guess(0, f"end_date: {days[-1]}, the last day over a session")

    def _place_title(self, ledger: Ledger) -> None:
        line = self.outline.title
        if self.title:
            self.values["title"] = text(theme_parts(self.title))
        if self.kind:
            self.values["kind"] = text(self.kind)
        if self.short_title:
            self.values["short_title"] = text(theme_parts(self.short_title))
            ledger.guess(
                line.number if line else 0, f"captions call the forum “{self.short_title}”: taken for its short title"
            )
        if line is None:
            return
        ledger.place(line.number, place_of("booklet.yaml#title", self.values["title"]), self.title)
        if self.title_kind == self.kind:
            if self.kind:
                ledger.place(line.number, place_of("booklet.yaml#kind", self.values["kind"]), self.kind)
        elif self.title_kind:
            ledger.conflict(line.number, f"the title says “{self.title_kind}”, the captions “{self.kind}”")

    def _state(self, line: SourceLine, heading: Heading, ledger: Ledger) -> None:
        """A line such as 地点：国家会展中心."""
        role = organisers_of(heading)
        if role is not None:
            self._add_bodies(role, split_bodies(heading.rest), line.number, ledger)
            ledger.structure(line.number, line.text)
            return
        fact = fact_of(heading)
        assert fact is not None, "the line was taken for a fact"
        if fact == "date":
            first, last = find_dates(heading.rest)
            if first is None or "date" in self.values:
                ledger.leave(line.number, line.text, "no day can be read from it, or another is given above")
                return
            self.values["date"], self.values["end_date"] = first, last
            if says_only_days(heading.rest):
                ledger.structure(line.number, line.text)
            else:
                ledger.leave(line.number, line.text, "only its days are taken: hours are those of the sessions")
            ledger.place(line.number, "booklet.yaml#date", first.isoformat(), derived=True)
        elif fact in self.values:
            ledger.leave(line.number, line.text, "stated twice; the first is kept")
        else:
            self.values[fact] = text(heading.rest)
            ledger.place(line.number, place_of(f"booklet.yaml#{fact}", self.values[fact]), heading.rest)
            ledger.structure(line.number, line.text)

    def _introduce(self, ledger: Ledger) -> None:
        paragraphs = self.outline.introduction
        if not paragraphs:
            return
        self.values["introduction"] = prose(paragraphs_as_markdown(paragraphs))
        place = place_of("booklet.yaml#introduction", self.values["introduction"])
        for paragraph in paragraphs:
            for line in paragraph:
                ledger.place(line.number, place, line.text)
            self._read_facts("".join(line.text for line in paragraph), paragraph[0].number, ledger)

    def _read_facts(self, paragraph: str, line: int, ledger: Ledger) -> None:
        facts = find_event_facts(paragraph)
        if facts.date is not None:
            stated = self.values.setdefault("date", facts.date)
            if stated == facts.date and facts.end_date:
                self.values.setdefault("end_date", facts.end_date)
            self._tell(line, "date", stated.isoformat(), facts.date.isoformat(), ledger)
        for name, found in (("series", facts.series), ("venue", facts.venue)):
            if found:
                stated = self.values.setdefault(name, text(found))
                shown = stated["zh"] if isinstance(stated, dict) else stated
                self._tell(line, name, str(shown), found, ledger)
        for role, bodies in facts.organisers:
            self._add_bodies(role, bodies, line, ledger)

    def _tell(self, line: int, what: str, stated: str, found: str, ledger: Ledger) -> None:
        if compact(stated) == compact(found):
            ledger.guess(line, f"{what}: {found}")
        else:
            ledger.conflict(line, f"{what} “{stated}” before, here “{found}”")

    def _add_bodies(self, role: OrganiserRole, bodies: tuple[str, ...], line: int, ledger: Ledger) -> None:
        members = self.organisers.setdefault(role, [])
        for body in bodies:
            id = self._organisation(body)
            if id not in members:
                members.append(id)
            ledger.place(line, place_of(f"organisations.yaml#{id}.name", self.organisations[id]["name"]), body)
            ledger.guess(line, f"{role.value}: {body}")
            if any(word in body for word in ("和", "与", "及", " and ")):
                ledger.guess(line, f"“{body}” is entered as one body; is it several?")
            for form in longer_forms(body, self.whole_text):
                ledger.guess(
                    line, f"“{body}” may be the same body as “{form}”: settle its name, short form and aliases"
                )

    def _organisation(self, name: str) -> str:
        for id, organisation in self.organisations.items():
            if organisation["name"] == text(name):
                return id
        id = unique(slug(name) or "organisation", self.organisations)
        self.organisations[id] = {"name": text(name)}
        return id


def draft_event(outline: Outline, stem: str, whole_text: str) -> EventDraft:
    """The event as title line and captions call it."""
    event = EventDraft(outline, stem, whole_text)
    forum, kind = forum_of([*(c for s in outline.sessions for c in s.captions), *outline.loose_captions])
    if outline.title is not None:
        event.title, event.title_kind = event_title(outline.title.text)
    event.kind = kind or event.title_kind
    if forum and compact(forum) != compact(event.title):
        if event.title:
            event.short_title = forum
        else:
            event.title = forum
    return event


def forum_of(captions: list[Captioned]) -> tuple[str, str]:
    """The forum's name and kind as most captions write them; `''` without captions."""
    named = Counter((compact(caption.deed.forum), caption.deed.kind) for caption in captions)
    if not named:
        return "", ""
    (solid, kind), _ = max(named.items(), key=lambda found: (found[1], found[0]))
    return next(caption.deed.forum for caption in captions if compact(caption.deed.forum) == solid), kind


def _language_of(record: str) -> str:
    """English if it has letters, and fewer than one in fifty of its characters is Chinese."""
    is_english = 50 * sum(map(is_han, record)) < len(record) and any(map(str.isalpha, record))
    return "en" if is_english else "zh-Hans"


def _booklet_id(stem: str, date: dt.date | None) -> str:
    base = slug(stem) or "booklet"
    return base if date is None or str(date.year) in base else f"{base[:58].rstrip('-')}-{date.year}"
