from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from huikan.assistant import assistant, begun_in_fork, when_asked
from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from huikan.render.workshop import Workshop
from tests.publication import write_small_publication

LINUX = pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="processes are forked on Linux alone")


def number_and(given: int) -> tuple[int, int]:
    return os.getpid(), given


def killed_unless(process: int) -> int:
    if os.getpid() != process:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def refused() -> None:
    raise ValueError("no")


def refused_bytes() -> bytes:
    raise ValueError("no")


@LINUX
def test_work_is_done_in_turn_by_another_process() -> None:
    with assistant(2) as begin:
        assert begin is not None
        waiting = [begin(number_and, given) for given in range(3)]
        done = [wait() for wait in waiting]
    assert [given for _, given in done] == [0, 1, 2]
    assert len({process for process, _ in done} | {os.getpid()}) == 2


@LINUX
def test_what_the_work_raises_is_raised_where_it_is_waited_for() -> None:
    with assistant(2) as begin:
        assert begin is not None
        wait = begin(refused)
        with pytest.raises(ValueError, match="no"):
            wait()
        assert begin(number_and, 1)()[1] == 1


@LINUX
def test_work_of_a_process_that_was_killed_is_done_here() -> None:
    with assistant(2) as begin:
        assert begin is not None
        first = begin(killed_unless, os.getpid())
        second = begin(number_and, 2)
        assert first() == os.getpid()
        assert second() == (os.getpid(), 2)
        assert begin(number_and, 3)() == (os.getpid(), 3)


@LINUX
def test_what_is_at_hand_is_worked_on_in_a_fork() -> None:
    words = ["只在这个进程里"]
    wait = begun_in_fork(lambda: f"{os.getpid()} {words[0]}".encode() + b"-" * 200_000, 2)
    words[0] = "后来改了"
    process, _, told = wait().rstrip(b"-").partition(b" ")
    assert int(process) != os.getpid()
    assert told.decode() == "只在这个进程里"
    assert wait() == wait()


@LINUX
def test_a_fork_that_raises_or_is_killed_leaves_its_work_here() -> None:
    with pytest.raises(ValueError, match="no"):
        begun_in_fork(refused_bytes, 2)()
    mine = os.getpid()
    assert begun_in_fork(lambda: str(killed_unless(mine)).encode(), 2)() == str(mine).encode()


@LINUX
def test_where_nothing_can_be_forked_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fork", lambda: (_ for _ in ()).throw(BlockingIOError("no more processes")))
    assert begun_in_fork(lambda: str(os.getpid()).encode(), 2)() == str(os.getpid()).encode()


def test_with_one_job_nothing_is_forked() -> None:
    assert begun_in_fork(lambda: str(os.getpid()).encode(), 1)() == str(os.getpid()).encode()


def test_the_map_of_fields_made_in_a_fork_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_small_publication(tmp_path / "content")
    request = BuildRequest(tmp_path / "content", tmp_path / "output", (Edition.REVIEW,), ("zh-Hans",))
    made = []
    for most, jobs in ((500, 1), (0, 2)):
        monkeypatch.setattr("huikan.render.docx._WORTH_A_PROCESS", most)
        (file,) = build(request, workshop=Workshop(jobs)).files
        made.append((tmp_path / "output" / file.name).read_bytes())
    assert made[0] == made[1]


def broken_off() -> None:
    with assistant(2) as begin:
        assert begin is not None
        begin(time.sleep, 60)
        raise KeyboardInterrupt


@LINUX
def test_a_build_that_is_broken_off_does_not_wait_for_its_assistant() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert time.monotonic() - began < 30


def test_with_one_process_work_is_done_once_when_it_is_asked_for() -> None:
    done: list[int] = []
    with assistant(1) as begin:
        assert begin is None
    wait = when_asked(done.append, 1)
    assert not done
    wait()
    wait()
    assert done == [1]


def built(content: Path, output: Path, jobs: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "huikan", "-q", "build", str(content), "-o", str(output), "--edition", "review"]
    return subprocess.run([*command, "--no-cache", "--jobs", jobs], capture_output=True, text=True, check=False)


def test_a_word_copy_is_the_same_with_an_assistant_and_without(tmp_path: Path) -> None:
    write_small_publication(tmp_path / "content")
    for jobs in ("1", "2"):
        assert built(tmp_path / "content", tmp_path / jobs, jobs).returncode == 0
    alone, helped = ({path.name: path.read_bytes() for path in (tmp_path / jobs).iterdir()} for jobs in ("1", "2"))
    assert alone == helped
    assert any(name.endswith(".docx") for name in alone)


def test_pictures_that_cannot_be_used_are_told_with_everything_else(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write_small_publication(content)
    photo = next((content / "photos").iterdir())
    photo.write_bytes(photo.read_bytes()[:200])
    told = [built(content, tmp_path / "output", jobs) for jobs in ("1", "2")]
    assert told[0].stderr == told[1].stderr
    assert (told[1].returncode, told[1].stderr.count("HK034")) == (1, 1)
    booklet = content / "booklet.yaml"
    booklet.write_text(booklet.read_text(encoding="utf-8") + "colour: blue\n", encoding="utf-8")
    told = [built(content, tmp_path / "output", jobs) for jobs in ("1", "2")]
    assert told[0].stderr == told[1].stderr
    assert all(told[1].stderr.count(code) == 1 for code in ("HK011", "HK034"))
    assert not (tmp_path / "output").exists()
