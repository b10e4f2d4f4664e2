"""What pydantic found wrong, in an editor's words and at its place in the file."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from huikan.content.marks import Node
from huikan.finding import Finding, Severity


def findings_of(error: ValidationError, model: type[BaseModel], node: Node, file: str) -> list[Finding]:
    """One finding for each error of validating `node` as `model`."""
    found: dict[tuple[int, int, str], Finding] = {}
    for problem in error.errors(include_url=False):
        steps = problem["loc"]
        at, place, depth = _descend(node, steps)
        unknown = problem["type"] == "extra_forbidden"
        name = _readable(steps)
        if unknown and steps[-1] in at.keys:
            place = at.keys[str(steps[-1])]
        message, hint = _words(problem, name, _fields_of(model, steps[:-1]), at.value if depth == len(steps) else None)
        code = "HK011" if unknown else "HK010"
        finding = Finding(code, Severity.ERROR, message, hint, file, place.line, place.column)
        found.setdefault((finding.line, finding.column, finding.message), finding)
    return list(found.values())


def suggestion(word: str, known: Iterable[str]) -> str:
    """`did you mean …?` with the nearest known word, else the known words, else nothing."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known here: {', '.join(words[:30])}" if words else ""


def _descend(node: Node, steps: tuple[int | str, ...]) -> tuple[Node, Any, int]:
    """The deepest node on the way of `steps`, its place, and how many steps led there."""
    place, depth = node.place, 0
    for step in steps:
        below = node.value.get(step) if isinstance(node.value, dict) else None
        if isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
            below = node.value[step]
        if below is None:
            if step in {"plain"}:
                depth += 1
                continue
            break
        node, depth = below, depth + 1
        place = node.place
    return node, place, depth


def _readable(steps: tuple[int | str, ...]) -> str:
    names = [str(step) for step in steps if step not in {"plain", "[key]"}]
    while names and names[-1].isdecimal():
        names.pop()
    return names[-1] if names else "this"


def _fields_of(model: Any, steps: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand at that place of the model."""
    current: Any = model
    for step in steps:
        if isinstance(step, int):
            continue
        if not (isinstance(current, type) and issubclass(current, BaseModel)) or step not in current.model_fields:
            continue
        current = _inner(current.model_fields[step].annotation)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [name for name in current.model_fields if name != "plain"]
    return []


def _inner(annotation: Any) -> Any:
    """The model inside Optional, tuple and Annotated."""
    origin = typing.get_origin(annotation)
    if origin is None:
        return annotation
    if origin in {typing.Union, types.UnionType}:
        inner = [argument for argument in typing.get_args(annotation) if argument is not type(None)]
        return _inner(inner[0])
    return _inner(typing.get_args(annotation)[0])


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "a yes or no"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "a text" if isinstance(value, str) else f"a {type(value).__name__}"


def _words(problem: Any, name: str, fields: list[str], value: Any) -> tuple[str, str]:
    kind, context, given = problem["type"], problem.get("ctx", {}), problem.get("input")
    found = _found(given)
    if kind == "extra_forbidden":
        return f"unknown key {problem['loc'][-1]!r}", suggestion(str(problem["loc"][-1]), fields)
    if kind == "missing":
        return f"{problem['loc'][-1]!r} is missing", f"add {problem['loc'][-1]}: …"
    if kind in {"string_type", "string_unicode"}:
        quoted = f'put it in quotation marks: "{given}"' if not isinstance(given, (dict, list, type(None))) else ""
        return f"{name}: expected a text, found {found}", quoted or "write a text"
    if kind == "string_pattern_mismatch":
        return f"{name}: {given!r} is no id", "use lower-case Latin letters, digits and single hyphens: wang-zhicheng"
    if kind == "string_too_short":
        return f"{name}: the text is empty", "write a text, or delete the key"
    if kind == "string_too_long":
        return f"{name}: longer than {context['max_length']} characters", "shorten it"
    if kind in {"tuple_type", "list_type"}:
        return f"{name}: expected a list, found {found}", f"write {name}: [{given if given is not None else '…'}]"
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        return f"{name}: expected a map, found {found}", f"write the keys below {name}:, indented by two spaces"
    if kind.startswith(("date_", "datetime_")):
        return f"{name}: {given!r} is no date", "write it as 2024-11-06"
    if kind.startswith("time_"):
        return f"{name}: {given!r} is no time of day", "write it as 09:30"
    if kind in {"enum", "literal_error"}:
        allowed = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
        return f"{name}: {given!r} is not one of its values", suggestion(str(given), allowed)
    if kind.startswith(("int_", "float_")):
        return f"{name}: expected a number, found {found}", "write digits without quotation marks"
    if kind in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        limit = next(iter(context.values()))
        words = kind.replace("_", " ").replace("equal", "or equal to").replace("than or", "than or")
        return f"{name}: {given} is out of bounds", f"write a number {words} {limit}"
    if kind == "too_short":
        return f"{name}: the list is empty", "add an item, or delete the key"
    if kind == "value_error":
        message = str(context["error"])
        text, _, hint = message.partition("; ")
        return f"{name}: {text}", hint
    return f"{name}: {problem['msg']}", ""
