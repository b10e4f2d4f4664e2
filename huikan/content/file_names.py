"""Files that nobody would read because of their names: `people.yml`, `organizations.yaml`, `summaries/lin-yue.txt`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

_YAML = re.compile(r"\.(?:ya?ml)?(?:\.txt)?$", re.IGNORECASE)
_TEXT = re.compile(r"\.(?:md|markdown|mdown|txt)(?:\.txt)?$", re.IGNORECASE)
_HIDDEN = (".", "~")


def probably_meant(folder: Path, name: str) -> str:
    """The file of `folder` that was probably meant to be `name`, which is not there; empty if there is none."""
    stems = {
        _YAML.sub("", entry).casefold(): entry
        for entry in _names(folder)
        if _YAML.search(entry) and entry != name and (folder / entry).is_file()
    }
    near = difflib.get_close_matches(name.removesuffix(".yaml"), stems, n=1, cutoff=0.85)
    return stems[near[0]] if near else ""


def unread_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Texts in the folder of summaries that do not end in `.md`, and how each should be called."""
    for entry in _names(folder):
        if _TEXT.search(entry) and not entry.endswith(".md") and (folder / entry).is_file():
            yield entry, _TEXT.sub("", entry) + ".md"


def _names(folder: Path) -> list[str]:
    """What lies in a folder, less what programs hide there; nothing if it cannot be read."""
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith(_HIDDEN))
    except OSError:
        return []
