"""Files that cannot be read as YAML or text: where, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from huikan.content.load import load_publication
from huikan.content.marks import DEEPEST_NESTING
from huikan.finding import ContentError, Finding
from tests.publication import Edit, Problems

_LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)

BROKEN: dict[str, tuple[str | bytes, int, str, str]] = {
    "an open bracket": ("id: [a\ntitle: b\n", 1, "HK002", "not YAML"),
    "an open quotation": ('title: "a\n', 1, "HK002", "not YAML"),
    "a colon in a text": ("id: a\ntitle: Data: open\n", 2, "HK002", "not YAML"),
    "a tab": ("id: a\ntitle:\n\tzh: b\n", 3, "HK002", "a tab in the indentation"),
    "a second document": ("id: a\n---\nid: b\n", 2, "HK003", "a second document"),
    "a merge key": ("id: a\n<<: {title: b}\n", 2, "HK003", "merge keys"),
    "a Python tag": ("id: a\ntitle: !!python/object:os.system x\n", 2, "HK003", "tag"),
    "an own tag": ("id: a\ntitle: !include b\n", 2, "HK003", "tag !include"),
    "a list as a key": ("id: a\n? [b]\n: c\n", 2, "HK003", "a key must be a word"),
    "a map as a key": ("{id: a, {b: c}: d}\n", 1, "HK003", "a key must be a word"),
    "an empty key": ('id: a\n"": b\n', 2, "HK003", "a key must be a word"),
    "an alias to nothing": ("id: a\ntitle: *b\n", 2, "HK003", "*b refers to nothing"),
    "an alias to itself": ("id: a\ntitle: &b [*b]\n", 2, "HK003", "*b refers to nothing"),
    "an alias bomb": (_LAUGHS, 6, "HK004", "aliases expand to too many values"),
    "many brackets": ("id: a\ntitle: " + "[" * 100_000, 2, "HK004", f"deeper than {DEEPEST_NESTING}"),
    "many hyphens": ("id: a\ntitle:\n" + "- " * 100_000, 3, "HK004", f"deeper than {DEEPEST_NESTING}"),
    "nesting by aliases": (f"a: &a {'[' * 40}{']' * 40}\nb: {'[' * 40}*a{']' * 40}\n", 2, "HK004", "deeper than"),
    "a key twice": ("id: a\ntitle: b\nid: c\n", 3, "HK005", "'id' stands twice"),
    "nine megabytes": ("# " + "x" * 9_000_000 + "\n", 1, "HK001", "larger than 8 MB"),
    "another encoding": ("id: a\ntitle: 会刊\n".encode("gb18030"), 2, "HK008", "not UTF-8"),
    "UTF-16": ("id: a\n".encode("utf-16"), 1, "HK008", "not UTF-8"),
    "a NUL": ("id: a\ntitle: b\0c\n", 2, "HK002", "U+0000"),
    "a control character after Chinese": ("id: a\ntitle: 会刊\nvenue: 上\x08海\n", 3, "HK002", "U+0008"),
    "an escaped NUL": ('id: a\ntitle: "b\\0c"\n', 2, "HK002", "U+0000"),
    "a list": ("- id: a\n", 1, "HK010", "expected a map of keys"),
    "a word": ("\nbooklet\n", 2, "HK010", "expected a map of keys"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_at_its_line_with_a_hint(case: str, folder: Path, problems: Problems) -> None:
    content, line, code, words = BROKEN[case]
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / "booklet.yaml").write_bytes(raw)
    found = [finding for finding in problems() if finding.code == code]
    assert [(finding.file, finding.line) for finding in found] == [("booklet.yaml", line)]
    assert words in found[0].message
    assert found[0].hint
    assert found[0].column > 0


def test_columns_count_characters_not_bytes(folder: Path, problems: Problems) -> None:
    (folder / "booklet.yaml").write_text("id: a\ntitle: 会刊会刊\x08\n", encoding="utf-8")
    assert problems()[0].where == "booklet.yaml:2:12"


def test_the_column_of_a_wrong_byte_is_that_of_its_character(folder: Path, problems: Problems) -> None:
    (folder / "booklet.yaml").write_bytes("id: a\r\ntitle: 会刊".encode() + b"\xff\r\n")
    assert problems()[0].where == "booklet.yaml:2:10"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_only_line_feeds_count_as_lines(separator: str, folder: Path, problems: Problems, edit: Edit) -> None:
    edit("booklet.yaml", "小型论坛", f"'小型{separator}论坛'")
    edit("booklet.yaml", "venue:", "vnue:")
    assert [finding.line for finding in problems()] == [4]


def test_a_broken_head_of_a_summary_has_the_line_of_the_file(folder: Path, problems: Problems, edit: Edit) -> None:
    edit("summaries/shan-wei.md", "appearance: shan-wei", "note: a\nappearance: [shan-wei")
    (found,) = problems()
    assert (found.file, found.code, found.line) == ("summaries/shan-wei.md", "HK002", 3)


def test_a_head_that_does_not_end_is_refused(folder: Path, problems: Problems) -> None:
    (folder / "summaries" / "shan-wei.md").write_text("---\nappearance: shan-wei\n\n正文。\n", encoding="utf-8")
    (found,) = problems()
    assert (found.where, found.code) == ("summaries/shan-wei.md:1:1", "HK009")
    assert "---" in found.hint


def test_a_control_character_in_prose_is_refused(problems: Problems, edit: Edit) -> None:
    edit("summaries/shan-wei.md", "依海", "依\x0b海")
    (found,) = problems()
    assert (found.file, found.line, found.code) == ("summaries/shan-wei.md", 5, "HK002")


def _empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (_empty, "holds no publication"),
        (lambda folder: folder / "nowhere", "there is no folder"),
        (lambda folder: folder / "booklet.yaml", "is a file"),
        (lambda folder: folder / ("n" * 300), "cannot be read"),
    ],
)
def test_what_is_no_publication_is_refused(place: Callable[[Path], Path], words: str, folder: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load_publication(place(folder))
    (found,) = caught.value.findings
    assert found.code in {"HK006", "HK007"}
    assert words in found.message


@pytest.mark.parametrize("name", ["booklet.yaml", "people.yaml", "programme.yaml"])
def test_a_missing_file_is_named(name: str, folder: Path, problems: Problems) -> None:
    (folder / name).unlink()
    assert [(finding.code, finding.message) for finding in problems()] == [("HK006", f"{name} is missing")]


def test_a_file_that_leads_out_of_the_folder_is_refused(folder: Path, problems: Problems) -> None:
    outside = folder.parent / "people.yaml"
    (folder / "people.yaml").rename(outside)
    (folder / "people.yaml").symlink_to(outside)
    (found,) = problems()
    assert (found.code, found.file) == ("HK007", "people.yaml")


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(path)])
def test_what_is_no_file_is_refused(make: Callable[[Path], None], folder: Path, problems: Problems) -> None:
    (folder / "report.yaml").unlink()
    make(folder / "report.yaml")
    found: tuple[Finding, ...] = problems()
    assert [(finding.code, finding.file) for finding in found] == [("HK007", "report.yaml")]
