"""The numbers of lists counted on where an item came in, went or was moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huikan.content.markdown import line_starts, parser

_MARKER = re.compile(r"(?P<indent>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*?)(?P<number>\d{1,9})(?=[.)](?:\s|$))")


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    lines: tuple[int, int]
    words: str


def counted_on(source: str, made: str) -> str:
    """`made` with the numbers counted on of each list that has one twice, or does not begin with its own any more.

    A list begins with the number that it began with in `source`, and its second half, where it was divided, where the
    first half ends: Word counts so. A list all of whose numbers were alike in `source` stays so: CommonMark counts by
    itself.
    """
    lists = list(_lists(source))
    known = {_numbers(items) for items in lists}
    alike = {numbers[0] for numbers in known if len(numbers) > 1 and len(set(numbers)) == 1}
    lines = made.split("\n")
    ends: dict[int, int] = {}
    for items in _lists(made):
        numbers = _numbers(items)
        home = _home_of(items, lists)
        first = _first_number(items, lists, home, ends)
        stays = first in alike and 2 * numbers.count(first) >= len(numbers)
        if home >= 0 and not stays:
            ends[home] = first + len(items)
        if (first == numbers[0] and len(set(numbers)) == len(numbers)) or (numbers in known and numbers[0] == first):
            continue
        for place, item in enumerate(items):
            _renumber(lines, item, first if stays else first + place)
    return "\n".join(lines)


def _numbers(items: Sequence[_Item]) -> tuple[int, ...]:
    return tuple(item.number for item in items)


def _home_of(items: Sequence[_Item], lists: Sequence[Sequence[_Item]]) -> int:
    """The list that most of the items are of, those with their numbers before others; -1 if none has their words."""
    own, words = {(item.number, item.words) for item in items}, {item.words for item in items}
    likeness = [sum((item.words in words) + ((item.number, item.words) in own) for item in each) for each in lists]
    return likeness.index(max(likeness)) if any(likeness) else -1


def _first_number(items: Sequence[_Item], lists: Sequence[Sequence[_Item]], home: int, ends: Mapping[int, int]) -> int:
    """What a list begins with: `ends` is the number behind each list of the source that stands above."""
    first = items[0]
    firsts = {(each[0].number, each[0].words) for each in lists}
    if (first.number, first.words) in firsts:
        return first.number
    if home >= 0:
        return ends.get(home, lists[home][0].number)
    holding = {each[0].number for each in lists if first.number in _numbers(each)}
    return holding.pop() if len(holding) == 1 and first.number not in ends.values() else first.number


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
            marker = _MARKER.match(source, starts[token.map[0]])
            if marker:
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
