"""The command `huikan check`: what it prints in each format, what it writes, how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huikan.check.report import as_sarif
from huikan.cli import cli
from huikan.finding import Finding, Severity
from tests.check.editing import publication, summary

SLIP = summary("单伟说，海岸,港口。今年。")


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["check", str(folder), *options])


def test_text_names_place_words_rule_and_suggestion(tmp_path: Path) -> None:
    result = run(publication(tmp_path, [SLIP]))
    assert "summaries/shan-wei.md:5:7: warning: half-width “,” [HK201]\n    → write ，\n" in result.output
    assert result.stderr.endswith("4 warnings, 1 note\n")
    assert result.exit_code == 0


def test_strict_counts_warnings_and_not_notes(tmp_path: Path) -> None:
    folder = publication(tmp_path, [SLIP])
    assert run(folder, "--strict").exit_code == 1
    allow = "\n".join(f"    - {{rule: {id}, reason: a test}}" for id in ("HK106", "HK201", "HK218", "HK301"))
    booklet = folder / "booklet.yaml"
    booklet.write_text(f"{booklet.read_text(encoding='utf-8')}check:\n  allow:\n{allow}\n", encoding="utf-8")
    result = run(folder, "--strict")
    assert "warning" not in result.output
    assert result.stderr == "1 note\n"
    assert result.exit_code == 0


def test_json_lists_findings(tmp_path: Path) -> None:
    listed = json.loads(run(publication(tmp_path, [SLIP]), "--format", "json").stdout)
    assert {
        "id": "HK218",
        "severity": "warning",
        "file": "summaries/shan-wei.md",
        "line": 5,
        "column": 11,
        "message": "“今年” in a permanent record",
        "suggestion": "write 2024年",
        "excerpt": "今年",
    } in listed


def test_sarif_points_at_rules_and_places(tmp_path: Path) -> None:
    log = json.loads(run(publication(tmp_path, [SLIP]), "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (sarif,) = log["runs"]
    rules = sarif["tool"]["driver"]["rules"]
    (result,) = [each for each in sarif["results"] if each["ruleId"] == "HK218"]
    assert rules[result["ruleIndex"]]["id"] == "HK218"
    assert rules[result["ruleIndex"]]["shortDescription"]["text"] == "Dates are absolute."
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "summaries/shan-wei.md"
    assert location["region"] == {"startLine": 5, "startColumn": 11, "snippet": {"text": "今年"}}
    assert log["$schema"].endswith("sarif-2.1.0.json")
    assert sarif["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for each in sarif["results"]:
        assert set(each) == {"ruleId", "ruleIndex", "level", "message", "locations"}
        assert each["level"] in {"error", "warning", "note"}
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert each["message"]["text"]
        (found,) = each["locations"]
        assert found["physicalLocation"]["region"]["startLine"] >= 1
        assert found["physicalLocation"]["region"]["startColumn"] >= 1
        assert re.fullmatch(r"[\w./%~-]+", found["physicalLocation"]["artifactLocation"]["uri"], re.ASCII)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_sarif_has_paths_as_uris() -> None:
    log = json.loads(as_sarif([Finding("HK007", Severity.ERROR, "no", file="summaries/海岸 1.md", line=1, column=1)]))
    (result,) = log["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "summaries/%E6%B5%B7%E5%B2%B8%201.md"


def test_fix_writes_and_shows_what_it_wrote(tmp_path: Path) -> None:
    folder = publication(tmp_path, [SLIP])
    result = run(folder, "--fix")
    assert "--- a/summaries/shan-wei.md\n+++ b/summaries/shan-wei.md\n" in result.output
    assert "-单伟说，海岸,港口。今年。\n+单伟说，海岸，港口。今年。\n" in result.output
    assert "1 place put right" in result.output
    assert "HK201" not in result.output
    assert (folder / "summaries" / "shan-wei.md").read_text(encoding="utf-8").endswith("海岸，港口。今年。\n")
    assert "0 places put right" in run(folder, "--fix").output


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_fix_leaves_data_on_stdout_alone(tmp_path: Path, form: str) -> None:
    result = run(publication(tmp_path, [SLIP]), "--fix", "--format", form)
    json.loads(result.stdout)
    assert "+++ b/summaries/shan-wei.md" in result.stderr


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_content_that_cannot_be_loaded_is_reported_in_every_format(tmp_path: Path, form: str) -> None:
    folder = publication(tmp_path, [("booklet.yaml", "date: 2024-11-06", "date: soon")])
    result = run(folder, "--format", form, "--fix")
    assert result.exit_code == 1
    assert "HK010" in result.stdout
