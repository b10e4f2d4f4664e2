"""JSON as a tree in which every value knows its pointer (RFC 6901)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from huikan.finding import ContentError, Finding, Severity
from huikan.importers.located import Value, located
from huikan.importers.source_text import decode_source

LARGEST_SOURCE = 64 * 1024 * 1024
"""Bytes of the largest source that is read."""
DEEPEST_SOURCE = 64
"""Levels of the deepest JSON that is read."""


@dataclass(frozen=True, slots=True)
class Datum:
    """A value of a JSON text: members, elements, or a scalar as its words (None for null and for what is missing)."""

    pointer: str
    scalar: str | None = None
    members: dict[str, Datum] = field(default_factory=dict)
    elements: tuple[Datum, ...] = ()
    kind: str = "missing"

    def __getitem__(self, key: str) -> Datum:
        return self.members.get(key) or Datum(f"{self.pointer}/{_escaped(key)}")

    def __bool__(self) -> bool:
        return self.kind != "missing" and self.kind != "null"

    def text(self, language: str = "") -> Value | None:
        """The scalar as words; None for a container, null, or white space alone."""
        return located(self.scalar, self.pointer, language)

    @property
    def children(self) -> tuple[Datum, ...]:
        """The elements of an array, or the values of an object."""
        return self.elements or tuple(self.members.values())

    def leaves(self) -> Iterator[Value]:
        """Every scalar with words, in the order of the text."""
        waiting = [self]
        while waiting:
            datum = waiting.pop()
            value = datum.text()
            if value:
                yield value
            waiting.extend(reversed(datum.children))


class _Pairs(list[tuple[str, object]]):
    """The members of an object as they stand, a name perhaps twice."""


def read_json(data: bytes, source_name: str) -> Datum:
    """The tree of a JSON source; of two members with one name the second is called `NAME~2`.

    Raises ContentError when the bytes are no JSON, are larger than `LARGEST_SOURCE` or nest deeper than
    `DEEPEST_SOURCE`.
    """
    refuse_oversized(data, source_name)
    text, _encoding = decode_source(data, source_name)
    try:
        plain = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_Pairs,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
        )
    except json.JSONDecodeError as error:
        raise ContentError(
            [
                Finding(
                    "HK804",
                    Severity.ERROR,
                    f"not JSON: {error.msg}",
                    "export the file again",
                    source_name,
                    error.lineno,
                    error.colno,
                )
            ]
        ) from error
    except RecursionError as error:
        raise ContentError([_too_deep(source_name)]) from error
    return _tree(plain, source_name)


def refuse_oversized(data: bytes, source_name: str) -> None:
    """Raises ContentError for a source larger than `LARGEST_SOURCE`."""
    if len(data) > LARGEST_SOURCE:
        message = f"the source is larger than {LARGEST_SOURCE // 1024 // 1024} MB"
        raise ContentError([Finding("HK805", Severity.ERROR, message, "check what it holds", source_name)])


def _too_deep(source_name: str) -> Finding:
    message = f"the source nests deeper than {DEEPEST_SOURCE} levels"
    return Finding("HK805", Severity.ERROR, message, "check what it holds", source_name)


def _tree(plain: object, source_name: str, pointer: str = "", depth: int = 0) -> Datum:
    if depth > DEEPEST_SOURCE:
        raise ContentError([_too_deep(source_name)])
    if isinstance(plain, _Pairs):
        members: dict[str, Datum] = {}
        for key, value in plain:
            name, number = key, 1
            while name in members:
                number += 1
                name = f"{key}~{number}"
            members[name] = _tree(value, source_name, f"{pointer}/{_escaped(name)}", depth + 1)
        return Datum(pointer, members=members, kind="object")
    if isinstance(plain, list):
        elements = tuple(
            _tree(value, source_name, f"{pointer}/{index}", depth + 1) for index, value in enumerate(plain)
        )
        return Datum(pointer, elements=elements, kind="array")
    if isinstance(plain, bool):
        return Datum(pointer, "true" if plain else "false", kind="boolean")
    return Datum(pointer, kind="null") if plain is None else Datum(pointer, str(plain), kind="text")


def _escaped(key: str) -> str:
    return (
        "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in key)
        .replace("~", "~0")
        .replace("/", "~1")
    )
