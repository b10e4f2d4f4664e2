"""The editions: how each file of one language is made from the same semantic tree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import huikan
from huikan.content.labels import load_labels
from huikan.content.model import BILINGUAL, Binding, Edition
from huikan.content.resolved import ResolvedBooklet
from huikan.document import Document
from huikan.outputs import describe, manifest
from huikan.print.signatures import PAGES_OF_A_SHEET
from huikan.render.chapters.order import Book, Order
from huikan.render.inks import inks_of
from huikan.render.pdf import look_of, order_pdf, printable
from huikan.render.stylesheets import Design, reading_sheets
from huikan.render.tokens import load_tokens

if TYPE_CHECKING:
    from huikan.render.chapters.composing_room import ComposingRoom

_PRINTABLE = (Edition.PRINT, Edition.ARCHIVE)
"""The editions that a reader of the web page may print, the best first; their pages are the same."""
REPORT_ANCHOR = "report-abstract"
"""The id of the report's element in the templates."""
_VARIANTS = {Edition.PRESS: "pdf/x-4", Edition.ARCHIVE: "pdf/a-3a"}
"""The engine's names of the PDF standards that books are set to."""


def _book_sheets(design: Design, draft: bool, edition: Edition) -> tuple[Path, ...]:
    return (*reading_sheets(design, draft), *(design.cascade("press.css") if edition is Edition.PRESS else ()))


def made(document: Document, edition: Edition) -> tuple[bytes, int]:
    """The edition's file and its pages, made once."""
    if edition not in document.made:
        document.made[edition] = _MAKERS[edition](document)
    return document.made[edition]


def make_ready(folder: Path, design: Design, draft: bool, editions: Sequence[Edition], room: ComposingRoom) -> None:
    """Let the process that sets the books of `editions` load what they need beside the content."""
    for edition, made_from_it in _BOOKS.items():
        if made_from_it.intersection(editions):
            room.make_ready(look_of(folder, _book_sheets(design, draft, edition), _VARIANTS.get(edition)))


def begin(document: Document, editions: Sequence[Edition], room: ComposingRoom) -> None:
    """Hand the books that `editions` are made from to a process that sets them meanwhile."""
    for edition, made_from_it in _BOOKS.items():
        if made_from_it.intersection(editions):
            document.begun[edition] = room.begin(_order(document, edition, document.html), document.language)


def _order(document: Document, edition: Edition, source: Element | str) -> Callable[..., Order]:
    """What makes the order, in this process or another, of the document's tree or its HTML, which a parser may know."""
    identifier = _identifier(document, edition)  # for which the pictures are hashed: first, so that they are known
    return partial(
        order_pdf,
        source,
        folder=document.loaded.folder,
        stylesheets=_book_sheets(document.design, document.draft, edition),
        language=document.booklet.language,
        variant=_VARIANTS.get(edition),
        twins=[_VARIANTS.get(twin) for twin in _twins(document, edition)],
        pages_in_multiples_of=PAGES_OF_A_SHEET if edition is Edition.PRESS else 1,
        pdf_identifier=identifier,
        pictures=document.sources.pictures_known(),
    )


def _twins(document: Document, edition: Edition) -> list[Edition]:
    """The editions of the same pages that are still to be made."""
    if edition not in _PRINTABLE or not document.workshop.keeps:
        return []
    others = (other for other in _PRINTABLE if other is not edition and other in document.editions)
    return [other for other in others if other not in document.made and other not in document.begun]


def _book(document: Document, edition: Edition) -> Book:
    if edition in document.begun:
        return printable(document.begun[edition]())
    from huikan.render.chapters.book import set_book

    return printable(set_book(_order(document, edition, document.tree)(), document.workshop))


def _print(document: Document) -> tuple[bytes, int]:
    book = _book(document, Edition.PRINT)
    return book.pdf, book.pages


def _press(document: Document) -> tuple[bytes, int]:
    from huikan.print.press import finish_press

    book, finished = _book(document, Edition.PRESS), BytesIO()
    press_sheets = document.design.cascade("press.css")
    inks = inks_of(load_tokens(document.design.styles, document.design.theme), press_sheets)
    marks = document.loaded.publication.booklet.press.marks
    finish_press(BytesIO(book.pdf), finished, document.condition, created=document.time, tokens=inks, marks=marks)
    return finished.getvalue(), book.pages


