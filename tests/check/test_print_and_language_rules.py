"""Rules about pictures and translations."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from huikan.check.registry import RULES
from huikan.check.run import check_folder
from tests.check.editing import found, publication, summary


def portrait(folder: Path, width: int, height: int, *, orientation: int = 1) -> list[tuple[str, str]]:
    """Rule and message of the findings about a portrait of that many pixels."""
    publication(folder)
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (width, height)).save(folder / "photos" / "shan-wei.jpg", exif=exif)
    return [(each.code, each.where) for each in check_folder(folder).findings if each.code in {"HK302", "HK303"}]


@pytest.mark.parametrize(
    ("width", "height", "orientation", "rules"),
    [
        (625, 417, 1, []),
        (624, 416, 1, ["HK302"]),
        (900, 530, 1, ["HK303"]),
        (900, 540, 1, []),
        (900, 670, 1, []),
        (900, 690, 1, ["HK303"]),
        (600, 900, 1, ["HK302", "HK303"]),
        (600, 900, 6, []),
    ],
)
def test_portraits(tmp_path: Path, width: int, height: int, orientation: int, rules: list[str]) -> None:
    found_rules = portrait(tmp_path, width, height, orientation=orientation)
    assert found_rules == [(rule, "people.yaml:6:10") for rule in rules]


def test_a_wider_column_needs_more_pixels(tmp_path: Path) -> None:
    publication(tmp_path, [("styles/tokens.css", "", ":root { --photo-column: 101.6mm; --photo-height: 192pt; }")])
    (finding,) = [each for each in check_folder(tmp_path).findings if each.code == "HK302"]
    assert "225 ppi" in finding.message
    assert "1200 pixels" in finding.hint


def test_a_portrait_is_missing_where_others_have_one(tmp_path: Path) -> None:
    findings = found(tmp_path, "HK301")
    assert [finding.where for finding in findings] == ["people.yaml:8:3"]
    assert "林悦" in findings[0].message


def test_pictures_in_prose_have_words(tmp_path: Path) -> None:
    image = "![](photos/shan-wei.jpg)"
    findings = found(tmp_path, "HK304", summary(f"海岸。{image}。![海岸](photos/shan-wei.jpg)"))
    assert [(finding.line, finding.column) for finding in findings] == [(5, 4)]


CASES = [
    ("HK401", [("people.yaml", ", en: Director", "")], ["people.yaml:4:10"]),
    ("HK401", [("people.yaml", "title: {zh: 编辑, en: Editor}", "title: 编辑")], ["people.yaml:9:10"]),
    ("HK401", [("booklet.yaml", "  zh: |\n    论坛在**上海**举行。\n", "")], ["booklet.yaml:12:3"]),
    (
        "HK403",
        [summary("海岸" * 60 + "。"), ("summaries/shan-wei.en.md", "", "Shore.\n")],
        ["summaries/shan-wei.en.md:1:1"],
    ),
    ("HK403", [summary("海岸" * 60 + "。"), ("summaries/shan-wei.en.md", "", "shore " * 70 + ".\n")], []),
    (
        "HK404",
        [("summaries/shan-wei.en.md", "", "单伟 and the Coast (海岸), “城市”.\n")],
        ["summaries/shan-wei.en.md:1:1"],
    ),
    (
        "HK405",
        [("booklet.yaml", "{zh: 小型论坛, en: Small Forum}", "{zh: Small Forum, en: 小型论坛}")],
        ["booklet.yaml:2:13"],
    ),
    (
        "HK405",
        [summary("A city by the coast."), ("summaries/shan-wei.en.md", "", "城市依海而兴。\n")],
        ["summaries/shan-wei.md:5:1"],
    ),
    ("HK405", [("people.yaml", "title: {zh: 编辑, en: Editor}", "title: {zh: CEO, en: CEO (首席执行官)}")], []),
    ("HK405", [("booklet.yaml", "{zh: 上海, en: Shanghai}", "{zh: Zoom, en: Zoom (上海)}")], []),
    ("HK405", [("people.yaml", "name: Ada Osei", "name: {zh: Ada Osei, en: Ada Osei “阿达”}")], []),
    ("HK405", [("booklet.yaml", "{zh: 上海, en: Shanghai}", "{zh: AI for Science, en: AI for Science 科学}")], []),
    ("HK405", [("booklet.yaml", "{zh: 上海, en: Shanghai}", "{zh: Hall A, en: 世博馆 (A)}")], ["booklet.yaml:4:13"]),
    ("HK405", [("people.yaml", "{zh: 林悦, en: Lin Yue}", "{zh: Lin Yue, en: Lin Yue}")], []),
]


@pytest.mark.parametrize(("rule", "changes", "places"), CASES)
def test_languages(tmp_path: Path, rule: str, changes: list[tuple[str, str, str]], places: list[str]) -> None:
    assert [finding.where for finding in found(tmp_path, rule, *changes)] == places


def test_a_summary_without_a_translation(tmp_path: Path) -> None:
    publication(tmp_path)
    (tmp_path / "summaries" / "shan-wei.en.md").unlink()
    findings = [each for each in check_folder(tmp_path).findings if each.code == "HK401"]
    assert [finding.where for finding in findings] == ["summaries/shan-wei.md:4:1"]
    assert "summaries/shan-wei.en.md" in findings[0].hint


def test_one_language_needs_no_translation(tmp_path: Path) -> None:
    publication(tmp_path, [("booklet.yaml", "[zh-Hans, en]", "[zh-Hans]"), ("people.yaml", ", en: Director", "")])
    assert [each for each in check_folder(tmp_path).findings if each.code == "HK401"] == []


def test_every_rule_is_tried() -> None:
    elsewhere = {"HK301", "HK302", "HK303", "HK304", "HK305", "HK306", "HK307", "HK402", "HK406", "HK407"}
    tried = {rule for rule, _, _ in CASES} | elsewhere
    assert tried == {id for id in RULES if id.startswith(("HK3", "HK4"))}


def test_a_theme_that_is_not_there_is_told_without_laying_out(tmp_path: Path) -> None:
    changed = publication(tmp_path, [("booklet.yaml", "languages:", "theme: a4\nlanguages:")])
    assert [finding.code for finding in check_folder(changed).findings if finding.code.startswith("HK0")] == ["HK099"]
