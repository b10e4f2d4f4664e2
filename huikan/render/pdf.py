"""The printed face: the semantic tree laid out by WeasyPrint, with resources from this machine's own folders only."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from huikan.finding import ContentError, Finding, Severity
from huikan.render.document import LocalFetcher, TreeHTML, engine_messages, name_by_content
from huikan.render.faces import require_faces, required_faces
from huikan.render.glyphs import missing_glyphs
from huikan.render.layout import chinese_layout
from huikan.render.typography import typeset
from huikan.render.workshop import Workshop

if TYPE_CHECKING:
    from huikan.render.chapters.book import Book

LARGEST_PPI = 350
"""Pictures finer than this at their printed size gain nothing on paper."""


@dataclass(frozen=True, slots=True)
class PdfPages:
    """A written PDF: its number of pages and, by anchor, the page (from 1) on which the anchor stands."""

    pages: int
    anchors: dict[str, int]


def write_pdf(
    root: Element,
    target: BytesIO,
    *,
    folder: Path,
    stylesheets: Sequence[Path],
    language: str,
    variant: str | None = None,
    pages_in_multiples_of: int = 1,
    pdf_identifier: bytes = b"",
    workshop: Workshop | None = None,
) -> PdfPages:
    """Lay out the semantic tree, chapter by chapter, and write a PDF to `target`.

    `folder` is the publication's, against which pictures are found; `stylesheets` cascade in their order.
    `variant` is WeasyPrint's name of a PDF standard without tags. Notes pages fill up to `pages_in_multiples_of`.
    The tree itself is not changed. The `workshop` decides how fast it goes, not what comes out.
    Raises ContentError for resources from outside and for characters that no face has; the finding's file is then
    the id of the content field. Raises MissingSystemPartError when a face of the design is not installed.
    """
    from huikan.render.chapters.book import BookSetter
    from huikan.render.chapters.typesetter import Look

    _require_faces_of(stylesheets)
    tree = copy.deepcopy(root)
    typeset(tree, language)
    workshop = workshop or Workshop()
    look = Look(folder, tuple(stylesheets), variant, LARGEST_PPI)

    kept_as = f"{folder.resolve()} {look.digest} {language} {sorted(root.items())}"

    def make() -> BookSetter:
        return BookSetter(look, workshop)

    def complete(pages: int) -> Element | None:
        missing = -pages % pages_in_multiples_of
        if missing:
            _open_notes_pages(tree, missing)
        return tree if missing else None

    book = workshop.kept(kept_as, make).set_book(tree, pdf_identifier, complete)
    _raise_problems(book)
    target.write(book.pdf)
    return PdfPages(book.plan.total, dict(book.plan.anchors))


def write_tagged_pdf(
    root: Element,
    target: BytesIO,
    *,
    folder: Path,
    stylesheets: Sequence[Path],
    language: str,
    variant: str,
    pdf_identifier: bytes,
) -> PdfPages:
    """As `write_pdf`, in one piece: the tag tree is made from all pages at once."""
    _require_faces_of(stylesheets)
    tree = copy.deepcopy(root)
    typeset(tree, language)
    fetcher = LocalFetcher([folder, *{sheet.parent for sheet in stylesheets}])
    faces, images = FontConfiguration(), dict[str, Any]()
    with engine_messages() as messages, chinese_layout():
        try:
            sheets = [CSS(filename=sheet, font_config=faces, url_fetcher=fetcher) for sheet in stylesheets]
            document = TreeHTML(tree, folder, fetcher).render(
                font_config=faces, stylesheets=sheets, pdf_variant=variant, dpi=LARGEST_PPI, cache=images
            )
            name_by_content(images, fetcher.digests)
            lacking = missing_glyphs(document, tree)
            if lacking:
                raise ContentError(glyph_finding(glyph.character, glyph.field, glyph.page) for glyph in lacking)
            document.write_pdf(target, pdf_variant=variant, dpi=LARGEST_PPI, pdf_identifier=pdf_identifier)
        except FatalURLFetchingError as error:
            raise ContentError([Finding("HK095", Severity.ERROR, str(error.__cause__ or error))]) from error
    _raise_messages(messages)
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return PdfPages(len(document.pages), anchors)


def _require_faces_of(stylesheets: Sequence[Path]) -> None:
    require_faces(
        face
        for sheet in stylesheets
        if sheet.name == "tokens.css"
        for face in required_faces(sheet.read_text(encoding="utf-8"))
    )


def _open_notes_pages(tree: Element, number: int) -> None:
    """Let so many of the notes pages before the back cover be printed."""
    notes = [element for element in tree.iter("section") if "notes" in element.get("class", "").split()]
    for element in notes[:number]:
        element.set("data-only", "pdf")


def _raise_problems(book: Book) -> None:
    """Raise ContentError for characters without a glyph, pictures that failed, references that lead nowhere."""
    lacking = [
        glyph_finding(glyph.character, glyph.field, first + glyph.page - 1)
        for made, first in zip(book.chapters, book.first_pages, strict=True)
        for glyph in made.lacking
    ]
    if lacking:
        raise ContentError(dict.fromkeys(lacking))
    messages = [message for made in (*book.chapters, *book.furniture) for message in made.messages]
    linked = dict.fromkeys(link for made in book.chapters for page in made.pages for link in page.links)
    lost = [f"No anchor #{link} for internal URI reference" for link in linked if link not in book.plan.anchors]
    _raise_messages([*messages, *lost])


def _raise_messages(messages: Sequence[str]) -> None:
    problems = [_finding_of(message) for message in messages if _is_problem(message)]
    if problems:
        raise ContentError(problems)


def glyph_finding(character: str, field: str, page: int) -> Finding:
    """The finding about a character that no installed face has, in a content field, on a page from 1."""
    name = f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed character')}"
    message = f"no installed face has the character {character!r} ({name}), on page {page}"
    hint = "install a face that has it and name it in styles/tokens.css, or write another character"
    return Finding("HK088", Severity.ERROR, message, hint, file=field)


def _is_problem(message: str) -> bool:
    return message.startswith(("Failed to load image", "No anchor #"))


def _finding_of(message: str) -> Finding:
    if message.startswith("No anchor #"):
        return Finding("HK096", Severity.ERROR, f"a page reference leads nowhere: {message}")
    return Finding("HK097", Severity.ERROR, f"a picture cannot be used: {message}")
