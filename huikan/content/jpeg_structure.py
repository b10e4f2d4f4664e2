"""What the markers of a JPEG tell of it, without its picture being decoded (ITU-T T.81, Annex B)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_FIRST, _END, _SCAN, _RESTARTS = 0xD8, 0xD9, 0xDA, 0xDD
_SEQUENTIAL = frozenset((0xC0, 0xC1))
"""Frames of one scan, coded after Huffman: SOF0 and SOF1."""
_ASIDE = frozenset((*range(0xE0, 0xF0), 0xFE))
"""Segments that may stand anywhere between others: of applications, and comments."""
_BEFORE_SCAN = frozenset((0xC4, 0xDB, _RESTARTS, *_SEQUENTIAL, *_ASIDE))
_MARKER = re.compile(rb"\xff[^\x00]")
_MARKER_BUT_RESTARTS = re.compile(rb"\xff[^\x00\xd0-\xd7]")
_LINES = 16
"""So high are the largest blocks that a scan is made of: with so much a decoder sees whether it can begin."""
_ENOUGH = 1500
"""Bytes of coded data, which need not be all of those lines."""


class FirstLines(NamedTuple):
    """A JPEG with the headers of another, but no more than the first of its lines; and how many that one has."""

    content: bytes
    height: int


def first_lines_of_whole(content: bytes) -> FirstLines | None:
    """The first lines of a JPEG that is whole; None if that is not sure.

    It is sure of a picture in one sequential scan, whose data has no marker before the end of the image. Whether the
    headers are sound is for a decoder to say.
    """
    begin, frame, markers = _begin_of_data(content)
    found = markers.search(content, begin) if begin else None
    if found is None:
        return None
    *others, last = (kind for kind, _ in _segments(content, found.start()))
    is_whole = last == _END and _ASIDE.issuperset(others)
    if not is_whole:
        return None
    height = int.from_bytes(content[frame : frame + 2], "big")
    few = min(height, _LINES).to_bytes(2, "big")
    lines = content[:frame] + few + content[frame + 2 : begin + _ENOUGH] + bytes((0xFF, _END))
    return FirstLines(lines, height)


def _begin_of_data(content: bytes) -> tuple[int, int, re.Pattern[bytes]]:
    """Where the data of the only scan begins, or 0; where the frame tells its height; what would be a marker in it."""
    parts, frame, markers = b"", 0, _MARKER
    for kind, at in _segments(content, 2) if content[:2] == bytes((0xFF, _FIRST)) else ():
        if kind == _SCAN:
            length = int.from_bytes(content[at : at + 2], "big")
            return (at + length if parts and content[at + 2 : at + 3] == parts else 0), frame, markers
        if kind not in _BEFORE_SCAN or (kind in _SEQUENTIAL and parts):
            break
        if kind in _SEQUENTIAL:
            parts, frame = content[at + 7 : at + 8], at + 3
        elif kind == _RESTARTS:
            markers = _MARKER_BUT_RESTARTS
    return 0, 0, markers


def _segments(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The kind of each segment from `at` on, and where its length stands; the last is a scan, the end, or 0: none."""
    while True:
        kind = content[at + 1] if content[at : at + 1] == b"\xff" and len(content) > at + 1 else 0
        yield kind, at + 2
        if kind in (0, _SCAN, _END):
            return
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
