"""The table of contents, as lines with anchors; page numbers come late, in each face."""

from __future__ import annotations

from dataclasses import dataclass

from huikan.content.labels import Labels
from huikan.content.resolved import ResolvedBooklet


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the contents and the lines below it."""

    text: str
    anchor: str
    children: tuple[ContentsLine, ...] = ()


def contents_of(booklet: ResolvedBooklet, labels: Labels) -> tuple[ContentsLine, ...]:
    """The lines in the order of the pages: sections, and under a session its speakers and the report."""
    lines = []
    if booklet.introduction:
        lines.append(ContentsLine(labels["introduction.heading"], "introduction"))
    lines.append(ContentsLine(labels["programme.heading"], "programme"))
    lines.append(ContentsLine(labels["speakers.heading"], "speakers"))
    for session in booklet.sessions:
        if not session.shown and not session.report:
            continue
        children = [ContentsLine(entry.person.name.text, entry.anchor) for entry in session.shown]
        if session.report:
            children.append(ContentsLine(session.report.title.text, "report-abstract"))
        lines.append(ContentsLine(session.heading, session.anchor, tuple(children)))
    if booklet.closing_report:
        title = ContentsLine(booklet.closing_report.title.text, "report-abstract")
        lines.append(ContentsLine(labels["report.heading"], "report", (title,)))
    lines.append(ContentsLine(labels["index.heading"], "index"))
    return tuple(lines)
