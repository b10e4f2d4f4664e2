"""A merge killed at any moment leaves the content before or after, never between."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from huikan.finding import ContentError
from huikan.review.transaction import recover, replace_files
from tests.review.copies import publication, snapshot

FILES = 40
TIMES = 60

_PROGRAM = """
import sys
from pathlib import Path
from huikan.review.transaction import replace_files
root = Path(sys.argv[1])
changes = {path.name: (path.read_bytes(), b"after " * 2000) for path in sorted(root.glob("*.md"))}
print("ready", flush=True)
sys.stdin.readline()
replace_files(root, changes)
"""


def _reset(root: Path) -> None:
    for number in range(FILES):
        (root / f"{number}.md").write_bytes(b"before " * 2000)


def test_killed_at_random_instants(tmp_path: Path) -> None:
    root = tmp_path / "content"
    root.mkdir()
    dice = random.Random(5)
    seen: set[bytes] = set()
    longest = _duration(root)
    for _ in range(TIMES):
        _reset(root)
        with _started(root) as process:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
            time.sleep(dice.uniform(0, longest * 1.1))
            process.send_signal(signal.SIGKILL)
        recover(root)
        left = set(snapshot(root).values())
        assert len(left) == 1, "some files are new and some are old"
        seen |= left
        longest *= 1.03 if left == {b"before " * 2000} else 0.97  # as other work makes the machine slower or faster
        assert not list((root / ".huikan").glob("staged-*")) if (root / ".huikan").exists() else True
    assert seen == {b"before " * 2000, b"after " * 2000}, "the instants were not spread over the merge"


def _started(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _PROGRAM, str(root)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _duration(root: Path) -> float:
    _reset(root)
    with _started(root) as process:
        began = time.perf_counter()
        process.communicate("go\n")
    return time.perf_counter() - began


def test_a_file_that_changed_meanwhile_stops_the_merge(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(b"now")
    with pytest.raises(ContentError, match="changed while"):
        replace_files(tmp_path, {"a.md": (b"now", b"new"), "b.md": (b"then", b"new")})
    assert snapshot(tmp_path) == {"a.md": b"now", "b.md": b"now"}


def test_the_backup_holds_the_files_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    backup = replace_files(tmp_path, {"a.md": (b"old", b"new")})
    assert (backup / "a.md").read_bytes() == b"old"
    assert (tmp_path / "a.md").read_bytes() == b"new"


def test_whoever_reads_the_content_next_ends_a_merge_that_was_killed(tmp_path: Path) -> None:
    content = publication(tmp_path)
    name = "summaries/shan-wei.md"
    old = (content / name).read_bytes()
    new = old + "\n合并时断电。\n".encode()
    staged = content / ".huikan" / "staged-killed"
    (staged / name).parent.mkdir(parents=True)
    (staged / name).write_bytes(new)
    journal = {name: hashlib.sha256(new).hexdigest()}
    staged.with_suffix(".json").write_text(json.dumps(journal), encoding="utf-8")
    build(BuildRequest(content, tmp_path / "output", (Edition.REVIEW,)))
    assert (content / name).read_bytes() == new
    assert not list((content / ".huikan").glob("staged-*"))
