"""Files of a publication's own design that cannot be read as text: stylesheets, templates."""

from __future__ import annotations

import re
from pathlib import Path

from huikan.content.encodings import why_not_text
from huikan.finding import Finding, Severity

_DEEPEST = 64
"""Brackets and blocks in each other; whoever parses CSS takes some of the interpreter's stack for each."""
_BRACKET = re.compile(r"[][{}()]")


def unreadable(path: Path, file: str) -> Finding | None:
    """The error about a file that is not UTF-8, or a stylesheet that is nested too deeply, where that shows."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        return Finding("HK008", Severity.ERROR, *why_not_text(raw), file, *_place(before))
    depth = 0
    for bracket in _BRACKET.finditer(text) if path.suffix == ".css" else ():
        depth += 1 if bracket[0] in "{([" else -1
        if depth > _DEEPEST:
            message = f"nested deeper than {_DEEPEST} levels"
            return Finding("HK004", Severity.ERROR, message, "flatten it", file, *_place(text[: bracket.start()]))
    return None


def _place(before: str) -> tuple[int, int]:
    """Line and column behind a text."""
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")
