"""Paragraphs cut out and pasted elsewhere with tracking off keep their bookmarks: they are seen all the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.review.copies import (
    changed_lines,
    edited,
    inserted,
    merged,
    planned,
    publication,
    rewritten,
    sent_copy,
    shown,
    snapshot,
    split_run,
)

_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small publication with a second summary of two paragraphs."""
    folder = publication(tmp_path)
    (folder / "summaries/ada-osei.md").write_text(
        "---\nappearance: ada-osei\n---\n\n潮水每天来两次。\n\n港口记下每一次。\n", encoding="utf-8"
    )
    return folder


def moved(copy: Path, words: str, below: str) -> Path:
    """The copy with the last paragraph that holds `words` cut out and pasted below the last that holds `below`."""

    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        paragraph = _holding(text, words)
        rest = text.replace(paragraph, "", 1)
        target = _holding(rest, below)
        return rest.replace(target, target + paragraph, 1)

    return rewritten(copy, change, "moved.docx")


def without(copy: Path, words: str) -> Path:
    """The copy without the last paragraph that holds `words`."""

    def change(name: str, text: str) -> str:
        return text.replace(_holding(text, words), "", 1) if name == "word/document.xml" else text

    return rewritten(copy, change, f"without-{words}.docx")


def _holding(text: str, words: str) -> str:
    return [found[0] for found in _PARAGRAPH.finditer(text) if words in re.sub(r"<[^>]+>", "", found[0])][-1]


def test_a_paragraph_moved_within_its_text_is_moved_in_the_content(content: Path) -> None:
    copy = moved(sent_copy(content), "潮水每天来两次", below="港口记下每一次")
    (edit,) = shown(copy).fields
    assert edit.key == "summaries/ada-osei.md#"
    assert edit.untracked
    assert shown(copy).moved == ()
    merged(content, copy)
    lines = (content / "summaries/ada-osei.md").read_text(encoding="utf-8").split()
    assert lines[-2:] == ["港口记下每一次。", "潮水每天来两次。"]


def test_a_paragraph_moved_into_another_speakers_text_is_reported_and_not_lost(content: Path) -> None:
    before = snapshot(content)
    copy = moved(sent_copy(content), "港口记下每一次", below="城市依海而兴")
    (displaced,) = shown(copy).moved
    assert (displaced.key, displaced.words, displaced.after) == (
        "summaries/ada-osei.md#",
        "港口记下每一次。",
        "城市依海而兴。",
    )
    plan = merged(content, copy)
    assert [(note.code, note.file) for note in plan.notes] == [("HK076", "summaries/ada-osei.md")]
    assert "“港口记下每一次。” stands below “城市依海而兴。”" in plan.notes[0].message
    assert snapshot(content) == before


def test_rows_of_the_programme_that_change_places_are_reported_alone(content: Path) -> None:
    def swapped(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        rows = re.findall(r"<w:tr(?: [^>]*)?>.*?</w:tr>", text, re.DOTALL)
        first = next(row for row in rows if "Ada Osei" in row)
        second = rows[rows.index(first) + 1]
        assert "单" in second
        return text.replace(first + second, second + first, 1)

    edits = shown(rewritten(sent_copy(content), swapped))
    assert [each.key for each in edits.moved] == ["people.yaml#shan-wei.name.zh"]
    assert (edits.fields, edits.outside, edits.pictures) == ((), (), ())


def test_a_heading_retyped_with_tracking_off_is_reported(content: Path) -> None:
    def retyped(_: str, text: str) -> str:
        return ">发言人</w:t>".join(text.rsplit(">嘉宾名录</w:t>", 1))

    copy = rewritten(sent_copy(content), retyped)
    (change,) = shown(copy).outside
    assert (change.kind, change.before, change.after, change.author) == ("replacement", "嘉宾名录", "发言人", "")
    (note,) = planned(content, copy).notes
    assert "tracking off: replacement outside every field: “嘉宾名录” → “发言人”" in note.message


def test_blanks_typed_as_an_indent_are_left_to_the_typesetter(content: Path) -> None:
    copy = edited(
        sent_copy(content), (">潮水每天来两次。</w:t>", ' xml:space="preserve">    \u3000\u3000潮水每天来三次。</w:t>')
    )
    assert changed_lines(merged(content, copy)) == ["-潮水每天来两次。", "+潮水每天来三次。"]


def test_a_long_text_changed_with_tracking_off_is_shown_where_it_differs(content: Path) -> None:
    path = content / "summaries/ada-osei.md"
    text = path.read_text(encoding="utf-8").replace(
        "两次。", "两次，" + "涨落之间，港口的人各有各的活计，" * 5 + "从不间断。"
    )
    path.write_text(text, encoding="utf-8")
    copy = edited(sent_copy(content), ("从不间断。", "从无间断。"))
    (note,) = planned(content, copy).notes
    assert "从不间断。" in note.message
    assert "从无间断。" in note.message


@pytest.mark.parametrize("change", ["every paragraph is deleted", "field is gone"])
def test_what_accepting_cannot_decide_does_not_ask_for_it(content: Path, change: str) -> None:
    copy = sent_copy(content)
    if change == "field is gone":
        copy = edited(copy, ("港口记下每一次。", split_run("港口记下", inserted("来潮的")) + "每一次。"))
        (content / "summaries/ada-osei.md").unlink()
    else:
        copy = without(without(copy, "潮水每天来两次"), "港口记下每一次")
    (conflict,) = planned(content, copy, accept_all=True).conflicts
    assert "--accept" not in conflict.hint
    assert "by hand" in conflict.hint
