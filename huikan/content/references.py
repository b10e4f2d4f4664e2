"""Do the files agree: does every id that one names exist in another, and every picture on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from huikan.content.markdown import image_references
from huikan.content.marks import Node, Place
from huikan.content.model import Appearance, Photo, Publication, Text
from huikan.content.photos import photo_finding
from huikan.content.problems import suggestion
from huikan.finding import Finding, Severity

Locate = Callable[..., Place]
"""file and steps → the place of that value, or of the nearest thing above it."""


def reference_findings(publication: Publication, roots: Mapping[str, Node], folder: Path) -> list[Finding]:
    """Every reference that leads nowhere, every id given twice, every picture that cannot be used."""

    def locate(file: str, *steps: str | int) -> Place:
        node = roots.get(file)
        place = node.place if node else Place(file, 1, 1, 0, 0)
        for step in steps:
            node = node.child(step) if node else None
            if node is None:
                break
            place = node.place
        return place

    return [
        *_organisation_findings(publication, locate),
        *_appearance_findings(publication, locate),
        *_summary_findings(publication, locate),
        *_photo_findings(publication, locate, folder),
        *_prose_findings(publication, locate, folder),
    ]


def _error(code: str, message: str, hint: str, place: Place) -> Finding:
    return Finding(code, Severity.ERROR, message, hint, place.file, place.line, place.column)


def _missing(what: str, id: str, known: Iterable[str], place: Place) -> Finding:
    return _error("HK020", f"there is no {what} {id!r}", suggestion(id, known), place)


def _organisation_findings(publication: Publication, locate: Locate) -> Iterator[Finding]:
    known = publication.organisations
    for i, group in enumerate(publication.booklet.organisers):
        for j, id in enumerate(group.members):
            if id not in known:
                yield _missing("organisation", id, known, locate("booklet.yaml", "organisers", i, "members", j))
    for key, person in publication.people.items():
        for id in person.affiliation:
            if id not in known:
                yield _missing("organisation", id, known, locate("people.yaml", key, "affiliation"))
    for place, appearance in _appearances(publication, locate):
        for id in appearance.affiliation or ():
            if id not in known:
                yield _missing("organisation", id, known, place)


def _appearances(publication: Publication, locate: Locate) -> Iterator[tuple[Place, Appearance]]:
    for i, session in enumerate(publication.programme.sessions):
        for group in ("hosts", "items"):
            for j, appearance in enumerate(getattr(session, group)):
                yield locate("programme.yaml", "sessions", i, group, j), appearance


def _appearance_findings(publication: Publication, locate: Locate) -> Iterator[Finding]:
    for place, appearance in _appearances(publication, locate):
        if appearance.person not in publication.people:
            yield _missing("person", appearance.person, publication.people, place)
    sessions: dict[str, Place] = {}
    items: dict[str, Place] = {}
    for i, session in enumerate(publication.programme.sessions):
        place = locate("programme.yaml", "sessions", i)
        if session.id in sessions:
            hint = f"give one of them another id; the first stands on line {sessions[session.id].line}"
            yield _error("HK021", f"two sessions have the id {session.id!r}", hint, place)
        sessions.setdefault(session.id, place)
        for j, item in enumerate(session.items):
            place = locate("programme.yaml", "sessions", i, "items", j)
            if item.key in items:
                hint = f"give this one an id: of its own; the first stands on line {items[item.key].line}"
                yield _error("HK021", f"two appearances have the id {item.key!r}", hint, place)
            items.setdefault(item.key, place)
    if publication.report:
        for id in publication.report.presented_by:
            if id not in publication.people:
                yield _missing("person", id, publication.people, locate("report.yaml", "presented_by"))


def _summary_findings(publication: Publication, locate: Locate) -> Iterator[Finding]:
    known = {item.key for session in publication.programme.sessions for item in session.items}
    told: dict[str, str] = {}
    for id, summary in publication.summaries.items():
        place = locate(f"summaries/{id}.md", "appearance")
        if summary.appearance not in known:
            message = f"a summary for nobody: the programme has no appearance {summary.appearance!r}"
            yield _error("HK022", message, suggestion(summary.appearance, known), place)
        elif summary.appearance in told:
            hint = f"join them, or correct appearance:; the other is summaries/{told[summary.appearance]}.md"
            yield _error("HK023", f"a second summary for {summary.appearance!r}", hint, place)
        told.setdefault(summary.appearance, id)


def _photos(publication: Publication, locate: Locate) -> Iterator[tuple[Place, Photo]]:
    for key, person in publication.people.items():
        if person.photo:
            yield locate("people.yaml", key, "photo"), person.photo
    for i, session in enumerate(publication.programme.sessions):
        for group in ("hosts", "items"):
            for j, appearance in enumerate(getattr(session, group)):
                if appearance.photo:
                    yield locate("programme.yaml", "sessions", i, group, j, "photo"), appearance.photo
    if publication.report:
        for i, figure in enumerate(publication.report.figures):
            if figure.image:
                yield locate("report.yaml", "figures", i, "image"), figure.image


def _photo_findings(publication: Publication, locate: Locate, folder: Path) -> Iterator[Finding]:
    for place, photo in _photos(publication, locate):
        finding = photo_finding(folder, photo.file, place.file, place.line, place.column)
        if finding:
            yield finding


def _prose(publication: Publication, locate: Locate) -> Iterator[tuple[str, Place, int]]:
    """Every Markdown text, its place, and the line of the file on which it begins."""
    texts: list[tuple[Text | None, str, tuple[str | int, ...]]] = [
        (publication.booklet.introduction, "booklet.yaml", ("introduction",))
    ]
    texts += [(person.bio, "people.yaml", (key, "bio")) for key, person in publication.people.items()]
    for i, session in enumerate(publication.programme.sessions):
        texts.append((session.description, "programme.yaml", ("sessions", i, "description")))
    if publication.report:
        texts.append((publication.report.abstract, "report.yaml", ("abstract",)))
        for i, finding in enumerate(publication.report.findings):
            texts.append((finding, "report.yaml", ("findings", i)))
    for text, file, steps in texts:
        for key in ("", "zh", "en"):
            parts = text.parts(key) if text else ()
            if parts:
                place = locate(file, *steps, *([key] if key else []))
                yield "\n\n".join(parts), place, place.line + 1
    for id, summary in publication.summaries.items():
        first = next(iter(summary.prose))
        for key, markdown in summary.prose.items():
            name = f"summaries/{id}.md" if key == first else f"summaries/{id}.{key}.md"
            line = summary.first_line.get(key, 1)
            yield markdown, Place(name, line, 1, 0, 0), line


def _prose_findings(publication: Publication, locate: Locate, folder: Path) -> Iterator[Finding]:
    for markdown, place, first_line in _prose(publication, locate):
        if "![" not in markdown:
            continue
        for image in image_references(markdown):
            finding = photo_finding(folder, image.source, place.file, first_line + image.line, 1)
            if finding:
                yield finding
