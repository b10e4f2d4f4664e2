"""Work on chapters shared out to processes; the results do not depend on how many there are."""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from threading import Thread
from typing import Any

from huikan.render.chapters.divide import Chapter
from huikan.render.chapters.furniture import Place
from huikan.render.chapters.lifelines import work_for
from huikan.render.chapters.paginate import References
from huikan.render.chapters.painted import Painted
from huikan.render.chapters.typesetter import Typesetter
from huikan.render.workshop import SELDOM

_WORTH_SHARING = 4_000
"""Chapters of fewer characters altogether are set sooner than processes start."""

_Piece = tuple[str, tuple[Any, ...]]
"""A method of the typesetter and its arguments."""

_typesetter: Typesetter | None = None
"""The typesetter of a worker process, which it has from the process that it was forked from."""
_chapters: dict[str, Chapter] = {}
"""The chapters that a worker process has from the process that it was forked from, by digest."""
_has_set = False
"""Whether the process has set a chapter, whose boxes lie about."""


@dataclass(frozen=True, slots=True)
class Task:
    """One chapter and what it is set with; `pictures` is a hash of its pictures' content."""

    chapter: Chapter
    references: References
    side: str
    pictures: str

    @property
    def piece(self) -> tuple[Chapter, References, str]:
        """The arguments that the typesetter sets it with."""
        return self.chapter, self.references, self.side

    @property
    def key(self) -> str:
        """A hash of all that decides how the chapter is painted, but for the look."""
        known = {**asdict(self.references), "guessed": False}
        said = json.dumps([self.chapter.digest, known, self.side, self.pictures], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


class Crew:
    """Sets chapters and furnishes pages, in this process or in several."""

    def __init__(self, typesetter: Typesetter, jobs: int) -> None:
        self.typesetter = typesetter
        self.jobs = jobs if sys.platform.startswith("linux") else 1
        self._shared: frozenset[str] = frozenset()
        self._pool: ProcessPoolExecutor | None = None
        self._leaving: Thread | None = None

    def work(
        self,
        tasks: Sequence[Task],
        batches: Sequence[Sequence[Place]],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> tuple[list[Painted], list[Painted]]:
        """The chapters set and the batches of pages furnished, in the order of `tasks` and of `batches`.

        `meanwhile` is done in this process, once the others have their work.
        """
        is_alone = self.jobs == 1 or len(tasks) + len(batches) == 1
        if is_alone or not (self._pool or self._is_worth_sharing(tasks)):
            made = [self.typesetter.set_chapter(*task.piece) for task in tasks]
            furnished = [self.typesetter.furnish(places) for places in batches]
            meanwhile()
            return made, furnished
        pool = self._workers(tasks)
        pieces: list[_Piece] = [("set_chapter", self._for_worker(task)) for task in tasks]
        pieces += [("furnish", (places,)) for places in batches]
        longest_first = sorted(range(len(tasks)), key=lambda at: -tasks[at].chapter.length)
        waiting = self._handed_out(pool, pieces, (*longest_first, *range(len(tasks), len(pieces))))
        meanwhile()
        done = self._gathered(waiting, pieces)
        return done[: len(tasks)], done[len(tasks) :]

    @staticmethod
    def _is_worth_sharing(tasks: Sequence[Task]) -> bool:
        return sum(task.chapter.length for task in tasks) >= _WORTH_SHARING

    def _for_worker(self, task: Task) -> tuple[Any, ...]:
        """What the task is set with; a chapter that the processes have already is told by its digest."""
        chapter, *others = task.piece
        return (chapter.digest if chapter.digest in self._shared else chapter, *others)

    @staticmethod
    def _handed_out(
        pool: ProcessPoolExecutor, pieces: Sequence[_Piece], order: Iterable[int]
    ) -> dict[int, Future[Painted]]:
        """The pieces given to the processes, to be begun in that order; not all of them if a process was killed."""
        waiting: dict[int, Future[Painted]] = {}
        with suppress(BrokenProcessPool):
            for at in order:
                waiting[at] = pool.submit(_work, *pieces[at])
        return waiting

    def _gathered(self, waiting: Mapping[int, Future[Painted]], pieces: Sequence[_Piece]) -> list[Painted]:
        """Each piece done; when a process was killed, all are dismissed, and what is left is done in this one."""
        done: dict[int, Painted] = {}
        try:
            done = {at: future.result() for at, future in waiting.items()}
        except BrokenProcessPool:
            done = {at: future.result() for at, future in waiting.items() if _is_whole(future)}
        if len(done) < len(pieces):
            self.dismiss()
            self.jobs = 1
        return [done[at] if at in done else _work(*piece) for at, piece in enumerate(pieces)]

    def send_home(self) -> None:
        """Let the processes end, which takes them a while: they have much to let go of."""
        if self._pool is not None:
            self._leaving = Thread(target=self._pool.shutdown, kwargs={"cancel_futures": True})
            self._leaving.start()
            self._pool = None

    def dismiss(self) -> None:
        """End the processes."""
        self.send_home()
        if self._leaving is not None:
            self._leaving.join()
            self._leaving = None

    def _workers(self, tasks: Sequence[Task]) -> ProcessPoolExecutor:
        """Forked, so that what is ready here is ready there, and the chapters of the first `tasks` are as well."""
        global _typesetter, _chapters
        if self._pool is None:
            _typesetter, _chapters = self.typesetter, {task.chapter.digest: task.chapter for task in tasks}
            self._shared = frozenset(_chapters)
            gc.freeze()
            self._pool = ProcessPoolExecutor(
                self.jobs, multiprocessing.get_context("fork"), initializer=work_for, initargs=(os.getpid(),)
            )
        return self._pool


@contextmanager
def crew_of(typesetter: Typesetter, jobs: int) -> Iterator[Crew]:
    """A crew of so many processes, dismissed at the end."""
    crew, thresholds = Crew(typesetter, jobs), gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield crew
    finally:
        crew.dismiss()
        _chapters.clear()
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def _is_whole(future: Future[Painted]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _work(name: str, piece: tuple[Any, ...]) -> Painted:
    global _has_set
    assert _typesetter is not None
    if name == "set_chapter":
        chapter, *others = piece
        piece = (_chapters[chapter] if isinstance(chapter, str) else chapter, *others)
        if _has_set:
            gc.collect()  # boxes point at each other: without it, those of several chapters lie about
            gc.freeze()  # what is left stays, such as shaped words: nobody need look for it chapter after chapter
        _has_set = True
    made: Painted = getattr(_typesetter, name)(*piece)
    return made
