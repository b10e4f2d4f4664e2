"""What only the laid-out pages show: titles too long, lines and cells that run over, characters without a glyph."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from huikan.check.run import check_folder
from huikan.cli import cli
from huikan.finding import Finding, MissingSystemPartError
from tests.check.editing import publication, summary

WORD = "Donaudampfschifffahrt"
TABLE = f"单伟说。\n\n| 港口 | 船 |\n| --- | --- |\n| {WORD * 3} | {WORD * 3} |"
CASES = [
    (
        "HK305",
        ("booklet.yaml", "zh: 小型论坛, en", "zh: " + "小型海岸论坛" * 24 + ", en"),
        ("booklet.yaml", "lines in a title that has 5"),
    ),
    (
        "HK305",
        ("programme.yaml", "zh: 致辞,", "zh: " + "致辞与主旨演讲" * 10 + ","),
        ("programme.yaml", "lines in a running head that has 1"),
    ),
    (
        "HK305",
        ("people.yaml", "zh: [海岸研究所, 所长]", "zh: [海岸研究所, " + "副所长、" * 40 + "]"),
        ("people.yaml", "lines in a title that has 3"),
    ),
    ("HK306", summary(TABLE), ("summaries/shan-wei.md", "beyond the end of their table cell")),
    ("HK307", summary("单伟说𱍊。"), ("summaries/shan-wei.md", "U+3134A")),
    ("HK307", ("people.yaml", "zh: 林悦", "zh: 林𱍊"), ("people.yaml", "U+3134A")),
]


def seen(folder: Path, *changes: tuple[str, str, str]) -> list[Finding]:
    """What is found on the pages of the changed publication, in Chinese alone."""
    one_language = ("booklet.yaml", "[zh-Hans, en]", "[zh-Hans]")
    findings = check_folder(publication(folder, [one_language, *changes]), layout=True).findings
    return [finding for finding in findings if finding.code.startswith("HK30") and finding.code > "HK304"]


def test_the_small_publication_fits(tmp_path: Path) -> None:
    assert seen(tmp_path) == []


@pytest.mark.parametrize(("rule", "change", "expected"), CASES)
def test_what_does_not_fit(tmp_path: Path, rule: str, change: tuple[str, str, str], expected: tuple[str, str]) -> None:
    findings = [finding for finding in seen(tmp_path, change) if finding.code == rule]
    assert [finding for finding in findings if finding.file == expected[0] and expected[1] in finding.message], [
        str(finding) for finding in findings
    ]


def test_words_in_prose_are_found_at_their_place(tmp_path: Path) -> None:
    findings = seen(tmp_path, summary("单伟说𱍊。\n\n又说𱍊。"))
    assert [(each.code, each.line, each.column, each.excerpt) for each in findings] == [
        ("HK307", 5, 4, "𱍊"),
        ("HK307", 7, 3, "𱍊"),
    ]


def test_a_longer_address_is_divided_and_fits(tmp_path: Path) -> None:
    assert seen(tmp_path, summary("单伟说，见 https://example.org/" + "path/" * 40 + " 一页。")) == []


def test_a_permission_for_the_pages_is_not_useless_where_they_are_not_looked_at(tmp_path: Path) -> None:
    title = f"title: {{zh: {'副所长、' * 40}, en: Director}} # huikan: allow HK305 agreed with the designer"
    publication(tmp_path, [("people.yaml", "title: {zh: [海岸研究所, 所长], en: Director}", title)])
    codes = [[each.code for each in check_folder(tmp_path, layout=pages).findings] for pages in (False, True)]
    assert all("HK100" not in found and "HK305" not in found for found in codes)


def test_the_command_looks_at_the_pages_unless_told_not_to(tmp_path: Path) -> None:
    publication(tmp_path, [summary("单伟说𱍊。")])
    assert "HK307" in CliRunner().invoke(cli, ["check", str(tmp_path)]).output
    assert "HK307" not in CliRunner().invoke(cli, ["check", str(tmp_path), "--no-layout"]).output


def test_a_machine_that_cannot_lay_out_still_checks_the_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise MissingSystemPartError("no face Noto Serif CJK SC")

    monkeypatch.setattr("huikan.render.examine.require_faces_of", missing)
    result = CliRunner().invoke(cli, ["check", str(publication(tmp_path, [summary("单伟说,海岸。")]))])
    assert "warning: the pages were not looked at: no face Noto Serif CJK SC" in result.stderr
    assert "HK201" in result.output
    assert result.exit_code == 0


def test_templates_that_cannot_be_used_are_a_finding(tmp_path: Path) -> None:
    findings = check_folder(
        publication(tmp_path, [("templates/parts/toc.html.j2", "", "{{ nothing.at.all }}")]), layout=True
    ).findings
    assert [finding.message for finding in findings if finding.code == "HK092"] == ["template: 'nothing' is undefined"]
    assert "HK106" in {finding.code for finding in findings}


def test_a_crowded_table_is_told_once(tmp_path: Path) -> None:
    row = "| " + " | ".join([WORD] * 8) + " |"
    table = f"单伟说。\n\n{row}\n{'| --- ' * 8}|\n{row}"
    findings = [each for each in seen(tmp_path, summary(table)) if each.code == "HK306"]
    assert [each.file for each in findings] == ["summaries/shan-wei.md"]
    assert "cells of a table" in findings[0].message


def test_a_table_of_ten_columns_has_room(tmp_path: Path) -> None:
    row = "| " + " | ".join(["第10项指标名称"] * 10) + " |"
    assert not seen(tmp_path, summary(f"单伟说。\n\n{row}\n{'| --- ' * 10}|\n{row}"))


NOTE = "注释交代出处、说明缘由，并列举有关的文件与数据。"


def notes(*lengths: int) -> tuple[str, str, str]:
    """A summary of short paragraphs, each with a note of as many characters."""
    numbered = list(enumerate(lengths, start=1))
    paragraphs = [f"单伟说，见注[^{number}]。" for number, _ in numbered]
    told = [f"[^{number}]: 之{number}：{(NOTE * 200)[: length - 1]}。" for number, length in numbered]
    return summary("\n\n".join(paragraphs + told))


def test_a_note_above_half_a_page_is_told_where_it_is_written(tmp_path: Path) -> None:
    (finding,) = seen(tmp_path, notes(20, 2000))
    assert (finding.code, finding.file, finding.line) == ("HK306", "summaries/shan-wei.md", 11)
    assert "a footnote takes 79% of the page's height" in finding.message
    assert finding.hint.startswith("cut 37% of it or more")


def test_a_note_of_a_third_of_a_page_has_room(tmp_path: Path) -> None:
    assert seen(tmp_path, notes(20, 900)) == []


def test_a_note_left_for_a_page_behind_the_text_is_told(tmp_path: Path) -> None:
    findings = seen(tmp_path, notes(1200, 1200))
    assert [(each.code, each.line) for each in findings] == [("HK306", 11)]
    assert "stands on one behind the text" in findings[0].message
