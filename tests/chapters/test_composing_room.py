"""The process that sets the books while the content is read: it answers, and it ends with the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from huikan.render.chapters.composing_room import ComposingRoom
from huikan.render.chapters.order import Order
from huikan.render.workshop import Workshop

ROOT = Path(__file__).resolve().parents[2]
BUILD = [sys.executable, "-m", "huikan", "--quiet", "build"]
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")


def test_several_large_books_at_once_keep_nobody_waiting(tmp_path: Path) -> None:
    """Four orders and four books, each larger than a pipe holds."""
    command = [*BUILD, str(ROOT / "content"), "-o", str(tmp_path), "--no-cache", "--jobs", "2"]
    subprocess.run([*command, "--edition", "print", "--edition", "press"], cwd=ROOT, check=True, timeout=300)
    assert len(list(tmp_path.glob("*.pdf"))) == 4


@LINUX
@pytest.mark.parametrize("seconds", [0, 0.6, 1.2, 1.8])
def test_ctrl_c_ends_the_command_whatever_it_is_at(tmp_path: Path, seconds: float) -> None:
    """A terminal sends it to every process at once."""
    process = started(tmp_path)
    await_others_of(process)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    assert process.returncode in (0, 1, -signal.SIGINT)
    assert not lasting_others_of(process.pid)


@LINUX
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_command_that_ends_leaves_no_process(tmp_path: Path, end: signal.Signals) -> None:
    process = started(tmp_path)
    await_others_of(process)
    process.send_signal(end)
    process.communicate(timeout=60)
    assert not lasting_others_of(process.pid)


@LINUX
def test_a_composing_process_that_is_killed_is_told_as_such() -> None:
    """Also when it had not read all that it was sent."""
    with ComposingRoom(Workshop(jobs=2)) as room:
        assert room.is_slow in (True, False)
        os.kill(room._process.pid or 0, signal.SIGSTOP)
        wait = room.begin(unread, "zh")
        room.close_orders()
        os.kill(room._process.pid or 0, signal.SIGKILL)
        with pytest.raises(RuntimeError, match="ended with -9"):
            wait()


def unread(parser: object) -> Order:
    """An order that nobody gets to read."""
    raise AssertionError


def started(folder: Path) -> subprocess.Popen[str]:
    """A build of several seconds, in a session of its own."""
    command = [*BUILD, str(ROOT / "content"), "-o", str(folder), "--no-cache", "--jobs", "2", "--edition", "print"]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE, text=True)


def await_others_of(process: subprocess.Popen[str]) -> None:
    """Return as soon as the command has a process that is no other program's."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if any(program_of(other) == program_of(process.pid) for other in others_of(process.pid)):
            return
        time.sleep(0.02)
    process.kill()
    raise AssertionError(f"the composing process was never there: {process.communicate()[1]}")


def program_of(process: int) -> str:
    try:
        return str(Path(f"/proc/{process}/exe").readlink())
    except OSError:
        return ""


def lasting_others_of(session: int) -> list[int]:
    """The processes of a session that are there still, seconds after its leader ended."""
    deadline = time.monotonic() + 10
    while (others := others_of(session)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return others


def others_of(session: int) -> list[int]:
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
