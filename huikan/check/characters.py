"""Simplified and traditional characters, by OpenCC."""

from __future__ import annotations

from functools import cache
from typing import Any

from opencc import OpenCC


@cache
def converter(configuration: str) -> Any:
    """OpenCC's converter of that configuration (`t2s`, `s2t`), loaded once."""
    return OpenCC(configuration)
