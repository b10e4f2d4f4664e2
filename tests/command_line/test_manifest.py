"""manifest.json lists what lies in the output folder: the last build's files, and those of earlier ones as such."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from huikan.build import BuildRequest, build
from huikan.cache import Memory
from huikan.content.model import Edition
from huikan.render.workshop import Workshop
from tests.publication import write_small_publication


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_small_publication(tmp_path / "content")
    return tmp_path / "content"


def made(content: Path, output: Path, edition: Edition, language: str = "en") -> dict[str, Any]:
    """The manifest after a build of one edition."""
    build(BuildRequest(content, output, (edition,), (language,)))
    listing: dict[str, Any] = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    return listing


def names(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["name"] for entry in entries]


def test_files_of_earlier_builds_stay_in_the_manifest_as_such(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    first = made(content, output, Edition.REVIEW)
    assert "earlier" not in first
    second = made(content, output, Edition.WEB)
    assert names(second["files"]) == ["small-forum.en.html"]
    third = made(content, output, Edition.WEB, "zh-Hans")
    assert names(third["files"]) == ["small-forum.zh-Hans.html"]
    assert names(third["earlier"]) == ["small-forum.en.html", "small-forum.en.review.docx"]
    for entry in (*third["files"], *third["earlier"]):
        assert hashlib.sha256((output / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]
    again = made(content, output, Edition.REVIEW)
    assert names(again["files"]) == ["small-forum.en.review.docx"]
    assert names(again["earlier"]) == ["small-forum.en.html", "small-forum.zh-Hans.html"]


def test_earlier_files_tell_whether_they_were_made_from_the_same_texts(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    first = made(content, output, Edition.WEB)
    same = made(content, output, Edition.WEB, "zh-Hans")
    assert same["earlier"][0]["texts"] == same["texts"] == first["texts"]
    for name, old, new in (
        ("summaries/shan-wei.md", "护岸", "护堤"),
        ("people.yaml", "Director", "Head"),
        ("summaries/shan-wei.en.md", "shore", "coast"),
    ):
        path = content / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        changed = made(content, output, Edition.WEB, "zh-Hans")
        assert changed["texts"] not in {first["texts"], same["texts"]}
        assert changed["earlier"][0]["texts"] == first["texts"]
        same = changed


def test_files_that_are_gone_or_were_changed_leave_the_manifest(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    made(content, output, Edition.REVIEW)
    made(content, output, Edition.WEB)
    (output / "small-forum.en.review.docx").write_bytes(b"saved again by hand")
    (output / "notes.txt").write_text("no file of a build", encoding="utf-8")
    third = made(content, output, Edition.WEB, "zh-Hans")
    assert names(third["earlier"]) == ["small-forum.en.html"]
    (output / "small-forum.en.html").unlink()
    assert "earlier" not in made(content, output, Edition.WEB, "zh-Hans")


def test_the_same_builds_in_another_folder_give_the_same_manifest(content: Path, tmp_path: Path) -> None:
    for output in (tmp_path / "one", tmp_path / "two"):
        made(content, output, Edition.REVIEW)
        made(content, output, Edition.WEB)
    one, two = ((tmp_path / name / "manifest.json").read_bytes() for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize(
    "foreign", ["", "[]", "{}", '{"files": 3}', '{"publication": "x", "texts": "", "files": [{"name": "../content"}]}']
)
def test_a_manifest_that_is_none_of_ours_is_replaced(foreign: str, content: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "manifest.json").write_text(foreign, encoding="utf-8")
    listing = made(content, output, Edition.WEB)
    assert names(listing["files"]) == ["small-forum.en.html"]
    assert "earlier" not in listing


@pytest.mark.parametrize("foreign", ['{"name": "x"}', "3", "null", '{"name": 7, "publication": "x", "texts": "y"}'])
def test_an_entry_that_cannot_be_read_takes_no_other_file_out_of_the_manifest(
    foreign: str, content: Path, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    made(content, output, Edition.REVIEW)
    listing = made(content, output, Edition.WEB)
    listing["earlier"].insert(0, json.loads(foreign))
    (output / "manifest.json").write_text(json.dumps(listing), encoding="utf-8")
    again = made(content, output, Edition.WEB, "zh-Hans")
    assert names(again["earlier"]) == ["small-forum.en.html", "small-forum.en.review.docx"]


def test_earlier_files_of_a_manifest_without_a_digest_of_texts_stay(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    made(content, output, Edition.REVIEW)
    listing = made(content, output, Edition.WEB)
    del listing["texts"]
    (output / "manifest.json").write_text(json.dumps(listing), encoding="utf-8")
    assert names(made(content, output, Edition.WEB, "zh-Hans")["earlier"]) == ["small-forum.en.review.docx"]


def test_earlier_files_that_were_not_touched_are_read_once(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, workshop = tmp_path / "output", Workshop(store=Memory())
    opened: list[str] = []
    really_open = Path.open

    def open_and_tell(path: Path, *how: Any, **more: Any) -> Any:
        opened.append(path.name)
        return really_open(path, *how, **more)

    def opens_of_the_word_copy(*changed: str) -> int:
        for words in changed:
            path = content / "summaries" / "shan-wei.en.md"
            path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")
        opened.clear()
        build(BuildRequest(content, output, (Edition.WEB,), ("en",)), workshop=workshop)
        listing = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
        assert names(listing["earlier"]) == ["small-forum.en.review.docx"]
        return opened.count("small-forum.en.review.docx")

    made(content, output, Edition.REVIEW)
    word = output / "small-forum.en.review.docx"
    os.utime(word, ns=(0, word.stat().st_mtime_ns - 10**9))
    monkeypatch.setattr(Path, "open", open_and_tell)
    assert opens_of_the_word_copy() == 1
    assert opens_of_the_word_copy("\nThe tide turns.\n") == 0
    assert opens_of_the_word_copy("\nIt turns again.\n") == 0
    os.utime(word)
    assert opens_of_the_word_copy() == 1
