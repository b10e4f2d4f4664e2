"""Where every page stands in the book: starts of chapters, blanks before a recto, counters, named strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huikan.render.chapters.divide import Chapter
from huikan.render.chapters.furniture import Place
from huikan.render.chapters.painted import PageKind, Painted
from huikan.render.chapters.typesetter import Typesetter

CANONICAL_SIDE = "right"
"""A chapter is set as if it began on a recto, unless it must not; a page that falls on the other side is moved."""
_OTHER = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True)
class Plan:
    """The places of all pages by chapter (a blank before it included), the number of each anchor's page, the total.

    `shifts` has, for each page, how far its content moves right, in pt; None for a blank page before a chapter.
    """

    places: tuple[tuple[Place, ...], ...]
    shifts: tuple[tuple[float | None, ...], ...]
    numbers: Mapping[str, int]
    anchors: Mapping[str, int]
    misplaced: frozenset[int]
    total: int


def plan_book(chapters: Sequence[Chapter], painted: Sequence[Painted], typesetter: Typesetter) -> Plan:
    """Place the chapters one after the other.

    `numbers` gives printed page numbers, `anchors` places in the file from 1. `misplaced` are the chapters that must be
    set again, since what they say depends on the side of their first page.
    """
    kinds: list[list[PageKind]] = []
    shifts: list[tuple[float | None, ...]] = []
    misplaced: set[int] = set()
    number = 1
    for index, (chapter, made) in enumerate(zip(chapters, painted, strict=True)):
        blank = bool(chapter.side and chapter.side != _side_of(number))
        number += blank
        set_side, true_side = made.pages[0].kind.side, _side_of(number)
        moved = set_side != true_side
        if moved and (made.sided or not all(_is_mirrored(page.kind, typesetter) for page in made.pages)):
            misplaced.add(index)
        before = [PageKind(_side_of(number - 1), True, "", 0, ())] if blank else []
        kinds.append(before + [page.kind._replace(side=_side_of(number + at)) for at, page in enumerate(made.pages)])
        gaps = [_shift(page.kind, typesetter) if moved else 0.0 for page in made.pages]
        shifts.append((None,) * blank + tuple(gaps))
        number += len(made.pages)
    total = number - 1
    return _numbered(kinds, shifts, painted, typesetter, frozenset(misplaced), total)


def _numbered(
    kinds: Sequence[Sequence[PageKind]],
    shifts: Sequence[tuple[float | None, ...]],
    painted: Sequence[Painted],
    typesetter: Typesetter,
    misplaced: frozenset[int],
    total: int,
) -> Plan:
    state: Any = (
        [0],
        {"pages": [total]},
        [{"pages"}],
        [],
    )
    untold = () if typesetter.tells_total else ("pages",)
    said: dict[str, str] = {}
    places, numbers, anchors = [], dict[str, int](), dict[str, int]()
    number = 0
    for own, gaps, made in zip(kinds, shifts, painted, strict=True):
        in_chapter = []
        pages = iter(made.pages)
        for kind, gap in zip(own, gaps, strict=True):
            number += 1
            page = None if gap is None else next(pages)
            kind = kind._replace(at=typesetter.index_of(number))
            typesetter.count_page(kind, state)
            counters = {name: tuple(values) for name, values in state[1].items() if name not in untold}
            here: dict[str, list[str]] = {}
            for name, text in page.strings if page else ():
                here.setdefault(name, []).append(text)
            strings = {name: (said.get(name), tuple(here.get(name, ()))) for name in sorted({*said, *here})}
            said |= {name: texts[-1] for name, texts in here.items()}
            in_chapter.append(Place(kind, number, counters, strings))
            for anchor in page.anchors if page else ():
                numbers.setdefault(anchor, counters["page"][-1])
                anchors.setdefault(anchor, number)
        places.append(tuple(in_chapter))
    return Plan(tuple(places), tuple(shifts), numbers, anchors, misplaced, total)


def _side_of(number: int) -> str:
    return "right" if number % 2 else "left"


def _is_mirrored(kind: PageKind, typesetter: Typesetter) -> bool:
    """Whether content that fits the page fits the same page on the other side."""
    one, other = typesetter.area(kind), typesetter.area(kind._replace(side=_OTHER[kind.side]))
    return abs(one.width - other.width) + abs(one.height - other.height) + abs(one.top - other.top) < 1e-6


def _shift(kind: PageKind, typesetter: Typesetter) -> float:
    return typesetter.area(kind._replace(side=_OTHER[kind.side])).left - typesetter.area(kind).left
