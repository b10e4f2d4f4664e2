"""Whether two pages look the same, told from their content without drawing them."""

from __future__ import annotations

import hashlib
from typing import Any

import pikepdf

_ELSEWHERE = {"/Font", "/Parent", "/Metadata", "/StructParents", "/ProcSet"}
"""Fonts are named by what they are and grow with the book; glyphs keep their numbers."""


class Fingerprints:
    """Digests of the pages of one PDF. What pages share is read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, page: Any) -> str:
        """A name for the look of the page (pikepdf): content, pictures, boxes."""
        digest = hashlib.sha256()
        for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
            digest.update(str([round(float(each), 3) for each in page.get(box, ())]).encode())
        contents = page.Contents
        for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
            digest.update(hashlib.sha256(stream.read_bytes()).digest())
        digest.update(self._of(page.Resources))
        return digest.hexdigest()[:20]

    def _of(self, value: Any) -> bytes:
        """A digest of an object with all it refers to."""
        if not isinstance(value, pikepdf.Object):
            return repr(value).encode()
        key = value.objgen
        if key != (0, 0):
            if key not in self._known:
                self._known[key] = b"open"  # what refers to itself ends here
                self._known[key] = self._worked_out(value)
            return self._known[key]
        return self._worked_out(value)

    def _worked_out(self, value: pikepdf.Object) -> bytes:
        digest = hashlib.sha256()
        if isinstance(value, pikepdf.Stream):
            digest.update(value.read_raw_bytes())
            value = value.stream_dict
        if isinstance(value, pikepdf.Dictionary):
            for name in sorted(value.keys() - _ELSEWHERE):
                digest.update(name.encode() + self._of(value[name]))
        elif isinstance(value, pikepdf.Array):
            for each in value:
                digest.update(self._of(each))
        else:
            digest.update(str(value).encode())
        return digest.digest()
