"""A content file as it stands on disk, changed by stretches: everything else stays byte for byte."""

from __future__ import annotations

from pathlib import Path

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class SourceFile:
    """`text` is what places count in: without a byte order mark, each line end one `\\n`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.before = path.read_bytes()
        self._mark = _BYTE_ORDER_MARK if self.before.startswith(_BYTE_ORDER_MARK) else b""
        self._raw = self.before.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
        self.text = self._raw.replace("\r\n", "\n").replace("\r", "\n")
        self._edits: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, words: str) -> None:
        """Replace a stretch of `text`; stretches do not overlap."""
        if self.text[start:end] != words:
            self._edits.append((start, end, words))

    @property
    def edited_text(self) -> str:
        """`text` with every replacement made."""
        return _applied(self.text, self._edits)

    @property
    def after(self) -> bytes:
        """The file's bytes with every replacement made, in its own line ends."""
        if not self._edits:
            return self.before
        if "\r" not in self._raw:
            return self._mark + self.edited_text.encode("utf-8")
        ends = self._raw_offsets()
        newline = "\r\n" if "\r\n" in self._raw else "\r"
        moved = [(ends[start], ends[end], words.replace("\n", newline)) for start, end, words in self._edits]
        return self._mark + _applied(self._raw, moved).encode("utf-8")

    def _raw_offsets(self) -> list[int]:
        offsets = []
        place = 0
        while place < len(self._raw):
            offsets.append(place)
            place += 2 if self._raw.startswith("\r\n", place) else 1
        return [*offsets, place]


def _applied(text: str, edits: list[tuple[int, int, str]]) -> str:
    made, place = [], 0
    for start, end, words in sorted(edits):
        made += [text[place:start], words]
        place = end
    return "".join(made) + text[place:]
