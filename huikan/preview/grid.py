"""The page that the design means: its margins and its baseline grid, for drawing over the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tinycss2

_POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "px": 0.75, "pc": 12.0}


@dataclass(frozen=True, slots=True)
class PageGrid:
    """Margins and the step of the baseline grid in pt; 0 for what the design does not say."""

    top: float
    bottom: float
    inner: float
    outer: float
    line: float


def page_grid(sheets: Sequence[Path], language: str) -> PageGrid:
    """The grid that the token sheets, in cascading order, give to a text in that language."""
    plain: dict[str, float] = {}
    special: dict[str, float] = {}
    for sheet in sheets:
        for selector, name, value in _lengths(sheet.read_text(encoding="utf-8")):
            if selector == ":root":
                plain[name] = value
            elif selector == f":root:lang({language})":
                special[name] = value
    tokens = plain | special
    names = ("--margin-top", "--margin-bottom", "--margin-inner", "--margin-outer", "--line")
    return PageGrid(*(tokens.get(name, 0.0) for name in names))


def _lengths(source: str) -> Iterator[tuple[str, str, float]]:
    for rule in tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selectors = [part.strip() for part in tinycss2.serialize(rule.prelude).split(",")]
        for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            value = _points(item.value) if item.type == "declaration" else None
            if value is not None:
                yield from ((selector, item.name, value) for selector in selectors)


def _points(tokens: Sequence[Any]) -> float | None:
    parts = [token for token in tokens if token.type not in {"whitespace", "comment"}]
    if len(parts) == 1 and parts[0].type == "dimension" and parts[0].lower_unit in _POINTS:
        return float(parts[0].value) * _POINTS[parts[0].lower_unit]
    return None
