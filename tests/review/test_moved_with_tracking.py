"""What is moved with tracking on, or within a table, comes home with its notes, links and emphasis."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from huikan.review.rich import joined, merge, paragraphs_of, plain, text_of
from tests.review.copies import SUMMARY, merged, sent_copy, shown, text
from tests.review.test_new_notes import NOTES
from tests.review.word_edits import (
    DOCUMENT,
    TRACKED,
    changed,
    delete_runs,
    inserted,
    made,
    move_tracked,
    paragraph,
    rebuilt,
    row_of,
    run,
    tag,
    without_bookmarks,
)

FIRST, NOTED, LAST = "城市依海而兴。", "带注一段。 见公报。", "末段说完。"
WRITTEN = "*带注*一段。[^a] 见[公报](https://example.org/a)。"
TABLE = "| 港口 | 水位 |\n|---|---|\n| 东港 | 30 |\n| **西港** | 30 |\n"
PROSE = f"{FIRST}\n\n- 第一，护岸。\n- 第二，护湾。\n\n{TABLE}\n{WRITTEN}\n\n{LAST}\n\n[^a]: 旧注一条。\n"


@pytest.fixture
def worded(content: Path) -> Path:
    (content / SUMMARY).write_text(f"---\nappearance: shan-wei\n---\n\n{PROSE}", encoding="utf-8")
    return content


def settled(content: Path, copy: Path) -> None:
    """Merged without a conflict, nothing told as not merged, and the same again says nothing."""
    plan = merged(content, copy)
    assert not plan.conflicts
    assert not any("not merged" in note.message for note in plan.notes)
    again = merged(content, copy)
    assert (again.files, again.conflicts) == ({}, ())


def renumbered_note(words: str, beside: str) -> dict[str, object]:
    """Word copies the note of a paragraph that is moved: the new one has another number."""

    def move(root: etree._Element) -> None:
        new = move_tracked(root, words, beside)
        next(new.iter(tag("footnoteReference"))).set(tag("id"), "71")

    def note(root: etree._Element) -> None:
        runs = inserted(made("r", made("footnoteRef")), run(" 旧注一条。"))
        root.append(made("footnote", made("p", made("pPr", made("pStyle", val="FootnoteText")), runs), id="71"))

    return {DOCUMENT: move, NOTES: note}


def test_a_paragraph_takes_its_note_and_its_link_along(worded: Path) -> None:
    copy = rebuilt(sent_copy(worded), renumbered_note(NOTED, FIRST))  # type: ignore[arg-type]
    settled(worded, copy)
    moved = PROSE.replace(f"{WRITTEN}\n\n", "").replace(FIRST, f"{FIRST}\n\n{WRITTEN}")
    assert text(worded) == moved


def test_a_paragraph_moved_and_then_edited_is_both(worded: Path) -> None:
    def change(root: etree._Element) -> None:
        move_tracked(root, FIRST, LAST).append(inserted(run("又添一句。")))

    settled(worded, changed(sent_copy(worded), change))
    assert text(worded).startswith("- 第一")
    assert f"{LAST}\n\n{FIRST}又添一句。\n" in text(worded)


def test_an_item_moved_within_its_list_is_an_item(worded: Path) -> None:
    settled(worded, changed(sent_copy(worded), lambda root: _moved(root, "第一，护岸。", "第二，护湾。")))
    assert "- 第二，护湾。\n- 第一，护岸。\n" in text(worded)


def _moved(root: etree._Element, words: str, beside: str) -> None:
    move_tracked(root, words, beside)


@pytest.mark.parametrize("tracked", [True, False])
def test_a_row_moved_within_its_table_is_moved_with_its_emphasis(worded: Path, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        row, other = row_of(paragraph(root, "西港")), row_of(paragraph(root, "东港"))
        if not tracked:
            other.addprevious(row)
            return
        new = without_bookmarks(etree.fromstring(etree.tostring(row)))
        new.insert(0, made("trPr", made("ins", **TRACKED)))
        row.insert(0, made("trPr", made("del", **TRACKED)))
        delete_runs(row, tracked=True)
        other.addprevious(new)

    settled(worded, changed(sent_copy(worded), change))
    assert "|---|---|\n| **西港** | 30 |\n| 东港 | 30 |\n\n" in text(worded)


def test_a_note_typed_beside_the_end_of_a_moved_paragraph_is_new(worded: Path) -> None:
    changes = renumbered_note(NOTED, FIRST)

    def notes(root: etree._Element) -> None:
        changes[NOTES](root)  # type: ignore[operator]
        next(each for each in root.iter(tag("t")) if each.text == " 旧注一条。" and _is_new(each)).text = " 新注一条。"

    copy = rebuilt(sent_copy(worded), {DOCUMENT: changes[DOCUMENT], NOTES: notes})  # type: ignore[dict-item]
    assert shown(copy).asides == ()
    settled(worded, copy)
    assert "新注一条。" in text(worded)
    assert "旧注一条。" not in text(worded)


def _is_new(element: etree._Element) -> bool:
    return any(each.tag == tag("ins") for each in element.iterancestors())


def test_what_both_sides_moved_and_one_reworded_mixes_nothing_up() -> None:
    def text_with(*words: str) -> tuple[tuple[str, str], ...]:
        return joined([plain(each) for each in words])

    base = text_with("城市依海而兴", "港口随潮而变", "西港", "40", "带注一段见公报", "末段说完")
    ours = text_with("城市依海而兴", "带注一段见公报", "港口随潮而变", "西港", "40", "末段说完")
    theirs = text_with("城市依海而兴", "带注一段看公报", "港口随潮而变", "西港", "40", "末段说完")
    outcome = merge(base, ours, theirs)
    (clash,) = outcome.clashes
    assert "带注一段看公报" in text_of(clash.theirs)
    assert [text_of(each) for each in paragraphs_of(outcome.words)] == [text_of(each) for each in paragraphs_of(ours)]
