"""The process that sets pages: it lives as long as the preview, so that engine and faces stay warm."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from huikan.content.model import Edition
from huikan.finding import ContentError, Finding, MissingSystemPartError, Severity

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from huikan.content.load import LoadedPublication
    from huikan.preview.booklet import PreviewedBooklet
    from huikan.render.workshop import Workshop

_SECONDS_TO_END = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What to set; without an edition: to check what was loaded for the last order."""

    language: str = ""
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A booklet, or why there is none; or, of a check, its findings."""

    booklet: PreviewedBooklet | None = None
    errors: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()


class Worker:
    """One process that sets one order at a time. Started when it is first needed, and again after it died."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def carry_out(self, order: Order) -> Outcome:
        """Wait for the outcome of an order. Called by one thread at a time."""
        if self._connection is None:
            self._start()
        assert self._connection is not None
        try:
            self._connection.send(order)
            outcome: Outcome = self._connection.recv()
        except (EOFError, OSError):
            self.end()
            message = "the process that sets the pages ended; the next change starts it again"
            return Outcome(errors=(Finding("", Severity.ERROR, message),))
        return outcome

    def end(self) -> None:
        """End the process, whatever it is doing."""
        connection, process = self._connection, self._process
        self._connection = self._process = None
        if process is not None:
            process.terminate()
            process.join(_SECONDS_TO_END)
            if process.is_alive():
                process.kill()
                process.join()
        if connection is not None:
            connection.close()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self.folder), daemon=True, name="huikan pages")
        self._process.start()
        theirs.close()


def _serve(connection: Connection, folder: Path) -> None:
    """Carry out orders until the other side is gone. Ctrl-C at the terminal is the other side's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    setter = _Setter(folder)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            connection.send(setter.carry_out(connection.recv()))


class _Setter:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loaded: LoadedPublication | None = None
        self.workshop: Workshop | None = None

    def carry_out(self, order: Order) -> Outcome:
        try:
            return self._check() if order.edition is None else self._set(order.language, order.edition)
        except ContentError as error:
            return Outcome(errors=error.findings)
        except (MissingSystemPartError, OSError) as error:
            return Outcome(errors=(Finding("", Severity.ERROR, str(error)),))
        except Exception as error:  # a preview outlives whatever is wrong; `huikan build` shows the whole of it
            message = f"the pages cannot be set: {type(error).__name__}: {error}"
            return Outcome(errors=(Finding("", Severity.ERROR, message, "huikan build tells more"),))

    def _set(self, language: str, edition: Edition) -> Outcome:
        from huikan.content.load import load_publication
        from huikan.preview.booklet import render_preview
        from huikan.render.workshop import Workshop

        self.loaded, self.workshop = None, self.workshop or Workshop()
        self.loaded = load_publication(self.folder)
        return Outcome(render_preview(self.loaded, language, edition, self.workshop))

    def _check(self) -> Outcome:
        from huikan.check.run import check_publication

        return Outcome(findings=check_publication(self.loaded).findings if self.loaded else ())
