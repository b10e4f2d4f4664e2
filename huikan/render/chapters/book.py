"""A whole book set: chapters laid out in any order, their page references settled, all bound into one PDF."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Protocol
from xml.etree.ElementTree import Element

from huikan.render.chapters.bind import bind
from huikan.render.chapters.crew import Crew, crew_of
from huikan.render.chapters.divide import Chapter, divide
from huikan.render.chapters.furniture import Place
from huikan.render.chapters.paginate import References
from huikan.render.chapters.painted import Painted, from_bytes, to_bytes
from huikan.render.chapters.plan import CANONICAL_SIDE, Plan, plan_book
from huikan.render.chapters.typesetter import Look, Typesetter

_MOST_ROUNDS = 8
_GUESS = 100


class Store(Protocol):
    """Where painted chapters are kept from build to build."""

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put there, or None."""

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One chapter and what it is set with."""

    chapter: Chapter
    references: References
    side: str

    @property
    def key(self) -> str:
        """A hash of all that decides how the chapter is set, but for the look and the pictures."""
        said = json.dumps([self.chapter.digest, asdict(self.references), self.side], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Book:
    """The PDF, its chapters with the places of their pages."""

    pdf: bytes
    chapters: tuple[Painted, ...]
    plan: Plan


class BookSetter:
    """Sets books of one look; what it has set it does not set again."""

    def __init__(self, look: Look, jobs: int, fingerprint: Callable[[Chapter], str], store: Store | None) -> None:
        self.look, self.jobs = look, jobs
        self.fingerprint, self.store = fingerprint, store
        self._kept: dict[str, Painted] = {}
        self._numbers: dict[str, int] = {}

    def set_book(
        self, root: Element, identifier: bytes, complete: Callable[[int], Element | None] = lambda pages: None
    ) -> Book:
        """Set the document tree `root`. `complete`, told the number of pages, may answer with a longer tree."""
        typesetter = Typesetter(self.look, root)
        with crew_of(typesetter, self.jobs) as crew:
            chapters, painted, plan = self._settled(crew, root)
            longer = complete(plan.total)
            if longer is not None:
                typesetter.root = longer
                chapters, painted, plan = self._settled(crew, longer)
            furniture = self._furnished(crew, plan.places)
        return Book(bind(painted, furniture, plan, typesetter, identifier), tuple(painted), plan)

    def _settled(self, crew: Crew, root: Element) -> tuple[tuple[Chapter, ...], list[Painted], Plan]:
        """Chapters set until every page number in them is the one it speaks of."""
        typesetter = crew.typesetter
        chapters = divide(root, typesetter.styles_of_sections().get if typesetter.is_divisible else None)
        anchors = {name for element in root.iter() if (name := element.get("id"))}
        numbers = {anchor: self._numbers.get(anchor, _GUESS) for anchor in anchors}
        tasks = [Task(chapter, _cited(chapter, numbers), chapter.side or CANONICAL_SIDE) for chapter in chapters]
        painted = self._set(crew, tasks)
        for _ in range(_MOST_ROUNDS):
            plan = plan_book(chapters, painted, typesetter)
            numbers |= plan.numbers
            settled = [
                self._corrected(task, made, plan, at)
                for at, (task, made) in enumerate(zip(tasks, painted, strict=True))
            ]
            if settled == tasks:
                break
            tasks, painted = settled, self._set(crew, settled)
        self._numbers = dict(numbers)
        return chapters, painted, plan

    def _corrected(self, task: Task, made: Painted, plan: Plan, at: int) -> Task:
        """The task with the numbers that the chapter prints, and the side it stands on if that matters."""
        if made.wanted or made.wants_own_number:
            references = _cited(task.chapter, plan.numbers)
            if made.wants_own_number:
                first = next(
                    place for place, gap in zip(plan.places[at], plan.shifts[at], strict=True) if gap is not None
                )
                references = replace(references, first=first.counters["page"][-1], total=plan.total)
            task = replace(task, references=references)
        if at in plan.misplaced:
            task = replace(task, side="left" if task.side == "right" else "right")
        return task

    def _set(self, crew: Crew, tasks: Sequence[Task]) -> list[Painted]:
        keys = [f"{self.look.digest}-{self.fingerprint(task.chapter)}-{task.key}" for task in tasks]
        missing = [at for at, key in enumerate(keys) if not self._remember("chapter", key)]
        for at, made in zip(missing, crew.set_chapters([tasks[at] for at in missing]), strict=True):
            self._keep("chapter", keys[at], made)
        return [self._kept[key] for key in keys]

    def _furnished(self, crew: Crew, batches: Sequence[tuple[Place, ...]]) -> list[Painted]:
        keys = [f"{self.look.digest}-{self._place_print(crew, places)}" for places in batches]
        missing = [at for at, key in enumerate(keys) if not self._remember("furniture", key)]
        for at, made in zip(missing, crew.furnish([batches[at] for at in missing]), strict=True):
            self._keep("furniture", keys[at], made)
        return [self._kept[key] for key in keys]

    def _place_print(self, crew: Crew, places: Sequence[Place]) -> str:
        said = json.dumps([sorted(crew.typesetter.root.attrib.items()), [asdict(place) for place in places]])
        return hashlib.sha256(said.encode()).hexdigest()

    def _remember(self, kind: str, key: str) -> bool:
        if key not in self._kept and self.store is not None:
            data = self.store.get(kind, key)
            if data is not None:
                self._kept[key] = from_bytes(data)
        return key in self._kept

    def _keep(self, kind: str, key: str, made: Painted) -> None:
        self._kept[key] = made
        if self.store is not None and not made.messages and not made.lacking:
            self.store.put(kind, key, to_bytes(made))


def _cited(chapter: Chapter, numbers: dict[str, int] | object) -> References:
    assert isinstance(numbers, dict)
    return References({anchor: numbers[anchor] for anchor in chapter.cites if anchor in numbers})
