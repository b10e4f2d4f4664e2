"""Design tokens: the custom properties of tokens.css, for the faces that do not read CSS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import tinycss2
import tinycss2.color4

from huikan.finding import ContentError, Finding, Severity
from huikan.render.stylesheets import file_of

_Value = TypeVar("_Value")
_POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "px": 0.75, "pc": 12.0, "q": 72 / 101.6}
_GENERIC_FAMILIES = {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A theme's tokens by name, without the leading `--`: lengths in pt, colours as RRGGBB, lists of font families."""

    lengths: Mapping[str, float]
    colours: Mapping[str, str]
    families: Mapping[str, tuple[str, ...]]

    def length(self, name: str) -> float:
        """A length in pt. Raises ContentError when no tokens.css has it."""
        return _found(self.lengths, name, "length")

    def colour(self, name: str) -> str:
        """A colour as RRGGBB. Raises ContentError when no tokens.css has it."""
        return _found(self.colours, name, "colour")

    def family(self, name: str) -> str:
        """The first family of a font list. Raises ContentError when no tokens.css has it."""
        return _found(self.families, name, "font list")[0]


def load_tokens(style_folders: Sequence[Path], theme: str) -> Tokens:
    """The tokens of a theme: the nearest tokens.css, overridden by the nearest themes/THEME/tokens.css.

    `style_folders` are searched in order. Raises ContentError for every declaration that is not a token.
    """
    lengths: dict[str, float] = {}
    colours: dict[str, str] = {}
    families: dict[str, tuple[str, ...]] = {}
    problems: list[Finding] = []
    for name in ("tokens.css", f"themes/{theme}/tokens.css"):
        sheet = next((folder / name for folder in style_folders if (folder / name).is_file()), None)
        for declaration in _declarations(sheet, problems) if sheet else ():
            token = declaration.name.removeprefix("--")
            value = _value_of(declaration.value)
            if isinstance(value, float):
                lengths[token] = value
            elif isinstance(value, str):
                colours[token] = value
            elif isinstance(value, tuple):
                families[token] = value
            else:
                message = f"styles: --{token} is no length, colour or list of fonts"
                hint = "write 10.5pt, 210mm, #14324f or quoted families"
                problems.append(_problem(sheet, declaration, message, hint))
    if problems:
        raise ContentError(problems)
    return Tokens(MappingProxyType(lengths), MappingProxyType(colours), MappingProxyType(families))


def _found(values: Mapping[str, _Value], name: str, kind: str) -> _Value:
    try:
        return values[name]
    except KeyError:
        message = f"styles: tokens.css has no {kind} --{name}"
        raise ContentError([Finding("HK060", Severity.ERROR, message, f"add --{name} to :root")]) from None


def _declarations(sheet: Path, problems: list[Finding]) -> Iterator[Any]:
    try:
        source = sheet.read_text("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Finding("HK061", Severity.ERROR, "styles: not UTF-8", "save it as UTF-8", file=file_of(sheet)))
        return
    for rule in tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True):
        if rule.type == "error":
            problems.append(_problem(sheet, rule, f"styles: {rule.message}"))
        if rule.type != "qualified-rule" or tinycss2.serialize(rule.prelude).strip() != ":root":
            continue
        for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if item.type == "error":
                problems.append(_problem(sheet, item, f"styles: {item.message}"))
            elif item.type == "declaration" and item.name.startswith("--"):
                yield item


def _problem(sheet: Path | None, node: Any, message: str, hint: str = "") -> Finding:
    where = {"file": file_of(sheet) if sheet else "", "line": node.source_line, "column": node.source_column}
    return Finding("HK061", Severity.ERROR, message, hint, **where)


def _value_of(tokens: Sequence[Any]) -> float | str | tuple[str, ...] | None:
    parts = [token for token in tokens if token.type not in {"whitespace", "comment"}]
    if len(parts) == 1 and parts[0].type == "dimension":
        scale = _POINTS.get(parts[0].lower_unit)
        return None if scale is None else float(parts[0].value * scale)
    if len(parts) == 1 and parts[0].type == "number" and parts[0].value == 0:
        return 0.0
    families = _families_of(parts)
    if families:
        return families
    colour = tinycss2.color4.parse_color(parts[0]) if len(parts) == 1 else None
    if colour is None or isinstance(colour, str):
        return None
    red, green, blue = (round(255 * max(0.0, min(1.0, part))) for part in colour.to("srgb").coordinates)
    return f"{red:02X}{green:02X}{blue:02X}"


def _families_of(parts: Sequence[Any]) -> tuple[str, ...]:
    names = parts[::2]
    separated = all(part.type == "literal" and part.value == "," for part in parts[1::2])
    known = all(part.type == "string" or _is_generic(part) for part in names)
    return tuple(part.value for part in names) if separated and known else ()


def _is_generic(part: Any) -> bool:
    return bool(part.type == "ident" and part.value in _GENERIC_FAMILIES)
