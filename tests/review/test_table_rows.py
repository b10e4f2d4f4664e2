"""Rows and tables that an editor puts into a text, or takes out of it, are in the content then."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from huikan.cli import cli
from tests.review.copies import SUMMARY, merged, planned, sent_copy, snapshot, text
from tests.review.test_libreoffice import saved_by_libreoffice
from tests.review.word_edits import (
    NAMES,
    TRACKED,
    changed,
    delete_runs,
    inserted,
    made,
    new_paragraph,
    paragraph,
    row_of,
    run,
    tag,
    without_bookmarks,
    words_of,
)

TABLE = "城市依海而兴。\n\n|  | 水位 |\n|---|---|\n| 东港 | 30 |\n| 西港 | 30 |\n\n末段。\n"
tracked_or_not = pytest.mark.parametrize("tracked", [True, False])


def write(content: Path, prose: str) -> None:
    (content / SUMMARY).write_text(f"---\nappearance: shan-wei\n---\n\n{prose}", encoding="utf-8")


def settled(content: Path, copy: Path) -> None:
    """Merged without a conflict, and the same again says nothing."""
    assert not merged(content, copy).conflicts
    again = merged(content, copy)
    assert (again.files, again.conflicts) == ({}, ())


def new_row(like: etree._Element, words: tuple[str, ...], *, tracked: bool) -> etree._Element:
    """A row as Word makes one below another: its cells are those of the other, its bookmarks are not."""
    row = without_bookmarks(etree.fromstring(etree.tostring(like)))
    for own, cell in zip(words, row.iter(tag("p")), strict=True):
        cell.getparent().replace(cell, new_paragraph(cell, own, tracked=tracked and bool(own)))  # type: ignore[union-attr]
    if tracked:
        row.insert(0, made("trPr", made("ins", **TRACKED)))
    return row


def take_out(row: etree._Element, *, tracked: bool) -> None:
    if not tracked:
        row.getparent().remove(row)  # type: ignore[union-attr]
        return
    row.insert(0, made("trPr", made("del", **TRACKED)))
    delete_runs(row, tracked=True)


def with_row(copy: Path, beside: str, words: tuple[str, ...], *, tracked: bool, above: bool = False) -> Path:
    def change(root: etree._Element) -> None:
        row = row_of(paragraph(root, beside))
        new = new_row(row, words, tracked=tracked)
        (row.addprevious if above else row.addnext)(new)

    return changed(copy, change)


@tracked_or_not
@pytest.mark.parametrize(
    ("beside", "words", "expected"),
    [
        ("东港", ("南港", "50"), "| 东港 | 30 |\n| 南港 | 50 |\n| 西港 | 30 |\n\n末段。"),
        ("西港", ("南港", "30"), "| 西港 | 30 |\n| 南港 | 30 |\n\n末段。"),
        ("水位", ("南港", "50"), "|---|---|\n| 南港 | 50 |\n| 东港 | 30 |"),
        ("东港", ("", "30"), "| 东港 | 30 |\n|  | 30 |\n| 西港"),
        ("东港", ("东港", "30"), "| 东港 | 30 |\n| 东港 | 30 |\n| 西港"),
        ("东港", ("甲|乙", "*5*"), "| 东港 | 30 |\n| 甲\\|乙 | \\*5\\* |\n| 西港"),
    ],
)
def test_a_new_row_stands_in_the_table_where_it_stands_in_word(
    content: Path, beside: str, words: tuple[str, ...], expected: str, tracked: bool
) -> None:
    write(content, TABLE)
    settled(content, with_row(sent_copy(content), beside, words, tracked=tracked))
    assert expected in text(content)
    assert len(text(content).splitlines()) == len(TABLE.splitlines()) + 1


@tracked_or_not
def test_a_cell_corrected_beside_a_new_row_and_a_sentence_below_come_home_with_it(content: Path, tracked: bool) -> None:
    write(content, TABLE)
    copy = with_row(sent_copy(content), "西港", ("南港", "50"), tracked=tracked)

    def change(root: etree._Element) -> None:
        next(row_of(paragraph(root, "西港"))[-1].iter(tag("t"))).text = "31"
        next(paragraph(root, "末段。").iter(tag("t"))).text = "末一段。"

    settled(content, changed(copy, change, name="both.docx"))
    assert text(content).endswith("| 西港 | 31 |\n| 南港 | 50 |\n\n末一段。\n")


def test_a_row_above_the_head_is_told(content: Path) -> None:
    write(content, TABLE)
    plan = planned(content, with_row(sent_copy(content), "水位", ("南港", "50"), tracked=False, above=True))
    (conflict,) = plan.conflicts
    assert "a row above the head of a table must be put in by hand: nothing → “南港 ¶ 50" in conflict.message
    assert not plan.files


@pytest.mark.parametrize(
    ("property", "told"),
    [("gridSpan", "a row with merged cells must be put in by hand"), ("", "a cell of several paragraphs")],
)
def test_a_row_that_markdown_cannot_write_is_told(content: Path, property: str, told: str) -> None:
    write(content, TABLE)
    copy = with_row(sent_copy(content), "东港", ("南港", "50"), tracked=False)

    def change(root: etree._Element) -> None:
        element = paragraph(root, "南港")
        if property:
            cell = element.getparent()
            assert cell is not None
            properties = cell.find("w:tcPr", NAMES)
            assert properties is not None
            properties.append(made(property, val="2"))
        else:
            element.addnext(new_paragraph(element, "第二段"))

    (conflict,) = planned(content, changed(copy, change, name="odd.docx")).conflicts
    assert told in conflict.message
    assert "南港" in conflict.message


def test_a_new_column_is_told_with_its_words(content: Path) -> None:
    write(content, TABLE)

    def change(root: etree._Element) -> None:
        for words in ("东港", "西港"):
            row = row_of(paragraph(root, words))
            row.append(made("tc", made("tcPr"), new_paragraph(paragraph(root, words), f"{words}新")))

    plan = planned(content, changed(sent_copy(content), change))
    (conflict,) = plan.conflicts
    assert "a column, or a row that is not whole, must be put into a table by hand" in conflict.message
    assert "东港新" in conflict.message
    assert not plan.files


def test_words_of_two_cells_that_were_exchanged_are_so_in_the_content(content: Path) -> None:
    write(content, TABLE)

    def change(root: etree._Element) -> None:
        one, other = paragraph(root, "东港"), paragraph(root, "西港")
        for cell, words in ((one, "西港"), (other, "东港")):
            next(cell.iter(tag("t"))).text = words
        next(paragraph(root, "末段。").iter(tag("t"))).text = "末一段。"

    settled(content, changed(sent_copy(content), change))
    assert text(content).endswith("| 西港 | 30 |\n| 东港 | 30 |\n\n末一段。\n")


@tracked_or_not
@pytest.mark.parametrize(
    ("words", "expected"), [("东港", "|---|---|\n| 西港 | 30 |\n\n末"), ("西港", "| 东港 | 30 |\n\n末段。\n")]
)
def test_a_row_that_was_taken_out_is_out(content: Path, words: str, expected: str, tracked: bool) -> None:
    """Cells of other rows with the same words stay."""
    write(content, TABLE)
    copy = changed(sent_copy(content), lambda root: take_out(row_of(paragraph(root, words)), tracked=tracked))
    settled(content, copy)
    assert expected in text(content)
    assert words not in text(content)
    assert len(text(content).splitlines()) == len(TABLE.splitlines()) - 1


@tracked_or_not
def test_a_row_in_place_of_another_is_in_the_content(content: Path, tracked: bool) -> None:
    write(content, TABLE)
    copy = with_row(sent_copy(content), "东港", ("南港", "50"), tracked=tracked)
    copy = changed(copy, lambda root: take_out(row_of(paragraph(root, "东港")), tracked=tracked), name="both.docx")
    settled(content, copy)
    assert "|---|---|\n| 南港 | 50 |\n| 西港 | 30 |\n" in text(content)


def test_the_head_of_a_table_taken_out_is_told(content: Path) -> None:
    write(content, TABLE)
    copy = changed(sent_copy(content), lambda root: take_out(row_of(paragraph(root, "水位")), tracked=False))
    (conflict,) = planned(content, copy).conflicts
    assert "the head of a table must be taken out by hand" in conflict.message


@tracked_or_not
def test_a_table_taken_out_is_out(content: Path, tracked: bool) -> None:
    write(content, TABLE)

    def change(root: etree._Element) -> None:
        table = row_of(paragraph(root, "水位")).getparent()
        assert table is not None
        if tracked:
            for row in table.findall("w:tr", NAMES):
                take_out(row, tracked=True)
        else:
            table.getparent().remove(table)  # type: ignore[union-attr]

    settled(content, changed(sent_copy(content), change))
    assert text(content) == "城市依海而兴。\n\n末段。\n"


def table(root: etree._Element, rows: tuple[tuple[str, ...], ...], *, tracked: bool = False) -> etree._Element:
    like = paragraph(root, "城市依海而兴。")
    lines = []
    for words in rows:
        cells = [made("tc", made("tcPr"), new_paragraph(like, own, tracked=tracked and bool(own))) for own in words]
        lines.append(made("tr", *([made("trPr", made("ins", **TRACKED))] if tracked else []), *cells))
    return made("tbl", made("tblPr"), *lines)


ROWS = (("港口", ""), ("北港", "60"), ("", "60"))
WRITTEN = "| 港口 |  |\n|---|---|\n| 北港 | 60 |\n|  | 60 |\n"


@tracked_or_not
@pytest.mark.parametrize(
    ("prose", "beside", "expected"),
    [
        ("城市依海而兴。\n\n末段。\n", "城市依海而兴。", f"城市依海而兴。\n\n{WRITTEN}\n末段。\n"),
        ("城市依海而兴。\n\n末段。\n", "末段。", f"城市依海而兴。\n\n末段。\n\n{WRITTEN}"),
        ("城市依海而兴。\n\n- 第一。\n", "第一。", f"城市依海而兴。\n\n- 第一。\n\n{WRITTEN}"),
        ("城市依海而兴。\n\n- 第一。\n", "海岸与城市", f"{WRITTEN}\n城市依海而兴。\n\n- 第一。\n"),
    ],
)
def test_a_new_table_is_written_where_it_stands(
    content: Path, prose: str, beside: str, expected: str, tracked: bool
) -> None:
    write(content, prose)
    copy = changed(sent_copy(content), lambda root: paragraph(root, beside).addnext(table(root, ROWS, tracked=tracked)))
    settled(content, copy)
    assert text(content) == expected


def test_a_new_table_and_a_paragraph_below_it_keep_their_order(content: Path) -> None:
    write(content, "城市依海而兴。\n\n末段。\n")

    def change(root: etree._Element) -> None:
        first = paragraph(root, "城市依海而兴。")
        first.addnext(new_paragraph(first, "表下一段。"))
        first.addnext(table(root, ROWS))
        first.addnext(new_paragraph(first, "表上一段。"))

    settled(content, changed(sent_copy(content), change))
    assert text(content) == f"城市依海而兴。\n\n表上一段。\n\n{WRITTEN}\n表下一段。\n\n末段。\n"


def test_a_table_in_a_cell_of_another_is_told(content: Path) -> None:
    write(content, "城市依海而兴。\n")

    def change(root: etree._Element) -> None:
        outer = table(root, (("外", "格"),))
        next(outer.iter(tag("tc"))).append(table(root, (("内",),)))
        paragraph(root, "城市依海而兴。").addnext(outer)

    plan = planned(content, changed(sent_copy(content), change))
    (conflict,) = plan.conflicts
    assert "merged cells" in conflict.message
    assert not plan.files


def test_the_command_writes_rows_and_status_has_nothing_left(content: Path) -> None:
    write(content, TABLE)
    copy = with_row(sent_copy(content), "东港", ("南港", "50"), tracked=False)
    done = CliRunner().invoke(cli, ["review", "merge", str(copy), str(content)])
    assert done.exit_code == 0, done.stderr
    assert "| 南港 | 50 |" in text(content)
    told = CliRunner().invoke(cli, ["review", "status", str(copy.parent), str(content)])
    assert "南港" not in told.stdout


def test_two_editors_rows_at_one_place_are_both_there(content: Path) -> None:
    write(content, TABLE)
    sent = sent_copy(content)
    one = with_row(sent, "东港", ("南港", "50"), tracked=True).rename(sent.with_name("one.docx"))
    two = with_row(sent, "东港", ("北港", "60"), tracked=True).rename(sent.with_name("two.docx"))
    assert not merged(content, one, two).conflicts
    assert "| 东港 | 30 |\n| 南港 | 50 |\n| 北港 | 60 |\n| 西港 | 30 |\n" in text(content)
    before = snapshot(content)
    assert not merged(content, one, two).files
    assert snapshot(content) == before


@tracked_or_not
def test_rows_and_tables_that_libreoffice_saved_are_the_same(content: Path, tracked: bool) -> None:
    write(content, TABLE)

    def change(root: etree._Element) -> None:
        row_of(paragraph(root, "西港")).addnext(
            new_row(row_of(paragraph(root, "西港")), ("南港", "50"), tracked=tracked)
        )
        take_out(row_of(paragraph(root, "东港")), tracked=tracked)
        paragraph(root, "末段。").addnext(table(root, ROWS, tracked=tracked))

    settled(content, saved_by_libreoffice(changed(sent_copy(content), change)))
    kept = TABLE.replace("| 东港 | 30 |\n", "").replace("\n\n末段", "\n| 南港 | 50 |\n\n末段")
    assert text(content) == f"{kept}\n{WRITTEN}"


@tracked_or_not
@pytest.mark.parametrize("is_new", [True, False])
def test_rows_of_the_programme_are_told_with_their_place_and_where_to_write_them(
    content: Path, is_new: bool, tracked: bool
) -> None:
    def change(root: etree._Element) -> None:
        row = row_of(next(each for each in root.iter(tag("p")) if words_of(each) == "Ada Osei" and _in_table(each)))
        if is_new:
            row.addnext(new_row(row, tuple(f"新人{n}" for n, _ in enumerate(row.iter(tag("p")))), tracked=tracked))
        else:
            take_out(row, tracked=tracked)

    plan = planned(content, changed(sent_copy(content), change))
    assert not plan.files
    told = [each for each in plan.conflicts if "Ada Osei" in each.message or "新人0" in each.message]
    assert told
    assert all("(under 论坛议程)" in each.message and "programme.yaml" in each.hint for each in told)


def _in_table(element: etree._Element) -> bool:
    return any(each.tag == tag("tc") for each in element.iterancestors())


@tracked_or_not
def test_an_empty_cell_that_was_filled_is_filled_in_its_column(content: Path, tracked: bool) -> None:
    write(content, TABLE.replace("| 西港 | 30 |", "| 西港 |  |"))

    def change(root: etree._Element) -> None:
        cell = [*row_of(paragraph(root, "西港")).iter(tag("p"))][1]
        cell.append(inserted(run("66")) if tracked else run("66"))

    settled(content, changed(sent_copy(content), change))
    assert text(content) == TABLE.replace("| 西港 | 30 |", "| 西港 | 66 |")


@tracked_or_not
def test_a_new_row_with_the_words_of_a_deleted_one_keeps_its_columns(content: Path, tracked: bool) -> None:
    write(content, TABLE)
    copy = with_row(sent_copy(content), "西港", ("", "东港"), tracked=tracked)

    def change(root: etree._Element) -> None:
        take_out(next(row for row in root.iter(tag("tr")) if words_of(row) == "东港30"), tracked=tracked)

    settled(content, changed(copy, change, name="both.docx"))
    assert "|---|---|\n| 西港 | 30 |\n|  | 东港 |\n\n末段。\n" in text(content)
