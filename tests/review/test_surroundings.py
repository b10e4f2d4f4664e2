"""Heads, feet and the contents: edits without a mark are told, what a program made anew is not."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from huikan.build import BuildRequest, build
from tests.review.copies import planned, sent_copy, shown
from tests.review.test_libreoffice import saved_by_libreoffice
from tests.review.word_edits import DOCUMENT, changed, made, rebuilt, run, tag, words_of


def head_saying(copy: Path, words: str) -> str:
    with zipfile.ZipFile(copy) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/header")]
        return next(name for name in names if words in archive.read(name).decode())


def retyped(old: str, new: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        next(each for each in root.iter(tag("t")) if each.text == old).text = new

    return change


def told(copy: Path) -> list[str]:
    return [str(aside) for aside in shown(copy).asides]


def test_a_line_of_the_contents_changed_with_tracking_off_is_told(content: Path) -> None:
    copy = changed(sent_copy(content), retyped("论坛议程", "会议日程"))
    assert told(copy) == ["words changed in the contents: “论坛议程 → 会议日程”"]
    assert any("not merged: words changed in the contents" in note.message for note in planned(content, copy).notes)


def test_a_line_taken_out_of_the_contents_is_told(content: Path) -> None:
    def change(root: etree._Element) -> None:
        line = next(each for each in root.iter(tag("p")) if words_of(each).startswith("嘉宾名录"))
        line.getparent().remove(line)  # type: ignore[union-attr]

    assert told(changed(sent_copy(content), change)) == ["words deleted from the contents: “嘉宾名录”"]


def test_a_running_head_changed_with_tracking_off_is_told(content: Path) -> None:
    copy = sent_copy(content)
    assert told(changed(copy, retyped("小型论坛", "大型论坛"), head_saying(copy, "小型论坛"))) == [
        "words changed in a header: “小型论坛 → 大型论坛”"
    ]
    assert told(changed(copy, retyped("论坛议程", "会议日程"), head_saying(copy, "论坛议程"))) == [
        "words changed in a header: “论坛议程 → 会议日程”"
    ]


def test_a_running_head_emptied_with_tracking_off_is_told(content: Path) -> None:
    copy = sent_copy(content)
    assert told(changed(copy, retyped("论坛议程", ""), head_saying(copy, "论坛议程"))) == [
        "words deleted from a header: “论坛议程”"
    ]


def test_a_running_head_that_a_program_made_of_another_heading_is_no_edit(content: Path) -> None:
    copy = sent_copy(content)
    assert told(changed(copy, retyped("专题发言", "论坛议程"), head_saying(copy, "专题发言"))) == []


def test_words_typed_into_a_foot_are_told(content: Path) -> None:
    copy = sent_copy(content)
    with zipfile.ZipFile(copy) as archive:
        foot = next(name for name in archive.namelist() if name.startswith("word/footer"))

    def change(root: etree._Element) -> None:
        next(root.iter(tag("p"))).append(run("内部资料"))

    assert [line.partition("“")[0] for line in told(changed(copy, change, foot))] == ["words inserted in a footer: "]
    assert "内部资料" in told(changed(copy, change, foot))[0]


def test_contents_and_heads_made_anew_after_a_heading_was_changed_are_no_edit(content: Path) -> None:
    """Word fills them from the headings when it prints or updates its fields."""
    copy = sent_copy(content)

    def change(root: etree._Element) -> None:
        for text in root.iter(tag("t")):
            if text.text == "专题发言":
                text.text = "专题讨论"

    again = rebuilt(copy, {DOCUMENT: change, head_saying(copy, "专题发言"): retyped("专题发言", "专题讨论")})
    assert shown(again).fields
    assert told(again) == []


def test_contents_made_plain_words_are_still_the_contents(content: Path) -> None:
    def change(root: etree._Element) -> None:
        for each in [*root.iter(tag("fldChar"), tag("instrText"))]:
            inside = [other.tag for other in each.iterancestors()]
            paragraph = next(other for other in each.iterancestors() if other.tag == tag("p"))
            style = paragraph.find(f"{tag('pPr')}/{tag('pStyle')}")
            if style is not None and style.get(tag("val"), "").startswith("TOC") and tag("r") in inside:
                each.getparent().remove(each)  # type: ignore[union-attr]

    edits = shown(changed(sent_copy(content), change))
    assert edits.is_empty


def test_contents_taken_out_are_told(content: Path) -> None:
    def change(root: etree._Element) -> None:
        for each in [*root.iter(tag("p"))]:
            style = each.find(f"{tag('pPr')}/{tag('pStyle')}")
            if style is not None and style.get(tag("val"), "") in {"TOC1", "TOC2"}:
                each.getparent().replace(each, made("p"))  # type: ignore[union-attr]

    assert [line.partition(":")[0] for line in told(changed(sent_copy(content), change))] == [
        "the contents were taken out"
    ]


def test_a_copy_saved_by_libreoffice_has_the_heads_and_contents_that_were_sent(content: Path) -> None:
    assert shown(saved_by_libreoffice(sent_copy(content))).is_empty


@pytest.mark.parametrize("person", ["shan-wei", "lin-yue"])
def test_one_persons_copy_has_them_too(content: Path, person: str) -> None:
    output = content.parent / "output"
    (built,) = build(BuildRequest(content, output, languages=("zh-Hans",), only=(person,))).files
    assert shown(output / built.name).is_empty
    assert shown(saved_by_libreoffice(output / built.name)).is_empty
