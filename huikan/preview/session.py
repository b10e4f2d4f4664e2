"""What is shown: for each language and edition looked at, the last good pages, and what is wrong now."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from watchfiles import Change, awatch

from huikan.content.model import Edition
from huikan.finding import Finding, Severity
from huikan.preview.booklet import PreviewedBooklet
from huikan.preview.pages import DrawnBooklet, Words
from huikan.preview.worker import Order, Outcome, Worker
from huikan.resources import builtin

_KEPT = 3
"""So many states of a view can still be drawn: a browser may be asking for pages of the one before."""
_QUIET_MS = 30
_LONGEST_WAIT_MS = 250
_IGNORED_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".part", ".bak")


@dataclass(frozen=True, slots=True)
class ViewKey:
    """What a browser looks at."""

    language: str
    edition: Edition


@dataclass(slots=True)
class View:
    """The state of one view. `revision` counts its changes; `is_stale`: files changed since it was set."""

    key: ViewKey
    revision: int = 0
    is_stale: bool = True
    is_setting: bool = False
    drawn: list[DrawnBooklet] = field(default_factory=list)
    errors: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_checked: bool = False
    lookers: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def booklet(self) -> PreviewedBooklet | None:
        """The last good one."""
        return self.drawn[-1].booklet if self.drawn else None


class Session:
    """Follows the files of a publication and sets what is looked at, one view at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.views: dict[ViewKey, View] = {}
        self.is_over = False
        self._worker = Worker(folder)
        self._wanted = asyncio.Event()
        self._over = asyncio.Event()
        self._worker_thread = ThreadPoolExecutor(1, "worker")
        self._drawing_thread = ThreadPoolExecutor(1, "drawing")

    async def run(self) -> None:
        """Watch and set until `stop`."""
        tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._set_what_is_wanted())]
        try:
            await self._over.wait()
        finally:
            for task in tasks:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)

    async def stop(self) -> None:
        """End whatever is going on, and every browser's stream."""
        self.is_over = True
        self._over.set()
        for view in self.views.values():
            await self._tell(view)
        self._worker.end()
        self._worker_thread.shutdown(wait=True, cancel_futures=True)
        self._drawing_thread.shutdown(wait=True, cancel_futures=True)

    async def states(self, key: ViewKey) -> AsyncGenerator[View, None]:
        """The view whenever it changed, its latest state alone, for as long as someone looks."""
        view = self.views.setdefault(key, View(key))
        view.lookers += 1
        if view.is_stale:
            self._wanted.set()
        seen = -1
        try:
            while not self.is_over:
                async with view.changed:
                    while view.revision == seen and not self.is_over:
                        await view.changed.wait()
                if self.is_over:
                    return
                seen = view.revision
                yield view
        finally:
            view.lookers -= 1

    async def picture(self, look: str, width: int, *, with_bleed: bool) -> bytes | None:
        """The page of that look as PNG; None if no view shows it any more."""
        found = self._find(look=look)
        if found is None or self.is_over:
            return None
        drawn, number = found
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._drawing_thread, lambda: drawn.picture(number, width, with_bleed=with_bleed)
        )

    async def words(self, words: str) -> Words | None:
        """What the page named by its words says; None if no view shows it any more."""
        found = self._find(words=words)
        if found is None or self.is_over:
            return None
        drawn, number = found
        return await asyncio.get_running_loop().run_in_executor(self._drawing_thread, drawn.words, number)

    def _find(self, *, look: str = "", words: str = "") -> tuple[DrawnBooklet, int] | None:
        for view in self.views.values():
            for drawn in reversed(view.drawn):
                for number, page in enumerate(drawn.booklet.pages):
                    if page.look == look or page.words == words:
                        return drawn, number
        return None

    async def _watch(self) -> None:
        folders = dict.fromkeys([self.folder.resolve(), builtin("templates"), builtin("styles")])
        async for changes in awatch(
            *folders, watch_filter=_is_content, step=_QUIET_MS, debounce=_LONGEST_WAIT_MS, stop_event=self._over
        ):
            if changes:
                for view in self.views.values():
                    view.is_stale = True
                self._wanted.set()

    async def _set_what_is_wanted(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            view = self._next()
            while view is not None:
                await self._set(view)
                view = self._next()

    def _next(self) -> View | None:
        """The stale view that was asked for last, of those that someone looks at."""
        wanted = [view for view in self.views.values() if view.lookers and view.is_stale]
        return wanted[-1] if wanted else None

    async def _set(self, view: View) -> None:
        view.is_stale, view.is_setting = False, True
        await self._tell(view)
        outcome = await self._carried_out(Order(view.key.language, view.key.edition))
        view.is_setting = False
        view.errors = tuple(each for each in outcome.errors if each.severity is Severity.ERROR)
        if outcome.booklet is None:
            view.findings = tuple(each for each in outcome.errors if each.severity is not Severity.ERROR)
        else:
            self._show(view, outcome.booklet)
        await self._tell(view)
        if outcome.booklet is not None and self._next() is None:
            view.findings, view.is_checked = (await self._carried_out(Order())).findings, True
            await self._tell(view)

    async def _carried_out(self, order: Order) -> Outcome:
        return await asyncio.get_running_loop().run_in_executor(self._worker_thread, self._worker.carry_out, order)

    def _show(self, view: View, booklet: PreviewedBooklet) -> None:
        view.drawn.append(DrawnBooklet(booklet))
        self.views.setdefault(ViewKey(booklet.language, booklet.edition), view)
        while len(view.drawn) > _KEPT:
            self._drawing_thread.submit(view.drawn.pop(0).close)

    async def _tell(self, view: View) -> None:
        async with view.changed:
            view.revision += 1
            view.changed.notify_all()


def _is_content(change: Change, path: str) -> bool:
    """Whether a change is one of content or design: not of what editors leave beside their files."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return not name.startswith((".", "#")) and not name.endswith(_IGNORED_ENDINGS) and name != "4913"
