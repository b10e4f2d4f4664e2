"""Merged words carried into the content files: which scalar or Markdown text a field is, and what it becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from huikan.content.load import LoadedPublication
from huikan.content.marks import Node, Place, YamlProblemError, read_yaml
from huikan.finding import ContentError, Finding, Severity
from huikan.review.kinds import Kinds
from huikan.review.markdown_edit import edit_blocks, edit_note
from huikan.review.markdown_leaves import UnwritableError
from huikan.review.paragraph_hunks import hunks
from huikan.review.rich import Rich, paragraphs_of, text_of
from huikan.review.rows import NewRow
from huikan.review.source_file import SourceFile
from huikan.review.table_form import Places, places_in_markdown
from huikan.review.yaml_edit import block_entry, edited_scalar, inserted_key

_NOTE = re.compile(r"(?P<prose>.*[#/])fn(?P<number>\d+)")
_SEPARATOR = "\0"


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a field in its file: scalars that hold its parts, or a stretch of a Markdown file."""

    file: str
    nodes: tuple[tuple[Node, bool], ...] = ()
    stretch: tuple[int, int] = (0, 0)


_RANKS = ("副", "常务", "执行", "首席", "高级", "资深", "名誉", "荣誉", "代理", "助理", "候任", "前", "原")
"""What a Chinese office begins with: typed between a body and an office, it belongs to the office."""
_FENCE = "---"
_TEXT_KEYS = {"zh", "en", "note"}
_NOTED = {
    "people.yaml": re.compile(r"[^.]+"),
    "organisations.yaml": re.compile(r"[^.]+"),
    "programme.yaml": re.compile(r"sessions\.[^.]+(?:\.(?:hosts|items)\.[^.]+)?"),
    "report.yaml": re.compile(r"(?:figures\.\d+)?"),
    "booklet.yaml": re.compile(r"(?:imprint)?"),
}
"""The maps of each file that may have a note, beside texts by language and heads of summaries."""


