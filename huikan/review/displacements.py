"""Paragraphs that were cut out and pasted elsewhere with tracking off: their bookmarks travel with them, unchanged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from huikan.render.docx.sent import PICTURE, SentParagraph
from huikan.review.alignment import Unit, planned_text, prose_key
from huikan.review.wordml import PARAGRAPH_END


@dataclass(frozen=True, slots=True)
class Displacement:
    """Paragraphs that stand elsewhere now: `key` is the first one's field, `words` are its own.

    `after` are the words of the paragraph above them; empty at the beginning of the copy.
    """

    key: str
    words: str
    after: str


def displacements(sent: Sequence[SentParagraph], units: Sequence[Unit]) -> tuple[tuple[Displacement, ...], list[Unit]]:
    """The fewest stretches of paragraphs that must have moved, less those that stayed within their own prose.

    Second the units with these put back below what they were sent below.
    """
    body = [unit for unit in units if unit.sent and sent[unit.sent[0]].style != "Footnote Text"]
    kept = longest_ascent([unit.sent[0] for unit in body])
    proses = [_prose(sent, unit) for unit in body]
    found: list[Displacement] = []
    strayed: list[Unit] = []
    for moved, group in groupby(range(len(body)), key=lambda number: number not in kept):
        numbers = list(group)
        if not moved:
            continue
        first, last = numbers[0], numbers[-1]
        around = {proses[first - 1] if first else "", proses[last + 1] if last + 1 < len(body) else ""}
        inside = {proses[number] for number in numbers}
        if len(inside) == 1 and "" not in inside and inside & around:
            continue
        if not any(_is_recognised(sent, body[number]) for number in numbers):
            continue  # a bookmark that strayed to other words
        field = next(iter(_fields(sent, body[first])), "")
        above = _words(sent, body[first - 1]) if first else ""
        found.append(Displacement(prose_key(field) or field, _words(sent, body[first]), above))
        strayed += [body[number] for number in numbers]
    return tuple(found), _put_back(units, strayed)


def _put_back(units: Sequence[Unit], strayed: Sequence[Unit]) -> list[Unit]:
    away = {id(unit) for unit in strayed}
    made = [unit for unit in units if id(unit) not in away]
    for unit in sorted(strayed, key=lambda unit: unit.sent[0]):
        above = [number for number, other in enumerate(made) if other.sent and other.sent[-1] < unit.sent[0]]
        made.insert(max(above, key=lambda number: made[number].sent[-1]) + 1 if above else 0, unit)
    return made


def longest_ascent(places: Sequence[int]) -> frozenset[int]:
    """The indexes of the longest rising subsequence."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, place in enumerate(places):
        length = bisect_left(tops, place)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1], ends[length : length + 1] = [place], [number]
    kept = []
    number = ends[-1] if ends else -1
    while number >= 0:
        kept.append(number)
        number = before[number]
    return frozenset(kept)


def _is_recognised(sent: Sequence[SentParagraph], unit: Unit) -> bool:
    """Whether the words at a bookmark are by and large those that were sent with it."""
    planned = planned_text(unit, sent).replace(PARAGRAPH_END, "")
    return 2 * sum(atom.sent for atom in unit.atoms if atom.text != PARAGRAPH_END) > len(planned)


def _fields(sent: Sequence[SentParagraph], unit: Unit) -> list[str]:
    return [segment.field for place in unit.sent for segment in sent[place].segments if segment.field]


def _prose(sent: Sequence[SentParagraph], unit: Unit) -> str:
    return prose_key(next(iter(_fields(sent, unit)), ""))


def _words(sent: Sequence[SentParagraph], unit: Unit) -> str:
    return "".join(segment.text for segment in sent[unit.sent[0]].segments).replace(PICTURE, "").strip()
