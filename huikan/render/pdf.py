"""The printed face: the semantic tree laid out by WeasyPrint, with resources from this machine's own folders only."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

from huikan.finding import ContentError
from huikan.render.chapters.order import Book, Look, Order
from huikan.render.faces import require_faces_of
from huikan.render.resolution import LARGEST_PPI
from huikan.render.sections import SectionParser, parse_html
from huikan.render.stylesheets import design_of, likely_theme, reading_sheets
from huikan.render.typography import typeset
from huikan.render.workshop import PictureDigest, Workshop


@dataclass(frozen=True, slots=True)
class PdfPages:
    """A written PDF: its number of pages and, by anchor, the page (from 1) on which the anchor stands."""

    pages: int
    anchors: dict[str, int]


def look_of(
    folder: Path, stylesheets: Sequence[Path], variant: str | None = None, twins: Sequence[str | None] = ()
) -> Look:
    """`folder` is the publication's, against which pictures are found; `stylesheets` cascade in their order.

    `variant` is WeasyPrint's name of a PDF standard, `twins` those of books that will be made of the same pages.
    """
    return Look(folder, tuple(stylesheets), variant, LARGEST_PPI, tuple(twins))


def likely_look(folder: Path, *, draft: bool) -> Look:
    """What the printed book of the publication in `folder` will look like, in all likelihood.

    Raises OSError or ContentError when nothing can be told of it.
    """
    return look_of(folder, reading_sheets(design_of(folder, likely_theme(folder)), draft))


def order_pdf(
    document: Element | str,
    parser: SectionParser | None = None,
    *,
    folder: Path,
    stylesheets: Sequence[Path],
    language: str,
    variant: str | None = None,
    twins: Sequence[str | None] = (),
    pages_in_multiples_of: int = 1,
    pdf_identifier: bytes = b"",
    pictures: tuple[PictureDigest, ...] = (),
) -> Order:
    """Make a semantic document ready to be set as a PDF, chapter by chapter: a tree, which is not changed, or HTML.

    A `parser` may have read the HTML ahead; it is not to be used again. The look is that of `look_of`. Notes pages fill
    up to `pages_in_multiples_of`. Of `pictures` the digests are known.
    Raises MissingSystemPartError when a face of the design is not installed, and ContentError for HTML with an
    element or class that the vocabulary does not have.
    """
    require_faces_of(stylesheets)
    tree = parse_html(document, parser) if isinstance(document, str) else copy.deepcopy(document)
    typeset(tree, language)
    look = look_of(folder, stylesheets, variant, twins)
    return Order(tree, look, language, pdf_identifier, pages_in_multiples_of, pictures)


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
    target.write(printable(book).pdf)
    return PdfPages(book.pages, book.anchors)


def printable(book: Book) -> Book:
    """The book. Raises ContentError when something in it cannot be printed."""
    if book.problems:
        raise ContentError(book.problems)
    return book
