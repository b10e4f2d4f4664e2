"""Findings that an editor has allowed: in a comment or in booklet.yaml, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.check.run import check_folder
from tests.check.editing import checked, publication

TITLE = "title: {zh: 编辑, en: Editor}"
FAULTY = "title: {zh: 编辑。, en: Editor}"


def codes(folder: Path, *changes: tuple[str, str, str]) -> list[str]:
    return [each.code for each in checked(folder, *changes).findings if each.code in {"HK224", "HK100"}]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (FAULTY, ["HK224"]),
        (f"{FAULTY} # huikan: allow HK224 agreed", []),
        (f"# huikan: allow HK224 agreed\n  {FAULTY}", []),
        (f"# huikan: allow HK224 agreed\n  # and another remark\n\n  {FAULTY}", []),
        (f"#huikan:allow HK224 agreed\n  {FAULTY}", []),
        (f"{FAULTY} # huikan: allow HK224", ["HK224", "HK100"]),
        (f"{FAULTY} # huikan: allow HK201 agreed", ["HK224", "HK100"]),
        (f"{FAULTY} # huikan: allow HK999 agreed", ["HK224", "HK100"]),
        (f"{FAULTY} # huikan: allow", ["HK224", "HK100"]),
        (f"{TITLE} # huikan: allow HK224 agreed", ["HK100"]),
        (f'note: "x # huikan: allow HK224 agreed"\n  {FAULTY}', ["HK224"]),
        (f"note: |\n    # huikan: allow HK224 agreed\n  {FAULTY}", ["HK224"]),
    ],
)
def test_comments(tmp_path: Path, written: str, expected: list[str]) -> None:
    assert codes(tmp_path, ("people.yaml", TITLE, written)) == expected


def test_a_comment_above_an_entry_holds_for_all_of_it_and_no_more(tmp_path: Path) -> None:
    both = [
        ("people.yaml", "lin-yue:", "# huikan: allow HK224 agreed\nlin-yue:"),
        ("people.yaml", TITLE, FAULTY),
        ("people.yaml", "zh: 研究员", "zh: 研究员。"),
    ]
    findings = [each for each in checked(tmp_path, *both).findings if each.code == "HK224"]
    assert [finding.line for finding in findings] == [14]


def test_a_comment_at_the_head_of_a_summary_holds_for_the_file(tmp_path: Path) -> None:
    head = "---\nappearance: shan-wei\n# huikan: allow HK214 as in the script\n---\n"
    text = f"{head}\n海岸--港口。\n\n# huikan: allow HK215 no\n\n城市...\n"
    publication(tmp_path, [("summaries/shan-wei.md", "", text)])
    found = [each.code for each in check_folder(tmp_path).findings if each.file == "summaries/shan-wei.md"]
    assert "HK214" not in found
    assert "HK215" in found


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("people.yaml#lin-yue", []),
        ("people.yaml#lin-yue.title.zh", []),
        ("people.yaml", []),
        (None, []),
        ("people.yaml#lin", ["HK100", "HK224"]),
        ("people.yaml#ada-osei", ["HK100", "HK224"]),
    ],
)
def test_the_check_section(tmp_path: Path, field: str | None, expected: list[str]) -> None:
    entry = "{rule: HK224, reason: agreed" + (f", field: '{field}'" if field else "") + "}"
    section = ("booklet.yaml", "date: 2024-11-06", f"date: 2024-11-06\ncheck: {{allow: [{entry}]}}")
    assert codes(tmp_path, section, ("people.yaml", TITLE, FAULTY)) == expected


def test_what_is_allowed_is_not_rewritten_and_is_counted(tmp_path: Path) -> None:
    result = checked(tmp_path, ("people.yaml", TITLE, f"{FAULTY} # huikan: allow HK224 agreed"))
    assert result.allowed == 1
    assert result.fixes == ()
