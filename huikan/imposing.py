"""A booklet's imposed sheets: the scheme that its binding and paper ask for, and the words beside each sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
    from huikan.print.outlines import Outline
    from huikan.print.sheet_layout import Scheme
    from huikan.print.sheet_marks import SheetSide

COMMON_PAPER = (128, 0.8)
"""Grammage in g/m² and bulk in cm³/g of what such booklets are often printed on, coated art paper."""
LONGEST_TITLE = 40
"""Characters of the title in a slug line."""


def impose_booklet(document: Document, press_pdf: bytes) -> bytes:
    """Sheets of the press edition: stapled, two pages a side; or folded signatures of what is glued into the cover."""
    from huikan.print.impose import impose

    booklet, target = document.loaded.publication.booklet, BytesIO()
    stapled, labels = booklet.press.binding is Binding.SADDLE_STITCH, document.labels

    def place(side: SheetSide) -> str:
        if stapled:
            return labels["sheet.number"].format(number=side.sheet, count=side.sheets)
        return labels["sheet.signature"].format(number=side.signature, count=side.signatures)

    with slug_lines(document, press_pdf) as slug:
        impose(
            BytesIO(press_pdf),
            target,
            _scheme(booklet),
            cover_pages=0 if stapled else PAGES_OF_A_SHEET // 2,
            slug=lambda side: slug(place(side), side.front),
        )
    return target.getvalue()


@contextmanager
def slug_lines(document: Document, press_pdf: bytes) -> Iterator[Callable[[str, bool], Outline]]:
    """What sets a slug line, of the name of a sheet and whether it is its front; for as long as the face is open.

    It says which booklet, sheet and side it is, the day that the file claims, and the first digits of the press
    edition's id: sheets made of two states of a booklet differ in that alone.
    """
    from huikan.print.outlines import outlined_face

    title, labels = document.booklet.title.text, document.labels
    if len(title) > LONGEST_TITLE:
        title = f"{title[:LONGEST_TITLE].rstrip()}…"
    with pikepdf.open(BytesIO(press_pdf)) as pdf, pdf.open_metadata(update_docinfo=False) as metadata:
        state = str(metadata.get("xmpMM:DocumentID", "")).removeprefix("uuid:")[:8]
    about, day = (f"{document.booklet.id}.{document.language}", title), document.time.date().isoformat()
    with outlined_face(
        *face_file(load_tokens(document.design.styles, document.design.theme).family("font-hei"))
    ) as face:
        yield lambda sheet, front: face.line(
            " · ".join((*about, sheet, labels["sheet.front" if front else "sheet.back"], day, state))
        )


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
