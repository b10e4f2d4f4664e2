"""Do the files agree: does every id that one names exist in another, and every picture on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from huikan.content.markdown import image_references
from huikan.content.marks import Lines, Node, Place
from huikan.content.model import Appearance, Booklet, Organisation, Person, Photo, Programme, Report, Summary, Text
from huikan.content.named import ids_of
from huikan.content.photos import Seen
from huikan.content.problems import suggestion
from huikan.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Content:
    """What could be read of a publication. What has problems of its own is left out: None, or not in its list.

    `roots` and `texts` are the marked trees and the texts of the files; `faulty` names the files with errors.
    """

    booklet: Booklet | None
    organisations: Mapping[str, Organisation]
    people: Mapping[str, Person]
    programme: Programme | None
    report: Report | None
    summaries: Mapping[str, Summary]
    roots: Mapping[str, Node]
    texts: Mapping[str, str]
    faulty: frozenset[str]

    def ids(self, file: str) -> frozenset[str] | None:
        """The ids that a file gives to its entries, or should give; None if they cannot be known."""
        root = self.roots.get(file)
        if root is None:
            return None if file in self.faulty else frozenset()
        return ids_of(root)

    def locate(self, file: str, *steps: str | int) -> Place:
        """The place of a value, or of the nearest thing above it."""
        node = self.roots.get(file)
        place = node.place if node else Place(file, 1, 1, 0, 0)
        for step in steps:
            node = node.child(step) if node else None
            if node is None:
                break
            place = node.place
        return place


def reference_findings(content: Content) -> list[Finding]:
    """Every reference that leads nowhere, every id given twice."""
    return [
        *_organisation_findings(content),
        *_person_findings(content),
        *_repeated_findings(content),
        *_duplicate_findings(content),
        *_summary_findings(content),
    ]


def _error(code: str, message: str, hint: str, place: Place) -> Finding:
    return Finding(code, Severity.ERROR, message, hint, place.file, place.line, place.column)


def _missing(what: str, id: str, known: Iterable[str], place: Place) -> Finding:
    return _error("HK020", f"there is no {what} {id!r}", suggestion(id, known), place)


def _organisation_findings(content: Content) -> Iterator[Finding]:
    known = content.ids("organisations.yaml")
    if known is None:
        return
    named: list[tuple[str, Place]] = []
    for i, group in enumerate(content.booklet.organisers if content.booklet else ()):
        for j, id in enumerate(group.members):
            named.append((id, content.locate("booklet.yaml", "organisers", i, "members", j)))
    for key, person in content.people.items():
        for j, id in enumerate(person.affiliation):
            named.append((id, content.locate("people.yaml", key, "affiliation", j)))
    for steps, appearance in _appearances(content):
        for j, id in enumerate(appearance.affiliation or ()):
            named.append((id, content.locate("programme.yaml", *steps, "affiliation", j)))
    for id, place in named:
        if id not in known:
            yield _missing("organisation", id, known, place)


def _appearances(content: Content) -> Iterator[tuple[tuple[str | int, ...], Appearance]]:
    """Every appearance and the steps to it in programme.yaml."""
    for i, session in enumerate(content.programme.sessions if content.programme else ()):
        for group in ("hosts", "items"):
            for j, appearance in enumerate(getattr(session, group)):
                yield ("sessions", i, group, j), appearance


def _person_findings(content: Content) -> Iterator[Finding]:
    known = content.ids("people.yaml")
    if known is None:
        return
    if not known and any(_appearances(content)):
        hint = "write each person's id, and below it, indented, name: …"
        yield _error("HK010", "nobody stands in the file", hint, content.locate("people.yaml"))
        return
    for steps, appearance in _appearances(content):
        if appearance.person not in known:
            place = content.locate("programme.yaml", *steps, "person")
            yield _missing("person", appearance.person, known, place)
    for j, id in enumerate(content.report.presented_by if content.report else ()):
        if id not in known:
            yield _missing("person", id, known, content.locate("report.yaml", "presented_by", j))


def _repeated_findings(content: Content) -> Iterator[Finding]:
    """Languages and editions that are asked for twice: each would be built twice into one file."""
    booklet = content.booklet
    for name, words in (("languages", booklet.languages), ("editions", booklet.editions)) if booklet else ():
        first: dict[str, Place] = {}
        for number, word in enumerate(words):
            place = content.locate("booklet.yaml", name, number)
            if word in first:
                hint = f"keep one of them; the first stands on line {first[word].line}"
                yield _error("HK005", f"{str(word)!r} stands twice among the {name}", hint, place)
            first.setdefault(word, place)


def _duplicate_findings(content: Content) -> Iterator[Finding]:
    sessions: dict[str, Place] = {}
    items: dict[str, tuple[str | int, ...]] = {}
    for i, session in enumerate(content.programme.sessions if content.programme else ()):
        place = content.locate("programme.yaml", "sessions", i, "id")
        if session.id in sessions:
            hint = f"give one of them another id; the first stands on line {sessions[session.id].line}"
            yield _error("HK021", f"two sessions have the id {session.id!r}", hint, place)
        sessions.setdefault(session.id, place)
        hosts: dict[str, tuple[str | int, ...]] = {}
        # A host may moderate several sessions; summaries refer to a speaker's appearance by its id
        for group, seen in (("hosts", hosts), ("items", items)):
            for j, appearance in enumerate(getattr(session, group)):
                steps = ("sessions", i, group, j)
                if appearance.key in seen:
                    place = content.locate("programme.yaml", *steps)
                    first = content.locate("programme.yaml", *seen[appearance.key])
                    hint = f"give this one an id: of its own; the first stands on line {first.line}"
                    if getattr(session, group).index(appearance) < j:
                        hint = f"delete it if the person is listed twice by mistake, or {hint}"
                    yield _error("HK021", f"two appearances have the id {appearance.key!r}", hint, place)
                seen.setdefault(appearance.key, steps)


def _summary_findings(content: Content) -> Iterator[Finding]:
    known = {appearance.key for steps, appearance in _appearances(content) if steps[2] == "items"}
    hosts = {appearance.key for steps, appearance in _appearances(content) if steps[2] == "hosts"}
    people = content.ids("people.yaml") or frozenset()
    is_misspelt = any(appearance.person not in people for _, appearance in _appearances(content))
    told: dict[str, str] = {}
    for id, summary in content.summaries.items():
        place = content.locate(f"summaries/{id}.md", "appearance")
        if summary.appearance in told:
            hint = f"join them, or correct appearance:; the other is summaries/{told[summary.appearance]}.md"
            yield _error("HK023", f"a second summary for {summary.appearance!r}", hint, place)
        elif summary.appearance in hosts - known:
            message = f"a summary that is not printed: the programme has {summary.appearance!r} as a host alone"
            yield _error("HK022", message, "list the person among items: too, or take the file away", place)
        elif summary.appearance not in known and "programme.yaml" not in content.faulty:
            if is_misspelt and summary.appearance in people:
                continue  # what is wrong is told where the programme names the person
            message = f"a summary for nobody: the programme has no appearance {summary.appearance!r}"
            yield _error("HK022", message, suggestion(summary.appearance, known), place)
        told.setdefault(summary.appearance, id)


def photos_of(content: Content) -> Iterator[tuple[Place, Photo]]:
    """Every picture that a field names, and the place where it does."""
    for key, person in content.people.items():
        if person.photo:
            yield content.locate("people.yaml", key, "photo", "file"), person.photo
    for steps, appearance in _appearances(content):
        if appearance.photo:
            yield content.locate("programme.yaml", *steps, "photo", "file"), appearance.photo
    for i, figure in enumerate(content.report.figures if content.report else ()):
        if figure.image:
            yield content.locate("report.yaml", "figures", i, "image", "file"), figure.image


def picture_names(content: Content) -> frozenset[str]:
    """Every picture that a field or prose names, as it is written."""
    named = {photo.file for _, photo in photos_of(content)}
    prose = (text for text, _ in _prose(content) if "![" in text)
    return frozenset(named.union(*({image.source for image in image_references(text)} for text in prose)))


def picture_findings(content: Content, seen: Mapping[str, Seen]) -> list[Finding]:
    """Every picture that cannot be used, by what was seen of those that `picture_names` gives."""
    problems = {name: picture.problem for name, picture in seen.items() if picture.problem}
    places = _picture_places(content) if problems else ()
    return [_error(*problems[name], place) for name, place in places if name in problems]


def _picture_places(content: Content) -> Iterator[tuple[str, Place]]:
    """Every picture as it is named, and where."""
    for place, photo in photos_of(content):
        yield photo.file, place
    for prose, place in _prose(content):
        at = place.start
        for image in image_references(prose) if "![" in prose else ():
            found, at = _written(image.source, content.texts[place.file], at, place)
            yield image.source, found


def _prose(content: Content) -> Iterator[tuple[str, Place]]:
    """Every Markdown text and its place."""
    texts: list[tuple[Text | None, str, tuple[str | int, ...]]] = []
    if content.booklet:
        texts.append((content.booklet.introduction, "booklet.yaml", ("introduction",)))
    texts += [(person.bio, "people.yaml", (key, "bio")) for key, person in content.people.items()]
    for i, session in enumerate(content.programme.sessions if content.programme else ()):
        texts.append((session.description, "programme.yaml", ("sessions", i, "description")))
    if content.report:
        texts.append((content.report.abstract, "report.yaml", ("abstract",)))
        texts += [(finding, "report.yaml", ("findings", i)) for i, finding in enumerate(content.report.findings)]
    for text, file, steps in texts:
        for key in ("", "zh", "en"):
            parts = text.parts(key) if text else ()
            if parts:
                yield "\n\n".join(parts), content.locate(file, *steps, *([key] if key else []))
    for summary in content.summaries.values():
        for key, markdown in summary.prose.items():
            yield markdown, body_place(summary, key, content.texts)


def body_place(summary: Summary, key: str, texts: Mapping[str, str]) -> Place:
    """The place of a summary's text in one language, below the front matter."""
    first = next(iter(summary.prose))
    name = f"summaries/{summary.id}.md" if key == first else f"summaries/{summary.id}.{key}.md"
    end = len(texts[name])
    start = end - len(summary.prose[key])
    return Place(name, summary.first_line[key], 1, start, end)


def _written(source: str, text: str, at: int, prose: Place) -> tuple[Place, int]:
    """Where a picture's path stands in its prose from `at` on, and where to look for the next one."""
    start = text.find(source, at, prose.end) if source else -1
    if start < 0:
        return prose, at
    end = start + len(source)
    return Lines(text, prose.file).place(start, end), end
