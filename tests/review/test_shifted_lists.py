"""Content that changed after it was sent: edits go where their words stand now, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.review.copies import (
    AUTHOR,
    changed_lines,
    edited,
    inserted,
    merged,
    planned,
    rewritten,
    sent_copy,
    shown,
    split_run,
)

SENTENCE = "城市依海而兴。"
FINDINGS = "findings:\n  - {zh: 大潮渐高。, en: Spring tides rise.}\n"
NEW_FINDING = "  - {zh: 小潮不变。, en: Neap tides stay.}\n"


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edit_follows_its_finding_to_another_place_in_the_list(content: Path) -> None:
    copy = edited(sent_copy(content), ("大潮渐高。", split_run("大潮渐高。", inserted("小城尤甚。"))))
    replace(content / "report.yaml", "findings:\n", f"findings:\n{NEW_FINDING}")
    plan = merged(content, copy)
    assert not plan.conflicts
    assert changed_lines(plan)[1].startswith("+  - {zh: 大潮渐高。小城尤甚。")


def test_an_edit_of_a_finding_that_is_gone_is_not_made_in_another_one(content: Path) -> None:
    replace(content / "report.yaml", FINDINGS, FINDINGS + NEW_FINDING)
    copy = edited(sent_copy(content), ("小潮不变。", split_run("小潮不变。", inserted("小城尤甚。"))))
    replace(content / "report.yaml", NEW_FINDING, "  - {zh: 港口增多了三座。, en: Three ports more.}\n")
    plan = planned(content, copy)
    assert not plan.files
    (conflict,) = plan.conflicts
    assert "other words stand there now" in conflict.message
    assert "小城尤甚" in conflict.message


def test_an_edit_follows_its_item_when_the_list_was_turned_round(content: Path) -> None:
    copy = edited(sent_copy(content), ("第一，护岸。", split_run("第一，护岸。", inserted("先堤后岸。"))))
    summary = content / "summaries/shan-wei.md"
    replace(summary, "- 第一，护岸。\n- 第二，护湾。\n", "- 第二，护湾。\n- 第一，护岸。\n")
    assert not merged(content, copy).conflicts
    assert summary.read_text(encoding="utf-8").endswith("- 第二，护湾。\n- 第一，护岸。先堤后岸。\n")


def new_paragraph(words: str, style: str, *, tracked: bool) -> str:
    if not tracked:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'
    mark = f'<w:rPr><w:ins w:id="9009" {AUTHOR}/></w:rPr>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{mark}</w:pPr>{inserted(words)}</w:p>'


@pytest.mark.parametrize("tracked", [False, True])
def test_a_new_first_paragraph_belongs_to_the_text_below_it(content: Path, tracked: bool) -> None:
    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        start = text.rindex("<w:p>", 0, text.index(SENTENCE))
        return text[:start] + new_paragraph("开篇先说潮。", "BodyText", tracked=tracked) + text[start:]

    assert not merged(content, rewritten(sent_copy(content), change)).conflicts
    text = (content / "summaries/shan-wei.md").read_text(encoding="utf-8")
    assert f"---\n\n开篇先说潮。\n\n{SENTENCE}" in text


def test_a_new_last_paragraph_belongs_to_the_text_above_it(content: Path) -> None:
    (content / "summaries/shan-wei.md").write_text(f"---\nappearance: shan-wei\n---\n\n{SENTENCE}\n", encoding="utf-8")

    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        end = text.index("</w:p>", text.index(SENTENCE)) + len("</w:p>")
        return text[:end] + new_paragraph("末了再说城。", "BodyText", tracked=True) + text[end:]

    assert not merged(content, rewritten(sent_copy(content), change)).conflicts
    text = (content / "summaries/shan-wei.md").read_text(encoding="utf-8")
    assert text.endswith(f"{SENTENCE}\n\n末了再说城。\n")


def test_lost_bookmarks_change_nothing(content: Path) -> None:
    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        kept = text.index(SENTENCE)
        return text[:kept] + re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", text[kept:])

    assert shown(rewritten(sent_copy(content), change)).is_empty


def test_words_added_to_the_second_part_of_a_title_stay_there(content: Path) -> None:
    replace(content / "booklet.yaml", "title: {zh: 小型论坛,", "title: {zh: [海岸城市, 小型论坛],")
    copy = sent_copy(content)

    def change(name: str, text: str) -> str:
        at = text.find(">小型论坛</w:t>") if name == "word/document.xml" else -1
        return (
            text if at < 0 else text[:at] + ' xml:space="preserve">' + split_run("", inserted("全国")) + text[at + 1 :]
        )

    assert not merged(content, rewritten(copy, change)).conflicts
    assert "[海岸城市, 全国小型论坛]" in (content / "booklet.yaml").read_text(encoding="utf-8")


def test_what_is_overruled_is_told(content: Path) -> None:
    sent = sent_copy(content)
    copies = [
        edited(sent, ("护岸。", split_run("护岸", inserted(words)) + "。"), name=f"{words}.docx")
        for words in ("坝", "堤")
    ]
    plan = merged(content, *copies, accepted=("坝.docx",))
    assert not plan.conflicts
    assert any("堤" in note.message and "preferred" in note.message for note in plan.notes)


def test_a_note_whose_mark_was_deleted_goes_with_it(content: Path) -> None:
    summary = content / "summaries/shan-wei.md"
    noted = (
        f"---\nappearance: shan-wei\n---\n\n{SENTENCE}[^1]又说潮汐[^2]。\n\n[^1]: 前注，\n    续。\n\n[^2]: 后注。\n"
    )
    summary.write_text(noted, encoding="utf-8")

    def change(name: str, text: str) -> str:
        found = re.search(r"<w:r>(?:(?!</w:r>).)*<w:footnoteReference[^>]*/></w:r>", text)
        if name != "word/document.xml" or found is None:
            return text
        gone = f'<w:del w:id="9008" {AUTHOR}>{found[0]}</w:del>'
        return text[: found.start()] + gone + text[found.end() :]

    assert not merged(content, rewritten(sent_copy(content), change)).conflicts
    text = summary.read_text(encoding="utf-8")
    assert text.endswith(f"{SENTENCE}又说潮汐[^2]。\n\n[^2]: 后注。\n")


def test_a_bar_in_a_table_is_written_as_one(content: Path) -> None:
    summary = content / "summaries/shan-wei.md"
    table = "| 甲 | 乙\\|丙 |\n|---|---|\n| 丁 | 戊己庚 |"
    summary.write_text(f"---\nappearance: shan-wei\n---\n\n{SENTENCE}\n\n{table}\n", encoding="utf-8")
    sent = sent_copy(content)
    copy = edited(
        sent,
        (SENTENCE, split_run(SENTENCE, inserted("因港而盛。"))),
        ("戊己庚", split_run("戊己", inserted("|辛")) + "庚"),
        ("乙|丙", split_run("乙|丙", inserted("丁"))),
    )
    assert not merged(content, copy).conflicts
    text = summary.read_text(encoding="utf-8")
    assert text.endswith(f"{SENTENCE}因港而盛。\n\n" + table.replace("丙", "丙丁").replace("己庚", "己\\|辛庚") + "\n")


def test_a_finding_typed_below_another_is_no_second_paragraph_of_it(content: Path) -> None:
    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        end = text.index("</w:p>", text.index("大潮渐高。")) + len("</w:p>")
        return text[:end] + new_paragraph("小潮不变。", "ListNumber", tracked=False) + text[end:]

    plan = planned(content, rewritten(sent_copy(content), change))
    assert not plan.files
    (conflict,) = plan.conflicts
    assert "小潮不变。" in conflict.message
    assert conflict.hint == "add it to the list, or to this entry, by hand"
