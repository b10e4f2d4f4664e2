"""Which line of a YAML text is indented by mistake, and how far it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huikan.content.descriptions import FIELDS
from huikan.content.slips import Slip, rest_of_line, shortened

_LINE = re.compile(r"(?P<indent> *)(?P<hyphens>(?:- +)*)(?:(?P<key>[^\s#:][^#:]*?):(?P<value>(?: .*)?)$|(?P<words>.*))")
_WORD = re.compile(r"(?:- +)?(?P<key>[A-Za-z0-9][\w-]*)[ \t\u3000]*[=＝]?[ \t\u3000]*(?P<value>.*)")
_TEXT_BEGINS = re.compile(r"(?:^|: +)[|>][-+]?\s*(?:#.*)?$")
_ALIKE = "entries of one thing begin in the same column: indent both alike"
_NO_VALUE = {"", "|", ">", "|-", ">-", "|+", ">+"}


def _owners() -> dict[str, frozenset[str]]:
    owners: dict[str, set[str]] = {"zh": {"Text"}, "en": {"Text"}}
    for name in FIELDS:
        model, _, key = name.partition(".")
        owners.setdefault(key, set()).add(model)
    return {key: frozenset(models) for key, models in owners.items()}


_OWNERS = _owners()
"""By key the models that have it: keys that share none cannot stand side by side."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a map or list: its offset, its column from 0, its key or words, whether a hyphen begins it."""

    offset: int
    column: int
    name: str
    is_item: bool
    has_value: bool


def line_start(text: str, at: int) -> int:
    """Where the line begins that the offset lies on."""
    return text.rfind("\n", 0, at) + 1


def first_line_of_words(text: str) -> int:
    """The offset of the first words that are no comment."""
    found = re.search(r"^(?!\s*(?:#|---|%|$))[ \t]*(?=\S)", text, re.MULTILINE)
    return found.end() if found else 0


def entry_without_colon(text: str, at: int) -> Slip:
    """What is wrong with the line of words at an offset, which should be an entry and has no colon."""
    line = rest_of_line(text, at).partition(" #")[0].rstrip()
    found = _WORD.fullmatch(line)
    if _is_among_items(text, at):
        return Slip(at, f"no hyphen before {shortened(line)!r}", f"write - {shortened(line)}")
    if found and (found["key"] in _OWNERS or not found["value"]):
        hint = f"write {found['key']}: {shortened(found['value'].lstrip(':： '))}".rstrip()
        return Slip(at + found.end("key"), f"no colon behind {found['key']!r}", hint)
    begun = _text_above(text, at)
    if begun is not None:
        message = f"a paragraph begins in column {at - line_start(text, at) + 1}, the text above it in column {begun}"
        return Slip(at, message, f"begin it in column {begun}")
    hint = "write KEY: before it; where it goes on with the text above, indent it deeper than that text's key"
    return Slip(at, "a line that belongs to no key", hint)


def _text_above(text: str, at: int) -> int | None:
    """The column of the text behind `|` with which the line at an offset should go on; None if there is none."""
    depth = at - line_start(text, at)
    column = None
    start = line_start(text, at)
    while start > 0:
        start = line_start(text, start - 1)
        line = rest_of_line(text, start)
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            continue
        if indent <= depth:
            return column if column and _TEXT_BEGINS.search(line) else None
        if _TEXT_BEGINS.search(line):
            return column
        column = indent + 1
    return None


def _is_among_items(text: str, at: int) -> bool:
    """Whether an item begins in the same column on the line above or below."""
    start = line_start(text, at)
    indent = text[start:at]
    above = text[line_start(text, start - 1) :] if start else ""
    below = text[start:].partition("\n")[2]
    return not indent.strip() and any(each.startswith(f"{indent}- ") for each in (above, below))


