"""What an editor probably mistyped on one line of YAML: full-width signs, missing blanks, marks of other lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = r"[ \t]*(?:- +)?(?P<key>[A-Za-z][A-Za-z0-9_-]*)"
_FULL_WIDTH_COLON = re.compile(_KEY + r"[ ]*(?P<at>：)\s*(?P<value>.*)")
_TIGHT_COLON = re.compile(_KEY + r"(?P<at>:)(?P<value>[^\s:/].*)")
_WIDE_BLANK = re.compile(_KEY + r":(?P<at>[\u00a0\u2000-\u200b\u202f\u3000]+)(?P<value>.*)")
_TIGHT_HYPHEN = re.compile(r"[ \t]*(?P<at>-)(?P<value>[^\s-].*)")
_OTHER_HYPHEN = re.compile(r"[ \t]*(?P<at>[－—–―−•·●○▪■◆*]|[0-9]{1,2}(?:[、．]|[.)] ))[ \t\u3000]*(?P<value>\S.*)")
_STRANGE_INDENT = re.compile("[ \t]*(?P<at>[\u00a0\u2000-\u200a\u202f\u3000]+)")
_WIDE_BRACKET = re.compile(_KEY + r": *(?P<at>[｛［【])")
_SIGN = re.compile(r"[ \t]*(?:- +)?(?:[A-Za-z0-9_-]+: +)?(?P<at>[*&@`%])(?P<value>.*)")
_BRACKETS = {"｛": "{ and }", "［": "[ and ]", "【": "[ and ]"}
_LONGEST = 40
INDENT = "indent with spaces, two for each level"


@dataclass(frozen=True, slots=True)
class Slip:
    """A guess: its offset in the text, what is wrong there, what to write instead."""

    offset: int
    message: str
    hint: str
    code: str = "HK002"


def full_width_colon(text: str) -> str:
    """What to write for `key：value` in place of a word; nothing if that is not what stands there."""
    found = _FULL_WIDTH_COLON.fullmatch(text)
    return _entry_hint(found) if found else ""


def tight_colon(text: str) -> str:
    """What to write for `key:value` in place of a word; nothing if that is not what stands there."""
    found = _TIGHT_COLON.fullmatch(text)
    return f"write a blank behind the colon: {found['key']}: {shortened(found['value'])}" if found else ""


def tight_hyphen(text: str) -> str:
    """What to write for `-value` where a list should be; nothing if that is not what stands there."""
    found = _TIGHT_HYPHEN.fullmatch(text)
    return f"write a blank behind the hyphen: - {shortened(found['value'])}" if found else ""


def slip_on_line(text: str, start: int) -> Slip | None:
    """What is probably mistyped on the line that begins at the offset `start`."""
    line = rest_of_line(text, start)
    indent = _STRANGE_INDENT.match(line)
    if indent:
        return Slip(start + indent.start("at"), "a blank of another kind in the indentation", INDENT)
    for pattern, message in (
        (_FULL_WIDTH_COLON, "a full-width colon behind {!r}"),
        (_WIDE_BLANK, "a blank of another kind behind the colon of {!r}"),
        (_TIGHT_COLON, "no blank behind the colon of {!r}"),
    ):
        found = pattern.match(line)
        if found:
            return Slip(start + found.start("at"), message.format(found["key"]), _entry_hint(found))
    hyphen = _TIGHT_HYPHEN.match(line)
    if hyphen:
        return Slip(start + hyphen.start("at"), "no blank behind the hyphen", tight_hyphen(line))
    mark = _OTHER_HYPHEN.match(line)
    if mark and (mark["at"] != "*" or mark.start("value") > mark.end("at")):
        return Slip(
            start + mark.start("at"), f"{mark['at'].strip()} begins no item", f"write - {shortened(mark['value'])}"
        )
    bracket = _WIDE_BRACKET.match(line)
    if bracket:
        return Slip(start + bracket.start("at"), "a full-width bracket", f"write {_BRACKETS[bracket['at']]}")
    sign = _SIGN.match(line)
    return sign_slip(text, start + sign.start("at")) if sign else None


def sign_slip(text: str, at: int, ends: str = "\n") -> Slip:
    """A sign of YAML at the beginning of a text, which goes on to one of the characters `ends`."""
    words = shortened(re.split(f"[\n{re.escape(ends)}]", rest_of_line(text, at), maxsplit=1)[0]).replace('"', '\\"')
    return Slip(at, f"a text cannot begin with {text[at]}", f'put it in quotation marks: "{words}"')


def rest_of_line(text: str, start: int) -> str:
    """The characters from the offset `start` to the end of its line."""
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


def shortened(text: str) -> str:
    """The text in one line of no more than 40 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _entry_hint(found: re.Match[str]) -> str:
    return f"write {found['key']}: {shortened(found['value'])}".rstrip()
