"""The sample has no findings; the real record has those that a reader found by eye, and hardly another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huikan.check.run import check_folder
from huikan.finding import Finding
from huikan.importers.outline import import_outline
from huikan.importers.write import write_imported

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT.parent / "shared" / "forum" / "forum.txt"
LIST = ROOT / "docs" / "record-inconsistencies.md"
ROW = re.compile(r"^\| `(HK\d{3})` \| `([^`]+)` \| `([^`]+)` \|", re.MULTILINE)


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    if not RECORD.is_file():
        pytest.skip("the forum's record is not beside the repository")
    folder = tmp_path_factory.mktemp("record") / "content"
    write_imported(import_outline(RECORD.read_text(encoding="utf-8"), "forum.txt"), folder)
    return check_folder(folder).findings


def test_the_sample_has_no_findings() -> None:
    assert check_folder(ROOT / "content", layout=True).findings == ()


def listed() -> list[tuple[str, str, str]]:
    return ROW.findall(LIST.read_text(encoding="utf-8"))


def test_everything_found_by_eye_is_found(findings: tuple[Finding, ...]) -> None:
    assert len(listed()) > 20
    missed = [row for row in listed() if not any(_is(finding, row) for finding in findings)]
    assert missed == []


def test_at_most_five_findings_are_not_on_the_list(findings: tuple[Finding, ...]) -> None:
    beside = [finding for finding in findings if not any(_is(finding, row) for row in listed())]
    assert len(beside) <= 5, [str(finding) for finding in beside]


def _is(finding: Finding, row: tuple[str, str, str]) -> bool:
    code, file, words = row
    return finding.code == code and finding.file == file and (words in finding.message or words in finding.excerpt)
