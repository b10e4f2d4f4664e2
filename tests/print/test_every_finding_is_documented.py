from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def ids_in_the_source() -> set[str]:
    found = set()
    for path in (ROOT / "huikan" / "print" / "preflight").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        calls = r"(?:PreflightFinding|_finding|_error|_unreadable)\(\s*(?:path, profile, )?\s*\"([a-z0-9-]+)\""
        found |= set(re.findall(calls, source))
    return found


def documented_ids() -> list[str]:
    text = (ROOT / "docs" / "print.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `([a-z0-9-]+)` \|", text, re.MULTILINE)


def test_every_finding_of_preflight_is_documented_and_no_other() -> None:
    assert len(ids_in_the_source()) > 25, "the pattern finds too few ids"
    assert ids_in_the_source() == set(documented_ids())


def test_documented_findings_stand_once_and_in_order() -> None:
    assert documented_ids() == sorted(set(documented_ids()))
