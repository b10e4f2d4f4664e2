"""One booklet made to be looked at: the PDF of an edition, with what its pages hold and where that is written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf

from huikan.check.placed import placed
from huikan.content.load import LoadedPublication
from huikan.content.model import BILINGUAL, Edition
from huikan.dating import document_time
from huikan.document import Document, document_of
from huikan.finding import ContentError
from huikan.preview.fingerprint import Fingerprints
from huikan.preview.grid import PageGrid, page_grid
from huikan.preview.marking import FieldBox, field_boxes, fields_marked, is_full_page
from huikan.preview.places import Places, WrittenPlace
from huikan.print.press import finish_press
from huikan.print.signatures import PAGES_OF_A_SHEET
from huikan.render.archive.sources import publication_files
from huikan.render.chapters.book import set_book
from huikan.render.inks import inks_of
from huikan.render.pdf import order_pdf, write_book
from huikan.render.stylesheets import design_of
from huikan.render.tokens import load_tokens
from huikan.render.workshop import Workshop

EDITIONS = (Edition.PRINT, Edition.PRESS)
_BLEED_SHEET = Path(__file__).with_name("assets") / "bleed.css"


@dataclass(frozen=True, slots=True)
class PreviewedPage:
    """A page. `look` names what it shows, `words` that and its fields; its trim's size is in pt.

    `outside` is the paper beyond the trim at left, top, right and bottom, in pt.
    """

    look: str
    words: str
    width: float
    height: float
    outside: tuple[float, float, float, float]
    is_full: bool
    boxes: tuple[FieldBox, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: its level and page count from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class PreviewedBooklet:
    """The booklet in one language and edition, as `render_preview` made it."""

    title: str
    language: str
    languages: tuple[str, ...]
    edition: Edition
    pdf: bytes
    pages: tuple[PreviewedPage, ...]
    outline: tuple[OutlineEntry, ...]
    grid: PageGrid
    places: dict[str, WrittenPlace]


def render_preview(loaded: LoadedPublication, language: str, edition: Edition, workshop: Workshop) -> PreviewedBooklet:
    """The pages of a loaded publication in a language, or in its first one if it has no such language.

    What the `workshop` keeps warm is set again only where it changed. Its store must be its own: chapters carry marks.

    Raises ContentError, its findings placed in the files, when the pages cannot be made.
    """
    booklet = loaded.publication.booklet
    offered = (*booklet.languages, *([BILINGUAL] if len(booklet.languages) > 1 else []))
    language = language if language in offered else offered[0]
    try:
        document = _document(loaded, language, workshop)
        with fields_marked():
            laid_out, finished = _printed(document) if edition is Edition.PRINT else _pressed(document)
    except ContentError as error:
        raise ContentError(placed(error.findings, loaded)) from error
    with pikepdf.open(BytesIO(laid_out)) as marked, pikepdf.open(BytesIO(finished)) as shown:
        pages = tuple(_pages(marked, shown))
        outline = tuple(_outline(marked))
    fields = dict.fromkeys(field for page in pages for box in page.boxes for field in box.fields)
    return PreviewedBooklet(
        document.booklet.title.text,
        language,
        offered,
        edition,
        finished,
        pages,
        outline,
        page_grid(document.design.cascade("tokens.css"), document.booklet.language),
        Places(loaded).of(fields),
    )


def _document(loaded: LoadedPublication, language: str, workshop: Workshop) -> Document:
    booklet = loaded.publication.booklet
    design = design_of(loaded.folder, booklet.theme)
    sources = publication_files(loaded.folder, loaded.source_files)
    time = document_time(booklet.date, os.environ)
    return document_of(loaded, sources, time, language, design, draft=False, workshop=workshop)


def _laid_out(document: Document, sheets: Sequence[Path], variant: str | None = None, sheet_pages: int = 1) -> bytes:
    order = order_pdf(
        document.tree,
        folder=document.loaded.folder,
        stylesheets=(*document.sheets, *sheets),
        language=document.booklet.language,
        variant=variant,
        pages_in_multiples_of=sheet_pages,
        pdf_identifier=b"preview",
    )
    target = BytesIO()
    write_book(set_book(order, document.workshop), target)
    return target.getvalue()


def _printed(document: Document) -> tuple[bytes, bytes]:
    """The print edition, with paper beyond the trim for whoever wants to see the bleed."""
    pdf = _laid_out(document, [_BLEED_SHEET])
    return pdf, pdf


def _pressed(document: Document) -> tuple[bytes, bytes]:
    """The press edition: as it is laid out, and as it goes to the printer, where links are forbidden."""
    press_sheets = document.design.cascade("press.css")
    raw, finished = _laid_out(document, press_sheets, "pdf/x-4", PAGES_OF_A_SHEET), BytesIO()
    inks = inks_of(load_tokens(document.design.styles, document.design.theme), press_sheets)
    marks = document.loaded.publication.booklet.press.marks
    finish_press(BytesIO(raw), finished, document.condition, created=document.time, tokens=inks, marks=marks)
    return raw, finished.getvalue()


def _pages(marked: pikepdf.Pdf, shown: pikepdf.Pdf) -> Iterator[PreviewedPage]:
    fingerprints = Fingerprints()
    for laid_out, page in zip(marked.pages, shown.pages, strict=True):
        media = [float(each) for each in page.MediaBox]
        trim = [float(each) for each in page.get("/TrimBox", page.MediaBox)]
        boxes = field_boxes(laid_out)
        look = fingerprints.of(page)
        yield PreviewedPage(
            look,
            hashlib.sha256(f"{look} {boxes}".encode()).hexdigest()[:20],
            round(trim[2] - trim[0], 3),
            round(trim[3] - trim[1], 3),
            (trim[0] - media[0], media[3] - trim[3], media[2] - trim[2], trim[1] - media[1]),
            is_full_page(laid_out),
            boxes,
        )


def _outline(pdf: pikepdf.Pdf) -> Iterator[OutlineEntry]:
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    with pdf.open_outline() as outline:
        levels = [(item, 1) for item in outline.root]
        while levels:
            item, level = levels.pop(0)
            place = item.destination
            number = numbers.get(place[0].objgen) if isinstance(place, pikepdf.Array) else None
            if number:
                yield OutlineEntry(str(item.title), level, number)
            levels[:0] = [(child, level + 1) for child in item.children]
