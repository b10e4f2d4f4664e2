"""Words that an editor puts into a cell of a table stand in that cell of the Markdown, whatever was done elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from huikan.cli import cli
from tests.review.copies import merged, planned, sent_copy, shown, snapshot, text
from tests.review.test_table_rows import new_row, settled, tracked_or_not, write
from tests.review.word_edits import (
    NAMES,
    changed,
    delete_runs,
    inserted,
    made,
    new_paragraph,
    paragraph,
    row_of,
    run,
    tag,
)

TABLE = (
    "城市依海而兴。\n\n| 港口 | 水位 | 备注 |\n|---|---|---|\n| 东港 | 30 |  |\n| 西港 |  | 远 |\n| 南港 | 30 | 近 |\n"
    "\n末段。\n"
)
Cells = tuple[str, ...]
Change = Callable[[etree._Element], None]


@pytest.fixture
def worded(content: Path) -> Path:
    write(content, TABLE)
    return content


def having(*rows: Cells, tracked: bool) -> Change:
    """Rows, known by their first cells, with these words in their cells."""

    def change(root: etree._Element) -> None:
        for name, *rest in rows:
            for cell, words in zip([*row_of(paragraph(root, name)).iter(tag("p"))][1:], rest, strict=True):
                if words != "".join(each.text or "" for each in cell.iter(tag("t"))):
                    delete_runs(cell, tracked=tracked)
                    if words:
                        cell.append(inserted(run(words)) if tracked else run(words))

    return change


def with_new_row(beside: str, words: Cells, *, tracked: bool = True) -> Change:
    def change(root: etree._Element) -> None:
        row = row_of(paragraph(root, beside))
        row.addnext(new_row(row, words, tracked=tracked))

    return change


def rows_of(content: Path) -> str:
    return text(content).partition("|---|---|---|\n")[2].partition("\n\n")[0]


@tracked_or_not
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("东港", "30", "早"), ("西港", "", "")), "| 东港 | 30 | 早 |\n| 西港 |  |  |\n| 南港 | 30 | 近 |"),
        ((("西港", "8", ""),), "| 东港 | 30 |  |\n| 西港 | 8 |  |\n| 南港 | 30 | 近 |"),
        ((("东港", "", "30"),), "| 东港 |  | 30 |\n| 西港 |  | 远 |\n| 南港 | 30 | 近 |"),
        ((("东港", "", "30"), ("南港", "31", "近")), "| 东港 |  | 30 |\n| 西港 |  | 远 |\n| 南港 | 31 | 近 |"),
        ((("东港", "", ""), ("西港", "30", "远")), "| 东港 |  |  |\n| 西港 | 30 | 远 |\n| 南港 | 30 | 近 |"),
    ],
)
def test_cells_filled_emptied_and_moved_are_so_in_the_content(
    worded: Path, rows: tuple[Cells, ...], expected: str, tracked: bool
) -> None:
    settled(worded, changed(sent_copy(worded), having(*rows, tracked=tracked)))
    assert rows_of(worded) == expected
    assert text(worded).endswith("\n\n末段。\n")


def test_a_link_and_a_note_go_with_the_words_of_their_cell(content: Path) -> None:
    write(content, "| 港 | 位 | 注 |\n|---|---|---|\n| 东港 | [高](https://x.org)[^1] |  |\n\n[^1]: 注一。\n")

    def change(root: etree._Element) -> None:
        _, before, after = row_of(paragraph(root, "东港")).iter(tag("p"))
        for each in [each for each in before if each.tag != tag("pPr")]:
            after.append(each)

    settled(content, changed(sent_copy(content), change))
    assert text(content).splitlines()[2] == "| 东港 |  | [高](https://x.org)[^1] |"
    assert "[^1]: 注一。" in text(content)


def test_a_word_that_went_to_another_cell_with_tracking_off_is_shown_and_told(worded: Path) -> None:
    copy = changed(sent_copy(worded), having(("东港", "", "30"), tracked=False))
    told_by_show = CliRunner().invoke(cli, ["review", "show", str(copy), str(worded)]).stdout
    assert "东港 | {+ | +}30[- | -]" in told_by_show or "东港 | [-30-] | {+30+}" in told_by_show
    (told,) = [note.message for note in planned(worded, copy).notes if "tracking off" in note.message]
    assert "东港 | | 30" in told


def test_whoever_moves_a_word_to_another_cell_approves_with_changes(worded: Path) -> None:
    people = worded / "people.yaml"
    output = worded.parent / "own"
    done = CliRunner().invoke(cli, ["build", str(worded), "-o", str(output), "--only", "shan-wei"])
    assert done.exit_code == 0, done.stderr
    (copy,) = output.glob("*zh-Hans*.docx")
    assert not merged(worded, changed(copy, having(("东港", "", "30"), tracked=True)), approve=True).conflicts
    assert "review: approved-with-changes" in people.read_text(encoding="utf-8")


@tracked_or_not
def test_a_word_moves_to_another_cell_of_a_text_that_changed_meanwhile(worded: Path, tracked: bool) -> None:
    copy = changed(sent_copy(worded), having(("东港", "", "30"), tracked=tracked))
    write(worded, TABLE.replace("| 远 |", "| 很远 |").replace("末段", "末一段"))
    settled(worded, copy)
    assert rows_of(worded) == "| 东港 |  | 30 |\n| 西港 |  | 很远 |\n| 南港 | 30 | 近 |"


@pytest.mark.parametrize("turn", [1, -1])
def test_one_fills_a_cell_and_another_empties_one(worded: Path, turn: int) -> None:
    sent = sent_copy(worded)
    one = changed(sent, having(("东港", "30", "早"), tracked=True), name="one.docx")
    two = changed(sent, having(("西港", "", ""), tracked=True), name="two.docx")
    assert not merged(worded, *[one, two][::turn]).conflicts
    assert rows_of(worded) == "| 东港 | 30 | 早 |\n| 西港 |  |  |\n| 南港 | 30 | 近 |"
    before = snapshot(worded)
    assert not merged(worded, one, two).files
    assert snapshot(worded) == before


def test_new_rows_of_two_editors_with_a_value_in_common_are_both_there(worded: Path) -> None:
    sent = sent_copy(worded)
    one = changed(sent, with_new_row("南港", ("北港", "40", "远")), name="one.docx")
    two = changed(sent, with_new_row("南港", ("湾口", "40", "远")), name="two.docx")
    plan = merged(worded, one, two)
    assert not plan.conflicts
    assert rows_of(worded).endswith("| 南港 | 30 | 近 |\n| 北港 | 40 | 远 |\n| 湾口 | 40 | 远 |")
    assert [note for note in plan.notes if "“北港 | 40 | 远” (one.docx: 林编辑)" in note.message]


def test_a_new_row_that_two_editors_word_differently_is_a_conflict(worded: Path) -> None:
    sent = sent_copy(worded)
    one = changed(sent, with_new_row("南港", ("北港", "40", "远")), name="one.docx")
    two = changed(sent, with_new_row("南港", ("北港", "50", "远")), name="two.docx")
    (conflict,) = planned(worded, one, two).conflicts
    assert "北港 | 40 | 远" in conflict.message
    assert "北港 | 50 | 远" in conflict.message


def test_nothing_is_said_to_be_kept_that_cannot_be_written(worded: Path) -> None:
    sent = sent_copy(worded)
    one = changed(sent, with_new_row("南港", ("北港", "40", "远")), name="one.docx")

    def merge_cells(root: etree._Element) -> None:
        with_new_row("南港", ("湾口", "50", ""))(root)
        cell = next(row_of(paragraph(root, "湾口")).iter(tag("tc")))
        properties = cell.find("w:tcPr", NAMES)
        assert properties is not None
        properties.append(made("gridSpan", val="2"))

    plan = planned(worded, one, changed(sent, merge_cells, name="two.docx"))
    (conflict,) = plan.conflicts
    assert "merged cells" in conflict.message
    assert not [note for note in plan.notes if "kept" in note.message]


def test_a_column_taken_out_is_told(worded: Path) -> None:
    def change(root: etree._Element) -> None:
        table = row_of(paragraph(root, "水位")).getparent()
        assert table is not None
        for row in table.findall("w:tr", NAMES):
            row.remove(row.findall("w:tc", NAMES)[1])

    plan = planned(worded, changed(sent_copy(worded), change))
    (conflict,) = plan.conflicts
    assert "take a column out by hand" in conflict.message
    assert not plan.files


@tracked_or_not
def test_a_paragraph_below_a_table_leaves_its_cells_alone(worded: Path, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        having(("东港", "", "30"), tracked=tracked)(root)
        last = paragraph(root, "末段。")
        last.addnext(new_paragraph(last, "补充一段。", tracked=tracked))

    settled(worded, changed(sent_copy(worded), change))
    assert rows_of(worded).startswith("| 东港 |  | 30 |\n| 西港 |  | 远 |")
    assert text(worded).endswith("末段。\n\n补充一段。\n")


@pytest.mark.parametrize(
    "prose",
    [
        TABLE,
        "首段。\n\n|  |\n|---|\n|  |\n| 子 |\n\n|  |  |\n|---|---|\n| 丑 |  |\n\n> |  |  |\n> |---|---|\n> |  | 寅 |\n",
        "- 项\n\n  | 头 |  |\n  |---|---|\n  |  | 子 |\n\n| 位 |  |  |\n|---|---|---|\n|  |  | 丑 |\n",
    ],
)
def test_tables_that_nobody_touched_say_nothing(content: Path, prose: str) -> None:
    write(content, prose)
    copy = sent_copy(content)
    assert shown(copy).is_empty
    assert not merged(content, copy).files
