"""What was worked out once, on disk: bytes by kind and key, for every process of this machine."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol

MOST_BYTES = 2 << 30
_FILLED_AGAIN = 0.8
"""Pruning goes this far below the bound, so that the next entry does not prune again."""
_SECONDS_BETWEEN_PRUNINGS = 3600.0
_DIGEST_BYTES = 32
_NAME_LENGTH = 64
_LENGTH_BYTES = 8
_SMALL = 1_000
"""Bytes; a photograph's own digits of colour are fewer."""
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
    """Entries in a `folder` that goes when the build ends, for all its processes; nothing in it is replaced or pruned.

    Each process writes one file, entry after entry, since making a file takes file systems longer than writing what
    goes into it. Small entries stay with the process that put them: they are sooner made again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._small: dict[str, bytes] = {}
        self._own: tuple[int, str] | None = None
        self._places: dict[str, tuple[str, int, int]] = {}
        self._known: dict[str, int] = {}
        self._writing = Lock()

    def __reduce__(self) -> tuple[type[Scratch], tuple[Path]]:
        return Scratch, (self._folder,)

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put as `key`, or None, also while another process is still writing it."""
        name = _name_of(kind, key)
        if name in self._small:
            return self._small[name]
        with suppress(OSError):
            if name not in self._places:
                self._look_for_entries()
            if name in self._places:
                path, start, length = self._places[name]
                with Path(path).open("rb") as file:
                    file.seek(start)
                    return _unsealed(kind, key, file.read(length))
        return None

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep `data` as `key`."""
        name = _name_of(kind, key)
        if len(data) < _SMALL:
            self._small[name] = data
            return
        head = name.encode() + (_DIGEST_BYTES + len(data)).to_bytes(_LENGTH_BYTES)
        with self._writing:
            try:
                if self._own is None or self._own[0] != os.getpid():
                    handle, own = tempfile.mkstemp(dir=self._folder)
                    os.close(handle)
                    self._own = os.getpid(), own
                with Path(self._own[1]).open("ab") as file:
                    file.writelines([head, _seal(kind, key, data), data])
            except OSError:  # the disk is full or the folder gone: what follows a broken entry begins a new file
                self._own = None

    def _look_for_entries(self) -> None:
        """Note where entries are that were written since the last time."""
        with os.scandir(self._folder) as files:
            for each in files:
                if each.stat().st_size > self._known.get(each.path, 0):
                    self._known[each.path] = self._noted(each.path, self._known.get(each.path, 0))

    def _noted(self, path: str, start: int) -> int:
        """Note the entries of a file that are whole, from `start` on; where the next one will begin."""
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            while True:
                file.seek(start)
                head = file.read(_NAME_LENGTH + _LENGTH_BYTES)
                length, begin = int.from_bytes(head[_NAME_LENGTH:]), start + _NAME_LENGTH + _LENGTH_BYTES
                if begin + length > size or len(head) < _NAME_LENGTH + _LENGTH_BYTES:
                    return start
                self._places[head[:_NAME_LENGTH].decode("ascii", "replace")] = path, begin, length
                start = begin + length


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
