"""Archives written for tests, without the build around them."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.render.archive.attachments import Attachment, Relationship
from huikan.render.archive.metadata import archive_metadata
from huikan.render.archive.write import finish_archive
from huikan.render.chapters.book import set_book
from huikan.render.chapters.order import Order
from huikan.render.html import SecondLanguage, parse_html, render_html
from huikan.render.pdf import order_pdf, write_book
from huikan.render.stylesheets import design_of
from huikan.render.workshop import Workshop

TIME = dt.datetime(2024, 11, 6, tzinfo=dt.UTC)
SHEETS = ("tokens.css", "base.css", "cjk.css", "print.css")
VARIANT = "pdf/a-3a"


def archive_order(content: Path, language: str, second: str = "") -> Order:
    """The order of a publication's archive; with a second language, of the bilingual one."""
    loaded = load_publication(content)
    design = design_of(content, loaded.publication.booklet.theme)
    labels, other = load_labels(language, design.templates), None
    if second:
        others = load_labels(second, design.templates)
        other = SecondLanguage(resolve(loaded.publication, others), others)
    page = render_html(resolve(loaded.publication, labels), labels, design.templates, None, other)
    return order_pdf(
        parse_html(page),
        folder=content,
        stylesheets=design.cascade(*SHEETS),
        language=language,
        variant=VARIANT,
        pdf_identifier=b"0" * 32,
    )


def archive_of(content: Path, language: str) -> bytes:
    """The archive of the publication in `content`, its YAML and Markdown inside."""
    loaded = load_publication(content)
    labels = load_labels(language, design_of(content, loaded.publication.booklet.theme).templates)
    booklet = resolve(loaded.publication, labels)
    sources = [
        Attachment(path.relative_to(content).as_posix(), path.read_bytes(), Relationship.SOURCE, "source")
        for path in loaded.source_files
    ]
    book, target = BytesIO(), BytesIO()
    write_book(set_book(archive_order(content, language), Workshop()), book)
    finish_archive(
        book,
        target,
        metadata=archive_metadata(
            booklet,
            labels["document"],
            time=TIME,
            identifier=f"{booklet.id}.{language}",
            producer="WeasyPrint",
            creator_tool="Huikan",
        ),
        attachments=sources,
    )
    return target.getvalue()
