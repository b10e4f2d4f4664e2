"""docs/rules.md is what the rules say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.check.registry import RULES, Rule
from huikan.check.rules_page import rules_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page()


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rule_explains_itself(rule: Rule) -> None:
    assert rule.title
    assert len(rule.explanation) > 40
    assert f"### {rule.id}: {rule.title}" in rules_page()
