"""The stylesheet of the e-book: many reading systems know no custom properties, so tokens stand in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from huikan.render.tokens import Tokens

_TOKEN = re.compile(r"var\(\s*--([\w-]+)\s*\)")


def stylesheet(sheets: Sequence[Path], tokens: Tokens) -> str:
    """The sheets in their order, with the value of each token in place of `var(--token)`.

    Raises ContentError for a token that no tokens.css has.
    """
    source = "\n".join(sheet.read_text(encoding="utf-8-sig") for sheet in sheets)
    return _TOKEN.sub(lambda match: _value(match[1], tokens), source)


def _value(name: str, tokens: Tokens) -> str:
    if name in tokens.families:
        return ", ".join(f'"{family}"' for family in tokens.families[name])
    return f"{tokens.lengths[name]:g}pt" if name in tokens.lengths else f"#{tokens.colour(name)}"
