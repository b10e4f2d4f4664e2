"""YAML with marks: the plain values of a file, and for every key and value its place in the text.

Only what `yaml.safe_load` would accept, less the traps of YAML 1.1: `no` and `on` are words, `10:30` is a time.
Size, nesting and the expansion of aliases are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from huikan.finding import Finding, Severity

LARGEST_FILE = 8 * 1024 * 1024
DEEPEST_NESTING = 64
MOST_VALUES = 400_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TIME = re.compile(r"\d{1,2}:\d\d(:\d\d)?")
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file. Lines and columns count from 1; `start` and `end` are offsets in characters."""

    file: str
    line: int
    column: int
    start: int
    end: int


@dataclass(slots=True)
class Node:
    """A value and its place. `value` is plain data for a scalar, a list of nodes, or a map of keys to nodes."""

    value: Any
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value as plain lists, maps and scalars."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def child(self, step: str | int) -> Node | None:
        """The node one step down: by key, by 0-based index, or by the `id` or `person` of a list's element."""
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if not isinstance(self.value, list):
            return None
        named = [node for node in self.value if node.name == step]
        if len(named) == 1:
            return named[0]
        index = int(step) if str(step).isdecimal() else -1
        return self.value[index] if 0 <= index < len(self.value) else None

    @property
    def name(self) -> object:
        """What an element of a list is called by: its `id`, else its `person`, else itself if it is a word."""
        if isinstance(self.value, dict):
            named = self.value.get("id") or self.value.get("person")
            return named.value if named else None
        return self.value


class YamlProblemError(Exception):
    """The file is no YAML that huikan reads; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def read_yaml(text: str, file: str, *, first_line: int = 1, offset: int = 0) -> tuple[Node | None, list[Finding]]:
    """The marked tree of a YAML text (None if it is empty), and one finding for each duplicate key.

    `first_line` and `offset` shift the places, for YAML that begins inside a file.
    Raises YamlProblemError for broken, oversized or too deeply nested YAML.
    """
    if len(text) > LARGEST_FILE:
        raise YamlProblemError(
            Finding("HK001", Severity.ERROR, "the file is larger than 8 MB", "split it, or check what it holds", file)
        )
    builder = _Builder(file, first_line - 1, offset)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise YamlProblemError(_syntax_finding(error, text, file, first_line)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, max(error.position, 0)) + first_line
        message = f"the character U+{_code(error.character):04X} cannot stand in YAML"
        raise YamlProblemError(Finding("HK002", Severity.ERROR, message, "delete it", file, line, 1)) from error
    return builder.root, builder.findings


def _code(character: Any) -> int:
    return character if isinstance(character, int) else ord(str(character)[:1] or "\0")


def _syntax_finding(error: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Finding:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    around = lines[line]
    hint = "check the indentation, the colon and the quotation marks of this line and the one above"
    message = f"not YAML: {error.problem or error.context or 'unreadable'}"
    if "\t" in around[: len(around) - len(around.lstrip())] or "\\t" in str(error.problem):
        message, hint = "a tab in the indentation", "indent with spaces, two for each level"
    elif "mapping values are not allowed" in str(error.problem):
        hint = 'put a text that holds ": " in quotation marks'
    return Finding("HK002", Severity.ERROR, message, hint, file, line + first_line, column + 1)


class _Builder:
    """Builds the tree from the parser's events; nothing recurses, so nesting cannot exhaust the stack."""

    def __init__(self, file: str, line_shift: int, offset: int) -> None:
        self.file, self.line_shift, self.offset = file, line_shift, offset
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.stack: list[tuple[Node, list[tuple[str, Place]]]] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.values = 0
        self.open_anchors: list[tuple[str | None, int]] = []
        self.documents = 0
        self.scalars = yaml.SafeLoader("")

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse("HK003", "a second document begins", "delete the line ---", event)
        elif isinstance(event, yaml.ScalarEvent):
            self._add(Node(self._scalar(event), self._place(event)), event, event.anchor)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            if len(self.stack) >= DEEPEST_NESTING:
                self._refuse("HK004", f"nested deeper than {DEEPEST_NESTING} levels", "flatten it", event)
            if self.stack and isinstance(self.stack[-1][0].value, dict) and not self.stack[-1][1]:
                self._refuse("HK003", "a key must be a word", "write KEY: VALUE", event)
            node = Node([] if isinstance(event, yaml.SequenceStartEvent) else {}, self._place(event))
            self._add(node, event, None)
            self.stack.append((node, []))
            self.open_anchors.append((event.anchor, self.values))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            node, _ = self.stack.pop()
            anchor, before = self.open_anchors.pop()
            if anchor:
                self.anchors[anchor] = (node, self.values - before + 1)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                self._refuse("HK003", f"*{event.anchor} refers to nothing above", "write the value itself", event)
            node, size = self.anchors[event.anchor]
            self._count(size, event)
            self._add(node, event, None)

    def _add(self, node: Node, event: yaml.Event, anchor: str | None) -> None:
        self._count(1, event)
        if anchor:
            self.anchors[anchor] = (node, 1)
        if not self.stack:
            self.root = node
            return
        parent, pending = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif not pending:
            pending.append((self._key(node, event), node.place))
        else:
            key, place = pending.pop()
            if key in parent.keys:
                first = parent.keys[key]
                hint = f"keep one of them; the first stands on line {first.line}"
                self.findings.append(
                    Finding("HK005", Severity.ERROR, f"{key!r} stands twice", hint, self.file, place.line, place.column)
                )
                return
            parent.keys[key] = place
            parent.value[key] = node

    def _key(self, node: Node, event: yaml.Event) -> str:
        if isinstance(node.value, (dict, list)):
            self._refuse("HK003", "a key must be a word", "write KEY: VALUE", event)
        if isinstance(event, yaml.ScalarEvent):
            if event.value == "<<" and event.style is None:
                self._refuse("HK003", "merge keys (<<) are not read", "write the keys out", event)
            return str(event.value)
        return str(node.value)

    def _count(self, number: int, event: yaml.Event) -> None:
        self.values += number
        if self.values > MOST_VALUES:
            self._refuse("HK004", "aliases expand to too many values", "write the values out", event)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if event.tag and event.tag not in {"!", "tag:yaml.org,2002:str"}:
            self._refuse("HK003", f"the tag {event.tag} is not read", "delete it", event)
        if event.style is not None or event.tag:
            return event.value
        if _TIME.fullmatch(event.value):
            return event.value
        tag = self.scalars.resolve(yaml.ScalarNode, event.value, (True, False))
        if tag == "tag:yaml.org,2002:bool":
            return _BOOLEANS.get(event.value.casefold(), event.value)
        if tag in {"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"}:
            return event.value
        try:
            return self.scalars.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError, yaml.YAMLError):
            return event.value

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None, "the parser marks every event"
        assert end is not None
        return Place(
            self.file,
            start.line + 1 + self.line_shift,
            start.column + 1,
            start.index + self.offset,
            end.index + self.offset,
        )

    def _refuse(self, code: str, message: str, hint: str, event: yaml.Event) -> None:
        place = self._place(event)
        raise YamlProblemError(Finding(code, Severity.ERROR, message, hint, self.file, place.line, place.column))
