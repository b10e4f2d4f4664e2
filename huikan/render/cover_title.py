"""How large the cover sets its title: as the design has it, or smaller where the words would take too many lines."""

from __future__ import annotations

from math import ceil
from unicodedata import east_asian_width

from huikan.content.resolved import Phrase

_LINE = {"zh": 11, "en": 16}
"""Em of the title's size that a line of the cover holds, in the default design; smaller ones hold hardly less."""
_LETTER = 0.52
"""Em of a Latin letter, on average."""
_SIZES = ((3, ""), (6, "long"))
"""Lines at the design's own size up to which a title is set as of that class."""
_SMALLEST = "longest"


def title_class(title: Phrase) -> str:
    """The class of a title on the cover, for which stylesheets have a size."""
    line = _LINE.get(title.language.partition("-")[0], _LINE["en"])
    lines = sum(ceil(_ems(part) / line) for part in title.parts)
    return next((name for most, name in _SIZES if lines <= most), _SMALLEST)


def _ems(text: str) -> float:
    return sum(1.0 if east_asian_width(letter) in "WFA" else _LETTER for letter in text)
