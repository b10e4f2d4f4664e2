"""From the lines of an outline to its parts: title, programme, introduction, captions with their summaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from huikan.importers.draft import Ledger
from huikan.importers.names import NameAndTitle, split_entry
from huikan.importers.outline_grammar import (
    Deed,
    Heading,
    Part,
    bare_heading,
    begins_item,
    caption_deed,
    ends_sentence,
    fact_of,
    is_header_row,
    is_hosts,
    is_rule,
    is_session,
    label_cores,
    label_key,
    labelled,
    organisers_of,
    part_name,
    part_of,
)
from huikan.importers.source_text import SourceLine, is_latin

_WIDEST_TYPED_LINE = 100
"""Characters: longer lines are whole paragraphs, a shorter one may end in a full stop by chance."""


@dataclass(slots=True)
class Listed:
    """A person as the programme lists them."""

    line: int
    entry: NameAndTitle


@dataclass(slots=True)
class HostGroup:
    """Hosts and the sessions they moderate, as the programme words it; no scope means all."""

    line: int
    scope: str
    people: list[Listed] = field(default_factory=list)


@dataclass(slots=True)
class Captioned:
    """A caption of one or two lines and the paragraphs below it, each with the lines it came from."""

    who: SourceLine
    deed_line: SourceLine
    deed: Deed
    paragraphs: list[list[SourceLine]] = field(default_factory=list)

    @property
    def who_text(self) -> str:
        """Title and name."""
        return self.deed.who or self.who.text


@dataclass(slots=True)
class OutlineSession:
    """A session as the programme lists it, as the body heads it, or both."""

    line: int
    heading: Heading
    listed: list[Listed] = field(default_factory=list)
    captions: list[Captioned] = field(default_factory=list)
    description: list[list[SourceLine]] = field(default_factory=list)
    in_programme: bool = True


@dataclass(slots=True)
class Outline:
    """The parts of an outline, each with its lines."""

    title: SourceLine | None = None
    facts: list[tuple[SourceLine, Heading]] = field(default_factory=list)
    host_groups: list[HostGroup] = field(default_factory=list)
    sessions: list[OutlineSession] = field(default_factory=list)
    headed: list[tuple[SourceLine, OutlineSession, str]] = field(default_factory=list)
    introduction: list[list[SourceLine]] = field(default_factory=list)
    loose_captions: list[Captioned] = field(default_factory=list)


def parse_outline(lines: Sequence[SourceLine], ledger: Ledger) -> Outline:
    """Sort every line into the outline; what belongs nowhere is left in the ledger."""
    parser = _Parser(lines, ledger)
    parser.run()
    return parser.outline


class _Parser:
    def __init__(self, lines: Sequence[SourceLine], ledger: Ledger) -> None:
        self.lines = lines
        self.ledger = ledger
        self.outline = Outline()
        self.part = Part.PREAMBLE
        self.hosts: HostGroup | None = None
        self.session: OutlineSession | None = None
        self.caption: Captioned | None = None
        self.after_blank = True
        self.open_paragraph: list[SourceLine] | None = None

    def run(self) -> None:
        """Read line by line; a caption takes two."""
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            for sign in line.removed:
                self.ledger.guess(line.number, f"character {sign} removed: no XML or YAML file may hold it")
            if line:
                index += self._take(line, index)
                self.after_blank = False
            else:
                self.after_blank = True
                index += 1

    def _take(self, line: SourceLine, index: int) -> int:
        if is_rule(line.text):
            self.ledger.structure(line.number, line.text)
            return 1
        name = part_name(line.text)
        if name is not None:
            self._enter(line, name)
            return 1
        if self.part is Part.UNKNOWN:
            self.ledger.leave(line.number, line.text, "in a part that has no place in the booklet")
            return 1
        length = self._take_caption(line, index)
        if length:
            return length
        takes = {
            Part.PREAMBLE: self._take_preamble,
            Part.PROGRAMME: self._take_programme,
            Part.INTRODUCTION: self._take_introduction,
            Part.BODY: self._take_body,
        }
        takes[self.part](line, index)
        return 1

    def _enter(self, line: SourceLine, name: str) -> None:
        self.part = part_of(name)
        self.hosts = self.caption = self.open_paragraph = None
        if self.part is Part.UNKNOWN and any(label_key(name) == label_key(s.heading.label) for s in self._sessions):
            self.part = Part.BODY
        if self.part is Part.BODY:
            self._head(line, Heading(name))
        elif self.part is Part.UNKNOWN:
            self.ledger.leave(line.number, line.text, "a part that has no place in the booklet")
        else:
            self.ledger.structure(line.number, line.text)

    @property
    def _sessions(self) -> list[OutlineSession]:
        return self.outline.sessions

    def _take_caption(self, line: SourceLine, index: int) -> int:
        deed = caption_deed(line.text)
        if deed and deed.who:
            self._add_caption(Captioned(line, line, deed))
            return 1
        if deed:
            self.ledger.leave(line.number, line.text, "a caption's second line without a name above it")
            return 1
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if (
            following
            and len(line.text) <= (200 if is_latin(line.text) else 120)
            and not ends_sentence(line.text)
            and not _is_heading(line.text)
        ):
            deed = caption_deed(following.text)
            if deed and not deed.who:
                for sign in following.removed:
                    self.ledger.guess(following.number, f"character {sign} removed: no XML or YAML file may hold it")
                self._add_caption(Captioned(line, following, deed))
                return 2
        return 0

    def _add_caption(self, caption: Captioned) -> None:
        if self.part is not Part.BODY:
            self.part, self.session = Part.BODY, None
        (self.session.captions if self.session else self.outline.loose_captions).append(caption)
        self.caption, self.open_paragraph = caption, None

    def _take_preamble(self, line: SourceLine, index: int) -> None:
        heading = labelled(line.text)
        if heading and _is_fact(heading):
            self.outline.facts.append((line, heading))
        elif heading and (is_hosts(heading) or is_session(heading)):
            self.part = Part.PROGRAMME
            self._take_programme(line, index)
        elif self.outline.title is None:
            self.outline.title = line
        else:
            self.ledger.leave(line.number, line.text, "stands before the first part, and is not the title")

    def _take_programme(self, line: SourceLine, index: int) -> None:
        if is_header_row(line.text):
            self.ledger.structure(line.number, line.text)
            return
        bare = None if labelled(line.text) else bare_heading(line.text)
        heading = labelled(line.text) or bare
        if heading and _is_fact(heading):
            self.outline.facts.append((line, heading))
        elif heading and is_hosts(heading):
            self.hosts, self.session = HostGroup(line.number, ""), None
            self.outline.host_groups.append(self.hosts)
            self.ledger.structure(line.number, line.text)
            self._list_inline(line, heading)
        elif heading and (is_session(heading) or not heading.rest):
            if self.hosts is not None and self._is_scope(heading, index):
                self._open_scope(line, heading)
            else:
                self._open_session(line, heading)
            if bare:
                self.ledger.guess(
                    line.number, f"“{line.text}” is taken for a heading, though no colon stands behind it"
                )
        elif heading:
            self.ledger.leave(line.number, line.text, "a label that has no place in the booklet")
        else:
            self._list(line)

    def _list_inline(self, line: SourceLine, heading: Heading) -> None:
        if heading.rest and self.hosts:
            self.hosts.people.append(Listed(line.number, split_entry(heading.rest)))

    def _open_scope(self, line: SourceLine, heading: Heading) -> None:
        assert self.hosts is not None
        self.ledger.structure(line.number, line.text)
        if not self.hosts.people and not self.hosts.scope:
            self.hosts.line, self.hosts.scope = line.number, heading.label
        else:
            self.hosts = HostGroup(line.number, heading.label)
            self.outline.host_groups.append(self.hosts)

    def _open_session(self, line: SourceLine, heading: Heading) -> None:
        self.hosts = None
        self.session = OutlineSession(line.number, heading)
        self._sessions.append(self.session)

    def _list(self, line: SourceLine) -> None:
        if self.hosts is None and self.session is None:
            self.ledger.leave(line.number, line.text, "stands under no heading of the programme")
            return
        listed = Listed(line.number, split_entry(line.text))
        if not listed.entry.name:
            self.ledger.leave(line.number, line.text, "holds no name")
        elif self.hosts is not None:
            self.hosts.people.append(listed)
        elif self.session is not None:
            self.session.listed.append(listed)

    def _is_scope(self, heading: Heading, index: int) -> bool:
        """Under 主持人：, a label is what the next host moderates if sessions of that sort still follow."""
        if heading.rest:
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
            if found and is_session(found):
                later.update(label_cores(found.label))
        return cores <= later

    def _take_introduction(self, line: SourceLine, index: int) -> None:
        self._add_paragraph(self.outline.introduction, line)

    def _take_body(self, line: SourceLine, index: int) -> None:
        heading = labelled(line.text)
        known = self._matching(Heading(line.text)) if len(line.text) <= (90 if is_latin(line.text) else 30) else None
        if heading and (is_session(heading) or (not heading.rest and self._matching(heading))):
            self._head(line, heading)
        elif known is not None:
            self._head(line, Heading(line.text))
        elif self.caption is not None:
            self._add_paragraph(self.caption.paragraphs, line)
        elif self.session is not None:
            self._add_paragraph(self.session.description, line)
        else:
            self.ledger.leave(line.number, line.text, "stands under no caption and no heading")

    def _matching(self, heading: Heading) -> OutlineSession | None:
        key = label_key(heading.label)
        for session in self._sessions:
            if label_key(session.heading.label) == key:
                return session
        cores = label_cores(heading.label)
        if key != "".join(cores) and "、" not in key:
            return None
        return next((s for s in self._sessions if label_cores(s.heading.label)[0] in cores), None)

    def _head(self, line: SourceLine, heading: Heading) -> None:
        """A heading of the body opens the session it names, or a new one."""
        self.caption = self.open_paragraph = None
        session = self._matching(heading)
        if session is None:
            session = OutlineSession(line.number, heading, in_programme=False)
            self._sessions.append(session)
            self.ledger.guess(line.number, f"“{heading.label}” is not in the programme: added as a session")
        self.session = session
        self.outline.headed.append((line, session, heading.rest))

    def _add_paragraph(self, paragraphs: list[list[SourceLine]], line: SourceLine) -> None:
        """A line is a paragraph, unless it goes on from a line that ends in mid-sentence right above it."""
        last = self.open_paragraph
        if last is not None and not self.after_blank and not _is_apart(last[-1].text, line.text):
            last.append(line)
            self.ledger.guess(line.number, "joined to the line above, which ends in mid-sentence")
            return
        paragraphs.append([line])
        self.open_paragraph = paragraphs[-1]


def _is_apart(above: str, text: str) -> bool:
    """Whether a line does not go on from the line above: that one ends a sentence, or this is an item of a list."""
    if above.endswith((".", ".”")) and len(above) > _WIDEST_TYPED_LINE:
        return True
    return ends_sentence(above) or (begins_item(text) and (above.endswith(("：", ":")) or begins_item(above)))


def _is_fact(heading: Heading) -> bool:
    return bool(heading.rest) and bool(fact_of(heading) or organisers_of(heading))


def _is_heading(text: str) -> bool:
    heading = labelled(text)
    return heading is not None and (not heading.rest or is_session(heading) or is_hosts(heading) or _is_fact(heading))
