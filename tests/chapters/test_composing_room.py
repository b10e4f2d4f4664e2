"""The process that sets the books while the content is read: it answers, and it ends with the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.publication import write_small_publication

ROOT = Path(__file__).resolve().parents[2]
BUILD = [sys.executable, "-m", "huikan", "--quiet", "build"]
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")


def test_several_large_books_at_once_keep_nobody_waiting(tmp_path: Path) -> None:
    """Four orders and four books, each larger than a pipe holds."""
    command = [*BUILD, str(ROOT / "content"), "-o", str(tmp_path), "--no-cache", "--jobs", "2"]
    subprocess.run([*command, "--edition", "print", "--edition", "press"], cwd=ROOT, check=True, timeout=300)
    assert len(list(tmp_path.glob("*.pdf"))) == 4


@LINUX
def test_a_command_that_is_stopped_leaves_no_process(tmp_path: Path) -> None:
    write_small_publication(tmp_path / "content")
    command = [*BUILD, str(tmp_path / "content"), "-o", str(tmp_path / "output"), "--no-cache", "--jobs", "2"]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    deadline = time.monotonic() + 60
    while not _others_of(process.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert _others_of(process.pid), "the composing process was never there"
    os.kill(process.pid, signal.SIGINT)
    process.wait(timeout=60)
    while _others_of(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _others_of(process.pid)


def _others_of(session: int) -> list[int]:
    """The living processes of a session but its leader."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z" and int(place.name) != session:
            found.append(int(place.name))
    return found
