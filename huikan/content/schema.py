"""JSON Schemas of the content files, made from the models, for editors that complete and check."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from huikan.content.descriptions import FIELDS, MEMBERS
from huikan.content.model import Booklet, Id, Organisation, Person, Programme, Report, SummaryMatter
from huikan.content.series import Series

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FILES: dict[str, Any] = {
    "booklet": Booklet,
    "organisations": dict[Id, Organisation],
    "people": dict[Id, Person],
    "programme": Programme,
    "report": Report,
    "summary": SummaryMatter,
    "series": Series,
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by its name: `booklet`, `people`, `series`…"""
    return {name: _schema(name, model) for name, model in _FILES.items()}


def _schema(name: str, model: Any) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema()
    if "patternProperties" in schema:  # a map by id: what is no id is not a key
        schema["additionalProperties"] = False
    for title, definition in schema.get("$defs", {}).items():
        _describe(definition, title)
    _describe(schema, schema.get("title", ""))
    return {**_without_noise(schema), "$schema": _DIALECT, "title": f"huikan {name}"}


def _describe(definition: dict[str, Any], title: str) -> None:
    """Give every key of a map its description, and say what each of a set of words means."""
    if "enum" in definition and title in MEMBERS:
        words = "; ".join(f"{word}: {MEMBERS[title][word]}" for word in definition["enum"])
        definition["description"] = f"{definition.get('description', '')}\n\n{words}".strip()
    for form in (definition, *definition.get("anyOf", ())):
        for key, field in form.get("properties", {}).items():
            if f"{title}.{key}" in FIELDS:
                field["description"] = FIELDS[f"{title}.{key}"]


def _without_noise(schema: Any) -> Any:
    """Without pydantic's titles and null defaults, which editors would show beside every key."""
    if isinstance(schema, list):
        return [_without_noise(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_noise(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value in (None, [], {}))
    }
