"""What was compiled once on a machine, kept where Python keeps its bytecode, and only when Python does."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

_SEAL_BYTES = 32
_IMPOSSIBLE = (OSError, NotImplementedError)
"""What keeps files from being kept: the disk, or an interpreter that keeps no bytecode at all."""


def compiled(name: str) -> bytes | None:
    """What was kept under `name`, or None; what was damaged was not kept."""
    with suppress(*_IMPOSSIBLE):
        kept = _place(name).read_bytes()
        seal, content = kept[:_SEAL_BYTES], kept[_SEAL_BYTES:]
        return content if seal == hashlib.sha256(content).digest() else None
    return None


def may_keep(name: str) -> bool:
    """Whether something can be kept under `name`: whether bytecode may be written, and to that place."""
    with suppress(*_IMPOSSIBLE):
        place = _place(name).parent
        existing = next(folder for folder in (place, *place.parents) if folder.exists())
        return not sys.dont_write_bytecode and os.access(existing, os.W_OK)
    return False


def keep_compiled(name: str, content: bytes) -> None:
    """Keep `content` under `name`, if bytecode may be written here."""
    if sys.dont_write_bytecode:
        return
    with suppress(*_IMPOSSIBLE):
        place = _place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as desk:
            written = Path(desk, name)
            written.write_bytes(hashlib.sha256(content).digest() + content)
            written.replace(place)


def _place(name: str) -> Path:
    return Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py")))).with_suffix(".bin")