def _imposed(document: Document) -> tuple[bytes, int]:
    import pikepdf

    from huikan.imposing import impose_booklet

    source, _ = made(document, Edition.PRESS)
    sheets = impose_booklet(document, source)
    with pikepdf.open(BytesIO(sheets)) as pdf:
        return sheets, len(pdf.pages)


def _cover(document: Document) -> tuple[bytes, int]:
    """Back cover, spine and front cover as one sheet, and its inside; the block gives the spine its width.

    A stapled booklet is folded along one line, as long as it is one that can be stapled.
    """
    from huikan.imposing import slug_lines
    from huikan.print.cover import compose_cover_sheet, spine_carries_text, spine_width
    from huikan.print.press import finish_press
    from huikan.render.spine import write_spine

    source, pages = made(document, Edition.PRESS)
    booklet = document.loaded.publication.booklet
    spine_mm = spine_width(pages - PAGES_OF_A_SHEET, booklet.paper.grammage, booklet.paper.bulk)
    if booklet.press.binding is Binding.SADDLE_STITCH and not spine_carries_text(spine_mm):
        spine_mm = 0.0
    tokens = load_tokens(document.design.styles, document.design.theme)
    press_sheets = document.design.cascade("press.css")
    inks = inks_of(tokens, press_sheets)
    ground = inks[f"#{tokens.colour('cover-blue').lower()}"]
    strip = None
    if spine_carries_text(spine_mm):
        raw, strip = BytesIO(), BytesIO()
        write_spine(
            raw,
            document.booklet,
            width_mm=spine_mm,
            stylesheets=document.design.cascade("tokens.css", "spine.css", "press.css"),
        )
        finish_press(raw, strip, document.condition, created=document.time, tokens=inks, marks=False)
    target = BytesIO()
    with slug_lines(document, source) as slug:
        compose_cover_sheet(
            BytesIO(source),
            target,
            spine_mm,
            spine=strip,
            spine_colour=ground,
            inside_pages=(2, -2),
            marks=booklet.press.marks,
            slug=lambda outer: slug(document.labels["sheet.cover"], outer),
        )
    return target.getvalue(), 2


def _archive(document: Document) -> tuple[bytes, int]:
    """The file holds the same whichever other editions are asked for, so that what is taken out builds it again."""
    from huikan.render.archive.metadata import archive_metadata
    from huikan.render.archive.sources import archive_attachments
    from huikan.render.archive.write import finish_archive

    booklet = document.booklet
    word, pages = made(document, Edition.REVIEW)
    copy = describe(document.name_of(Edition.REVIEW), Edition.REVIEW, document.language, pages, word)
    listing = manifest(booklet.id, (copy,), engines(), document.sources)
    book, target = _book(document, Edition.ARCHIVE), BytesIO()
    finish_archive(
        BytesIO(book.pdf),
        target,
        metadata=archive_metadata(
            booklet,
            document.labels["document"],
            time=document.time,
            identifier=f"{booklet.id}.{document.language}",
            producer=f"WeasyPrint {version('weasyprint')}",
            creator_tool=f"Huikan {huikan.__version__}",
        ),
        attachments=archive_attachments(document.sources, (copy.name, word), listing),
    )
    return target.getvalue(), book.pages


def _review(document: Document) -> tuple[bytes, int]:
    return _word_copy(document)


def made_for(document: Document, person: str) -> tuple[bytes, int]:
    """The Word copy of what one person approves, and its pages."""
    return _word_copy(document, person, places_of(document.booklet, person))


def places_of(booklet: ResolvedBooklet, person: str) -> frozenset[str]:
    """The ids of the elements that say something of a person: programme, portrait, summary, report."""
    found: set[str] = set()
    for session in booklet.sessions:
        found.update(name for each in session.entries if each.person.id == person for name in (each.anchor, each.row))
    reports = [booklet.closing_report, *(session.report for session in booklet.sessions)]
    if any(person == each.id for report in reports if report for each in report.presenters):
        found.add(REPORT_ANCHOR)
    return frozenset(found)


