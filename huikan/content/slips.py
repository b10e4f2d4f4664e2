"""What an editor probably typed where YAML breaks off: full-width signs, missing blanks, an indent that slipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_KEY = r"[ \t]*(?:- +)?(?P<key>[A-Za-z][A-Za-z0-9_-]*)"
_FULL_WIDTH_COLON = re.compile(_KEY + r"[ ]*(?P<at>：)\s*(?P<value>.*)")
_TIGHT_COLON = re.compile(_KEY + r"(?P<at>:)(?P<value>[^\s:/].*)")
_TIGHT_HYPHEN = re.compile(r"[ \t]*(?P<at>-)(?P<value>[^\s-].*)")
_STRANGE_INDENT = re.compile("[ \t]*(?P<at>[\u00a0\u2000-\u200a\u202f\u3000]+)")
_SIGN = re.compile(r"[ \t]*(?:- +)?(?:[A-Za-z0-9_-]+: +)?(?P<at>[*&@`%])(?P<value>.*)")
_MERGE = re.compile(r"^(<{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_ENTRY = re.compile(r"(?P<indent> *(?:- +)?)[^\s#:][^#:]*:(?P<value>(?: .*)?)")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Slip:
    """A guess: its offset in the text, what is wrong there, what to write instead."""

    offset: int
    message: str
    hint: str


def slip_before(text: str, offset: int) -> Slip | None:
    """The likely mistake on the line at `offset`, where a parser of YAML gave up, or on the two entries above it."""
    marker = _MERGE.search(text)
    if marker:
        hint = "keep one of the two versions, and delete the lines with <<<<<<<, ======= and >>>>>>>"
        return Slip(marker.start(), "two versions of a file were merged and nobody decided between them", hint)
    lines = list(_lines_up_to(text, offset))[:3]
    for start, line in lines:  # the nearest first
        found = _of_line(line)
        if found:
            return Slip(start + found.offset, found.message, found.hint)
    return _deeper(lines)


def full_width_colon(text: str) -> str:
    """What to write for `key：value` in place of a word; nothing if that is not what stands there."""
    found = _FULL_WIDTH_COLON.fullmatch(text)
    return _colon_hint(found) if found else ""


def tight_hyphen(text: str) -> str:
    """What to write for `-value` where a list should be; nothing if that is not what stands there."""
    found = _TIGHT_HYPHEN.fullmatch(text)
    return f"write a blank behind the hyphen: - {_shortened(found['value'])}" if found else ""


def _lines_up_to(text: str, offset: int) -> Iterator[tuple[int, str]]:
    """The line at an offset and those above, upwards: where each begins, and its words. Empty ones are left out."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    while end >= 0:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if line.strip() and not line.lstrip().startswith("#"):
            yield start, line
        end = start - 1


def _of_line(line: str) -> Slip | None:
    indent = _STRANGE_INDENT.match(line)
    if indent:
        return Slip(indent.start("at"), "a blank of another kind in the indentation", _INDENT)
    colon = _FULL_WIDTH_COLON.match(line)
    if colon:
        return Slip(colon.start("at"), f"a full-width colon behind {colon['key']!r}", _colon_hint(colon))
    colon = _TIGHT_COLON.match(line)
    if colon:
        hint = f"write {colon['key']}: {_shortened(colon['value'])}"
        return Slip(colon.start("at"), f"no blank behind the colon of {colon['key']!r}", hint)
    hyphen = _TIGHT_HYPHEN.match(line)
    if hyphen:
        return Slip(hyphen.start("at"), "no blank behind the hyphen", tight_hyphen(line))
    sign = _SIGN.match(line)
    if sign:
        words = _shortened(sign["at"] + sign["value"]).replace('"', '\\"')
        return Slip(sign.start("at"), f"a text cannot begin with {sign['at']}", f'put it in quotation marks: "{words}"')
    return None


_INDENT = "indent with spaces, two for each level"


def _deeper(lines: list[tuple[int, str]]) -> Slip | None:
    """The line at which reading stopped, if it is indented deeper than an entry above it that has its value."""
    if len(lines) < 2:
        return None
    (start, line), (_, above) = lines[:2]
    here, there = _ENTRY.match(line), _ENTRY.match(above)
    if not here or not there or there["value"].partition(" #")[0].strip() in {"", "|", ">", "|-", ">-"}:
        return None
    depth, expected = len(here["indent"]), len(there["indent"])
    if depth <= expected:
        return None
    message = f"an entry begins in column {depth + 1}, the one above in column {expected + 1}"
    return Slip(start + depth, message, "entries of one thing begin in the same column: indent both alike")


def _colon_hint(found: re.Match[str]) -> str:
    return f"write {found['key']}: {_shortened(found['value'])}".rstrip()


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
