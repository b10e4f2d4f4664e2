"""--watch: what is saved stands in the PDF a moment later; a broken file is told and the next good one built."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chapters.books import texts
from tests.publication import write_small_publication

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 120.0
_PDF = "small-forum.zh-Hans.print.pdf"


class Watching:
    """A build that watches a publication; what it says goes to a file."""

    def __init__(self, folder: Path) -> None:
        self.content, self.output, self.said = folder / "content", folder / "output", folder / "said.txt"
        command = [sys.executable, "-m", "huikan", "build", str(self.content), "-o", str(self.output)]
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [*command, "-e", "print", "-l", "zh-Hans", "--watch"], cwd=ROOT, stdout=said, stderr=said,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip

    def wait_for(self, happened: Callable[[], bool]) -> None:
        """Return as soon as it did."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while not happened():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < end, self.text()
            time.sleep(0.05)

    def text(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def prints(self, words: str) -> bool:
        """Whether the PDF has these words now; files are replaced whole."""
        pdf = self.output / _PDF
        return pdf.exists() and words in "".join(texts(pdf.read_bytes())).replace("\r\n", "")


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    write_small_publication(tmp_path / "content")
    run = Watching(tmp_path)
    try:
        yield run
    finally:
        if run.process.poll() is None:
            run.process.kill()
        run.process.wait()


def test_saved_changes_are_built_until_interrupted(watching: Watching) -> None:
    summary, booklet = watching.content / "summaries" / "shan-wei.md", watching.content / "booklet.yaml"
    watching.wait_for(lambda: _PDF in watching.text())
    assert watching.prints("城市依海而兴")

    text = summary.read_text(encoding="utf-8")
    summary.write_text(text.replace("城市依海而兴", "城市因港而兴"), encoding="utf-8")
    watching.wait_for(lambda: watching.prints("城市因港而兴"))

    good, standing = booklet.read_text(encoding="utf-8"), (watching.output / _PDF).read_bytes()
    booklet.write_text("id: [small\n" + good, encoding="utf-8")
    watching.wait_for(lambda: "nothing was written" in watching.text())
    assert "booklet.yaml:" in watching.text()
    assert "Traceback" not in watching.text()
    assert (watching.output / _PDF).read_bytes() == standing

    booklet.write_text(good.replace("小型论坛", "港口论坛"), encoding="utf-8")
    watching.wait_for(lambda: watching.prints("港口论坛"))

    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(_PATIENCE_SECONDS) == 0, watching.text()
    assert "Traceback" not in watching.text()
