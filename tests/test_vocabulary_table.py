from __future__ import annotations

import re
from pathlib import Path

from tests.vocabulary_table import DOCUMENT, renewed, table

ROOT = Path(__file__).resolve().parents[1]


def test_the_table_of_the_vocabulary_is_up_to_date() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert table() in document
    assert document == renewed(document), "run: python -m tests.vocabulary_table"


def test_every_data_attribute_of_the_templates_is_explained() -> None:
    sources = [*(ROOT / "templates").rglob("*.j2"), ROOT / "huikan" / "render" / "html.py"]
    used = {
        name for path in sources for name in re.findall(r"\bdata-[a-z]+\b(?==| )", path.read_text(encoding="utf-8"))
    }
    assert "data-running" in used
    assert {name for name in used if f"`{name}`" not in DOCUMENT.read_text(encoding="utf-8")} == set()
