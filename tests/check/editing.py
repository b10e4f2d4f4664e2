"""Publications of the checks' tests: the small one, with a text replaced here and there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from huikan.check.run import Checked, check_folder
from huikan.finding import Finding
from tests.publication import write_small_publication


def publication(folder: Path, changes: Iterable[tuple[str, str, str]] = ()) -> Path:
    """The small publication in `folder`, with (file, old, new) applied; an empty `old` writes the file anew."""
    write_small_publication(folder)
    for file, old, new in changes:
        path = folder / file
        if not old:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new, encoding="utf-8")
            continue
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def summary(text: str) -> tuple[str, str, str]:
    """A change that gives the Chinese summary of the small publication another text."""
    return ("summaries/shan-wei.md", "", f"---\nappearance: shan-wei\n---\n\n{text}\n")


def checked(folder: Path, *changes: tuple[str, str, str]) -> Checked:
    return check_folder(publication(folder, changes))


def found(folder: Path, rule: str, *changes: tuple[str, str, str]) -> list[Finding]:
    """The findings of one rule in the changed publication."""
    return [finding for finding in checked(folder, *changes).findings if finding.code == rule]
