"""Read a publication's folder: every file, with marks; every problem of every file at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from huikan.content.marks import LARGEST_FILE, Node, Place, YamlProblemError, read_yaml
from huikan.content.model import (
    LANGUAGE_KEYS,
    Booklet,
    Id,
    Organisation,
    Person,
    Programme,
    Publication,
    Report,
    Summary,
    SummaryMatter,
    TranslationMatter,
)
from huikan.content.problems import findings_of
from huikan.content.references import reference_findings
from huikan.finding import ContentError, Finding, Severity

M = TypeVar("M", bound=BaseModel)

_REQUIRED = ("booklet.yaml", "people.yaml", "programme.yaml")
_OPTIONAL = ("organisations.yaml", "report.yaml")
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class LoadedPublication:
    """A valid publication, where its facts stand, and what was noticed in it."""

    folder: Path
    publication: Publication
    warnings: tuple[Finding, ...]
    source_files: tuple[Path, ...]
    roots: Mapping[str, Node]

    def locate(self, field: str) -> Place | None:
        """The place of a content field such as `people.yaml#wang-zhicheng.title.zh`; None if it is not in the files.

        Blocks of prose (`summaries/ID.md#3`, `booklet.yaml#introduction.zh/2`) have the place of their text.
        """
        file, _, path = field.partition("#")
        node = self.roots.get(file)
        if file.endswith(".md"):
            return Place(file, 1, 1, 0, 0) if node is None else node.place
        for step in path.partition("/")[0].split("."):
            if node is None:
                return None
            node = node.child(step)
        return node.place if node else None


def load_publication(folder: Path) -> LoadedPublication:
    """The publication in `folder`.

    Raises ContentError with every problem found, in the order of files and lines.
    """
    reader = _Reader(folder)
    reader.check_folder()
    publication = reader.publication()
    findings = reader.findings
    if publication is not None:
        findings += reference_findings(publication, reader.roots, folder)
    findings = sorted(dict.fromkeys(findings), key=lambda finding: (finding.file, finding.line, finding.column))
    if publication is None or any(finding.severity is Severity.ERROR for finding in findings):
        raise ContentError(findings)
    return LoadedPublication(folder, publication, tuple(findings), _source_files(reader, publication), reader.roots)


def _source_files(reader: _Reader, publication: Publication) -> tuple[Path, ...]:
    photos = {person.photo.file for person in publication.people.values() if person.photo}
    for session in publication.programme.sessions:
        photos |= {item.photo.file for item in (*session.hosts, *session.items) if item.photo}
    if publication.report:
        photos |= {figure.image.file for figure in publication.report.figures if figure.image}
    return tuple(sorted({*reader.read, *(reader.folder / photo for photo in photos)}))


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.roots: dict[str, Node] = {}
        self.read: list[Path] = []

    def check_folder(self) -> None:
        """Refuse what is no publication before looking for its files."""
        if not self.folder.exists():
            message, hint = f"there is no folder {self.folder}", "name the folder that holds booklet.yaml"
        elif not self.folder.is_dir():
            message, hint = f"{self.folder} is a file", "name the folder that holds booklet.yaml"
        elif not any((self.folder / name).exists() for name in _REQUIRED):
            message, hint = f"{self.folder} holds no publication", f"it needs {', '.join(_REQUIRED)}"
        else:
            return
        raise ContentError([Finding("HK006", Severity.ERROR, message, hint)])

    def publication(self) -> Publication | None:
        booklet = self._model("booklet.yaml", Booklet)
        organisations = self._table("organisations.yaml", Organisation)
        people = self._table("people.yaml", Person)
        programme = self._model("programme.yaml", Programme)
        report = self._model("report.yaml", Report)
        languages = booklet.languages if booklet else ("zh-Hans",)
        summaries = self._summaries([LANGUAGE_KEYS[language] for language in languages])
        if any(finding.severity is Severity.ERROR for finding in self.findings) and None in (booklet, programme):
            return None
        if booklet is None or programme is None:
            return None
        return Publication.model_construct(
            booklet=booklet,
            organisations=organisations,
            people=people,
            programme=programme,
            report=report,
            summaries=summaries,
        )

    def _text(self, name: str) -> str | None:
        """The text of a file; None, with a finding where it is due, when there is none."""
        path = self.folder / name
        if not path.exists() and not path.is_symlink():
            if name in _REQUIRED:
                self._say(
                    "HK006", f"{name} is missing", "a publication needs booklet.yaml, people.yaml, programme.yaml", name
                )
            return None
        if not path.resolve().is_relative_to(self.folder.resolve()):
            self._say("HK007", f"{name} is a link out of the publication's folder", "put the file itself here", name)
            return None
        try:
            size = path.stat().st_size
            raw = path.read_bytes() if size <= 4 * LARGEST_FILE else b""
        except OSError as error:
            self._say("HK007", f"{name} cannot be read: {error.strerror}", "", name)
            return None
        if size > 4 * LARGEST_FILE:
            self._say("HK001", "the file is larger than 8 MB", "split it, or check what it holds", name)
            return None
        self.read.append(path)
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self._say("HK008", "not UTF-8 text", "save the file with the encoding UTF-8", name, line)
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _say(self, code: str, message: str, hint: str, file: str, line: int = 1, column: int = 1) -> None:
        self.findings.append(Finding(code, Severity.ERROR, message, hint, file, line, column))

    def _root(self, name: str) -> Node | None:
        text = self._text(name)
        if text is None:
            return None
        return self._parsed(text, name)

    def _parsed(self, text: str, name: str, first_line: int = 1, offset: int = 0) -> Node | None:
        try:
            root, duplicates = read_yaml(text, name, first_line=first_line, offset=offset)
        except YamlProblemError as problem:
            self.findings.append(problem.finding)
            return None
        self.findings += duplicates
        if root is None or root.value is None:
            root = Node({}, Place(name, first_line, 1, offset, offset))
        if not isinstance(root.value, dict):
            self._say(
                "HK010", "expected a map of keys", "write KEY: VALUE lines", name, root.place.line, root.place.column
            )
            return None
        self.roots[name] = root
        return root

    def _model(self, name: str, model: type[M]) -> M | None:
        root = self._root(name)
        return None if root is None else self._validated(root, model, name)

    def _validated(self, node: Node, model: type[M], name: str) -> M | None:
        try:
            return model.model_validate(node.plain())
        except ValidationError as error:
            self.findings += findings_of(error, model, node, name)
            return None

    def _table(self, name: str, model: type[M]) -> dict[str, M]:
        """A file that maps ids to entries; a wrong entry does not hide the others."""
        root = self._root(name)
        entries: dict[str, M] = {}
        for key, node in (root.value if root else {}).items():
            if not _is_id(key):
                place = root.keys[key] if root else node.place
                hint = "use lower-case Latin letters, digits and single hyphens: wang-zhicheng"
                self._say("HK010", f"{key!r} is no id", hint, name, place.line, place.column)
            entry = self._validated(node, model, name)
            if entry is not None:
                entries[key] = entry
        return entries

    def _summaries(self, keys: list[str]) -> dict[str, Summary]:
        folder = self.folder / "summaries"
        if not folder.is_dir():
            return {}
        first = keys[0]
        prose: dict[str, dict[str, str]] = {}
        lines: dict[str, dict[str, int]] = {}
        appearances: dict[str, str] = {}
        for path in sorted(folder.glob("*.md")):
            name = f"summaries/{path.name}"
            id, _, key = path.name.removesuffix(".md").partition(".")
            if key and key not in LANGUAGE_KEYS.values():
                self._say("HK024", f"{key!r} is no language", "name a translation ID.en.md or ID.zh.md", name)
                continue
            if not _is_id(id):
                self._say("HK010", f"{id!r} is no id", "name the file wang-zhicheng.md", name)
                continue
            text = self._text(name)
            if text is None:
                continue
            matter, body, line = self._front_matter(text, name)
            if matter is None:
                continue
            if key in {"", first}:
                checked = self._validated(matter, SummaryMatter, name)
                if checked:
                    appearances[id] = checked.appearance
            else:
                self._validated(matter, TranslationMatter, name)
            prose.setdefault(id, {})[key or first] = body
            lines.setdefault(id, {})[key or first] = line
        summaries = {}
        for id, texts in prose.items():
            if first not in texts:
                other = next(iter(texts))
                self._say("HK025", f"a translation without summaries/{id}.md", "", f"summaries/{id}.{other}.md")
            elif id in appearances:
                ordered = {first: texts[first], **texts}
                summaries[id] = Summary(id=id, appearance=appearances[id], prose=ordered, first_line=lines[id])
        return summaries

    def _front_matter(self, text: str, name: str) -> tuple[Node | None, str, int]:
        """The marked front matter, the Markdown below it, and the line on which that begins."""
        lines = text.split("\n")
        if lines[0].rstrip() != _FENCE:
            return Node({}, Place(name, 1, 1, 0, 0)), text, 1
        for end in range(1, len(lines)):
            if lines[end].rstrip() == _FENCE:
                matter = "\n".join(lines[1:end])
                node = self._parsed(matter, name, first_line=2, offset=len(lines[0]) + 1)
                return node, "\n".join(lines[end + 1 :]), end + 2
        self._say("HK009", "the front matter does not end", "close it with a line ---", name)
        return None, "", 1


_ID: Any = TypeAdapter(Id)


def _is_id(word: str) -> bool:
    try:
        _ID.validate_python(word)
    except ValidationError:
        return False
    return True
