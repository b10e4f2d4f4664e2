"""What a page paints, one record for each painting operator; all places are in points of page user space."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huikan.print.content_stream.colour_spaces import Colour, ColourSpace
    from huikan.print.content_stream.fonts import Font
    from huikan.print.geometry import Matrix, Rect


class Within(StrEnum):
    """What the content belongs to; bounds of paints in pattern cells and glyphs are those of what they fill."""

    PAGE = "page"
    PATTERN = "pattern"
    GLYPH = "glyph"
    ANNOTATION = "annotation"


@dataclass(frozen=True, slots=True)
class Effects:
    """The state that changes how paint meets what lies below it."""

    overprint: bool = False
    overprint_mode: int = 0
    alpha: float = 1.0
    blend: str = "Normal"
    soft_mask: bool = False

    @property
    def transparent(self) -> bool:
        """Whether the paint needs the transparent imaging model (ISO 32000-2 §11)."""
        return self.alpha < 1.0 or self.soft_mask or self.blend not in ("Normal", "Compatible")


@dataclass(frozen=True, slots=True)
class PaintedPath:
    """A filled or stroked path.

    `thickness` is the line width of a stroke or the thin side of a filled bar, in points as printed; None for any
    other fill.
    """

    bounds: Rect
    colour: Colour
    effects: Effects
    within: Within
    stroked: bool
    thickness: float | None


@dataclass(frozen=True, slots=True)
class PaintedText:
    """One shown string. `bounds` is empty of ink only when `blank`; `size` is in points as printed."""

    bounds: Rect
    colour: Colour
    effects: Effects
    within: Within
    font: Font
    size: float
    visible: bool
    blank: bool


@dataclass(frozen=True, slots=True)
class PaintedImage:
    """A placed image; `matrix` maps the unit square to the page; `stencil` images take the fill colour.

    `source` is the object and generation number of the image, (0, 0) for an inline image.
    """

    bounds: Rect
    colour: Colour
    effects: Effects
    within: Within
    matrix: Matrix
    pixel_width: int
    pixel_height: int
    space: ColourSpace
    stencil: bool
    interpolated: bool
    masked_softly: bool
    source: tuple[int, int] = (0, 0)

    @property
    def ppi(self) -> float:
        """Effective resolution in pixels per inch, along the coarser side; infinite when it has no extent."""
        across = self.pixel_width * 72 / self.matrix.x_scale if self.matrix.x_scale else float("inf")
        down = self.pixel_height * 72 / self.matrix.y_scale if self.matrix.y_scale else float("inf")
        return min(across, down)


@dataclass(frozen=True, slots=True)
class PaintedShading:
    """A gradient, painted by `sh` or as a shading pattern."""

    bounds: Rect
    effects: Effects
    within: Within
    space: ColourSpace


@dataclass(frozen=True, slots=True)
class PaintedGroup:
    """A transparency group painted with effects of its own; what is in it is reported besides."""

    bounds: Rect
    effects: Effects
    within: Within


Paint = PaintedPath | PaintedText | PaintedImage | PaintedShading | PaintedGroup
