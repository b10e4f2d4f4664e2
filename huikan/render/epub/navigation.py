"""The navigation document: the printed table of contents, and the landmarks of the book."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from huikan.content.labels import Labels
from huikan.render.epub.chapters import Chapter
from huikan.render.epub.xhtml import xhtml

_LANDMARKS = {"title-page": "titlepage", "imprint": "copyright-page", "index": "index"}


def navigation(contents: Chapter, chapters: Sequence[Chapter], labels: Labels) -> bytes:
    """The chapter of the contents as navigation document (https://www.w3.org/TR/epub-33/#sec-nav)."""
    (toc,) = contents.parts
    toc.set("epub:type", "toc")
    toc.set("role", "doc-toc")
    landmarks = Element("nav", {"epub:type": "landmarks", "hidden": "hidden"})
    SubElement(landmarks, "h2").text = labels["epub.landmarks"]
    lines = SubElement(landmarks, "ol")
    _landmark(lines, "cover", "cover.xhtml", labels["epub.cover"])
    opened = False
    for chapter in chapters:
        semantics = "toc" if chapter.is_contents else _LANDMARKS.get(chapter.kind, "")
        called = labels["epub.title_page"] if semantics == "titlepage" else chapter.title
        called = labels["imprint.heading"] if semantics == "copyright-page" else called
        if not semantics and not opened:
            semantics, opened = "bodymatter", True
        if semantics:
            _landmark(lines, semantics, chapter.file, called)
    document = Chapter(contents.file, contents.title, (toc, landmarks), contents.kind)
    return xhtml(document, labels.language)


def _landmark(lines: Element, semantics: str, file: str, called: str) -> None:
    link = SubElement(SubElement(lines, "li"), "a", {"epub:type": semantics, "href": file})
    link.text = called
