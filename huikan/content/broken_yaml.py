"""Why a text is no YAML: what an editor did, where, and what to write instead.

A parser tells where it could not go on, which is often the line below; what it had begun to read tells more.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import yaml

from huikan.content.indents import entry_without_colon, first_line_of_words, is_key, line_start, slip_of_indent
from huikan.content.slips import INDENT, Slip, rest_of_line, shortened, sign_slip, slip_on_line

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE = re.compile(r"^(<{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_ENTRY = re.compile(r"[ \t]*(?:- +)?[^\s#:\[\]{}\"'][^#:\n]*:(?: |\n|$)")
_ITEM = re.compile(r"[ \t]*- ")
_KEY = re.compile(r"[ \t]*(?:- +)?[^\s#:]+: +(?=\S)")
_CLOSING = {"[": "]", "{": "}"}
_WIDE_CLOSING = "】］｝」』〕"
UNCLEAR = "check the indentation, the colon and the quotation marks of this line and the one above"
_COLON = "put a text that holds a colon in quotation marks, or write ： in Chinese"
_AROUND = "put the quotation marks around the whole text, or write “ and ” inside it"


def why_broken(error: yaml.MarkedYAMLError, text: str, first_line: int = 1) -> Slip:
    """The likely slip behind an error of the parser; `first_line` is the number of the text's first line."""
    at = _offset(error.problem_mark or error.context_mark, text)
    begun = _offset(error.context_mark, text) if error.context_mark else at
    problem, context = str(error.problem or error.context or "unreadable"), str(error.context or "")
    if "maximum nesting depth" in problem:
        return Slip(at, "nested too deeply", "flatten it", "HK004")
    marker = _MERGE.search(text)
    if marker:
        hint = "keep one of the two versions, and delete the lines with <<<<<<<, ======= and >>>>>>>"
        return Slip(marker.start(), "two versions of a file were merged and nobody decided between them", hint)
    return (
        _tab(text, at, problem)
        or _quotation(text, at, begun, problem, context)
        or _by_problem(text, at, begun, problem, context)
        or _near(text, at)
        or _behind(text, at, problem)
        or _colon_in_text(text, at, problem)
        or slip_of_indent(text, at, first_line)
        or Slip(at, problem, UNCLEAR)
    )


def why_no_map(text: str) -> Slip | None:
    """The likely slip on the first line of a text, which should be an entry; None if nothing is likely."""
    at = first_line_of_words(text)
    if at >= len(text):
        return None
    slip = slip_on_line(text, line_start(text, at)) or entry_without_colon(text, at)
    return slip if is_key(re.split(r"[^A-Za-z_]", text[at:], maxsplit=1)[0]) else None


def _offset(mark: Any, text: str) -> int:
    at = min(mark.index, len(text)) if mark else 0
    if at == len(text):  # the end of a file lies behind its last line end
        at = max(0, len(text.rstrip()) - 1)
    return at


def _tab(text: str, at: int, problem: str) -> Slip | None:
    start = line_start(text, at)
    line = rest_of_line(text, start)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or "\\t" in problem:
        return Slip(at if "\t" not in indent else start + indent.index("\t"), "a tab in the indentation", INDENT)
    return None


def _quotation(text: str, at: int, begun: int, problem: str, context: str) -> Slip | None:
    if context == "while scanning a quoted scalar" or "quoted scalar" in context:
        if "escape" in problem or "digit" in problem:
            return Slip(at, "a backslash between quotation marks", "write / in a path, \\\\ for a backslash in a text")
        return _open_quotation(text, begun)
    last = -1
    with suppress(yaml.YAMLError):  # up to where reading stopped
        for token in yaml.scan(text, Loader=_Loader):
            if token.start_mark.index > at:
                break
            runs_on = isinstance(token, yaml.ScalarToken) and token.start_mark.line != token.end_mark.line
            is_quoted = text[token.start_mark.index : token.start_mark.index + 1] in {'"', "'"}
            if runs_on and is_quoted and "\n" not in text[token.end_mark.index : at + 1]:
                last = token.start_mark.index
    return _open_quotation(text, last) if last >= 0 else None


def _open_quotation(text: str, at: int) -> Slip:
    return Slip(at, "a quotation mark is not closed", f"close the text that begins here with {text[at]}")


def _by_problem(text: str, at: int, begun: int, problem: str, context: str) -> Slip | None:
    """What the parser's own words tell."""
    if "could not find expected ':'" in problem:
        return _first_alike(text, line_start(text, begun)) or entry_without_colon(text, begun)
    if "expected <document start>" in problem:
        first = first_line_of_words(text)
        slip = slip_on_line(text, line_start(text, first))
        if slip or not _ENTRY.match(text, line_start(text, first)):
            return slip or entry_without_colon(text, first)
        column = first - line_start(text, first) + 1
        return Slip(first, f"the first entry begins in column {column}", "begin it in column 1") if column > 1 else None
    if "did not find expected ',' or" in problem and text[begun : begun + 1] in _CLOSING:
        return _bracket(text, at, begun)
    if "cannot start any token" in problem or context in {"while scanning an alias", "while scanning an anchor"}:
        start = begun if context.endswith(("alias", "anchor")) else at
        is_bracketed = "{" in text[line_start(text, start) : start] or "[" in text[line_start(text, start) : start]
        near = None if text[start] == "*" and is_bracketed else slip_on_line(text, line_start(text, start))
        return near or sign_slip(text, start, ",]}" if is_bracketed else "\n")
    if "expected node content" in problem:
        opening = max(text.rfind("[", 0, at + 1), text.rfind("{", 0, at + 1))
        if text[at] == "," or opening < 0:
            return Slip(at, f"nothing stands before this {text[at]}", "delete it, or write what is missing before it")
        return Slip(opening, f"the bracket {text[opening]} is not closed", f"close it with {_CLOSING[text[opening]]}")
    if "sequence entries are not allowed" in problem:
        return Slip(at, "a list begins on the line of its key", "begin each item with a hyphen on a line of its own")
    if context == "while scanning a block scalar" and "comment or line break" in problem:
        hint = f"begin the text on the line below, indented by two spaces more; behind {text[begun]} nothing may stand"
        return Slip(at, f"words behind {text[begun]}", hint)
    return None


