"""The sessions of an outline: programme and captions brought together, person by person."""

from __future__ import annotations

from dataclasses import dataclass, field

from huikan.content.model import Role, SessionKind
from huikan.importers.draft import Ledger
from huikan.importers.names import split_caption_name, unique
from huikan.importers.outline_grammar import Heading, label_cores, lists_those_present, session_kind
from huikan.importers.outline_parts import Captioned, HostGroup, Listed, Outline, OutlineSession
from huikan.importers.outline_people import People, PersonDraft
from huikan.importers.session_kinds import is_break
from huikan.importers.session_kinds import session_kind as kind_by_name
from huikan.importers.source_text import SourceLine, compact

_ID_OF_KIND = {SessionKind.DISCUSSION: "discussion", SessionKind.BREAK: "break"}


@dataclass(slots=True)
class AppearanceDraft:
    """A person in a session: as listed, as captioned, or both."""

    person: PersonDraft
    key: str
    captioned: Captioned | None = None
    title: str = ""
    group: HostGroup | None = None
    listed: Listed | None = None

    @property
    def paragraphs(self) -> list[list[SourceLine]]:
        """What the person said: below the name in the programme, and below the caption."""
        below_name = self.listed.paragraphs if self.listed else []
        return [*below_name, *(self.captioned.paragraphs if self.captioned else [])]


@dataclass(slots=True)
class SessionDraft:
    """A session with its appearances in the order of the programme."""

    id: str
    kind: SessionKind
    source: OutlineSession
    hosts: list[AppearanceDraft] = field(default_factory=list)
    items: list[AppearanceDraft] = field(default_factory=list)
    hosts_last: bool = False

    @property
    def presents(self) -> bool:
        """Whether anyone's words are printed, and with them the captions of all: a bare session is only listed."""
        return any(item.paragraphs for item in self.items)


def draft_sessions(outline: Outline, people: People, ledger: Ledger) -> list[SessionDraft]:
    """Every session, its hosts and speakers, each caption with the appearance it belongs to."""
    drafting = _Drafting(outline, people, ledger)
    drafting.open_sessions()
    drafting.leave_rosters()
    drafting.list_hosts()
    drafting.list_speakers()
    drafting.place_captions()
    return drafting.sessions


