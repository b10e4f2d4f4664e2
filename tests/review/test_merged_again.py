"""A copy merged again changes nothing, whatever was merged or written between."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from lxml import etree

from tests.review.copies import SUMMARY, merged, sent_copy, text
from tests.review.word_edits import changed, delete_paragraph, new_paragraph, paragraph, tag

FIRST, ONE, TWO = "城市依海而兴。", "第一，护岸。", "第二，护湾。"


def adding(beside: str, words: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        paragraph(root, beside).addnext(new_paragraph(paragraph(root, beside), words))

    return change


CHANGES = {
    "a": (ONE, "甲加。"),
    "b": (TWO, "乙加。"),
    "c": (FIRST, "丙加。"),
}


@pytest.mark.parametrize("order", [*permutations(CHANGES)])
def test_paragraphs_of_several_copies_are_written_once(content: Path, order: tuple[str, ...]) -> None:
    """All end with the same letter, so that it is not plain which of two the new one begins behind."""
    sent = sent_copy(content)
    copies = [changed(sent, adding(*CHANGES[name]), name=f"{name}.docx") for name in order]
    for copy in copies:
        assert not merged(content, copy).conflicts
    expected = f"{FIRST}\n\n丙加。\n\n- {ONE}\n- 甲加。\n- {TWO}\n- 乙加。\n"
    assert text(content) == expected
    for copy in (*copies, *reversed(copies)):
        plan = merged(content, copy)
        assert (plan.files, plan.conflicts) == ({}, ())
    assert not merged(content, *copies).files
    assert text(content) == expected


def test_a_paragraph_added_beside_words_that_changed_meanwhile_is_written_once(content: Path) -> None:
    copy = changed(sent_copy(content), adding(FIRST, "又一段。"))
    path = content / SUMMARY
    path.write_text(path.read_text(encoding="utf-8").replace("依海", "**依海**"), encoding="utf-8")
    for _ in range(3):
        assert not merged(content, copy).conflicts
    assert text(content) == f"城市**依海**而兴。\n\n又一段。\n\n- {ONE}\n- {TWO}\n"


def test_a_deletion_and_a_change_of_the_next_paragraph_go_together_again_and_again(content: Path) -> None:
    sent = sent_copy(content)
    one = changed(sent, lambda root: delete_paragraph(paragraph(root, ONE), tracked=False), name="one.docx")

    def retype(root: etree._Element) -> None:
        next(paragraph(root, TWO).iter(tag("t"))).text = "第二，护河湾。"

    two = changed(sent, retype, name="two.docx")
    for _ in range(2):
        assert not merged(content, one, two).conflicts
        assert not merged(content, two).conflicts
    assert text(content) == f"{FIRST}\n\n- 第二，护河湾。\n"
