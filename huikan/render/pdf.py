"""The printed face: the semantic tree laid out by WeasyPrint, with resources from this machine's own folders only."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

from huikan.finding import ContentError, Finding, Severity
from huikan.render.chapters.order import Book, Look, Order
from huikan.render.complaints import lacking_glyph, told_by_engine
from huikan.render.faces import require_faces_of
from huikan.render.photographs import LARGEST_PPI
from huikan.render.typography import typeset
from huikan.render.workshop import Workshop


@dataclass(frozen=True, slots=True)
class PdfPages:
    """A written PDF: its number of pages and, by anchor, the page (from 1) on which the anchor stands."""

    pages: int
    anchors: dict[str, int]


def order_pdf(
    root: Element,
    *,
    folder: Path,
    stylesheets: Sequence[Path],
    language: str,
    variant: str | None = None,
    pages_in_multiples_of: int = 1,
    pdf_identifier: bytes = b"",
) -> Order:
    """Make the semantic tree ready to be set as a PDF, chapter by chapter; the tree itself is not changed.

    `folder` is the publication's, against which pictures are found; `stylesheets` cascade in their order.
    `variant` is WeasyPrint's name of a PDF standard without tags. Notes pages fill up to `pages_in_multiples_of`.
    Raises MissingSystemPartError when a face of the design is not installed.
    """
    require_faces_of(stylesheets)
    tree = copy.deepcopy(root)
    typeset(tree, language)
    look = Look(folder, tuple(stylesheets), variant, LARGEST_PPI)
    return Order(tree, look, language, pdf_identifier, pages_in_multiples_of)


def write_pdf(
    root: Element,
    target: BytesIO,
    *,
    folder: Path,
    stylesheets: Sequence[Path],
    language: str,
    variant: str | None = None,
    workshop: Workshop | None = None,
) -> PdfPages:
    """Lay out the semantic tree and write a PDF to `target`; the arguments are those of `order_pdf`.

    The `workshop` decides how fast it goes, not what comes out. Raises ContentError for resources from outside and for
    characters that no face has; the finding's file is then the id of the content field.
    """
    from huikan.render.chapters.book import set_book

    order = order_pdf(root, folder=folder, stylesheets=stylesheets, language=language, variant=variant)
    return write_book(set_book(order, workshop or Workshop()), target)


def write_book(book: Book, target: BytesIO) -> PdfPages:
    """Write a book that was set to `target`. Raises ContentError when something in it cannot be printed."""
    if book.problems:
        raise ContentError(book.problems)
    target.write(book.pdf)
    return PdfPages(book.pages, book.anchors)


def write_tagged_pdf(
    root: Element,
    target: BytesIO,
    *,
    folder: Path,
    stylesheets: Sequence[Path],
    language: str,
    variant: str,
    pdf_identifier: bytes,
    workshop: Workshop | None = None,
) -> PdfPages:
    """As `write_pdf`, in one piece: the tag tree is made from all pages at once."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    from huikan.render.document import LocalFetcher, TreeHTML, engine_messages
    from huikan.render.engine_pictures import EnginePictures
    from huikan.render.glyphs import missing_glyphs
    from huikan.render.layout import chinese_layout

    require_faces_of(stylesheets)
    tree = copy.deepcopy(root)
    typeset(tree, language)
    fetcher = LocalFetcher([folder, *{sheet.parent for sheet in stylesheets}])
    faces, images = FontConfiguration(), EnginePictures(fetcher, workshop or Workshop())
    with engine_messages() as messages, chinese_layout():
        try:
            sheets = [CSS(filename=sheet, font_config=faces, url_fetcher=fetcher) for sheet in stylesheets]
            document = TreeHTML(tree, folder, fetcher).render(
                font_config=faces, stylesheets=sheets, pdf_variant=variant, dpi=LARGEST_PPI, cache=images
            )
            lacking = missing_glyphs(document, tree)
            if lacking:
                raise ContentError(lacking_glyph(glyph.character, glyph.field, glyph.page) for glyph in lacking)
            document.write_pdf(target, pdf_variant=variant, dpi=LARGEST_PPI, pdf_identifier=pdf_identifier)
        except FatalURLFetchingError as error:
            raise ContentError([Finding("HK095", Severity.ERROR, str(error.__cause__ or error))]) from error
    if problems := told_by_engine(messages):
        raise ContentError(problems)
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return PdfPages(len(document.pages), anchors)
