"""Booklets on a real Dask cluster of this machine: a scheduler and two workers, each a process, one of which dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.series.conftest import break_content, files_below, huikan

SECONDS = 60


@dataclass(frozen=True)
class Cluster:
    address: str
    workers: Sequence[subprocess.Popen[bytes]]
    folders: Sequence[Path]

    def wait_until_busy(self, number: int) -> None:
        """Until that worker has unpacked a booklet and sets it."""
        until = time.monotonic() + SECONDS
        while not list(self.folders[number].rglob("huikan-*/content/booklet.yaml")):
            assert time.monotonic() < until, "the worker got nothing to do"
            time.sleep(0.02)


def wait_for(path: Path) -> None:
    until = time.monotonic() + SECONDS
    while not path.exists():
        assert time.monotonic() < until, f"no {path.name}"
        time.sleep(0.05)


def dask(log: Path, *arguments: str | Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as target:
        command = [sys.executable, "-m", "dask", *map(str, arguments), "--host", "127.0.0.1", "--no-dashboard"]
        return subprocess.Popen(command, stdout=target, stderr=target)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    contact = folder / "scheduler.json"
    started = [dask(folder / "scheduler.log", "scheduler", "--port", "0", "--scheduler-file", contact)]
    folders = [folder / "worker-0", folder / "worker-1"]
    try:
        wait_for(contact)
        for place in folders:
            options = ("--nthreads", "1", "--no-nanny", "--local-directory", place)
            started.append(dask(place.with_suffix(".log"), "worker", "--scheduler-file", contact, *options))
        for place in folders:
            wait_for_registration(place.with_suffix(".log"))
        address = contact.read_text().split('"address": "')[1].split('"')[0]
        yield Cluster(address, started[1:], folders)
    finally:
        for process in reversed(started):
            process.kill()
            process.wait(SECONDS)


def wait_for_registration(log: Path) -> None:
    until = time.monotonic() + SECONDS
    while b"Registered to" not in log.read_bytes():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)


def command(forums: Sequence[Path], output: Path, *options: str) -> list[str]:
    editions = ["-e", "print", "-e", "review"]
    return ["build", *map(str, forums), "-o", str(output), *editions, *options]


def test_every_file_arrives_though_a_worker_is_killed_in_the_middle(
    cluster: Cluster, forums: list[Path], tmp_path: Path, built_alone: dict[str, bytes]
) -> None:
    arguments = command(forums, tmp_path / "output", "--dask", cluster.address)
    client = subprocess.Popen([sys.executable, "-m", "huikan", *arguments], stderr=subprocess.PIPE, text=True)
    cluster.wait_until_busy(0)
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    _, said = client.communicate(timeout=3 * SECONDS)
    assert client.returncode == 0, said
    assert cluster.workers[0].wait(SECONDS) == -signal.SIGKILL
    assert cluster.workers[1].poll() is None
    assert files_below(tmp_path / "output") == built_alone


def test_files_travel_through_shared_storage_and_a_broken_booklet_stops_no_other(
    cluster: Cluster, forums: list[Path], tmp_path: Path, built_alone: dict[str, bytes]
) -> None:
    break_content(forums[1])
    shared = tmp_path / "shared"
    options = ("--dask", cluster.address, "--shared", shared.as_uri())
    run = huikan(*command(forums, tmp_path / "output", *options))
    assert run.returncode == 1
    assert f"{forums[1] / 'people.yaml'}:5:16: error: there is no organisation 'nobody' [HK020]" in run.stderr
    assert "Traceback" not in run.stderr
    expected = {path: content for path, content in built_alone.items() if not path.startswith("island/")}
    assert files_below(tmp_path / "output") == expected
    assert files_below(shared) == {}


def test_the_date_of_this_machine_s_environment_holds_on_the_workers(
    cluster: Cluster, forums: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert huikan(*command(forums[:1], tmp_path / "here")).returncode == 0
    assert huikan(*command(forums[:1], tmp_path / "there", "--dask", cluster.address)).returncode == 0
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert huikan(*command(forums[:1], tmp_path / "undated", "--dask", cluster.address)).returncode == 0
    assert files_below(tmp_path / "there" / "harbour") == files_below(tmp_path / "here")
    assert files_below(tmp_path / "undated" / "harbour") != files_below(tmp_path / "here")


def test_content_too_large_for_the_scheduler_is_refused_with_the_way_out(
    cluster: Cluster, forums: list[Path], tmp_path: Path
) -> None:
    os.truncate(forums[1] / "photos" / "shan-wei.jpg", 600_000_000)
    run = huikan(*command(forums[:2], tmp_path / "output", "--dask", cluster.address))
    assert run.returncode == 1
    assert f"{forums[1]} holds 600 MB, more than can be sent through the scheduler [HK146]" in run.stderr
    assert {path.split("/")[0] for path in files_below(tmp_path / "output")} == {"harbour"}


def test_a_scheduler_that_does_not_answer_is_named(forums: list[Path], tmp_path: Path) -> None:
    run = huikan(*command(forums, tmp_path / "output", "--dask", "tcp://127.0.0.1:1"))
    assert run.returncode == 3
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in run.stderr
    assert "Traceback" not in run.stderr
