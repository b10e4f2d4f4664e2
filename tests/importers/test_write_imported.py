"""Imported files on disk: all of them, and never over another's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.finding import ContentError
from huikan.importers.outline import import_outline
from huikan.importers.write import BASE, write_imported
from tests.importers.record_form import RECORD

IMPORTED = import_outline(RECORD, "record.txt")


def on_disk(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and BASE not in path.parts
    }


def test_every_file_is_written_and_writing_again_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "new" / "content"
    write_imported(IMPORTED, target)
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*")}
    assert on_disk(target) == dict(IMPORTED.files)
    write_imported(IMPORTED, target)
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == before


def test_an_interrupted_import_is_completed(tmp_path: Path) -> None:
    write_imported(IMPORTED, tmp_path)
    (tmp_path / "people.yaml").unlink()
    write_imported(IMPORTED, tmp_path)
    assert on_disk(tmp_path) == dict(IMPORTED.files)


def test_an_edited_file_is_never_overwritten(tmp_path: Path) -> None:
    write_imported(IMPORTED, tmp_path)
    (tmp_path / "people.yaml").write_text("edited: true\n", encoding="utf-8")
    before = on_disk(tmp_path)
    with pytest.raises(ContentError) as caught:
        write_imported(IMPORTED, tmp_path)
    assert [finding.file for finding in caught.value.findings] == ["people.yaml"]
    assert on_disk(tmp_path) == before


def test_a_folder_that_holds_anything_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ContentError, match="not empty"):
        write_imported(IMPORTED, tmp_path)
    assert on_disk(tmp_path) == {"thesis.txt": "mine"}


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("mine", encoding="utf-8")
    with pytest.raises(ContentError, match="not a folder"):
        write_imported(IMPORTED, tmp_path / "content")
