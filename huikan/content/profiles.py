"""The print shop's ICC profile, a file of the publication."""

from __future__ import annotations

from pathlib import Path

from huikan.content.marks import Node
from huikan.content.model import Booklet
from huikan.finding import Finding, Severity
from huikan.links import lies_in


def profiles_of(folder: Path, booklet: Booklet) -> set[Path]:
    """The publication's own ICC profile, where it is there."""
    path = folder / (booklet.press.profile or "")
    return {path} if path.is_file() and lies_in(folder, path) else set()


def profile_findings(folder: Path, booklet: Booklet | None, root: Node | None) -> list[Finding]:
    """A warning where the profile is not there: the editions for the press cannot be built then."""
    name = booklet.press.profile if booklet else None
    if not booklet or not root or not name or profiles_of(folder, booklet):
        return []
    press = root.child("press")
    place = ((press.child("profile") if press else None) or root).place
    message, hint = f"there is no ICC profile {name!r}", "copy the print shop's .icc file into this folder"
    return [Finding("HK055", Severity.WARNING, message, hint, place.file, place.line, place.column)]
