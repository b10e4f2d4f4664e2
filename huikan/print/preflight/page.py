"""A page as the rules see it: its boxes, its content, and places in mm from the trim's upper left."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from huikan.print.content_stream.walker import PageContent
from huikan.print.geometry import MM, Matrix, Rect, upright
from huikan.print.pdf_file import box_of, rotation, user_unit
from huikan.print.placed_pages import is_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

    from huikan.print.content_stream.paints import Paint

US_LETTER = Rect(0.0, 0.0, 612.0, 792.0)
"""What qpdf and most readers assume of a page without a MediaBox."""


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """One page, counted from 1. Boxes are in user space, as stated; `content` is what it paints."""

    number: int
    stated_boxes: dict[str, Rect | None]
    media: Rect
    trim: Rect
    rotate: int
    unit: float
    content: PageContent
    is_sheet: bool = False
    """Whether it is a side of a sheet that is still to be folded."""

    @classmethod
    def of(cls, number: int, page: pikepdf.Page, content: PageContent) -> CheckedPage:
        """Read the boxes of `page`; a missing or broken box falls back as ISO 32000-2 §14.11.2 says."""
        names = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
        stated = {name: box_of(page, name) for name in names}
        media = stated["/MediaBox"] or US_LETTER
        trim = stated["/TrimBox"] or stated["/CropBox"] or media
        return cls(number, stated, media, trim, rotation(page), user_unit(page), content, is_sheet(page))

    def without_content(self) -> CheckedPage:
        """The same page without what it paints, to be kept while others are read."""
        return replace(self, content=PageContent())

    @property
    def seen(self) -> Matrix:
        """User space → points as the page is seen, with the trim's lower left at the origin."""
        return upright(self.trim, self.rotate, self.unit)

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the trim as it is seen."""
        seen = self.seen.bounds(self.trim)
        return seen.width / MM, seen.height / MM

    def position_mm(self, place: Rect) -> tuple[float, float] | None:
        """Upper left of `place`, from the trim's upper left, y down; None when it lies nowhere."""
        seen = self.seen.bounds(place)
        x, y = seen.x0 / MM, self.size_mm[1] - seen.y1 / MM
        return (round(x, 2), round(y, 2)) if math.isfinite(x) and math.isfinite(y) else None

    def to_trim_mm(self, place: Rect) -> float:
        """The least distance from `place` to the trim edges, in mm; negative when it crosses them."""
        distances = (
            place.x0 - self.trim.x0,
            place.y0 - self.trim.y0,
            self.trim.x1 - place.x1,
            self.trim.y1 - place.y1,
        )
        return min(distances) * self.unit / MM

    def bleed_area(self, bleed_mm: float = 3.0) -> Rect:
        """The trim and `bleed_mm` around it, in user space."""
        return self.trim.grown(bleed_mm * MM / self.unit)

    def printed_paints(self) -> Iterator[Paint]:
        """What is painted within trim or bleed, but not marks and slug lines beside it, nor what alpha hides."""
        area = self.bleed_area(2.9)
        for paint in self.content.paints:
            if paint.effects.alpha > 0 and not paint.bounds.intersection(area).is_empty:
                yield paint
