"""The colours of the press edition: tokens that press.css writes in inks, beside the screen colours they replace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tinycss2

from huikan.finding import ContentError, Finding, Severity
from huikan.render.stylesheets import file_of
from huikan.render.tokens import Tokens

Cmyk = tuple[float, float, float, float]
"""Shares of cyan, magenta, yellow and black, 0 to 1."""


def inks_of(tokens: Tokens, sheets: Sequence[Path]) -> dict[str, Cmyk]:
    """`#rrggbb` of each colour token → its inks, by the `device-cmyk()` tokens of the press sheets; later ones win.

    Drawings hold screen colours; by this table they print in the same inks as everything else.
    Raises ContentError for a token whose inks are not four shares from 0 to 1.
    """
    inks: dict[str, Cmyk] = {}
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet.read_text(encoding="utf-8-sig"), True, True):
            if rule.type != "qualified-rule":
                continue
            for declaration in tinycss2.parse_blocks_contents(rule.content, True, True):
                if declaration.type == "declaration" and declaration.name.startswith("--"):
                    shares = _shares(declaration.value)
                    if shares is not None:
                        inks[declaration.name[2:]] = _checked(shares, declaration, sheet)
    return {f"#{colour.lower()}": inks[name] for name, colour in tokens.colours.items() if name in inks}


def _shares(values: list[tinycss2.ast.Node]) -> tuple[float, ...] | None:
    """The numbers of a `device-cmyk()` value, None for another value."""
    for value in values:
        if value.type == "function" and value.lower_name == "device-cmyk":
            return tuple(
                part.value / 100 if part.type == "percentage" else part.value
                for part in value.arguments
                if part.type in {"number", "percentage"}
            )
    return None


def _checked(shares: tuple[float, ...], declaration: tinycss2.ast.Declaration, sheet: Path) -> Cmyk:
    if len(shares) != 4 or not all(0 <= share <= 1 for share in shares):
        raise ContentError(
            [
                Finding(
                    "HK087",
                    Severity.ERROR,
                    f"{declaration.name} is no colour in inks",
                    "write device-cmyk(C M Y K), each from 0 to 1",
                    file_of(sheet),
                    declaration.source_line,
                    declaration.source_column,
                )
            ]
        )
    return (shares[0], shares[1], shares[2], shares[3])
