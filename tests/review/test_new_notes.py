"""Footnotes that an editor types in Word are merged as footnotes of the text, and told where a text cannot have any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from huikan.content.load import load_publication
from huikan.review.copy import read_copy
from huikan.review.current import current_paragraphs, fields_of
from huikan.review.report import CopyReport, as_text
from huikan.review.rich import text_of
from tests.review.copies import SUMMARY, merged, planned, sent_copy, shown, text
from tests.review.word_edits import (
    DOCUMENT,
    inserted,
    made,
    new_paragraph,
    paragraph,
    rebuilt,
    run,
    tag,
    without_bookmarks,
    words_of,
)

NOTES = "word/footnotes.xml"
PROSE = "城市依海而兴。[^a]\n\n港口随潮而变。\n\n[^a]: 旧注。\n"


@pytest.fixture
def noted(content: Path) -> Path:
    write(content, PROSE)
    return content


def write(content: Path, prose: str) -> None:
    (content / SUMMARY).write_text(f"---\nappearance: shan-wei\n---\n\n{prose}", encoding="utf-8")


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


T = "城市兴。\n\n- 一项\n- 二项\n\n旧段有注。[^a]又一句。\n\n[^a]: 旧注文。\n"


def settled(content: Path, copy: Path) -> str:
    """The text once the copy is merged, which a second merge does not change."""
    assert not merged(content, copy).conflicts
    made = text(content)
    again = merged(content, copy)
    assert (again.files, again.conflicts) == ({}, ())
    return made


def note(id: str, words: str) -> Callable[[etree._Element], None]:
    def add(root: etree._Element) -> None:
        own = made("p", made("pPr", made("pStyle", val="FootnoteText")), made("r", made("footnoteRef")), run(words))
        root.append(made("footnote", own, id=id))

    return add


def mark(id: str) -> etree._Element:
    return made("r", made("footnoteReference", id=id))


def old_mark(root: etree._Element) -> etree._Element:
    found = next(root.iter(tag("footnoteReference"))).getparent()
    assert found is not None
    return found


@pytest.mark.parametrize(("before", "marks"), [(True, "[^1][^a]"), (False, "[^a][^1]")])
def test_a_new_note_right_beside_another_is_the_new_one(content: Path, before: bool, marks: str) -> None:
    write(content, T)

    def refer(root: etree._Element) -> None:
        (old_mark(root).addprevious if before else old_mark(root).addnext)(mark("9"))

    copy = rebuilt(sent_copy(content), {DOCUMENT: refer, NOTES: note("9", "新注。")})
    assert settled(content, copy) == T.replace("[^a]又", f"{marks}又") + "\n[^1]: 新注。\n"


def test_a_note_deleted_with_its_words_goes_with_its_mark(content: Path) -> None:
    write(content, T)

    def lose(root: etree._Element) -> None:
        old_mark(root).getparent().remove(old_mark(root))  # type: ignore[union-attr]

    copy = rebuilt(sent_copy(content), {DOCUMENT: lose, NOTES: lambda root: root.remove(root[-1])})
    assert settled(content, copy) == "城市兴。\n\n- 一项\n- 二项\n\n旧段有注。又一句。\n"


def test_a_paragraph_with_a_note_may_be_moved_or_copied(content: Path) -> None:
    write(content, T)
    sent = sent_copy(content)
    words = "旧段有注。又一句。"

    def copied(root: etree._Element) -> None:
        new = without_bookmarks(etree.fromstring(etree.tostring(paragraph(root, words))))
        next(new.iter(tag("footnoteReference"))).set(tag("id"), "9")
        paragraph(root, words).addnext(new)

    copy = rebuilt(sent, {DOCUMENT: copied, NOTES: note("9", "旧注文。")})
    assert settled(content, copy).endswith(
        "旧段有注。[^a]又一句。\n\n旧段有注。[^1]又一句。\n\n[^a]: 旧注文。\n\n[^1]: 旧注文。\n"
    )
    write(content, T)
    copy = rebuilt(sent, {DOCUMENT: lambda root: paragraph(root, "城市兴。").addprevious(paragraph(root, words))})
    assert settled(content, copy) == "旧段有注。[^a]又一句。\n\n城市兴。\n\n- 一项\n- 二项\n\n[^a]: 旧注文。\n"


def test_notes_of_items_and_of_new_paragraphs_stand_below_the_text(content: Path) -> None:
    write(content, T)

    def refer(root: etree._Element) -> None:
        new = new_paragraph(paragraph(root, "城市兴。"), "新段。")
        new.append(mark("10"))
        paragraph(root, "城市兴。").addnext(new)
        paragraph(root, "二项").append(mark("9"))

    def notes(root: etree._Element) -> None:
        note("9", "项注。")(root)
        note("10", "段注*星*。")(root)

    copy = rebuilt(sent_copy(content), {DOCUMENT: refer, NOTES: notes})
    expected = T.replace("城市兴。\n", "城市兴。\n\n新段。[^1]\n").replace("二项", "二项[^2]")
    assert settled(content, copy) == expected + "\n[^1]: 段注\\*星\\*。\n\n[^2]: 项注。\n"


def test_marks_of_notes_are_shown_as_marks(noted: Path) -> None:
    copy = with_note(sent_copy(noted), "港口随潮而变。", "见公报。", tracked=True)
    report = as_text([CopyReport(read_copy(copy), shown(copy))]).plain
    assert "城市依海而兴。[^]¶" in report
    assert "港口随潮而变。{+[^见公报。]+}" in report
    assert "insertion: “[^见公报。]”  — 林编辑" in report
    assert "\uf8f0" not in report
