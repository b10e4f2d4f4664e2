"""A new publication: a small booklet whose comments teach, to be changed line by line into one's own."""

from __future__ import annotations

from pathlib import Path

from huikan.finding import ContentError, Finding, Severity
from huikan.resources import builtin

_PICTURES = "photos"


def start_publication(folder: Path, language: str) -> tuple[str, ...]:
    """Write the starter of that language to `folder`, and return the names of its files.

    Raises ContentError when `folder` has anything in it already, or is a file: nothing is written then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} is there already" if folder.is_file() else f"the folder {folder} is not empty"
        raise ContentError([Finding("HK035", Severity.ERROR, message, "name a folder that is new or empty")])
    starters = builtin("starters")
    sources = {path.relative_to(starters / language): path for path in (starters / language).rglob("*")}
    sources |= {path.relative_to(starters): path for path in (starters / _PICTURES).iterdir()}
    written = sorted(name for name, source in sources.items() if source.is_file())
    for name in written:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(sources[name].read_bytes())
    return tuple(name.as_posix() for name in written)
