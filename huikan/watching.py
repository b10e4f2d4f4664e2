"""Builds again whenever the content changes, in one process that keeps what did not change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huikan.finding import ContentError, MissingSystemPartError
from huikan.interrupts import interrupts_noted

_SETTLED_MS = 30
"""An editor that saves writes several times: changes so close together are one."""
_LOOK_UP_MS = 200
"""So often it is asked whether to stop while nothing changes."""


def rebuild_on_change(
    content: Path, output: Path, build: Callable[[], object], report: Callable[[ContentError], None]
) -> None:
    """Call `build` now and after every change below `content`, until interrupted. Its errors go to `report`.

    Raises MissingSystemPartError when watchfiles is not installed.
    """
    try:
        from watchfiles import Change, DefaultFilter, watch
    except ImportError as error:
        raise MissingSystemPartError("--watch needs watchfiles: pip install watchfiles") from error

    class Sources(DefaultFilter):
        """The publication's files: not what the build itself writes."""

        def __call__(self, change: Change, path: str) -> bool:
            return not Path(path).is_relative_to(output.resolve()) and super().__call__(change, path)

    with interrupts_noted() as stop:
        _try(build, report)
        changes = watch(
            content,
            watch_filter=Sources(),
            debounce=_SETTLED_MS,
            step=_SETTLED_MS,
            rust_timeout=_LOOK_UP_MS,
            stop_event=stop,
        )
        for _ in () if stop.is_set() else changes:
            _try(build, report)
            if stop.is_set():
                return


def _try(build: Callable[[], object], report: Callable[[ContentError], None]) -> None:
    try:
        build()
    except ContentError as error:
        report(error)
