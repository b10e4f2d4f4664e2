"""A process beside that of the build: what it is given, it does in turn while the build goes on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.connection import Connection

T = TypeVar("T")

_LIKELY = (
    "huikan.content.photos",
    "huikan.render.cover_art",
    "PIL.ImageDraw",
    "PIL.JpegImagePlugin",
    "huikan.content.pinyin",
)
"""Modules of the work that assistants are given."""


class Begin(Protocol):
    """Begins work and gives what waits for what comes of it, and raises what the work raised."""

    def __call__(self, work: Callable[..., T], /, *given: Any) -> Callable[[], T]:
        """`work`, what it is given, and what comes of it may travel between processes."""


def when_asked(work: Callable[..., T], /, *given: Any) -> Callable[[], T]:
    """Begin work when it is waited for, once."""
    return cache(partial(work, *given))


@contextmanager
def assistant(jobs: int) -> Iterator[Begin | None]:
    """What begins work in another process; None where there is none to spare."""
    if jobs == 1 or not sys.platform.startswith("linux"):
        yield None
        return
    import multiprocessing
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    from huikan.render.chapters.lifelines import keyboard_held

    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, fork, initializer=_get_ready, initargs=(os.getpid(),)) as pool:
        with keyboard_held():
            number = pool.submit(os.getpid)  # forks, as long as there is little to copy
        try:
            yield partial(_begin, pool)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            with suppress(BrokenProcessPool, ProcessLookupError):
                os.kill(number.result(), signal.SIGTERM)
            raise


def begun_in_fork(work: Callable[[], bytes], jobs: int) -> Callable[[], bytes]:
    """Begin work on what this process has at hand in a copy of it; what is given waits for the bytes that come of it.

    With one job, without forks, and when the copy was killed or raised something, it is done when it is waited for.
    """
    if jobs == 1 or not sys.platform.startswith("linux"):
        return when_asked(work)
    import multiprocessing

    from huikan.render.chapters.lifelines import keyboard_held

    fork = multiprocessing.get_context("fork")
    try:
        near, far = fork.Pipe(duplex=False)
        process = fork.Process(target=_tell, args=(far, near, work, os.getpid()), name="huikan-fork", daemon=True)
        with far, keyboard_held():
            process.start()
    except OSError:  # no more processes or files may be opened
        return when_asked(work)

    @cache
    def wait() -> bytes:
        with near:
            try:
                done = near.recv_bytes()
            except (EOFError, OSError):
                done = None
        process.join()
        return work() if done is None else done

    return wait


def _tell(line: Connection, others_end: Connection, work: Callable[[], bytes], employer: int) -> None:
    from huikan.render.chapters.lifelines import work_for

    others_end.close()
    work_for(employer)
    with suppress(Exception):  # it is raised again by whoever does the work once more; or nobody waits any longer
        line.send_bytes(work())


def _begin(pool: ProcessPoolExecutor, work: Callable[..., T], /, *given: Any) -> Callable[[], T]:
    from concurrent.futures import CancelledError
    from concurrent.futures.process import BrokenProcessPool

    try:
        future = pool.submit(work, *given)
    except BrokenProcessPool:
        return when_asked(work, *given)

    def wait() -> T:
        try:
            return future.result()
        except (BrokenProcessPool, CancelledError):  # the process was killed, or the build that began the work ended
            return work(*given)

    return wait


def _get_ready(employer: int) -> None:
    """Load what is likely to be needed, before it is."""
    from huikan.render.chapters.lifelines import work_for

    work_for(employer)
    for name in _LIKELY:
        with suppress(ImportError):
            import_module(name)
