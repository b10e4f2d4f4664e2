"""Simple edits with and without tracking: shown as made, merged as made, nothing else touched."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

import pytest

from tests.review.copies import (
    changed_lines,
    deleted,
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


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_copy_without_edits_says_nothing_and_changes_no_byte(tmp_path: Path, language: str) -> None:
    content = publication(tmp_path)
    before = snapshot(content)
    copy = sent_copy(content, language)
    edits = shown(copy)
    assert (edits.fields, edits.outside, edits.comments) == ((), (), ())
    plan = merged(content, copy)
    assert not plan.files
    assert not plan.conflicts
    assert snapshot(content) == before


def test_a_tracked_insertion_changes_its_one_line(tmp_path: Path) -> None:
    content = publication(tmp_path)
    copy = edited(sent_copy(content), ("城市依海而兴。", split_run("城市依海", inserted("岸")) + "而兴。"))
    (edit,) = shown(copy).fields
    assert edit.key == "summaries/shan-wei.md#"
    assert [(change.kind, change.after, change.author) for change in edit.changes] == [("insertion", "岸", "林编辑")]
    assert not edit.untracked
    assert changed_lines(merged(content, copy)) == ["-城市依海而兴。", "+城市依海岸而兴。"]


def test_a_bilingual_copy_comes_home_in_both_languages(tmp_path: Path) -> None:
    content = publication(tmp_path)
    copy = sent_copy(content, "bilingual")
    assert shown(copy).fields == ()
    assert not merged(content, copy).files
    both = edited(
        copy,
        ("城市依海而兴。", split_run("城市依海", inserted("岸")) + "而兴。"),
        ("A city lives by its coast.", split_run("A city ", inserted("still ")) + "lives by its coast."),
    )
    plan = merged(content, both)
    assert not plan.conflicts
    assert [line for line in changed_lines(plan) if line[0] == "+"] == [
        "+A city still lives by its coast.",
        "+城市依海岸而兴。",
    ]
    assert not merged(content, both).files


def test_a_title_changed_alike_in_every_place_is_changed_once(tmp_path: Path) -> None:
    content = publication(tmp_path)
    copy = _retitled(sent_copy(content), "高级")
    edits = [edit for edit in shown(copy).fields if edit.key == "people.yaml#ada-osei.title.zh"]
    assert len(edits) > 1
    plan = merged(content, copy)
    assert changed_lines(plan) == [
        "-  title: {zh: 研究员, en: Research Fellow}",
        "+  title: {zh: 高级研究员, en: Research Fellow}",
    ]
    assert not plan.conflicts


def test_a_title_changed_differently_is_a_conflict_that_names_every_form(tmp_path: Path) -> None:
    content = publication(tmp_path)
    before = snapshot(content)
    plan = merged(content, _retitled(sent_copy(content), "高级", "首席"))
    (conflict,) = plan.conflicts
    assert "高级研究员" in conflict.message
    assert "首席研究员" in conflict.message
    assert snapshot(content) == before


def _retitled(copy: Path, *ranks: str) -> Path:
    """The copy with words put before a title in every place where it stands, in turn."""
    turns = cycle(ranks)

    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        return re.sub(
            "<w:t>研究员</w:t>", lambda _: f"<w:t></w:t></w:r>{inserted(next(turns))}<w:r><w:t>研究员</w:t>", text
        )

    return rewritten(copy, change, "retitled.docx")


def test_an_edit_without_tracking_is_found_and_flagged(tmp_path: Path) -> None:
    content = publication(tmp_path)
    copy = edited(sent_copy(content), ("城市依海而兴。", "城市依江而兴。"))
    (edit,) = shown(copy).fields
    assert edit.untracked
    plan = merged(content, copy)
    assert changed_lines(plan) == ["-城市依海而兴。", "+城市依江而兴。"]
    assert [note.code for note in plan.notes] == ["HK076"]


def test_a_second_merge_of_the_same_copy_does_nothing(tmp_path: Path) -> None:
    content = publication(tmp_path)
    copy = edited(
        sent_copy(content),
        ("城市依海而兴。", split_run("城市", deleted("依海") + inserted("临江")) + "而兴。"),
        ("大潮渐高。", split_run("大潮", inserted("年年")) + "渐高。"),
    )
    assert merged(content, copy).files
    after = snapshot(content)
    assert not merged(content, copy).files
    assert snapshot(content) == after


def test_a_conflict_is_written_nowhere_unless_it_is_decided(tmp_path: Path) -> None:
    content = publication(tmp_path)
    copy = edited(
        sent_copy(content), ("城市依海而兴。", split_run("城市依", deleted("海") + inserted("江")) + "而兴。")
    )
    summary = content / "summaries" / "shan-wei.md"
    summary.write_text(summary.read_text(encoding="utf-8").replace("依海", "依湖"), encoding="utf-8")
    before = snapshot(content)
    plan = merged(content, copy)
    assert [conflict.code for conflict in plan.conflicts] == ["HK074"]
    assert (plan.conflicts[0].file, plan.conflicts[0].line) == ("summaries/shan-wei.md", 4)
    assert snapshot(content) == before
    decided = planned(content, copy, accepted=("林编辑",))
    assert changed_lines(decided) == ["-城市依湖而兴。", "+城市依江而兴。"]


def test_derived_words_are_not_merged_and_their_source_is_named(tmp_path: Path) -> None:
    content = publication(tmp_path)
    before = snapshot(content)
    plan = merged(content, edited(sent_copy(content), ("2024年11月6日", "2024年11月7日")))
    assert snapshot(content) == before
    assert "booklet.yaml#date" in plan.notes[0].hint
