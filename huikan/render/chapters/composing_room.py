"""A process of its own in which the engine is made ready while the content is still being read."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from mmap import ACCESS_READ, mmap
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from huikan.render.chapters.lifelines import keyboard_held, work_for
from huikan.render.chapters.order import Book, Look, Order
from huikan.render.workshop import Workshop

if TYPE_CHECKING:
    from huikan.render.sections import SectionParser


class ComposingRoom:
    """Sets books one after the other while its owner does something else. Use it as a context."""

    def __init__(self, workshop: Workshop, printed: Path | None = None, *, draft: bool = False) -> None:
        """Start the process, which begins by loading the engine, and what the book in the folder `printed` may need."""
        fork = multiprocessing.get_context("fork")
        self._line, far = fork.Pipe()
        work = (far, self._line, workshop, os.getpid(), printed, draft)
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

    def read_ahead(self, document: str, text: str) -> None:
        """Let the next part of a document's HTML be read, before an order comes that is made of all of it."""
        with suppress(BrokenPipeError), _memory() as sheet:  # as above
            _hand_over(self._line, document, text, sheet, self._process.pid)

    def begin(self, order: Callable[[SectionParser], Order], document: str) -> Callable[[], Book]:
        """Hand in what makes an order of the document of that name; the answer gives out its book, once.

        Raises what the making of the order or the setting of the book raised.
        """
        number, self._given = self._given, self._given + 1
        with suppress(BrokenPipeError), _memory() as sheet:  # why it is broken is told by whoever waits for the book
            _hand_over(self._line, number, (document, order), sheet, self._process.pid)

        def wait() -> Book:
            while number not in self._set:
                self._await_engine()
                done = self._received()
                self._set[done] = self._received(_taken)
            book = self._set.pop(number)
            if isinstance(book, BaseException):
                raise book
            return book

        return wait

    def close_orders(self) -> None:
        """Nothing follows: once all is set the process lets go of its memory, while its owner writes files."""
        with suppress(BrokenPipeError):  # why it is broken is told by whoever waits for a book
            self._line.send(None)

    def _await_engine(self) -> None:
        """Raises what kept the engine from being loaded."""
        if self._ready is None:
            self._ready = self._received()
        if isinstance(self._ready, BaseException):
            raise self._ready

    def _received(self, receive: Callable[[Connection], Any] = Connection.recv) -> Any:
        try:
            return receive(self._line)
        except (EOFError, ConnectionResetError):  # reset, if it had not read all that it was sent
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


def _memory() -> BinaryIO:
    """A file that lies in memory."""
    return os.fdopen(os.memfd_create("huikan"), "w+b")


def _hand_over(line: Connection, name: int | str, value: object, sheet: BinaryIO, receiver: int | None) -> None:
    """Announce the value by its name; it goes in memory, and not through the line, which holds little at a time.

    What was written to the `sheet` before is the PDF of the book that the value is.
    """
    at = sheet.seek(0, os.SEEK_END)
    pickle.dump(value, sheet)
    sheet.flush()
    line.send(name)
    send_handle(line, sheet.fileno(), receiver)
    line.send(at)


def _taken(line: Connection) -> Any:
    """The value that was handed over behind its name."""
    with os.fdopen(recv_handle(line), "rb") as sheet:
        at = line.recv()
        sheet.seek(at)
        value = pickle.load(sheet)
        # What the other process wrote is read where it lies, as bytes are: hashed, written to a file, or opened.
        return replace(value, pdf=cast(bytes, mmap(sheet.fileno(), at, access=ACCESS_READ))) if at else value


def _work(
    line: Connection, others_end: Connection, workshop: Workshop, employer: int, printed: Path | None, draft: bool
) -> None:
    others_end.close()
    work_for(employer)
    try:
        from huikan.render.chapters.book import is_slow, make_ready, set_book
        from huikan.render.pdf import likely_look  # and all that orders are made with
        from huikan.render.sections import SectionParser
    except Exception as error:
        line.send(error)
        return
    line.send(is_slow())
    ready: Look | None = None
    with suppress(Exception):  # told when the content is read
        if printed is not None:
            ready = likely_look(printed, draft=draft)
            make_ready(ready, workshop)
    ahead: defaultdict[str, SectionParser] = defaultdict(SectionParser)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            asked: Look | str | int | None = line.recv()
            if asked is None:
                return
            if isinstance(asked, Look):
                if asked != ready:
                    make_ready(asked, workshop)
                continue
            if isinstance(asked, str):
                text = _taken(line)
                with suppress(Exception):  # what cannot be read is told when all of it is
                    ahead[asked].read_ahead(text)
                continue
            with _memory() as sheet:
                try:
                    document, order = _taken(line)
                    made: object = set_book(order(ahead.pop(document, None)), workshop, sheet)
                except Exception as error:
                    made = error
                    sheet.truncate(0)
                _hand_over(line, asked, made, sheet, employer)
