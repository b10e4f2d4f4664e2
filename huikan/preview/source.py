"""A few lines of a content file, to show where something is written. Nothing outside the publication is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from huikan.links import lies_in

_SUFFIXES = {".yaml", ".md", ".css", ".j2"}
_LARGEST = 8 * 1024 * 1024
_LONGEST_LINE = 400
LINES_AROUND = 3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of a file; `first` is the number of the first one, from 1."""

    file: str
    first: int
    lines: tuple[str, ...]


def excerpt(folder: Path, name: str, line: int, last: int) -> Excerpt | None:
    """The lines around those from `line` to `last`; None for what is no plain content file inside `folder`."""
    path = _inside(folder, name)
    if path is None or path.stat().st_size > _LARGEST:
        return None
    lines = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").split("\n")
    first = max(1, line - LINES_AROUND)
    shown = lines[first - 1 : max(line, min(last, line + 12)) + LINES_AROUND]
    return Excerpt(name, first, tuple(text[:_LONGEST_LINE] for text in shown))


def _inside(folder: Path, name: str) -> Path | None:
    """The file of that name below `folder`, unless any step of the way there is hidden, a link, or leads up."""
    steps = PurePosixPath(name).parts
    if not steps or "\\" in name or "\0" in name or any(step.startswith((".", "/")) for step in steps):
        return None
    path = folder
    for step in steps:
        path = path / step
        if path.is_symlink():
            return None
    is_content = path.suffix in _SUFFIXES and path.is_file() and lies_in(folder, path)
    return path if is_content else None
