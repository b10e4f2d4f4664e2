"""The printed face: the semantic tree laid out by WeasyPrint, with resources from this machine's own folders only."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from huikan.finding import ContentError, Finding, Severity
from huikan.render.document import LocalFetcher, TreeHTML, engine_messages, name_by_content
from huikan.render.faces import require_faces, required_faces
from huikan.render.glyphs import MissingGlyph, missing_glyphs
from huikan.render.layout import chinese_layout
from huikan.render.typography import typeset

_LARGEST_PPI = 350
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
    **options: Any,
) -> PdfPages:
    """Lay out the semantic tree and write a PDF to `target`.

    `folder` is the publication's, against which pictures are found; `stylesheets` cascade in their order.
    `variant` is WeasyPrint's name of a PDF standard. Notes pages fill up to `pages_in_multiples_of`.
    The tree itself is not changed.
    Raises ContentError for resources from outside and for characters that no face has; the finding's file is then
    the id of the content field. Raises MissingSystemPartError when a face of the design is not installed.
    """
    require_faces(
        face
        for sheet in stylesheets
        if sheet.name == "tokens.css"
        for face in required_faces(sheet.read_text(encoding="utf-8"))
    )
    tree = copy.deepcopy(root)
    typeset(tree, language)
    fetcher = LocalFetcher([folder, *{sheet.parent for sheet in stylesheets}])
    faces, images = FontConfiguration(), dict[str, Any]()
    with engine_messages() as messages, chinese_layout():
        try:
            sheets = [CSS(filename=sheet, font_config=faces, url_fetcher=fetcher) for sheet in stylesheets]

            def lay_out() -> Document:
                html = TreeHTML(tree, folder, fetcher)
                return html.render(
                    font_config=faces,
                    stylesheets=sheets,
                    pdf_variant=variant,
                    dpi=_LARGEST_PPI,
                    cache=images,
                    **options,
                )

            document = lay_out()
            if missing := -len(document.pages) % pages_in_multiples_of:
                _open_notes_pages(tree, missing)
                document = lay_out()
            name_by_content(images, fetcher.digests)
            lacking = missing_glyphs(document, tree)
            if lacking:
                raise ContentError(_glyph_finding(glyph) for glyph in lacking)
            document.write_pdf(target, pdf_variant=variant, dpi=_LARGEST_PPI, **options)
        except FatalURLFetchingError as error:
            raise ContentError([Finding("HK095", Severity.ERROR, str(error.__cause__ or error))]) from error
    problems = [_finding_of(message) for message in messages if _is_problem(message)]
    if problems:
        raise ContentError(problems)
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return PdfPages(len(document.pages), anchors)


def _open_notes_pages(tree: Element, number: int) -> None:
    """Let so many of the notes pages before the back cover be printed."""
    notes = [element for element in tree.iter("section") if "notes" in element.get("class", "").split()]
    for element in notes[:number]:
        element.set("data-only", "pdf")


def _glyph_finding(glyph: MissingGlyph) -> Finding:
    message = f"no installed face has the character {glyph.character!r} ({glyph.name}), on page {glyph.page}"
    hint = "install a face that has it and name it in styles/tokens.css, or write another character"
    return Finding("HK088", Severity.ERROR, message, hint, file=glyph.field)


def _is_problem(message: str) -> bool:
    return message.startswith(("Failed to load image", "No anchor #"))


def _finding_of(message: str) -> Finding:
    if message.startswith("No anchor #"):
        return Finding("HK096", Severity.ERROR, f"a page reference leads nowhere: {message}")
    return Finding("HK097", Severity.ERROR, f"a picture cannot be used: {message}")