class ContentEditor:
    """Gathers changes of content files; nothing is written to disk."""

    def __init__(self, loaded: LoadedPublication) -> None:
        self._loaded = loaded
        self.files: dict[str, SourceFile] = {}
        self._markdown: dict[str, str] = {}
        self._expected: dict[str, dict[int, str]] = {}
        self._headless: dict[str, Node] = {}
        self._added: dict[str, dict[int, dict[str, str]]] = {}
        self._keys: dict[tuple[str, int], tuple[Node, dict[str, str]]] = {}

    def carried(self, key: str, now: Rich, wanted: Rich) -> tuple[str, ...]:
        """The parts of the field's text once it prints as `wanted` where it prints as `now`.

        Raises UnwritableError when a part would be empty.
        """
        parts = tuple(str(node.value) for node, _ in self._source(key).nodes)
        made = _carried(_SEPARATOR.join(parts), text_of(now), text_of(wanted)).split(_SEPARATOR)
        if len(made) != len(parts) or any(not part.strip() for part in made):
            raise UnwritableError("a part of it would be empty: change the list by hand")
        return tuple(made)

    def set_parts(self, key: str, parts: Sequence[str]) -> None:
        """Write a field's text."""
        source = self._source(key)
        file = self._file(source.file)
        for (node, in_flow), value in zip(source.nodes, parts, strict=True):
            self._set_scalar(source.file, file, node, value, in_flow)

    def _set_scalar(self, name: str, file: SourceFile, node: Node, value: str, in_flow: bool) -> None:
        if str(node.value) != value:
            file.replace(*edited_scalar(file.text, node, value, in_flow=in_flow))
            self._expected.setdefault(name, {})[id(node)] = value

    def add_note(self, key: str, words: str) -> None:
        """Add words to the note of a field, or of what it belongs to, unless they stand there already.

        Raises UnwritableError when there is no place for it.
        """
        name, node = self._noted(key)
        note = node.child("note")
        held = self._keys_of(name, node).get("note", str(note.value) if note else "").rstrip()
        if words in held:
            return
        is_line = note is not None and self._file(name).text[note.place.start : note.place.start + 1] not in {"|", ">"}
        separator = "; " if is_line else "\n"
        self._keys_of(name, node)["note"] = f"{held}{separator}{words}" if held else words

    def set_review(self, person: str, status: str) -> None:
        """Write how far the review of a person has come."""
        node = self._loaded.roots["people.yaml"].child(person)
        assert node is not None
        self._keys_of("people.yaml", node)["review"] = status

    def _keys_of(self, name: str, node: Node) -> dict[str, str]:
        """The keys of a map that are to have new values."""
        return self._keys.setdefault((name, id(node)), (node, {}))[1]

    def _write_keys(self) -> None:
        for (name, _), (node, values) in self._keys.items():
            file = self._file(name)
            for key, value in values.items():
                child = node.child(key)
                if child is not None:
                    in_flow = file.text[node.place.start : node.place.start + 1] == "{"
                    self._set_scalar(name, file, child, value, in_flow)
                else:
                    file.replace(*_added_key(file.text, node, key, value))
                    self._added.setdefault(name, {}).setdefault(id(node), {})[key] = value

    def _noted(self, key: str) -> tuple[str, Node]:
        """The innermost map that a field is or lies in and that may have a note."""
        file, _, path = key.partition("#")
        root = self._loaded.roots.get(file)
        if root is None and file in self._loaded.bodies:
            return file, self._headless.setdefault(file, Node({}, Place(file, 1, 1, 0, 0)))
        node, taken, found = root, "", None
        for step in ["", *path.partition("/")[0].split(".")]:
            node = node.child(step) if step and node else node
            if node is None:
                break
            taken = f"{taken}.{step}" if taken else step
            if isinstance(node.value, dict) and self._may_have_note(file, taken, node):
                found = node
        if found is None:
            raise UnwritableError("there is no place for a note")
        return file, found

    def _may_have_note(self, file: str, path: str, node: Node) -> bool:
        if file in self._loaded.bodies:
            return not path
        return set(node.value) <= _TEXT_KEYS or bool(_NOTED[file].fullmatch(path))

    def verify(self) -> None:
        """Read every changed YAML file again: what was to change has, and nothing else.

        Raises ContentError when a file would not be read back as meant; nothing has been written then.
        """
        problems = []
        for name in {**self._expected, **self._added}:
            values, added = self._expected.get(name, {}), self._added.get(name, {})
            before = self._loaded.roots.get(name) or self._headless[name]
            try:
                root, _ = read_yaml(_yaml_of(self.files[name].edited_text, name), name)
                same = root is not None and root.plain() == _with_values(before, values, added)
            except YamlProblemError:
                same = False
            if not same:
                message = "would not be read back as merged; nothing was written"
                problems.append(Finding("HK077", Severity.ERROR, message, "change it by hand", name))
        if problems:
            raise ContentError(problems)

    def set_prose(
        self,
        key: str,
        now: Rich,
        wanted: Rich,
        kinds: Kinds = MappingProxyType({}),
        rows: Sequence[NewRow] = (),
        in_rows: Rich = (),
    ) -> None:
        """Change the blocks of a prose field, or the words of one of its notes.

        `kinds` are those of new blocks, `rows` the new ones of its tables, `in_rows` its tables row by row.

        Raises UnwritableError when Markdown cannot say it.
        """
        note = _NOTE.fullmatch(key)
        prose = note["prose"] if note else key
        before = self._markdown.get(prose) or self._prose(prose)
        if note:
            self._markdown[prose] = edit_note(before, int(note["number"]), now, wanted)
        else:
            self._markdown[prose] = edit_blocks(before, paragraphs_of(now), paragraphs_of(wanted), kinds, rows, in_rows)

    def places(self, key: str) -> Places | None:
        """Where the blocks of a prose field stand in tables, as the content is now; None if that cannot be told."""
        try:
            return places_in_markdown(self._prose(key))
        except UnwritableError:
            return None

    def finish(self) -> dict[str, SourceFile]:
        """The changed files by name."""
        for key, markdown in self._markdown.items():
            source = self._source(key)
            file = self._file(source.file)
            if source.nodes:
                ((node, in_flow),) = source.nodes
                self._set_scalar(source.file, file, node, markdown, in_flow)
            else:
                file.replace(*source.stretch, markdown)
        self._write_keys()
        return {name: file for name, file in self.files.items() if file.after != file.before}

    def _file(self, name: str) -> SourceFile:
        if name not in self.files:
            self.files[name] = SourceFile(self._loaded.folder / name)
        return self.files[name]

    def _prose(self, key: str) -> str:
        source = self._source(key)
        if not source.nodes:
            return self._file(source.file).text[slice(*source.stretch)]
        if len(source.nodes) > 1:
            raise UnwritableError("it is written as a list: change it by hand")
        return str(source.nodes[0][0].value)

    def _source(self, key: str) -> SourceText:
        file, _, path = key.partition("#")
        if not path or path == "/":
            place = self._loaded.bodies.get(file)
            if place is None:
                raise UnwritableError("it is no longer in the content")
            return SourceText(file, stretch=(place.start, place.end))
        node: Node | None = self._loaded.roots.get(file)
        text = self._file(file).text if node else ""
        in_flow = False
        for step in path.rstrip("/").split("."):
            if node is None:
                break
            in_flow = in_flow or text[node.place.start : node.place.start + 1] in {"{", "["}
            node = node.child(step)
        if node is None or isinstance(node.value, dict):
            raise UnwritableError("it is no longer in the content")
        if isinstance(node.value, list):
            in_flow = in_flow or text[node.place.start : node.place.start + 1] == "["
            return SourceText(file, tuple((part, in_flow) for part in node.value))
        return SourceText(file, ((node, in_flow),))


