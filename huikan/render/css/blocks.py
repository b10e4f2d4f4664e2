"""Blocks, brackets, quotation marks and comments of a stylesheet that are not closed, or closed without being open."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = re.compile(
    r"""/\*.*?(?:\*/|\Z)
    | \burl\(\s*[^\s"')][^)\n]*\) | "(?:\\.|[^"\\\n])*"? | '(?:\\.|[^'\\\n])*'? | \\. | [][{}()]""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_CLOSING = {"{": "}", "(": ")", "[": "]"}
_HOLDS_RULES = re.compile(r"@(?!page|font-face|counter-style|color-profile)")
"""How the head of a block begins that other rules stand in."""
_LONGEST_HEAD = 40


@dataclass(frozen=True, slots=True)
class Break:
    """What ends the structure of a sheet, and its offset; nothing from `beginning` on is read as it was meant."""

    offset: int
    message: str
    hint: str
    beginning: int


@dataclass(frozen=True, slots=True)
class _Open:
    bracket: str
    offset: int
    head: int
    """Where what the bracket belongs to begins."""


def breaks_of(text: str) -> list[Break]:
    """Every break of the structure in `text`, in its order."""
    found: list[Break] = []
    open_: list[_Open] = []
    suspects: dict[_Open, int] = {}
    """By rule that may lack its end, where the rule begins that was meant to stand behind it."""
    boundary = 0
    for match in _PIECE.finditer(text):
        piece, at = match[0], match.start()
        if piece.startswith("/*"):
            if len(piece) < 4 or not piece.endswith("*/"):
                found.append(Break(at, "a comment is not closed", "write */ at its end", at))
            boundary = match.end() if not text[boundary:at].strip() else boundary
        elif piece[0] in "\"'":
            if len(piece) == 1 or piece[-1] != piece[0]:
                hint = f"write {piece[0]} where the text ends"
                found.append(Break(at, "a quotation mark is not closed", hint, _begin(text, boundary, at)))
        elif piece in _CLOSING:
            opened = _Open(piece, at, _begin(text, boundary, at))
            if piece == "{" and open_ and _stands_beside(text, open_[-1], opened):
                suspects.setdefault(open_[-1], opened.head)
            open_.append(opened)
        elif piece in ")]}":
            while open_ and _CLOSING[open_[-1].bracket] != piece and piece == "}" and _holds(open_, "{"):
                bracket = open_.pop()
                hint = f"write {_CLOSING[bracket.bracket]} where it ends, before the ; or }}"
                found.append(Break(bracket.offset, f"a bracket {bracket.bracket} is not closed", hint, bracket.head))
            if open_ and _CLOSING[open_[-1].bracket] == piece:
                open_.pop()
            else:
                found.append(Break(at, f"a {piece} closes nothing", "delete it, or write what it closes", at))
        if piece in "{}":
            boundary = match.end()
    if found and open_ and found[-1].offset > open_[-1].offset:  # what was to close it stands in a text or comment
        open_ = []
    left = [each for each in open_ if each.bracket == "{"]
    found += [_unclosed_bracket(each) for each in open_ if each.bracket != "{"]
    told = [*suspects.items()][: len(left)] or [(each, -1) for each in left]
    found += [_unclosed_block(text, each, before) for each, before in told]
    return sorted(found, key=lambda each: each.offset)


def _holds(open_: list[_Open], bracket: str) -> bool:
    return any(each.bracket == bracket for each in open_)


def _begin(text: str, boundary: int, at: int) -> int:
    """Where the head of what opens at `at` begins: behind the last end of a block or a declaration."""
    start = max(boundary, text.rfind(";", boundary, at) + 1)
    return start + len(text[start:at]) - len(text[start:at].lstrip())


def _stands_beside(text: str, around: _Open, opened: _Open) -> bool:
    """Whether a block inside a rule begins a line as far left as that rule: it was meant to stand behind it."""
    if around.bracket != "{" or _HOLDS_RULES.match(text, around.head):
        return False
    return (
        _last_line(text, opened.offset, opened.head)[1] <= _column(text, around.head)
        and "\n" in text[around.offset : opened.offset]
    )


def _column(text: str, offset: int) -> int:
    return offset - text.rfind("\n", 0, offset) - 1


def _last_line(text: str, offset: int, head: int) -> tuple[int, int]:
    """Offset and column of the last line's first character before `offset`; that of the head if it is on that line.

    A declaration without a semicolon and the selector on the line below it are one head.
    """
    line = text.rfind("\n", 0, offset) + 1
    start = max(line + len(text[line:offset]) - len(text[line:offset].lstrip()), head)
    return start, _column(text, start)


def _unclosed_bracket(bracket: _Open) -> Break:
    hint = f"write {_CLOSING[bracket.bracket]} where it ends"
    return Break(bracket.offset, f"a bracket {bracket.bracket} is not closed", hint, bracket.head)


def _unclosed_block(text: str, block: _Open, before: int) -> Break:
    head = " ".join(text[block.head : block.offset].split())
    shown = head if len(head) <= _LONGEST_HEAD else f"{head[:_LONGEST_HEAD]}…"
    if before < 0:
        return Break(block.head, f"the block of {shown!r} is not closed", "write } at its end", block.head)
    end = text.find("{", before)
    start, _ = _last_line(text, end, before)
    following = " ".join(text[start:end].split())[:_LONGEST_HEAD]
    hint = f"write }} at its end, before {following!r}"
    return Break(block.head, f"the block of {shown!r} is not closed", hint, block.head)
