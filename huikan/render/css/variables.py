"""Tokens that a stylesheet uses and nothing declares: `var(--name)` is then as if the line did not stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from huikan.finding import Finding, Severity
from huikan.render.css.sheets import FACES, Face, Sheet, sheet_text
from huikan.render.css.spelling import nearest
from huikan.render.stylesheets import Design

_TOKENS = "tokens.css"
_DECLARED = re.compile(r"(?<![\w-])--([\w-]+)\s*:")
_REGISTERED = re.compile(r"@property\s+--([\w-]+)", re.IGNORECASE)
"""Browsers give such a token its initial value; the layout engine and reading systems know no such rules."""
_USED = re.compile(r"var\(\s*--([\w-]+)\s*\)")
_READ_LATER = ("press.css", "spine.css")
"""Sheets that see what those before them declare, and are not seen by them."""
_MOST_NAMED = 6


def variable_findings(sheets: Iterable[Sheet], design: Design) -> Iterator[Finding]:
    """Each use of a token that no sheet of the same edition declares and that has no value to fall back on.

    It is an error in the e-book's sheet, where the values of tokens.css are put in place of tokens.
    """
    read = list(sheets)
    for sheet in read:
        if "var(" in sheet.text.lower():
            face = next(face for face in Face if face in sheet.faces)
            known = _declared(face, sheet.part, design, read)
            for token in _undeclared(sheet.rules, known):
                yield _finding(sheet, token, known)
        if sheet.file == f"styles/{_TOKENS}":
            yield from _missing(sheet, design, read)


def _declared(face: Face, name: str, design: Design, sheets: list[Sheet]) -> frozenset[str]:
    """What is declared for a sheet, anywhere: whether it reaches the element that asks is not looked at."""
    if face is Face.EPUB:
        texts = [sheet_text(path) for path in design.cascade(_TOKENS)]
    else:
        names = [each for each, faces in FACES.items() if face in faces and (each not in _READ_LATER or each == name)]
        texts = [sheet_text(path) for path in design.cascade(*names)]
        texts += [sheet.text for sheet in sheets if face in sheet.faces]
    declared = {match for text in texts for match in _DECLARED.findall(text)}
    return frozenset(declared.union(*(_REGISTERED.findall(text) for text in texts if face is Face.WEB)))


def _missing(tokens: Sheet, design: Design, sheets: list[Sheet]) -> Iterator[Finding]:
    """What the built-in sheets use and a tokens.css in place of the built-in one does not declare."""
    found: dict[str, None] = {}
    own = {sheet.path for sheet in sheets}
    for face in Face:
        for name in (name for name, faces in FACES.items() if face in faces and name != _TOKENS):
            known = _declared(face, name, design, sheets)
            used = (
                each for path in design.cascade(name) if path not in own for each in _USED.findall(sheet_text(path))
            )
            found |= dict.fromkeys(each for each in used if each not in known)
    if found:
        names = [f"--{name}" for name in found]
        shown = ", ".join(names[:_MOST_NAMED]) + (
            f" and {len(names) - _MOST_NAMED} more" if names[_MOST_NAMED:] else ""
        )
        message = f"this file stands in place of the built-in one and does not declare {shown}"
        hint = "declare them too; to change a few tokens alone: theme: NAME, and styles/themes/NAME/tokens.css"
        yield Finding("HK067", Severity.WARNING, message, hint, tokens.file, 1, 1)


def _undeclared(nodes: Iterable[Any], known: frozenset[str]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "function" and node.lower_name == "var":
            name = next((each.value for each in node.arguments if each.type == "ident"), "")
            comma = next((at for at, each in enumerate(node.arguments) if each == ","), None)
            if not name.startswith("--") or name[2:] in known:
                continue
            if comma is None:
                yield node
            else:
                yield from _undeclared(node.arguments[comma:], known)
            continue
        for part in ("prelude", "content", "arguments"):
            yield from _undeclared(getattr(node, part, None) or [], known)


def _finding(sheet: Sheet, token: Any, known: frozenset[str]) -> Finding:
    name = next(each.value for each in token.arguments if each.type == "ident")[2:]
    near = nearest(name, known)
    place = (sheet.file, token.source_line, token.source_column)
    if sheet.faces == {Face.EPUB}:
        hint = (
            f"did you mean var(--{near})?" if near else f"declare it in :root of styles/{_TOKENS}, or write the value"
        )
        return Finding("HK060", Severity.ERROR, f"styles: {_TOKENS} has no token --{name}", hint, *place)
    hint = f"did you mean var(--{near})?" if near else f"declare --{name} in :root of styles/{_TOKENS}"
    return Finding("HK067", Severity.WARNING, f"no stylesheet declares --{name}", hint, *place)
