"""The people of an outline: one record per name, one title per record, every other form kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from huikan.content.model import Person
from huikan.importers.content_files import LanguageMap, in_model_order, text
from huikan.importers.draft import Ledger
from huikan.importers.names import NameAndTitle, person_slug, unique
from huikan.importers.source_text import SourceLine, compact, is_latin


@dataclass(slots=True)
class PersonDraft:
    """A person with every line that names them: (line, title as it stands there).

    `title_parts` are the lines that a listed title stands in, each with its words and the whole title.
    """

    id: str
    name: str
    listed: list[tuple[int, str]] = field(default_factory=list)
    captioned: list[tuple[int, str]] = field(default_factory=list)
    title_parts: list[tuple[int, str, str]] = field(default_factory=list)
    latin: str = ""
    latin_lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title in force: the first caption's, which is printed with the summary; else the programme's."""
        forms = [title for _, title in (*self.captioned, *self.listed) if title]
        return forms[0] if forms else ""


@dataclass(slots=True)
class People:
    """All people by name, in the order in which the source first names them."""

    ledger: Ledger
    _by_name: dict[str, PersonDraft] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names known so far."""
        return [person.name for person in self._by_name.values()]

    def __iter__(self) -> Any:
        return iter(self._by_name.values())

    def knows(self, name: str) -> bool:
        """Whether the name has been met."""
        return compact(name) in self._by_name

    def listed(self, line: int, entry: NameAndTitle, title_lines: Sequence[SourceLine] = ()) -> PersonDraft:
        """The person of a programme line, whose title may go on in lines of its own."""
        person = self._named(entry.name)
        if entry.latin:
            person.latin = person.latin or entry.latin
            person.latin_lines.append((line, entry.latin))
        parts = [(line, entry.title), *((each.number, each.text) for each in title_lines)]
        words = [part for _, part in parts if part]
        whole = (", " if is_latin("".join(words)) else " ").join(words)
        person.listed.append((line, whole))
        person.title_parts += [(at, part, whole) for at, part in parts if part]
        if entry.guessed:
            self.ledger.guess(line, f"name: {entry.name}; title: {entry.title or 'none'}")
        return person

    def captioned(self, line: int, entry: NameAndTitle) -> PersonDraft:
        """The person of a caption."""
        person = self._named(entry.name)
        person.captioned.append((line, entry.title))
        if entry.guessed:
            self.ledger.guess(line, f"name: {entry.name}; title: {entry.title or 'none'}")
        return person

    def _named(self, name: str) -> PersonDraft:
        key = compact(name)
        if key not in self._by_name:
            taken = {person.id for person in self._by_name.values()}
            self._by_name[key] = PersonDraft(unique(person_slug(name), taken), name)
        return self._by_name[key]

    def content(self) -> dict[str, Any]:
        """The entries of people.yaml; the ledger learns where names and titles went, and which titles differ."""
        return {person.id: self._entry(person) for person in self}

    def _entry(self, person: PersonDraft) -> dict[str, Any]:
        place = f"people.yaml#{person.id}"
        name, title = text(person.name), text(person.title) if person.title else None
        if person.latin and isinstance(name, LanguageMap):
            name["en"] = person.latin
        for line, latin in person.latin_lines:
            if latin == person.latin:
                self.ledger.place(line, f"{place}.name.en", latin)
            else:
                self.ledger.conflict(line, f"{person.name}: “{person.latin}” before, here “{latin}”")
        notes = []
        for line, _ in (*person.listed, *person.captioned):
            self.ledger.place(line, place_of(f"{place}.name", name), person.name)
        for line, words, whole in person.title_parts:
            is_in_force = compact(whole) == compact(person.title)
            self.ledger.place(line, place_of(f"{place}.title", title) if is_in_force else f"{place}.note", words)
        for line, listed in person.listed:
            if listed and compact(listed) != compact(person.title):
                notes.append(
                    f"Title in the programme (line {line}): {listed}"
                    if is_latin(listed)
                    else f"议程所列职务（第{line}行）：{listed}"
                )
                self._tell_conflict(line, listed, person)
        for line, captioned in person.captioned:
            if compact(captioned) == compact(person.title):
                self.ledger.place(line, place_of(f"{place}.title", title), captioned)
        return in_model_order(
            Person,
            {"name": name, "title": title, "note": ("; " if is_latin("".join(notes)) else "；").join(notes) or None},
        )

    def _tell_conflict(self, line: int, listed: str, person: PersonDraft) -> None:
        source = next((at for at, form in (*person.captioned, *person.listed) if form == person.title), line)
        self.ledger.conflict(
            line, f"{person.name}: title “{person.title}” (line {source}), but “{listed}” (line {line}, kept as a note)"
        )


def place_of(field: str, value: Any) -> str:
    """The field's id with its language, where the value is a text by language."""
    return f"{field}.zh" if isinstance(value, dict) else field
