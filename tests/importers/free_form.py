"""What an import of a record makes of it, as the tests of records without the usual form read it."""

from __future__ import annotations

from typing import Any

import yaml

from huikan.importers.draft import Imported
from huikan.importers.outline import import_outline
from tests.importers.record_form import lost_lines


def read(source: str) -> tuple[Imported, dict[str, Any], list[dict[str, Any]], str]:
    """The import, its people, its sessions, its report; every line of the source is in the content or told."""
    imported = import_outline(source, "record.txt")
    assert lost_lines(source, imported) == []
    people = yaml.safe_load(str(imported.files["people.yaml"])) or {}
    sessions = yaml.safe_load(str(imported.files["programme.yaml"]))["sessions"]
    return imported, people, sessions, str(imported.files["import-report.md"])


def section(report: str, title: str) -> str:
    return report.partition(f"## {title}\n")[2].partition("\n## ")[0]


def summary(imported: Imported, key: str) -> str:
    return str(imported.files[f"summaries/{key}.md"]).split("---\n", 2)[2].strip()


def plain(words: Any) -> Any:
    return words["zh"] if isinstance(words, dict) else words


def who(appearances: list[Any]) -> list[str]:
    return [each if isinstance(each, str) else each["person"] for each in appearances]
