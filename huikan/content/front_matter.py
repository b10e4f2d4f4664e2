"""The head of a summary: where it ends, what stands below it, and what an editor typed in place of its fences."""

from __future__ import annotations

import re
from dataclasses import dataclass

FENCE = "---"
_NEARLY_A_FENCE = re.compile(r"[-—－–―─_=*]+\s*")
_ENTRY = re.compile(r"(?:\s*(?:- +)?[^\s#:：]+ *[:：]|\s*#|\s+\S)")


@dataclass(frozen=True, slots=True)
class Head:
    """The YAML of a head, the offset at which it begins, the Markdown below it and the number of its first line.

    `unclosed` is the number of the line on which the head should have ended; 0 if it ends.
    """

    matter: str
    offset: int
    body: str
    body_line: int
    unclosed: int = 0


def head_of(text: str) -> Head | None:
    """The head with which a text begins; None if it begins without one."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None
    offset = len(lines[0]) + 1
    for end in range(1, len(lines)):
        if lines[end].rstrip() == FENCE:
            return Head("\n".join(lines[1:end]), offset, "\n".join(lines[end + 1 :]), end + 2)
    return Head("", offset, "", 1, next((n + 1 for n in range(1, len(lines)) if not _ENTRY.match(lines[n])), 1))


def how_to_close(text: str, line: int) -> tuple[int, str]:
    """The line to look at where a head should have ended on the line of that number, and what to write."""
    written = text.split("\n")[line - 1].strip()
    if _NEARLY_A_FENCE.fullmatch(written):
        return line, f"write {FENCE} for {written}"
    return 1, f"close it with a line {FENCE}, as line {line}"
