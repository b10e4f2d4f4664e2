"""Files of a source, and those that lie beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huikan.finding import ContentError, Finding, Severity
from huikan.importers.json_tree import LARGEST_SOURCE

LARGEST_BESIDE = 64 * 1024 * 1024
"""Bytes of the largest file that is taken over."""


def read_source(source: Path) -> bytes:
    """The bytes of a file. Raises ContentError when it cannot be read or is larger than `LARGEST_SOURCE`."""
    try:
        if source.stat().st_size > LARGEST_SOURCE:
            message = f"the source is larger than {LARGEST_SOURCE // 1024 // 1024} MB"
            raise ContentError([Finding("HK805", Severity.ERROR, message, "check what it holds", source.name)])
        return source.read_bytes()
    except OSError as error:
        raise ContentError([Finding("HK080", Severity.ERROR, f"cannot read {source}: {error.strerror}")]) from error


def files_beside(source: Path) -> Callable[[str], bytes | None]:
    """Reads files in the source's folder by relative path; None for what is not there, outside, or too large."""
    folder = source.resolve().parent

    def beside(path: str) -> bytes | None:
        if "\x00" in path or path.startswith(("/", "\\", "~")) or ":" in path:
            return None
        try:
            file = (folder / path).resolve()
            if not file.is_relative_to(folder) or not file.is_file() or file.stat().st_size > LARGEST_BESIDE:
                return None
            return file.read_bytes()
        except (OSError, ValueError, RuntimeError):
            return None

    return beside
