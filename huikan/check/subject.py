"""What the rules look at: the publication, every text of it with its place, and the booklets made from it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path

from huikan.check.passages import Kind, Passage, passages_of
from huikan.content.labels import Labels, load_labels
from huikan.content.load import LoadedPublication
from huikan.content.model import LANGUAGE_KEYS, USUAL_ROLE, Appearance, Person, Publication, Role, Session, Summary
from huikan.content.resolve import resolve
from huikan.content.resolved import Entry, ResolvedBooklet
from huikan.content.values import Text
from huikan.render.examine import Examined
from huikan.resources import builtin

TRANSLATIONS = "translations.yaml"
"""The record of the state of every translation."""


def source_text(path: Path, errors: str = "strict") -> str:
    """The text of a content file as its places count: no byte order mark, line ends of one character."""
    return path.read_bytes().decode("utf-8-sig", errors).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class Part:
    """One appearance: in which session, whether as its host, and the id of its field."""

    session: Session
    appearance: Appearance
    is_host: bool
    field: str

    @property
    def role(self) -> Role:
        """The role that is given, else the usual one."""
        usual = Role.MODERATOR if self.is_host else USUAL_ROLE[self.session.kind]
        return self.appearance.role or usual


@dataclass(frozen=True)
class Subject:
    """A loaded publication, ready for the rules.

    `sources` holds the text of each content file by its name, `beside` that of files which say something about the
    content and are no part of it: import-report.md, translations.yaml. `pages` is what
    was seen on the pages of each language, if they were laid out.
    """

    loaded: LoadedPublication
    sources: Mapping[str, str]
    beside: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[Examined, ...] = ()

    @property
    def publication(self) -> Publication:
        """The publication itself."""
        return self.loaded.publication

    @cached_property
    def _all_passages(self) -> tuple[Passage, ...]:
        return passages_of(self.loaded, self.sources)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text as it is read, file by file."""
        return tuple(each for each in self._all_passages if each.kind is not Kind.MARKUP)

    @cached_property
    def markup(self) -> tuple[Passage, ...]:
        """Every text of Markdown as it is written, file by file."""
        return tuple(each for each in self._all_passages if each.kind is Kind.MARKUP)

    @cached_property
    def passages_by_file(self) -> Mapping[str, tuple[Passage, ...]]:
        """The texts of each file by its name."""
        return {file: tuple(group) for file, group in groupby(self.passages, key=lambda each: each.file)}

    def find(self, words: str, field: str) -> tuple[Passage, int] | None:
        """Where the words stand in a content field: the passage and the offset in it.

        Faces number the blocks of prose from 1, and count some that are none here: the nearest block is taken.
        """
        file, _, path = field.partition("#")
        whole = file if file.startswith("summaries/") else f"{file}#{path.partition('/')[0]}"
        wanted = _number_of(field) - 1
        passages = self.passages_by_file.get(file, ())
        for passage in sorted(passages, key=lambda each: (each.field != whole, abs(_number_of(each.field) - wanted))):
            offset = passage.text.find(words)
            if offset >= 0 and passage.field.startswith(whole):
                return passage, offset
        return None

    def prose(self, language: str) -> Iterator[Passage]:
        """The blocks of prose in that language (`zh`, `en`)."""
        return (each for each in self.passages if each.kind is Kind.PROSE and each.language == language)

    def printed(self, language: str) -> Iterator[Passage]:
        """Every text in that language that is printed; notes are not."""
        return (each for each in self.passages if each.kind is not Kind.NOTE and each.language == language)

    def texts_by_language(self, without: Collection[Kind]) -> Mapping[str, Mapping[str, tuple[Passage, ...]]]:
        """The passages of each text by the key of its language. A summary is one text, named by its original's file."""
        found: dict[str, dict[str, list[Passage]]] = {}
        for passage in self.passages:
            if passage.kind not in without:
                file = re.sub(r"\.(?:zh|en)\.md$", ".md", passage.file)
                field = re.sub(r"\.(?:zh|en)(?=/|$).*$", "", passage.field)
                key = file if file.startswith("summaries/") else field
                found.setdefault(key, {}).setdefault(passage.language, []).append(passage)
        return {key: {name: tuple(each) for name, each in texts.items()} for key, texts in found.items()}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys (`zh`, `en`) of the booklet's languages, the first language first."""
        return tuple(LANGUAGE_KEYS[language] for language in self.publication.booklet.languages)

    @cached_property
    def labels(self) -> Mapping[str, Labels]:
        """The fixed words of each language, by its key."""
        own = self.loaded.folder / "templates"
        folders = tuple(folder for folder in (own, builtin("templates")) if folder.is_dir())
        return {LANGUAGE_KEYS[tag]: load_labels(tag, folders) for tag in self.publication.booklet.languages}

    @cached_property
    def booklets(self) -> Mapping[str, ResolvedBooklet]:
        """What each language's edition prints, by its key."""
        return {key: resolve(self.publication, labels) for key, labels in self.labels.items()}

    @cached_property
    def entries(self) -> Mapping[tuple[str, str], Entry]:
        """What is printed of each appearance, by the key of the language and the id of the appearance's field."""
        return {
            (key, f"programme.yaml#sessions.{session.id}.{name}.{entry.key}"): entry
            for key, booklet in self.booklets.items()
            for session in booklet.sessions
            for name, group in (("hosts", session.hosts), ("items", session.items))
            for entry in group
        }

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every appearance in the order of the programme, hosts first."""
        found = []
        for session in self.publication.programme.sessions:
            for name, group in (("hosts", session.hosts), ("items", session.items)):
                for appearance in group:
                    field = f"programme.yaml#sessions.{session.id}.{name}.{appearance.key}"
                    found.append(Part(session, appearance, name == "hosts", field))
        return tuple(found)

    @cached_property
    def summaries(self) -> Mapping[str, Summary]:
        """The summaries by the appearance they belong to."""
        return {summary.appearance: summary for summary in self.publication.summaries.values()}

    def person(self, part: Part) -> Person:
        """Who appears."""
        return self.publication.people[part.appearance.person]

    def summary_blocks(self, part: Part, language: str) -> list[Passage]:
        """The blocks of the summary of an appearance; none if it has no summary in that language."""
        summary = None if part.is_host else self.summaries.get(part.appearance.key)
        if summary is None:
            return []
        first = next(iter(summary.prose))
        file = f"summaries/{summary.id}.md" if language == first else f"summaries/{summary.id}.{language}.md"
        return [each for each in self.passages_by_file.get(file, ()) if each.kind is Kind.PROSE]


def _number_of(field: str) -> int:
    """The number of a block of prose in its field's id; 0 for others."""
    number = re.search(r"[#/](\d+)$", field)
    return int(number[1]) if number else 0


def variant(text: Text | None, key: str, joiner: str = "") -> str:
    """The text in the language of `key`, or the plain one; empty if there is neither."""
    if text is None:
        return ""
    return joiner.join(text.parts(key) or text.parts(""))


def name_of(person: Person, key: str) -> str:
    """A person's name in the language of `key`, or in whatever language there is one."""
    return next(filter(None, (variant(person.name, each) for each in (key, *LANGUAGE_KEYS.values()))), "")
