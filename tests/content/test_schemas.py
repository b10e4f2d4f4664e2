"""The JSON Schemas: up to date, right about the sample, and described for editors."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from huikan.content import model as content_model
from huikan.content.descriptions import FIELDS, MEMBERS
from huikan.content.load import load_publication
from huikan.content.schema import json_schemas
from huikan.content.values import Model, Text

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = json_schemas()


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[name], format_checker=Draft202012Validator.FORMAT_CHECKER)


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_up_to_date(name: str) -> None:
    committed = json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert committed == SCHEMAS[name], "run: python -m huikan schema -o docs/schema"
    Draft202012Validator.check_schema(committed)


def test_the_sample_is_valid() -> None:
    for file, root in load_publication(ROOT / "content").roots.items():
        if file.endswith(".md") and "appearance" not in root.value:  # a translation
            continue
        name = "summary" if file.endswith(".md") else file.removesuffix(".yaml")
        errors = [
            f"{file}: {error.json_path}: {error.message}"
            for error in validator(name).iter_errors(as_json(root.plain()))
        ]
        assert errors == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("booklet", {"id": "a", "title": "b"}),
        ("booklet", {"id": "a", "title": "b", "date": "6 November"}),
        ("booklet", {"id": "A B", "title": "b", "date": "2024-11-06"}),
        ("booklet", {"id": "a", "title": {"fr": "b"}, "date": "2024-11-06"}),
        ("booklet", {"id": "a", "title": "b", "date": "2024-11-06", "venu": "c"}),
        ("people", {"Wang": {"name": "a"}}),
        ("people", {"wang": {"name": 7}}),
        ("people", {"wang": {"name": " "}}),
        ("people", {"wang": {"name": "a", "affiliation": ["A B"]}}),
        ("programme", {"sessions": []}),
        ("programme", {"sessions": [{"id": "a", "kind": "party", "title": "b"}]}),
        ("programme", {"sessions": [{"id": "a", "kind": "panel", "title": "b", "start": "9.30"}]}),
        ("programme", {"sessions": [{"id": "a", "kind": "panel", "title": "b", "items": [{"role": "speech"}]}]}),
        ("report", {"title": "a"}),
        ("summary", {"appearance": 7}),
    ],
)
def test_wrong_content_is_not_valid(name: str, value: dict[str, Any]) -> None:
    assert not validator(name).is_valid(value)


def test_short_forms_are_valid() -> None:
    session = {"id": "a", "kind": "panel", "title": "b", "start": "09:30", "date": "2024-11-06", "items": ["wang"]}
    assert validator("programme").is_valid({"sessions": [session]})
    assert validator("people").is_valid({"wang": {"name": "a", "photo": "photos/a.jpg", "affiliation": "b"}})


def test_every_key_and_word_has_a_description_and_no_other_does() -> None:
    models = [value for value in vars(content_model).values() if isinstance(value, type) and issubclass(value, Model)]
    internal = {"Model", "Text", "Publication", "Summary", "TranslationMatter"}
    keys = {
        f"{model.__name__}.{key}" for model in models for key in model.model_fields if model.__name__ not in internal
    }
    assert set(FIELDS) == keys
    assert Text in models
    for name, words in MEMBERS.items():
        assert set(words) == {str(word) for word in getattr(content_model, name)}
