"""A build that would change nothing writes nothing and never loads the engine; any change is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.publication import write_small_publication

ROOT = Path(__file__).resolve().parents[2]
_RUN = """
import sys
from huikan.cli import cli
sys.argv[0] = "huikan"
try:
    cli(standalone_mode=True)
finally:
    print("engine" if "weasyprint" in sys.modules else "no engine")
"""

pytestmark = pytest.mark.xdist_group("unchanged build")


@dataclass
class Place:
    """A publication that was built once, print edition in Chinese, with a cache of its own."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def build(self, *options: str) -> bool:
        """Build in a process of its own; whether anything was written."""
        before = self.written()
        command = [sys.executable, "-c", _RUN, "build", str(self.content), "-o", str(self.output)]
        variables = {**os.environ, "HUIKAN_CACHE": str(self.folder / "cache"), **self.environment}
        run = subprocess.run(
            [*command, "-e", "print", "-l", "zh-Hans", "-j", "1", *options],
            cwd=ROOT, env=variables, capture_output=True, check=False, text=True,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        assert "small-forum.zh-Hans.print.pdf" in run.stderr, "what stands there is told either way"
        wrote = self.written() != before
        assert wrote or run.stdout.strip() == "no engine", "the engine is not loaded when there is nothing to do"
        return wrote

    def written(self) -> dict[str, tuple[int, int]]:
        """When each file of the output was written, and which it is."""
        states = {path.name: path.stat() for path in self.output.glob("*")}
        return {name: (state.st_mtime_ns, state.st_ino) for name, state in states.items()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("built"))
    write_small_publication(place.content)
    assert place.build()
    return place


@pytest.fixture
def place(built: Place) -> Place:
    """Built, and known to be: a test leaves the publication as it found it, or builds it anew."""
    built.build()
    return built


def test_the_second_build_writes_nothing(place: Place) -> None:
    assert not place.build()


def test_files_that_were_touched_alone_change_nothing(place: Place) -> None:
    for path in (place.content / "booklet.yaml", *place.output.glob("*.pdf")):
        path.touch()
    assert not place.build()


def test_another_word_in_the_content_is_noticed(place: Place) -> None:
    summary = place.content / "summaries" / "shan-wei.md"
    state, text = summary.stat(), summary.read_text(encoding="utf-8")
    try:
        summary.write_text(text.replace("依海", "临海"), encoding="utf-8")
        os.utime(summary, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
        assert place.build()
    finally:
        summary.write_text(text, encoding="utf-8")


def test_a_new_file_of_the_content_is_noticed(place: Place) -> None:
    style = place.content / "styles" / "base.css"
    style.parent.mkdir()
    try:
        shutil.copy(ROOT / "styles" / "base.css", style)
        style.write_text(style.read_text(encoding="utf-8") + "h1 { color: red }", encoding="utf-8")
        assert place.build()
        assert not place.build()
        style.write_text(style.read_text(encoding="utf-8").replace("red", "green"), encoding="utf-8")
        assert place.build()
    finally:
        shutil.rmtree(style.parent)


def test_an_output_that_was_changed_or_lost_is_written_again(place: Place) -> None:
    (pdf,) = place.output.glob("*.pdf")
    data = pdf.read_bytes()
    pdf.write_bytes(data + b"\n")
    assert place.build()
    assert pdf.read_bytes() == data
    pdf.unlink()
    assert place.build()
    assert pdf.read_bytes() == data
    (place.output / "manifest.json").write_text("{}", encoding="utf-8")
    assert place.build()


def test_another_option_or_moment_is_another_build(place: Place) -> None:
    assert place.build("--draft")
    later = Place(place.folder, {"SOURCE_DATE_EPOCH": "1735689599"})
    assert later.build()
    assert not later.build()


def test_without_a_cache_everything_is_built_to_the_same_bytes(place: Place) -> None:
    (pdf,) = place.output.glob("*.pdf")
    data = pdf.read_bytes()
    assert place.build("--no-cache")
    assert pdf.read_bytes() == data
    assert place.build("--no-cache", "--jobs", "2")
    assert pdf.read_bytes() == data


def test_damaged_entries_of_the_cache_do_no_harm(place: Place) -> None:
    (pdf,) = place.output.glob("*.pdf")
    data = pdf.read_bytes()
    entries = [path for path in (place.folder / "cache").rglob("*") if path.is_file() and path.stat().st_size]
    assert entries
    for at, path in enumerate(entries):
        path.write_bytes((b"", b"\0" * 64, path.read_bytes()[:-1])[at % 3])
    assert place.build()
    assert pdf.read_bytes() == data
    assert not place.build()


def test_an_earlier_file_that_was_lost_leaves_the_manifest(place: Place) -> None:
    assert place.build("-l", "en")
    assert place.build()
    assert "small-forum.en.print.pdf" in (place.output / "manifest.json").read_text(encoding="utf-8")
    assert not place.build()
    (place.output / "small-forum.en.print.pdf").unlink()
    assert place.build()
    assert "small-forum.en.print.pdf" not in (place.output / "manifest.json").read_text(encoding="utf-8")
