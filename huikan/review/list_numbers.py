"""The numbers of lists counted on where a new item made one stand twice, or the first was taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huikan.content.markdown import line_starts, parser

_MARKER = re.compile(r"(?P<indent>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*?)(?P<number>\d{1,9})(?=[.)](?:\s|$))")


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    lines: tuple[int, int]
    words: str
    """What stands behind its number."""


def counted_on(source: str, made: str) -> str:
    """`made` with the numbers of each list counted on that has one twice, and did not in `source`, or lost its first.

    A list all of whose numbers were alike in `source` stays so: CommonMark counts by itself.
    """
    lists = list(_lists(source))
    known = {_numbers(items) for items in lists}
    alike = {numbers[0] for numbers in known if len(numbers) > 1 and len(set(numbers)) == 1}
    lines = made.split("\n")
    passed: list[list[_Item]] = []
    for items in _lists(made):
        numbers = _numbers(items)
        origin = _origin(items, lists)
        first = numbers[0]
        if origin and origin not in passed:  # a further part of a list that was divided goes on where it did
            first = origin[0].number
            passed.append(origin)
        if (len(set(numbers)) == len(numbers) and first == numbers[0]) or numbers in known:
            continue
        stays = first in alike and 2 * numbers.count(first) >= len(numbers)
        for place, item in enumerate(items):
            _renumber(lines, item, first if stays else first + place)
    return "\n".join(lines)


def _origin(items: Sequence[_Item], lists: Sequence[list[_Item]]) -> list[_Item]:
    """The list that has most items in common with these; nothing if none has any."""
    words = {item.words for item in items if item.words}
    shared = [sum(item.words in words for item in other) for other in lists]
    return lists[shared.index(max(shared))] if any(shared) else []


def _numbers(items: Sequence[_Item]) -> tuple[int, ...]:
    return tuple(item.number for item in items)


def _lists(source: str) -> Iterator[list[_Item]]:
    """The items of each numbered list, outer lists before those in them."""
    starts = line_starts(source)
    found: list[list[_Item]] = []
    within: list[list[_Item]] = []
    for token in parser().parse(source):
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            within.append([])
            found.append(within[-1])
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            within.pop()
        elif token.type == "list_item_open" and token.map and token.info:
            start = starts[token.map[0]]
            if marker := _MARKER.match(source, start):
                words = source[marker.end() + 1 :].partition("\n")[0].strip()
                within[-1].append(_Item(int(token.info), (token.map[0], token.map[1]), words))
    yield from (items for items in found if items)


def _renumber(lines: list[str], item: _Item, number: int) -> None:
    """Write an item's number; its further lines keep their place below its words."""
    first, last = item.lines
    found = _MARKER.match(lines[first])
    if found is None or int(found["number"]) == number:
        return
    lines[first] = f"{lines[first][: found.start('number')]}{number}{lines[first][found.end() :]}"
    wider = len(str(number)) - len(found["number"])
    at = found.start("number")
    for place in range(first + 1, last):
        line = lines[place]
        if wider > 0 and line[at:].strip():
            lines[place] = line[:at] + " " * wider + line[at:]
        elif wider < 0 and line[at : at - wider].isspace():
            lines[place] = line[:at] + line[at - wider :]
