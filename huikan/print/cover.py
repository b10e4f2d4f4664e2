"""The cover sheet: back, spine and front of a booklet side by side, as the cover is printed and folded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf

from huikan.finding import ContentError, Finding, Severity
from huikan.print.geometry import MM, Matrix, Rect
from huikan.print.pdf_file import in_mm, name_of, readable, write_deterministically
from huikan.print.placed_pages import (
    Line,
    SourcePage,
    as_form,
    box_array,
    draw,
    draw_marks,
    keep_identity,
    keep_print_settings,
    registration_colour,
    source_page,
)
from huikan.print.sheet_layout import MARK_LENGTH_MM, MARK_OFFSET_MM
from huikan.print.sheet_marks import TARGET_AWAY_MM, draw_slug, draw_targets

if TYPE_CHECKING:
    from collections.abc import Callable

    from pikepdf import Pdf

    from huikan.print.icc_profiles import Cmyk
    from huikan.print.outlines import Outline
    from huikan.print.pdf_file import PdfPlace

SPINE_TEXT_FROM_MM = 5.0
"""A narrower spine carries no text: it wanders off the spine when the cover is creased."""
SIZE_TOLERANCE_MM = 0.2
_TRAP_MM = 0.1
"""How far the spine's colour lies under both covers: areas that only meet show paper between them on a screen."""


@dataclass(frozen=True, slots=True)
class CoverSheetReport:
    """Sizes in mm; `sheet_size_mm` and `trim_size_mm` are (width, height)."""

    spine_mm: float
    trim_size_mm: tuple[float, float]
    sheet_size_mm: tuple[float, float]


def leaf_thickness(grammage_gsm: float, bulk_cm3_g: float) -> float:
    """Thickness in mm of a leaf of `grammage_gsm` g/m² and `bulk_cm3_g` cm³/g."""
    return grammage_gsm * bulk_cm3_g / 1000


def spine_width(pages: int, grammage_gsm: float, bulk_cm3_g: float) -> float:
    """Thickness in mm of a block of `pages` pages on paper of `grammage_gsm` g/m² and `bulk_cm3_g` cm³/g.

    A leaf is two pages. The cover itself is not counted.
    Raises ValueError for quantities no paper has.
    """
    if pages < 0 or not 20 <= grammage_gsm <= 600 or not 0.5 <= bulk_cm3_g <= 3:
        raise ValueError(
            f"no paper: {pages} pages at {grammage_gsm:g} g/m², bulk {bulk_cm3_g:g} cm³/g "
            "(grammage is 20 to 600 g/m², bulk 0.5 to 3 cm³/g)"
        )
    leaves = (pages + 1) // 2
    return leaves * leaf_thickness(grammage_gsm, bulk_cm3_g)


def spine_carries_text(spine_mm: float) -> bool:
    """Whether the spine is wide enough for text."""
    return spine_mm >= SPINE_TEXT_FROM_MM


