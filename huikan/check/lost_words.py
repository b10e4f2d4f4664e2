"""Text: words that stand in the files and would be printed nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from huikan.check.passages import Passage
from huikan.check.registry import Remark, at, in_source, rule
from huikan.check.subject import Subject
from huikan.check.tables import rows_of_tables
from huikan.content.markdown import line_starts, parser
from huikan.content.marks import Node
from huikan.finding import Severity

_NOTE = re.compile(r"^[ \t>]*(?:[-*+] +|\d+[.)] +)?(\[\^([^\]\s]+)\]:)[ \t]*(.*)$", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]+(#(?![ \t]*huikan:)[^\s#].*)")


class _Asked(dict[str, Any]):
    """Addresses of links by label; it knows which were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        if label in self:
            self.labels.add(label)
        return super().get(label, default)


@rule("HK228", Severity.WARNING)
def nothing_written_is_lost(subject: Subject) -> Iterator[Remark]:
    """Nothing that is written is lost in print.

    Markdown passes over the cells of a row that its table has no columns for, a note `[^1]: …` that no `[^1]` refers
    to, the first of two notes of one name, and a line `[word]: …`, which gives an address to links. In YAML ` #` begins
    a comment also in the middle of a text: `会展中心 #2馆` prints 会展中心.
    """
    for passage in subject.markup:
        environment: dict[str, Any] = {"references": _Asked()}
        tokens = parser().parse(passage.text, environment)
        lines = line_starts(passage.text)
        yield from _cells(passage, tokens, lines)
        yield from _notes(passage, environment)
        yield from _addresses(passage, environment, lines)
    texts = {(passage.file, passage.start) for passage in subject.passages}
    for file, root in subject.loaded.roots.items():
        if file in subject.sources:
            yield from _comments(root, file, subject.sources[file], texts)


def _cells(passage: Passage, tokens: list[Any], lines: list[int]) -> Iterator[Remark]:
    for columns, cells, _ in rows_of_tables(passage.text, tokens, lines):
        lost = [(begin, end) for begin, end in cells[columns:] if begin < end]
        if lost:
            words = passage.text[lost[0][0] : lost[-1][1]]
            message = f"the table has {columns} columns, this row {len(cells)}: “{words}” is not printed"
            hint = "add a column to the head and to the line of hyphens, or write \\| for a bar inside a cell"
            yield at(passage, lost[0][0], lost[-1][1], message, hint)


def _notes(passage: Passage, environment: dict[str, Any]) -> Iterator[Remark]:
    known: dict[str, int] = environment.get("footnotes", {}).get("refs", {})
    written = [found for found in _NOTE.finditer(passage.text) if f":{found[2]}" in known]
    left = Counter(found[2] for found in written)
    for found in written:
        left[found[2]] -= 1
        name = f"[^{found[2]}]"
        if known[f":{found[2]}"] < 0:
            message = f"nothing refers to the note {name}: it is not printed"
            yield at(passage, *found.span(1), message, f"write {name} where it belongs, or delete the note")
        elif left[found[2]]:
            message = f"there is a second note {name} below: this one is not printed"
            yield at(passage, *found.span(1), message, "give one of them another name, in its place of the text too")
        elif not found[3].strip() and not re.match(r"(?:\n[ \t]*)*\n(?: {4}|\t)\S", passage.text[found.end() :]):
            yield at(passage, *found.span(1), f"the note {name} is empty", "write its words behind the colon")


def _addresses(passage: Passage, environment: dict[str, Any], lines: list[int]) -> Iterator[Remark]:
    given = environment["references"]
    unused = [entry for label, entry in given.items() if label not in given.labels]
    for entry in [*unused, *environment.get("duplicate_refs", [])]:
        first, last = entry["map"]
        line = passage.text[lines[first] : lines[last] - 1].rstrip()
        begin = lines[first] + len(line) - len(line.lstrip(" \t>"))
        message = f"“{line.strip()}” is read as the address of a link, and not printed"
        hint = "write ： for the colon if it is a text; a link needs [words](https://…) alone"
        yield at(passage, begin, lines[first] + len(line), message, hint)


def _comments(node: Node, file: str, source: str, texts: set[tuple[str, int]]) -> Iterator[Remark]:
    """Ends of texts that were read as comments; behind an id or a word of the content model nothing else stands."""
    if isinstance(node.value, (dict, list)):
        for below in node.value.values() if isinstance(node.value, dict) else node.value:
            yield from _comments(below, file, source, texts)
        return
    found = _COMMENT.match(source, node.place.end) if isinstance(node.value, str) else None
    if found and (file, node.place.start) in texts and source[node.place.start : node.place.end] == node.written:
        message = f"“{found[1]}” is read as a comment, and not printed"
        hint = f'put the text in quotation marks: "{node.written}{found[0]}", or write a blank behind # for a comment'
        yield in_source(file, found.start(1), message, hint)
