"""Whoever has two entries, and whatever is listed twice, is told where the second stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.content.load import load_publication
from huikan.finding import ContentError
from tests.check.editing import found, publication, summary

ADA = "ada-osei:\n"


def _person(name: str) -> tuple[str, str, str]:
    return ("people.yaml", ADA, f"second:\n  name: {name}\n  title: {{zh: 研究员, en: Research Fellow}}\n{ADA}")


def _body(name: str) -> tuple[str, str, str]:
    return ("organisations.yaml", "press:\n", f"second:\n  name: {name}\npress:\n")


@pytest.mark.parametrize(
    ("name", "at", "words"),
    [
        (
            "{zh: 单 伟, en: Dan Wei}",
            "people.yaml:12:3",
            "单伟 stands in the file twice: as shan-wei, and with",
        ),
        ("Ada Osei", "people.yaml:15:3", "as second, and with the same title as ada-osei"),
        ("{zh: 阿达·奥塞, en: OSEI Ada}", "people.yaml:15:3", "Ada Osei stands in the file twice: as second"),
    ],
)
def test_a_person_with_two_entries_is_told(name: str, at: str, words: str, tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "HK127", _person(name))
    assert finding.where == at
    assert words in finding.message


@pytest.mark.parametrize("name", ["{zh: 单玮, en: Shan Wei}", "{zh: 单伟民, en: Shan Weimin}", "Ada Osei-Bonsu"])
def test_people_who_are_told_apart_by_their_names_are_not_called_one(name: str, tmp_path: Path) -> None:
    assert found(tmp_path, "HK127", _person(name)) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("{zh: 海岸研究所, en: Coast Centre}", "“海岸研究所” stands for two organisations: institute and second"),
        ("{zh: 海岸中心, en: ci}", "“ci” stands for two organisations"),
    ],
)
def test_two_organisations_of_one_name_are_told(name: str, words: str, tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "HK127", _body(name))
    assert finding.where == "organisations.yaml:6:3"
    assert words in finding.message
    assert found(tmp_path, "HK127", _body("{zh: 海岸中心, en: Coast Centre}")) == []


def test_the_name_of_one_organisation_is_no_alias_of_another(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "HK127", ("organisations.yaml", "[海岸研究院]", "[灯塔出版社]"))
    assert finding.where == "organisations.yaml:6:3"
    assert found(tmp_path, "HK127", ("organisations.yaml", "[海岸研究院]", "[海岸研究所]")) == []


def test_two_people_of_one_name_are_allowed_with_a_reason(tmp_path: Path) -> None:
    entry = "second: # huikan: allow HK127 two people, father and son\n  name: 单伟\n"
    assert found(tmp_path, "HK127", ("people.yaml", ADA, entry + ADA)) == []


@pytest.mark.parametrize(
    ("change", "at", "words"),
    [
        (("booklet.yaml", "[institute, press]", "[press, institute, press]"), "booklet.yaml:10:33", "press stands"),
        (("people.yaml", "affiliation: [press]", "affiliation: [press, press]"), "people.yaml:10:24", "press stands"),
        (("report.yaml", "lin-yue", "[lin-yue, ada-osei, lin-yue]"), "report.yaml:3:35", "lin-yue stands twice"),
        (("booklet.yaml", "role: organiser", "role: host"), "booklet.yaml:9:11", "two groups of organisers"),
    ],
)
def test_what_stands_twice_in_a_list_is_told(change: tuple[str, str, str], at: str, words: str, tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "HK128", change)
    assert finding.where == at
    assert words in finding.message


def test_lists_without_repetition_are_left_alone(tmp_path: Path) -> None:
    groups = ("booklet.yaml", "role: organiser", "role: host\n    use: short")
    assert found(tmp_path, "HK128", groups) == []
    assert found(tmp_path / "plain", "HK127") == []


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("[zh-Hans, en]", "[zh-Hans, en, zh-Hans]", "5:26", "'zh-Hans' stands twice among the languages"),
        ("[zh-Hans, en]", "[zh-Hans, zh-Hans]\nbilingual: true", "5:22", "'zh-Hans' stands twice"),
        ("date:", "editions:\n  - print\n  - web\n  - print\ndate:", "6:5", "'print' stands twice among the editions"),
    ],
)
def test_a_language_or_edition_asked_for_twice_is_refused(
    old: str, new: str, at: str, words: str, tmp_path: Path
) -> None:
    folder = publication(tmp_path / "small", [("booklet.yaml", old, new)])
    with pytest.raises(ContentError) as caught:
        load_publication(folder)
    (finding,) = caught.value.findings
    assert (finding.code, finding.where) == ("HK005", f"booklet.yaml:{at}")
    assert words in finding.message


@pytest.mark.parametrize(
    ("row", "cells", "column"), [("| 一 |", "1 cell", 1), ("一 |", "1 cell", 1), ("> | 一 | 二 |", "2 cells", 3)]
)
def test_a_row_of_markdown_with_too_few_cells_is_told(row: str, cells: str, column: int, tmp_path: Path) -> None:
    quote = row[:2] if row.startswith(">") else ""
    table = f"{quote}| 甲 | 乙 | 丙 |\n{quote}| --- | --- | --- |\n{quote}| 一 | 二 | 三 |\n{row}"
    (finding,) = found(tmp_path, "HK126", summary(table))
    assert finding.where == f"summaries/shan-wei.md:8:{column}"
    assert finding.message == f"the row has {cells}, the head 3"


def test_rows_of_markdown_with_empty_cells_or_more_of_them_are_not_called_short(tmp_path: Path) -> None:
    table = "| 甲 | 乙 |\n| --- | --- |\n| 一 |  |\n|  | 二 |\n| 三 | 四 | 五 |\n| a\\|b | c |\n\n段落 | 文字。"
    assert found(tmp_path, "HK126", summary(table)) == []
