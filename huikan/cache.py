"""What was worked out once, on disk: bytes by kind and key, for every process of this machine."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

MOST_BYTES = 2 << 30
_FILLED_AGAIN = 0.8
"""Pruning goes this far below the bound, so that the next entry does not prune again."""
_SECONDS_BETWEEN_PRUNINGS = 3600.0
_DIGEST_BYTES = 32
_PART = ".part"


class Store(Protocol):
    """Keeps bytes by kind and key from build to build."""

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put there, or None."""

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep it."""


def cache_folder(environ: Mapping[str, str]) -> Path:
    """$HUIKAN_CACHE, or `huikan` below $XDG_CACHE_HOME, or ~/.cache/huikan."""
    if chosen := environ.get("HUIKAN_CACHE"):
        return Path(chosen)
    return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huikan"


class Memory:
    """Entries of this process, as long as it lives."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put as `key`, or None."""
        return self._entries.get((kind, key))

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep `data` as `key`."""
        self._entries[kind, key] = data


class Scratch:
    """Entries in a `folder` that goes when the build ends, for all its processes.

    Nothing in it is replaced or pruned, and there are no folders below it: making those takes file systems longer
    than writing what goes into them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put as `key`, or None, also while another process is still writing it."""
        try:
            return _unsealed(kind, key, self._path(kind, key).read_bytes())
        except OSError:
            return None

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep `data` as `key`, unless another process does."""
        with suppress(OSError), self._path(kind, key).open("xb") as file:
            file.write(_seal(kind, key, data))
            file.write(data)

    def _path(self, kind: str, key: str) -> Path:
        return self._folder / _name_of(kind, key)


class Cache:
    """Entries below `folder`; without a folder nothing is kept, and every `get` is a miss.

    A disk that is full or read-only and an entry that was damaged are misses, never errors. Writers of the same
    entry in several processes do not disturb each other. The entries used longest ago go when all of them weigh
    more than `most_bytes`.
    """

    def __init__(self, folder: Path | None, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self.most_bytes = most_bytes
        self._written = 0

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put as `key`, or None."""
        if self.folder is None:
            return None
        path = self._path(self.folder, kind, key)
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        data = _unsealed(kind, key, entry)
        with suppress(OSError):
            if data is None:
                path.unlink()
            else:
                os.utime(path)
        return data

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep `data` as `key`. `kind` names a folder: letters, digits and hyphens."""
        if self.folder is None or len(data) > self.most_bytes / 4:
            return
        path = self._path(self.folder, kind, key)
        with suppress(OSError):
            try:
                handle, temporary = tempfile.mkstemp(suffix=_PART, dir=path.parent)
            except FileNotFoundError:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, temporary = tempfile.mkstemp(suffix=_PART, dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_seal(kind, key, data))
                    file.write(data)
                Path(temporary).replace(path)
            finally:
                Path(temporary).unlink(missing_ok=True)
            self._written += len(data)
            if self._written > self.most_bytes / 16 or self._unpruned_for_long(self.folder):
                self.prune()

    def prune(self) -> None:
        """Remove the entries used longest ago until the rest is below the bound, and what killed writers left."""
        self._written = 0
        if self.folder is None:
            return
        with suppress(OSError):
            (self.folder / ".pruned").touch()
        entries, now = [], time.time()
        for entry in _files(self.folder):
            with suppress(OSError):
                state = entry.stat()
                if not entry.name.endswith(_PART):
                    entries.append((state.st_mtime, state.st_size, entry.path))
                elif now - state.st_mtime > _SECONDS_BETWEEN_PRUNINGS:
                    Path(entry.path).unlink()
        weight = sum(size for _, size, _ in entries)
        if weight <= self.most_bytes:
            return
        for _, size, path in sorted(entries):
            if weight <= self.most_bytes * _FILLED_AGAIN:
                break
            with suppress(OSError):
                Path(path).unlink()
            weight -= size

    def _path(self, folder: Path, kind: str, key: str) -> Path:
        name = _name_of(kind, key)
        return folder / kind / name[:2] / name[2:]

    def _unpruned_for_long(self, folder: Path) -> bool:
        try:
            return time.time() - (folder / ".pruned").stat().st_mtime > _SECONDS_BETWEEN_PRUNINGS
        except FileNotFoundError:
            return True


def _name_of(kind: str, key: str) -> str:
    return hashlib.sha256(f"{kind}\0{key}".encode()).hexdigest()


def _unsealed(kind: str, key: str, entry: bytes) -> bytes | None:
    """The data of an entry that is whole and that key's, else None."""
    data = entry[_DIGEST_BYTES:]
    return data if entry[:_DIGEST_BYTES] == _seal(kind, key, data) else None


def _seal(kind: str, key: str, data: bytes) -> bytes:
    """The digest that an entry begins with: of its data and of whose data it is."""
    digest = hashlib.sha256(hashlib.sha256(f"{kind}\0{key}".encode()).digest())
    digest.update(data)
    return digest.digest()


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The entries, two folders down; no other files are touched, should HUIKAN_CACHE name a folder with such."""
    for kind in _folders(folder):
        for bucket in _folders(kind.path):
            with suppress(OSError), os.scandir(bucket.path) as entries:
                yield from (entry for entry in entries if entry.is_file(follow_symlinks=False))


def _folders(path: str | Path) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(path) as entries:
        yield from (entry for entry in entries if entry.is_dir(follow_symlinks=False))
