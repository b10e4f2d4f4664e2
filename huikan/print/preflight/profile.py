"""What a PDF is checked for, and the limits that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Profile(StrEnum):
    """Where the PDF goes: to a print shop, into an archive, or to an office printer and the screen."""

    PRESS = "press"
    ARCHIVE = "archive"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Limits:
    """Measures a profile asks for; None where it asks for nothing.

    Text smaller than `small_text_pt` is to be of one ink, not counting yellow, and of no light tint.

    `ppi_expected` is what a picture should have (a warning below it), `ppi_least` what it must have. 295 and not
    300, since typesetters round a picture asked for at 300 ppi to whole pixels.
    """

    bleed_mm: float | None = None
    page_multiple: int | None = None
    ppi_expected: float | None = None
    ppi_least: float | None = None
    total_ink_percent: float | None = None
    hairline_pt: float | None = None
    text_to_trim_mm: float | None = None
    small_text_pt: float | None = None


LIMITS = {
    Profile.PRESS: Limits(
        bleed_mm=3.0,
        page_multiple=4,
        ppi_expected=295.0,
        ppi_least=225.0,
        total_ink_percent=300.0,
        hairline_pt=0.25,
        text_to_trim_mm=5.0,
        small_text_pt=8.0,
    ),
    Profile.PRINT: Limits(ppi_expected=200.0, ppi_least=100.0, hairline_pt=0.25, text_to_trim_mm=5.0),
    Profile.ARCHIVE: Limits(),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file is checked against: the profile, and the standard it claims that forbids transparency."""

    profile: Profile
    opaque_standard: str = ""

    @property
    def limits(self) -> Limits:
        """The measures the profile asks for."""
        return LIMITS[self.profile]
