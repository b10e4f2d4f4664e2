"""The importer `outline`: the record of a forum as plain text, to content files."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from huikan.content.model import USUAL_ROLE, Appearance, HostPlace, Mode, Report, Role, Session, SessionKind
from huikan.finding import Finding, Severity
from huikan.importers.content_files import in_model_order, prose, summary_file, text, yaml_file
from huikan.importers.draft import Imported, Ledger
from huikan.importers.import_report import import_report
from huikan.importers.outline_captions import follows_from_facts
from huikan.importers.outline_event import EventDraft, draft_event
from huikan.importers.outline_grammar import label_cores
from huikan.importers.outline_parse import parse_outline
from huikan.importers.outline_parts import Captioned, Outline
from huikan.importers.outline_people import People, place_of
from huikan.importers.outline_schedule import dates_of, place_hours, place_times
from huikan.importers.outline_sessions import AppearanceDraft, SessionDraft, draft_sessions
from huikan.importers.outline_text import paragraphs_as_markdown, theme_parts
from huikan.importers.outline_unevenness import tell_unevenness
from huikan.importers.source_text import compact, is_latin, source_lines

_REPORT_TITLE = re.compile(r"^《(.+?)》")
_ENGLISH_REPORT_TITLE = re.compile(r"^(?:The\s+)?[“\"]([^”\"]+)[”\"]")


def import_outline(text: str, source_name: str) -> Imported:
    """The content files of an outline, and the account of its lines. Any text gives a result; the same text the same.

    What the content needs before it builds (a date, a title, a session) stands in `findings` and in the report.
    """
    name = "".join(sign for sign in source_name if sign.isprintable()) or "source"
    return _Importing(text, name).imported()


class _Importing:
    def __init__(self, source: str, source_name: str) -> None:
        self.source_name = source_name
        self.ledger = Ledger()
        lines = source_lines(source)
        self.outline: Outline = parse_outline(lines, self.ledger)
        self.people = People(self.ledger)
        self.sessions = draft_sessions(self.outline, self.people, self.ledger)
        tell_unevenness(self.outline, self.sessions, lines, self.ledger)
        self.event: EventDraft = draft_event(self.outline, self._stem(), "\n".join(line.text for line in lines))
        self.report: dict[str, Any] = {}
        self.summaries: dict[str, str] = {}

    def _stem(self) -> str:
        return PurePosixPath(self.source_name.replace("\\", "/")).stem

    def imported(self) -> Imported:
        booklet, organisations = self.event.content(self.ledger)
        self.dates = dates_of(self.outline.sessions, booklet)
        sessions = [self._session(session) for session in self.sessions]
        people = self.people.content()
        self._headings()
        findings = self._findings(booklet, sessions)
        comment = f"Imported from {self.source_name}; import-report.md says what was mapped, guessed and left."
        files: dict[str, str | bytes] = {
            "booklet.yaml": yaml_file(comment, booklet),
            "organisations.yaml": yaml_file(comment, organisations, spread=True),
            "people.yaml": yaml_file(comment, people, spread=True),
            "programme.yaml": yaml_file(comment, {"sessions": sessions}, spread=True),
        }
        if self.report:
            files["report.yaml"] = yaml_file(comment, self.report)
        for key, markdown in self.summaries.items():
            files[f"summaries/{key}.md"] = summary_file(key, markdown)
        account = self.ledger.account()
        headline = [
            f"{len(people)} people, {len(sessions)} sessions, {len(self.summaries)} summaries, "
            f"{1 if self.report else 0} report, {len(organisations)} organisations",
            *(f"before it builds: {finding.message} in {finding.file}" for finding in findings),
        ]
        files["import-report.md"] = import_report(self.source_name, account, headline)
        return Imported(files, account, tuple(findings))

    def _findings(self, booklet: dict[str, Any], sessions: list[Any]) -> list[Finding]:
        lacking = [(key, "booklet.yaml") for key in ("title", "date") if key not in booklet]
        if not sessions:
            lacking.append(("a session", "programme.yaml"))
        return [
            Finding(
                "HK803", Severity.WARNING, f"the source does not state {what}", f"write {what} in {file}", file=file
            )
            for what, file in lacking
        ]

    def _headings(self) -> None:
        """Headings of the body repeat the programme's: they are placed in its fields."""
        places = {id(session.source): session for session in self.sessions}
        for line, source, rest in self.outline.headed:
            session = places[id(source)]
            place = f"programme.yaml#sessions.{session.id}"
            label, theme = source.heading.label, source.heading.rest
            self.ledger.structure(line.number, line.text)
            self.ledger.place(line.number, place_of(f"{place}.label", text(label)), label)
            if rest and compact(rest) == compact(theme):
                self.ledger.place(line.number, place_of(f"{place}.title", text(theme)), theme)
            elif rest:
                self.ledger.conflict(
                    line.number, f"{label}: theme “{theme or 'none'}” (line {source.line}), here “{rest}”"
                )

    def _session(self, session: SessionDraft) -> dict[str, Any]:
        place = f"programme.yaml#sessions.{session.id}"
        label, theme = session.source.heading.label, session.source.heading.rest
        values: dict[str, Any] = {
            "id": session.id,
            "kind": session.kind.value,
            "label": text(label),
            "title": text(theme_parts(theme)) if theme else None,
            "hosts": [self._appearance(host, session, is_host=True) for host in session.hosts],
            "hosts_stand": HostPlace.LAST.value if session.hosts_last else None,
        }
        values |= place_times(session.source, place, self.dates, self.ledger)
        if session.source.in_programme:
            self.ledger.place(session.source.line, place_of(f"{place}.label", values["label"]), label)
        if theme:
            self.ledger.place(session.source.line, place_of(f"{place}.title", values["title"]), theme)
        if session.source.description:
            values["description"] = prose(paragraphs_as_markdown(session.source.description))
            field = place_of(f"{place}.description", values["description"])
            for line in (line for paragraph in session.source.description for line in paragraph):
                self.ledger.place(line.number, field, line.text)
                self.ledger.guess(line.number, f"stands under no caption: taken for the description of “{label}”")
        values["items"] = [self._appearance(item, session, is_host=False) for item in session.items]
        return in_model_order(Session, values)

    def _appearance(self, draft: AppearanceDraft, session: SessionDraft, *, is_host: bool) -> Any:
        place = f"programme.yaml#sessions.{session.id}.{'hosts' if is_host else 'items'}.{draft.key}"
        usual = Role.MODERATOR if is_host else USUAL_ROLE[session.kind]
        caption, role = draft.captioned, usual
        values: dict[str, Any] = {"person": draft.person.id}
        if draft.listed is not None:
            role = draft.listed.role or usual
            values |= place_hours(draft.listed.hours, draft.listed.line, place, self.ledger)
            if draft.listed.topic is not None:
                line, topic = draft.listed.topic
                values["topic"] = text(topic)
                self.ledger.place(line.number, place_of(f"{place}.topic", values["topic"]), topic)
        if draft.key != draft.person.id:
            values["id"] = draft.key
        if caption is not None:
            role = self._role(caption, role)
            values["mode"] = Mode.VIDEO.value if caption.deed.mode is Mode.VIDEO else None
            values["title"] = text(draft.title) if draft.title else None
            values["scope"] = text(caption.deed.scope) if caption.deed.scope else None
            if draft.title:
                field = place_of(f"{place}.title", values["title"])
                self.ledger.place(caption.who.number, field, draft.title)
            printed = is_host or session.presents
            values["caption"] = self._caption(draft, caption, role, place, printed=printed)
        values["role"] = role.value if role is not usual else None
        if draft.group is not None and draft.group.scope:
            self._place_scope(draft, session, place, values)
        self._paragraphs(draft, session, is_host=is_host)
        content = in_model_order(Appearance, values)
        return draft.person.id if content == {"person": draft.person.id} else content

    def _role(self, caption: Captioned, usual: Role) -> Role:
        if caption.deed.role is None:
            self.ledger.guess(caption.deed_line.number, f"an unknown act; taken for the session's usual one ({usual})")
        return caption.deed.role or usual

    def _caption(self, draft: AppearanceDraft, caption: Captioned, role: Role, place: str, *, printed: bool) -> Any:
        """None where the caption follows from the facts and is `printed`; else its lines, which then stand instead."""
        one_line = caption.who is caption.deed_line
        lines = (caption.who.text,) if one_line else (caption.who.text, caption.deed_line.text)
        derived = (
            (role is not Role.MODERATOR or bool(caption.deed.scope))
            and printed
            and follows_from_facts(
                lines,
                name=draft.person.name,
                title=draft.title or draft.person.title,
                forum=self.event.forum,
                kind=self.event.kind,
                role=role,
                scope=caption.deed.scope,
                mode=caption.deed.mode,
                language=self.event.language,
            )
        )
        self.ledger.lack(caption.who.number, f"photograph of {draft.person.name}")
        value = None if derived else text(lines)
        field = f"{place}.caption" if derived else place_of(f"{place}.caption", value)
        for line in dict.fromkeys((caption.who, caption.deed_line)):
            self.ledger.place(line.number, field, line.text, derived=derived)
        if not derived:
            self.ledger.guess(caption.deed_line.number, "the caption does not follow from the facts: kept as it is")
        return value

    def _place_scope(self, draft: AppearanceDraft, session: SessionDraft, place: str, values: dict[str, Any]) -> None:
        group = draft.group
        assert group is not None
        scope = draft.captioned.deed.scope if draft.captioned else ""
        if scope and (compact(scope) == compact(group.scope) or _names_the_same(scope, group.scope)):
            self.ledger.place(group.line, place_of(f"{place}.scope", values["scope"]), group.scope)
        elif scope:
            self.ledger.conflict(
                group.line,
                f"{draft.person.name} moderates “{scope}” in the caption, “{group.scope}” in the programme",
            )

    def _paragraphs(self, draft: AppearanceDraft, session: SessionDraft, *, is_host: bool) -> None:
        caption, paragraphs = draft.captioned, draft.paragraphs
        if not paragraphs:
            if not is_host:
                line = caption.who.number if caption else draft.person.listed[0][0]
                self.ledger.lack(line, f"summary of {draft.person.name}")
            return
        if is_host:
            for below in (below for paragraph in paragraphs for below in paragraph):
                self.ledger.leave(below.number, below.text, f"text under the moderator {draft.person.name}")
            return
        first = paragraphs[0][0].text
        title = (_ENGLISH_REPORT_TITLE if is_latin(first) else _REPORT_TITLE).match(first)
        markdown = paragraphs_as_markdown(paragraphs)
        if title and not self.report and session.kind is SessionKind.REPORT:
            abstract = prose(markdown)
            self.report = in_model_order(
                Report,
                {"title": text(theme_parts(title[1])), "presented_by": draft.person.id, "abstract": abstract},
            )
            field = place_of("report.yaml#abstract", abstract)
            heading = place_of("report.yaml#title", self.report["title"])
            self.ledger.place(paragraphs[0][0].number, heading, title[1])
            if compact(draft.person.name) not in compact(markdown):
                message = f"no summary of what {draft.person.name} said: the text is about the report, now its abstract"
                self.ledger.correct(paragraphs[0][0].number, message)
        else:
            self.summaries[draft.key] = markdown
            field = f"summaries/{draft.key}.md#"
        for below in (below for paragraph in paragraphs for below in paragraph):
            self.ledger.place(below.number, field, below.text)


def _names_the_same(scope: str, other: str) -> bool:
    """Whether two English wordings name the same sessions: the discussion, Discussion."""
    return is_latin(scope + other) and set(label_cores(scope)) == set(label_cores(other))
