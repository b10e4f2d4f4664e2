"""What a build depends on, as hashes: the content's files, the engine and its libraries, the faces of this machine.

Nothing heavy is imported here: a build that has nothing to do ends before the engine is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import stat
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from huikan.cache import Store

_PACKAGE = Path(__file__).resolve().parent
_FACES = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/etc/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "~/.config/fontconfig",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "~/Library/Fonts",
)
PROFILE_FOLDERS = (
    "~/.local/share/icc",
    "~/.color/icc",
    "~/Library/ColorSync/Profiles",
    "/usr/share/color/icc",
    "/usr/local/share/color/icc",
    "/Library/ColorSync/Profiles",
    "/Library/Application Support/Adobe/ColorSync/Profiles",
    "C:/Windows/System32/spool/drivers/color",
    "/usr/share/ghostscript",
    "/usr/local/share/ghostscript",
    "/opt/homebrew/share/ghostscript",
)
"""Where ICC profiles of printing conditions are looked for."""
_INSTALLED = ("/var/lib/dpkg/status", "/var/lib/rpm", "/opt/homebrew/Cellar", "/usr/local/Cellar")
"""Touched whenever a package of the system changes, Pango and HarfBuzz among them."""
_JUST_TOUCHED_NS = 100_000_000
"""A file touched so shortly before it was hashed may have been touched again since, within the clock's step."""


def machine_print() -> str:
    """A hash of the engine, its libraries, the faces and colour profiles of this machine, by name, size and time."""
    digest = hashlib.sha256(f"{sys.version} {platform.platform()}".encode())
    for name in sorted(_distributions()):
        digest.update(name.encode())
    roots = (_PACKAGE, _PACKAGE.parent / "templates", _PACKAGE.parent / "styles")
    outside = [Path(folder).expanduser() for folder in (*_FACES, *PROFILE_FOLDERS)]
    for root in (*roots, *outside):
        for path, state in _files(root):
            if path.suffix != ".pyc":
                digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    for place in _INSTALLED:
        if Path(place).exists():
            digest.update(f"{place} {Path(place).stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def folder_print(folder: Path, kept: Store, but: Path) -> str:
    """A hash of the content of all files below `folder`, except hidden ones and those below `but`."""
    digest = hashlib.sha256()
    left_out = but.resolve()
    for name, sha256 in sorted(file_prints(folder, kept).items()):
        if not (folder.resolve() / name).is_relative_to(left_out):
            digest.update(f"{name}\0{sha256}\n".encode())
    return digest.hexdigest()


def file_prints(folder: Path, kept: Store) -> dict[str, str]:
    """SHA-256 of each file below `folder` by its name there; those not touched since the last time are not read."""
    known = _known_prints(folder, kept)
    began = time.time_ns()
    fresh = {}
    for path, state in _files(folder):
        name = path.relative_to(folder).as_posix()
        fresh[name] = _print_of(path, state, known.get(name), began)
    return _keep_prints(folder, kept, known, fresh)


def prints_of(names: Iterable[str], folder: Path, kept: Store) -> dict[str, str]:
    """SHA-256 of those of the named files that stand in `folder`; the others there are not looked at."""
    known = _known_prints(folder, kept)
    began = time.time_ns()
    fresh = {}
    for name in names:
        with suppress(OSError):
            path = folder / name
            state = path.stat()
            if stat.S_ISREG(state.st_mode):
                fresh[name] = _print_of(path, state, known.get(name), began)
    prints = _keep_prints(folder, kept, known, known | fresh)
    return {name: prints[name] for name in fresh}


_Print = list[Any]
"""Size, time of change, inode, when it was hashed (both in ns), the hash."""


def _known_prints(folder: Path, kept: Store) -> dict[str, _Print]:
    known: dict[str, _Print] = json.loads(kept.get("prints", str(folder.resolve())) or b"{}")
    return known


def _print_of(path: Path, state: os.stat_result, known: _Print | None, began: int) -> _Print:
    facts = [state.st_size, state.st_mtime_ns, state.st_ino]
    if known is not None and known[:3] == facts and known[3] - state.st_mtime_ns >= _JUST_TOUCHED_NS:
        return known
    with path.open("rb") as content:
        return [*facts, began, hashlib.file_digest(content, "sha256").hexdigest()]


def _keep_prints(folder: Path, kept: Store, known: Mapping[str, _Print], fresh: Mapping[str, _Print]) -> dict[str, str]:
    if fresh != known:
        kept.put("prints", str(folder.resolve()), json.dumps(fresh).encode())
    return {name: str(entry[4]) for name, entry in fresh.items()}


def _files(root: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Files below `root` in a fixed order; hidden ones, pipes and links that lead nowhere are left out."""
    for folder, folders, names in os.walk(root, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(folder, name)
                try:
                    state = path.stat()
                except OSError:
                    continue
                if stat.S_ISREG(state.st_mode):
                    yield path, state


def _distributions() -> Iterable[str]:
    """Names and versions of the installed Python packages, as their folders say."""
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        try:
            names = [entry.name for entry in os.scandir(place)]
            yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
