"""The heading of a session and the theme below it, edited in Word as the paragraphs that they are there."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.review.copies import changed_lines, edited, inserted, merged, publication, sent_copy, shown, split_run
from tests.review.test_surroundings import head_saying, retyped, told
from tests.review.word_edits import changed

HEADING = '<w:p><w:pPr><w:pStyle w:val="Heading1"/>'
THEME = '<w:p><w:pPr><w:pStyle w:val="SessionTheme"/>'


def themed(folder: Path) -> Path:
    content = publication(folder)
    programme = content / "programme.yaml"
    label = "    label: {zh: 专题发言, en: Talks}\n"
    text = programme.read_text(encoding="utf-8")
    assert label in text
    text = text.replace(label, f"{label}    title: {{zh: 潮汐与港口, en: Tides and Ports}}\n")
    programme.write_text(text, encoding="utf-8")
    return content


def test_a_copy_with_a_theme_says_nothing_before_it_is_edited(tmp_path: Path) -> None:
    content = themed(tmp_path)
    copy = sent_copy(content)
    edits = shown(copy)
    assert (edits.fields, edits.outside, edits.comments) == ((), (), ())
    assert not merged(content, copy).files


def test_a_theme_edited_below_its_heading_is_merged_alone(tmp_path: Path) -> None:
    content = themed(tmp_path)

    def below_its_heading(text: str) -> tuple[str, str]:
        paragraph = THEME + text.partition(THEME)[2].partition("</w:p>")[0]
        return paragraph, paragraph.replace("潮汐与港口", split_run("潮汐", inserted("、风")) + "与港口")

    copy = sent_copy(content)
    old, new = below_its_heading(_document(copy))
    plan = merged(content, edited(copy, (old, new)))
    assert not plan.conflicts
    assert changed_lines(plan) == [
        "-    title: {zh: 潮汐与港口, en: Tides and Ports}",
        "+    title: {zh: 潮汐、风与港口, en: Tides and Ports}",
    ]


def test_a_heading_that_was_joined_with_its_theme_changes_no_word(tmp_path: Path) -> None:
    content = themed(tmp_path)
    copy = sent_copy(content)
    text = _document(copy)
    start = text.rindex(HEADING, 0, text.index(THEME))
    heading = text[start : text.index(THEME)]
    theme = THEME + text.partition(THEME)[2].partition("</w:p>")[0]
    inside = theme.partition("</w:pPr>")[2] or theme.removeprefix(THEME)
    joined = edited(copy, (heading + theme, heading.removesuffix("</w:p>") + inside))
    assert not merged(content, joined).files


def _document(copy: Path) -> str:
    with zipfile.ZipFile(copy) as archive:
        return archive.read("word/document.xml").decode()


def test_a_head_that_a_program_made_of_two_sessions_is_no_edit_and_a_typed_one_is(tmp_path: Path) -> None:
    copy = sent_copy(themed(tmp_path))
    head = head_saying(copy, "潮汐与港口")
    taken = changed(copy, retyped("专题发言", "论坛议程"), head, name="taken.docx")
    assert told(taken) == []
    typed = changed(copy, retyped("专题发言", "主旨发言"), head, name="typed.docx")
    assert [line.partition("“")[0] for line in told(typed)] == ["words changed in a header: "]
