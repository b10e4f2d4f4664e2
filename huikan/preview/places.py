"""Between fields and lines: where a field is written, and which field a line belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from huikan.check.subject import source_text
from huikan.content.marks import Lines, Place
from huikan.review.markdown_leaves import Leaf, UnwritableError, blocks_of

if TYPE_CHECKING:
    from huikan.content.load import LoadedPublication

_BLOCK = re.compile(r"(?P<prose>.*?[#/])(?P<note>fn)?(?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """Where a field is written: its first line and column and its last line, from 1."""

    file: str
    line: int
    column: int
    last: int


class Places:
    """The places of fields in a publication, each file read once."""

    def __init__(self, loaded: LoadedPublication) -> None:
        self.loaded = loaded
        self._sources: dict[str, _Source] = {}
        self._leaves: dict[str, tuple[Mapping[str, Leaf], int]] = {}

    def of(self, fields: Iterable[str]) -> dict[str, WrittenPlace]:
        """The place of each field that is in the files."""
        places = ((field, self._of(field)) for field in fields)
        return {field: place for field, place in places if place}

    def _of(self, field: str) -> WrittenPlace | None:
        block = _BLOCK.fullmatch(field)
        if block and (written := self._of_block(block["prose"], f"{block['note'] or ''}{block['number']}")):
            return written
        while (place := self.loaded.locate(field)) is None and "." in field.partition("#")[2]:
            field = field.rpartition(".")[0]
        return self._written(place) if place else None

    def _of_block(self, prose: str, number: str) -> WrittenPlace | None:
        """The place of one block of a Markdown text."""
        place = self.loaded.locate(prose + "1")
        if place is None:
            return None
        source = self._source(place.file)
        if prose not in self._leaves:
            text = source.text[place.start : place.end] if prose.endswith("#") else _block_scalar(source.text, place)
            self._leaves[prose] = _leaves(text)
        leaves, indent = self._leaves[prose]
        leaf = leaves.get(number)
        if leaf is None:
            return None
        first = place.line + leaf.lines[0] + (0 if prose.endswith("#") else 1)
        return WrittenPlace(place.file, first, indent + 1, first + leaf.lines[1] - leaf.lines[0] - 1)

    def _written(self, place: Place) -> WrittenPlace:
        last = self._source(place.file).lines.place(max(place.start, place.end - 1), place.end).line
        return WrittenPlace(place.file, place.line, place.column, max(place.line, last))

    def _source(self, file: str) -> _Source:
        if file not in self._sources:
            self._sources[file] = _Source(file, source_text(self.loaded.folder / file))
        return self._sources[file]


@dataclass(frozen=True)
class _Source:
    file: str
    text: str

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text, self.file)


def _block_scalar(source: str, place: Place) -> str:
    """The lines of a YAML block scalar as they stand in the file; nothing for a text of another style."""
    head, _, body = source[place.start : place.end].partition("\n")
    return body if head[:1] in {"|", ">"} else ""


def _leaves(text: str) -> tuple[Mapping[str, Leaf], int]:
    """The blocks of a Markdown text by their numbers as fields have them, and its indentation."""
    lines = text.split("\n")
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    try:
        blocks = blocks_of("\n".join(line[indent:] for line in lines))
    except UnwritableError:
        return {}, indent
    leaves = {str(number): leaf for number, leaf in enumerate(blocks.leaves, start=1)}
    notes = {f"fn{number}": note[0] for number, note in blocks.notes.items() if note}
    return {**leaves, **notes}, indent


def field_at(places: Mapping[str, WrittenPlace], file: str, line: int, column: int) -> str:
    """The field that holds a place of a file, the narrowest of several; empty if there is none."""
    holding = [
        (place.last - place.line, -place.line, -place.column, field)
        for field, place in places.items()
        if place.file == file and place.line <= line <= place.last and (place.line < line or place.column <= column)
    ]
    return min(holding)[-1] if holding else ""
