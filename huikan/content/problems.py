"""What pydantic found wrong, in an editor's words and at its place in the file."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from huikan.content.descriptions import MEMBERS
from huikan.content.marks import Node
from huikan.content.other_forms import date_hint, number_hint, time_hint
from huikan.content.other_words import id_meant, ids_meant, meant
from huikan.content.slips import full_width_colon, shortened, tight_colon, tight_hyphen
from huikan.content.terms import Edition
from huikan.content.values import ID_PATTERN, LANGUAGE_KEYS
from huikan.finding import Finding, Severity

_TAGS = {key: tag for tag, key in LANGUAGE_KEYS.items()}
"""Key of a language in content maps → its tag in the booklet's list of languages."""

NO_ID = "is no id"
NO_LIST = "expected a list, found a text"
ID_HINT = "use lower-case Latin letters, digits and single hyphens: wang-zhicheng"


def findings_of(error: ValidationError, model: type[BaseModel], node: Node, file: str, name: str = "") -> list[Finding]:
    """One finding for each error of validating `node`, the file's entry `name`, as `model`."""
    found: dict[tuple[int, int, str], Finding] = {}
    problems = error.errors(include_url=False)
    for problem in problems:
        steps = problem["loc"]
        if problem["type"] == "too_short" and any(
            steps == other["loc"][: len(steps)] != other["loc"] for other in problems
        ):
            continue  # pydantic counts the valid items alone
        unknown = problem["type"] == "extra_forbidden"
        if problem["type"] == "missing" and str(steps[-1]) in _renamed(problems, model, steps[:-1]):
            continue  # it is there, by another name
        at = node_at(node, steps[:-1] if unknown else steps)
        place = at.keys.get(str(steps[-1]), at.place) if unknown else at.place
        message, hint = _words(problem, _readable(steps) or name, _fields_of(model, steps[:-1]), at)
        if unknown:
            hint = _further_left(model, steps) or (_outdented(node, steps) if name else "") or hint
        code = "HK011" if unknown else "HK010"
        word = at.written if message.endswith((NO_ID, NO_LIST)) else ""
        finding = Finding(code, Severity.ERROR, message, hint, file, place.line, place.column, word)
        found.setdefault((finding.line, finding.column, finding.message), finding)
    return list(found.values())


def _renamed(problems: list[Any], model: type[BaseModel], above: tuple[int | str, ...]) -> set[str]:
    """The keys of one map that stand there by another name: 环节 for sessions."""
    fields = _fields_of(model, above)
    unknown = [each["loc"] for each in problems if each["type"] == "extra_forbidden"]
    return {meant(str(steps[-1]), fields) for steps in unknown if steps[:-1] == above}


def without_problems(error: ValidationError, node: Node) -> Node:
    """The tree less every value that has a problem: the rest can still be checked against other files."""
    paths = [problem["loc"] for problem in error.errors(include_url=False, include_context=False)]
    # From the last to the first, and each once, so that the numbers of a list's items stay right
    for steps in dict.fromkeys(_steps_in(node, path) for path in reversed(paths)):
        node = node.without(steps)
    return node


