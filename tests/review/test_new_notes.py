"""Footnotes that an editor types in Word are merged as footnotes of the text, and told where a text cannot have any."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from huikan.content.load import load_publication
from huikan.review.current import current_paragraphs, fields_of
from huikan.review.rich import text_of
from tests.review.copies import merged, planned, sent_copy, shown
from tests.review.word_edits import DOCUMENT, inserted, made, paragraph, rebuilt, run, tag, words_of

SUMMARY = "summaries/shan-wei.md"
NOTES = "word/footnotes.xml"
PROSE = "城市依海而兴。[^a]\n\n港口随潮而变。\n\n[^a]: 旧注。\n"


@pytest.fixture
def noted(content: Path) -> Path:
    write(content, PROSE)
    return content


def write(content: Path, prose: str) -> None:
    (content / SUMMARY).write_text(f"---\nappearance: shan-wei\n---\n\n{prose}", encoding="utf-8")


def text(content: Path) -> str:
    return (content / SUMMARY).read_text(encoding="utf-8").partition("---\n\n")[2]


def with_note(copy: Path, beside: str, words: str, *, tracked: bool, first: bool = False, after: str = "") -> Path:
    """The copy with a note whose mark stands behind the run of some words."""

    def refer(root: etree._Element) -> None:
        mark = made("r", made("rPr", made("rStyle", val="FootnoteReference")), made("footnoteReference", id="71"))
        where = next(each for each in reversed(list(root.iter(tag("r")))) if words_of(each) == beside)
        where.addnext(inserted(mark) if tracked else mark)
        if after:
            next(where.iter(tag("t"))).text = beside + after

    def note(root: etree._Element) -> None:
        mark = made("r", made("footnoteRef"))
        runs = [mark, run(" " + words)]
        own = made("p", made("pPr", made("pStyle", val="FootnoteText")), *([inserted(*runs)] if tracked else runs))
        new = made("footnote", own, id="71")
        if first:
            root.insert(2, new)
        else:
            root.append(new)

    return rebuilt(copy, {DOCUMENT: refer, NOTES: note})


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize(
    ("beside", "first", "expected"),
    [
        (
            "港口随潮而变。",
            False,
            "城市依海而兴。[^a]\n\n港口随潮而变。[^1]\n\n[^a]: 旧注。\n\n[^1]: 见\\[公报\\]第3期。\n",
        ),
        (
            "港口随潮而变。",
            True,
            "城市依海而兴。[^a]\n\n港口随潮而变。[^1]\n\n[^a]: 旧注。\n\n[^1]: 见\\[公报\\]第3期。\n",
        ),
    ],
)
def test_a_new_note_is_a_footnote_of_the_text(
    noted: Path, beside: str, first: bool, expected: str, tracked: bool
) -> None:
    copy = with_note(sent_copy(noted), beside, "见[公报]第3期。", tracked=tracked, first=first)
    edits = shown(copy)
    assert [edit.key for edit in edits.fields] == ["summaries/shan-wei.md#"]
    assert (edits.outside, edits.asides) == ((), ())
    assert not edits.fields[0].problem
    assert not merged(noted, copy).conflicts
    assert text(noted) == expected
    again = merged(noted, copy)
    assert (again.files, again.conflicts) == ({}, ())


def test_a_new_note_before_another_one_takes_its_number_and_not_its_words(noted: Path) -> None:
    """The words of the old note are changed in the same copy."""
    write(noted, "城市兴。\n\n港口随潮而变。[^a]\n\n[^a]: 旧注。\n")
    copy = with_note(sent_copy(noted), "城市兴。", "新注。", tracked=True, first=True)

    def change(root: etree._Element) -> None:
        next(each for each in root.iter(tag("t")) if each.text == "旧注。").text = "旧注改了。"

    assert not merged(noted, rebuilt(copy, {NOTES: change}, "both.docx")).conflicts
    assert text(noted) == "城市兴。[^1]\n\n港口随潮而变。[^a]\n\n[^a]: 旧注改了。\n\n[^1]: 新注。\n"
    now = fields_of(current_paragraphs(load_publication(noted), "zh-Hans"))
    assert [text_of(note) for note in now.notes_of("summaries/shan-wei.md#")] == ["新注。", "旧注改了。"]


def test_a_first_note_of_a_text_and_a_change_beside_it_are_merged_together(content: Path) -> None:
    copy = with_note(sent_copy(content), "城市依海而兴。", "新注。", tracked=False, after="港口亦然。")
    assert not merged(content, copy).conflicts
    assert text(content).startswith("城市依海而兴。港口亦然。[^1]\n\n- 第一")
    assert text(content).endswith("\n\n[^1]: 新注。\n")


@pytest.mark.parametrize("tracked", [True, False])
def test_a_note_on_a_title_is_told_with_its_words_and_not_written_into_it(content: Path, tracked: bool) -> None:
    copy = with_note(sent_copy(content), "海岸与城市", "题注。", tracked=tracked)
    plan = planned(content, copy)
    assert not plan.files
    assert any("not merged: a new note: “题注。”" in note.message for note in plan.notes)


def test_a_note_of_several_paragraphs_is_told(noted: Path) -> None:
    copy = with_note(sent_copy(noted), "港口随潮而变。", "一段。", tracked=False)

    def second(root: etree._Element) -> None:
        root[-1].append(made("p", run("二段。")))

    (conflict,) = planned(noted, rebuilt(copy, {NOTES: second}, "two.docx")).conflicts
    assert "a new note of several paragraphs must be written by hand" in conflict.message


def test_a_second_paragraph_of_a_note_is_no_note_of_its_own(noted: Path) -> None:
    def second(root: etree._Element) -> None:
        paragraph(root, " 旧注。").addnext(made("p", run("又一段。")))

    edits = shown(rebuilt(sent_copy(noted), {NOTES: second}))
    assert [edit.problem for edit in edits.fields] == ["split into paragraphs, but it is one"]
