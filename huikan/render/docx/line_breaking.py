"""How many lines a word processor makes of a paragraph: widths of characters, and where lines may break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
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

_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[0-9A-Za-z]+| +|[^ ]")
"""Han characters, between any two of which a line may break; a word; blanks; another character."""

_AFTER_HYPHEN = frozenset("-–/")
_IN_PAIRS = frozenset("—…")
_NOT_AT_LINE_START = frozenset(NOT_AT_LINE_START)
_NOT_AT_LINE_END = frozenset(NOT_AT_LINE_END)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one look: size in pt, face (a key of `WIDTHS`), spacing between characters in pt."""

    text: str
    size: float
    face: str
    tracking: float = 0.0


@lru_cache(maxsize=8192)
def is_wide(character: str) -> bool:
    """Whether a character takes a full em in an East Asian face."""
    return unicodedata.east_asian_width(character) in "WF"


def line_count(spans: Iterable[Span], width: float, first_indent: float = 0.0) -> int:
    """Lines that the spans take in `width` pt, the first shortened by `first_indent`. A paragraph has at least one."""
    lines = _Lines(width, first_indent)
    box: _Box | None = None
    after_wide = False
    for span in spans:
        size, tracking = span.size, span.tracking
        widths = _advances(span.face, size, tracking)
        em, other = size + tracking, OTHER * size / 1000 + tracking
        for token in _TOKEN.findall(span.text):
            first = token[0]
            if first == " ":
                box = box or _Box("", "", 0.0)
                box.blank += len(token) * widths[" "]
                continue
            wide = is_wide(first) or (after_wide and first in _EITHER)
            advance = em if wide else widths.get(first, other)
            if box is None:
                box = _Box(first, first, advance, wide)
            elif box.blank or wide or box.wide or box.last in _AFTER_HYPHEN:
                if wide != box.wide and not box.blank and box.last.isalnum() and first.isalnum():
                    box.width += _SCRIPT_GAP * size
                lines.add(box)
                box = _Box(first, first, advance, wide)
            else:
                box.last = first
                box.width += advance
            after_wide = wide
            if len(token) > 1:
                if wide:
                    lines.add(box)
                    lines.add_alike(len(token) - 2, em)
                    box = _Box(token[-1], token[-1], em, True)
                else:
                    box.last = token[-1]
                    for character in token[1:]:
                        box.width += widths.get(character, other)
    if box is not None:
        lines.add(box)
    lines.end_group()
    return lines.count


@lru_cache(maxsize=64)
def _advances(face: str, size: float, tracking: float) -> dict[str, float]:
    return {character: width * size / 1000 + tracking for character, width in WIDTHS[face].items()}


@dataclass(slots=True)
class _Box:
    """What cannot be broken inside: its outer characters, its width in pt, and the blank after it."""

    first: str
    last: str
    width: float
    wide: bool = False
    blank: float = 0.0


class _Lines:
    """Lines `width` pt wide, filled box by box; a group of boxes stays on one line."""

    def __init__(self, width: float, first_indent: float) -> None:
        self.count = 1
        self._width = width
        self._used = first_indent
        self._group = 0.0
        self._last: _Box | None = None

    def add(self, box: _Box) -> None:
        """Add a box, which a mark that may not begin or end a line keeps in the group of the one before."""
        last = self._last
        if last is not None and (last.blank or not _glued(last.last, box.first)):
            self.end_group()
        self._group += box.width + box.blank
        self._last = box

    def add_alike(self, number: int, width: float) -> None:
        """End the group, and add so many boxes, all of one width, that are groups by themselves."""
        self.end_group()
        for _ in range(number):
            self._place(width)

    def end_group(self) -> None:
        """Let what follows stand on another line."""
        if self._last is not None:
            self._place(self._group - self._last.blank)
            self._used += self._last.blank
            self._group, self._last = 0.0, None

    def _place(self, total: float) -> None:
        if self._used > 0 and self._used + total > self._width + _SLACK:
            self.count += 1
            self._used = 0.0
        if total > self._width:
            self.count += int((total - 0.01) // self._width)
            self._used = total % self._width
        else:
            self._used += total


def _glued(before: str, after: str) -> bool:
    return after in _NOT_AT_LINE_START or before in _NOT_AT_LINE_END or (before == after and after in _IN_PAIRS)
