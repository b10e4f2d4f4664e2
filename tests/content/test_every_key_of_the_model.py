"""Every key of the model, misspelt or with a value of another kind, is refused in an editor's words at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from huikan.content import model as content_model
from huikan.content.load import load_publication
from huikan.content.marks import Node, read_yaml
from huikan.content.model import Publication, Summary
from huikan.content.problems import findings_of
from huikan.content.values import Model, Text
from huikan.finding import ContentError, Finding
from tests.publication import write_small_publication

_VALUES = (
    *("7", "-1", "1.5", "true", "null", "2024-11-06", "2024-11-06 09:30:00", "09:30", "2024-99-99", "99:99", ".inf"),
    *("word", "Two Words", "''", "' '", "[]", "{}", "[7]", "['']", "[[word]]", "[null]", "{zh: 7}", "{zh: {en: a}}"),
    *("{zh: null}", "{zh: []}", "{plain: a}", "{fr: a}", "[{a: b}]", "[a, {zh: ''}]", "{file: 7}", "{person: 7}"),
    *("{person: A}", "{rows: 7}", "99999999999999999999", "a" * 70, "[{caption: a}]", "[{kind: 7, id: a, title: b}]"),
)
_RAW = re.compile(r"Input|should|Value error|required|Extra|Assertion|pydantic|validation|None|<|\bdict\b|\bstr\b")


def models() -> list[type[BaseModel]]:
    found = [value for value in vars(content_model).values() if isinstance(value, type) and issubclass(value, Model)]
    return [model for model in found if model not in {Model, Text, Publication, Summary}]


def findings_in(model: type[BaseModel], text: str) -> list[Finding]:
    node, _ = read_yaml(text, "file.yaml")
    assert node is not None
    try:
        model.model_validate(node.plain())
    except ValidationError as error:
        return findings_of(error, model, node, "file.yaml")
    return []


@pytest.mark.parametrize("model", models(), ids=lambda model: str(model.__name__))
def test_a_value_of_another_kind_is_refused_in_plain_words(model: type[BaseModel]) -> None:
    refused = 0
    for key in model.model_fields:
        for value in _VALUES:
            for finding in findings_in(model, f"{key}: {value}\n"):
                refused += 1
                shown = f"{key}: {value} → {finding}"
                assert not _RAW.search(finding.message.replace(f"{value!r}", "")), shown
                assert finding.hint, shown
                assert finding.code in {"HK010", "HK011"}, shown
                assert (finding.line, finding.column > 0) == (1, True), shown
    assert refused >= 10 * len(model.model_fields)


@pytest.mark.parametrize("model", models(), ids=lambda model: str(model.__name__))
def test_a_misspelt_key_is_answered_by_the_right_one(model: type[BaseModel]) -> None:
    for key in model.model_fields:
        found = [finding for finding in findings_in(model, f"\n{key}x: a\n") if finding.code == "HK011"]
        assert [(finding.line, finding.column, finding.hint) for finding in found] == [(2, 1, f"did you mean {key!r}?")]


def maps_in(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        yield node
    for child in node.value.values() if isinstance(node.value, dict) else node.value or ():
        if isinstance(child, Node) and isinstance(child.value, (dict, list)):
            yield from maps_in(child)


@pytest.mark.parametrize(
    "name",
    ["booklet.yaml", "organisations.yaml", "people.yaml", "programme.yaml", "report.yaml", "summaries/shan-wei.md"],
)
def test_a_misspelt_key_is_found_at_every_level_of_a_file(name: str, tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    root = load_publication(tmp_path).roots[name]
    text = (tmp_path / name).read_text(encoding="utf-8")
    tables = {"organisations.yaml", "people.yaml"}
    tried = 0
    for node in maps_in(root):
        if node is root and name in tables:  # its keys are ids
            continue
        for key, place in node.keys.items():
            tried += 1
            (tmp_path / name).write_text(f"{text[: place.end]}x{text[place.end :]}", encoding="utf-8")
            with pytest.raises(ContentError) as caught:
                load_publication(tmp_path)
            at = [
                finding
                for finding in caught.value.findings
                if (finding.line, finding.column) == (place.line, place.column)
            ]
            unknown = [(finding.file, finding.hint) for finding in at if finding.code == "HK011"]
            assert unknown == [(name, f"did you mean {key!r}?")], f"{key} on line {place.line}"
    assert tried >= len(root.keys)


def test_problems_of_every_file_come_together_in_order(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    for name in ("booklet.yaml", "people.yaml", "report.yaml"):
        path = tmp_path / name
        path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")
    (tmp_path / "photos" / "shan-wei.jpg").unlink()
    programme = tmp_path / "programme.yaml"
    programme.write_text(programme.read_text(encoding="utf-8").replace("- ada-osei", "- ada-oesi"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_publication(tmp_path)
    found = caught.value.findings
    assert [(finding.file, finding.line) for finding in found] == sorted(
        (finding.file, finding.line) for finding in found
    )
    codes = {(finding.file, finding.code) for finding in found}
    unknown = {(name, "HK011") for name in ("booklet.yaml", "people.yaml", "report.yaml")}
    assert codes == unknown | {
        ("booklet.yaml", "HK010"),
        ("report.yaml", "HK010"),
        ("people.yaml", "HK030"),
        ("programme.yaml", "HK020"),
    }
