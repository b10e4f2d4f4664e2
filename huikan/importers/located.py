"""Words of a source and where they stand in it: a JSON pointer, an XPath and line, a sheet's cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huikan.importers.source_text import is_latin, without_forbidden


@dataclass(frozen=True, slots=True)
class Value:
    """A text of the source. `language` is a lower-case tag such as `en` where the source tells it, else empty."""

    text: str
    position: str
    language: str = ""


Words = tuple[Value, ...]
"""One text in one or more languages; empty where the source has none."""


def located(text: str | None, position: str, language: str = "") -> Value | None:
    """The text without characters that no document may hold; None if nothing but white space is left."""
    if text is None:
        return None
    kept = without_forbidden(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return Value(kept, position, language.casefold()) if kept else None


def words(*values: Value | None) -> Words:
    """The values that are there."""
    return tuple(value for value in values if value is not None)


def surname_first(given: Value | None, surname: Value | None) -> str:
    """How a Latin name is sorted in an index; `''` for others, and where a part is missing."""
    if given is None or surname is None or not is_latin(given.text + surname.text):
        return ""
    return one_line(f"{surname.text} {given.text}")


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def first_of(values: Iterable[Value | None]) -> Value | None:
    """The first value that is there."""
    return next((value for value in values if value is not None), None)
