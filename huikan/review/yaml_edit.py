"""A YAML scalar written anew in the style it has; comments, keys and the layout around it stay."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import yaml
from yaml.emitter import Emitter

from huikan.content.marks import Node, YamlProblemError, read_yaml

_PROPERTIES = re.compile(r"(?:[&!][^\s\[\]{},]*\s+)*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def edited_scalar(text: str, node: Node, value: str, *, in_flow: bool) -> tuple[int, int, str]:
    """The stretch of `text` to replace, and what with, so that the scalar at `node` reads `value`."""
    start = node.place.start
    found = _PROPERTIES.match(text, start)
    start = found.end() if found else start
    style = text[start : start + 1]
    if style in {"|", ">"} and not in_flow:
        return _block(text, start, node.place.end, value)
    if "\n" in value:
        return start, node.place.end, _double(value)
    if style == '"':
        return start, node.place.end, _double(value)
    if style == "'" and _reads(_single(value), value):
        return start, node.place.end, _single(value)
    if style not in {"'", '"'} and _may_be_plain(value, in_flow) and _reads(f"[{value}]" if in_flow else value, value):
        return start, node.place.end, value
    return start, node.place.end, _double(value)


def inserted_key(text: str, node: Node, key: str, value: str) -> tuple[int, int, str]:
    """The stretch of `text` to replace, and what with, so that the map at `node` has one more key."""
    children = list(node.value.values())
    if text[node.place.start : node.place.start + 1] == "{":
        if not children:
            return node.place.start, node.place.end, "{" + f"{key}: {_flow_scalar(value)}" + "}"
        end = children[-1].place.end
        return end, end, f", {key}: {_flow_scalar(value)}"
    indent = " " * (min(place.column for place in node.keys.values()) - 1)
    written = block_entry(indent, key, value)
    for name, child in reversed(node.value.items()):
        if node.keys[name].line == child.place.line and text[child.place.start : child.place.start + 1] not in "|>&":
            line_end = text.find("\n", child.place.end)
            at = len(text) if line_end < 0 else line_end
            return at, at, f"\n{written}"
    at = min(place.start for place in node.keys.values())
    return at, at, written.removeprefix(indent) + f"\n{indent}"


def _flow_scalar(value: str) -> str:
    plain = "\n" not in value and _may_be_plain(value, True) and _reads(f"[{value}]", value)
    return value if plain else _double(value)


def block_entry(indent: str, key: str, value: str) -> str:
    """The lines of a key with a text."""
    if "\n" in value:
        lines = "\n".join(f"{indent}  {line}" if line else "" for line in value.split("\n"))
        return f"{indent}{key}: |-\n{lines}"
    plain = _may_be_plain(value, False) and _reads(value, value)
    return f"{indent}{key}: {value if plain else _double(value)}"


def _block(text: str, start: int, end: int, value: str) -> tuple[int, int, str]:
    """A literal keeps its header and indentation; a folded text becomes a literal, whose lines mean what they say."""
    header = text[start:end].partition("\n")[0]
    body = text[start + len(header) + 1 : end]
    first = next((line for line in body.split("\n") if line.strip()), "")
    indent = " " * (len(first) - len(first.lstrip(" ")))
    comment = re.search(r"\s#.*$", header)
    chomp = re.sub(r"[^+-]", "", header[:3])
    chomp = chomp or ("" if value.endswith("\n") else "-")
    explicit = str(len(indent)) if value[:1] in {" ", "\n"} else ""
    head = header if header.startswith("|") and not explicit else f"|{explicit}{chomp}{comment[0] if comment else ''}"
    last = len(body.rstrip("\n "))
    lines = value.rstrip("\n").split("\n")
    written = "\n".join(indent + line if line else "" for line in lines)
    return start, start + len(header) + 1 + last, f"{head}\n{written}"


def _double(value: str) -> str:
    return '"' + "".join(_ESCAPES.get(letter, letter) for letter in value) + '"'


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


class _Analyser(Emitter):
    def __init__(self) -> None:
        super().__init__(StringIO(), allow_unicode=True)


def _may_be_plain(value: str, in_flow: bool) -> bool:
    analysis: Any = _Analyser().analyze_scalar(value)
    return bool(analysis.allow_flow_plain if in_flow else analysis.allow_block_plain)


def _reads(written: str, value: str) -> bool:
    """Whether the reader of content makes the value of it."""
    try:
        root, _ = read_yaml(written, "")
    except (YamlProblemError, yaml.YAMLError):
        return False
    if root is None:
        return False
    read = root.value[0].value if isinstance(root.value, list) and len(root.value) == 1 else root.value
    return bool(read == value)
