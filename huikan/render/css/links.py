"""What a publication's stylesheets name by address, and whether the edition that reads them can have it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import tinycss2

from huikan.finding import Finding, Severity
from huikan.render.css.readable import unreadable
from huikan.render.css.sheets import FACES, Face, Sheet, address_of, imports_of, is_for_print, target_of
from huikan.render.stylesheets import Design

_USED = re.compile(r"var\(\s*--([\w-]+)", re.IGNORECASE)
_PICTURED = frozenset(
    {"background", "background-image", "border-image", "border-image-source", "content", "list-style"}
    | {"list-style-image", "mask-border", "mask-border-source"}
)
"""Properties whose addresses are fetched for print; a link is not."""


def link_findings(sheets: Iterable[Sheet], design: Design, printed: Collection[str]) -> Iterator[Finding]:
    """Addresses that lead to no file of the publication, and sheets that nothing reads.

    They are errors in the files that are `printed`, warnings in others.
    """
    assert design.own_styles is not None
    root = design.own_styles.parent.resolve()
    read = list(sheets)
    used = frozenset(name for sheet in read for name in _USED.findall(sheet.text))
    for sheet in read:
        for finding in _of_sheet(sheet, root, used):
            is_told = finding.severity is Severity.WARNING or sheet.file in printed
            yield finding if is_told else replace(finding, severity=Severity.WARNING)
    yield from _unread(read, design)


def _of_sheet(sheet: Sheet, root: Path, used: frozenset[str]) -> Iterator[Finding]:
    if not sheet.may_name_files:
        return
    rules = sheet.rules
    if Face.PRINT not in sheet.faces:
        for rule in rules:
            if getattr(rule, "lower_at_keyword", "") == "import":
                named = next((each.value for each in rule.prelude if each.type in {"string", "url"}), "")
                yield _left_out(sheet, rule, f"@import {named!r} has no effect", "copy the rules into this sheet")
                continue
            for token in _tokens([*getattr(rule, "prelude", []), *(getattr(rule, "content", None) or [])]):
                if address := _file_address(token):
                    message = f"{address!r} is not in the {'web page' if Face.WEB in sheet.faces else 'e-book'}"
                    yield _left_out(sheet, token, message, "write the file itself: url(data:image/png;base64,…)")
        return
    for group, severity in _addresses(rules, used):
        faults = [(token, wrong) for token, address in group if (wrong := _wrong(sheet, address, root))]
        for token, wrong in faults if len(faults) == len(group) else ():
            yield _at(sheet, token, severity, *wrong)
    for rule, address in imports_of(rules):
        if wrong := _wrong(sheet, address, root):
            yield _at(sheet, rule, Severity.ERROR, *wrong)
            continue
        target = target_of(sheet, address)
        assert target is not None
        if problem := unreadable(target, target.relative_to(root).as_posix()):
            yield problem
        elif target == sheet.path.resolve():
            yield Finding(
                "HK064", Severity.WARNING, "the sheet imports itself", "delete the line", *_place(sheet, rule)
            )


def _addresses(rules: Iterable[Any], used: frozenset[str]) -> Iterator[tuple[list[tuple[Any, str]], Severity]]:
    """The addresses in rules that are printed, those together of which one is enough, and what it is to lack them."""
    for rule in rules:
        keyword, content = getattr(rule, "lower_at_keyword", ""), getattr(rule, "content", None) or []
        if keyword == "layer" or (keyword == "media" and is_for_print(rule.prelude)):
            yield from _addresses(tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True), used)
        elif keyword in {"font-face", "color-profile"}:
            tokens = list(_tokens(content))
            if not any(token.type == "function" and token.lower_name == "local" for token in tokens):
                yield [(token, address) for token in tokens if (address := _file_address(token))], Severity.ERROR
        elif keyword == "page" or rule.type == "qualified-rule":
            yield from _in_block(content, used, boxes=keyword == "page")


def _in_block(
    content: Sequence[Any], used: frozenset[str], *, boxes: bool
) -> Iterator[tuple[list[tuple[Any, str]], Severity]]:
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "qualified-rule" or (item.type == "at-rule" and boxes):
            yield from _in_block(item.content or [], used, boxes=False)
        elif item.type == "declaration" and (item.lower_name in _PICTURED or item.name.startswith("--")):
            is_printed = not item.name.startswith("--") or item.name[2:] in used
            for token in _tokens(item.value):
                if address := _file_address(token):
                    yield [(token, address)], Severity.ERROR if is_printed else Severity.WARNING


def _tokens(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _tokens(getattr(token, "arguments", None) or getattr(token, "content", None) or [])


def _file_address(token: Any) -> str:
    address = address_of(token)
    return "" if address.lower().startswith(("data:", "#")) else address


def _wrong(sheet: Sheet, address: str, root: Path) -> tuple[str, str] | None:
    """The message and the hint about an address that leads nowhere; None if it leads to a file of the publication."""
    try:
        target = target_of(sheet, address)
    except ValueError:
        return f"{address!r} is no address", "write the path of a file, from the folder of this sheet"
    if target is None:
        return f"{address!r} is not in the publication", "nothing is fetched: copy the file here and name its path"
    if not target.is_relative_to(root):
        return f"{address!r} lies outside the publication's folder", "copy the file into the folder and name its path"
    if not target.is_file():
        others = sorted(root.rglob(f"[!.]*{Path(target.name).suffix}")) if target.suffix else []
        same = next((path for path in others if path.name.casefold() == target.name.casefold()), None)
        steps = "../" * len(sheet.path.resolve().parent.relative_to(root).parts)
        there = target.relative_to(root).as_posix()
        hint = (
            f"write {steps}{same.relative_to(root).as_posix()}" if same else f"copy it to {there}, or correct the path"
        )
        return f"there is no file {address!r}", hint
    return None


def _place(sheet: Sheet, node: Any) -> tuple[str, int, int]:
    return sheet.file, node.source_line, node.source_column


def _at(sheet: Sheet, node: Any, severity: Severity, message: str, hint: str) -> Finding:
    return Finding("HK095", severity, message, hint, *_place(sheet, node))


def _left_out(sheet: Sheet, node: Any, message: str, hint: str) -> Finding:
    where = "the web edition is one file" if Face.WEB in sheet.faces else "nothing beside this sheet is in the e-book"
    return Finding("HK095", Severity.WARNING, f"{message}: {where}", hint, *_place(sheet, node))


def _unread(sheets: list[Sheet], design: Design) -> Iterator[Finding]:
    """Stylesheets beside those that are read, which no edition reads and no sheet imports."""
    from huikan.content.problems import suggestion

    assert design.own_styles is not None
    read = {sheet.path.resolve() for sheet in sheets}
    others = (design.own_styles / "themes").resolve()
    theme = others / design.theme
    for path in sorted(design.own_styles.rglob("[!.]*.css")):
        where = path.resolve()
        if where in read or (where.is_relative_to(others) and not where.is_relative_to(theme)):
            continue
        file = f"styles/{path.relative_to(design.own_styles).as_posix()}"
        near = suggestion(path.name, FACES)
        hint = near if near.startswith("did you mean") else f"name it {', '.join(sorted(FACES))}, or @import it in one"
        yield Finding("HK026", Severity.WARNING, "no edition reads this stylesheet", hint, file, 1, 1)
