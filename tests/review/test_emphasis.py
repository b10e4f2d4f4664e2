"""Emphasis that an editor sets or takes away: kept where the content is Markdown, told where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.review.copies import SUMMARY, merged, sent_copy, settled, shown, snapshot, text
from tests.review.test_new_notes import NOTES, with_note
from tests.review.word_edits import TRACKED, changed, made, paragraph, run, tag, words_of

PROSE = "城市依海而兴。[^a]\n\n[^a]: 旧注*甚*简明。\n"
tracked_or_not = pytest.mark.parametrize("tracked", [True, False])


@pytest.fixture
def noted(content: Path) -> Path:
    (content / SUMMARY).write_text(f"---\nappearance: shan-wei\n---\n\n{PROSE}", encoding="utf-8")
    return content


def emphasise(root: etree._Element, words: str, part: str, look: str, *, tracked: bool, on: bool = True) -> None:
    """Give some words of a paragraph a look, or take it from them."""
    runs = (each for each in reversed(list(root.iter(tag("r")))) if part in words_of(each))
    own = next(each for each in runs if words_of(each.getparent()) == words)  # type: ignore[arg-type]
    before, after = words_of(own).split(part, 1)
    marked = run(part)
    was = made("rPrChange", made("rPr", *([] if on else [made(look)])), **TRACKED)
    marked.insert(0, made("rPr", *([made(look)] if on else []), *([was] if tracked else [])))
    for each in (run(after), marked, run(before)):
        if words_of(each):
            own.addnext(each)
    own.getparent().remove(own)  # type: ignore[union-attr]


@tracked_or_not
def test_words_of_a_note_that_were_emphasised_are_so_in_the_content(noted: Path, tracked: bool) -> None:
    copy = changed(
        sent_copy(noted), lambda root: emphasise(root, " 旧注甚简明。", "简明", "b", tracked=tracked), part=NOTES
    )
    settled(noted, copy)
    assert text(noted) == PROSE.replace("简明", "**简明**")


@tracked_or_not
def test_emphasis_taken_out_of_a_note_is_out_of_the_content(noted: Path, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        emphasise(root, " 旧注甚简明。", "甚", "i", tracked=tracked, on=False)

    copy = changed(sent_copy(noted), change, part=NOTES)
    settled(noted, copy)
    assert text(noted) == PROSE.replace("*甚*", "甚")


def test_words_of_a_note_are_changed_beside_its_emphasis(noted: Path) -> None:
    def change(root: etree._Element) -> None:
        own = next(each for each in root.iter(tag("t")) if "简明" in (each.text or ""))
        own.text = (own.text or "").replace("简明", "详明")

    settled(noted, changed(sent_copy(noted), change, part=NOTES))
    assert text(noted) == PROSE.replace("简明", "详明")


@tracked_or_not
def test_a_new_note_keeps_its_emphasis(noted: Path, tracked: bool) -> None:
    copy = with_note(sent_copy(noted), "城市依海而兴。", "见公报，勿引。", tracked=tracked)

    def change(root: etree._Element) -> None:
        emphasise(root, " 见公报，勿引。", "勿引", "b", tracked=False)

    copy = changed(copy, change, part=NOTES, name="looks.docx")
    assert not merged(noted, copy).conflicts
    assert "]: 见公报，**勿引**。\n" in text(noted)
    before = snapshot(noted)
    assert not merged(noted, copy).files
    assert snapshot(noted) == before


@tracked_or_not
@pytest.mark.parametrize(("look", "name"), [("b", "bold"), ("i", "italics")])
def test_emphasis_on_words_of_a_title_is_told(content: Path, look: str, name: str, tracked: bool) -> None:
    before = snapshot(content)
    copy = changed(sent_copy(content), lambda root: emphasise(root, "海岸与城市", "城市", look, tracked=tracked))
    author = "  — 林编辑" if tracked else ""
    told = f"{name} put on words that have no emphasis in the content: “城市”{author}"
    assert [str(aside) for aside in shown(copy).asides] == [told]
    plan = merged(content, copy)
    assert any(f"not merged: {told}" in note.message for note in plan.notes)
    assert snapshot(content) == before


def test_a_title_retyped_in_its_own_look_is_no_emphasis(content: Path) -> None:
    def change(root: etree._Element) -> None:
        next(paragraph(root, "海岸与城市").iter(tag("t"))).text = "海湾与城市"

    assert shown(changed(sent_copy(content), change)).asides == ()
