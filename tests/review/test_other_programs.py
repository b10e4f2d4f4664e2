"""Copies of the sample as other programs save them: nothing is told of what they did, edits in them are the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import etree

from huikan.review.rich import text_of
from tests.review.copies import merged, sent_copy, shown
from tests.review.other_programs import PROGRAMS, saved_by_another_program
from tests.review.test_libreoffice import edited_in_libreoffice, saved_by_libreoffice
from tests.review.word_edits import changed, inserted, new_paragraph, paragraph, run, tag, words_of

SAMPLE = Path(__file__).resolve().parents[2] / "content"
_LEAST = 40


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("sample") / "content"
    shutil.copytree(SAMPLE, content)
    return sent_copy(content)


def long_paragraphs(root: etree._Element) -> list[etree._Element]:
    return [each for each in styled(root, "BodyText") if len(words_of(each)) > _LEAST]


def styled(root: etree._Element, style: str) -> Iterable[etree._Element]:
    for each in root.iter(tag("p")):
        own = each.find(f"{tag('pPr')}/{tag('pStyle')}")
        if own is not None and own.get(tag("val")) == style:
            yield each


def edit(root: etree._Element) -> None:
    """With tracking off and on: words in texts and in a title, a new paragraph, bold letters."""
    first, second, third, fourth, *_ = long_paragraphs(root)[3:]
    text = next(first.iter(tag("t")))
    text.text = (text.text or "")[:5] + "新添" + (text.text or "")[5:]
    next(second.iter(tag("r"))).addnext(inserted(run("（补记）")))
    third.addnext(new_paragraph(third, "另起的一段，说的是新事。", tracked=True))
    fourth.addnext(new_paragraph(fourth, "又一段，没有留下痕迹。"))
    topic = next(next(iter(styled(root, "ReportTitle"))).iter(tag("t")))
    topic.text = (topic.text or "") + "续"


def said(copy: Path) -> list[tuple[str, str, bool, str]]:
    edits = shown(copy)
    assert (edits.outside, edits.moved, edits.pictures, edits.asides) == ((), (), (), ())
    return [(each.key, text_of(each.edited), each.untracked, each.problem) for each in edits.fields]


@pytest.fixture(scope="module")
def edited(sample: Path) -> tuple[Path, list[tuple[str, str, bool, str]]]:
    copy = changed(sample, edit, name="edited.docx")
    expected = said(copy)
    assert len(expected) >= 3
    return copy, expected


@pytest.mark.parametrize("program", [*PROGRAMS, "all of these"])
def test_edits_in_a_copy_saved_by_another_program_are_the_same(
    program: str, edited: tuple[Path, list[tuple[str, str, bool, str]]]
) -> None:
    copy, expected = edited
    assert said(saved_by_another_program(copy, *(PROGRAMS if program == "all of these" else [program]))) == expected


def test_libreoffice_changes_nothing_in_the_sample_and_keeps_edits(
    sample: Path, edited: tuple[Path, list[tuple[str, str, bool, str]]]
) -> None:
    assert shown(saved_by_libreoffice(sample)).is_empty
    copy, expected = edited
    assert said(saved_by_libreoffice(copy)) == expected


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_item_typed_in_another_program_is_an_item(content: Path, program: str) -> None:
    def type_in(root: etree._Element) -> None:
        item = paragraph(root, "第一，护岸。")
        item.addprevious(new_paragraph(item, "新首。"))
        item.addnext(new_paragraph(item, "新中。", tracked=True))

    copy = saved_by_another_program(changed(sent_copy(content), type_in), program)
    assert not merged(content, copy).conflicts
    text = (content / "summaries/shan-wei.md").read_text(encoding="utf-8")
    assert text.endswith("兴。\n\n- 新首。\n- 第一，护岸。\n- 新中。\n- 第二，护湾。\n")


def test_an_item_and_a_paragraph_typed_in_libreoffice_are_that(content: Path) -> None:
    edits = [
        {"author": "林编辑", "do": "insert-paragraph", "find": "第一，护岸。", "text": "新中。"},
        {"author": "Ada", "do": "insert-paragraph", "find": "城市依海而兴。", "text": "新段。"},
    ]
    copy = edited_in_libreoffice(sent_copy(content), edits)
    assert not any(edit.untracked for edit in shown(copy).fields)
    assert not merged(content, copy).conflicts
    text = (content / "summaries/shan-wei.md").read_text(encoding="utf-8")
    assert text.endswith("兴。\n\n新段。\n\n- 第一，护岸。\n- 新中。\n- 第二，护湾。\n")
