"""YAML with marks: the plain values of a file, and for every key and value its place in the text.

Only what `yaml.safe_load` would accept, less the traps of YAML 1.1: `no` and `on` are words, `10:30` is a time,
`010` is no octal number.
Size, nesting and the expansion of aliases are bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

import yaml

from huikan.content.broken_yaml import why_broken
from huikan.finding import Finding, Severity

LARGEST_FILE = 8 * 1024 * 1024
DEEPEST_NESTING = 64
MOST_VALUES = 400_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_TIME = re.compile(r"\d{1,2}:\d\d(:\d\d)?")
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file. Lines and columns count from 1.

    `start` and `end` are offsets in characters of the file's text without a byte order mark, each line end one `\\n`.
    """

    file: str
    line: int
    column: int
    start: int
    end: int


@dataclass(slots=True)
class Node:
    """A value and its place. `value` is plain data for a scalar, a list of nodes, or a map of keys to nodes.

    `written` is a scalar as it stands in the file, where `value` may be the number or date that YAML makes of it.
    """

    value: Any
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)
    written: str = ""

    def plain(self) -> Any:
        """The value as plain lists, maps and scalars."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def without(self, steps: tuple[str | int, ...]) -> Node:
        """A copy without what stands at the end of `steps`; empty if that is the whole."""
        if not steps or not isinstance(self.value, (dict, list)):
            return Node({}, self.place)
        (first, *rest), value = steps, self.value
        pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
        kept = [
            (key, node.without(tuple(rest)) if key == first else node) for key, node in pairs if rest or key != first
        ]
        left = dict(kept) if isinstance(value, dict) else [node for _, node in kept]
        return Node(left, self.place, self.keys, self.written)

    def child(self, step: str | int) -> Node | None:
        """The node one step down: by key, by 0-based index, or by the `id` or `person` of a list's element."""
        if isinstance(self.value, dict):
            below: Node | None = self.value.get(str(step))
            return below
        if not isinstance(self.value, list):
            return None
        index = int(step) if str(step).isdecimal() else -1
        # `1` in a list of texts is a position, even where one of the texts is "1"
        named: list[Node] = [
            node for node in self.value if node.name == step and (index < 0 or isinstance(node.value, dict))
        ]
        if len(named) == 1:
            return named[0]
        at: Node | None = self.value[index] if 0 <= index < len(self.value) else None
        return at

    @property
    def name(self) -> object:
        """What an element of a list is called by: its `id`, else its `person`, else itself if it is a word."""
        if isinstance(self.value, dict):
            named = self.value.get("id") or self.value.get("person")
            return named.value if named else None
        return self.value


class YamlProblemError(Exception):
    """The file is no YAML that huikan reads; `finding` says where and why.

    `at` is the offset in the text of what is wrong, `stopped` that at which the parser could not go on; -1 where
    there is no one place.
    """

    def __init__(self, finding: Finding, at: int = -1, stopped: int = -1) -> None:
        self.finding, self.at, self.stopped = finding, at, stopped
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
    lines = Lines(text, file, first_line, offset)
    strange = _FORBIDDEN.search(text)
    if strange:
        raise YamlProblemError(_forbidden_finding(strange, lines))
    builder = _Builder(lines)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        finding, at = _syntax_finding(error, text, lines)
        mark = error.problem_mark or error.context_mark
        raise YamlProblemError(finding, at, mark.index if mark else -1) from error
    return builder.root, builder.findings


def character_findings(text: str, file: str) -> list[Finding]:
    """The first character of a text that cannot be printed or kept in a document: a control, a surrogate, a mark."""
    strange = _FORBIDDEN.search(text)
    return [_forbidden_finding(strange, Lines(text, file))] if strange else []


def _forbidden_finding(strange: re.Match[str], lines: Lines) -> Finding:
    message = f"the character U+{ord(strange[0]):04X} cannot stand in a text"
    place = lines.place(strange.start(), strange.end())
    return Finding("HK002", Severity.ERROR, message, "delete it", place.file, place.line, place.column)


class Lines:
    """Lines and columns of a text that begins at `first_line` and `offset` of a file.

    A line ends with a line feed alone, as in editors; YAML's own count takes U+2028 and others for line ends.
    """

    def __init__(self, text: str, file: str, first_line: int = 1, offset: int = 0) -> None:
        self.file, self.first_line, self.offset = file, first_line, offset
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, start: int, end: int) -> Place:
        """The place of the characters from `start` to before `end`."""
        line = bisect_right(self.starts, start) - 1
        column = start - self.starts[line] + 1
        return Place(self.file, line + self.first_line, column, start + self.offset, end + self.offset)


def _syntax_finding(error: yaml.MarkedYAMLError, text: str, lines: Lines) -> tuple[Finding, int]:
    """What is wrong, and its offset in the text."""
    slip = why_broken(error, text, lines.first_line)
    deep = f"nested deeper than {DEEPEST_NESTING} levels"  # the parser's own bound, in some of its versions
    message = deep if slip.code == "HK004" else f"not YAML: {slip.message}"
    place = lines.place(slip.offset, slip.offset)
    finding = Finding(slip.code, Severity.ERROR, message, slip.hint, place.file, place.line, place.column)
    return finding, slip.offset


