"""Imposition: the pages of a finished PDF laid out on sheets that fold into a booklet.

Pages become form XObjects, so fonts, vectors and images stay what they are. Tags, XMP and links are lost: an
imposed PDF is for the press alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import pikepdf

from huikan.finding import ContentError, Finding, Severity
from huikan.print.geometry import Matrix, Rect, upright
from huikan.print.pdf_file import box_of, in_mm, readable, rotation, user_unit, write_deterministically
from huikan.print.sheet_layout import Line, Placement, Scheme, SheetLayout
from huikan.print.signatures import Binding, Sheet, Slot, perfect_binding_sheets, saddle_stitch_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from pikepdf import Object, Page, Pdf

SIZE_TOLERANCE_PT = 0.3
MARK_WIDTH_PT = 0.25
NUMBER_DECIMALS = 5


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


@dataclass(frozen=True, slots=True)
class _SourcePage:
    """A page as it is seen: `upright` puts its trim at the origin, `bleed` is in those points."""

    page: Page
    upright: Matrix
    width: float
    height: float
    bleed: Rect
    bleed_in_user_space: Rect


def impose(source: Path, target: Path, scheme: Scheme) -> ImposedReport:
    """Write the pages of `source`, imposed as `scheme` says, to `target`: each sheet front, then back.

    The backs are for printing on both sides with the sheet turned about its vertical axis ("flip on short
    edge" for a landscape sheet). Raises ContentError when the source cannot be read or its pages differ in size, and
    ValueError when the scheme asks for a signature that cannot be folded.
    """
    with readable(source) as pdf, pikepdf.new() as sheets_pdf:
        _flatten_annotations(pdf)
        pages = [_source_page(page) for page in pdf.pages]
        _require_one_size(pages, source)
        sheets = _sheets(scheme, len(pages))
        width, height = pages[0].width, pages[0].height
        bleed = max(_widest_bleed(page) for page in pages)
        layout = SheetLayout.of(scheme, sheets[0], width, height, bleed)
        forms = [_as_form(sheets_pdf, page) for page in pages]
        registration = sheets_pdf.make_indirect(_registration_colour()) if scheme.marks else None
        for side in chain.from_iterable((sheet.front, sheet.back) for sheet in sheets):
            _add_side(sheets_pdf, layout, side, pages, forms, registration)
        _keep_print_settings(pdf, sheets_pdf)
        write_deterministically(sheets_pdf, target)
    return ImposedReport(
        source_pages=len(pages),
        blank_pages=sum(len(sheet.front) + len(sheet.back) for sheet in sheets) - len(pages),
        sheets=len(sheets),
        signatures=max(sheet.signature for sheet in sheets),
        page_size_mm=(in_mm(width), in_mm(height)),
        sheet_size_mm=(in_mm(layout.sheet.width), in_mm(layout.sheet.height)),
        bleed_mm=in_mm(bleed),
    )


def _sheets(scheme: Scheme, pages: int) -> list[Sheet]:
    if scheme.binding is Binding.SADDLE_STITCH:
        return saddle_stitch_sheets(pages, scheme.blanks)
    return perfect_binding_sheets(pages, scheme.signature_pages, scheme.blanks)


def _flatten_annotations(pdf: Pdf) -> None:
    """Draw stamps and form fields into the pages; links have no appearance and are left behind."""
    for page in pdf.pages:
        if any(annotation.get("/AP") is not None for annotation in page.obj.get("/Annots", [])):
            pdf.flatten_annotations("print")
            return


def _source_page(page: Page) -> _SourcePage:
    media = box_of(page, "/MediaBox") or Rect(0, 0, 612, 792)
    crop = (box_of(page, "/CropBox") or media).intersection(media)
    trim = box_of(page, "/TrimBox") or crop
    bleed = (box_of(page, "/BleedBox") or trim).union(trim).intersection(media.union(trim))
    matrix = upright(trim, rotation(page), user_unit(page))
    seen = matrix.bounds(trim)
    return _SourcePage(page, matrix, seen.width, seen.height, matrix.bounds(bleed), bleed)


def _widest_bleed(page: _SourcePage) -> float:
    bleed = page.bleed
    return max(-bleed.x0, -bleed.y0, bleed.x1 - page.width, bleed.y1 - page.height, 0.0)


def _require_one_size(pages: list[_SourcePage], source: Path) -> None:
    first = pages[0]
    findings = [
        Finding(
            "imposition-page-size",
            Severity.ERROR,
            f"page {number} is {in_mm(page.width):.1f} × {in_mm(page.height):.1f} mm, "
            f"page 1 is {in_mm(first.width):.1f} × {in_mm(first.height):.1f} mm",
            "give all pages one trimmed size and one orientation",
            file=str(source),
        )
        for number, page in enumerate(pages, start=1)
        if abs(page.width - first.width) > SIZE_TOLERANCE_PT or abs(page.height - first.height) > SIZE_TOLERANCE_PT
    ]
    if findings:
        raise ContentError(findings)


def _as_form(target: Pdf, page: _SourcePage) -> Object:
    form = target.copy_foreign(page.page.as_form_xobject(handle_transformations=False))
    # The form is made for the TrimBox; the bleed around it belongs to it too.
    bleed = page.bleed_in_user_space
    form.BBox = pikepdf.Array([bleed.x0, bleed.y0, bleed.x1, bleed.y1])
    return form


def _add_side(
    pdf: Pdf,
    layout: SheetLayout,
    side: tuple[Slot, ...],
    pages: list[_SourcePage],
    forms: list[Object],
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
        content.append(_draw(name, placement, pages[index]))
    resources = pikepdf.Dictionary(XObject=xobjects)
    if registration is not None:
        resources.ColorSpace = pikepdf.Dictionary(All=registration)
        content.append(_draw_marks(layout.marks(placements)))
    pdf.add_blank_page(page_size=(layout.sheet.width, layout.sheet.height))
    page = pdf.pages[-1]
    page.obj.MediaBox = _box(layout.sheet)
    page.obj.BleedBox = _box(layout.trimmed.grown(layout.trim))
    page.obj.TrimBox = _box(layout.trimmed)
    page.obj.Resources = resources
    page.obj.Contents = pdf.make_stream("\n".join(content).encode("ascii"))


def _draw(name: str, placement: Placement, page: _SourcePage) -> str:
    clip = placement.clip.intersection(placement.matrix.bounds(page.bleed))
    matrix = page.upright @ placement.matrix
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    window = (clip.x0, clip.y0, clip.width, clip.height)
    return f"q {_numbers(window)} re W n {_numbers(numbers)} cm {name} Do Q"


def _draw_marks(lines: list[Line]) -> str:
    drawn = [f"q /All CS 1 SCN {MARK_WIDTH_PT} w"]
    dashed = False
    for line in lines:
        if line.dashed and not dashed:
            drawn.append("[3 2] 0 d")
            dashed = True
        drawn.append(f"{_numbers(line.start)} m {_numbers(line.end)} l S")
    return "\n".join([*drawn, "Q"])


def _registration_colour() -> Object:
    """Separation /All: the marks stand on every plate (ISO 32000-2 §8.6.6.4)."""
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name("/All"), pikepdf.Name.DeviceCMYK, tint])


def _keep_print_settings(source: Pdf, target: Pdf) -> None:
    """Carry over what changes the printed colours and layers: output intents and optional content."""
    for key in ("/OutputIntents", "/OCProperties"):
        value = source.Root.get(key)
        if value is not None:
            target.Root[key] = target.copy_foreign(source.make_indirect(value))


def _box(rect: Rect) -> Object:
    return pikepdf.Array([round(side, NUMBER_DECIMALS) for side in (rect.x0, rect.y0, rect.x1, rect.y1)])


def _numbers(values: tuple[float, ...]) -> str:
    return " ".join(
        f"{round(value, NUMBER_DECIMALS) + 0.0:.{NUMBER_DECIMALS}f}".rstrip("0").rstrip(".") for value in values
    )
