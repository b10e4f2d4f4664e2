"""The printed face: the semantic tree laid out by WeasyPrint, with resources from this machine's own folders only."""

from __future__ import annotations

import copy
import hashlib
import logging
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import cssselect2
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.images import RasterImage
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from huikan.finding import ContentError, Finding, Severity
from huikan.render.faces import require_faces, required_faces
from huikan.render.glyphs import MissingGlyph, missing_glyphs
from huikan.render.layout import chinese_layout
from huikan.render.typography import typeset

_LARGEST_PPI = 350
"""Pictures finer than this at their printed size gain nothing on paper."""


class _LocalFetcher(URLFetcher):  # type: ignore[misc]
    """Opens files below the given folders and nothing else; links out of them are not followed."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=("file",))
        self.folders = tuple(folder.resolve() for folder in folders)
        self.digests: dict[str, str] = {}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(unquote(parts.path))
        if parts.scheme != "file" or parts.netloc or not any(path.resolve().is_relative_to(f) for f in self.folders):
            raise _OutsideError(f"{url} is not in the publication's folder or among the built-in files")
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = path.read_bytes()
        self.digests[url] = hashlib.sha256(content).hexdigest()[:32]
        return URLFetcherResponse(url, content, {"Content-Type": mime})


class _OutsideError(FatalURLFetchingError):  # type: ignore[misc]
    """A template or stylesheet asked for something outside."""


class _TreeHTML(HTML):  # type: ignore[misc]
    """WeasyPrint's document over a tree that is parsed already."""

    def __init__(self, root: Element, base: Path, fetcher: URLFetcher) -> None:
        self.base_url = base.resolve().as_uri() + "/"
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


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
    fetcher = _LocalFetcher([folder, *{sheet.parent for sheet in stylesheets}])
    faces, images = FontConfiguration(), dict[str, Any]()
    with _engine_messages() as messages, chinese_layout():
        try:
            sheets = [CSS(filename=sheet, font_config=faces, url_fetcher=fetcher) for sheet in stylesheets]

            def lay_out() -> Document:
                html = _TreeHTML(tree, folder, fetcher)
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
            _name_by_content(images, fetcher.digests)
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


def _name_by_content(images: Mapping[str, Any], digests: Mapping[str, str]) -> None:
    """Give each picture a name from its content: the engine's, from its path, would tell where the folder was."""
    for url, digest in digests.items():
        if isinstance(images.get(url), RasterImage):
            images[url].id = digest


@contextmanager
def _engine_messages() -> Iterator[list[str]]:
    """What the engine complains of while it works; it keeps off the terminal."""
    messages: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger, handler = logging.getLogger("weasyprint"), Collect(logging.WARNING)
    before, propagates = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield messages
    finally:
        logger.handlers, logger.propagate = before, propagates


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
