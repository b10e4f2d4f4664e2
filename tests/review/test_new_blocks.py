"""What an editor types between the paragraphs of a text: items, headings, quotations; tables and rows are told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from tests.review.copies import SUMMARY, merged, planned, sent_copy, shown, text
from tests.review.word_edits import (
    changed,
    made,
    new_paragraph,
    paragraph,
    row_of,
    run,
    tag,
    without_bookmarks,
    words_of,
)

TEXT = """\
城市依海而兴。

- 第一，护岸。
- 第二，护湾。

末段。

3. 子
4. 丑

尾段。
"""


@dataclass(frozen=True)
class New:
    """A paragraph typed before or behind another, with the properties of a third, or a style."""

    words: str
    where: str
    beside: str
    like: str
    style: str = ""


BULLET, NUMBER, PLAIN = "第一，护岸。", "子", "末段。"
CASES = {
    "a first item": ((New("新首。", "before", BULLET, BULLET),), "而兴。\n\n- 新首。\n- 第一，护岸。\n"),
    "two first items": (
        (New("甲。", "before", BULLET, BULLET), New("乙。", "before", BULLET, BULLET)),
        "而兴。\n\n- 甲。\n- 乙。\n- 第一，护岸。\n",
    ),
    "a middle item": ((New("新中。", "behind", BULLET, BULLET),), "护岸。\n- 新中。\n- 第二"),
    "a last item": ((New("新末。", "behind", "第二，护湾。", BULLET),), "护湾。\n- 新末。\n\n末段。"),
    "a first number": ((New("新首", "before", NUMBER, NUMBER),), "末段。\n\n3. 新首\n4. 子\n5. 丑\n"),
    "a middle number": ((New("新中", "behind", NUMBER, NUMBER),), "3. 子\n4. 新中\n5. 丑\n"),
    "a last number": ((New("新末", "behind", "丑", NUMBER),), "4. 丑\n5. 新末\n\n尾段。"),
    "a list of numbers below a paragraph": (
        (New("二", "behind", "尾段。", NUMBER), New("一", "behind", "尾段。", NUMBER)),
        "尾段。\n\n1. 一\n2. 二\n",
    ),
    "a list above everything": (
        (New("一。", "before", "城市依海而兴。", BULLET), New("二。", "before", "城市依海而兴。", BULLET)),
        "- 一。\n- 二。\n\n城市依海而兴。\n",
    ),
    "a paragraph below a list": ((New("插段。", "behind", "第二，护湾。", PLAIN),), "护湾。\n\n插段。\n\n末段。"),
    "a paragraph in a list": ((New("插段。", "behind", BULLET, PLAIN),), "护岸。\n\n插段。\n- 第二，护湾。"),
    "a heading": ((New("小题", "before", PLAIN, PLAIN, "Heading3"),), "护湾。\n\n# 小题\n\n末段。"),
    "a quotation": ((New("引语。", "before", PLAIN, PLAIN, "Quote"),), "护湾。\n\n> 引语。\n\n末段。"),
}


def typed(copy: Path, news: tuple[New, ...], *, tracked: bool) -> Path:
    def change(root: etree._Element) -> None:
        for new in news:
            element = new_paragraph(paragraph(root, new.like), new.words, tracked=tracked, style=new.style)
            beside = paragraph(root, new.beside)
            (beside.addprevious if new.where == "before" else beside.addnext)(element)

    return changed(copy, change)


def write(content: Path, prose: str) -> None:
    (content / SUMMARY).write_text(f"---\nappearance: shan-wei\n---\n\n{prose}", encoding="utf-8")


@pytest.fixture(scope="module")
def long_text(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    from tests.review.copies import publication

    content = publication(tmp_path_factory.mktemp("blocks"))
    write(content, TEXT)
    return content, sent_copy(content)


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("case", CASES)
def test_a_typed_paragraph_becomes_what_it_is_in_word(case: str, tracked: bool, long_text: tuple[Path, Path]) -> None:
    content, sent = long_text
    write(content, TEXT)
    news, expected = CASES[case]
    copy = typed(sent, news, tracked=tracked)
    assert not merged(content, copy).conflicts
    assert expected in text(content)
    assert text(content).replace(" ", "").count("\n") >= TEXT.count("\n")
    again = merged(content, copy)
    assert (again.files, again.conflicts) == ({}, ())


@pytest.mark.parametrize("tracked", [True, False])
def test_a_text_that_begins_with_a_list_may_get_a_first_item_and_a_first_paragraph(
    content: Path, tracked: bool
) -> None:
    write(content, "- 第一，护岸。\n- 第二，护湾。\n\n末段。\n")
    sent = sent_copy(content)
    assert not merged(content, typed(sent, (New("新首。", "before", BULLET, BULLET),), tracked=tracked)).conflicts
    assert text(content) == "- 新首。\n- 第一，护岸。\n- 第二，护湾。\n\n末段。\n"
    write(content, "- 第一，护岸。\n- 第二，护湾。\n\n末段。\n")
    assert not merged(content, typed(sent, (New("引段。", "before", BULLET, PLAIN),), tracked=tracked)).conflicts
    assert text(content) == "引段。\n\n- 第一，护岸。\n- 第二，护湾。\n\n末段。\n"


@pytest.mark.parametrize(
    ("behind", "level", "expected"),
    [
        ("内一", 1, "- 外一\n  - 内一\n  - 新项\n  - 内二\n- 外二\n"),
        ("内二", 0, "- 外一\n  - 内一\n  - 内二\n- 新项\n- 外二\n"),
        ("外一", 1, "- 外一\n  - 新项\n  - 内一\n  - 内二\n- 外二\n"),
        ("外二", 1, "- 外一\n  - 内一\n  - 内二\n- 外二\n  - 新项\n"),
    ],
)
def test_an_item_stands_on_the_level_that_it_has_in_word(content: Path, behind: str, level: int, expected: str) -> None:
    write(content, "- 外一\n  - 内一\n  - 内二\n- 外二\n")

    def change(root: etree._Element) -> None:
        new = new_paragraph(paragraph(root, behind), "新项")
        next(new.iter(tag("ilvl"))).set(tag("val"), str(level))
        paragraph(root, behind).addnext(new)

    assert not merged(content, changed(sent_copy(content), change)).conflicts
    assert text(content) == expected


def test_items_made_by_the_button_for_lists_are_known_by_their_numbering(content: Path) -> None:
    """Word gives them the style of a paragraph in a list, and numbering of its own."""

    def change(root: etree._Element) -> None:
        new = new_paragraph(paragraph(root, "第二，护湾。"), "第三，护滩。")
        next(new.iter(tag("pStyle"))).set(tag("val"), "ListParagraph")
        paragraph(root, "第二，护湾。").addnext(new)

    assert not merged(content, changed(sent_copy(content), change)).conflicts
    assert text(content).endswith("- 第二，护湾。\n- 第三，护滩。\n")


QUOTED = "> 引文一。\n>\n> 引文二。\n\n末。\n"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (New("引言。", "before", "引文一。", "末。"), f"引言。\n\n{QUOTED}"),
        (New("引文零。", "before", "引文一。", "引文一。"), f"> 引文零。\n>\n{QUOTED}"),
        (New("引文中。", "behind", "引文一。", "引文一。"), QUOTED.replace("一。", "一。\n>\n> 引文中。")),
        (New("引后。", "behind", "引文二。", "末。"), QUOTED.replace("二。", "二。\n\n引后。")),
    ],
)
def test_a_paragraph_beside_a_quotation_is_in_it_or_not_as_in_word(content: Path, new: New, expected: str) -> None:
    write(content, QUOTED)
    assert not merged(content, typed(sent_copy(content), (new,), tracked=False)).conflicts
    assert text(content) == expected


def test_a_paragraph_below_an_underlined_heading_does_not_come_between(content: Path) -> None:
    write(content, "标题\n===\n\n段。\n")
    copy = typed(sent_copy(content), (New("新段。", "behind", "标题", "段。"),), tracked=False)
    assert not merged(content, copy).conflicts
    assert text(content) == "标题\n===\n\n新段。\n\n段。\n"


TABLE = "城市依海而兴。\n\n|  | 厘米 |\n|---|---|\n| 东港 | 30 |\n| 西港 | 40 |\n\n末段。\n"


def test_a_text_beside_a_table_with_an_empty_cell_is_merged(content: Path) -> None:
    write(content, TABLE)

    def change(root: etree._Element) -> None:
        next(paragraph(root, "末段。").iter(tag("t"))).text = "末一段。"
        next(paragraph(root, "西港").iter(tag("t"))).text = "西南港"

    assert not merged(content, changed(sent_copy(content), change)).conflicts
    assert text(content) == TABLE.replace("末段", "末一段").replace("西港", "西南港")


def test_words_taken_out_of_a_cell_leave_it_empty(content: Path) -> None:
    write(content, TABLE)

    def change(root: etree._Element) -> None:
        next(paragraph(root, "40").iter(tag("t"))).text = ""

    assert not merged(content, changed(sent_copy(content), change)).conflicts
    assert "| 西港 |  |" in text(content)


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("place", ["last", "middle"])
def test_a_new_row_is_written_where_it_stands(content: Path, place: str, tracked: bool) -> None:
    write(content, TABLE)

    def change(root: etree._Element) -> None:
        row = row_of(paragraph(root, "西港" if place == "last" else "东港"))
        new = without_bookmarks(etree.fromstring(etree.tostring(row)))
        for words, cell in zip(("南港", "50"), new.iter(tag("p")), strict=True):
            fresh = new_paragraph(cell, words, tracked=tracked)
            cell.getparent().replace(cell, fresh)  # type: ignore[union-attr]
        row.addnext(new)

    assert not merged(content, changed(sent_copy(content), change)).conflicts
    above, below = ("| 西港 |", "\n") if place == "last" else ("| 东港 |", "| 西港 |")
    lines = text(content).split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("| 南港 | 50 |"))
    assert lines[at - 1].startswith(above)
    assert (lines[at + 1] + "\n").startswith(below)


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("城市依海而兴。", "城市依海而兴。\n\n{}\n- 第一，护岸。\n- 第二，护湾。\n"),
        ("第二，护湾。", "城市依海而兴。\n\n- 第一，护岸。\n- 第二，护湾。\n\n{}"),
        ("海岸与城市", "{}\n城市依海而兴。\n\n- 第一，护岸。\n- 第二，护湾。\n"),
    ],
)
def test_a_new_table_is_written_where_it_stands(content: Path, beside: str, expected: str, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        like = paragraph(root, "城市依海而兴。")
        cells = [made("tc", made("tcPr"), new_paragraph(like, words, tracked=tracked)) for words in ("港", "东港")]
        paragraph(root, beside).addnext(made("tbl", made("tblPr"), *(made("tr", cell) for cell in cells)))

    assert not merged(content, changed(sent_copy(content), change)).conflicts
    assert text(content) == expected.format("| 港 |\n|---|\n| 东港 |\n")


def test_a_row_that_was_taken_out_is_taken_out(content: Path) -> None:
    write(content, TABLE)

    def change(root: etree._Element) -> None:
        row = row_of(paragraph(root, "西港"))
        row.getparent().remove(row)  # type: ignore[union-attr]

    assert not merged(content, changed(sent_copy(content), change)).conflicts
    assert "西港" not in text(content)
    assert "东港" in text(content)


def test_a_speaker_added_to_the_programme_is_told_as_a_row(content: Path) -> None:
    def change(root: etree._Element) -> None:
        cell = next(each for each in root.iter(tag("p")) if words_of(each) == "Ada Osei" and _in_table(each))
        row = row_of(cell)
        new = without_bookmarks(etree.fromstring(etree.tostring(row)))
        for number, each in enumerate(new.iter(tag("p"))):
            for old in [*each.iter(tag("r"))]:
                old.getparent().remove(old)  # type: ignore[union-attr]
            each.append(run(f"新嘉宾{number}"))
        row.addnext(new)

    copy = changed(sent_copy(content), change)
    assert shown(copy).fields
    plan = planned(content, copy)
    assert "a row was added below it" in " ".join(each.message for each in plan.conflicts)
    assert "新嘉宾0" in " ".join(each.message for each in plan.conflicts)


def _in_table(element: etree._Element) -> bool:
    return any(each.tag == tag("tc") for each in element.iterancestors())
