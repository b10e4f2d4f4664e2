"""What a build works with and does not depend on: processes, a cache, and what was set before in this process."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from huikan.assistant import Begin
from huikan.cache import Store
from huikan.content.photos import State, state_of

SELDOM = (1_000_000, 20, 50)
"""Thresholds for the garbage collector: a build keeps nearly all that it makes, and looking for rubbish as often as
Python does takes a tenth of the time."""
_Kept = TypeVar("_Kept")


def usable_cores() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class PictureDigest(NamedTuple):
    """The SHA-256 of a file's content, in hexadecimal, when the file was in that state."""

    path: str
    state: State
    digest: str


class _Nothing:
    def get(self, kind: str, key: str) -> bytes | None:
        return None

    def put(self, kind: str, key: str, data: bytes) -> None:
        pass


@dataclass(slots=True)
class Workshop:
    """`jobs` processes at most; `store` outlives the process, and if it `lasts`, the build; `machine` tells one state
    of faces and programs; `begin` begins work in an assistant's process, if there is one.

    The bytes that are made depend on none of it.
    """

    jobs: int = 1
    store: Store = field(default_factory=_Nothing)
    machine: str = ""
    begin: Begin | None = None
    lasts: bool = True
    _kept: dict[str, tuple[str, object]] = field(default_factory=dict)
    _digests: dict[tuple[Path, State], str] = field(default_factory=dict)

    @property
    def keeps(self) -> bool:
        """Whether what is stored can be had again."""
        return not isinstance(self.store, _Nothing)

    def digest_of(self, path: Path) -> str:
        """A hash of the file's content, worked out again only when the file was touched."""
        key = path.absolute(), state_of(path)  # not resolved, which takes longer
        if key not in self._digests:
            self._digests[key] = hashlib.sha256(path.read_bytes()).hexdigest()
        return self._digests[key]

    def remember_digest(self, path: Path, state: State, digest: str) -> None:
        """Do not read a file to hash it as long as it is in that state."""
        self._digests[path.absolute(), state] = digest

    def kept(self, key: str, make: Callable[[], _Kept], state: str = "") -> _Kept:
        """What this process keeps warm under `key`, made when there is none yet, or when it was of another `state`."""
        known = self._kept.get(key)
        if known is None or known[0] != state:
            self._kept.pop(key, None)  # before the new one is made: there is no room for both for long
            self._kept[key] = state, make()
        return cast(_Kept, self._kept[key][1])
