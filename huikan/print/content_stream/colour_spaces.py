"""Colour spaces (ISO 32000-2 §8.6), reduced to what a print shop asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from pikepdf import Object

MAX_NESTING = 8


class Family(StrEnum):
    """What kind of colour a space describes, after its base and alternate spaces were followed."""

    GRAY = "gray"
    RGB = "RGB"
    CMYK = "CMYK"
    LAB = "Lab"
    INKS = "named inks"
    PATTERN = "pattern"
    UNKNOWN = "unknown"


PROCESS_INKS = ("Cyan", "Magenta", "Yellow", "Black")


@dataclass(frozen=True, slots=True)
class ColourSpace:
    """`inks` names the colorants of Separation and DeviceN; `indexed` means components index a palette;
    `underlying` is the space of uncoloured patterns."""

    family: Family
    components: int
    inks: tuple[str, ...] = ()
    indexed: bool = False
    underlying: ColourSpace | None = None

    @property
    def spot_inks(self) -> tuple[str, ...]:
        """Inks that need a plate of their own: neither process inks, /All (registration) nor /None."""
        return tuple(ink for ink in self.inks if ink not in (*PROCESS_INKS, "All", "None"))

    @property
    def initial(self) -> tuple[float, ...]:
        """The components a newly chosen space starts with (ISO 32000-2 table 73, operator `CS`)."""
        if self.family is Family.CMYK and not self.indexed:
            return (0.0, 0.0, 0.0, 1.0)
        return (1.0 if self.family is Family.INKS and not self.indexed else 0.0,) * self.components


GRAY = ColourSpace(Family.GRAY, 1)
RGB = ColourSpace(Family.RGB, 3)
CMYK = ColourSpace(Family.CMYK, 4)
LAB = ColourSpace(Family.LAB, 3)
PATTERN = ColourSpace(Family.PATTERN, 0)
UNKNOWN = ColourSpace(Family.UNKNOWN, 0)

_BY_NAME = {
    "/DeviceGray": GRAY,
    "/G": GRAY,
    "/CalGray": GRAY,
    "/DeviceRGB": RGB,
    "/RGB": RGB,
    "/CalRGB": RGB,
    "/DeviceCMYK": CMYK,
    "/CMYK": CMYK,
    "/Lab": LAB,
    "/Pattern": PATTERN,
}
_BY_COMPONENTS = {1: GRAY, 3: RGB, 4: CMYK}


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as the content stream sets it; `pattern` is the pattern object when the space is a pattern."""

    space: ColourSpace
    components: tuple[float, ...]
    pattern: Object | None = None

    @property
    def cmyk(self) -> tuple[float, float, float, float] | None:
        """Shares of the four process inks, 0 to 1; None when they depend on a profile, palette or pattern."""
        space, values = self.space, self.components
        if space.indexed or len(values) != space.components:
            return None
        if space.family is Family.GRAY:
            return (0.0, 0.0, 0.0, 1.0 - values[0])
        if space.family is Family.CMYK:
            return (values[0], values[1], values[2], values[3])
        if space.family is Family.INKS and not space.spot_inks:
            if space.inks == ("All",):
                return (values[0],) * 4
            amounts = dict(zip(space.inks, values, strict=True))
            cyan, magenta, yellow, black = (amounts.get(ink, 0.0) for ink in PROCESS_INKS)
            return (cyan, magenta, yellow, black)
        return None


BLACK = Colour(GRAY, (0.0,))


def colour_space(value: object, resources: Object | None, nesting: int = 0) -> ColourSpace:
    """The space `value` (a name or an array) stands for, with names looked up in /Resources /ColorSpace."""
    if nesting > MAX_NESTING:
        return UNKNOWN
    if isinstance(value, pikepdf.Name):
        return _named_space(str(value), resources, nesting)
    if not isinstance(value, pikepdf.Array) or len(value) == 0:
        return UNKNOWN
    kind = str(value[0])
    if kind == "/ICCBased":
        return _icc_based(value, resources, nesting)
    if kind in ("/Indexed", "/I"):
        base = colour_space(value[1], resources, nesting + 1)
        return ColourSpace(base.family, 1, base.inks, indexed=True)
    if kind == "/Separation":
        return ColourSpace(Family.INKS, 1, (_ink(value[1]),))
    if kind == "/DeviceN":
        inks = tuple(_ink(ink) for ink in value[1].as_list())
        return ColourSpace(Family.INKS, len(inks), inks)
    if kind == "/Pattern" and len(value) > 1:
        underlying = colour_space(value[1], resources, nesting + 1)
        return ColourSpace(Family.PATTERN, 0, underlying=underlying)
    return _BY_NAME.get(kind, UNKNOWN)


def _named_space(name: str, resources: Object | None, nesting: int) -> ColourSpace:
    spaces = resources.get("/ColorSpace") if resources is not None else None
    if isinstance(spaces, pikepdf.Dictionary):
        own = spaces.get(name)
        if own is not None and own != pikepdf.Name(name):
            return colour_space(own, resources, nesting + 1)
    return _BY_NAME.get(name, UNKNOWN)


def _icc_based(value: Object, resources: Object | None, nesting: int) -> ColourSpace:
    profile = value[1]
    alternate = profile.get("/Alternate")
    if alternate is not None and colour_space(alternate, resources, nesting + 1).family is Family.LAB:
        return LAB
    return _BY_COMPONENTS.get(int(profile.get("/N", 0)), UNKNOWN)


def _ink(name: Object) -> str:
    return str(name).removeprefix("/")
