"""Every text of a publication with its language, its kind and the place of each character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from huikan.check.alignment import UNKNOWN, is_verbatim, positions_in_source
from huikan.check.prose import blocks_of
from huikan.content.load import LoadedPublication
from huikan.content.marks import Node
from huikan.content.model import Appearance, Organisation, Person, Photo, Session
from huikan.content.values import Model, Text

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""Han characters, for use inside a regular expression's brackets."""

_HAN = re.compile(f"[{HAN}]")


class Kind(StrEnum):
    """What sort of text it is."""

    NAME = "name"
    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    CAPTION = "caption"
    CELL = "cell"
    WORDS = "words"
    PROSE = "prose"
    NOTE = "note"
    MARKUP = "markup"
    """Prose as it stands in the file, with its marks; its blocks are texts of their own."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as it is read: a field in one language, or one block of prose.

    `language` is `zh` or `en`; `block` says what part of the prose it is (paragraph, item, quote, cell, …);
    `positions` are offsets in the file, one for each character of `text`; `start` is that of the field.
    """

    file: str
    field: str
    language: str
    kind: Kind
    text: str
    positions: tuple[int, ...]
    start: int
    block: str = ""

    def offset(self, at: int) -> int:
        """The offset in the file of the first character from `at` on that has one, else of the whole text."""
        return next((position for position in self.positions[at:] if position != UNKNOWN), self.start)

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the characters from `start` to before `end` stand in the file, if they stand side by side."""
        positions = self.positions[start:end]
        if UNKNOWN in positions or not is_verbatim(positions):
            return None
        return positions[0], positions[-1] + 1


_PROSE_FIELDS = {"introduction", "bio", "description", "abstract", "findings"}
_SPACED_FIELDS = {"title", "short_title", "topic", "label"}
_HEADINGS = {"title", "short_title", "subtitle", "series", "label", "topic"}


def has_han(text: str) -> bool:
    """Whether there is a Han character in the text."""
    return bool(_HAN.search(text))


def passages_of(loaded: LoadedPublication, sources: Mapping[str, str]) -> tuple[Passage, ...]:
    """Every text of the publication, file by file. `sources` holds the text of each file."""
    publication = loaded.publication
    found: list[Passage] = []
    models: list[tuple[str, Model | Mapping[str, Model] | None]] = [
        ("booklet.yaml", publication.booklet),
        ("organisations.yaml", publication.organisations),
        ("people.yaml", publication.people),
        ("programme.yaml", publication.programme),
        ("report.yaml", publication.report),
    ]
    for file, content in models:
        if file not in loaded.roots or content is None:
            continue
        reader = _Fields(file, sources[file])
        entries = content.items() if isinstance(content, Mapping) else [("", content)]
        for key, model in entries:
            node = loaded.roots[file].child(key) if key else loaded.roots[file]
            if node is not None:
                found += reader.of_model(model, node, key)
    for summary in publication.summaries.values():
        first = next(iter(summary.prose))
        for key, markdown in summary.prose.items():
            file = f"summaries/{summary.id}.md" if key == first else f"summaries/{summary.id}.{key}.md"
            start = loaded.bodies[file].start
            positions = tuple(range(start, start + len(markdown)))
            found += _prose(file, f"{file}#", key, markdown, positions, start)
    return tuple(found)


def _prose(
    file: str, field: str, language: str, markdown: str, positions: tuple[int, ...], start: int
) -> Iterator[Passage]:
    yield Passage(file, field.rstrip("/#"), language, Kind.MARKUP, markdown, positions, start)
    for number, block in enumerate(blocks_of(markdown)):
        placed = tuple(positions[at] if 0 <= at < len(positions) else UNKNOWN for at in block.positions)
        yield Passage(file, f"{field}{number}", language, Kind.PROSE, block.text, placed, start, block.kind)


@dataclass(frozen=True)
class _Fields:
    """Reads the texts of one file's models beside their marked nodes."""

    file: str
    source: str

    def of_model(self, model: Model, node: Node, field: str) -> Iterator[Passage]:
        for name in type(model).model_fields:
            value, below = getattr(model, name), node.child(name) if isinstance(node.value, dict) else None
            if below is None or name == "sort":
                continue
            yield from self._of_value(value, below, model, name, f"{field}.{name}" if field else name)

    def _of_value(self, value: object, node: Node, owner: Model, name: str, field: str) -> Iterator[Passage]:
        if isinstance(value, Text):
            yield from self._of_text(value, node, owner, name, field)
        elif isinstance(value, Model):
            yield from self.of_model(value, node, field)
        elif isinstance(value, tuple) and isinstance(node.value, list):
            for index, (item, below) in enumerate(zip(value, node.value, strict=False)):
                step = str(index)
                if isinstance(item, (Session, Appearance)):
                    step = item.id if isinstance(item, Session) else item.key
                yield from self._of_value(item, below, owner, name, f"{field}.{step}")
        elif name == "note" and isinstance(value, str):
            yield self._note(value, node, field)

    def _note(self, words: str, node: Node, field: str) -> Passage:
        positions = positions_in_source(words, self.source, node.place.start, node.place.end)
        language = "zh" if has_han(words) else "en"
        return Passage(self.file, f"{self.file}#{field}", language, Kind.NOTE, words, positions, node.place.start)

    def _of_text(self, text: Text, node: Node, owner: Model, name: str, field: str) -> Iterator[Passage]:
        note = node.child("note") if text.note else None
        if note is not None:
            yield self._note(str(text.note), note, f"{field}.note")
        for key in ("", "zh", "en"):
            parts = text.parts(key)
            variant = node.child(key) if key and isinstance(node.value, dict) else node
            if not parts or variant is None:
                continue
            nodes = variant.value if isinstance(variant.value, list) else [variant]
            language = key or ("zh" if has_han("".join(parts)) else "en")
            kind = _kind(owner, name)
            joiner = self._joiner(kind, name, language)
            words, positions = self._joined(parts, nodes, joiner)
            place = f"{self.file}#{field}" + (f".{key}" if key else "")
            if kind is Kind.PROSE:
                yield from _prose(self.file, f"{place}/", language, words, positions, variant.place.start)
            else:
                yield Passage(self.file, place, language, kind, words, positions, variant.place.start)

    def _joiner(self, kind: Kind, name: str, language: str) -> str:
        if kind is Kind.PROSE:
            return "\n\n"
        if kind is Kind.CAPTION:
            return "\n"
        spaced = kind is Kind.HEADING and name in _SPACED_FIELDS
        return " " if spaced or language == "en" else ""

    def _joined(self, parts: tuple[str, ...], nodes: list[Node], joiner: str) -> tuple[str, tuple[int, ...]]:
        positions: list[int] = []
        for index, (part, node) in enumerate(zip(parts, nodes, strict=False)):
            positions += [UNKNOWN] * (len(joiner) if index else 0)
            positions += positions_in_source(part, self.source, node.place.start, node.place.end)
        return joiner.join(parts), tuple(positions)


def _kind(owner: Model, name: str) -> Kind:
    if name in _PROSE_FIELDS:
        return Kind.PROSE
    if isinstance(owner, Person) and name == "name":
        return Kind.NAME
    if isinstance(owner, Organisation):
        return Kind.BODY
    if isinstance(owner, (Person, Appearance)) and name == "title":
        return Kind.TITLE
    if isinstance(owner, Photo) or name == "caption":
        return Kind.CAPTION
    if name == "rows":
        return Kind.CELL
    return Kind.HEADING if name in _HEADINGS else Kind.WORDS
