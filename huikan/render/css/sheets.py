"""The stylesheets of a publication's own that its editions read, and which edition reads which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import tinycss2

from huikan.content.model import Edition
from huikan.render.css.readable import unreadable
from huikan.render.stylesheets import SHEETS, Design


class Face(StrEnum):
    """Who reads a stylesheet: the layout engine, browsers, or reading systems."""

    PRINT = "print"
    WEB = "web"
    EPUB = "epub"


_BESIDE_PRINT = {
    "tokens.css": frozenset(Face),
    "draft.css": frozenset({Face.PRINT, Face.WEB}),
    "screen.css": frozenset({Face.WEB}),
    "epub.css": frozenset({Face.EPUB}),
}
FACES = {name: _BESIDE_PRINT.get(name, frozenset({Face.PRINT})) for name in SHEETS}
"""Who reads each of the sheets that a design consists of."""
_PRESSED = {Edition.PRESS, Edition.IMPOSED, Edition.COVER}
"""Editions of whose pages the printer's inks are asked."""
_READ_FOR = {Edition.WEB: {Face.WEB}, Edition.EPUB: {Face.EPUB, Face.PRINT}, Edition.REVIEW: set[Face]()}
"""Who takes part in an edition; the layout engine alone in the others. An e-book's cover is a laid-out page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stylesheet: its place in the publication, its text, who reads it. `part`: as which part of the design."""

    file: str
    path: Path
    text: str
    faces: frozenset[Face]
    part: str

    @property
    def may_name_files(self) -> bool:
        """Whether anything in it looks like an address."""
        return "url(" in self.text.lower() or "@import" in self.text.lower()

    @property
    def rules(self) -> list[Any]:
        """Its rules, at-rules and syntax errors; they know their lines and columns."""
        return list(tinycss2.parse_stylesheet(self.text, skip_comments=True, skip_whitespace=True))


def faces_of(editions: tuple[Edition, ...]) -> frozenset[Face]:
    """Who takes part in these editions."""
    return frozenset().union(*(_READ_FOR.get(edition, {Face.PRINT}) for edition in editions))


def parts_of(editions: Iterable[Edition], *, draft: bool) -> frozenset[str]:
    """The sheets of a design that the layout engine reads for these editions, and those that it never reads."""
    left = [
        *(["draft.css"] if not draft else []),
        *(["press.css"] if _PRESSED.isdisjoint(editions) else []),
        *(["spine.css"] if Edition.COVER not in editions else []),
    ]
    return frozenset(FACES).difference(left)


def sheet_text(path: Path) -> str:
    """The text of a stylesheet as its places count. Raises UnicodeDecodeError."""
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def own_sheets(design: Design, parts: Collection[str] = FACES) -> tuple[Sheet, ...]:
    """The publication's own sheets that are read under its theme as these parts, with what they import of its own."""
    found: dict[str, Sheet] = {}
    waiting = [
        Sheet(f"styles/{prefix}{name}", path, "", faces, name)
        for prefix in ("", f"themes/{design.theme}/")
        for name, faces in FACES.items()
        if name in parts
        if design.own_styles and (path := design.own_styles / prefix / name).is_file()
    ]
    while waiting:
        each = waiting.pop(0)
        known = found.get(each.file)
        if known and each.faces <= known.faces:
            continue
        faces = each.faces | (known.faces if known else frozenset())
        sheet = Sheet(each.file, each.path, sheet_text(each.path), faces, each.part)
        found[each.file] = sheet
        waiting += _imported(sheet, design)
    return tuple(found.values())


def imports_of(rules: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Each `@import` for print at the head of the rules, with the address that it names."""
    for rule in rules:
        keyword = getattr(rule, "lower_at_keyword", "")
        if keyword in {"page", "font-face", "color-profile", "counter-style"} or rule.type == "qualified-rule":
            return
        tokens = _solid(rule.prelude) if keyword == "import" else []
        if not tokens:
            continue
        address = address_of(tokens[0]) or (str(tokens[0].value) if tokens[0].type == "string" else "")
        layered = tokens[1:2] and tokens[1].type in {"ident", "function"} and _word(tokens[1]) == "layer"
        if address and is_for_print(tokens[2 if layered else 1 :]):
            yield rule, address


def is_for_print(media: Iterable[Any]) -> bool:
    """Whether a list of media holds in print as the layout engine reads it: of words alone, not of conditions."""
    tokens = _solid(media)
    if tokens and tokens[0].type == "ident" and tokens[0].lower_value == "only":
        tokens = tokens[1:]
    words = [token.lower_value for token in tokens[::2] if token.type == "ident"]
    is_list = len(words) == len(tokens[::2]) and all(token == "," for token in tokens[1::2])
    return not tokens or (is_list and len(tokens) % 2 == 1 and not {"print", "all"}.isdisjoint(words))


def _solid(tokens: Iterable[Any]) -> Sequence[Any]:
    return [token for token in tokens if token.type not in {"whitespace", "comment"}]


def _word(token: Any) -> str:
    return str(token.lower_value if token.type == "ident" else token.lower_name)


def address_of(token: Any) -> str:
    """What `url(…)` names; empty for other tokens."""
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return next((str(each.value) for each in token.arguments if each.type == "string"), "")
    return ""


def target_of(sheet: Sheet, address: str) -> Path | None:
    """The file that an address in a sheet names; None if it names none of this machine.

    Raises ValueError for what is no address.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    try:
        path = (sheet.path.parent / unquote(parts.path)).resolve()
        path.is_file()
    except (OSError, RuntimeError) as error:  # a name without end, links in a circle
        raise ValueError(str(error)) from error
    return path


def _imported(sheet: Sheet, design: Design) -> Iterator[Sheet]:
    assert design.own_styles is not None
    if not sheet.may_name_files or Face.PRINT not in sheet.faces:
        return
    root = design.own_styles.parent.resolve()
    for _, address in imports_of(sheet.rules):
        path = None
        with suppress(ValueError):
            path = target_of(sheet, address)
        if path and path.is_file() and path.is_relative_to(root):
            file = path.relative_to(root).as_posix()
            if unreadable(path, file) is None:
                yield Sheet(file, path, "", sheet.faces, sheet.part)