def _with_values(node: Node, values: dict[int, str], added: dict[int, dict[str, str]]) -> object:
    """The plain value of a tree in which some scalars have new values and some maps more keys."""
    if isinstance(node.value, dict):
        old = {key: _with_values(child, values, added) for key, child in node.value.items()}
        return old | added.get(id(node), {})
    if isinstance(node.value, list):
        return [_with_values(child, values, added) for child in node.value]
    return values.get(id(node), node.value)


def _yaml_of(text: str, name: str) -> str:
    """The YAML of a content file: all of it, or the head of a summary."""
    if not name.endswith(".md"):
        return text
    lines = text.split("\n")
    end = next(number for number, line in enumerate(lines) if number and line.rstrip() == _FENCE)
    return "\n".join(lines[1:end])


def _added_key(text: str, node: Node, key: str, value: str) -> tuple[int, int, str]:
    if node.value:
        return inserted_key(text, node, key, value)
    line = block_entry("", key, value)
    if text.startswith(_FENCE):
        return node.place.start, node.place.start, f"{line}\n"
    return 0, 0, f"{_FENCE}\n{line}\n{_FENCE}\n\n"


def _carried(source: str, now: str, wanted: str) -> str:
    """`source`, which prints as `now`, changed as `now` is changed to become `wanted`."""
    at: list[int | None] = [None] * len(now)
    place = new_place = 0
    for hunk in [*hunks(source, now), None]:
        end = hunk.start if hunk else len(source)
        for step in range(end - place):
            at[new_place + step] = place + step
        if hunk:
            place, new_place = hunk.end, hunk.new_end
    made, done = [], 0
    for hunk in hunks(now, wanted):
        added = wanted[hunk.new_start : hunk.new_end].replace("\n", " ")
        gone = [place for place in at[hunk.start : hunk.end] if place is not None]
        before = next((place for place in reversed(at[: hunk.start]) if place is not None), None)
        after = next((place for place in at[hunk.end :] if place is not None), None)
        if gone:
            start = gone[0]
        elif after is not None and hunk.start and at[hunk.start - 1] is None:
            start = after  # behind what joins two parts
        else:
            start = 0 if before is None else before + 1
            if source[start : start + 1] == _SEPARATOR and added.startswith(_RANKS):
                start += 1
        start = max(done, start)
        made += [source[done:start], added]
        done = start
        for place in gone:
            made.append(source[done:place])
            done = place + 1
    return "".join(made) + source[done:]
