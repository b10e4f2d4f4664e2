"""What a Word style says, in the terms of the design tokens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a token, which goes with the page that a theme has."""

    token: str
    share: float


@dataclass(frozen=True, slots=True)
class Border:
    """A rule on one side: width and distance in pt, and the token of its colour."""

    side: str
    width: float
    space: float
    colour: str


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style. Sizes and lines are tokens or pt; lengths with a `_lines` suffix count lines of the grid.

    `face` is song, hei or kai; `latin` serif or sans. `indent` and `hanging` count body characters.
    """

    name: str
    based_on: str = "Normal"
    following: str = ""
    face: str = ""
    latin: str = ""
    size: str | float = 0.0
    line: str | float = 0.0
    bold: bool | None = None
    colour: str = ""
    before_lines: float | None = None
    after_lines: float | None = None
    align: str = ""
    first_line: bool | None = None
    indent: float | None = None
    hanging: float = 0.0
    tracking: float = 0.0
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False
    grid: bool | None = None
    shade: str = ""
    borders: tuple[Border, ...] = ()
    natural_line: bool = False
    shown: bool = True
    english_size: str | float | Part = 0.0
    english_line: str | float | Part = 0.0


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A character style; `raised` sets superscript."""

    name: str
    face: str = ""
    latin: str = ""
    size: str | float = 0.0
    bold: bool | None = None
    colour: str = ""
    boxed: bool = False
    raised: bool = False
    shown: bool = True
