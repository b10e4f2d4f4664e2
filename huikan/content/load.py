"""Read a publication's folder: every file, with marks; every problem of every file at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from huikan.assistant import Begin, when_asked
from huikan.cache import Store
from huikan.content.beyond_break import BeginsEntry, beyond_break
from huikan.content.broken_yaml import why_no_map
from huikan.content.encodings import why_not_text
from huikan.content.file_names import (
    UNREAD,
    fault_of_name,
    how_to_begin,
    is_id,
    probably_meant,
    told_as_order,
    unread_summaries,
)
from huikan.content.front_matter import FENCE, head_of, how_to_close
from huikan.content.loaded import LoadedPublication as LoadedPublication
from huikan.content.marks import LARGEST_FILE, Lines, Node, Place, YamlProblemError, character_findings, read_yaml
from huikan.content.model import (
    LANGUAGE_KEYS,
    Booklet,
    Organisation,
    Person,
    Programme,
    Publication,
    Report,
    Summary,
    SummaryMatter,
    TranslationMatter,
)
from huikan.content.named import id_of_entry, swallowed_by, with_ids, without_echoes
from huikan.content.other_words import id_meant, meant
from huikan.content.photos import Seen, keep, look_at
from huikan.content.problems import findings_of, without_problems
from huikan.content.profiles import profile_findings, profiles_of
from huikan.content.readings import expect, han_names, pinyin_of
from huikan.content.references import Content, body_place, picture_findings, picture_names, reference_findings
from huikan.content.series import Series
from huikan.finding import ContentError, Finding, Severity
from huikan.links import leads_nowhere, lies_in

M = TypeVar("M", bound=BaseModel)

_REQUIRED = ("booklet.yaml", "people.yaml", "programme.yaml")
_OPTIONAL = ("organisations.yaml", "report.yaml")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def load_publication(folder: Path, kept: Store | None = None, begin: Begin | None = None) -> LoadedPublication:
    """The publication in `folder`; `kept` remembers what of its pictures was looked at before, for Word copies.

    Raises ContentError with every problem found, in the order of files and lines. With `begin` the pictures are looked
    at meanwhile: see `pictures_awaited`.
    """
    reader = _Reader(folder)
    reader.check_folder()
    facts = reader.facts()
    if begin is not None:
        expect(begin(pinyin_of, han_names(person.name for person in facts.people.values())))
    of_fields = picture_names(facts)
    looked = [(begin or when_asked)(look_at, folder, of_fields, kept)]
    content = reader.with_summaries(facts)
    names = picture_names(content)
    if of_prose := names - of_fields:
        looked.append((begin or when_asked)(look_at, folder, of_prose, kept))
    booklet, programme = content.booklet, content.programme
    missing_profile = profile_findings(folder, booklet, content.roots.get("booklet.yaml"))
    findings = [*reader.findings, *reference_findings(content), *missing_profile]
    seen: dict[str, Seen] = {}

    def await_pictures() -> None:
        for each in looked:
            seen.update(each())
        keep(seen, kept)
        wrong = picture_findings(content, seen)
        if wrong or _has_errors(findings):
            raise ContentError(_in_order([*findings, *wrong]))

    if begin is None or _has_errors(findings):
        await_pictures()
    if booklet is None or programme is None:
        raise ContentError(_in_order(findings))
    publication = Publication.model_construct(
        booklet=booklet,
        organisations=dict(content.organisations),
        people=dict(content.people),
        programme=programme,
        report=content.report,
        summaries=dict(content.summaries),
    )
    bodies = (
        body_place(summary, key, content.texts) for summary in content.summaries.values() for key in summary.prose
    )
    return LoadedPublication(
        folder,
        publication,
        tuple(_in_order(findings)),
        tuple(sorted({*reader.read, *(folder / name for name in names), *profiles_of(folder, booklet)})),
        content.roots,
        {place.file: place for place in bodies},
        await_pictures if begin else lambda: None,
        seen,
    )


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.file, finding.line, finding.column))


def load_series(path: Path) -> tuple[Series, Node]:
    """The series written in the file `path`, and the marked tree of that file.

    Raises ContentError with every problem found. Whether its publications exist is not looked at.
    """
    reader = _Reader(path.parent)
    series = reader.model(path.name, Series)
    if series is None and not reader.findings:
        raise ContentError([_problem("HK006", f"there is no file {path}", "name a series.yaml")])
    if series is None or reader.findings:
        raise ContentError(replace(finding, file=str(path)) for finding in reader.findings)
    return series, reader.roots[path.name]


def _problem(code: str, message: str, hint: str = "", file: str = "", line: int = 0, column: int = 0) -> Finding:
    return Finding(code, Severity.ERROR, message, hint, file, line, column)


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.roots: dict[str, Node] = {}
        self.as_written: dict[str, Node] = {}
        """The trees with what is wrong in them; `roots` are without."""
        self.texts: dict[str, str] = {}
        self.broken: dict[str, YamlProblemError] = {}
        self.around_breaks: dict[str, dict[str, Node]] = {}
        self.read: list[Path] = []
        self.resolved: dict[Path, Path] = {}

    def check_folder(self) -> None:
        """Refuse what is no publication before looking for its files."""
        try:
            is_folder, exists = self.folder.is_dir(), self.folder.exists()
            is_empty = is_folder and not any((self.folder / name).exists() for name in _REQUIRED)
        except OSError as error:
            raise ContentError([_problem("HK007", f"{self.folder} cannot be read: {error.strerror}")]) from error
        hint = "name the folder that holds booklet.yaml"
        if not exists:
            raise ContentError([_problem("HK006", f"there is no folder {self.folder}", hint)])
        if not is_folder:
            raise ContentError([_problem("HK006", f"{self.folder} is a file", hint)])
        if is_empty:
            hint = f"it needs {', '.join(_REQUIRED)}"
            raise ContentError([_problem("HK006", f"{self.folder} holds no publication", hint)])

    def facts(self) -> Content:
        """All that can be read but the summaries; `findings` grows by every problem."""
        booklet = self.model("booklet.yaml", Booklet)
        organisations = self._table("organisations.yaml", Organisation)
        people = self._table("people.yaml", Person)
        programme = self.model("programme.yaml", Programme)
        report = self.model("report.yaml", Report)
        return Content(booklet, organisations, people, programme, report, {}, self.roots, self.texts, frozenset())

    def with_summaries(self, facts: Content) -> Content:
        """All that can be read, and which files have errors."""
        summaries = self._summaries(self._first_language(facts.booklet))
        self.findings = with_ids(self.findings, self.as_written)
        faulty = frozenset(finding.file for finding in self.findings if finding.severity is Severity.ERROR)
        return replace(facts, summaries=summaries, faulty=faulty)

    def _languages(self) -> Node | None:
        written = self.as_written.get("booklet.yaml")
        return written.child("languages") if written else None

    def _first_language(self, booklet: Booklet | None) -> str:
        """The key of the language of files without a language in their name, also where it is written otherwise."""
        listed = self._languages()
        first = listed.child(0) if listed else None
        tag = meant(first.written, LANGUAGE_KEYS) if first else ""
        return LANGUAGE_KEYS[tag or (booklet.languages[0] if booklet else "zh-Hans")]

    def _text(self, name: str) -> str | None:
        """The text of a file; None, with a finding where it is due, when there is none."""
        path = self.folder / name
        try:
            if not path.exists() and not path.is_symlink():
                meant = probably_meant(self.folder, name)
                if name in _REQUIRED:
                    hint = f"rename {meant} to {name}" if meant else f"a publication needs {', '.join(_REQUIRED)}"
                    self.findings.append(_problem("HK006", f"{name} is missing", hint, name))
                elif meant:
                    self._say("HK026", UNREAD, f"rename it to {name}", meant)
                return None
            if not self._is_inside(path):
                leading = "that leads to itself" if leads_nowhere(path) else "out of the publication's folder"
                self._say("HK007", f"{name} is a link {leading}", "put the file itself here", name)
                return None
            if not path.is_file():
                self._say("HK007", f"{name} is not a file", "put a text file in its place", name)
                return None
            if path.stat().st_size > LARGEST_FILE:
                self._say("HK001", "the file is larger than 8 MB", "split it, or check what it holds", name)
                return None
            raw = path.read_bytes().removeprefix(_BYTE_ORDER_MARK)
        except OSError as error:
            self._say("HK007", f"{name} cannot be read: {error.strerror or error}", "", name)
            return None
        self.read.append(path)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            before = raw[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
            place = Lines(before, name).place(len(before), len(before))
            self._say("HK008", *why_not_text(raw), name, place.line, place.column)
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        strange = character_findings(text, name)
        self.findings += strange
        self.texts[name] = text
        return None if strange else text

    def _is_inside(self, path: Path) -> bool:
        """Whether a file lies in the publication's folder, wherever links lead."""
        for folder in (self.folder, path.parent):
            if folder not in self.resolved:
                self.resolved[folder] = folder.resolve()
        if path.is_symlink():
            return lies_in(self.resolved[self.folder], path)
        return self.resolved[path.parent].is_relative_to(self.resolved[self.folder])

    def _say(self, code: str, message: str, hint: str, file: str, line: int = 1, column: int = 1) -> None:
        self.findings.append(_problem(code, message, hint, file, line, column))

    def _root(self, name: str, begins_entry: BeginsEntry) -> Node | None:
        text = self._text(name)
        root = None if text is None else self._parsed(text, name)
        if text is not None and name in self.broken:
            beyond = beyond_break(text, name, self.broken[name], begins_entry)
            self.findings += beyond.findings
            self.around_breaks[name] = dict(beyond.whole_entries(begins_entry))
        return root

    def _parsed(self, text: str, name: str, first_line: int = 1, offset: int = 0) -> Node | None:
        try:
            root, duplicates = read_yaml(text, name, first_line=first_line, offset=offset)
        except YamlProblemError as problem:
            self.findings.append(problem.finding)
            self.broken[name] = problem
            return None
        self.findings += duplicates
        if root is None or root.value is None:
            root = Node({}, Place(name, first_line, 1, offset, offset))
        if not isinstance(root.value, dict):
            slip = None if isinstance(root.value, list) else why_no_map(text)
            message = f"expected a map of keys: {slip.message}" if slip else "expected a map of keys"
            place = Lines(text, name, first_line, offset).place(slip.offset, slip.offset) if slip else root.place
            above = "write sessions: on a line above the list" if name == "programme.yaml" else "write KEY: VALUE lines"
            hint = slip.hint if slip else above
            self._say("HK010", message, hint, name, place.line, place.column)
            return None
        self.roots[name] = self.as_written[name] = root
        return root

    def model(self, name: str, model: type[M]) -> M | None:
        """A file as a model, without what has problems."""
        root = self._root(name, model.model_fields.__contains__)
        if root is None:
            return None
        self.roots[name], valid = self._validated(root, model, name)
        return valid

    def _validated(self, node: Node, model: type[M], file: str, name: str = "") -> tuple[Node, M | None]:
        """The node and the model of it, both without what has problems; no model if nothing is left of it."""
        try:
            return node, model.model_validate(node.plain())
        except ValidationError as error:
            self.findings += findings_of(error, model, node, file, name)
            node = without_problems(error, node)
        try:
            return node, model.model_validate(node.plain())
        except ValidationError:
            return node, None

    def _table(self, name: str, model: type[M]) -> dict[str, M]:
        """A file that maps ids to entries; a wrong entry does not hide the others."""
        inside = {*model.model_fields, *LANGUAGE_KEYS.values()}
        root = self._root(name, lambda key: is_id(key) and key not in inside)
        entries: dict[str, M] = {}
        swallowed: dict[str, Place] = {}
        if root is None:
            for key, node in self.around_breaks.get(name, {}).items():
                self._validated(node, model, name, key)
            return entries
        for key, node in root.value.items():
            place = root.keys[key]
            if key in model.model_fields and not isinstance(node.value, dict):
                hint = f"indent {key}: like the lines above it, if it belongs to their entry"
                self._say("HK010", f"{key!r} stands where an id belongs", hint, name, place.line, place.column)
                continue
            if not is_id(key):
                self._say("HK010", f"{key!r} is no id", id_of_entry(key, node), name, place.line, place.column)
            swallowed |= swallowed_by(node, model)
            root.value[key], entry = self._validated(node, model, name, key)
            if entry is not None:
                entries[key] = entry
        self.findings = without_echoes(self.findings, swallowed.values(), root.keys.values())
        root.value.update({key: Node({}, place) for key, place in swallowed.items() if key not in root.value})
        return entries

    def _summaries(self, first: str) -> dict[str, Summary]:
        """The summaries by id; `first` is the language of files without a language in their name."""
        prose: dict[str, dict[str, str]] = {}
        lines: dict[str, dict[str, int]] = {}
        appearances: dict[str, str] = {}
        faulty: set[str] = set()
        folder = self.folder / "summaries"
        if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
            self._say("HK007", "summaries is not a folder", "make it a folder of Markdown files", "summaries")
        self.findings += unread_summaries(self.folder)
        for path in sorted(self.folder.glob("summaries/*.md"), key=attrgetter("name")):
            name = "summaries/" + path.name.encode("utf-8", "replace").decode()
            id, _, key = path.name.removesuffix(".md").partition(".")
            if path.name.startswith((".", "~")):
                continue
            misnamed = fault_of_name(id, key, first, name)
            if misnamed:
                self.findings.append(misnamed)
                faulty.add(id if is_id(id) else id_meant(id))
                continue
            text = self._text(name)
            matter, body, line = self._front_matter(text, name) if text is not None else (None, "", 1)
            if matter is None:
                faulty.add(id)
                continue
            if key:
                self._validated(matter, TranslationMatter, name)
            elif not text or not text.startswith(FENCE):
                message = "the file does not say whose text it is: 'appearance' is missing"
                self._say("HK010", message, how_to_begin(text or "", id, self.folder), name)
            else:
                _, checked = self._validated(matter, SummaryMatter, name)
                appearances |= {id: checked.appearance} if checked else {}
            if not body.strip():  # begun and not written yet: as good as not there
                faulty |= set() if key else {id}
                continue
            prose.setdefault(id, {})[key or first] = body
            lines.setdefault(id, {})[key or first] = line
        languages = self._languages()
        self.findings = told_as_order(self.findings, self.folder, first, languages.place if languages else None)
        summaries = {}
        for id, texts in prose.items():
            if first not in texts:
                hint = f"write summaries/{id}.md, or rename this file"
                for key in texts if id not in faulty else ():
                    self._say("HK025", f"a translation without summaries/{id}.md", hint, f"summaries/{id}.{key}.md")
            elif id in appearances:
                ordered = {first: texts[first], **texts}
                summaries[id] = Summary(id=id, appearance=appearances[id], prose=ordered, first_line=lines[id])
        return summaries

    def _front_matter(self, text: str, name: str) -> tuple[Node | None, str, int]:
        """The marked front matter, the Markdown below it, and the line on which that begins."""
        head = head_of(text)
        if head is None:
            return Node({}, Place(name, 1, 1, 0, 0)), text, 1
        if head.unclosed:
            line, hint = how_to_close(text, head.unclosed)
            self._say("HK009", "the front matter does not end", hint, name, line)
            return None, "", 1
        return self._parsed(head.matter, name, first_line=2, offset=head.offset), head.body, head.body_line
