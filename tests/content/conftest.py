"""What the content tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.content.load import load_publication
from huikan.finding import ContentError, Finding
from tests.publication import Edit, Problems, write_small_publication


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the small publication."""
    write_small_publication(tmp_path / "small")
    return tmp_path / "small"


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replaces the one occurrence of a text in a file of the small publication."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def problems(folder: Path) -> Problems:
    """Loads the small publication, which must be refused by now, and returns what was found."""

    def load() -> tuple[Finding, ...]:
        with pytest.raises(ContentError) as caught:
            load_publication(folder)
        return caught.value.findings

    return load
