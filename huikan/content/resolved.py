"""A booklet in one language, with every reference followed: what the templates see. All frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from huikan.content.model import Approval, Mode, Role, SessionKind

_LONGEST_RUNNING_HEAD = 40
"""Characters that fit one line above the text block."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to print, and where they come from.

    `field` is the content field's id, empty for derived words, which list theirs in `sources`.
    `language` is the tag of the words themselves; `untranslated` that of words which stand in for a translation.
    """

    parts: tuple[str, ...]
    language: str
    joiner: str = ""
    field: str = ""
    sources: tuple[str, ...] = ()
    untranslated: str = ""

    @property
    def text(self) -> str:
        """The words in one line."""
        return self.joiner.join(self.parts)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown to print; its blocks are numbered below `field`, e.g. `summaries/ID.md#3`."""

    markdown: str
    language: str
    field: str
    untranslated: bool = False


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture: `file` relative to the publication's folder, and the words read in its place."""

    file: str
    alt: Phrase


@dataclass(frozen=True, slots=True)
class ResolvedPerson:
    """A person as the lists print them; `reading` sorts the index, `initial` groups it."""

    id: str
    name: Phrase
    title: Phrase | None
    sort: str | None
    bio: Prose | None
    review: Approval


@dataclass(frozen=True, slots=True)
class Entry:
    """One appearance. `anchor` names its summary or portrait, `row` its line in the programme."""

    key: str
    person: ResolvedPerson
    role: Role
    role_label: str
    mode: Mode
    title: Phrase | None
    topic: Phrase | None
    scope: Phrase | None
    start: dt.time | None
    end: dt.time | None
    track: Phrase | None
    portrait: Portrait | None
    caption: tuple[Phrase, ...]
    number: int
    summary: Prose | None
    no_summary: Phrase | None
    anchor: str
    row: str
    shown: bool


@dataclass(frozen=True, slots=True)
class ResolvedFigure:
    """A figure of the report; `rows` holds the header first, `picture` the image, never both."""

    caption: Phrase
    number: int
    picture: Portrait | None
    rows: tuple[tuple[Phrase, ...], ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class ResolvedReport:
    """The report and its abstract."""

    title: Phrase
    publisher: Phrase | None
    presenters: tuple[ResolvedPerson, ...]
    abstract: Prose
    findings: tuple[Prose, ...]
    figures: tuple[ResolvedFigure, ...]


@dataclass(frozen=True, slots=True)
class ResolvedSession:
    """A session: `entries` in printing order with the hosts at their place, `shown` those with a portrait or prose."""

    id: str
    ordinal: int
    kind: SessionKind
    label: Phrase | None
    title: Phrase | None
    date: dt.date
    start: dt.time | None
    end: dt.time | None
    room: Phrase | None
    track: Phrase | None
    description: Prose | None
    hosts: tuple[Entry, ...]
    items: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    report: ResolvedReport | None
    anchor: str
    row: str

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The appearances that have a portrait, a caption or a summary of their own."""
        return tuple(entry for entry in self.entries if entry.shown)

    @property
    def heading(self) -> str:
        """Label and theme in one line."""
        phrases = [phrase for phrase in (self.label, self.title) if phrase]
        between = "　" if phrases[0].language.startswith("zh") else ": "
        return between.join(phrase.text for phrase in phrases)

    @property
    def running_head(self) -> str:
        """The heading as far as it fits above the page: a long one stands by its label alone."""
        if self.label and len(self.heading) > _LONGEST_RUNNING_HEAD:
            return self.label.text
        return self.heading


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day, with the day as it is printed."""

    date: dt.date
    words: str
    sessions: tuple[ResolvedSession, ...]


@dataclass(frozen=True, slots=True)
class OrganiserGroup:
    """The bodies of one role."""

    role: str
    label: str
    members: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class ImprintLine:
    """One labelled line of the imprint."""

    label: str
    words: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A name and the anchors it refers to."""

    name: Phrase
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The names under one initial."""

    initial: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class ResolvedBooklet:
    """Everything one edition of one language prints."""

    id: str
    language: str
    title: Phrase
    translated_title: Phrase | None
    series: Phrase | None
    kind: Phrase
    subtitle: Phrase | None
    date: dt.date
    end_date: dt.date
    date_words: Phrase
    venue: Phrase | None
    theme: str
    organisers: tuple[OrganiserGroup, ...]
    introduction: Prose | None
    imprint: tuple[ImprintLine, ...]
    days: tuple[Day, ...]
    sessions: tuple[ResolvedSession, ...]
    hosts: tuple[Entry, ...]
    speakers: tuple[ResolvedSession, ...]
    closing_report: ResolvedReport | None
    index: tuple[IndexGroup, ...]
    sources: tuple[str, ...] = field(default=())
