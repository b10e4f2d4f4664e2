"""Booklets in processes of this machine, each in one of its own."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from huikan.build import BuildRequest, Built
from huikan.cache import Cache
from huikan.series.worker import Failure, WorkerLostError, attempt


class Processes:
    """Builds booklets in up to `jobs` processes at once. A process that dies takes no other booklet with it.

    `cache` is the folder of the cache, None to build from nothing.
    """

    def __init__(self, jobs: int, cache: Path | None = None) -> None:
        self.slots = jobs
        self._cache = cache
        self._context = _context()
        self._running: set[BaseProcess] = set()
        self._lock = threading.Lock()
        self._closed = False

    def build(self, request: BuildRequest) -> Built | Failure:
        """Build in a new process; called from as many threads as there are slots.

        Raises WorkerLostError when the process died.
        """
        receiver, sender = self._context.Pipe(duplex=False)
        with receiver:
            with self._lock, sender:
                if self._closed:
                    return Failure(message="stopped")
                process = self._context.Process(target=_answer, args=(sender, request, self._cache))  # type: ignore[attr-defined]
                process.start()
                self._running.add(process)
            try:
                answer: Built | Failure = receiver.recv()
            except EOFError as error:
                process.join()
                raise WorkerLostError(f"its process {_end_of(process)}") from error
            finally:
                with self._lock:
                    process.join()
                    self._running.discard(process)
        return answer

    def close(self) -> None:
        """End, and kill what is running."""
        with self._lock:
            self._closed = True
            for process in self._running:
                process.kill()


def _context() -> BaseContext:
    """Where it exists, a server that has loaded the layout engine once and forks from there."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_answer.__module__])
    return context


def _answer(sender: Connection, request: BuildRequest, cache: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the client decides
    with sender:
        sender.send(attempt(request, Cache(cache)))


def _end_of(process: BaseProcess) -> str:
    code = process.exitcode or 0
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