def _steps_in(node: Node, steps: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The part of pydantic's path that is in the tree."""
    taken: list[int | str] = []
    for step in steps:
        below = node_at(node, [step])
        if below is not node:
            taken.append(step)
            node = below
    return tuple(taken)


def suggestion(word: str, known: Iterable[str], glosses: Mapping[str, str] | None = None) -> str:
    """`did you mean …?` with the nearest known word, else the known words with their meanings, else nothing."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    shown = [f"{each} ({glosses[each]})" if glosses and each in glosses else each for each in words[:30]]
    return f"known here: {', '.join(shown)}" if words else ""


def _glosses(allowed: list[str]) -> Mapping[str, str]:
    """What the words of a set mean."""
    return next((members for members in MEMBERS.values() if set(members) == set(allowed)), {})


def node_at(node: Node, steps: Iterable[int | str]) -> Node:
    """The deepest node on the way of `steps`, pydantic's path to a problem."""
    for step in steps:
        below = node.value.get(step) if isinstance(node.value, dict) else None
        if isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
            below = node.value[step]
        if below is None:
            if step == "plain":  # a text without a language: no step in the file
                continue
            break
        node = below
    return node


def _readable(steps: tuple[int | str, ...]) -> str:
    return next((str(step) for step in reversed(steps) if isinstance(step, str) and step != "plain"), "")


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
    return "a date" if isinstance(value, dt.date) else "a text"


def _words(problem: Any, name: str, fields: list[str], at: Node) -> tuple[str, str]:
    """The message and the hint for a problem of pydantic's with the value `at`."""
    kind, context, given = problem["type"], problem.get("ctx", {}), problem.get("input")
    found, last = _found(given), problem["loc"][-1] if problem["loc"] else name
    if last == "rule" and (number := re.search(r"[0-9]{3}", at.written)):
        return f"rule: {at.written!r} is no rule", f"write HK{number[0]}"
    quote = (
        f'put it in quotation marks: "{shortened(at.written)}"'
        if at.written and found not in {"a text", "nothing"}
        else ""
    )
    is_scalar = given is not None and not isinstance(given, (dict, list, tuple))
    shown = f"{shortened(at.written or str(given))!r}" if is_scalar else found
    if kind == "extra_forbidden":
        return f"unknown key {shortened(str(last))!r}", _key_hint(str(last), fields)
    if kind == "missing":
        return f"{last!r} is missing", f"add {last}: …"
    if kind == "string_type" and isinstance(given, dict) and set(given) <= set(LANGUAGE_KEYS.values()):
        return f"{name}: expected a text, found a map", f"delete the hyphens: zh: and en: stand below {name}: itself"
    if kind == "string_type" and isinstance(given, dict):
        return f"{name}: expected a text, found a map", "put a text that holds a colon in quotation marks, or write ："
    if kind == "string_type":
        return f"{name}: expected a text, found {found}", quote or "write a text"
    if kind == "string_pattern_mismatch" and context["pattern"] == ID_PATTERN:
        return f"{name}: {shown} {NO_ID}", _id_hint(at, name)
    if kind in {"string_too_short", "string_pattern_mismatch"}:
        return f"{name}: the text is empty", "write a text, or delete the key"
    if kind == "string_too_long":
        return f"{name}: longer than {context['max_length']} characters", "shorten it"
    if kind in {"tuple_type", "list_type"}:
        item = ", ".join(ids_meant(at.written)) or at.written
        if name == "languages":
            item = ", ".join(meant(_TAGS.get(word, word), _TAGS.values()) or word for word in item.split(", "))
        if name == "editions":
            words = [each for each in re.split(r"[,，、;；]\s*", at.written) if each.strip()]
            item = ", ".join(meant(word, [edition.value for edition in Edition]) or word for word in words)
        is_one = at.written and not re.search("[•●－—]", at.written)
        begin = "-" if isinstance(last, int) else f"{name}:"
        one = f"write {begin} [{shortened(item)}]" if is_one else "begin each item with a hyphen and a blank: - …"
        return f"{name}: {NO_LIST if found == 'a text' else f'expected a list, found {found}'}", tight_hyphen(
            at.written
        ) or one
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        is_named = kind == "model_type" and found == "a text" and not problem["loc"] and "name" in fields
        below = f"write name: {shortened(at.written)}" if is_named else "write the keys"
        return f"{name}: expected a map, found {found}", f"{below} below {name}:, indented by two spaces"
    if kind.startswith("date_"):
        return f"{name}: {shown} is no date", date_hint(at.written, fields) or "write it as 2024-11-06"
    if kind == "value_error" and str(context["error"]).startswith("expected"):
        text, _, hint = str(context["error"]).partition("; ")
        wants_text = hint == "write a text"
        exact = _exact_hint(text, at.written, fields)
        return f"{name}: {text}, found {found if wants_text else shown}", (wants_text and quote) or exact or hint
    if kind == "value_error":
        text, _, hint = str(context["error"]).partition("; ")
        return f"{name}: {text}" if name else text, hint
    if kind in {"enum", "literal_error"} and not is_scalar:
        return f"{name}: expected one word, found {found}", "write one of them, without brackets or keys"
    if kind in {"enum", "literal_error"}:
        allowed = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
        exact = meant(at.written, allowed)
        hint = f"write {exact}" if exact else suggestion(at.written, allowed, _glosses(allowed))
        return f"{name}: {shown} is not one of its values", hint
    if kind in {"bool_parsing", "bool_type"}:
        exact = meant(at.written, ["true", "false"])
        return f"{name}: {shown} is neither yes nor no", f"write {exact}" if exact else "write true or false"
    if kind == "int_from_float":
        return f"{name}: expected a whole number, found {shown}", "write digits alone"
    if kind.startswith(("int_", "float_")):
        return f"{name}: expected a number, found {found}", "write digits without quotation marks"
    if kind in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        limit = next(iter(context.values()))
        words = kind.replace("_", " ").replace("equal", "or equal to")
        return f"{name}: {shown} is out of bounds", f"write a number {words} {limit}"
    if kind == "too_short":
        return f"{name}: the list is empty", "add an item, or delete the key"
    return f"{name}: {shown} cannot stand here", "see docs/content.md for what can"


def _id_hint(at: Node, name: str) -> str:
    """What to write for a value that is no id."""
    if at.place.end - at.place.start > len(at.written) + 2:
        return "the line below is indented deeper, and is read as a part of this one: indent both alike"
    several, id = ids_meant(at.written), id_meant(at.written)
    each = "write each as an item of its own: " if name == "person" else "write "
    ids = ", ".join(several)
    exact = f"{each}{ids if name == 'person' else f'[{ids}]'}" if several else f"write {id}"
    return full_width_colon(at.written) or (exact if several or id else ID_HINT)


def _exact_hint(expected: str, written: str, fields: list[str]) -> str:
    """The very value to write, where a date, a time or a number was written in another form."""
    if expected == "expected a date":
        return date_hint(written, fields)
    if expected == "expected a time of day":
        return time_hint(written)
    return number_hint(written) if expected == "expected a number" else ""


def _outdented(entry: Node, steps: tuple[int | str, ...]) -> str:
    """What to do with a key without a value where it may be the id of the next entry of the file."""
    below = entry.value.get(str(steps[-1])) if len(steps) == 1 and isinstance(entry.value, dict) else None
    is_empty = below is not None and below.value is None
    return "begin it in column 1, if it is an entry of its own" if is_empty else ""


def _further_left(model: type[BaseModel], steps: tuple[int | str, ...]) -> str:
    """How far a key should move that is not known where it stands, and is where something around it stands."""
    key = str(steps[-1])
    if key in _fields_of(model, steps[:-1]):
        return ""
    for depth in range(len(steps) - 2, -1, -1):
        beside = steps[depth]
        if isinstance(beside, str) and key in _fields_of(model, steps[:depth]):
            return f"it belongs further left, beside {beside}: indent both alike"
    if key in LANGUAGE_KEYS.values():
        return f"it belongs further right, below the key of its text, beside {'zh' if key == 'en' else 'en'}:"
    return ""


def _key_hint(key: str, fields: list[str]) -> str:
    """What to write for a key that is not known."""
    exact = meant(key, fields)
    return (
        full_width_colon(key) or tight_colon(key) or (exact and f"did you mean {exact!r}?") or suggestion(key, fields)
    )
