"""The people of a session, line by line: names, titles below them, and what each of them said."""

from __future__ import annotations

import re
from dataclasses import replace

from huikan.content.model import Role
from huikan.importers.draft import Ledger
from huikan.importers.line_marks import BareLine, bare_line, without_bold
from huikan.importers.names import NameAndTitle, likelihood
from huikan.importers.outline_grammar import Heading, form_label, goes_on_from
from huikan.importers.outline_hours import Hours
from huikan.importers.outline_parts import HostGroup, Listed, Outline, OutlineSession
from huikan.importers.outline_roster import (
    Sort,
    begins_with_post,
    is_prose,
    is_title,
    person_of,
    read_line,
    says,
    speaker_of_prose,
)
from huikan.importers.source_text import SourceLine, compact, is_latin

_NAMED_WITHIN = 60
"""A paragraph that is about somebody names them within so many characters."""


_ABOUT_ALL = re.compile(
    r"(?:各位|与会|参会|嘉宾们|大家|双方|多位|几位|[一二两三四五六七八九十]位|本环节|本场|讨论中|在.{0,8}环节)"
    r"|The (?:panel|speakers|session|participants|discussion|panell?ists)\b|(?:Participants|Speakers|Panell?ists)\b"
)


class PeopleList:
    """The list that is being read: its session or hosts, the person last named, the paragraph that may go on."""

    def __init__(self, outline: Outline, ledger: Ledger) -> None:
        self.outline = outline
        self.ledger = ledger
        self.session: OutlineSession | None = None
        self.hosts: HostGroup | None = None
        self.role: Role | None = None
        self.speaker: Listed | None = None
        self.moderator: Listed | None = None
        self.paragraph: list[SourceLine] | None = None
        self.title_above: SourceLine | None = None
        self.titles_first = False
        self.last_number = 0

    def open(self, session: OutlineSession) -> None:
        """A session begins, or goes on."""
        self.close()
        self.session = session

    def open_hosts(self, group: HostGroup) -> None:
        """Moderators follow. Those of no session end the one before."""
        self.speaker = self.paragraph = None
        self.hosts = group
        if group.session is None:
            self.session = None

    def close_hosts(self) -> None:
        """Who follows speaks."""
        self.hosts = None

    def under_role(self, role: Role | None) -> None:
        """Those who do one thing in the session follow."""
        self.hosts = self.speaker = self.paragraph = None
        self.role = role

    def close(self) -> None:
        """What follows belongs to no list."""
        self.leave_title()
        self.session = self.hosts = self.role = self.speaker = self.paragraph = None
        self.titles_first = False

    @property
    def awaits_names(self) -> bool:
        """Whether a label says that names follow."""
        return self.hosts is not None or self.role is not None or bool(self.session and self.session.is_role)

    def is_open_to(self, person: NameAndTitle) -> bool:
        """Whether a bare name may stand here: under a label of people, or beside others."""
        return self.awaits_names or bool(self.session and self.session.listed)

    def count(self, line: SourceLine, bare: BareLine) -> None:
        """The number of a list is not kept, and told where it does not count on."""
        if not bare.number:
            return
        if bare.number not in (1, self.last_number + 1):
            before = f"behind {self.last_number}" if self.last_number else "where the list begins"
            self.ledger.guess(line.number, f"the number “{bare.mark}” stands {before}: is a line missing?")
        self.last_number = bare.number

    def add(self, line: SourceLine, person: NameAndTitle, hours: Hours | None = None, topic: str = "") -> None:
        """A person of the list."""
        if self.hosts is not None:
            self.add_host(line, person)
            if topic:
                self.ledger.leave(line.number, line.text, f"“{topic}” stands beside a moderator")
            return
        if self.session is None:
            self.ledger.leave(line.number, line.text, "stands under no heading of the programme")
            return
        listed = Listed(line.number, person, role=self.role, hours=hours, text=line.text)
        listed.topic = (line, topic) if topic else None
        if self.title_above is not None and not person.title:
            listed.title_lines.append(self.title_above)
            self.titles_first, self.title_above = True, None
        self.leave_title()
        self.session.listed.append(listed)
        self.speaker, self.paragraph = listed, None

    def add_host(self, line: SourceLine, person: NameAndTitle) -> None:
        """A moderator."""
        assert self.hosts is not None
        listed = Listed(line.number, person)
        self.hosts.people.append(listed)
        self.speaker = self.moderator = listed
        self.paragraph = None

    def take(self, line: SourceLine, text: str, bare: BareLine, following: str, *, after_blank: bool) -> None:
        """A line that lists nobody by name and title for certain."""
        if self.session is None and self.hosts is None:
            self.ledger.leave(line.number, line.text, "stands under no heading of the programme")
            return
        sort, _ = read_line(text)
        if sort is Sort.TITLE and self._take_title(line, text, bare, following):
            return
        if sort is Sort.PROSE or self._may_be_prose(text):
            if sort is not Sort.PROSE:
                self.ledger.guess(line.number, "holds no name that can be told: taken for prose")
            self.take_prose(line, after_blank=after_blank)
        else:
            self.ledger.leave(line.number, line.text, "no name, title or sentence can be told from it")

    def goes_on(self, line: SourceLine, *, after_blank: bool) -> bool:
        """Whether the line goes on from a paragraph that stops in mid-sentence right above it."""
        if self.paragraph is None or after_blank or not _goes_on(self.paragraph[-1].text, line.text):
            return False
        person = person_of(line.text)
        return person is None or not person.title or person.guessed

    def take_prose(self, line: SourceLine, *, after_blank: bool) -> None:
        """A paragraph: of the person it names, else of the person above it, else about the session."""
        if self.paragraph is not None and not after_blank and _goes_on(self.paragraph[-1].text, line.text):
            self.paragraph.append(line)
            self.ledger.guess(line.number, "joined to the line above, which ends in mid-sentence")
            return
        line = replace(line, text=without_bold(line.text))
        speaker = self._named_in(line.text) or (None if self._is_about_all(line.text, after_blank) else self.speaker)
        speaker = self._added_from(line) or speaker
        if speaker is self.moderator:
            speaker = None
        if speaker is not None:
            self._tell_speaker(line, speaker)
            self.speaker, paragraphs = speaker, speaker.paragraphs
        elif self.session is not None:
            paragraphs = self.session.description
        else:
            self.ledger.leave(line.number, line.text, "prose that stands under no session and nobody who speaks")
            return
        paragraphs.append([line])
        self.paragraph = paragraphs[-1]

    def tells_about_speaker(self, heading: Heading) -> bool:
        """Whether a line that ends in a colon is about who speaks: 刘伟提出三点：, and not the name of a session."""
        if heading.rest or self.speaker is None:
            return False
        return compact(self.speaker.entry.name) in compact(heading.label) or says(heading.label)

    def take_form(self, line: SourceLine, heading: Heading) -> bool:
        """Whether a label is one of a form about the person above: 职务：, 题目：, 发言摘要：."""
        kind = form_label(heading.label)
        is_moderator = self.speaker is self.moderator
        if kind is None or self.speaker is None or not heading.rest or (is_moderator and kind != "title"):
            return False
        self.ledger.structure(line.number, line.text)
        if kind == "title" and not self.speaker.paragraphs:
            self.speaker.title_lines.append(SourceLine(line.number, heading.rest))
        elif kind == "topic" and self.speaker.topic is None:
            self.speaker.topic = line, heading.rest
        else:
            self.speaker.paragraphs.append([SourceLine(line.number, heading.rest)])
            self.paragraph = self.speaker.paragraphs[-1]
        return True

    def take_speech(self, line: SourceLine, heading: Heading) -> bool:
        """Whether a label is somebody's name: 刘伟：… then gives a title, or what they said."""
        label, rest = heading.label, heading.rest
        if not rest or (self.session is None and self.hosts is None):
            return False
        person = person_of(label)
        if self._is_host(person.name if person else label) and not is_title(rest):
            self.ledger.leave(line.number, line.text, f"words of the moderator {label}")
            return True
        if person and person.title and self.hosts is None and not is_prose(rest) and not is_title(rest):
            self.ledger.guess(line.number, f"“{rest}” is taken for the topic of {person.name}")
            self.ledger.structure(line.number, line.text)
            self.add(line, person, topic=rest)
            return True
        known = self._named(person.name if person else label)
        if known is not None and not is_title(rest):
            self.speaker, self.paragraph = known, None
            known.paragraphs.append([self._said(line)])
            self.paragraph = known.paragraphs[-1]
            return True
        if person is None or likelihood(person.name) < 3:
            return False
        if not person.title and (begins_with_post(rest) if is_latin(rest) else is_title(rest)):
            self.ledger.structure(line.number, line.text)
            self.add(line, NameAndTitle(person.name, rest))
            return True
        if not is_prose(rest) or self.hosts is not None:
            return False
        self.ledger.guess(line.number, f"“{label}” is taken for somebody whose words follow")
        self.add(line, person)
        assert self.speaker is not None
        self.speaker.paragraphs.append([self._said(line)])
        self.paragraph = self.speaker.paragraphs[-1]
        return True

    def _said(self, line: SourceLine) -> SourceLine:
        """The words of a line 1. 刘伟：…, whose number is no part of them."""
        bare = bare_line(line.text)
        if bare.mark:
            self.ledger.structure(line.number, bare.mark)
        return replace(line, text=bare.text)

    def take_body(self, line: SourceLine, text: str, *, after_blank: bool) -> bool:
        """Whether the last line of a block of name, post and body is that body: Ann Lee, Editor, Tides Weekly."""
        speaker = self.speaker
        if after_blank or speaker is None or speaker.paragraphs or not speaker.title_lines:
            return False
        if speaker.title_lines[-1].number != line.number - 1 or is_prose(text) or not is_latin(text):
            return False
        person = person_of(text)
        if (person and person.title) or len(text.split()) > 8 or re.search(r"[:：\d]", text):
            return False
        speaker.title_lines.append(SourceLine(line.number, text))
        self.ledger.guess(line.number, f"“{text}” is taken for the title of {speaker.entry.name}, above it")
        return True

    def leave_title(self) -> None:
        """A title that no name followed is told."""
        if self.title_above is not None:
            self.ledger.leave(self.title_above.number, self.title_above.text, "a title beside which no name stands")
            self.title_above = None

    def _take_title(self, line: SourceLine, text: str, bare: BareLine, following: str) -> bool:
        words = SourceLine(line.number, text)
        speaker = self.speaker
        if bare.mark:
            self.ledger.structure(line.number, bare.mark)
        has_title = speaker is not None and bool(speaker.entry.title or self.titles_first)
        next_person = person_of(following)
        if (speaker is None or (has_title and self.titles_first)) and next_person and not next_person.title:
            self.leave_title()
            self.title_above = words
            return True
        if speaker is None or speaker.paragraphs:
            return False
        speaker.title_lines.append(words)
        self.ledger.guess(line.number, f"“{text}” is taken for the title of {speaker.entry.name}, above it")
        return True

    def _may_be_prose(self, text: str) -> bool:
        if self.speaker is None and not (self.session and self.session.description):
            return False
        if text.endswith(("：", ":")):
            return True
        return len(text.split()) >= 8 if is_latin(text) else len(compact(text)) >= 12

    def _named_in(self, text: str) -> Listed | None:
        """The person of the session whom the paragraph names first, near its beginning."""
        solid = compact(text)[:_NAMED_WITHIN]
        found = [
            (solid.index(name), listed)
            for listed in (self.session.listed if self.session else ())
            if (name := compact(listed.entry.name)) in solid
        ]
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def _is_host(self, name: str) -> bool:
        groups = [group for group in self.outline.host_groups if group.session in (None, self.session)]
        return any(compact(host.entry.name) == compact(name) for group in groups for host in group.people)

    def _people(self) -> list[Listed]:
        """Everybody of the session once, as last listed."""
        people: dict[str, Listed] = {}
        for listed in self.session.listed if self.session else ():
            people.pop(compact(listed.entry.name), None)
            people[compact(listed.entry.name)] = listed
        return list(people.values())

    def _named(self, name: str) -> Listed | None:
        listed = self.session.listed if self.session else ()
        return next((each for each in listed if compact(each.entry.name) == compact(name)), None)

    def _added_from(self, line: SourceLine) -> Listed | None:
        """A person whom no list names, but a sentence does: 海岸研究所所长刘伟表示，…"""
        if self.session is None or self._named_in(line.text) is not None:
            return None
        person = speaker_of_prose(line.text)
        if person is None or self._is_host(person.name):
            return None
        self.hosts = None
        self.add(line, person)
        self.ledger.guess(line.number, f"{person.name} is listed nowhere above: taken from the sentence")
        return self.speaker

    def _is_about_all(self, text: str, after_blank: bool) -> bool:
        """Whether prose is about the session: it says so, or stands apart below several people who have none."""
        listed = self._people()
        if len(listed) < 2 or self.speaker is not listed[-1] or listed[-1].paragraphs or listed[-2].paragraphs:
            return False
        return after_blank or bool(_ABOUT_ALL.match(text))

    def _tell_speaker(self, line: SourceLine, speaker: Listed) -> None:
        if speaker is not self.speaker:
            self.ledger.guess(line.number, f"names {speaker.entry.name}: taken for that person's summary")
            return
        others = [listed for listed in self._people() if compact(listed.entry.name) != compact(speaker.entry.name)]
        is_named = compact(speaker.entry.name) in compact(line.text)
        if others and not speaker.paragraphs and not others[-1].paragraphs and not is_named:
            self.ledger.guess(line.number, f"taken for the summary of {speaker.entry.name}, the last name above it")


def _goes_on(above: str, text: str) -> bool:
    return goes_on_from(above, text) and not (is_latin(above) and above.rstrip('”’"').endswith("."))