def _first_alike(text: str, start: int) -> Slip | None:
    """The slip on the line that begins at an offset, or on the first of the lines just above it that have the same."""
    slip = slip_on_line(text, start)
    while slip and start > 0:
        start = line_start(text, start - 1)
        above = slip_on_line(text, start)
        if above is None or above.message != slip.message:
            break
        slip = above
    return slip


def _bracket(text: str, at: int, begun: int) -> Slip:
    """What is wrong between the bracket at `begun` and the place where its reading stopped."""
    opening, closing = text[begun], _CLOSING[text[begun]]
    between = text[begun:at]
    outer = "{" if opening == "[" else "["
    whole = rest_of_line(text, line_start(text, begun))
    if text[at] == _CLOSING[outer] and whole.count(outer) >= whole.count(text[at]):
        return Slip(begun, f"the bracket {opening} is not closed", f"close it with {closing}")
    if text[at] in "]}":
        return Slip(at, f"{opening} is closed with {text[at]}", f"write {closing}")
    line = rest_of_line(text, begun).rstrip()
    if at == begun + len(line) - 1 and not text[at + 1 :].strip():  # the end of the file
        return Slip(at, f"the bracket {opening} is not closed", f"close it with {closing}")
    if line[-1:] in _WIDE_CLOSING and "\n" in between:
        return Slip(begun + len(line) - 1, f"{opening} is closed with {line[-1]}", f"write {closing}")
    if "\n" not in between and at < begun + len(line) - 1:
        commas = [begun + found.start() for found in re.finditer("[，、；]", between)]
        if commas:
            message = f"a full-width {text[commas[-1]]} between {opening} and {closing}"
            return Slip(commas[-1], message, "write a , and a blank behind it")
        key = re.search(r"[;\s]*(?<![\w-])(?P<key>[\w-]+)$", between)
        if text[at] == ":" and key and is_key(key["key"]):
            return Slip(begun + key.start(), f"no comma before {key['key']!r}", f"write , {key['key']}:")
        if text[at] == ":":
            return Slip(at, f"a second colon between {opening} and {closing}", _COLON)
        if between.rstrip().endswith(('"', "'")):
            return Slip(at, "words behind a closing quotation mark", _AROUND)
        return Slip(at, f"no comma before this between {opening} and {closing}", "write a , and a blank before it")
    begins_entry = _ENTRY.match(text, line_start(text, at)) or _ITEM.match(text, line_start(text, at))
    if begins_entry or not text[at + 1 :].strip() or closing not in text[at:]:
        return Slip(begun, f"the bracket {opening} is not closed", f"close it with {closing}")
    return Slip(at, f"no comma before this between {opening} and {closing}", "write a , behind what stands before it")


def _near(text: str, at: int) -> Slip | None:
    """A slip on the line at an offset, or on the two entries above it, the nearest first."""
    start, looked_at = line_start(text, at), 0
    while looked_at < 3:
        line = rest_of_line(text, start)
        if line.strip() and not line.lstrip().startswith("#"):
            looked_at += 1
            slip = slip_on_line(text, start)
            if slip:
                return slip
        if start == 0:
            break
        start = line_start(text, start - 1)
    return None


def _behind(text: str, at: int, problem: str) -> Slip | None:
    """Something behind a text or list that is already closed."""
    before = text[line_start(text, at) : at].rstrip()
    if not before or "did not find expected" not in problem:
        return None
    if text[at] in "]}":
        return Slip(at, f"{text[at]} closes nothing", "delete it, or open a bracket where the list begins")
    if before.endswith(('"', "'")):
        return Slip(at, "words behind a closing quotation mark", _AROUND)
    if before.endswith(("]", "}")):
        return Slip(at, f"words behind {before[-1]}", "put a text that begins with a bracket in quotation marks")
    return None


def _colon_in_text(text: str, at: int, problem: str) -> Slip | None:
    """A colon and a blank in a text that stands without quotation marks."""
    if "mapping values are not allowed" not in problem:
        return None
    found = _KEY.match(text, line_start(text, at))
    if not found or found.end() > at:
        first = first_line_of_words(text)  # read on with the lines below it, as one text
        is_entry = _ENTRY.match(text, line_start(text, first))
        return None if is_entry or first >= line_start(text, at) else entry_without_colon(text, first)
    value = shortened(rest_of_line(text, found.end()))
    if re.match(r"[(（]?(?:zh|en): ", value):
        return Slip(
            at, "a second colon on the line", f"write braces around both languages: {{{value.strip('()（）')}}}"
        )
    hint = _COLON if value[0] in "[{" else f'put the text in quotation marks: "{value}"'
    return Slip(at, "a second colon on the line", hint)
