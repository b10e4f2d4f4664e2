"""Schedules made for tests, and what every import of a structured source has to hold."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from huikan.content.load import load_publication
from huikan.content.model import Publication
from huikan.importers.draft import Imported
from huikan.importers.write import write_imported


def publication_of(imported: Imported) -> Publication:
    """The publication that the loader reads from the written files; ContentError if they are not valid."""
    with tempfile.TemporaryDirectory() as folder:
        write_imported(imported, Path(folder))
        return load_publication(Path(folder)).publication


def yaml_of(imported: Imported, name: str) -> Any:
    data = imported.files[name]
    assert isinstance(data, str)
    return yaml.safe_load(data)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def lost(imported: Imported, leaves: Mapping[str, str]) -> list[str]:
    """Positions of values that are neither placed in a file that exists nor quoted in the report."""
    account = imported.data
    report = imported.files["import-report.md"]
    assert isinstance(report, str)
    left = {leftover.position: leftover.text for leftover in account.left}
    missing = []
    for position, text in leaves.items():
        files = {field.partition("#")[0] for field in account.placed.get(position, ())}
        if files and files <= set(imported.files):
            continue
        if left.get(position) == text and f"{position}  {text}" in report:
            continue
        missing.append(position)
    return missing


def said_nowhere(imported: Imported, position: str, text: str) -> list[str]:
    """Words of a placed value that none of the files it was placed in holds."""
    files = {field.partition("#")[0] for field in imported.data.placed.get(position, ())}
    said = " ".join(str(imported.files[name]) for name in files)
    return [word for word in words_of(text) if word not in said]


def event(**facts: Any) -> dict[str, Any]:
    """An event of schedule.json: a talk of Ann Lee at nine, unless told otherwise."""
    return {
        "guid": "8079583e-8321-506c-95af-fd2903a5f075",
        "code": "AAAAAA",
        "title": "Rivers",
        "subtitle": "",
        "date": "2031-05-08T09:00:00+08:00",
        "start": "09:00",
        "duration": "00:30",
        "room": "Hall A",
        "track": "Water",
        "type": "Talk",
        "language": "en",
        "abstract": "Of rivers.",
        "description": "",
        "persons": [{"code": "ANNLEE", "public_name": "Ann Lee", "biography": "Swims."}],
        "links": [],
        "attachments": [],
    } | facts


def schedule(*days: tuple[str, Mapping[str, list[dict[str, Any]]]], **facts: Any) -> dict[str, Any]:
    """A schedule.json of the days: (date, room → events)."""
    conference = {
        "acronym": "rivers31",
        "title": "Rivers 2031",
        "start": days[0][0] if days else "2031-05-08",
        "end": days[-1][0] if days else "2031-05-08",
        "time_zone_name": "Asia/Shanghai",
        "days": [{"index": i + 1, "date": date, "rooms": dict(rooms)} for i, (date, rooms) in enumerate(days)],
    }
    return {"schedule": {"version": "1", "conference": conference | facts}}