def compose_cover_sheet(
    source: PdfPlace,
    target: PdfPlace,
    spine_mm: float,
    *,
    spine: PdfPlace | None = None,
    spine_colour: Cmyk | None = None,
    front_page: int = 1,
    back_page: int = -1,
    inside_pages: tuple[int, int] | None = None,
    bleed_mm: float = 3.0,
    marks: bool = True,
    slug: Callable[[bool], Outline] | None = None,
) -> CoverSheetReport:
    """Write one sheet with the back cover, the spine and the front cover of `source` (a press PDF).

    `front_page` and `back_page` count from 1, or from the end when negative; so do `inside_pages`, those behind the
    front and behind the back cover, which make the sheet's other side as it is seen after a turn about the vertical
    axis. `spine` is a PDF of one page as wide as the spine and as high as the booklet; it is left out where the spine
    is too narrow for text. `spine_colour` fills the spine below it, and a little under both covers; inside, the spine
    is left to the glue. `slug`, which is told whether it is the outer side, makes the words below it, one of the marks.
    Raises ContentError when a file cannot be read or the sizes do not fit.
    """
    with readable(source) as pdf, pikepdf.new() as sheet:
        front, back = (_page(pdf, number, source) for number in (front_page, back_page))
        _require_height(back, front, "the back cover", source)
        layout = _Layout(front.width, front.height, back.width, spine_mm * MM, bleed_mm * MM, marks)
        outer = _Side(sheet, layout)
        if spine_colour is not None:
            outer.paint(_filled(layout.below_spine, spine_colour))
        outer.place_covers(back, front)
        if spine is not None and spine_carries_text(spine_mm):
            with readable(spine) as strip_pdf:
                outer.place("/Spine", _strip(strip_pdf, layout, spine), layout.spine, layout.spine_clip)
        outer.finish(slug(True) if slug else None)
        if inside_pages is not None:
            left, right = (_page(pdf, number, source) for number in inside_pages)
            for page in (left, right):
                _require_height(page, front, "the inside of the cover", source)
            inner = _Side(sheet, _Layout(right.width, left.height, left.width, spine_mm * MM, bleed_mm * MM, marks))
            inner.place_covers(left, right)
            inner.finish(slug(False) if slug else None)
        keep_print_settings(pdf, sheet)
        keep_identity(pdf, sheet, "cover")
        write_deterministically(sheet, target, pdf.pdf_version)
    return CoverSheetReport(
        spine_mm,
        (in_mm(layout.trim.width), in_mm(layout.trim.height)),
        (in_mm(layout.sheet.width), in_mm(layout.sheet.height)),
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """Places on the sheet in points; widths of front, back and spine, height of all."""

    front_width: float
    height: float
    back_width: float
    spine_width: float
    bleed: float
    with_marks: bool

    @property
    def margin(self) -> float:
        return self.bleed + ((MARK_OFFSET_MM + MARK_LENGTH_MM) * MM if self.with_marks else 0.0)

    @property
    def back(self) -> Rect:
        return Rect(self.margin, self.margin, self.margin + self.back_width, self.margin + self.height)

    @property
    def spine(self) -> Rect:
        return Rect(self.back.x1, self.margin, self.back.x1 + self.spine_width, self.back.y1)

    @property
    def front(self) -> Rect:
        return Rect(self.spine.x1, self.margin, self.spine.x1 + self.front_width, self.back.y1)

    @property
    def trim(self) -> Rect:
        return self.back.union(self.front)

    @property
    def sheet(self) -> Rect:
        return Rect(0.0, 0.0, self.trim.x1 + self.margin, self.trim.y1 + self.margin)

    @property
    def back_clip(self) -> Rect:
        outer = self.back.grown(self.bleed)
        return Rect(outer.x0, outer.y0, self.back.x1, outer.y1)

    @property
    def spine_clip(self) -> Rect:
        outer = self.spine.grown(self.bleed)
        return Rect(self.spine.x0, outer.y0, self.spine.x1, outer.y1)

    @property
    def below_spine(self) -> Rect:
        trap = _TRAP_MM * MM
        return Rect(self.spine_clip.x0 - trap, self.spine_clip.y0, self.spine_clip.x1 + trap, self.spine_clip.y1)

    @property
    def front_clip(self) -> Rect:
        outer = self.front.grown(self.bleed)
        return Rect(self.front.x0, outer.y0, outer.x1, outer.y1)

    def target_centres(self) -> list[tuple[float, float]]:
        """Where register targets stand: left and right of the sheet, and above both covers."""
        away, middle = self.bleed + TARGET_AWAY_MM * MM, (self.trim.y0 + self.trim.y1) / 2
        beside = [(self.trim.x0 - away, middle), (self.trim.x1 + away, middle)]
        return [*beside, *(((cover.x0 + cover.x1) / 2, self.trim.y1 + away) for cover in (self.back, self.front))]

    def marks(self) -> list[Line]:
        """Crop marks at the corners, fold marks at both edges of the spine."""
        near = self.bleed + MARK_OFFSET_MM * MM
        far = near + MARK_LENGTH_MM * MM
        trim = self.trim
        lines = []
        for x, dashed in ((trim.x0, False), (trim.x1, False), (self.spine.x0, True), (self.spine.x1, True)):
            lines.append(Line((x, trim.y0 - near), (x, trim.y0 - far), dashed))
            lines.append(Line((x, trim.y1 + near), (x, trim.y1 + far), dashed))
        for y in (trim.y0, trim.y1):
            lines.append(Line((trim.x0 - near, y), (trim.x0 - far, y)))
            lines.append(Line((trim.x1 + near, y), (trim.x1 + far, y)))
        return sorted(set(lines), key=lambda line: (line.dashed, line.start, line.end))


class _Side:
    """One side of the sheet, to which pages are added from below."""

    def __init__(self, sheet: Pdf, layout: _Layout) -> None:
        self.sheet, self.layout = sheet, layout
        self._xobjects = pikepdf.Dictionary()
        self._content: list[str] = []

    def paint(self, operators: str) -> None:
        self._content.append(operators)

    def place_covers(self, left: SourcePage, right: SourcePage) -> None:
        self.place("/Back", left, self.layout.back, self.layout.back_clip)
        self.place("/Front", right, self.layout.front, self.layout.front_clip)

    def place(self, name: str, page: SourcePage, area: Rect, clip: Rect) -> None:
        self._xobjects[name] = as_form(self.sheet, page)
        self.paint(draw(name, page, Matrix(e=area.x0, f=area.y0), clip))

    def finish(self, slug: Outline | None) -> None:
        """Add the page to the sheet's file."""
        layout, resources = self.layout, pikepdf.Dictionary(XObject=self._xobjects)
        if layout.with_marks:
            resources.ColorSpace = pikepdf.Dictionary(All=registration_colour())
            if slug is not None:
                self.paint(draw_slug(slug, layout.back, layout.back_clip.y0))
            self.paint(draw_targets(layout.target_centres()))
            self.paint(draw_marks(layout.marks()))
        self.sheet.add_blank_page(page_size=(layout.sheet.width, layout.sheet.height))
        page = self.sheet.pages[-1].obj
        page.MediaBox = box_array(layout.sheet)
        page.BleedBox = box_array(layout.trim.grown(layout.bleed))
        page.TrimBox = box_array(layout.trim)
        page.Resources = resources
        page.Contents = self.sheet.make_stream("\n".join(self._content).encode("ascii"))


def _page(pdf: Pdf, number: int, source: PdfPlace) -> SourcePage:
    pages = len(pdf.pages)
    if not 1 <= abs(number) <= pages:
        raise _refusal(f"there is no page {number}: the PDF has {pages}", "name a page that is there", source)
    return source_page(pdf.pages[number - 1 if number > 0 else number])


def _strip(pdf: Pdf, layout: _Layout, spine: PdfPlace) -> SourcePage:
    strip = source_page(pdf.pages[0])
    if abs(in_mm(strip.width - layout.spine_width)) > SIZE_TOLERANCE_MM:
        raise _refusal(
            f"the spine strip is {in_mm(strip.width):.1f} mm wide, the spine is {in_mm(layout.spine_width):.1f} mm",
            "render the strip as wide as the spine",
            spine,
        )
    if abs(in_mm(strip.height - layout.height)) > SIZE_TOLERANCE_MM:
        raise _refusal(
            f"the spine strip is {in_mm(strip.height):.1f} mm high, the booklet is {in_mm(layout.height):.1f} mm",
            "render the strip as high as the booklet",
            spine,
        )
    return strip


def _require_height(page: SourcePage, other: SourcePage, what: str, source: PdfPlace) -> None:
    if abs(in_mm(page.height - other.height)) > SIZE_TOLERANCE_MM:
        raise _refusal(
            f"{what} is {in_mm(page.height):.1f} mm high, the front cover {in_mm(other.height):.1f} mm",
            "give both covers one size",
            source,
        )


def _refusal(message: str, hint: str, source: PdfPlace) -> ContentError:
    return ContentError([Finding("HK056", Severity.ERROR, message, hint, file=name_of(source))])


def _filled(area: Rect, colour: Cmyk) -> str:
    shares = " ".join(f"{share:g}" for share in colour)
    return f"q {shares} k {area.x0:.4f} {area.y0:.4f} {area.width:.4f} {area.height:.4f} re f Q"
