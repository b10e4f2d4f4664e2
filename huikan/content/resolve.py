"""Follow every reference of a publication and derive what is not written: captions, numbers, lists, the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count, groupby

from huikan.content.labels import Labels
from huikan.content.model import (
    LANGUAGE_KEYS,
    USUAL_ROLE,
    Appearance,
    HostPlace,
    Person,
    Photo,
    Publication,
    Report,
    Role,
    Session,
    SessionKind,
    Text,
)
from huikan.content.readings import initial, is_han, sort_key
from huikan.content.resolved import (
    Day,
    Entry,
    ImprintLine,
    IndexEntry,
    IndexGroup,
    OrganiserGroup,
    Phrase,
    Portrait,
    Prose,
    ResolvedBooklet,
    ResolvedFigure,
    ResolvedPerson,
    ResolvedReport,
    ResolvedSession,
)
from huikan.content.wording import Wording


def resolve(publication: Publication, labels: Labels) -> ResolvedBooklet:
    """The booklet of a validated publication in the language of `labels`."""
    return _Resolver(publication, Wording(labels, publication.booklet.languages[0])).booklet()


@dataclass
class _Resolver:
    publication: Publication
    wording: Wording
    picture_numbers: count[int] = field(default_factory=lambda: count(1))
    table_numbers: count[int] = field(default_factory=lambda: count(1))
    summary_ids: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.summary_ids = {summary.appearance: id for id, summary in self.publication.summaries.items()}

    def booklet(self) -> ResolvedBooklet:
        booklet, wording = self.publication.booklet, self.wording
        sessions = tuple(
            self._session(session, ordinal)
            for ordinal, session in enumerate(self.publication.programme.sessions, start=1)
        )
        has_report_session = any(session.report for session in sessions)
        closing = None if has_report_session or not self.publication.report else self._report(self.publication.report)
        return ResolvedBooklet(
            id=booklet.id,
            language=wording.language,
            title=self._title,
            translated_title=self._translated_title(),
            series=wording.optional(booklet.series, "booklet.yaml#series"),
            kind=self._kind,
            subtitle=wording.optional(booklet.subtitle, "booklet.yaml#subtitle"),
            date=booklet.date,
            end_date=booklet.end_date or booklet.date,
            date_words=Phrase(
                (wording.date_range(booklet.date, booklet.end_date),),
                wording.language,
                sources=("booklet.yaml#date",),
            ),
            venue=wording.optional(booklet.venue, "booklet.yaml#venue"),
            theme=booklet.theme,
            organisers=self._organisers(),
            introduction=wording.prose(booklet.introduction, "booklet.yaml#introduction"),
            imprint=self._imprint(),
            days=tuple(
                Day(date, wording.weekday(date), tuple(held))
                for date, held in groupby(sessions, key=lambda session: session.date)
            ),
            sessions=sessions,
            hosts=_first_of_each_person(entry for session in sessions for entry in session.hosts),
            speakers=tuple(session for session in sessions if session.items),
            closing_report=closing,
            index=self._index(sessions),
        )

    @property
    def _in_chinese(self) -> bool:
        return self.wording.language.startswith("zh")

    @property
    def _title(self) -> Phrase:
        return self.wording.phrase(self.publication.booklet.title, "booklet.yaml#title", spaced=True)

    @property
    def _kind(self) -> Phrase:
        kind = self.wording.optional(self.publication.booklet.kind, "booklet.yaml#kind")
        return kind or Phrase((self.wording.labels["kind"],), self.wording.language)

    @property
    def _forum(self) -> Phrase:
        short = self.publication.booklet.short_title
        return self.wording.phrase(short, "booklet.yaml#short_title", spaced=True) if short else self._title

    def _translated_title(self) -> Phrase | None:
        """The title in the booklet's other language, for the cover."""
        booklet = self.publication.booklet
        for language in booklet.languages:
            key = LANGUAGE_KEYS[language]
            if language != self.wording.language and getattr(booklet.title, key) is not None:
                return Phrase(booklet.title.parts(key), language, " ", f"booklet.yaml#title.{key}")
        return None

    def _organisers(self) -> tuple[OrganiserGroup, ...]:
        groups = []
        for group in self.publication.booklet.organisers:
            members = []
            for member in group.members:
                organisation = self.publication.organisations[member]
                short = organisation.short if group.use == "short" else None
                form = "short" if short else "name"
                members.append(self.wording.phrase(short or organisation.name, f"organisations.yaml#{member}.{form}"))
            label = self.wording.labels[f"organisers.{group.role}"]
            groups.append(OrganiserGroup(group.role, label, tuple(members)))
        return tuple(groups)

    def _imprint(self) -> tuple[ImprintLine, ...]:
        imprint, lines = self.publication.booklet.imprint, []
        for name in (
            "editors",
            "publisher",
            "design",
            "printer",
            "published",
            "isbn",
            "contact",
            "rights",
            "statement",
        ):
            value = getattr(imprint, name)
            if not value:
                continue
            place = f"booklet.yaml#imprint.{name}"
            if isinstance(value, Text):
                words: tuple[Phrase, ...] = (self.wording.phrase(value, place),)
            elif isinstance(value, tuple):
                words = tuple(self.wording.phrase(text, f"{place}.{i}") for i, text in enumerate(value))
            elif isinstance(value, str):
                words = (Phrase((value,), self.wording.language, field=place),)
            else:
                words = (Phrase((self.wording.day(value),), self.wording.language, sources=(place,)),)
            lines.append(ImprintLine(self.wording.labels[f"imprint.{name}"], words))
        return tuple(lines)

    def _session(self, session: Session, ordinal: int) -> ResolvedSession:
        place = f"programme.yaml#sessions.{session.id}"
        report = self.publication.report if session.kind is SessionKind.REPORT else None
        presents = any(self._has_own_place(item) for item in session.items) or bool(report and session.items)
        hosts_first = session.hosts_stand is HostPlace.FIRST
        hosts: tuple[Entry, ...] = ()
        if hosts_first:
            hosts = self._hosts(session, place)
        items = tuple(self._entry(item, session, f"{place}.items", shown=presents) for item in session.items)
        if not hosts_first:
            hosts = self._hosts(session, place)
        wording = self.wording
        return ResolvedSession(
            id=session.id,
            ordinal=ordinal,
            kind=session.kind,
            label=wording.optional(session.label, f"{place}.label"),
            title=wording.optional(session.title, f"{place}.title", spaced=True),
            date=session.date or self.publication.booklet.date,
            start=session.start,
            end=session.end,
            room=wording.optional(session.room, f"{place}.room"),
            track=wording.optional(session.track, f"{place}.track"),
            description=wording.prose(session.description, f"{place}.description"),
            hosts=hosts,
            items=items,
            entries=hosts + items if hosts_first else items + hosts,
            report=self._report(report) if report else None,
            anchor=f"session-{session.id}",
            row=f"programme-{session.id}",
        )

    def _hosts(self, session: Session, place: str) -> tuple[Entry, ...]:
        return tuple(
            self._entry(host, session, f"{place}.hosts", shown=bool(host.photo or host.caption or host.scope))
            for host in session.hosts
        )

    def _has_own_place(self, appearance: Appearance) -> bool:
        person = self.publication.people[appearance.person]
        return bool(appearance.photo or appearance.caption or person.photo or appearance.key in self.summary_ids)

    def _entry(self, appearance: Appearance, session: Session, place: str, *, shown: bool) -> Entry:
        is_host = place.endswith(".hosts")
        place = f"{place}.{appearance.key}"
        person = self.publication.people[appearance.person]
        role = appearance.role or (Role.MODERATOR if is_host else USUAL_ROLE[session.kind])
        resolved = self._person(appearance.person)
        title = self._title_of(person, appearance, place) or resolved.title
        scope = self.wording.optional(appearance.scope, f"{place}.scope")
        caption = self._caption(appearance, session, place, resolved.name, title, role, scope) if shown else ()
        photo = appearance.photo or person.photo
        anchor = f"{'host' if is_host else 'entry'}-{session.id}-{appearance.key}"
        return Entry(
            key=appearance.key,
            person=resolved,
            role=role,
            role_label=self.wording.labels[f"role.{role}"],
            mode=appearance.mode,
            title=title,
            topic=self.wording.optional(appearance.topic, f"{place}.topic", spaced=True),
            scope=scope,
            start=appearance.start,
            end=appearance.end,
            track=self.wording.optional(appearance.track, f"{place}.track"),
            portrait=self._portrait(photo, place, caption) if shown and photo else None,
            caption=caption,
            number=next(self.picture_numbers) if shown and photo else 0,
            summary=self._summary(appearance) if not is_host else None,
            no_summary=self.wording.optional(appearance.no_summary, f"{place}.no_summary"),
            anchor=anchor,
            row=f"row-{anchor}",
            shown=shown,
        )

    def _person(self, id: str) -> ResolvedPerson:
        person = self.publication.people[id]
        place = f"people.yaml#{id}"
        title = self.wording.optional(person.title, f"{place}.title")
        return ResolvedPerson(
            id=id,
            name=self.wording.phrase(person.name, f"{place}.name"),
            title=self._with_affiliation(title, person.affiliation),
            sort=self._reading(person),
            bio=self.wording.prose(person.bio, f"{place}.bio"),
            review=person.review,
        )

    def _reading(self, person: Person) -> str | None:
        """The override of a reading, if there is one for this very language."""
        if person.sort is None:
            return None
        key = LANGUAGE_KEYS[self.wording.language]
        return "".join(person.sort.parts("") or person.sort.parts(key)) or None

    def _title_of(self, person: Person, appearance: Appearance, place: str) -> Phrase | None:
        if appearance.title is None and appearance.affiliation is None:
            return None
        title = self.wording.optional(appearance.title, f"{place}.title") or self.wording.optional(
            person.title, f"people.yaml#{appearance.person}.title"
        )
        affiliation = person.affiliation if appearance.affiliation is None else appearance.affiliation
        return self._with_affiliation(title, affiliation)

    def _with_affiliation(self, title: Phrase | None, affiliation: tuple[str, ...]) -> Phrase | None:
        bodies = tuple((self.publication.organisations[id], f"organisations.yaml#{id}.name") for id in affiliation)
        return self.wording.title_with_affiliation(title, bodies)

    def _caption(
        self,
        appearance: Appearance,
        session: Session,
        place: str,
        name: Phrase,
        title: Phrase | None,
        role: Role,
        scope: Phrase | None,
    ) -> tuple[Phrase, ...]:
        if appearance.caption is not None:
            own = self.wording.phrase(appearance.caption, f"{place}.caption")
            fields = [f"{own.field}.{i}" for i in range(len(own.parts))] if len(own.parts) > 1 else [own.field]
            return tuple(
                Phrase((line,), own.language, field=field, untranslated=own.untranslated)
                for line, field in zip(own.parts, fields, strict=True)
            )
        heading = self.wording.optional(session.title or session.label, f"programme.yaml#sessions.{session.id}.title")
        return self.wording.caption(name, title, self._forum, self._kind, role, scope or heading or "", appearance.mode)

    def _portrait(self, photo: Photo, place: str, caption: tuple[Phrase, ...]) -> Portrait:
        alt = self.wording.optional(photo.alt, f"{place}.photo.alt")
        spoken = Phrase(tuple(line.text for line in caption), self.wording.language, "，" if self._in_chinese else ", ")
        return Portrait(photo.file, alt or spoken)

    def _summary(self, appearance: Appearance) -> Prose | None:
        id = self.summary_ids.get(appearance.key)
        if id is None:
            return None
        prose = self.publication.summaries[id].prose
        first = LANGUAGE_KEYS[self.wording.fallback]
        key = LANGUAGE_KEYS[self.wording.language]
        if key not in prose:
            key = first if first in prose else next(iter(prose))
        tag = next(tag for tag, value in LANGUAGE_KEYS.items() if value == key)
        name = f"{id}.md" if key == first else f"{id}.{key}.md"
        return Prose(prose[key], tag, f"summaries/{name}#", tag != self.wording.language)

    def _report(self, report: Report) -> ResolvedReport:
        wording = self.wording
        abstract = wording.prose(report.abstract, "report.yaml#abstract")
        assert abstract is not None
        findings = (wording.prose(text, f"report.yaml#findings.{i}") for i, text in enumerate(report.findings))
        return ResolvedReport(
            title=wording.phrase(report.title, "report.yaml#title", spaced=True),
            publisher=wording.optional(report.publisher, "report.yaml#publisher"),
            presenters=tuple(self._person(id) for id in report.presented_by),
            abstract=abstract,
            findings=tuple(finding for finding in findings if finding),
            figures=tuple(self._figure(report, i) for i in range(len(report.figures))),
        )

    def _figure(self, report: Report, index: int) -> ResolvedFigure:
        figure, place = report.figures[index], f"report.yaml#figures.{index}"
        caption = self.wording.phrase(figure.caption, f"{place}.caption")
        return ResolvedFigure(
            caption=caption,
            number=next(self.picture_numbers if figure.image else self.table_numbers),
            picture=self._portrait(figure.image, f"{place}.image", (caption,)) if figure.image else None,
            rows=tuple(
                tuple(self.wording.phrase(cell, f"{place}.rows.{r}.{c}") for c, cell in enumerate(row))
                for r, row in enumerate(figure.rows)
            ),
            anchor=f"figure-{index + 1}",
        )

    def _index(self, sessions: tuple[ResolvedSession, ...]) -> tuple[IndexGroup, ...]:
        anchors: dict[str, list[str]] = {}
        people: dict[str, ResolvedPerson] = {}
        for session in sessions:
            for entry in session.entries:
                people[entry.person.id] = entry.person
                target = entry.anchor if entry.shown else entry.row
                found = anchors.setdefault(entry.person.id, [])
                if entry.shown or not found:
                    found.append(target)
        ordered = sorted(people.values(), key=lambda person: sort_key(person.name.text, person.sort))
        grouped = groupby(ordered, key=self._initial)
        return tuple(
            IndexGroup(letter, tuple(IndexEntry(person.name, tuple(anchors[person.id])) for person in group))
            for letter, group in grouped
        )

    def _initial(self, person: ResolvedPerson) -> str:
        """The heading under which a name stands: in Chinese, names in Latin letters have one of their own."""
        if self._in_chinese and not is_han(person.name.text):
            return self.wording.labels["index.latin"]
        return initial(person.name.text, person.sort)


def _first_of_each_person(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.person.id not in seen or (entry.scope and not seen[entry.person.id].scope):
            seen[entry.person.id] = entry
    return tuple(seen.values())
