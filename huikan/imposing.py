"""A booklet's imposed sheets: the scheme that its binding and paper ask for, and the words beside each sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf

from huikan.content.model import Binding, Booklet, Edition
from huikan.document import Document
from huikan.finding import Finding, Severity
from huikan.print.signatures import PAGES_OF_A_SHEET
from huikan.render.faces import face_file
from huikan.render.tokens import load_tokens

if TYPE_CHECKING:
    from huikan.print.sheet_layout import Scheme
    from huikan.print.sheet_marks import SheetSide

COMMON_PAPER = (128, 0.8)
"""Grammage in g/m² and bulk in cm³/g of what such booklets are often printed on, coated art paper."""
LONGEST_TITLE = 40
"""Characters of the title in a slug line."""


def impose_booklet(document: Document, press_pdf: bytes) -> bytes:
    """Sheets of the press edition: stapled, two pages a side; or folded signatures of what is glued into the cover."""
    from huikan.print.impose import impose
    from huikan.print.outlines import outlined_face

    booklet, target = document.loaded.publication.booklet, BytesIO()
    cover_pages = 0 if booklet.press.binding is Binding.SADDLE_STITCH else PAGES_OF_A_SHEET // 2
    family = load_tokens(document.design.styles, document.design.theme).family("font-hei")
    with outlined_face(*face_file(family)) as face:
        words = _slug(document, press_pdf)
        impose(
            BytesIO(press_pdf),
            target,
            _scheme(booklet),
            cover_pages=cover_pages,
            slug=lambda side: face.line(words(side)),
        )
    return target.getvalue()


def unstated_creep(documents: Sequence[Document]) -> Finding | None:
    """A warning that stapled sheets are imposed without creep, when nobody said how thick the paper is.

    It tells of the language with the most sheets; all are made.
    """
    from huikan.print.cover import leaf_thickness

    booklet = documents[0].loaded.publication.booklet
    sheets = max(document.made[Edition.PRESS][1] for document in documents) // PAGES_OF_A_SHEET
    press = booklet.press
    if press.binding is not Binding.SADDLE_STITCH or sheets < 2 or _creep(booklet) is not None:
        return None
    grammage, bulk = COMMON_PAPER
    creep = leaf_thickness(grammage, bulk)
    place = documents[0].loaded.locate("booklet.yaml#press")
    return Finding(
        "HK058",
        Severity.WARNING,
        f"no paper is named, so the pages of the {sheets} nested sheets ({2 * sheets} leaves) are not moved for creep; "
        f"{grammage} g/m² paper would ask for {creep:.1f} mm a sheet, {creep * (sheets - 1):.1f} mm for the innermost",
        f"name the paper: paper: {{grammage: {grammage}, bulk: {bulk}}}; or write press: {{creep_mm: 0}} "
        "if the print shop moves the pages itself",
        file="booklet.yaml",
        line=place.line if place else 0,
        column=place.column if place else 0,
    )


def _creep(booklet: Booklet) -> float | None:
    """How far each inner sheet's pages move, in mm: what is said, else a leaf of the paper; None if nothing is."""
    from huikan.print.cover import leaf_thickness

    if booklet.press.creep_mm is not None:
        return booklet.press.creep_mm
    if "paper" in booklet.model_fields_set and booklet.press.binding is Binding.SADDLE_STITCH:
        return leaf_thickness(booklet.paper.grammage, booklet.paper.bulk)
    return None


def _scheme(booklet: Booklet) -> Scheme:
    from huikan.print.sheet_layout import Scheme
    from huikan.print.signatures import Binding as SheetBinding
    from huikan.print.signatures import Blanks

    press, stapled = booklet.press, booklet.press.binding is Binding.SADDLE_STITCH
    return Scheme(
        SheetBinding.SADDLE_STITCH if stapled else SheetBinding.PERFECT,
        press.signature_pages,
        creep_mm=_creep(booklet) or 0.0,
        marks=press.marks,
        milling_mm=press.milling_mm,
        blanks=Blanks.BEFORE_LAST if stapled else Blanks.AT_END,
    )


def _slug(document: Document, press_pdf: bytes) -> Callable[[SheetSide], str]:
    """Which booklet, sheet and side; the day that the file claims, and the first digits of the press edition's id.

    Sheets made of two states of a booklet differ in that id alone.
    """
    labels, stapled = document.labels, document.loaded.publication.booklet.press.binding is Binding.SADDLE_STITCH
    title = document.booklet.title.text
    if len(title) > LONGEST_TITLE:
        title = f"{title[:LONGEST_TITLE].rstrip()}…"
    with pikepdf.open(BytesIO(press_pdf)) as pdf, pdf.open_metadata(update_docinfo=False) as metadata:
        state = str(metadata.get("xmpMM:DocumentID", "")).removeprefix("uuid:")[:8]

    def words(side: SheetSide) -> str:
        place = (
            labels["sheet.number"].format(number=side.sheet, count=side.sheets)
            if stapled
            else labels["sheet.signature"].format(number=side.signature, count=side.signatures)
        )
        return " · ".join(
            (
                f"{document.booklet.id}.{document.language}",
                title,
                place,
                labels["sheet.front" if side.front else "sheet.back"],
                document.time.date().isoformat(),
                state,
            )
        )

    return words
