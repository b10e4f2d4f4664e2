"""Writing an imported publication to disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from huikan.finding import ContentError, Finding, Severity
from huikan.importers.draft import Imported
from huikan.importers.import_report import REPORT

BASE = ".huikan-import"
"""Folder, within the content's, that holds the last import as it was."""
_OR_UPDATE = "import into a new folder, or merge with --update"


def write_imported(imported: Imported, target: Path) -> None:
    """Write the files below `target`, each whole or not at all.

    Raises ContentError, and writes nothing, when `target` is no folder or holds anything but files of this very import.
    """
    contents = {
        name: data if isinstance(data, bytes) else data.encode("utf-8") for name, data in imported.files.items()
    }
    contents |= base_files(imported)
    problems = _in_the_way(contents, target)
    if problems:
        raise ContentError(problems)
    for name, data in contents.items():
        write_atomically(target / name, data)


def base_files(imported: Imported) -> dict[str, bytes]:
    """Copies of the imported files in `.huikan-import/`, by which an update tells what a human has changed."""
    return {
        f"{BASE}/{name}": data if isinstance(data, bytes) else data.encode("utf-8")
        for name, data in imported.files.items()
        if name != REPORT
    }


def _in_the_way(contents: dict[str, bytes], target: Path) -> list[Finding]:
    if target.is_file() or (target.is_symlink() and not target.exists()):
        return [_problem(str(target), "is not a folder", "name a new or empty folder")]
    problems = []
    for path in sorted(target.rglob("*")) if target.exists() else ():
        if path.is_dir() and not path.is_symlink():
            continue
        name = path.relative_to(target).as_posix()
        if name not in contents:
            problems.append(_problem(name, "is in the way: the folder is not empty", "import into a new folder"))
        elif path.is_symlink() or path.read_bytes() != contents[name]:
            problems.append(_problem(name, "differs from this import; it would be overwritten", _OR_UPDATE))
    folders = {parent.as_posix() for name in contents for parent in Path(name).parents}
    for name in contents:
        if (target / name).is_dir():
            problems.append(_problem(name, "is a folder where a file has to stand", "import into a new folder"))
    for folder in sorted(folders - {"."}):
        if (target / folder).is_file():
            problems.append(_problem(folder, "is a file where a folder has to stand", "import into a new folder"))
    return problems


def _problem(name: str, message: str, hint: str) -> Finding:
    return Finding("HK802", Severity.ERROR, f"{name} {message}", hint, file=name)


def write_atomically(path: Path, data: bytes) -> None:
    """Write the file whole or not at all; a file that holds the bytes already is left alone."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
