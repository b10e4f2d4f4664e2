"""Processes that end with the one they work for, and leave the keyboard to it."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl(2)."""


@contextmanager
def keyboard_held() -> Iterator[None]:
    """Let Ctrl-C wait while a process is forked that works for this one: it must not strike there before `work_for`."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work_for(employer: int) -> None:
    """Bind this forked process to the process `employer`: it dies with it, however that one ends.

    Ctrl-C reaches every process of a terminal: only the command acts on it, and ends the others.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != employer:
        os._exit(1)
