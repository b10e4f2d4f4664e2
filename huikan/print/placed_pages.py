"""Finished pages placed on larger sheets as form XObjects, and the marks around them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf

from huikan.print.geometry import Matrix, Rect, upright
from huikan.print.pdf_file import box_of, rotation, user_unit

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

MARK_WIDTH_PT = 0.25
NUMBER_DECIMALS = 5
_APPLICATION, _SHEET = "/Huikan", pikepdf.Name("/ImposedSheet")


@dataclass(frozen=True, slots=True)
class Line:
    """A mark: a thin line in points of the sheet, dashed where the sheet is folded."""

    start: tuple[float, float]
    end: tuple[float, float]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page as it is seen: `upright` puts its trim at the origin, `bleed` is in those points."""

    page: Page
    upright: Matrix
    width: float
    height: float
    bleed: Rect
    bleed_in_user_space: Rect


def source_page(page: Page) -> SourcePage:
    """Read the boxes of `page`; without a TrimBox the page is cut at its CropBox, and has no bleed."""
    media = box_of(page, "/MediaBox") or Rect(0, 0, 612, 792)
    crop = (box_of(page, "/CropBox") or media).intersection(media)
    trim = box_of(page, "/TrimBox") or crop
    bleed = (box_of(page, "/BleedBox") or trim).union(trim).intersection(media.union(trim))
    matrix = upright(trim, rotation(page), user_unit(page))
    seen = matrix.bounds(trim)
    return SourcePage(page, matrix, seen.width, seen.height, matrix.bounds(bleed), bleed)


def flatten_annotations(pdf: Pdf) -> None:
    """Draw stamps and form fields into the pages; links have no appearance and are left behind."""
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        for annotation in annotations.as_list() if isinstance(annotations, pikepdf.Array) else ():
            if isinstance(annotation, pikepdf.Dictionary) and "/AP" in annotation:
                pdf.flatten_annotations("print")
                return


def as_form(target: Pdf, page: SourcePage) -> Object:
    """Copy `page` into `target` as a form XObject that shows it with its bleed."""
    form = target.copy_foreign(page.page.as_form_xobject(handle_transformations=False))
    # The form is made for the TrimBox; the bleed around it belongs to it too.
    bleed = page.bleed_in_user_space
    form.BBox = pikepdf.Array([bleed.x0, bleed.y0, bleed.x1, bleed.y1])
    return form


def draw(name: str, page: SourcePage, placed: Matrix, clip: Rect) -> str:
    """Operators that paint the form `name` of `page`: `placed` maps its upright trim to the sheet, `clip` cuts."""
    window = clip.intersection(placed.bounds(page.bleed))
    matrix = page.upright @ placed
    six = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    rectangle = (window.x0, window.y0, window.width, window.height)
    return f"q {numbers(rectangle)} re W n {numbers(six)} cm {name} Do Q"


def draw_marks(lines: list[Line]) -> str:
    """Operators that stroke `lines` in the colour space /All of the page."""
    drawn = [f"q /All CS 1 SCN {MARK_WIDTH_PT} w"]
    dashed = False
    for line in lines:
        if line.dashed and not dashed:
            drawn.append("[3 2] 0 d")
            dashed = True
        drawn.append(f"{numbers(line.start)} m {numbers(line.end)} l S")
    return "\n".join([*drawn, "Q"])


def registration_colour() -> Object:
    """Separation /All: the marks stand on every plate (ISO 32000-2 §8.6.6.4)."""
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name("/All"), pikepdf.Name.DeviceCMYK, tint])


def keep_print_settings(source: Pdf, target: Pdf) -> None:
    """Carry over what changes the printed colours and layers: output intents and optional content."""
    for key in ("/OutputIntents", "/OCProperties"):
        value = source.Root.get(key)
        if value is not None:
            target.Root[key] = target.copy_foreign(source.make_indirect(value))


def keep_identity(source: Pdf, target: Pdf, part: str) -> None:
    """Say in `target` of which document it is a `part`; as sheets of a PDF/X it is one, with the same title and dates.

    Sheets cut from two states of a booklet tell them apart. No other standard survives: tags and links are gone.
    """
    with source.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as origin:
        document = origin.get("xmpMM:DocumentID")
        is_press_ready = "pdfxid:GTS_PDFXVersion" in origin
    if is_press_ready:
        target.Root.Metadata = target.copy_foreign(source.Root.Metadata)
        for key, value in source.docinfo.items():
            target.docinfo[key] = value
    if document:
        with target.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["xmpMM:OriginalDocumentID"] = document
            if is_press_ready:
                metadata["xmpMM:DocumentID"] = f"uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{document} {part}')}"


def mark_as_sheet(page: Page, source: Pdf) -> None:
    """Say that the page is a side of a sheet to be folded (a page-piece dictionary, ISO 32000-2 §14.5)."""
    modified = source.docinfo.get("/ModDate", pikepdf.String("D:19700101000000Z"))
    said = pikepdf.Dictionary(LastModified=pikepdf.String(str(modified)), Private=_SHEET)
    page.obj.PieceInfo = pikepdf.Dictionary({_APPLICATION: said})


def is_sheet(page: Page) -> bool:
    """Whether the page was marked as a side of a sheet."""
    pieces = page.obj.get("/PieceInfo")
    said = pieces.get(_APPLICATION) if isinstance(pieces, pikepdf.Dictionary) else None
    return isinstance(said, pikepdf.Dictionary) and said.get("/Private") == _SHEET


def box_array(rect: Rect) -> Object:
    """A rectangle as PDF writes it, rounded so that equal places give equal bytes."""
    return pikepdf.Array([round(side, NUMBER_DECIMALS) for side in (rect.x0, rect.y0, rect.x1, rect.y1)])


def numbers(values: tuple[float, ...]) -> str:
    """Numbers as a content stream writes them."""
    return " ".join(
        f"{round(value, NUMBER_DECIMALS) + 0.0:.{NUMBER_DECIMALS}f}".rstrip("0").rstrip(".") for value in values
    )
