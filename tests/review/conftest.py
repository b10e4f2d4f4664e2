"""The publication whose copies are reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.copies import publication


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return publication(tmp_path)
