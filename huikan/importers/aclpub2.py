"""The importer `aclpub2`: the folder of YAML files from which ACL proceedings and handbooks are made."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from pylatexenc.latex2text import LatexNodes2Text

from huikan.content.marks import Node, YamlProblemError, read_yaml
from huikan.finding import ContentError, Finding, Severity
from huikan.importers.clock import Slot, read_date, read_moment, slot_of
from huikan.importers.event_model import Event, SessionFacts, Speaker, Talk
from huikan.importers.located import Value, Words, located, one_line, surname_first, words
from huikan.importers.plain_markdown import as_markdown
from huikan.importers.source_text import decode_source

FILES = (
    "conference_details.yml",
    "program.yml",
    "papers.yml",
    "invited_talks.yml",
    "panels.yml",
    "tutorials.yml",
    "tutorial_program.yml",
    "workshops.yml",
    "organizing_committee.yml",
    "program_committee.yml",
    "prefaces.yml",
    "sponsors.yml",
)
_LATEX = re.compile(r"[\\${}~]|``|''|--")
_DEEPEST_LATEX = 50


def event_of_folder(files: Mapping[str, bytes], text_of: Callable[[str], bytes | None]) -> Event:
    """The event of an aclpub2 folder: its YAML files by name; `text_of` reads abstracts and biographies (.tex, .txt).

    Raises ContentError, with every problem, when a file is not YAML.
    """
    return _Folder(files, text_of).event()


def plain(value: Value) -> Value:
    """LaTeX in a string as plain characters: accents, dashes, quotation marks; formulas as they read."""
    text = value.text
    if not _LATEX.search(text) or text.count("{") + text.count("\\begin") > _DEEPEST_LATEX * 20 or _deep(text):
        return value
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            converter = LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)
            said = str(converter.latex_to_text(text, tolerant_parsing=True))
    except Exception:  # pylatexenc raises errors of many kinds for broken LaTeX
        return value
    changed = located(said, value.position)
    return changed if changed else value


def _deep(text: str) -> bool:
    """Whether braces nest deeper than any title."""
    depth = deepest = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    return deepest > _DEEPEST_LATEX


class _Folder:
    def __init__(self, files: Mapping[str, bytes], text_of: Callable[[str], bytes | None]) -> None:
        self.text_of = text_of
        self.leaves: dict[str, str] = {}
        self.remarks: list[tuple[str, str]] = []
        self.trees: dict[str, Node] = {}
        findings: list[Finding] = []
        for name, data in files.items():
            try:
                root, _duplicates = read_yaml(decode_source(data, name)[0].replace("\r\n", "\n"), name)
            except YamlProblemError as problem:
                findings.append(replace(problem.finding, code="HK804", severity=Severity.ERROR))
                continue
            if root is not None:
                self.trees[name] = root
                self.leaves.update({value.position: value.text for value in _leaves(root)})
        if findings:
            raise ContentError(findings)
        self.papers = {
            identity.text: paper for paper in self._list("papers.yml") if (identity := _text(paper, "id")) is not None
        }

    def _list(self, name: str) -> list[Node]:
        tree = self.trees.get(name)
        return tree.value if tree and isinstance(tree.value, list) else []

    def event(self) -> Event:
        """The event: details, sessions of the programme, invited talks and panels, people of the committees."""
        details = self.trees.get("conference_details.yml")
        start, end = (_text(details, key) for key in ("start_date", "end_date"))
        first, last = (read_date(value.text) if value else None for value in (start, end))
        talks: list[Talk] = []
        sessions: list[SessionFacts] = []
        for name in ("program.yml", "tutorial_program.yml"):
            for entry in self._list(name):
                self._session(entry, talks, sessions)
        for name in ("invited_talks.yml", "panels.yml", "tutorials.yml", "workshops.yml"):
            talks += [self._single(entry, name) for entry in self._list(name)]
        publisher, title = _text(details, "publisher"), _text(details, "event_name") or _text(details, "name")
        venue = _text(details, "location")
        return Event(
            title=_plain_words(title or _text(details, "book_title")),
            subtitle=_plain_words(_text(details, "cover_subtitle")),
            acronym=_text(details, "abbreviation") or _text(details, "anthology_venue_id"),
            venue=(_plain_words(venue),) if venue else (),
            slot=Slot(first, end=dt.datetime.combine(last, dt.time()) if last else None),
            times=words(start if first else None, end if last else None),
            languages=("en",),
            isbn=_text(details, "isbn"),
            publisher=_plain_words(publisher),
            editors=tuple(person.name for person in _people(details, "editors")),
            talks=tuple(talks),
            sessions=tuple(sessions),
            people=tuple(self._committees()),
            remarks=tuple(self.remarks),
            leaves=self.leaves,
        )

    def _session(self, entry: Node, talks: list[Talk], sessions: list[SessionFacts]) -> None:
        """A session and the sessions below it, each with its papers; one without papers is an entry of its own."""
        waiting = [entry]
        while waiting:
            entry = waiting.pop()
            below = [node for node in _children(entry, "subsessions") if isinstance(node.value, dict)]
            waiting.extend(reversed(below))
            slot, times = _slot(entry)
            title = _plain_words(_text(entry, "title"))
            room = _plain_words(_text(entry, "location") or _text(entry, "room"))
            facts = SessionFacts(
                f"{entry.place.file}:{entry.place.line}",
                title,
                slot,
                times,
                room,
                hosts=tuple(_named_people(_text(entry, "chair"))),
            )
            held = [*_children(entry, "papers"), *_children(entry, "tutorials")]
            found = [self._paper(node, facts) for node in held if isinstance(node.value, dict)]
            talks.extend(found)
            if facts.hosts or any(talk.speakers for talk in found):
                sessions.append(facts)
            elif title:
                talks.append(Talk(facts.key, title, slot=slot, times=times, room=room))

    def _paper(self, entry: Node, session: SessionFacts) -> Talk:
        """A paper of the programme with the facts of papers.yml, or an entry that has its own."""
        identity = _text(entry, "id")
        paper = self.papers.get(identity.text) if identity else None
        if identity and paper is None:
            self.remarks.append((identity.position, f"papers.yml has no paper {identity.text}"))
        facts = paper if paper is not None else entry
        slot, times = _slot(entry)
        if slot.start is None:
            slot = Slot(session.slot.day, session.slot.start)
        abstract = _text(facts, "abstract")
        authors = tuple(_people(facts, "authors")) or tuple(_named_people(_text(facts, "authors")))
        return Talk(
            key=identity.text if identity else f"{entry.place.file}:{entry.place.line}",
            title=_plain_words(_text(facts, "title")) or _plain_words(identity),
            slot=slot,
            times=times,
            room=_plain_words(_text(entry, "room")) or session.room,
            texts=(_prose(abstract),) if abstract else (),
            speakers=authors,
            session=session,
        )

    def _single(self, entry: Node, file: str) -> Talk:
        """An invited talk, a panel, a tutorial or a workshop: a session of one entry."""
        date, title = _text(entry, "date"), _plain_words(_text(entry, "title"))
        moment = read_moment(date.text) if date else None
        slot = slot_of(moment) if moment else Slot(read_date(date.text) if date else None)
        speakers = [*_people(entry, "panelists"), *_people(entry, "speakers")]
        named = _text(entry, "speaker_name") or _text(entry, "speaker")
        if named:
            body = _text(entry, "institution") or _text(entry, "instituion")
            bio = self._file(entry, "bio_file")
            speakers += [
                replace(person, affiliations=(_plain_words(body),) if body else (), bio=bio)
                for person in _named_people(named)
            ]
        abstract = self._file(entry, "abstract_file") or self._file(entry, "file")
        kind = {"invited_talks.yml": "Invited talk", "panels.yml": "Panel"}.get(file)
        chairs = [*_people(entry, "moderators"), *_named_people(_text(entry, "chair"))]
        talk = Talk(
            key=f"{file}:{entry.place.line}",
            title=title,
            slot=slot,
            times=words(date) if slot.day else (),
            room=_plain_words(_text(entry, "location")),
            kind=Value(kind, file) if kind else None,
            texts=(abstract,) if abstract else (),
            speakers=tuple(speakers),
            hosts=tuple(chairs),
        )
        if not talk.speakers:
            return talk
        # Its title is that of the session, which has no other entry.
        facts = SessionFacts(talk.key, title, slot, room=talk.room, kind=talk.kind)
        return replace(talk, title=(), session=facts)

    def _file(self, entry: Node, key: str) -> Words:
        """The text of a file that an entry names; a missing one is reported."""
        name = _text(entry, key)
        data = self.text_of(name.text) if name and PurePosixPath(name.text).suffix in {".tex", ".txt", ".md"} else None
        if name is None or data is None:
            if name:
                self.remarks.append((name.position, f"there is no text {name.text}"))
            return ()
        text = located(decode_source(data, name.text)[0], name.position)
        return _prose(text) if text else ()

    def _committees(self) -> Iterator[Speaker]:
        for name in ("organizing_committee.yml", "program_committee.yml"):
            for group in self._list(name):
                role = _text(group, "role")
                for person in (*_people(group, "members"), *_people(group, "entries")):
                    yield replace(person, title=words(role) if role else ())


def _leaves(root: Node) -> Iterator[Value]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node.value, dict):
            waiting.extend(reversed(list(node.value.values())))
        elif isinstance(node.value, list):
            waiting.extend(reversed(node.value))
        elif (value := _scalar(node)) is not None:
            yield value


def _scalar(node: Node) -> Value | None:
    place = node.place
    return None if node.value is None else located(str(node.value), f"{place.file}:{place.line}:{place.column}")


def _text(node: Node | None, key: str) -> Value | None:
    if node is None or not isinstance(node.value, dict):
        return None
    child = node.value.get(key)
    return _scalar(child) if child is not None and not isinstance(child.value, (dict, list)) else None


def _children(node: Node | None, key: str) -> list[Node]:
    if node is None or not isinstance(node.value, dict) or key not in node.value:
        return []
    value = node.value[key].value
    return value if isinstance(value, list) else []


def _plain_words(value: Value | None) -> Words:
    return (plain(value),) if value else ()


def _prose(value: Value) -> Words:
    """Paragraphs of LaTeX as Markdown that says the same."""
    said = plain(value)
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", said.text)]
    return (replace(said, text="\n\n".join(as_markdown(part) for part in paragraphs if part)),)


def _slot(entry: Node) -> tuple[Slot, Words]:
    start, end = _text(entry, "start_time"), _text(entry, "end_time")
    began, ended = (read_moment(value.text) if value else None for value in (start, end))
    slot = slot_of(began, end=ended)
    return slot, words(start if began else None, end if slot.end else None)


def _people(node: Node | None, key: str) -> Iterator[Speaker]:
    for person in _children(node, key):
        given, middle, surname = (_text(person, part) for part in ("first_name", "middle_name", "last_name"))
        parts = [plain(part) for part in (given, middle, surname) if part]
        whole = _text(person, "name") or (_scalar(person) if not isinstance(person.value, (dict, list)) else None)
        if not parts and whole is None:
            continue
        name = " ".join(part.text for part in parts) if parts else plain(whole).text if whole else ""
        first = parts[0] if parts else whole
        assert first is not None, "one of the two is there"
        body = _text(person, "institution") or _text(person, "affiliation")
        yield Speaker(
            f"name:{one_line(name)}",
            (replace(first, text=one_line(name)),),
            affiliations=(_plain_words(body),) if body else (),
            sort=surname_first(given, surname),
            others=tuple(parts[1:]),
        )


def _named_people(value: Value | None) -> Iterator[Speaker]:
    """The people of `A, B, and C`."""
    if value is None:
        return
    for name in re.split(r",\s*(?:and\s+)?|\s+and\s+", plain(value).text):
        if name.strip():
            yield Speaker(f"name:{one_line(name)}", (replace(value, text=one_line(name)),))
