"""A whole book set: chapters laid out in any order, their page references settled, all bound into one PDF."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from huikan.finding import Finding
from huikan.render.chapters import engine
from huikan.render.chapters.bind import bind
from huikan.render.chapters.crew import Crew, Task, crew_of
from huikan.render.chapters.divide import Chapter, divide
from huikan.render.chapters.furniture import Place
from huikan.render.chapters.order import Book, Look, Order
from huikan.render.chapters.paginate import References
from huikan.render.chapters.painted import PageKind, Painted, PaintedPage, from_bytes, to_bytes
from huikan.render.chapters.plan import CANONICAL_SIDE, Plan, plan_book
from huikan.render.chapters.typesetter import Typesetter
from huikan.render.complaints import lacking_glyphs, lost_reference, told_by_engine
from huikan.render.faces import require_faces_of
from huikan.render.workshop import Workshop

_MOST_ROUNDS = 8
_GUESS = 100
_TRIED = "-tried"
"""What chapters are kept as that were laid out with guessed numbers, and not painted."""
_ENTRIES_OF_A_PAGE = 30
_LETTERS_OF_AN_ENTRY = 150
"""A list of so many places takes a page; with more letters for each it is no list."""


def make_ready(look: Look, workshop: Workshop) -> None:
    """Load what a book of that look needs beside its content; what cannot be loaded is told when the book is set."""
    root = Element("html")
    ElementTree.SubElement(ElementTree.SubElement(root, "body"), "p").text = "会刊 2"
    with suppress(Exception):
        require_faces_of(look.stylesheets)
        Typesetter(look, root, workshop).set_chapter(Chapter(root), References({}), CANONICAL_SIDE)


def set_book(order: Order, workshop: Workshop, target: BinaryIO | None = None) -> Book:
    """The book that is ordered; what the workshop keeps of an earlier one is not set again.

    Its PDF is written to `target`, which is empty, if there is one.
    """
    for picture in order.pictures:
        workshop.remember_digest(Path(picture.path), picture.state, picture.digest)
    setter = workshop.kept(order.kept_as, lambda: BookSetter(order.look, workshop), order.look.digest)
    if target is not None:
        return setter.set_book(order, target)
    written = BytesIO()
    return replace(setter.set_book(order, written), pdf=written.getvalue())


def is_slow() -> bool:
    """Whether fonts are subset the slow way, since the HarfBuzz subset library is missing."""
    return engine.harfbuzz_subset is None


class BookSetter:
    """Sets books of one look; what it has set it does not set again."""

    def __init__(self, look: Look, workshop: Workshop) -> None:
        self.look, self.workshop = look, workshop
        self._kept: dict[str, Painted] = {}
        self._used: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._typesetter: Typesetter | None = None

    def set_book(self, order: Order, target: BinaryIO) -> Book:
        """Set the document that is ordered, and write its PDF to `target` unless there are problems."""
        self._used.clear()
        typesetter = self._typesetter_of(order.root)
        with crew_of(typesetter, self.workshop.jobs) as crew, typesetter.proofs_dropped():
            painted, plan = self._settled(crew, order)
            if order.fill_up(plan.total):
                painted, plan = self._settled(crew, order)
            furniture = self._furnished(crew, plan.places)
            crew.send_home()
            self._kept = {key: made for key, made in self._kept.items() if key in self._used}
            problems = _problems(painted, furniture, plan)
            if not problems:
                bind(painted, furniture, plan, typesetter, order.identifier, target)
        return Book(b"", plan.total, dict(plan.anchors), problems)

    def _typesetter_of(self, root: Element) -> Typesetter:
        if self._typesetter is None:
            self._typesetter = Typesetter(self.look, root, self.workshop)
        self._typesetter.root = root
        return self._typesetter

    def _settled(self, crew: Crew, order: Order) -> tuple[list[Painted], Plan]:
        """Chapters set until every page number in them is the one it speaks of."""
        typesetter, root = crew.typesetter, order.root
        chapters = divide(root, typesetter.styles_of_sections().get if typesetter.is_divisible else None)
        anchors = {name for element in root.iter() if (name := element.get("id"))}
        numbers = {anchor: self._numbers.get(anchor, _GUESS) for anchor in anchors}
        unknown = anchors - self._numbers.keys()
        tasks = []
        for chapter in chapters:
            references = replace(_cited(chapter, numbers), guessed=not unknown.isdisjoint(chapter.cites))
            tasks.append(Task(chapter, references, chapter.side or CANONICAL_SIDE, self._pictures_print(chapter)))
        waiting = _waiting(tasks)
        begun = iter(self._set(crew, [task for at, task in enumerate(tasks) if at not in waiting]))
        painted = [_supposed(task) if at in waiting else next(begun) for at, task in enumerate(tasks)]
        for rounds_left in range(_MOST_ROUNDS, 0, -1):
            plan = plan_book(chapters, painted, typesetter)
            numbers |= plan.numbers
            settled = [
                self._corrected(task, made, plan, at, supposed=waiting)
                for at, (task, made) in enumerate(zip(tasks, painted, strict=True))
            ]
            # The plan is always that of the chapters as they were set last.
            if not waiting and (settled == tasks or rounds_left == 1):
                break
            # Where chapters done or to be corrected stand is likely by now, unless the book is to be filled up.
            likely = plan.places if order.pages_in_multiples_of == 1 else ()
            batches = [
                places
                for at, places in enumerate(likely)
                if settled[at] == tasks[at] or (crew.typesetter.has_proof(tasks[at].chapter) and at not in waiting)
            ]
            tasks, painted, waiting = settled, self._set(crew, settled, batches), frozenset()
        self._numbers = dict(numbers)
        return painted, plan

    def _corrected(self, task: Task, made: Painted, plan: Plan, at: int, supposed: frozenset[int]) -> Task:
        """The task with the numbers that the chapter prints, and the side it stands on if that matters.

        The sides can be told once no chapter's length is `supposed`.
        """
        if made.wanted or made.wants_own_number or at in supposed:
            references = _cited(task.chapter, plan.numbers)
            if made.wants_own_number:
                first = _first_place(plan, at)
                references = replace(references, first=first.counters["page"][-1], total=plan.total)
            task = replace(task, references=references)
        if at in plan.misplaced and not supposed:
            task = replace(task, side="left" if task.side == "right" else "right")
        return task

    def _set(self, crew: Crew, tasks: Sequence[Task], batches: Sequence[tuple[Place, ...]] = ()) -> list[Painted]:
        """The chapters painted; pages are furnished meanwhile, for `_furnished` to find."""
        keys = [task.key for task in tasks]
        known = [self._known(key, task) for key, task in zip(keys, tasks, strict=True)]
        missing = [at for at, key in enumerate(known) if not key]
        unfurnished = self._unfurnished(crew, batches)
        fresh: dict[int, Painted] = {}
        own = [at for at in missing if self._is_set_here(crew.typesetter, tasks[at])]
        others = [at for at in missing if at not in own]

        def set_own() -> None:
            with crew.typesetter.proofs_kept():
                fresh.update((at, crew.typesetter.set_chapter(*tasks[at].piece)) for at in own)

        made, furnished = crew.work([tasks[at] for at in others], list(unfurnished.values()), set_own)
        fresh.update(zip(others, made, strict=True))
        for at, chapter in fresh.items():
            self._keep_chapter(keys[at], chapter)
        for key, furniture in zip(unfurnished, furnished, strict=True):
            self._keep("furniture", key, furniture)
        return [fresh[at] if at in fresh else self._kept[key] for at, key in enumerate(known)]

    @staticmethod
    def _is_set_here(typesetter: Typesetter, task: Task) -> bool:
        """Whether the chapter is a list with guessed numbers, whose boxes this process keeps, or has kept."""
        return typesetter.has_proof(task.chapter) or (task.references.guessed and _is_list(task.chapter))

    def _known(self, key: str, task: Task) -> str:
        """What the chapter is kept as, for which one that was tried is enough while numbers are guessed; or nothing."""
        own = f"{self._print}-{key}"
        for name in (own, own + _TRIED) if task.references.guessed else (own,):
            if self._remember("chapter", name):
                return name
        return ""

    def _keep_chapter(self, key: str, made: Painted) -> None:
        kind = "" if made.pdf else _TRIED
        self._keep("chapter", f"{self._print}-{key}{kind}", replace(made, twins={}))
        for variant, twin in made.twins.items():
            look = self.look.as_variant(variant)
            self._store("chapter", f"{self.workshop.machine}-{look.digest}-{key}{kind}", twin)

    def _furnished(self, crew: Crew, batches: Sequence[tuple[Place, ...]]) -> list[Painted]:
        self._set(crew, (), batches)
        return [self._kept[self._furniture_key(crew, places)] for places in batches]

    def _unfurnished(self, crew: Crew, batches: Sequence[tuple[Place, ...]]) -> dict[str, tuple[Place, ...]]:
        keyed = {self._furniture_key(crew, places): places for places in batches}
        return {key: places for key, places in keyed.items() if not self._remember("furniture", key)}

    @property
    def _print(self) -> str:
        return f"{self.workshop.machine}-{self.look.digest}"

    def _pictures_print(self, chapter: Chapter) -> str:
        """A hash of the pictures' content; one that cannot be read has none, and the engine says so."""
        digest = hashlib.sha256()
        for source in chapter.pictures:
            path = self.look.folder / unquote(source)
            digest.update(self.workshop.digest_of(path).encode() if path.is_file() else b"-")
        return digest.hexdigest()

    def _furniture_key(self, crew: Crew, places: Sequence[Place]) -> str:
        stands = [(place.kind, place.number, place.counters, place.strings) for place in places]
        said = json.dumps([sorted(crew.typesetter.root.attrib.items()), stands])
        return f"{self._print}-{hashlib.sha256(said.encode()).hexdigest()}"

    def _remember(self, kind: str, key: str) -> bool:
        self._used.add(key)
        if key not in self._kept:
            data = self.workshop.store.get(kind, key)
            if data is not None:
                self._kept[key] = from_bytes(data)
        return key in self._kept

    def _keep(self, kind: str, key: str, made: Painted) -> None:
        self._kept[key] = made
        if self.workshop.lasts:
            self._store(kind, key, made)

    def _store(self, kind: str, key: str, made: Painted) -> None:
        if not made.messages and not made.lacking:
            self.workshop.store.put(kind, key, to_bytes(made))


