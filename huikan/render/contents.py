"""The table of contents, as lines with anchors; page numbers come late, in each face."""

from __future__ import annotations

from dataclasses import dataclass

from huikan.content.labels import Labels
from huikan.content.resolved import ResolvedBooklet, ResolvedSession


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the contents and the lines below it."""

    text: str
    anchor: str
    children: tuple[ContentsLine, ...] = ()


def contents_of(booklet: ResolvedBooklet, labels: Labels) -> tuple[ContentsLine, ...]:
    """The lines in the order of the pages: sections, and under a session its speakers and the report.

    An event of several days has its days under the programme, and its sessions under the days: the speakers of
    hundreds of talks are found by the list of speakers and the index.
    """
    lines = []
    if booklet.introduction:
        lines.append(ContentsLine(labels["introduction.heading"], "introduction"))
    several_days = len(booklet.days) > 1
    days = tuple(ContentsLine(day.words, f"day-{number}") for number, day in enumerate(booklet.days, start=1))
    lines.append(ContentsLine(labels["programme.heading"], "programme", days if several_days else ()))
    if booklet.hosts or booklet.speakers:
        lines.append(ContentsLine(labels["speakers.heading"], "speakers"))
    for day in booklet.days:
        sessions = [_session_line(session) for session in day.sessions if session.shown or session.report]
        if several_days and sessions:
            below = tuple(ContentsLine(line.text, line.anchor) for line in sessions)
            lines.append(ContentsLine(day.words, sessions[0].anchor, below))
        else:
            lines += sessions
    if booklet.closing_report:
        title = ContentsLine(booklet.closing_report.title.text, "report-abstract")
        lines.append(ContentsLine(labels["report.heading"], "report", (title,)))
    if booklet.index:
        lines.append(ContentsLine(labels["index.heading"], "index"))
    return tuple(lines)


def _session_line(session: ResolvedSession) -> ContentsLine:
    children = [ContentsLine(entry.person.name.text, entry.anchor) for entry in session.shown]
    if session.report:
        children.append(ContentsLine(session.report.title.text, "report-abstract"))
    return ContentsLine(session.heading, session.anchor, tuple(children))
