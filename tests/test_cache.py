"""The cache on disk: whole entries or none, the oldest go first, many processes at once."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from huikan.cache import Cache, Scratch, cache_folder


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*/*/*") if path.is_file()]


def test_what_is_put_is_got_again_by_another_cache_of_the_folder(tmp_path: Path) -> None:
    Cache(tmp_path).put("chapters", "one", b"first")
    Cache(tmp_path).put("chapters", "two", b"")
    Cache(tmp_path).put("pictures", "one", b"other kind")
    cache = Cache(tmp_path)
    assert cache.get("chapters", "one") == b"first"
    assert cache.get("chapters", "two") == b""
    assert cache.get("pictures", "one") == b"other kind"
    assert cache.get("pictures", "two") is None


def test_a_later_entry_replaces_an_earlier_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("chapters", "one", b"first")
    cache.put("chapters", "one", b"second")
    assert cache.get("chapters", "one") == b"second"
    assert len(entries(tmp_path)) == 1


@pytest.mark.parametrize("damage", [b"", b"\0" * 10, b"\0" * 400])
def test_a_damaged_entry_is_a_miss_and_goes(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put("chapters", "one", b"x" * 500)
    (entry,) = entries(tmp_path)
    entry.write_bytes(damage)
    assert cache.get("chapters", "one") is None
    assert entries(tmp_path) == []


def test_every_flipped_byte_is_noticed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for place in range(32 + 5):
        cache.put("chapters", "one", b"whole")
        (entry,) = entries(tmp_path)
        content = bytearray(entry.read_bytes())
        content[place] ^= 1
        entry.write_bytes(content)
        assert cache.get("chapters", "one") is None


def test_an_entry_under_the_name_of_another_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("chapters", "one", b"first")
    (first,) = entries(tmp_path)
    content = first.read_bytes()
    cache.put("chapters", "two", b"second")
    (second,) = set(entries(tmp_path)) - {first}
    second.write_bytes(content)
    assert cache.get("chapters", "two") is None


LARGE = bytes(range(256)) * 10


def test_what_a_process_puts_is_got_by_others_out_of_one_file(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from huikan.cache import Scratch; scratch = Scratch(Path(sys.argv[1]))\n"
        "for name in 'abc': scratch.put('photographs', name, name.encode() * 2_000)"
    )
    scratch = Scratch(tmp_path)
    scratch.put("photographs", "own", LARGE)
    for _ in range(2):
        assert scratch.get("photographs", "own") == LARGE
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
        for name in "abc":
            assert scratch.get("photographs", name) == name.encode() * 2_000
    assert scratch.get("photographs", "d") is None
    assert scratch.get("seen-pictures", "a") is None
    assert len(list(tmp_path.iterdir())) == 3


def test_small_entries_stay_with_the_process_that_put_them(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path)
    scratch.put("seen-pictures", "one", b"")
    scratch.put("seen-pictures", "two", b"small")
    assert scratch.get("seen-pictures", "one") == b""
    assert scratch.get("seen-pictures", "two") == b"small"
    assert pickle.loads(pickle.dumps(scratch)).get("seen-pictures", "two") is None
    assert not list(tmp_path.iterdir())


def test_forked_processes_write_files_of_their_own(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path)
    scratch.put("photographs", "before", LARGE)
    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=scratch.put, args=("photographs", name, LARGE + name.encode())) for name in "ab"]
    for child in children:
        child.start()
    for child in children:
        child.join()
    scratch.put("photographs", "after", LARGE * 2)
    wanted = {"before": LARGE, "a": LARGE + b"a", "b": LARGE + b"b", "after": LARGE * 2}
    for name, data in wanted.items():
        assert Scratch(tmp_path).get("photographs", name) == data
        assert scratch.get("photographs", name) == data


@pytest.mark.parametrize("written", [0, 1, 63, 64, 71, 72, 73, 103, 104, 2_000, 2_663])
def test_what_another_process_has_not_written_whole_is_a_miss_until_it_has(tmp_path: Path, written: int) -> None:
    Scratch(tmp_path).put("photographs", "one", LARGE)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:written])
    other = Scratch(tmp_path)
    assert other.get("photographs", "one") is None
    file.write_bytes(whole)
    assert other.get("photographs", "one") == LARGE


def test_a_flipped_byte_of_an_entry_is_noticed(tmp_path: Path) -> None:
    Scratch(tmp_path).put("photographs", "one", LARGE)
    (file,) = tmp_path.iterdir()
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    assert Scratch(tmp_path).get("photographs", "one") is None


def test_a_folder_that_is_gone_keeps_nothing(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "gone")
    scratch.put("photographs", "one", LARGE)
    assert scratch.get("photographs", "one") is None


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.put("chapters", "one", b"first")
    cache.prune()
    assert cache.get("chapters", "one") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    cache = Cache(blocked / "cache")
    cache.put("chapters", "one", b"first")
    assert cache.get("chapters", "one") is None
    assert blocked.read_text() == "in the way"


def test_the_entries_used_longest_ago_go_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_bytes=10_000)
    for number in range(9):
        cache.put("chapters", str(number), bytes(1_000))
        for path in entries(tmp_path):
            state = path.stat()
            os.utime(path, (state.st_atime, state.st_mtime - 10))
    assert cache.get("chapters", "0") is not None
    cache.put("chapters", "9", bytes(2_000))
    cache.prune()
    kept = [number for number in range(10) if cache.get("chapters", str(number)) is not None]
    assert kept == [0, 5, 6, 7, 8, 9]


def test_writing_much_prunes_by_itself(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_bytes=100_000)
    for number in range(300):
        cache.put("chapters", str(number), bytes(1_000))
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 110_000
    assert cache.get("chapters", "299") is not None


def test_an_entry_too_large_for_the_bound_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_bytes=1_000)
    cache.put("chapters", "one", bytes(300))
    assert entries(tmp_path) == []


def test_pruning_leaves_files_that_are_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    cache = Cache(tmp_path, most_bytes=10)
    cache.put("chapters", "one", b"ab")
    cache.most_bytes = 0
    cache.prune()
    assert (tmp_path / "letter.txt").read_text() == "mine"
    assert entries(tmp_path) == []


def test_what_a_killed_writer_left_goes_in_time(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("chapters", "one", b"first")
    (entry,) = entries(tmp_path)
    left, fresh = entry.with_name("old.part"), entry.with_name("new.part")
    left.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(left, (0, 0))
    cache.prune()
    assert not left.exists()
    assert fresh.exists()
    assert cache.get("chapters", "one") == b"first"


WRITER = """
import sys
from pathlib import Path
from huikan.cache import Cache
cache = Cache(Path(sys.argv[1]), most_bytes=200_000)
for turn in range(200):
    key = str(turn % 7)
    got = cache.get("chapters", key)
    assert got is None or got == key.encode() * 5_000, "torn"
    cache.put("chapters", key, key.encode() * 5_000)
"""


def test_many_processes_share_a_folder(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)]) for _ in range(4)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    assert list(tmp_path.rglob("*.part")) == []


def test_the_folder_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder({"HUIKAN_CACHE": "/var/c", "XDG_CACHE_HOME": "/x"}) == Path("/var/c")
    assert cache_folder({"XDG_CACHE_HOME": "/x"}) == Path("/x/huikan")
    assert cache_folder({}) == tmp_path / ".cache" / "huikan"
