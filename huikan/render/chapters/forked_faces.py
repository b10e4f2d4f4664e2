"""Faces that forked processes find too, though Pango (1.56) seeks them in a thread, which no fork copies.

A process that was forked from one with a font map would wait for that thread's answer for ever.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from weasyprint.text.fonts import FontConfiguration

from huikan.render.layout.engine import ffi, gobject, pangoft2

_TASKS = Path("/proc/self/task")
_LONGEST = 5.0
"""Seconds that a fork waits for Pango's thread at most."""
_seekers: set[str] = set()
"""The threads of this process in which Pango seeks faces."""
_forks = 0
"""How many forks lie between this process and the first one."""


class ForkedFaces(FontConfiguration):  # type: ignore[misc]
    """The engine's faces, with a font map for each process that looks them up, over one configuration of fontconfig."""

    def __init__(self) -> None:
        self._left: list[Any] = []
        self._seekers: set[str] = set()
        before = _tasks()
        super().__init__()
        self._seekers = _tasks() - before
        _seekers.update(self._seekers)

    @property
    def font_map(self) -> Any:
        """Pango's font map, one that this process made."""
        if self._seekers and self._made_after != _forks:
            # What was set with the other one is still there, and letting it go might wait for its thread.
            self._left.append(self._font_map)
            self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
            pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self._font_map), self._config)
        return self._font_map

    @font_map.setter
    def font_map(self, made: Any) -> None:
        self._font_map, self._made_after = made, _forks


def _tasks() -> set[str]:
    """The threads of this process; none where the system does not tell, nor are processes forked there."""
    return {task.name for task in _TASKS.iterdir()} if _TASKS.is_dir() else set()


def _await_seekers() -> None:
    """Wait until Pango seeks nothing: a lock of fontconfig that is held at the fork stays locked in the new process."""
    until = time.monotonic() + _LONGEST
    while _seekers and not all(map(_is_idle, _seekers)) and time.monotonic() < until:
        time.sleep(0.0005)


def _is_idle(task: str) -> bool:
    try:
        return (_TASKS / task / "stat").read_text().rpartition(")")[2].split()[0] == "S"
    except OSError:  # it has ended
        return True


def _count_fork() -> None:
    global _forks
    _forks += 1
    _seekers.clear()


os.register_at_fork(before=_await_seekers, after_in_child=_count_fork)
