"""A finding stands at the line and the column of the words that it means, in every form that YAML has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.editing import found, summary

INTRODUCTION = """\
introduction:
  zh: |
    论坛在**上海**举行。
"""


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("  zh: |\n    论坛在**上海**举行。\n\n    今年是第一次。\n", 15, 5),
        ("  zh: >-\n    论坛在**上海**举行。\n    今年是第一次。\n", 14, 5),
        ("  zh: 论坛在**上海**举行。今年是第一次。\n", 12, 19),
        ('  zh: "论坛在**上海**举行。今年是第一次。"\n', 12, 20),
        ("  zh: '论坛在**上海**举行。今年是第一次。'\n", 12, 20),
        ("  zh:\n    论坛在**上海**举行。\n    今年是第一次。\n", 14, 5),
        ("  zh: [论坛在**上海**举行。, 今年是第一次。]\n", 12, 22),
        ('  zh: "论坛在\\u4e0a海举行。今年是第一次。"\n', 12, 7),
    ],
    ids=["literal", "folded", "plain", "double quoted", "single quoted", "many lines", "parts", "escape"],
)
def test_yaml_texts_of_every_form(tmp_path: Path, written: str, line: int, column: int) -> None:
    change = ("booklet.yaml", INTRODUCTION, f"introduction:\n{written}")
    (finding,) = found(tmp_path, "HK218", change)
    assert (finding.file, finding.line, finding.column) == ("booklet.yaml", line, column)
    assert finding.excerpt == "今年"


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    table = "| 项 | 年 |\n| --- | --- |\n| 甲 | *今年* |"
    text = f"城市[依海](https://example.org/今年)而**兴**。\n\n{table}\n\n注[^1]。\n\n[^1]: 明年。"
    places = [(each.line, each.column, each.excerpt) for each in found(tmp_path, "HK218", summary(text))]
    assert places == [(9, 8, "今年"), (13, 7, "明年")]


def test_a_remark_about_an_appearance_has_its_place(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "HK106")
    assert (finding.file, finding.line, finding.column) == ("programme.yaml", 17, 9)