def _word_copy(document: Document, person: str = "", only: frozenset[str] = frozenset()) -> tuple[bytes, int]:
    from huikan.render.docx import DocumentProperties, write_docx

    folder, booklet = document.loaded.folder, document.booklet
    target = BytesIO()
    pages = write_docx(
        document.tree,
        target,
        images=lambda source: folder / unquote(source),
        tokens=load_tokens(document.design.styles, document.design.theme),
        document=DocumentProperties(
            booklet_id=booklet.id,
            language=booklet.language,
            title=" ".join(part.text for part in (booklet.series, booklet.title) if part),
            date=document.time.date(),
            engine=huikan.__version__,
            person=person,
        ),
        workshop=document.workshop,
        only=only,
        questions=document.questions,
    )
    return target.getvalue(), pages.pages


def _web(document: Document) -> tuple[bytes, int]:
    """The page links what booklet.yaml lists, whichever editions and languages are asked for this time."""
    from huikan.render.web import OtherLanguage, WebPage, write_web

    booklet, target = document.loaded.publication.booklet, BytesIO()
    pdf = next((document.name_of(edition) for edition in _PRINTABLE if edition in booklet.editions), "")
    others = tuple(
        OtherLanguage(
            language,
            load_labels(language, document.design.templates)["web.language"],
            f"{booklet.id}.{language}.html",
        )
        for language in booklet.languages
        if language != document.language
    )
    draft = ["draft.css"] if document.draft else []
    write_web(
        document.tree,
        target,
        folder=document.loaded.folder,
        stylesheets=document.design.cascade("tokens.css", "screen.css", *draft),
        page=WebPage(document.booklet, document.labels, pdf, others, document.draft),
    )
    return target.getvalue(), 0


def _epub(document: Document) -> tuple[bytes, int]:
    from huikan.render.epub import EpubBook, write_epub

    booklet, design, target = document.booklet, document.design, BytesIO()
    both = document.language == BILINGUAL
    write_epub(
        document.tree,
        target,
        folder=document.loaded.folder,
        stylesheets=design.cascade("epub.css"),
        cover_stylesheets=document.sheets,
        tokens=load_tokens(design.styles, design.theme),
        book=EpubBook(
            booklet,
            document.labels,
            document.loaded.publication.booklet.languages if both else (document.language,),
            f"{booklet.id}.{document.language}",
            document.time,
            document.draft,
        ),
    )
    return target.getvalue(), 0


def _identifier(document: Document, edition: Edition) -> bytes:
    """The PDF's id: the same content gives the same id."""
    digest = hashlib.sha256(f"{huikan.__version__} {edition} {document.language}".encode())
    digest.update(document.time.isoformat().encode())
    for name in document.sources:
        digest.update(hashlib.sha256(name.encode()).digest() + document.sources.sha256(name))
    return digest.hexdigest()[:32].encode()


def engines() -> dict[str, str]:
    """The versions that the bytes of a build depend on."""
    return {"huikan": huikan.__version__} | {name: version(name) for name in ("weasyprint", "python-docx", "jinja2")}


_BOOKS: dict[Edition, frozenset[Edition]] = {
    Edition.PRINT: frozenset({Edition.PRINT}),
    Edition.PRESS: frozenset({Edition.PRESS, Edition.IMPOSED, Edition.COVER}),
    Edition.ARCHIVE: frozenset({Edition.ARCHIVE}),
}
"""The books that are set by chapters, with the editions that are made from each."""

_MAKERS: dict[Edition, Callable[[Document], tuple[bytes, int]]] = {
    Edition.PRINT: _print,
    Edition.PRESS: _press,
    Edition.COVER: _cover,
    Edition.IMPOSED: _imposed,
    Edition.ARCHIVE: _archive,
    Edition.REVIEW: _review,
    Edition.WEB: _web,
    Edition.EPUB: _epub,
}


AVAILABLE = tuple(_MAKERS)
"""The editions that can be built."""
