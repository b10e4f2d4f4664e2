"""Content on its way: the same stream for the same files, and nothing written outside of its folder."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from huikan.series.packing import packed, unpack, unpacked
from tests.series.conftest import files_below


def written(folder: Path) -> dict[str, Path]:
    (folder / "summaries").mkdir(parents=True)
    for name, content in (("booklet.yaml", b"id: a\n"), ("summaries/河口.md", b"x" * 70_000), ("empty", b"")):
        (folder / name).write_bytes(content)
    return {name: folder / name for name in ("booklet.yaml", "empty", "summaries/河口.md")}


def test_files_come_out_as_they_went_in(tmp_path: Path) -> None:
    files = written(tmp_path / "in")
    unpack(io.BytesIO(packed(files)), tmp_path / "out")
    assert files_below(tmp_path / "out") == files_below(tmp_path / "in")
    assert unpacked(io.BytesIO(packed(files))) == files_below(tmp_path / "in")


def test_the_stream_does_not_tell_when_or_by_whom_a_file_was_written(tmp_path: Path) -> None:
    first, second = written(tmp_path / "one"), written(tmp_path / "two")
    for path in second.values():
        path.chmod(0o600)
        os.utime(path, (0, 0))
    assert packed(first) == packed(second)


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside-of-the-folder", "a/../../outside"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(ValueError, match="leads out of the folder"):
        unpack(io.BytesIO(stream.getvalue()), tmp_path / "in")
    assert files_below(tmp_path) == {}


def test_a_link_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        archive.addfile(link)
    with pytest.raises(ValueError, match="is no file"):
        unpack(io.BytesIO(stream.getvalue()), tmp_path)
