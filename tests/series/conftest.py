"""Three small forums, of different names, in one folder; and what building each alone gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from tests.publication import write_small_publication

NAMES = ("harbour", "island", "河口")
EDITIONS = (Edition.PRINT, Edition.REVIEW)

Run = Callable[..., subprocess.CompletedProcess[str]]


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write_forums(folder: Path) -> list[Path]:
    for number, name in enumerate(NAMES):
        write_small_publication(folder / name)
        text = (folder / name / "booklet.yaml").read_text(encoding="utf-8")
        (folder / name / "booklet.yaml").write_text(text.replace("small-forum", f"forum-{number}"), encoding="utf-8")
    return [folder / name for name in NAMES]


def break_content(forum: Path) -> None:
    path = forum / "people.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("affiliation: institute", "affiliation: nobody"))


@pytest.fixture
def forums(tmp_path: Path) -> list[Path]:
    return write_forums(tmp_path / "forums")


@pytest.fixture
def requests_of(tmp_path: Path) -> Callable[[list[Path]], list[BuildRequest]]:
    def requests(forums: list[Path]) -> list[BuildRequest]:
        return [BuildRequest(forum, tmp_path / "output" / forum.name, EDITIONS) for forum in forums]

    return requests


@pytest.fixture(scope="session")
def built_alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every file of the three forums, by path below the output folder, built one after the other in this process."""
    folder = tmp_path_factory.mktemp("alone")
    for forum in write_forums(folder / "forums"):
        build(BuildRequest(forum, folder / "output" / forum.name, EDITIONS))
    return files_below(folder / "output")


def huikan(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "huikan", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
