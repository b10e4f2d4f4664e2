"""Several slips that break one YAML file are told at once, each on its line, and nothing that follows from another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.test_where_yaml_breaks import BREAKS
from tests.publication import SMALL_PUBLICATION, Edit, Problems

MORE_PEOPLE = """\
zhao-yi:
  name: {zh: 赵一, en: Zhao Yi}
qian-er:
  name: {zh: 钱二, en: Qian Er
sun-san:
  name: {zh: 孙三, en: Sun San}
  titel: 教授
"""
MORE_SESSIONS = """\
  - id: third
    kind: panel
    title: {zh: 三, en: Three
    items: [ada-osei]
  - id: fourth
    kind: panel
    title: 四: 五
    items: [ada-osei]
"""
MORE = {
    "people.yaml": (MORE_PEOPLE, [(4, 9, "HK002"), (7, 3, "HK011")]),
    "programme.yaml": (MORE_SESSIONS, [(3, 12, "HK002"), (7, 13, "HK002")]),
    "booklet.yaml": ('series: "甲" 乙\nsubtitle: 丙\n', [(1, 13, "HK002")]),
}
"""By file what is written below its text, and where in that something is wrong."""


@pytest.mark.parametrize("slip", BREAKS)
def test_what_is_wrong_below_a_break_is_told_with_it(slip: str, folder: Path, edit: Edit, problems: Problems) -> None:
    file, old, new, where, _, _ = BREAKS[slip]
    edit(file, old, new)
    path, (more, wrong) = folder / file, MORE[file]
    above = path.read_text(encoding="utf-8")
    path.write_text(above + more, encoding="utf-8")
    found = [(each.line, each.column, each.code) for each in problems()]
    first, column = map(int, where.split(":"))
    assert found == [
        (first, column, "HK002"),
        *[(above.count("\n") + line, column, code) for line, column, code in wrong],
    ]


def test_speakers_of_one_session_are_told_one_by_one(edit: Edit, problems: Problems) -> None:
    edit(
        "programme.yaml",
        "      - ada-osei\n",
        "      - {person: ada-osei\n      - person: lin-yue\n        topic: 一: 二\n",
    )
    found = [finding.where for finding in problems()]
    assert found == ["programme.yaml:17:9", "programme.yaml:19:17"]


def test_an_item_that_is_indented_too_far_does_not_make_those_below_it_wrong(edit: Edit, problems: Problems) -> None:
    edit("programme.yaml", "      - ada-osei\n", "         - ada-osei\n      - lin-yue\n")
    assert [finding.where for finding in problems()] == ["programme.yaml:18:7"]


def test_a_line_of_hyphens_between_people_is_told_beside_what_else_breaks(edit: Edit, problems: Problems) -> None:
    edit("people.yaml", "lin-yue:\n", "---\nlin-yue:\n")
    edit("people.yaml", "[press]", "[press")
    found = [(finding.line, finding.code) for finding in problems()]
    assert found == [(7, "HK003"), (11, "HK002")]


def test_an_entry_without_a_name_above_the_break_is_not_called_incomplete(edit: Edit, problems: Problems) -> None:
    edit(
        "people.yaml",
        "  name: {zh: 林悦, en: Lin Yue}\n  title",
        "  note: 请核对\nname: {zh: 林悦, en: Lin Yue}\n   title",
    )
    assert {finding.code for finding in problems()} == {"HK002"}


def test_what_refers_to_a_broken_entry_is_not_called_wrong(edit: Edit, problems: Problems) -> None:
    edit("people.yaml", "affiliation: institute", "affiliation: &both [institute, press")
    edit("people.yaml", "affiliation: [press]", "affiliation: *both")
    assert [finding.where for finding in problems()] == ["people.yaml:5:22"]


def test_a_file_full_of_breaks_is_told_in_part(folder: Path, problems: Problems) -> None:
    people = "".join(f"person-{number}:\n  name: [甲\n" for number in range(300))
    (folder / "people.yaml").write_text(SMALL_PUBLICATION["people.yaml"] + people, encoding="utf-8")
    found = problems()
    assert 10 <= len(found) <= 20
    assert [finding.line for finding in found] == list(range(16, 16 + 2 * len(found), 2))


@pytest.mark.parametrize("open_row", ['[甲, "1"', '[甲, "1",', "[{zh: 甲, en: A}", "{zh: 甲, en: A"])
def test_one_open_bracket_is_told_once_whatever_rows_stand_below(open_row: str, edit: Edit, problems: Problems) -> None:
    rows = "".join(f'      - [{name}, "{number}"]\n' for number, name in enumerate("乙丙丁戊己", 2))
    edit("report.yaml", '      - [甲, "1"]\n', f"      - {open_row}\n{rows}")
    found = [(finding.where, finding.message) for finding in problems()]
    assert found == [("report.yaml:11:9", f"not YAML: the bracket {open_row[0]} is not closed")]


def test_two_open_rows_of_one_figure_are_both_told(edit: Edit, problems: Problems) -> None:
    edit("report.yaml", '      - [甲, "1"]\n', '      - [甲, "1"\n      - [丙, "3"]\n      - [丁, "4"\n')
    assert [finding.where for finding in problems()] == ["report.yaml:11:9", "report.yaml:13:9"]
