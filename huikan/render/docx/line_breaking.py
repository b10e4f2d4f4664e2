"""How many lines a word processor makes of a paragraph: widths of characters, and where lines may break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from huikan.render.docx.latin_widths import OTHER, WIDTHS
from huikan.render.docx.settings import NOT_AT_LINE_END, NOT_AT_LINE_START

_EITHER = frozenset("“”‘’…—·")
"""Marks that are a Han face's after Han."""

_SCRIPT_GAP = 0.2
"""Space between Han and Latin, in em of the Han size."""

_SLACK = 0.25
"""Points by which a line may exceed the measure: the text block is that much wider than its characters."""

_TOKEN = re.compile(r" +|[^ ]")
_AFTER_HYPHEN = frozenset("-–/")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one look: size in pt, face (a key of `WIDTHS`), spacing between characters in pt."""

    text: str
    size: float
    face: str
    tracking: float = 0.0


@dataclass(slots=True)
class _Box:
    """What cannot be broken inside: its characters and width in pt, and the blank after it."""

    text: str
    width: float
    blank: float = 0.0
    wide: bool = False


@lru_cache(maxsize=8192)
def is_wide(character: str) -> bool:
    """Whether a character takes a full em in an East Asian face."""
    return unicodedata.east_asian_width(character) in "WF"


def line_count(spans: Sequence[Span], width: float, first_indent: float = 0.0) -> int:
    """Lines that the spans take in `width` pt, the first shortened by `first_indent`. A paragraph has at least one."""
    lines = 1
    used = first_indent
    for group in _groups(_boxes(spans)):
        total = sum(box.width + box.blank for box in group) - group[-1].blank
        if used > 0 and used + total > width + _SLACK:
            lines += 1
            used = 0.0
        if total > width:
            lines += int((total - 0.01) // width)
            used = total % width
        else:
            used += total
        used += group[-1].blank
    return lines


def _boxes(spans: Iterable[Span]) -> Iterator[_Box]:
    """Han characters one by one, Latin words whole; blanks go with the box before them."""
    current: _Box | None = None
    after_wide = False
    for span in spans:
        widths = WIDTHS[span.face]
        for token in _TOKEN.findall(span.text):
            if token[0] == " ":
                blank = len(token) * (widths[" "] * span.size / 1000 + span.tracking)
                if current is None:
                    current = _Box("", 0.0)
                current.blank += blank
                continue
            wide = is_wide(token) or (token in _EITHER and after_wide)
            width = span.size if wide else widths.get(token, OTHER) * span.size / 1000
            width += span.tracking
            breaks = current is None or current.blank or wide or current.wide or current.text[-1:] in _AFTER_HYPHEN
            if breaks:
                if current is not None:
                    if not current.blank and wide != current.wide and _spaced(current.text[-1:], token):
                        current.width += _SCRIPT_GAP * span.size
                    yield current
                current = _Box(token, width, wide=wide)
            elif current is not None:
                current.text += token
                current.width += width
            after_wide = wide
    if current is not None:
        yield current


def _spaced(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum()


def _groups(boxes: Iterable[_Box]) -> Iterator[list[_Box]]:
    """Boxes that stay on one line because a mark may not begin or end one."""
    group: list[_Box] = []
    for box in boxes:
        if group and (group[-1].blank or not _glued(group[-1].text, box.text)):
            yield group
            group = []
        group.append(box)
    if group:
        yield group


def _glued(before: str, after: str) -> bool:
    return (
        after[:1] in NOT_AT_LINE_START
        or before[-1:] in NOT_AT_LINE_END
        or (before[-1:] == after[:1] and after[:1] in "—…")
    )
