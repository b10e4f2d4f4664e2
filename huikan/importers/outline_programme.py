"""The programme of an outline: its sessions with their hours, who moderates and who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from huikan.importers.draft import Ledger
from huikan.importers.line_marks import BareLine, bare_line
from huikan.importers.names import NameAndTitle, likelihood
from huikan.importers.outline_grammar import (
    Heading,
    bare_heading,
    ends_sentence,
    fact_of,
    is_fact,
    is_header_row,
    is_hosts,
    is_person_hosting,
    is_role_label,
    label_cores,
    label_key,
    labelled,
    opens_session,
    part_name,
    programme_heading,
    role_of_label,
)
from huikan.importers.outline_hours import Day, Hours, leading_hours, named_day, only_hours, trailing_hours, unmarked
from huikan.importers.outline_list import PeopleList
from huikan.importers.outline_parts import HostGroup, Outline, OutlineSession
from huikan.importers.outline_roster import (
    Sort,
    is_prose,
    is_title,
    names_people,
    people_of,
    person_of,
    read_line,
    with_people,
    with_topic,
)
from huikan.importers.outline_rows import AgendaRows, header_of, is_agenda
from huikan.importers.source_text import SourceLine, is_latin

_OPENING = re.compile(r"开幕|\bopening\b", re.IGNORECASE)
_TITLE_OF_EVENT = re.compile(
    r"(?:论坛|大会|年会|峰会|会议|记录|纪要|实录)$|\b(?:forum|conference|summit|record|minutes)$", re.IGNORECASE
)
_LONGEST_HEADING = 60


class Programme:
    """Takes the lines of the programme one by one, each with its place among all lines."""

    def __init__(self, lines: Sequence[SourceLine], outline: Outline, ledger: Ledger) -> None:
        self.lines = lines
        self.outline = outline
        self.ledger = ledger
        self.list = PeopleList(outline, ledger)
        self.day: Day | None = None
        self.waiting: tuple[SourceLine, Hours] | None = None
        self.is_repeated = False
        self.rows = AgendaRows(self.list, outline, ledger, self._open)

    def begins(self, text: str, index: int) -> bool:
        """Whether a line before the first part already belongs to the programme."""
        bare = unmarked(text)
        heading = programme_heading(bare.text)
        if heading and (is_hosts(heading) or opens_session(heading) or is_person_hosting(heading)):
            return True
        if self.outline.title is None:
            return bool(leading_hours(bare.text))
        columns = header_of(text)
        day = named_day(bare.text)
        return (
            bool(leading_hours(bare.text) or trailing_hours(bare.text) or _names_who(heading))
            or bool(columns and is_agenda(columns))
            or bool(day and (day.ordinal or not day.year))
            or (bool(bare_heading(bare.text) or bare.is_heading) and not is_fact_below(self.lines, index))
            or (not _TITLE_OF_EVENT.search(bare.text) and self._heads_what_follows(bare.text, index))
        )

    def take(self, line: SourceLine, index: int, *, after_blank: bool) -> None:
        """A line of the programme."""
        if is_header_row(line.text):
            self.ledger.structure(line.number, line.text)
        elif self.rows.take(line):
            return
        elif not self._take_day(line):
            self._take_words(line, index, unmarked(line.text), after_blank=after_blank)

    def begin_again(self) -> None:
        """The sessions follow once more, with what was said."""
        self.list.close()
        self.is_repeated = True

    def close(self) -> None:
        """The programme ends here, or goes on elsewhere."""
        self.list.close()

    def take_part(self, line: SourceLine, name: str, index: int) -> bool:
        """Whether a part 【…】 is a heading of the programme: then it is taken as one."""
        heading = Heading(name)
        bare = replace(unmarked(name), is_heading=True)
        known = any(label_key(bare.text) == label_key(session.heading.label) for session in self.outline.sessions)
        person = person_of(bare.text) if self.list.session else None
        if not (
            known
            or is_hosts(heading)
            or is_role_label(heading)
            or (person and person.title)
            or leading_hours(bare.text)
            or trailing_hours(bare.text)
            or opens_session(labelled(bare.text) or Heading(bare.text))
            or bare_heading(bare.text)
            or self._heads_what_follows(bare.text, index)
        ):
            return False
        self._take_words(line, index, bare, after_blank=True)
        return True

    def _take_words(self, line: SourceLine, index: int, bare: BareLine, *, after_blank: bool) -> None:
        hours = leading_hours(bare.text)
        if hours is None and len(bare.text) <= _LONGEST_HEADING:
            hours = trailing_hours(bare.text)
        if hours and is_prose(hours.text.rstrip("?？")):
            hours = None  # a sentence that begins with an hour
        if hours and not hours.text:
            half = named_day(bare.text[:2])
            if half is None:
                self.waiting = (line, hours)
            else:
                self.day = replace(self.day or half, afternoon=half.afternoon)
                self.list.close()
            self.ledger.structure(line.number, line.text)
            return
        text = hours.text if hours else bare.text
        heading = programme_heading(text)
        if not hours and bare.number is None and self.list.goes_on(line, after_blank=after_blank):
            self.list.take_prose(line, after_blank=after_blank)
        elif told := with_people(text):
            self._open_with_people(line, *told, hours)
        elif (
            not hours
            and not bare.mark
            and not any(self.lines[index + 1 : index + 2])
            and self.list.take_body(line, text, after_blank=after_blank)
        ) or (heading and self._take_label(line, heading, hours, index, after_blank=after_blank)):
            return
        elif self._is_person(text, bare, hours, index):
            self._take_person(line, text, bare, hours)
        elif hours or bare.is_heading or self._is_bare_heading(text, bare, index):
            found = heading or bare_heading(text) or Heading(text)
            sure = hours or bare.is_heading
            self._open(line, found, hours, "" if sure else "though no colon stands behind it")
        elif heading and heading.rest and read_line(text)[0] is not Sort.PROSE:
            self.ledger.leave(line.number, line.text, "a label that has no place in the booklet")
        else:
            self.list.take(line, text, bare, self._next_text(index), after_blank=after_blank)

    # Headings

    def _take_label(
        self, line: SourceLine, heading: Heading, hours: Hours | None, index: int, *, after_blank: bool
    ) -> bool:
        session = self.list.session
        if self.list.tells_about_speaker(heading):
            return False
        if heading.label == "时间" or fact_of(heading) == "date":
            stated = only_hours(heading.rest)
            if session is not None and stated and session.hours is None:
                session.hours, session.hours_line = stated, line.number
                self.ledger.structure(line.number, line.text)
                return True
        if (
            is_hosts(heading)
            or is_person_hosting(heading)
            or (session and heading.label.casefold() in {"host", "hosts"})
        ):
            self._take_hosts(line, heading)
        elif is_fact(heading):
            if fact_of(heading) == "venue" and session is not None and session.room is None:
                session.room = (line, heading.rest)
                self.ledger.structure(line.number, line.text)
            else:
                self.outline.facts.append((line, heading))
        elif (
            is_role_label(heading)
            and session is not None
            and not (session.is_role or self._names_scope(heading, index))
        ):
            self.ledger.structure(line.number, line.text)
            self.list.under_role(role_of_label(heading.label))
            self._list_inline(line, heading.rest)
        elif is_role_label(heading) and people_of(heading.rest, several=True):
            self._open(line, Heading(heading.label), hours)
            self.ledger.structure(line.number, line.text)
            self._list_inline(line, heading.rest)
        elif self.list.take_form(line, heading) or self.list.take_speech(line, heading):
            return True
        elif opens_session(heading) or (not heading.rest and len(heading.label) <= _LONGEST_HEADING):
            if self.list.hosts is not None and self._names_scope(heading, index):
                self._open_scope(line, heading)
            else:
                self._open_with_speaker(line, heading, hours, after_blank=after_blank)
        else:
            return False
        return True

    def _open_with_speaker(self, line: SourceLine, heading: Heading, hours: Hours | None, *, after_blank: bool) -> None:
        """主旨演讲：刘伟，海岸研究所所长 names a speaker where others have a theme; in an open block, what they do."""
        if not names_people(heading.rest, is_address="致" in heading.label):
            self._open(line, heading, hours)
            return
        self.ledger.guess(line.number, f"“{heading.rest}” is taken for who speaks, not for a theme")
        session = self.list.session
        opens_event = session is not None and bool(_OPENING.search(session.heading.label)) and not session.listed
        apart = hours is not None or (after_blank and not opens_event)
        if session is None or session.is_role or apart or session.heading.rest:
            self._open(line, Heading(heading.label), hours)
        else:
            self.list.under_role(role_of_label(heading.label))
        self.ledger.structure(line.number, line.text)
        self._list_inline(line, heading.rest)

    def _open_with_people(self, line: SourceLine, label: str, people: str, hours: Hours | None) -> None:
        self._open(line, Heading(label), hours)
        self.ledger.guess(line.number, f"“{people}” is taken for who takes part in “{label}”")
        inner = labelled(people)
        if inner and is_hosts(inner):
            self._take_hosts(line, inner)
        else:
            self.ledger.structure(line.number, line.text)
            self._list_inline(line, people)

    def _take_hosts(self, line: SourceLine, heading: Heading) -> None:
        session = self.list.session
        if session is not None and len(self.outline.sessions) > 1 and session.listed and not self._have_own_hosts():
            self.ledger.guess(line.number, "stands behind the last session: taken for the moderators of all")
            session = None
        group = HostGroup(line.number, "", session=session)
        self.outline.host_groups.append(group)
        self.ledger.structure(line.number, line.text)
        self.list.open_hosts(group)
        if heading.rest:
            several = heading.label.casefold().endswith("s")
            for person in people_of(heading.rest, several=several) or (NameAndTitle(heading.rest, "", guessed=True),):
                self.list.add_host(line, person)
            if session is not None:
                self.list.close_hosts()

    def _have_own_hosts(self) -> bool:
        return any(group.session for group in self.outline.host_groups)

    def _list_inline(self, line: SourceLine, rest: str) -> None:
        people = people_of(rest, several=True) if rest else ()
        for person in people:
            self.list.add(line, person)
        if rest and not people:
            self.ledger.leave(line.number, line.text, "no name can be told from it")

    def _open_scope(self, line: SourceLine, heading: Heading) -> None:
        hosts = self.list.hosts
        assert hosts is not None
        self.ledger.structure(line.number, line.text)
        if not hosts.people and not hosts.scope:
            hosts.line, hosts.scope = line.number, heading.label
        else:
            group = HostGroup(line.number, heading.label)
            self.outline.host_groups.append(group)
            self.list.open_hosts(group)

    def _names_scope(self, heading: Heading, index: int) -> bool:
        """Under 主持人：, a label is what the next host moderates if sessions of that sort still follow."""
        if heading.rest or self.list.hosts is None or self.list.hosts.session or is_role_label(heading):
            return False
        named = {core for group in self.outline.host_groups for core in label_cores(group.scope) if group.scope}
        cores = set(label_cores(heading.label))
        if cores <= named:
            return False
        later: set[str] = set()
        for line in self.lines[index + 1 :]:
            if part_name(line.text) is not None:
                break
            found = labelled(line.text)
            if found and opens_session(found):
                later.update(label_cores(found.label))
        return cores <= later

    def _open(self, line: SourceLine, heading: Heading, hours: Hours | None, why_unsure: str = "") -> None:
        """A session; one that the programme has already, and that stands without hours here, is gone on with."""
        typed = bare_line(line.text).mark
        if hours is None and self.waiting is not None:
            (hours_line, hours), self.waiting = self.waiting, None
        else:
            hours_line = line
        known = self._known(heading) if hours is None else None
        if known is not None:
            self.outline.headed.append((line, known, heading.rest))
            self.list.open(known)
            return
        session = OutlineSession(line.number, heading, hours=hours, hours_line=hours_line.number, day=self.day)
        session.is_role = is_role_label(heading)
        self.outline.sessions.append(session)
        self.list.open(session)
        off = " ".join(part for part in (typed, hours.words if hours and hours_line is line else "") if part)
        if off:
            self.ledger.structure(line.number, off if line.text.startswith(off) else line.text)
        if session.is_role:
            self.ledger.guess(line.number, f"no heading names the session: “{heading.label}” stands as its label")
        if why_unsure:
            self.ledger.guess(line.number, f"“{heading.label}” is taken for a heading, {why_unsure}")

    def _known(self, heading: Heading) -> OutlineSession | None:
        for session in self.outline.sessions:
            same = label_key(session.heading.label) == label_key(heading.label)
            may_go_on = self.is_repeated or session.hours or not session.listed
            if same and heading.rest in ("", session.heading.rest) and may_go_on:
                return session if not session.is_role else None
        return None

    def _is_bare_heading(self, text: str, bare: BareLine, index: int) -> bool:
        return (
            bare_heading(text) is not None
            or (bare.is_section and len(text) <= 30 and read_line(text)[0] is Sort.UNCLEAR)
            or self._heads_what_follows(text, index)
        )

    def _heads_what_follows(self, text: str, index: int) -> bool:
        """Whether a short line without a mark has moderators, speakers or hours right below it."""
        if len(text) > _LONGEST_HEADING or ends_sentence(text) or (is_latin(text) and text.endswith(".")):
            return False
        following = labelled(bare_line(self._next_text(index)).text)
        if following is None or labelled(text) is not None:
            return False
        person = person_of(text)
        if person is not None and (person.title or self.list.is_open_to(person)):
            return False
        return is_hosts(following) or is_role_label(following) or bool(only_hours(following.rest))

    def _next_text(self, index: int) -> str:
        return text_below(self.lines, index)

    # People

    def _is_person(self, text: str, bare: BareLine, hours: Hours | None, index: int) -> bool:
        person = person_of(with_topic(text)[0])
        if person is None or (self.list.session is None and self.list.hosts is None):
            return False
        is_lone_word = is_latin(person.name) and " " not in person.name
        is_rare = not person.title and (likelihood(person.name) < 3 or is_lone_word)
        if is_rare and not (bare.mark or self.list.awaits_names or is_title(self._next_text(index))):
            return False
        if hours is None and not bare.is_heading and not bare.is_section:
            return bare_heading(text) is None or bool(person.title)
        return bool(person.title) and not person.guessed and bare_heading(text) is None

    def _take_person(self, line: SourceLine, text: str, bare: BareLine, hours: Hours | None) -> None:
        off = " ".join(part for part in (bare.mark, hours.words if hours else "") if part)
        if off:
            self.ledger.structure(line.number, off)
        self.list.count(line, bare)
        text, topic = with_topic(text)
        for person in people_of(text):
            self.list.add(line, person, hours, topic)

    # Days

    def _take_day(self, line: SourceLine) -> bool:
        day = named_day(unmarked(line.text).text)
        if day is None:
            return False
        if self.day is not None and not (day.month or day.ordinal):
            day = replace(self.day, afternoon=day.afternoon)
        self.day = day
        self.list.close()
        self.ledger.structure(line.number, line.text)
        return True


def _names_who(heading: Heading | None) -> bool:
    """Whether a label opens a list of speakers, or stands before some."""
    if heading is None or not is_role_label(heading):
        return False
    return not heading.rest or bool(people_of(heading.rest, several=True))


def text_below(lines: Sequence[SourceLine], index: int) -> str:
    """The next line that is not empty."""
    return next((lines[at].text for at in range(index + 1, len(lines)) if lines[at]), "")


def is_fact_below(lines: Sequence[SourceLine], index: int) -> bool:
    """Whether the next line states a fact of the event: then the line above it belongs to the title."""
    following = text_below(lines, index)
    heading = labelled(following)
    return not following or bool(heading and is_fact(heading) and not only_hours(heading.rest))
