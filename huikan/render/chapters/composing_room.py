"""A process of its own in which the engine is made ready while the content is still being read."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from huikan.render.chapters.lifelines import keyboard_held, work_for
from huikan.render.chapters.order import Book, Look, Order
from huikan.render.workshop import Workshop


class ComposingRoom:
    """Sets books one after the other while its owner does something else. Use it as a context."""

    def __init__(self, workshop: Workshop) -> None:
        """Start the process, which begins by loading the engine."""
        fork = multiprocessing.get_context("fork")
        self._line, far = fork.Pipe()
        self._desk = TemporaryDirectory(prefix="huikan-")
        work = (far, self._line, Path(self._desk.name), workshop, os.getpid())
        self._process = fork.Process(target=_work, args=work, name="huikan-composing-room")
        with keyboard_held():
            self._process.start()
        far.close()
        self._ready: bool | BaseException | None = None
        self._set: dict[int, Book | BaseException] = {}
        self._given = 0

    @property
    def is_slow(self) -> bool:
        """Whether fonts are subset the slow way, for want of a library."""
        self._await_engine()
        return self._ready is True

    def make_ready(self, look: Look) -> None:
        """Let everything be loaded that a book of that look needs, before the order comes."""
        with suppress(BrokenPipeError):  # why it is broken is told by whoever waits for a book
            self._line.send(look)

    def begin(self, order: Callable[[], Order]) -> Callable[[], Book]:
        """Hand in what makes an order; the answer gives out its book, once.

        Raises what the making of the order or the setting of the book raised.
        """
        number, self._given = self._given, self._given + 1
        # Orders and books lie on the desk: through the line, each side might wait for the other to take its own.
        _order_on(self._desk.name, number).write_bytes(pickle.dumps(order))
        with suppress(BrokenPipeError):  # why it is broken is told by whoever waits for the book
            self._line.send(number)

        def wait() -> Book:
            while number not in self._set:
                self._await_engine()
                done = self._received()
                with _book_on(self._desk.name, done).open("rb") as book_on_desk:
                    self._set[done] = pickle.load(book_on_desk)
            book = self._set.pop(number)
            if isinstance(book, BaseException):
                raise book
            return book

        return wait

    def _await_engine(self) -> None:
        """Raises what kept the engine from being loaded."""
        if self._ready is None:
            self._ready = self._received()
        if isinstance(self._ready, BaseException):
            raise self._ready

    def _received(self) -> Any:
        try:
            return self._line.recv()
        except EOFError:
            self._process.join()
            raise RuntimeError(f"the composing process ended with {self._process.exitcode}") from None

    def __enter__(self) -> ComposingRoom:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        if error is not None:
            self._process.terminate()
        self._process.join()
        self._desk.cleanup()


def may_open(workshop: Workshop) -> bool:
    """Whether processes can be forked here and more than one is wanted."""
    return workshop.jobs > 1 and sys.platform.startswith("linux")


def _order_on(desk: Path | str, number: int) -> Path:
    return Path(desk, f"order-{number}")


def _book_on(desk: Path | str, number: int) -> Path:
    return Path(desk, f"book-{number}")


def _work(line: Connection, others_end: Connection, desk: Path, workshop: Workshop, employer: int) -> None:
    others_end.close()
    work_for(employer)
    try:
        from huikan.render import pdf  # noqa: F401 - orders are made with it
        from huikan.render.chapters.book import is_slow, make_ready, set_book
    except Exception as error:
        line.send(error)
        return
    line.send(is_slow())
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            asked: Look | int = line.recv()
            if isinstance(asked, Look):
                make_ready(asked, workshop)
                continue
            try:
                made: object = set_book(pickle.loads(_order_on(desk, asked).read_bytes())(), workshop)
            except Exception as error:
                made = error
            with _book_on(desk, asked).open("wb") as book_on_desk:
                pickle.dump(made, book_on_desk)  # as it is written, so that there is no second copy of a large book
            del made
            line.send(asked)
