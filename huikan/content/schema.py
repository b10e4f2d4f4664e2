"""JSON Schemas of the content files, made from the models, for editors that complete and check."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from huikan.content.model import Booklet, Id, Organisation, Person, Programme, Report, SummaryMatter

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FILES: dict[str, Any] = {
    "booklet": Booklet,
    "organisations": dict[Id, Organisation],
    "people": dict[Id, Person],
    "programme": Programme,
    "report": Report,
    "summary": SummaryMatter,
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file: `booklet`, `organisations`, `people`, `programme`, `report`, `summary`."""
    return {
        name: {"$schema": _DIALECT, "title": f"huikan {name}", **TypeAdapter(model).json_schema()}
        for name, model in _FILES.items()
    }
