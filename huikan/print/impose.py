"""Imposition: the pages of a finished PDF laid out on sheets that fold into a booklet.

Pages become form XObjects, so fonts, vectors and images stay what they are. Tags and links are lost: an imposed PDF is
for the press alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf

from huikan.finding import ContentError, Finding, Severity
from huikan.print.geometry import Rect
from huikan.print.pdf_file import in_mm, name_of, readable, write_deterministically
from huikan.print.placed_pages import (
    SourcePage,
    as_form,
    box_array,
    draw,
    draw_marks,
    flatten_annotations,
    keep_identity,
    keep_print_settings,
    mark_as_sheet,
    registration_colour,
    source_page,
)
from huikan.print.sheet_layout import Scheme, SheetLayout
from huikan.print.sheet_marks import (
    SheetSide,
    SlugLine,
    collating_mark,
    draw_collating_mark,
    draw_slug,
    draw_targets,
    target_centres,
)
from huikan.print.signatures import Binding, Sheet, Slot, perfect_binding_sheets, saddle_stitch_sheets

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

    from huikan.print.pdf_file import PdfPlace

SIZE_TOLERANCE_PT = 0.3


@dataclass(frozen=True, slots=True)
class ImposedReport:
    """What was imposed: counts, and sizes in mm (width, height)."""

    source_pages: int
    blank_pages: int
    sheets: int
    signatures: int
    page_size_mm: tuple[float, float]
    sheet_size_mm: tuple[float, float]
    bleed_mm: float


def impose(
    source: PdfPlace, target: PdfPlace, scheme: Scheme, *, cover_pages: int = 0, slug: SlugLine | None = None
) -> ImposedReport:
    """Write the pages of `source`, imposed as `scheme` says, to `target`: each sheet front, then back.

    Both are paths or open binary files. The first and the last `cover_pages` of the source are left out: they are
    printed as a cover of their own. The backs are for printing on both sides with the sheet turned about its vertical
    axis ("flip on short edge" for a landscape sheet). `slug` makes the words in the margin of each side; they are one
    of the marks.

    Raises ContentError when the source cannot be read or its pages differ in size, and ValueError when the scheme
    asks for a signature that cannot be folded, or when there is nothing but a cover.
    """
    with readable(source) as pdf, pikepdf.new() as sheets_pdf:
        flatten_annotations(pdf)
        pages = [source_page(page) for page in list(pdf.pages)[cover_pages : len(pdf.pages) - cover_pages]]
        if not pages:
            raise ValueError(f"{len(pdf.pages)} pages are no more than a cover")
        _require_one_size(pages, source)
        sheets = _sheets(scheme, len(pages))
        width, height = pages[0].width, pages[0].height
        bleed = max(_widest_bleed(page) for page in pages)
        layout = SheetLayout.of(scheme, sheets[0], width, height, bleed)
        forms = [as_form(sheets_pdf, page) for page in pages]
        registration = sheets_pdf.make_indirect(registration_colour()) if scheme.marks else None
        signatures = max(sheet.signature for sheet in sheets)
        for number, sheet in enumerate(sheets, start=1):
            for slots in (sheet.front, sheet.back):
                side = SheetSide(number, len(sheets), sheet.signature, signatures, front=slots is sheet.front)
                marks = _marks(layout, sheet, side, slug) if scheme.marks else []
                _add_side(sheets_pdf, layout, slots, pages, forms, marks, registration)
                mark_as_sheet(sheets_pdf.pages[-1], pdf)
        keep_print_settings(pdf, sheets_pdf)
        keep_identity(pdf, sheets_pdf, "sheets")
        write_deterministically(sheets_pdf, target, pdf.pdf_version)
    return ImposedReport(
        source_pages=len(pages),
        blank_pages=sum(len(sheet.front) + len(sheet.back) for sheet in sheets) - len(pages),
        sheets=len(sheets),
        signatures=signatures,
        page_size_mm=(in_mm(width), in_mm(height)),
        sheet_size_mm=(in_mm(layout.sheet.width), in_mm(layout.sheet.height)),
        bleed_mm=in_mm(bleed),
    )


def _sheets(scheme: Scheme, pages: int) -> list[Sheet]:
    if scheme.binding is Binding.SADDLE_STITCH:
        return saddle_stitch_sheets(pages, scheme.blanks)
    return perfect_binding_sheets(pages, scheme.signature_pages, scheme.blanks)


def _widest_bleed(page: SourcePage) -> float:
    bleed = page.bleed
    return max(-bleed.x0, -bleed.y0, bleed.x1 - page.width, bleed.y1 - page.height, 0.0)


def _require_one_size(pages: list[SourcePage], source: PdfPlace) -> None:
    first = pages[0]
    findings = [
        Finding(
            "HK052",
            Severity.ERROR,
            f"page {number} is {in_mm(page.width):.1f} × {in_mm(page.height):.1f} mm, "
            f"page 1 is {in_mm(first.width):.1f} × {in_mm(first.height):.1f} mm",
            "give all pages one trimmed size and one orientation",
            file=name_of(source),
        )
        for number, page in enumerate(pages, start=1)
        if abs(page.width - first.width) > SIZE_TOLERANCE_PT or abs(page.height - first.height) > SIZE_TOLERANCE_PT
    ]
    if findings:
        raise ContentError(findings)


def _marks(layout: SheetLayout, sheet: Sheet, side: SheetSide, slug: SlugLine | None) -> list[str]:
    """What is drawn over the pages and beside them, apart from where they are cut and folded."""
    left, foot = layout.column_left(0), layout.row_bottom(0)
    first = Rect(left, foot, left + layout.width, foot + layout.height)
    collating = collating_mark(layout, sheet, side.signatures) if side.front else None
    return [
        *([draw_collating_mark(collating)] if collating else []),
        *([draw_slug(slug(side), first, layout.printed.y0)] if slug else []),
        draw_targets(target_centres(layout)),
    ]


def _add_side(
    pdf: Pdf,
    layout: SheetLayout,
    side: tuple[Slot, ...],
    pages: list[SourcePage],
    forms: list[Object],
    marks: list[str],
    registration: Object | None,
) -> None:
    placements = [layout.place(slot) for slot in side]
    xobjects = pikepdf.Dictionary()
    content: list[str] = []
    for placement in placements:
        if placement.slot.page is None:
            continue
        index = placement.slot.page - 1
        name = f"/P{placement.slot.page}"
        xobjects[name] = forms[index]
        content.append(draw(name, pages[index], placement.matrix, placement.clip))
    resources = pikepdf.Dictionary(XObject=xobjects)
    if registration is not None:
        resources.ColorSpace = pikepdf.Dictionary(All=registration)
        content += [*marks, draw_marks(layout.marks(placements))]
    pdf.add_blank_page(page_size=(layout.sheet.width, layout.sheet.height))
    page = pdf.pages[-1]
    page.obj.MediaBox = box_array(layout.sheet)
    page.obj.BleedBox = box_array(layout.printed)
    page.obj.TrimBox = box_array(layout.trimmed)
    page.obj.Resources = resources
    page.obj.Contents = pdf.make_stream("\n".join(content).encode("ascii"))
