"""The print shop's ICC profile, a file of the publication."""

from __future__ import annotations

from pathlib import Path

from huikan.content.model import Booklet


def profiles_of(folder: Path, booklet: Booklet) -> set[Path]:
    """The publication's own ICC profile, where it is there."""
    path = folder / (booklet.press.profile or "")
    return {path} if path.is_file() and path.resolve().is_relative_to(folder.resolve()) else set()
