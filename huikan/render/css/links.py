"""What a publication's stylesheets name by address, and whether the edition that reads them can have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from huikan.finding import Finding, Severity
from huikan.render.css.readable import unreadable
from huikan.render.css.sheets import FACES, Face, Sheet, address_of, imports_of, target_of
from huikan.render.stylesheets import Design

_PRINTED_MEDIA = {"print", "all", ""}


def link_findings(sheets: Iterable[Sheet], design: Design) -> Iterator[Finding]:
    """Addresses that lead to no file of the publication (errors in what is printed), and sheets that nothing reads."""
    assert design.own_styles is not None
    root = design.own_styles.parent.resolve()
    read = list(sheets)
    for sheet in read:
        yield from _of_sheet(sheet, root)
    yield from _unread(read, design)


def _of_sheet(sheet: Sheet, root: Path) -> Iterator[Finding]:
    if not sheet.may_name_files:
        return
    rules = sheet.rules
    for rule in rules:
        for group in _addresses(rule):
            yield from _of_group(group, sheet, root)
    for rule, address in imports_of(rules):
        if Face.PRINT not in sheet.faces:
            yield _left_out(sheet, rule, f"@import {address!r} has no effect", "copy the rules into this sheet")
            continue
        wrong = _wrong(sheet, address, root)
        target = target_of(sheet, address)
        if wrong:
            yield _at(sheet, rule, *wrong)
        elif target and (problem := unreadable(target, target.relative_to(root).as_posix())):
            yield problem
        elif target == sheet.path.resolve():
            yield Finding(
                "HK064", Severity.WARNING, "the sheet imports itself", "delete the line", *_place(sheet, rule)
            )


def _of_group(group: list[tuple[Any, str]], sheet: Sheet, root: Path) -> Iterator[Finding]:
    """Addresses of which one is enough: the sources of a face, or one alone."""
    if Face.PRINT not in sheet.faces:
        for token, address in group:
            message = f"{address!r} is not in the {'web page' if Face.WEB in sheet.faces else 'e-book'}"
            yield _left_out(sheet, token, message, "write the file itself: url(data:image/png;base64,…)")
        return
    faults = [(token, wrong) for token, address in group if (wrong := _wrong(sheet, address, root))]
    if len(faults) == len(group):
        for token, wrong in faults:
            yield _at(sheet, token, *wrong)


def _addresses(rule: Any) -> Iterator[list[tuple[Any, str]]]:
    """The addresses in a rule, those together of which one is enough; none in what is not for print."""
    keyword = getattr(rule, "lower_at_keyword", "")
    if keyword in {"namespace", "import"}:
        return
    if keyword == "media":
        media = [token.lower_value for token in rule.prelude if token.type == "ident"]
        if not _PRINTED_MEDIA.intersection(media or [""]):
            return
    if keyword == "font-face":
        tokens = list(_tokens(rule.content or []))
        if not any(token.type == "function" and token.lower_name == "local" for token in tokens):
            yield [(token, address) for token in tokens if (address := _file_address(token))]
        return
    for token in _tokens([*getattr(rule, "prelude", []), *(getattr(rule, "content", None) or [])]):
        if address := _file_address(token):
            yield [(token, address)]


def _tokens(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _tokens(getattr(token, "arguments", None) or getattr(token, "content", None) or [])


def _file_address(token: Any) -> str:
    address = address_of(token)
    return "" if address.startswith(("data:", "#")) else address


def _wrong(sheet: Sheet, address: str, root: Path) -> tuple[str, str] | None:
    """The message and the hint about an address that leads nowhere; None if it leads to a file of the publication."""
    target = target_of(sheet, address)
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


def _at(sheet: Sheet, node: Any, message: str, hint: str) -> Finding:
    return Finding("HK095", Severity.ERROR, message, hint, *_place(sheet, node))


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
