"""A process of its own in which the engine is made ready while the content is still being read."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from huikan.render.chapters.order import Book, Order
from huikan.render.workshop import Workshop


class ComposingRoom:
    """Sets books one after the other while its owner does something else. Use it as a context."""

    def __init__(self, workshop: Workshop) -> None:
        """Start the process, which begins by loading the engine."""
        fork = multiprocessing.get_context("fork")
        self._line, far = fork.Pipe()
        self._process = fork.Process(target=_work, args=(far, self._line, workshop), name="huikan-composing-room")
        self._process.start()
        far.close()
        self._ready: bool | BaseException | None = None
        self._set: list[Book | BaseException] = []
        self._given = 0

    @property
    def is_slow(self) -> bool:
        """Whether fonts are subset the slow way, for want of a library."""
        self._await_engine()
        return self._ready is True

    def begin(self, order: Order) -> Callable[[], Book]:
        """Hand in an order; the answer waits for its book. Raises what the setting of the book raised."""
        number, self._given = self._given, self._given + 1
        with suppress(BrokenPipeError):  # why it is broken is told by whoever waits for the book
            self._line.send(order)

        def wait() -> Book:
            while len(self._set) <= number:
                self._await_engine()
                self._set.append(self._received())
            book = self._set[number]
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


def may_open(workshop: Workshop) -> bool:
    """Whether processes can be forked here and more than one is wanted."""
    return workshop.jobs > 1 and sys.platform.startswith("linux")


def _work(line: Connection, others_end: Connection, workshop: Workshop) -> None:
    others_end.close()
    try:
        from huikan.render.chapters.book import is_slow, set_book
    except Exception as error:
        line.send(error)
        return
    line.send(is_slow())
    while True:
        try:
            order = line.recv()
        except EOFError:
            return
        try:
            line.send(set_book(order, workshop))
        except BrokenPipeError:
            return
        except Exception as error:
            line.send(error)
