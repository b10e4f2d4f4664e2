"""What the content tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publication import write_small_publication


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the small publication."""
    write_small_publication(tmp_path / "small")
    return tmp_path / "small"
