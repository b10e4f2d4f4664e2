"""The colours of a press PDF: exact ones for the design's tokens, black for black, the ICC profile for the rest."""

from __future__ import annotations

from collections.abc import Mapping

from huikan.print.icc_profiles import Cmyk, CmykConversion

Rgb = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""

BLACK: Cmyk = (0.0, 0.0, 0.0, 1.0)
BLACK_BELOW = 0.1
"""RGB this dark in every channel is meant as black, and printed with black ink alone."""
NEUTRAL = 0.012
"""Grays whose channels differ by no more than this are printed with black ink alone: no colour cast."""


def rgb_of(hexadecimal: str) -> Rgb:
    """`#14324f` as shares; raises ValueError when it is not six hexadecimal digits after a #."""
    digits = hexadecimal.removeprefix("#")
    if len(digits) != 6 or not hexadecimal.startswith("#"):
        raise ValueError(f"{hexadecimal!r} is not a colour like #14324f")
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


class PressColours:
    """RGB and Lab colours of a document in CMYK.

    `tokens` maps colours of the design, written `#rrggbb`, to the inks chosen for them.
    """

    def __init__(self, conversion: CmykConversion, tokens: Mapping[str, Cmyk]) -> None:
        self._conversion = conversion
        self._tokens = {_eight_bits(rgb_of(name)): inks for name, inks in tokens.items()}

    def from_rgb(self, rgb: Rgb) -> Cmyk:
        """The inks for an RGB colour (taken as sRGB)."""
        packed = _eight_bits(rgb)
        if packed in self._tokens:
            return self._tokens[packed]
        if max(rgb) <= BLACK_BELOW:
            return BLACK
        if max(rgb) - min(rgb) <= NEUTRAL:
            return (0.0, 0.0, 0.0, round(1 - sum(rgb) / 3, 4))
        return self._conversion.colour("RGB", packed)

    def from_lab(self, lightness: float, a: float, b: float) -> Cmyk:
        """The inks for CIE L*a*b* (L* 0 to 100, a* and b* -128 to 127)."""
        packed = (
            round(_clamped(lightness, 0, 100) * 2.55),
            round(_clamped(a, -128, 127)) + 128,
            round(_clamped(b, -128, 127)) + 128,
        )
        return self._conversion.colour("LAB", packed)


def _eight_bits(rgb: Rgb) -> tuple[int, int, int]:
    red, green, blue = (round(_clamped(share, 0, 1) * 255) for share in rgb)
    return red, green, blue


def _clamped(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
