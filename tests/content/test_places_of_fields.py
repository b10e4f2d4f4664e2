"""Where a field stands in the files: the span that `locate` names is the text of that field."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.content.load import load_publication


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("booklet.yaml#title.zh", "小型论坛"),
        ("booklet.yaml#organisers.1.members.press", "press"),
        ("organisations.yaml#institute.short.en", "CI"),
        ("people.yaml#ada-osei.name", "Ada Osei"),
        ("people.yaml#shan-wei.title.zh", "[海岸研究所, 所长]"),
        ("booklet.yaml#organisers.1", "role: organiser\n    members: [institute, press]"),
        ("programme.yaml#sessions.opening.start", "09:30"),
        ("programme.yaml#sessions.opening.items.shan-wei.topic.en", "Coast and City"),
        ("programme.yaml#sessions.talks.items.shan-wei-talk.mode", "video"),
        ("programme.yaml#sessions.talks.hosts.lin-yue.scope.zh", "专题发言环节"),
        ("programme.yaml#sessions.talks.items.0", "ada-osei"),
        ("report.yaml#figures.0.rows.0.1.en", "Centimetres"),
        ("report.yaml#figures.0.rows.1.1", '"1"'),
        ("report.yaml#figures.0.rows.1.0", "甲"),
    ],
)
def test_the_span_of_a_field_is_its_text_in_the_file(folder: Path, field: str, written: str) -> None:
    place = load_publication(folder).locate(field)
    assert place is not None
    text = (folder / place.file).read_text(encoding="utf-8")
    assert text[place.start : place.end] == written
    assert text.splitlines()[place.line - 1][place.column - 1 :].startswith(written.partition("\n")[0])


def test_a_span_is_the_same_with_windows_line_ends_and_a_byte_order_mark(folder: Path) -> None:
    path = folder / "people.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    place = load_publication(folder).locate("people.yaml#ada-osei.title.en")
    assert place is not None
    assert text[place.start : place.end] == "Research Fellow"
    assert text.splitlines()[place.line - 1][place.column - 1 :].startswith("Research Fellow")


def test_a_block_of_prose_has_the_place_of_its_text(folder: Path) -> None:
    loaded = load_publication(folder)
    assert loaded.locate("booklet.yaml#introduction.zh/1") == loaded.locate("booklet.yaml#introduction.zh")
    summary = loaded.locate("summaries/shan-wei.en.md#2")
    assert summary is not None
    assert (summary.file, summary.line, summary.column) == ("summaries/shan-wei.en.md", 1, 1)
    original = loaded.locate("summaries/shan-wei.md#1")
    text = (folder / "summaries" / "shan-wei.md").read_text(encoding="utf-8")
    assert original is not None
    assert original.line == 4
    assert text[original.start : original.end] == text.split("---\n")[2]


@pytest.mark.parametrize(
    "field", ["people.yaml#nobody.name", "people.yaml#shan-wei.name.fr", "no.yaml#id", "booklet.yaml#organisers.7.role"]
)
def test_a_field_that_is_not_in_the_files_has_no_place(folder: Path, field: str) -> None:
    assert load_publication(folder).locate(field) is None


def test_every_file_that_was_read_is_named_once_in_order(folder: Path) -> None:
    (folder / "photos" / "unused.jpg").write_bytes(b"not read")
    read = [path.relative_to(folder).as_posix() for path in load_publication(folder).source_files]
    assert read == [
        "booklet.yaml",
        "organisations.yaml",
        "people.yaml",
        "photos/shan-wei.jpg",
        "programme.yaml",
        "report.yaml",
        "summaries/shan-wei.en.md",
        "summaries/shan-wei.md",
    ]