class _Drafting:
    def __init__(self, outline: Outline, people: People, ledger: Ledger) -> None:
        self.outline, self.people, self.ledger = outline, people, ledger
        self.sessions: list[SessionDraft] = []
        self.keys: set[str] = set()

    def open_sessions(self) -> None:
        kinds = [self._kind(session) for session in self.outline.sessions]
        for session, kind in zip(self.outline.sessions, kinds, strict=True):
            base = _ID_OF_KIND.get(kind, kind.value)
            several = kinds.count(kind) > 1
            taken = {draft.id for draft in self.sessions}
            number = 1 + sum(draft.kind is kind for draft in self.sessions)
            self.sessions.append(SessionDraft(unique(f"{base}-{number}" if several else base, taken), kind, session))

    def _kind(self, session: OutlineSession) -> SessionKind:
        label = session.heading.label
        kind = session_kind(label) or kind_by_name(label) or (SessionKind.BREAK if is_break(label) else None)
        kind = kind or kind_by_name(session.heading.rest)
        if kind is None:
            self.ledger.guess(session.line, f"“{session.heading.label}” taken for a session of speeches (panel)")
        return kind or SessionKind.PANEL

    def list_hosts(self) -> None:
        for group in self.outline.host_groups:
            moderated = self._moderated(group)
            for listed in group.people:
                person = self.people.listed(listed.line, listed.entry, listed.title_lines)
                for session in moderated:
                    if all(host.person is not person for host in session.hosts):
                        session.hosts.append(AppearanceDraft(person, person.id, group=group))
                if not moderated:
                    self.ledger.guess(listed.line, f"{person.name} moderates no session of the programme")

    def _moderated(self, group: HostGroup) -> list[SessionDraft]:
        if group.session is not None:
            return [session for session in self.sessions if session.source is group.session]
        if not group.scope:
            return [session for session in self.sessions if session.kind is not SessionKind.BREAK]
        cores = set(label_cores(group.scope))
        return [session for session in self.sessions if cores & set(label_cores(session.source.heading.label))]

    def leave_rosters(self) -> None:
        """A list of those present, all of whom stand elsewhere, is no session: its titles are theirs."""
        for session in list(self.sessions):
            if not session.source.is_role or session.source.hours or len(self.sessions) < 2:
                continue
            listed = session.source.listed
            may_stay_out = lists_those_present(session.source.heading) and not any(each.title_lines for each in listed)
            others = [each for each in self.sessions if each is not session]
            elsewhere = {compact(each.entry.name) for other in others for each in other.source.listed}
            elsewhere |= {compact(each.entry.name) for group in self.outline.host_groups for each in group.people}
            is_silent = not session.hosts and not session.source.description
            is_silent = is_silent and not any(each.paragraphs or each.topic for each in listed)
            apart = [each for each in listed if compact(each.entry.name) not in elsewhere]
            if is_silent and elsewhere and (not apart or (may_stay_out and len(apart) < len(listed))):
                self.sessions.remove(session)
                if all(each.line != session.source.line for each in listed):
                    self.ledger.structure(session.source.line, session.source.heading.label)
                self.ledger.guess(session.source.line, "a list of those present, all of them in sessions")
                for each in listed:
                    if each not in apart:
                        self.people.listed(each.line, each.entry, each.title_lines)
                for each in apart:
                    self.ledger.leave(each.line, each.text, f"{each.entry.name} is present, and in no session")

    def list_speakers(self) -> None:
        for session in self.sessions:
            for listed in session.source.listed:
                person = self.people.listed(listed.line, listed.entry, listed.title_lines)
                before = next((item for item in session.items if item.person is person), None)
                if before is None:
                    session.items.append(AppearanceDraft(person, self._key(person), listed=listed))
                    continue
                assert before.listed is not None
                before.listed.paragraphs += listed.paragraphs
                if before.listed.topic is None:
                    before.listed.topic = listed.topic
                elif listed.topic is not None:
                    topics = f"“{before.listed.topic[1]}”, here “{listed.topic[1]}”"
                    self.ledger.conflict(listed.line, f"{person.name} speaks on {topics}; the first is kept")
                if not any(before.listed.line < line.number < listed.line for line in self._headed(session)):
                    self.ledger.conflict(listed.line, f"{person.name} is listed twice in one session; entered once")

    def _headed(self, session: SessionDraft) -> list[SourceLine]:
        """The lines that head the session again, behind its place in the programme."""
        return [line for line, source, _ in self.outline.headed if source is session.source]

    def _key(self, person: PersonDraft) -> str:
        key = unique(person.id, self.keys)
        self.keys.add(key)
        return key

    def place_captions(self) -> None:
        for session in list(self.sessions):
            for caption in session.source.captions:
                self._place_caption(caption, session)
        for caption in self.outline.loose_captions:
            self._place_caption(caption, None)

    def _place_caption(self, caption: Captioned, session: SessionDraft | None) -> None:
        entry = split_caption_name(caption.who_text, self.people.names)
        known = self.people.knows(entry.name)
        person = self.people.captioned(caption.who.number, entry)
        moderates = caption.deed.role is Role.MODERATOR
        session = self._session_of(person, session, caption, moderates)
        places = session.hosts if moderates else session.items
        place = next((a for a in places if a.person is person and a.captioned is None), None)
        if place is None:
            where = session.source.heading.label
            if not known or all(a.person is not person for a in places):
                self.ledger.guess(caption.who.number, f"{person.name} is not listed under “{where}”: added to it")
            else:
                self.ledger.guess(caption.who.number, f"{person.name} has a second caption under “{where}”")
            place = AppearanceDraft(person, self._key(person))
            places.append(place)
        place.captioned = caption
        if compact(entry.title) != compact(person.title):
            place.title = entry.title
            self.ledger.conflict(
                caption.who.number, f"{person.name}: title “{person.title}” before, here “{entry.title or 'none'}”"
            )
        if moderates:
            session.hosts_last = any(item.captioned for item in session.items)

    def _session_of(
        self, person: PersonDraft, session: SessionDraft | None, caption: Captioned, moderates: bool
    ) -> SessionDraft:
        def lists(candidate: SessionDraft) -> bool:
            return any(a.person is person for a in (candidate.hosts if moderates else candidate.items))

        if session is not None and lists(session):
            return session
        listing = next((candidate for candidate in self.sessions if lists(candidate)), None)
        if listing is not None:
            if session is not None and not moderates and session.source.in_programme:
                where, here = listing.source.heading.label, session.source.heading.label
                self.ledger.guess(caption.who.number, f"{person.name} stands under “{here}” but is listed in “{where}”")
            return listing
        return session or (self.sessions[-1] if self.sessions else self._new_session(caption))

    def _new_session(self, caption: Captioned) -> SessionDraft:
        """Captions without any session around them still need one."""
        source = OutlineSession(caption.who.number, Heading("发言"), in_programme=False)
        self.ledger.guess(caption.who.number, "no session is named: “发言” added")
        self.sessions.append(SessionDraft("panel", SessionKind.PANEL, source))
        return self.sessions[-1]