def slip_of_indent(text: str, at: int, first_line: int) -> Slip | None:
    """Which line is indented by mistake, where the line at an offset does not fit to those above it."""
    entries = list(_entries_up(text, at))
    if len(entries) < 2:
        return None
    (here, *_), above = entries[0], [each for line in entries[1:] for each in reversed(line)]
    nearest = entries[1][-1]
    if here.column > nearest.column and nearest.has_value:
        return _deeper(here, nearest, [each for line in entries[2:] for each in reversed(line)])
    levels = _levels(above, here.is_item)
    other = _levels(above, not here.is_item).get(here.column)
    if other:
        key = f"the key {shortened(other.name)!r} (line {_line(text, other, first_line)})"
        message = f"an item of a list stands beside {key}"
        if other.is_item:
            message = f"the key {shortened(here.name)!r} stands beside items of a list"
        return Slip(here.offset, message, "write a hyphen before each of them, or before none")
    if not levels or here.column in levels:
        return None
    wanted = _wanted(here, levels)
    shown = " and ".join(f"{shortened(each.name)!r} (line {_line(text, each, first_line)})" for each in wanted)
    columns = " or ".join(str(each.column + 1) for each in wanted)
    message = f"the line begins in column {here.column + 1}, {shown} in column {columns.replace(' or ', ' and ')}"
    return Slip(here.offset, message, f"begin it in column {columns}: {_ALIKE}")


def _deeper(here: _Entry, nearest: _Entry, above: list[_Entry]) -> Slip:
    """A line below an entry that has its value already: one of the two is indented by mistake."""
    beside = _levels(above, here.is_item).get(here.column)
    if beside and _are_kin(here.name, nearest.name, beside.name):
        message = f"an entry begins in column {nearest.column + 1}, those around it in column {here.column + 1}"
        return Slip(nearest.offset, message, _ALIKE.replace("both", "all"))
    heads = above and above[0].column == nearest.column and not above[0].has_value
    if heads and _are_kin(here.name, nearest.name) and not _are_kin(nearest.name, above[0].name):
        message = f"an entry begins in column {nearest.column + 1}, the one below in column {here.column + 1}"
        return Slip(nearest.offset, message, _ALIKE)
    message = f"an entry begins in column {here.column + 1}, the one above in column {nearest.column + 1}"
    return Slip(here.offset, message, _ALIKE)


def _entries_up(text: str, at: int) -> Iterator[list[_Entry]]:
    """The entries on the line at an offset and on those above, upwards, the deepest of each line last."""
    start, seen = line_start(text, at), 0
    while True:
        found = _LINE.match(rest_of_line(text, start).rstrip())
        line = list(_entries_of(found, start)) if found else []
        if line and (not seen or line[-1].is_item or (found and found["key"])):
            yield line
            seen += 1
            if seen > 2 and line[0].column == 0:
                return  # nothing above is open; the entry just above may have lost its indent
        if start == 0:
            return
        start = line_start(text, start - 1)


def _entries_of(found: re.Match[str], start: int) -> Iterator[_Entry]:
    words = found["key"] or found["words"] or ""
    if not words.strip() or words.startswith("#"):
        return
    value = (found["value"] or "").partition(" #")[0].strip()
    for hyphen in re.finditer("-", found["hyphens"]):
        column = found.start("hyphens") + hyphen.start()
        yield _Entry(start + column, column, words, True, False)
    column = found.end("hyphens")
    if found["key"] or not found["hyphens"]:
        yield _Entry(start + column, column, words, False, value not in _NO_VALUE)


def _levels(above: list[_Entry], are_items: bool) -> dict[int, _Entry]:
    """The open levels by column: of each column the nearest entry that has none above it further left."""
    levels: dict[int, _Entry] = {}
    left = 1_000
    # Upwards, and on each line from the right
    for entry in above:
        if entry.column < left:
            left = entry.column
            levels[left] = entry
    return {column: entry for column, entry in levels.items() if entry.is_item == are_items}


def _wanted(here: _Entry, levels: dict[int, _Entry]) -> list[_Entry]:
    """The entries beside which the line probably belongs: two where both are as likely."""
    kin = [entry for entry in levels.values() if _are_kin(here.name, entry.name)]
    candidates = kin or list(levels.values())
    least = min(abs(entry.column - here.column) for entry in candidates)
    near = [entry for entry in candidates if abs(entry.column - here.column) == least]
    return sorted(near, key=lambda entry: entry.column)


def is_key(name: str) -> bool:
    """Whether any content file has a key of that name."""
    return name in _OWNERS


def _are_kin(*names: str) -> bool:
    """Whether the keys may stand side by side in a map."""
    return bool(frozenset.intersection(*(_OWNERS.get(name, frozenset()) for name in names)))


def _line(text: str, entry: _Entry, first_line: int) -> int:
    return text.count("\n", 0, entry.offset) + first_line
