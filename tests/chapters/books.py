"""Small books for tests of the setting by chapters, and readings of the PDFs that come of them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pikepdf
import pypdfium2

from huikan.render.chapters.book import set_book
from huikan.render.chapters.order import Book, Look, Order
from huikan.render.workshop import Workshop

STYLES = """
@page { size: 120mm 160mm; margin: 20mm; @footnote { border-top: .5pt solid black } }
@page :left { margin-left: 15mm; margin-right: 25mm; @top-left { content: string(chapter); } }
@page :right { margin-left: 25mm; margin-right: 15mm; @bottom-right { content: counter(page) "/" counter(pages); } }
@page :first { background: #eef; @bottom-right { content: "first" } }
@page :blank { background: #fee; }
body { margin: 0; font: 10pt/14pt "Noto Serif CJK SC"; }
section, nav { break-before: page; }
section.recto { break-before: right; }
h1 { font-size: 16pt; bookmark-level: 1; string-set: chapter content(); }
p { margin: 0 0 14pt; orphans: 2; widows: 2; }
nav p { margin: 0; }
nav a::after, a.page::after { content: " " target-counter(attr(href), page); }
.footnote { float: footnote; font-size: 8pt; }
"""
IN_ONE_PIECE = "@page :nth(9999) {}"
"""A rule that chooses no page, but for which every page's place in the book must be known."""
_SENTENCE = "潮位记录逐年积累，堤岸随之加高，沿岸居民的生活因此安稳。"


def book_tree(chapters: int = 5, sentences: int = 24) -> Element:
    """Contents, then chapters of different lengths with footnotes and page references; the third begins on a recto."""
    html = Element("html", {"lang": "zh"})
    ElementTree.SubElement(ElementTree.SubElement(html, "head"), "title").text = "书"
    body = ElementTree.SubElement(html, "body")
    contents = ElementTree.SubElement(body, "nav")
    for number in range(1, chapters + 1):
        line = ElementTree.SubElement(contents, "p")
        ElementTree.SubElement(line, "a", {"href": f"#chapter-{number}"}).text = f"第{number}章"
        section = ElementTree.SubElement(body, "section", {"class": "recto"} if number == 3 else {})
        ElementTree.SubElement(section, "h1", {"id": f"chapter-{number}"}).text = f"第{number}章"
        for part in range(number % 3 + 1):
            text = ElementTree.SubElement(section, "p")
            text.text = f"{number}.{part}　" + _SENTENCE * sentences
            note = ElementTree.SubElement(text, "span", {"class": "footnote"})
            note.text = f"第{number}章的注。"
            note.tail = "见第"
            target = f"#chapter-{chapters + 1 - number}"
            reference = ElementTree.SubElement(text, "a", {"href": target, "class": "page"})
            reference.tail = "页。"
    return html


@dataclass
class Shelf:
    """Sets trees with stylesheets written to a folder."""

    folder: Path

    def order(self, root: Element, *rules: str) -> Order:
        """An order under STYLES and further rules."""
        sheet = self.folder / "book.css"
        sheet.write_text(STYLES + "".join(rules), encoding="utf-8")
        return Order(root, Look(self.folder, (sheet,), None, 300), "zh", b"0" * 32)

    def set(self, root: Element, *rules: str, workshop: Workshop | None = None) -> Book:
        """The book, set."""
        return set_book(self.order(root, *rules), workshop or Workshop())


def pictures(pdf: bytes, scale: float = 1.0) -> list[bytes]:
    """The pixels of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [bytes(page.render(scale=scale).buffer) for page in document]
    finally:
        document.close()


def texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@dataclass
class Ways:
    """What leads from place to place in a PDF; lengths in whole hundredths of pt."""

    destinations: dict[str, tuple[Any, ...]]
    links: list[list[tuple[Any, ...]]]
    outline: list[Any]


def ways(pdf: bytes) -> Ways:
    """Destinations by name, links by page, the outline."""
    with pikepdf.open(BytesIO(pdf)) as book:
        numbers = {page.objgen: number for number, page in enumerate(book.pages, start=1)}

        def place(target: Any) -> tuple[Any, ...]:
            return (numbers[target[0].objgen], *(round(float(value), 2) for value in list(target)[2:4]))

        tree: Any = book.Root.get("/Names", pikepdf.Dictionary())
        names = list(tree.get("/Dests", pikepdf.Dictionary()).get("/Names", pikepdf.Array()))
        destinations = {str(name): place(target) for name, target in zip(names[::2], names[1::2], strict=True)}
        links = [sorted(_link(link) for link in page.obj.get("/Annots", [])) for page in book.pages]

        def listed(items: Any) -> list[Any]:
            return [(item.title, item.is_closed, place(item.destination), listed(item.children)) for item in items]

        with book.open_outline() as outline:
            return Ways(destinations, links, listed(outline.root))


def _link(link: Any) -> tuple[Any, ...]:
    action = link.get("/A", {})
    leads = str(link.get("/Dest", action.get("/D", action.get("/URI", ""))))
    return (leads, *(round(float(value), 2) for value in link.Rect))