class _Builder:
    """Builds the tree from the parser's events; nothing recurses, so nesting cannot exhaust the stack."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.stack: list[tuple[Node, list[tuple[str, Place]]]] = []
        self.anchors: dict[str, tuple[Node, int, int]] = {}
        """By anchor: the node, how many values it holds, how many levels deep it is."""
        self.values = 0
        self.open_anchors: list[tuple[str | None, int, int]] = []
        self.documents = 0
        self.scalars: Any = yaml.SafeLoader("")

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse("HK003", "a second document begins", "delete the line ---", event)
        elif isinstance(event, yaml.ScalarEvent):
            self._add(Node(self._scalar(event), self._place(event), written=event.value), event, event.anchor)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._descend(0, event)
            if event.tag and event.tag != "!":
                self._refuse("HK003", f"the tag {event.tag} is not read", "delete it", event)
            if self.stack and isinstance(self.stack[-1][0].value, dict) and not self.stack[-1][1]:
                self._refuse("HK003", "a key must be a word", "write KEY: VALUE", event)
            node = Node([] if isinstance(event, yaml.SequenceStartEvent) else {}, self._place(event))
            self._add(node, event, None)
            self.stack.append((node, []))
            self.open_anchors.append((event.anchor, self.values, 0))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            node, _ = self.stack.pop()
            node.place = self._whole(node, event)
            anchor, before, depth = self.open_anchors.pop()
            self._deepen(depth + 1)
            if anchor:
                self.anchors[anchor] = (node, self.values - before + 1, depth + 1)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor is None or event.anchor not in self.anchors:
                self._refuse("HK003", f"*{event.anchor} refers to nothing above", "write the value itself", event)
            node, size, depth = self.anchors[event.anchor]
            self._count(size, event)
            self._descend(depth, event)
            self._deepen(depth)
            self._add(node, event, None)

    def _descend(self, depth: int, event: yaml.Event) -> None:
        if len(self.stack) + depth >= DEEPEST_NESTING:
            self._refuse("HK004", f"nested deeper than {DEEPEST_NESTING} levels", "flatten it", event)

    def _deepen(self, depth: int) -> None:
        """Tell the open list or map that something `depth` levels deep stands in it."""
        if self.open_anchors:
            anchor, before, known = self.open_anchors[-1]
            self.open_anchors[-1] = (anchor, before, max(known, depth))

    def _add(self, node: Node, event: yaml.Event, anchor: str | None) -> None:
        self._count(1, event)
        if anchor:
            self.anchors[anchor] = (node, 1, 0)
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
                    Finding(
                        "HK005", Severity.ERROR, f"{key!r} stands twice", hint, place.file, place.line, place.column
                    )
                )
                return
            parent.keys[key] = place
            parent.value[key] = node

    def _key(self, node: Node, event: yaml.Event) -> str:
        if isinstance(node.value, (dict, list)):
            self._refuse("HK003", "a key must be a word", "write KEY: VALUE", event)
        if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
            self._refuse("HK003", "merge keys (<<) are not read", "write the keys out", event)
        if not node.written.strip():
            self._refuse("HK003", "a key must be a word", "write KEY: VALUE", event)
        return node.written

    def _count(self, number: int, event: yaml.Event) -> None:
        self.values += number
        if self.values > MOST_VALUES:
            self._refuse("HK004", "aliases expand to too many values", "write the values out", event)

    def _whole(self, node: Node, end: yaml.Event) -> Place:
        """The place of a list or map to its bracket, or without brackets to the end of its last value."""
        closing = self._place(end)
        if closing.end > closing.start:
            return replace(node.place, end=closing.end)
        below = node.value.values() if isinstance(node.value, dict) else node.value
        return replace(node.place, end=max([node.place.end, *(child.place.end for child in below)]))

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if event.tag and event.tag not in {"!", "tag:yaml.org,2002:str"}:
            self._refuse("HK003", f"the tag {event.tag} is not read", "delete it", event)
        strange = _FORBIDDEN.search(event.value)  # written as an escape, such as "\\0"
        if strange:
            message = f"the character U+{ord(strange[0]):04X} cannot stand in a text"
            self._refuse("HK002", message, "delete the escape", event)
        if event.style or event.tag:  # the C parser calls plain "", the other None
            return event.value
        if _TIME.fullmatch(event.value):
            return event.value
        tag = self.scalars.resolve(yaml.ScalarNode, event.value, (True, False))
        if tag == "tag:yaml.org,2002:bool":
            return _BOOLEANS.get(event.value.casefold(), event.value)
        if tag in {"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"}:
            return event.value
        if tag in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"} and not _NUMBER.fullmatch(event.value):
            return event.value  # octal 010, 1_000, base 60
        try:
            return self.scalars.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError, yaml.YAMLError):
            return event.value

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None, "the parser marks every event"
        assert end is not None
        return self.lines.place(start.index, end.index)

    def _refuse(self, code: str, message: str, hint: str, event: yaml.Event) -> NoReturn:
        place, at = self._place(event), event.start_mark.index if event.start_mark else -1
        finding = Finding(code, Severity.ERROR, message, hint, place.file, place.line, place.column)
        raise YamlProblemError(finding, at, at)
