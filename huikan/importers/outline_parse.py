"""From the lines of an outline to its parts: title, programme, introduction, captions with their summaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huikan.importers.draft import Ledger
from huikan.importers.event_facts import find_dates, without_days
from huikan.importers.line_marks import bare_line
from huikan.importers.outline_grammar import (
    Heading,
    Part,
    caption_deed,
    ends_sentence,
    fact_of,
    goes_on_from,
    heads_summaries,
    is_fact,
    is_hosts,
    is_person_hosting,
    is_rule,
    is_session,
    label_cores,
    label_key,
    labelled,
    names_document,
    names_place,
    part_name,
    part_of,
    programme_heading,
)
from huikan.importers.outline_hours import named_day, without_hours
from huikan.importers.outline_parts import Captioned, Outline, OutlineSession
from huikan.importers.outline_programme import Programme
from huikan.importers.outline_roster import is_prose
from huikan.importers.source_text import SourceLine, is_latin

_PLACE_UNSURE = 12
"""Characters beside a date that may be a town; the line is then left out, but for its day."""


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
        self.programme = Programme(lines, self.outline, ledger)
        self.has_captions = any(caption_deed(line.text) for line in lines)
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
        self.programme.close()

    def _take(self, line: SourceLine, index: int) -> int:
        if is_rule(line.text):
            self.ledger.structure(line.number, line.text)
            return 1
        name = part_name(line.text)
        if name is None and self.part in {Part.PREAMBLE, Part.PROGRAMME, Part.INTRODUCTION}:
            name = part_name(bare_line(line.text).text)
        if name is not None:
            self._enter(line, name, index)
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

    def _enter(self, line: SourceLine, name: str, index: int) -> None:
        self.part = part_of(name)
        self.caption = self.open_paragraph = None
        if heads_summaries(name):
            self.part = Part.BODY if self.has_captions else Part.PROGRAMME
            self.session = None
            self.programme.begin_again()
            self.ledger.structure(line.number, line.text)
            return
        if not self.has_captions and self.part in {Part.BODY, Part.UNKNOWN}:
            if self.programme.take_part(line, name, index):
                self.part = Part.PROGRAMME
                return
            self.part = Part.UNKNOWN
        self.programme.close()
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
        heading = programme_heading(bare_line(line.text).text)
        if heading and is_fact(heading) and not is_person_hosting(heading):
            self.outline.facts.append((line, heading))
        elif self._is_day_of_event(line):
            self.programme.day = named_day(without_hours(line.text))
        elif self.programme.begins(line.text, index):
            self.part = Part.PROGRAMME
            self._take_programme(line, index)
        elif self.outline.title is None and not names_document(line.text):
            self.outline.title = replace(line, text=bare_line(line.text).text) if line.text[0] in "#*_" else line
        else:
            self._take_beside_title(line)

    def _is_day_of_event(self, line: SourceLine) -> bool:
        """Whether the line gives the event's first day, perhaps with hours and the venue: then it is a fact."""
        if self.outline.title is None or any(fact_of(heading) == "date" for _, heading in self.outline.facts):
            return False
        first, _ = find_dates(line.text)
        venue = without_days(without_hours(line.text)).strip(" ,，;；、|·-–—()（）")
        has_venue = names_place(venue) and venue in line.text
        if first is None or (len(venue) > _PLACE_UNSURE and not has_venue):
            return False
        self.outline.facts.append((line, Heading("date", line.text.replace(venue, "", 1) if has_venue else line.text)))
        if has_venue:
            self._guess_venue(line, venue)
        return True

    def _guess_venue(self, line: SourceLine, venue: str) -> None:
        self.outline.facts.append((line, Heading("venue", venue)))
        self.ledger.guess(line.number, f"“{venue}” stands beside the date: taken for the venue")

    def _take_beside_title(self, line: SourceLine) -> None:
        """Below the title: the introduction, the venue, or what no field takes."""
        facts = self.outline.facts
        if not self.has_captions and self.outline.title is not None and is_prose(line.text):
            if not self.outline.introduction:
                self.ledger.guess(line.number, "prose below the title: taken for the introduction")
            self._add_paragraph(self.outline.introduction, line)
        elif (
            facts
            and facts[-1][1].label == "date"
            and facts[-1][0].number == line.number - 1
            and names_place(line.text)
            and not any(fact_of(heading) == "venue" for _, heading in facts)
        ):
            self._guess_venue(line, line.text)
        else:
            self.ledger.leave(line.number, line.text, "stands before the first part, and is not the title")

    def _take_programme(self, line: SourceLine, index: int) -> None:
        self.programme.take(line, index, after_blank=self.after_blank)

    def _take_introduction(self, line: SourceLine, index: int) -> None:
        if not self.has_captions and not is_prose(line.text) and self.programme.begins(line.text, index):
            self.part, self.open_paragraph = Part.PROGRAMME, None
            self._take_programme(line, index)
            return
        self._add_paragraph(self.outline.introduction, line)

    def _take_body(self, line: SourceLine, index: int) -> None:
        heading = labelled(line.text)
        known = self._matching(Heading(line.text)) if len(line.text) <= (90 if is_latin(line.text) else 30) else None
        if heading and (is_session(heading) or self._repeats_programme(heading)):
            self._head(line, heading)
        elif known is not None:
            self._head(line, Heading(line.text))
        elif self.caption is not None:
            self._add_paragraph(self.caption.paragraphs, line)
        elif self.session is not None:
            self._add_paragraph(self.session.description, line)
        else:
            self.ledger.leave(line.number, line.text, "stands under no caption and no heading")

    def _repeats_programme(self, heading: Heading) -> bool:
        """Whether a heading names a session of the programme, with its theme if it has one, be that a question."""
        session = self._matching(heading)
        return session is not None and heading.rest in ("", session.heading.rest)

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
        if last is not None and not self.after_blank and goes_on_from(last[-1].text, line.text):
            last.append(line)
            self.ledger.guess(line.number, "joined to the line above, which ends in mid-sentence")
            return
        paragraphs.append([line])
        self.open_paragraph = paragraphs[-1]


def _is_heading(text: str) -> bool:
    heading = labelled(text)
    return heading is not None and (not heading.rest or is_session(heading) or is_hosts(heading) or is_fact(heading))
