"""The cover of the e-book: a picture of the printed one."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import pypdfium2

from huikan.content.resolved import ResolvedBooklet
from huikan.render.epub.chapters import Chapter
from huikan.render.pdf import write_pdf
from huikan.render.vocabulary import classes_of

HEIGHT = 1600
"""Pixels from top to bottom, as shops and libraries show covers."""


def cover_picture(root: Element, folder: Path, stylesheets: Sequence[Path], language: str) -> bytes:
    """The first page that the tree prints, as PNG."""
    tree = copy.deepcopy(root)
    body = next(tree.iter("body"))
    for part in [part for part in body if "cover" not in classes_of(part)]:
        body.remove(part)
    printed, picture = io.BytesIO(), io.BytesIO()
    write_pdf(tree, printed, folder=folder, stylesheets=stylesheets, language=language)
    document = pypdfium2.PdfDocument(printed.getvalue())
    try:
        page = document[0]
        image = page.render(scale=HEIGHT / page.get_height()).to_pil()
    finally:
        document.close()
    image.convert("RGB").save(picture, "PNG", optimize=True)
    return picture.getvalue()


def cover_chapter(booklet: ResolvedBooklet) -> Chapter:
    """The chapter that shows the cover; the title page says its words."""
    part = Element("section", {"epub:type": "cover"})
    words = " ".join(phrase.text for phrase in (booklet.series, booklet.title, booklet.kind) if phrase)
    SubElement(part, "img", {"src": "cover.png", "alt": words, "role": "doc-cover"})
    return Chapter("cover.xhtml", booklet.title.text, (part,), "cover")
