"""Several editors add paragraphs at one place: all of them are kept, and it is told, whenever their copies come."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from huikan.review.rich import combine, joined, merge, paragraphs_of, plain, text_of
from tests.review.copies import SUMMARY, merged, planned, sent_copy, snapshot, text
from tests.review.word_edits import changed, made, move_tracked, new_paragraph, paragraph, tag

PROSE = "城市依海而兴。\n\n- 第一，护岸。\n- 第二，护湾。\n\n末段说完。\n"
BULLET, LAST = "第一，护岸。", "末段说完。"
Change = Callable[[etree._Element], None]


@pytest.fixture
def worded(content: Path) -> Path:
    (content / SUMMARY).write_text(f"---\nappearance: shan-wei\n---\n\n{PROSE}", encoding="utf-8")
    return content


def adding(beside: str, *words: str, tracked: bool = True) -> Change:
    """Paragraphs like the one that they are typed below."""

    def change(root: etree._Element) -> None:
        above = paragraph(root, beside)
        for own in reversed(words):
            above.addnext(new_paragraph(above, own, tracked=tracked))

    return change


def retyping(words: str, new: str) -> Change:
    def change(root: etree._Element) -> None:
        next(paragraph(root, words).iter(tag("t"))).text = new

    return change


def copies(content: Path, *changes: Change) -> list[Path]:
    sent = sent_copy(content)
    return [changed(sent, change, name=f"{number}.docx") for number, change in enumerate(changes)]


@pytest.mark.parametrize(
    ("beside", "one", "two", "expected"),
    [
        (BULLET, "岸边种树。", "湾里养藻。", "- 第一，护岸。\n- 岸边种树。\n- 湾里养藻。\n- 第二，护湾。\n"),
        (BULLET, "第三，养滩。", "湾里养藻。", "护岸。\n"),
        (BULLET, "第三，养滩。", "第四，修堤筑坝。", "- 第三，养滩。\n- 第四，修堤筑坝。\n- 第二，护湾。\n"),
        ("第二，护湾。", "岸边种树。", "湾里养藻。", "- 第二，护湾。\n- 岸边种树。\n- 湾里养藻。\n\n末段"),
        ("城市依海而兴。", "岸边种树。", "湾里养藻。", "而兴。\n\n岸边种树。\n\n湾里养藻。\n\n- 第一"),
        (LAST, "岸边种树。", "湾里养藻。", "末段说完。\n\n岸边种树。\n\n湾里养藻。\n"),
    ],
)
def test_what_two_editors_add_at_one_place_is_all_there(
    worded: Path, beside: str, one: str, two: str, expected: str
) -> None:
    both = copies(worded, adding(beside, one), adding(beside, two, tracked=False))
    plan = merged(worded, *both)
    assert not plan.conflicts
    assert expected in text(worded)
    assert text(worded).count(one) == text(worded).count(two) == 1
    before = snapshot(worded)
    for order in permutations(both):
        again = merged(worded, *order)
        assert (again.files, again.conflicts) == ({}, ())
    assert snapshot(worded) == before


def test_it_is_told_that_both_were_kept(worded: Path) -> None:
    both = copies(worded, adding(BULLET, "第三，养滩。"), adding(BULLET, "第四，修堤筑坝。"))
    (note,) = [note for note in planned(worded, *both).notes if "all kept" in note.message]
    assert "“第三，养滩。” (0.docx: 林编辑); “第四，修堤筑坝。” (1.docx: 林编辑)" in note.message
    assert (note.code, note.file) == ("HK076", SUMMARY)


def test_a_copy_that_comes_later_adds_below_what_came_before(worded: Path) -> None:
    one, two = copies(worded, adding(LAST, "岸边种树。"), adding(LAST, "湾里养藻。", "潮里听声。"))
    assert not merged(worded, one).conflicts
    plan = merged(worded, two)
    assert not plan.conflicts
    assert text(worded).endswith("末段说完。\n\n岸边种树。\n\n湾里养藻。\n\n潮里听声。\n")
    told = " ".join(note.message for note in plan.notes)
    assert "“湾里养藻。 ¶ 潮里听声。” was put below “岸边种树。”, which was added meanwhile" in told
    before = snapshot(worded)
    assert not merged(worded, one, two).files
    assert snapshot(worded) == before


def test_what_both_add_stands_once(worded: Path) -> None:
    both = copies(worded, adding(BULLET, "岸边种树。", "潮里听声。"), adding(BULLET, "湾里养藻。", "潮里听声。"))
    assert not merged(worded, *both).conflicts
    assert "- 第一，护岸。\n- 岸边种树。\n- 潮里听声。\n- 湾里养藻。\n- 第二" in text(worded)


@pytest.mark.parametrize("turn", [1, -1])
def test_one_rewrites_the_end_of_the_text_while_another_adds_below_it(worded: Path, turn: int) -> None:
    both = copies(worded, adding(LAST, "湾里养藻。"), retyping(LAST, "末段说尽！"))
    assert not merged(worded, *both[::turn]).conflicts
    assert text(worded).endswith("末段说尽！\n\n湾里养藻。\n")


@pytest.mark.parametrize("turn", [1, -1])
def test_one_rewrites_the_beginning_of_a_paragraph_while_another_adds_above_it(worded: Path, turn: int) -> None:
    both = copies(worded, adding("第二，护湾。", "湾里养藻。"), retyping(LAST, "尾段说完。"))
    assert not merged(worded, *both[::turn]).conflicts
    assert text(worded).endswith("- 第二，护湾。\n- 湾里养藻。\n\n尾段说完。\n")


@pytest.mark.parametrize("turn", [1, -1])
def test_one_edits_a_line_while_another_adds_a_short_one_below_it(worded: Path, turn: int) -> None:
    """Words of the new one are not taken for what became of the old."""
    (worded / SUMMARY).write_text("---\nappearance: shan-wei\n---\n\n- 三〇\n- 西港\n", encoding="utf-8")
    both = copies(worded, adding("三〇", "南港", "五〇"), retyping("三〇", "三一"))
    assert not merged(worded, *both[::turn]).conflicts
    assert text(worded) == "- 三一\n- 南港\n- 五〇\n- 西港\n"
    assert not merged(worded, *both).files


def test_a_paragraph_that_two_moved_to_different_places_is_told(worded: Path) -> None:
    both = copies(
        worded,
        lambda root: _move(root, "城市依海而兴。", "第二，护湾。"),
        lambda root: _move(root, "城市依海而兴。", LAST),
    )
    plan = planned(worded, *both)
    told = "moved to different places, and kept in each: “城市依海而兴。”"
    assert [note.message for note in plan.notes if told in note.message]


def _move(root: etree._Element, words: str, beside: str) -> None:
    move_tracked(root, words, beside)


def test_emphasis_that_copies_set_differently_is_shown_with_its_marks(worded: Path) -> None:
    def look(name: str) -> Change:
        def change(root: etree._Element) -> None:
            next(paragraph(root, LAST).iter(tag("r"))).insert(0, made("rPr", made(name)))

        return change

    (conflict,) = planned(worded, *copies(worded, look("b"), look("i"))).conflicts
    assert "“**末段说完。**” (0.docx: tracking off); “*末段说完。*” (1.docx: tracking off)" in conflict.message


def test_two_wordings_of_one_paragraph_are_a_conflict(worded: Path) -> None:
    both = copies(worded, adding(LAST, "湾里养藻，岸上种树。"), adding(LAST, "湾里养藻、岸上种树。"))
    plan = planned(worded, *both)
    (conflict,) = plan.conflicts
    assert "湾里养藻，岸上种树。" in conflict.message
    assert "湾里养藻、岸上种树。" in conflict.message
    assert not plan.files


def test_sentences_typed_at_one_place_in_a_paragraph_are_a_conflict(worded: Path) -> None:
    both = copies(worded, retyping(LAST, f"{LAST}甲。"), retyping(LAST, f"{LAST}乙。"))
    assert planned(worded, *both).conflicts


BASE = ["甲一二三", "乙四五六", "丙七八九"]
NEW = st.lists(st.sampled_from(["子丑寅卯", "甲丑丑丑", "乙辰巳午", "未申酉戌", "丙亥亥亥"]), max_size=3, unique=True)


def with_new(places: tuple[list[str], ...]) -> list[str]:
    """The paragraphs of the base with new ones above each and below the last."""
    made: list[str] = []
    for own, old in zip(places, [*BASE, ""], strict=True):
        made += [*own, old]
    return made[:-1]


@given(*[st.tuples(NEW, NEW, NEW, NEW)] * 2)
def test_every_paragraph_that_any_version_adds_is_kept_in_its_order(
    one: tuple[list[str], ...], two: tuple[list[str], ...]
) -> None:
    base, first, second = (joined([plain(each) for each in words]) for words in (BASE, with_new(one), with_new(two)))
    words, disputes = combine(base, [first, second], [False, False])
    if all(dispute.is_kept for dispute in disputes):
        now = [text_of(each) for each in paragraphs_of(words)]
        assert set(now) == {*with_new(one), *with_new(two)}
        assert [each for each in now if each in BASE] == BASE
    outcome = merge(base, first, second)
    if not outcome.clashes:
        now = [text_of(each) for each in paragraphs_of(outcome.words)]
        assert set(now) == {*with_new(one), *with_new(two)}
        again = merge(base, outcome.words, second)
        assert (again.words, again.clashes) == (outcome.words, ())
