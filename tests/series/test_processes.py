"""Booklets in processes of this machine: the same bytes, whatever happens to their neighbours or their workers."""

from __future__ import annotations

import multiprocessing
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from huikan.build import BuildRequest, Built
from huikan.series.processes import Processes
from huikan.series.run import MOST_ATTEMPTS, build_series
from huikan.series.worker import Failure
from tests.series.conftest import NAMES, break_content, files_below, huikan

Requests = Callable[[list[Path]], list[BuildRequest]]


def kill_workers(how_many: int, over: threading.Event, killed: list[int]) -> None:
    """Kill so many different children of this process, each shortly after it began."""
    while len(killed) < how_many and not over.is_set():
        for child in multiprocessing.active_children():
            if child.pid is not None and child.pid not in killed and len(killed) < how_many:
                time.sleep(0.3)
                os.kill(child.pid, signal.SIGKILL)
                killed.append(child.pid)
        time.sleep(0.02)


def test_the_files_are_those_of_each_booklet_built_alone(
    forums: list[Path], tmp_path: Path, built_alone: dict[str, bytes]
) -> None:
    run = huikan("build", *forums, "-o", tmp_path / "output", "-e", "print", "-e", "review", "--jobs", "2")
    assert run.returncode == 0, run.stderr
    assert files_below(tmp_path / "output") == built_alone
    assert len(built_alone) == len(NAMES) * 5
    for name in NAMES:
        assert name in run.stderr


def test_a_broken_booklet_stops_no_other(forums: list[Path], tmp_path: Path, built_alone: dict[str, bytes]) -> None:
    break_content(forums[1])
    run = huikan("build", *forums, "-o", tmp_path / "output", "-e", "print", "-e", "review")
    assert run.returncode == 1
    assert f"{forums[1] / 'people.yaml'}:5:16: error: there is no organisation 'nobody' [HK020]" in run.stderr
    assert "1 of 3 booklets failed" in run.stderr
    assert "Traceback" not in run.stderr
    expected = {path: content for path, content in built_alone.items() if not path.startswith("island/")}
    assert files_below(tmp_path / "output") == expected


def test_an_error_of_no_file_names_its_booklet(forums: list[Path], tmp_path: Path) -> None:
    booklet = forums[1] / "booklet.yaml"
    text = booklet.read_text(encoding="utf-8")
    booklet.write_text(text.replace("languages: [zh-Hans, en]", "languages: [zh-Hans]"), encoding="utf-8")
    (forums[1] / "summaries/shan-wei.en.md").unlink()
    run = huikan("build", *forums[:2], "-o", tmp_path / "output", "-e", "web", "-l", "en")
    assert run.returncode == 1
    assert f"{forums[1]}: error: the booklet has no language en [HK089]" in run.stderr


def test_a_failure_leaves_the_files_of_an_earlier_run(forums: list[Path], tmp_path: Path) -> None:
    assert huikan("-q", "build", *forums[:2], "-o", tmp_path / "output", "-e", "print").returncode == 0
    before = files_below(tmp_path / "output" / "island")
    break_content(forums[1])
    run = huikan("-q", "build", *forums[:2], "-o", tmp_path / "output", "-e", "print")
    assert run.returncode == 1
    assert "harbour" not in run.stderr
    assert files_below(tmp_path / "output" / "island") == before


def test_a_killed_worker_is_replaced(
    forums: list[Path], tmp_path: Path, requests_of: Requests, built_alone: dict[str, bytes]
) -> None:
    over, killed = threading.Event(), list[int]()
    killer = threading.Thread(target=kill_workers, args=(1, over, killed))
    killer.start()
    with closing(Processes(2)) as executor:
        outcomes = build_series(requests_of(forums), executor)
    over.set()
    killer.join()
    assert len(killed) == 1
    assert sorted(outcome.attempts for outcome in outcomes) == [1, 1, 2]
    assert [outcome.name for outcome in outcomes] == list(NAMES)
    assert files_below(tmp_path / "output") == built_alone


def test_a_booklet_whose_workers_always_die_is_given_up(
    forums: list[Path], tmp_path: Path, requests_of: Requests
) -> None:
    over, killed = threading.Event(), list[int]()
    killer = threading.Thread(target=kill_workers, args=(MOST_ATTEMPTS, over, killed))
    killer.start()
    with closing(Processes(1)) as executor:
        first, second = build_series(requests_of(forums[:2]), executor)
    over.set()
    killer.join()
    assert first.result == Failure(message="its process was ended by SIGKILL, 3 times")
    assert first.attempts == MOST_ATTEMPTS
    assert isinstance(second.result, Built)
    assert {path.split("/")[0] for path in files_below(tmp_path / "output")} == {"island"}


def test_what_a_killed_worker_left_half_written_goes(forums: list[Path], tmp_path: Path, requests_of: Requests) -> None:
    left = tmp_path / "output" / "harbour" / ".huikan-x.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    over, killed = threading.Event(), list[int]()
    killer = threading.Thread(target=kill_workers, args=(1, over, killed))
    killer.start()
    with closing(Processes(1)) as executor:
        (outcome,) = build_series(requests_of(forums[:1]), executor)
    over.set()
    killer.join()
    assert outcome.attempts == 2
    assert not left.exists()


def test_a_booklet_that_would_not_change_is_not_written_again(forums: list[Path], tmp_path: Path) -> None:
    command: tuple[str | Path, ...] = ("-q", "build", *forums[:2], "-o", tmp_path / "output", "-e", "review")
    assert huikan(*command).returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "output").rglob("*")}
    summary = forums[1] / "summaries" / "shan-wei.en.md"
    summary.write_text(summary.read_text(encoding="utf-8") + "\nAnd more.\n", encoding="utf-8")
    assert huikan(*command).returncode == 0
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "output").rglob("*")}
    written = {path.relative_to(tmp_path / "output").as_posix() for path in before if before[path] != after[path]}
    assert {"island/forum-1.en.review.docx", "island/manifest.json"} <= written
    assert not any(name.startswith("harbour") for name in written)


def test_a_terminal_shows_how_many_are_done(forums: list[Path], tmp_path: Path) -> None:
    reader, writer = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "huikan",
        "build",
        *map(str, forums[:2]),
        "-o",
        str(tmp_path),
        "-e",
        "review",
        "-j1",
    ]
    shown = bytearray()
    with subprocess.Popen(command, stderr=writer, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"}) as client:
        os.close(writer)
        with suppress(OSError):  # the end of a terminal
            while block := os.read(reader, 65536):
                shown += block
    os.close(reader)
    assert client.returncode == 0
    assert b"0/2" in shown
    assert b"1/2" in shown
