"""Reading built booklets back: the words of a page, of a PDF, of a Word copy, without what typesetting adds."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pypdfium2
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffe\u0002"))


def plain(text: str) -> str:
    """NFKC without white space, hyphens and invisible characters: the words alone."""
    return re.sub(r"[\s\-\u2010\u2011]+", "", unicodedata.normalize("NFKC", text).translate(_UNSEEN))


@cache
def pdf_pages(path: Path) -> tuple[str, ...]:
    """The plain words of each page of a PDF."""
    document = pypdfium2.PdfDocument(path)
    try:
        return tuple(plain(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


@cache
def docx_text(path: Path) -> str:
    """The plain words of a Word copy's body, in order."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    return plain("".join(node.text or "" for node in body.iter(W + "t")))


def tree_text(element: Element, *, skip: frozenset[str] = frozenset({"head", "style"})) -> str:
    """The plain words of a semantic tree that every face prints."""

    def walk(node: Element) -> list[str]:
        if not isinstance(node.tag, str) or node.tag in skip or "}" in node.tag or node.get("data-only"):
            return [node.tail or ""]
        return [*inside(node), node.tail or ""]

    def inside(node: Element) -> list[str]:
        return [node.text or "", *(piece for child in node for piece in walk(child))]

    return plain("".join(inside(element)))
