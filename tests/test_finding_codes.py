"""Every code that a finding may carry is explained in docs/errors.md, and no other is; rules of `check` in rules.md."""

from __future__ import annotations

import re
from pathlib import Path

from huikan.check.rules_page import rules_page

ROOT = Path(__file__).resolve().parents[1]


def codes_in_the_source() -> set[str]:
    sources = [path for path in (ROOT / "huikan").rglob("*.py") if path.parent.name != "check"] + [ROOT / "build.py"]
    return {code for path in sources for code in re.findall(r'"(HK\d{3})"', path.read_text(encoding="utf-8"))}


def explained_codes() -> list[str]:
    table = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    return re.findall(r"^\| (HK\d{3}) \| [^|]+\.? \| [^|]+ \|$", table, re.MULTILINE)


def test_the_table_explains_every_code_and_no_other() -> None:
    assert codes_in_the_source(), "no code found: the pattern is wrong"
    assert set(explained_codes()) == codes_in_the_source()


def test_codes_stand_once_and_in_order() -> None:
    assert explained_codes() == sorted(set(explained_codes()))


def test_no_code_means_two_things() -> None:
    assert not codes_in_the_source() & set(re.findall(r"^### (HK\d{3})", rules_page(), re.MULTILINE))
