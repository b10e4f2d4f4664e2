"""Documents for the tests of the Word face: small trees in the vocabulary, and what was written, read back."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as OpenDocument
from lxml import etree

from huikan.render.docx import DocumentProperties, WordPages, write_docx
from huikan.render.html import parse_html
from huikan.render.tokens import Tokens, load_tokens
from huikan.resources import builtin

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACES = {
    "w": W[1:-1],
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def tokens(theme: str = "default") -> Tokens:
    return load_tokens([builtin("styles")], theme)


def html(body: str, language: str = "zh-Hans") -> str:
    return f'<!DOCTYPE html><html lang="{language}"><head><title>会刊</title></head><body>{body}</body></html>'


def page(content: str, name: str = "introduction", running: str = "简介") -> str:
    return f'<section class="{name}" id="{name}" data-running="{running}">{content}</section>'


def written(
    body: str, *, language: str = "zh-Hans", folder: Path = Path(), theme: str = "default"
) -> tuple[bytes, WordPages]:
    return write(html(body, language), language=language, folder=folder, theme=theme)


def write(
    source: str, *, language: str = "zh-Hans", folder: Path = Path(), theme: str = "default"
) -> tuple[bytes, WordPages]:
    """The document of a whole HTML source."""
    target = io.BytesIO()
    pages = write_docx(
        parse_html(source),
        target,
        images=lambda source: folder / source,
        tokens=tokens(theme),
        document=DocumentProperties("forum", language, "会刊", dt.date(2024, 11, 6), "0.1.0"),
    )
    return target.getvalue(), pages


def part(document: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(name))


def names(document: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.namelist()


def find(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements at an XPath; `w:`, `r:`, `wp:` and `a:` are declared."""
    found = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, etree._Element)]


def values(root: etree._Element, path: str) -> list[str]:
    """The attribute values or texts at an XPath."""
    found = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [str(value) for value in found]


def body_of(body: str, *, language: str = "zh-Hans", folder: Path = Path()) -> etree._Element:
    return part(written(body, language=language, folder=folder)[0], "word/document.xml")


def opened(document: bytes) -> OpenDocument:
    return Document(io.BytesIO(document))
