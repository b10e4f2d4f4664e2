"""The press edition's last step: a PDF as the typesetter wrote it becomes one a print shop takes as it is."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name

from huikan.finding import ContentError, Finding, Severity
from huikan.print.content_stream.walker import ContentWalker
from huikan.print.geometry import MM
from huikan.print.icc_profiles import Cmyk, CmykConversion, PrintingCondition
from huikan.print.pdf_file import box_of, name_of, readable, user_unit, write_deterministically
from huikan.print.placed_pages import box_array
from huikan.print.press_colour import PressColours
from huikan.print.press_images import PlacedSize, largest_placements
from huikan.print.press_marks import mark_page
from huikan.print.press_resources import ResourceConversion

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

    from huikan.print.pdf_file import PdfPlace

MAX_DECODED_BYTES = 1024 * 1024 * 1024
"""Photographs of a booklet unpack to far more than the content streams that are read otherwise."""


@dataclass(frozen=True, slots=True)
class PressReport:
    """What the last step did: counts of objects changed; `left_in_rgb` is what it could not convert."""

    pages: int
    colours: int
    gradients: int
    images: int
    downsampled_images: int
    overprinted_texts: int
    removed_annotations: int
    left_in_rgb: int
    condition: str


def finish_press(
    source: PdfPlace,
    target: PdfPlace,
    condition: PrintingCondition,
    *,
    created: dt.datetime,
    tokens: Mapping[str, Cmyk] | None = None,
    bleed_mm: float = 3.0,
    marks: bool = True,
) -> PressReport:
    """Finish a PDF that WeasyPrint wrote as PDF/X-4 with CSS `bleed: 10mm` (and no `marks`); `source` may be `target`.

    BleedBox is set `bleed_mm` beyond the trim, artwork is cut there, and crop and registration marks are drawn
    beside it; RGB and Lab colours, gradients and images become CMYK: `tokens`
    (`#rrggbb` → inks) exactly, grays and black with black ink alone, the rest through the ICC profile with at most
    300 % ink; images keep at most 350 ppi; black text overprints; links go, as PDF/X asks; the profile becomes the
    output intent; dates and ids follow `created` and the content. Raises ContentError when the file cannot be
    read, or when pages have no TrimBox or too little room for the bleed.
    """
    with readable(source, MAX_DECODED_BYTES) as pdf:
        _set_boxes(pdf, source, bleed_mm)
        removed = _remove_annotations(pdf)
        conversion = CmykConversion(condition)
        converted = ResourceConversion(
            pdf, PressColours(conversion, tokens or {}), conversion, placed=_placed_sizes(pdf)
        )
        for page in pdf.pages:
            converted.convert_page(page)
        converted.drop_unused_spaces()
        if marks:
            _draw_marks(pdf)
        _set_output_intent(pdf, condition)
        _set_identity(pdf, created)
        write_deterministically(pdf, target)
        counts = converted.counts
        return PressReport(
            pages=len(pdf.pages),
            colours=counts.colours,
            gradients=counts.gradients,
            images=counts.images,
            downsampled_images=counts.downsampled,
            overprinted_texts=counts.overprinted_texts,
            removed_annotations=removed,
            left_in_rgb=counts.left_in_rgb,
            condition=condition.description,
        )


def _set_boxes(pdf: Pdf, source: PdfPlace, bleed_mm: float) -> None:
    findings = []
    for number, page in enumerate(pdf.pages, start=1):
        trim, media = box_of(page, "/TrimBox"), box_of(page, "/MediaBox")
        bleed = trim.grown(bleed_mm * MM / user_unit(page)) if trim else None
        if bleed is None or media is None or not media.contains(bleed, tolerance=0.05):
            findings.append(_no_room(number, bleed_mm, source))
            continue
        page.obj.BleedBox = box_array(bleed.intersection(media))
        for key in ("/ArtBox", "/CropBox"):
            if key in page.obj:
                del page.obj[key]
    if findings:
        raise ContentError(findings)


def _draw_marks(pdf: Pdf) -> None:
    for page in pdf.pages:
        trim, bleed = box_of(page, "/TrimBox"), box_of(page, "/BleedBox")
        if trim and bleed:
            mark_page(pdf, page, trim, bleed)


def _no_room(number: int, bleed_mm: float, source: PdfPlace) -> Finding:
    return Finding(
        "HK053",
        Severity.ERROR,
        f"page {number} has no room for {bleed_mm:g} mm bleed around its trim",
        "set `bleed: 10mm` in the @page rule of the press style",
        file=name_of(source),
    )


def _remove_annotations(pdf: Pdf) -> int:
    """PDF/X-4 allows no link within the bleed (ISO 15930-7 §6.17)."""
    removed = 0
    for page in pdf.pages:
        if "/Annots" in page.obj:
            removed += len(page.obj.Annots) if isinstance(page.obj.Annots, Array) else 0
            del page.obj["/Annots"]
    return removed


def _placed_sizes(pdf: Pdf) -> dict[tuple[int, int], PlacedSize]:
    sizes: dict[tuple[int, int], PlacedSize] = {}
    walker = ContentWalker()
    for page in pdf.pages:
        largest_placements(walker.walk(page).paints, sizes)
    return sizes


def _set_output_intent(pdf: Pdf, condition: PrintingCondition) -> None:
    """The printing condition, as ISO 15930-7 §6.2.2 asks for it."""
    profile = pdf.make_stream(condition.data)
    profile.N, profile.Alternate = 4, Name.DeviceCMYK
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier="Custom",
        OutputCondition=condition.description,
        Info=condition.description,
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _set_identity(pdf: Pdf, created: dt.datetime) -> None:
    """Dates of the publication and ids of the content, so that the same content gives the same bytes."""
    moment = created if created.tzinfo else created.replace(tzinfo=dt.UTC)
    utc = moment.astimezone(dt.UTC)
    written = utc.strftime("D:%Y%m%d%H%M%S+00'00'")
    pdf.docinfo["/CreationDate"] = written
    pdf.docinfo["/ModDate"] = written
    digest = hashlib.sha256()
    for page in pdf.pages:
        digest.update(_content_of(page))
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            metadata[key] = utc.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        metadata["xmpMM:DocumentID"] = f"uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest())}"


def _content_of(page: Page) -> bytes:
    contents = page.obj.get("/Contents")
    if isinstance(contents, Array):
        return b"\n".join(part.read_bytes() for part in contents.as_list())
    return contents.read_bytes() if contents is not None else b""
