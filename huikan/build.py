"""A build: load, validate, resolve, render, and write every edition of every language, all or none."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import huikan
from huikan.content.labels import Labels, load_labels
from huikan.content.load import LoadedPublication, load_publication
from huikan.content.model import Edition
from huikan.content.resolve import resolve
from huikan.content.resolved import ResolvedBooklet
from huikan.dating import document_time
from huikan.finding import ContentError, Finding, Severity
from huikan.outputs import BuiltFile, describe, manifest, replace_all
from huikan.render.archive.metadata import archive_metadata
from huikan.render.archive.sources import archive_attachments, publication_files
from huikan.render.archive.write import write_archive_pdf
from huikan.render.docx import DocumentProperties, write_docx
from huikan.render.html import parse_html, render_html
from huikan.render.pdf import write_pdf
from huikan.render.stylesheets import Design, design_of
from huikan.render.tokens import load_tokens

MANIFEST = "manifest.json"
AVAILABLE = (Edition.PRINT, Edition.ARCHIVE, Edition.REVIEW)
_SUFFIX = {Edition.REVIEW: "docx"}

Progress = Callable[[str, int, int], None]
"""Told before each step: what is being made, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build. Empty `editions` and `languages` mean those of booklet.yaml."""

    content: Path
    output: Path
    editions: tuple[Edition, ...] = ()
    languages: tuple[str, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """The files of a finished build, and what was noticed on the way."""

    files: tuple[BuiltFile, ...]
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    """One language's semantic tree and what the faces need beside it; `made` keeps what one edition lends another."""

    loaded: LoadedPublication
    sources: Mapping[str, bytes]
    time: dt.datetime
    labels: Labels
    booklet: ResolvedBooklet
    tree: Element
    design: Design
    draft: bool
    made: dict[Edition, tuple[bytes, int]] = field(default_factory=dict)

    def name_of(self, edition: Edition) -> str:
        """The edition's file."""
        return f"{self.booklet.id}.{self.booklet.language}.{edition}.{_SUFFIX.get(edition, 'pdf')}"

    @property
    def sheets(self) -> tuple[Path, ...]:
        """The stylesheets of a page that is read, in cascading order."""
        draft = ["draft.css"] if self.draft else []
        return self.design.cascade("tokens.css", "base.css", "cjk.css", "print.css", *draft)


def build(request: BuildRequest, progress: Progress = lambda step, done, total: None) -> Built:
    """Build a publication into the output folder.

    Raises ContentError with every problem of the content; nothing in the output folder has changed then.
    """
    loaded = load_publication(request.content)
    booklet = loaded.publication.booklet
    design = design_of(request.content, booklet.theme)
    languages = _chosen(request.languages, booklet.languages, "language")
    editions = request.editions or tuple(edition for edition in booklet.editions if edition in AVAILABLE)
    names = [(language, edition) for language in languages for edition in editions]
    sources = publication_files(request.content, loaded.source_files)
    time = document_time(booklet.date, os.environ)
    contents: dict[str, bytes] = {}
    files: list[BuiltFile] = []
    for language in languages:
        document = _document(loaded, sources, time, language, design, request.draft)
        for edition in editions:
            name = document.name_of(edition)
            progress(name, len(files), len(names))
            try:
                contents[name], pages = _made(document, edition)
            except ContentError as error:
                raise ContentError(_placed(finding, loaded) for finding in error.findings) from error
            files.append(describe(name, edition, language, pages, contents[name]))
    progress(MANIFEST, len(files), len(names))
    contents[MANIFEST] = manifest(booklet.id, tuple(files), _engines())
    replace_all(request.output, contents)
    return Built(tuple(files), loaded.warnings)


def _placed(finding: Finding, loaded: LoadedPublication) -> Finding:
    """A finding about a content field, at the field's place in its file."""
    place = loaded.locate(finding.file) if "#" in finding.file else None
    if place is None:
        return finding
    return replace(finding, file=place.file, line=place.line, column=place.column)


def _chosen(wanted: Sequence[str], known: Sequence[str], what: str) -> tuple[str, ...]:
    strange = [name for name in wanted if name not in known]
    if strange:
        hint = f"booklet.yaml has {', '.join(known)}"
        raise ContentError(
            Finding("HK089", Severity.ERROR, f"the booklet has no {what} {name}", hint) for name in strange
        )
    return tuple(wanted) or tuple(known)


def _document(
    loaded: LoadedPublication,
    sources: Mapping[str, bytes],
    time: dt.datetime,
    language: str,
    design: Design,
    draft: bool,
) -> _Document:
    labels = load_labels(language, design.templates)
    booklet = resolve(loaded.publication, labels)
    tree = parse_html(render_html(booklet, labels, design.templates, time))
    return _Document(loaded, sources, time, labels, booklet, tree, design, draft)


def _made(document: _Document, edition: Edition) -> tuple[bytes, int]:
    """The edition's file and its pages, made once."""
    if edition not in document.made:
        document.made[edition] = _MAKERS[edition](document)
    return document.made[edition]


def _print(document: _Document) -> tuple[bytes, int]:
    target = BytesIO()
    laid_out = write_pdf(
        document.tree,
        target,
        folder=document.loaded.folder,
        stylesheets=document.sheets,
        language=document.booklet.language,
        pdf_identifier=_identifier(document, Edition.PRINT),
    )
    return target.getvalue(), laid_out.pages


def _archive(document: _Document) -> tuple[bytes, int]:
    """The file holds the same whichever other editions are asked for, so that what is taken out builds it again."""
    booklet, language = document.booklet, document.booklet.language
    word, pages = _made(document, Edition.REVIEW)
    copy = describe(document.name_of(Edition.REVIEW), Edition.REVIEW, language, pages, word)
    listing = manifest(booklet.id, (copy,), _engines(), document.sources)
    target = BytesIO()
    laid_out = write_archive_pdf(
        document.tree,
        target,
        folder=document.loaded.folder,
        stylesheets=document.sheets,
        language=language,
        metadata=archive_metadata(
            booklet,
            document.labels["document"],
            time=document.time,
            identifier=f"{booklet.id}.{language}",
            producer=f"WeasyPrint {version('weasyprint')}",
            creator_tool=f"Huikan {huikan.__version__}",
        ),
        attachments=archive_attachments(document.sources, (copy.name, word), listing),
        pdf_identifier=_identifier(document, Edition.ARCHIVE),
    )
    return target.getvalue(), laid_out.pages


def _review(document: _Document) -> tuple[bytes, int]:
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
        ),
    )
    return target.getvalue(), pages.pages


def _identifier(document: _Document, edition: Edition) -> bytes:
    """The PDF's id: the same content gives the same id."""
    digest = hashlib.sha256(f"{huikan.__version__} {edition} {document.booklet.language}".encode())
    digest.update(document.time.isoformat().encode())
    for name, content in document.sources.items():
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(content).digest())
    return digest.hexdigest()[:32].encode()


def _engines() -> dict[str, str]:
    return {"huikan": huikan.__version__} | {name: version(name) for name in ("weasyprint", "python-docx", "jinja2")}


_MAKERS: dict[Edition, Callable[[_Document], tuple[bytes, int]]] = {
    Edition.PRINT: _print,
    Edition.ARCHIVE: _archive,
    Edition.REVIEW: _review,
}
