"""The same content gives the same bytes in every edition: elsewhere, at another hour, in another locale and process."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from huikan.dating import document_time
from huikan.editions import AVAILABLE
from huikan.finding import ContentError
from tests.archive.awkward import write_awkward_publication

pytestmark = pytest.mark.xdist_group("reproducible")

ROOT = Path(__file__).resolve().parents[2]
PLACES = (
    ("here", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
    ("somewhere/quite/else", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4242", "LANG": "zh_CN"}),
)


def built(content: Path, folder: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """The files of a build of every edition, in a process of its own, from a copy of the content in `folder`."""
    copy, output = folder / "content", folder / "output"
    shutil.copytree(content, copy, copy_function=shutil.copyfile)
    editions = [word for edition in AVAILABLE for word in ("--edition", edition)]
    command = [sys.executable, "-m", "huikan", "build", str(copy), "-o", str(output), *editions]
    variables = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | environment
    run = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, check=False, text=True)
    assert run.returncode == 0, run.stderr
    return {path.name: path.read_bytes() for path in output.iterdir()}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("awkward") / "content"
    write_awkward_publication(folder)
    return folder


@pytest.fixture(scope="module")
def first(content: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    place, environment = PLACES[0]
    return built(content, tmp_path_factory.mktemp("first") / place, environment)


def test_every_edition_is_the_same_wherever_it_is_built(content: Path, first: dict[str, bytes], tmp_path: Path) -> None:
    place, environment = PLACES[1]
    second = built(content, tmp_path / place, environment)
    assert set(first) == set(second)
    assert len(first) == 2 * len(AVAILABLE) + 1, "each edition in two languages, and the manifest"
    assert [name for name in first if first[name] != second[name]] == []


def test_another_word_gives_another_file_with_another_id(
    content: Path, first: dict[str, bytes], tmp_path: Path
) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(content, changed)
    summary = changed / "summaries" / "shan-wei.md"
    summary.write_text(summary.read_text(encoding="utf-8").replace("潮来潮往", "潮去潮往"), encoding="utf-8")
    _, environment = PLACES[0]
    other = built(changed, tmp_path / "build", environment)
    assert [name for name in first if first[name] == other[name] and ".zh-Hans." in name] == []
    ids = []
    for files, name in ((first, "first.pdf"), (other, "other.pdf")):
        (tmp_path / name).write_bytes(files["small-forum.zh-Hans.print.pdf"])
        with pikepdf.open(tmp_path / name) as pdf:
            ids.append(bytes(pdf.trailer.ID[0]))
    assert ids[0] != ids[1]


def test_files_state_the_event_or_the_given_moment(content: Path, first: dict[str, bytes], tmp_path: Path) -> None:
    _, environment = PLACES[0]
    later = built(content, tmp_path / "later", environment | {"SOURCE_DATE_EPOCH": "1735689599"})
    stated = []
    for files in (first, later):
        for edition in ("print", "archive"):
            path = tmp_path / "dated.pdf"
            path.write_bytes(files[f"small-forum.zh-Hans.{edition}.pdf"])
            with pikepdf.open(path) as pdf:
                assert pdf.docinfo.CreationDate == pdf.docinfo.ModDate
                stated.append(str(pdf.docinfo.CreationDate)[2:16])
    assert stated == ["20241106000000"] * 2 + ["20241231235959"] * 2


@pytest.mark.parametrize("seconds", ["yesterday", "1e9", "9" * 30, "-" + "9" * 20])
def test_a_moment_that_is_none_is_refused(seconds: str) -> None:
    with pytest.raises(ContentError, match="SOURCE_DATE_EPOCH"):
        document_time(dt.date(2024, 11, 6), {"SOURCE_DATE_EPOCH": seconds})
