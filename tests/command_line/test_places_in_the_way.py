"""Places that cannot be written to: a message with the place, exit code 2, and nothing left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.command_line.test_bad_input import huikan
from tests.publication import write_small_publication


@pytest.mark.parametrize(
    "command",
    [
        ("build", "content", "-o", "file", "-e", "web", "-l", "en"),
        ("build", "content", "-o", "file/below", "-e", "web", "-l", "en"),
        ("new", "file/below"),
        ("schema", "-o", "file"),
    ],
)
def test_a_file_where_a_folder_should_be_is_named(command: tuple[str, ...], tmp_path: Path) -> None:
    write_small_publication(tmp_path / "content")
    (tmp_path / "file").touch()
    done = huikan(*(tmp_path / word if word.startswith(("content", "file")) else word for word in command))
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "file") in done.stderr
    assert (tmp_path / "file").read_bytes() == b""


def test_a_folder_in_place_of_a_file_keeps_the_other_files_as_they_were(tmp_path: Path) -> None:
    write_small_publication(tmp_path / "content")
    output = tmp_path / "output"
    (output / "small-forum.zh-Hans.html").mkdir(parents=True)
    (output / "small-forum.en.html").write_text("as it was", encoding="utf-8")
    done = huikan("build", tmp_path / "content", "-o", output, "-e", "web", "-l", "en", "-l", "zh-Hans")
    assert done.returncode == 2, done.stderr
    assert "small-forum.zh-Hans.html: Is a directory" in done.stderr
    assert (output / "small-forum.en.html").read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in output.iterdir()) == ["small-forum.en.html", "small-forum.zh-Hans.html"]


def test_a_merge_of_no_copies_is_wrong_usage(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    done = huikan("review", "merge", tmp_path)
    assert done.returncode == 2
    assert "name the reviewed copies" in done.stderr


def test_a_pipe_among_the_content_keeps_nobody_waiting(tmp_path: Path) -> None:
    write_small_publication(tmp_path / "content")
    os.mkfifo(tmp_path / "content/photos/pipe.jpg")
    done = huikan("build", tmp_path / "content", "-o", tmp_path / "output", "-e", "web", "-l", "en")
    assert done.returncode == 0, done.stderr
