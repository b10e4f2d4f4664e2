"""Files replaced all or none, whatever happens: a journal says what was begun, and the next reader ends it.

The new bytes and the old are on disk before the first file changes. Killed before the journal is there, nothing
has changed; killed after, `recover` finishes what it lists.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from huikan.finding import ContentError, Finding, Severity

FOLDER = ".huikan"
_JOURNAL = "merge.json"


def replace_files(root: Path, changes: Mapping[str, tuple[bytes, bytes]]) -> Path:
    """Replace files below `root`, given by name as (bytes before, bytes after); the backup's folder is returned.

    Raises ContentError when a file is no longer what it was, or cannot be written; nothing has changed then.
    """
    recover(root)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    backup = root / FOLDER / "backup" / stamp
    staged = root / FOLDER / f"staged-{stamp}"
    try:
        for name, (before, after) in changes.items():
            if (root / name).read_bytes() != before:
                message = "changed while it was merged"
                raise ContentError([Finding("HK075", Severity.ERROR, message, "merge again", name)])
            _write(backup / name, before, durable=False)
            _write(staged / name, after)
        entries = {name: hashlib.sha256(after).hexdigest() for name, (_, after) in changes.items()}
        _write(staged / _JOURNAL, json.dumps(entries, ensure_ascii=False).encode())
        _sync_folders(staged)
        (staged / _JOURNAL).replace(root / FOLDER / f"{staged.name}.json")
    except OSError as error:
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(backup, ignore_errors=True)
        message = f"nothing was merged: {error.strerror or error}"
        raise ContentError([Finding("HK075", Severity.ERROR, message, "", str(error.filename or ""))]) from error
    except ContentError:
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(backup, ignore_errors=True)
        raise
    _sync_folder(root / FOLDER)
    recover(root)
    return backup


def recover(root: Path) -> bool:
    """Finish a replacement that was cut short; clear away one that never began. True if there was one to finish."""
    folder = root / FOLDER
    if not folder.is_dir():
        return False
    finished = False
    for journal in sorted(folder.glob("staged-*.json")):
        staged = folder / journal.stem
        for name, digest in json.loads(journal.read_text(encoding="utf-8")).items():
            source = staged / name
            if source.is_file() and hashlib.sha256(source.read_bytes()).hexdigest() == digest:
                source.chmod((root / name).stat().st_mode & 0o777 if (root / name).exists() else 0o644)
                source.replace(root / name)
        _sync_folders(root, below=False)
        journal.unlink()
        finished = True
    for leftover in folder.glob("staged-*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
    return finished


def _write(path: Path, content: bytes, *, durable: bool = True) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        if durable:
            file.flush()
            os.fsync(file.fileno())


def _sync_folders(root: Path, *, below: bool = True) -> None:
    for folder in [root, *(path for path in root.rglob("*") if below and path.is_dir())]:
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