def _problems(chapters: Sequence[Painted], furniture: Sequence[Painted], plan: Plan) -> tuple[Finding, ...]:
    """Characters without a glyph; if there are none, pictures that failed and references that lead nowhere."""
    lacking = [
        (glyph.character, glyph.field, _first_place(plan, at).number + glyph.page - 1)
        for at, made in enumerate(chapters)
        for glyph in made.lacking
    ]
    if lacking:
        return lacking_glyphs(lacking)
    messages = [message for made in (*chapters, *furniture) for message in made.messages]
    linked = dict.fromkeys(link for made in chapters for page in made.pages for link in page.links)
    return (*told_by_engine(messages), *(lost_reference(link) for link in linked if link not in plan.anchors))


def _first_place(plan: Plan, at: int) -> Place:
    """Where the first page of a chapter with content stands."""
    return next(place for place, gap in zip(plan.places[at], plan.shifts[at], strict=True) if gap is not None)


def _waiting(tasks: Sequence[Task]) -> frozenset[int]:
    """The chapters that wait for the numbers they cite: their length moves nothing, or is a page in all likelihood."""
    cited = {anchor for task in tasks for anchor in task.chapter.cites}
    waiting, moves = set[int](), False
    for at in range(len(tasks) - 1, -1, -1):
        chapter = tasks[at].chapter
        if tasks[at].references.guessed and (not moves or _is_short_list(chapter)):
            waiting.add(at)
        moves = moves or not cited.isdisjoint(chapter.anchors)
    return frozenset(waiting) if len(waiting) < len(tasks) else frozenset()


def _is_short_list(chapter: Chapter) -> bool:
    return len(chapter.cites) <= _ENTRIES_OF_A_PAGE and _is_list(chapter)


def _is_list(chapter: Chapter) -> bool:
    return chapter.length <= len(chapter.cites) * _LETTERS_OF_AN_ENTRY


def _supposed(task: Task) -> Painted:
    """A page that stands for a chapter until it is set."""
    kind = PageKind(task.side, False, "", 0, ())
    return Painted(b"", (PaintedPage(kind, anchors=dict.fromkeys(task.chapter.anchors, (0.0, 0.0))),), {})


def _cited(chapter: Chapter, numbers: Mapping[str, int]) -> References:
    return References({anchor: numbers[anchor] for anchor in chapter.cites if anchor in numbers})
