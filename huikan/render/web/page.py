"""The semantic tree as one self-contained HTML page: landmarks, contents, pictures and styles inside, no script."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from huikan.content.labels import Labels
from huikan.content.resolved import ResolvedBooklet
from huikan.render.pageless import (
    bind_interpuncts,
    let_tables_scroll,
    line,
    link_without_pages,
    order_headings,
    remove,
    remove_editors_marks,
    remove_other_faces,
    say_once,
    set_notes,
)
from huikan.render.vocabulary import classes_of
from huikan.render.web.event_data import event_json_ld, open_graph
from huikan.render.web.pictures import inlined

PORTRAIT_WIDTH = 720
FIGURE_WIDTH = 1280
"""Pixels across at most: the width on a page of a screen with two pixels a CSS pixel."""

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The same page in another language: its tag, the language's own name for itself, the file beside this one."""

    language: str
    name: str
    file: str


@dataclass(frozen=True, slots=True)
class WebPage:
    """What the page says beside the tree. `pdf` is the file to print, beside the page; empty if none is made."""

    booklet: ResolvedBooklet
    labels: Labels
    pdf: str = ""
    others: tuple[OtherLanguage, ...] = ()
    draft: bool = False


def write_web(root: Element, target: BytesIO, *, folder: Path, stylesheets: Sequence[Path], page: WebPage) -> None:
    """Write the semantic tree as an HTML page to `target`, in UTF-8.

    `folder` is the publication's, against which pictures are found; `stylesheets` cascade in their order.
    The tree itself is not changed. Raises ContentError for a picture that is not in `folder` or cannot be used.
    """
    tree = copy.deepcopy(root)
    remove_other_faces(tree)
    link_without_pages(tree)
    set_notes(tree, page.labels)
    order_headings(tree)
    let_tables_scroll(tree, page.labels)
    _inline_pictures(tree, folder)
    _arrange(tree, page)
    _describe(tree, page, stylesheets)
    bind_interpuncts(tree)
    remove_editors_marks(tree, draft=page.draft)
    for element in tree.iter():
        element.tag = element.tag.removeprefix(_SVG)
    target.write(b"<!DOCTYPE html>\n" + ElementTree.tostring(tree, encoding="unicode", method="html").encode() + b"\n")


def _inline_pictures(tree: Element, folder: Path) -> None:
    portraits = {id(image) for figure in tree.iter("figure") if "portrait" in classes_of(figure) for image in figure}
    widths: dict[str, int] = {}
    for image in tree.iter("img"):
        width = PORTRAIT_WIDTH if id(image) in portraits else FIGURE_WIDTH
        widths[image.get("src", "")] = max(width, widths.get(image.get("src", ""), 0))
    pictures = inlined(widths, folder)
    for image in tree.iter("img"):
        picture = pictures[image.get("src", "")]
        image.set("src", picture.address)
        image.set("width", str(picture.width))
        image.set("height", str(picture.height))


def _arrange(tree: Element, page: WebPage) -> None:
    """Set the landmarks: skip link, cover as header, contents as navigation, imprint as footer, the rest as main."""
    body = next(tree.iter("body"))
    parts = list(body)
    for part in parts:
        body.remove(part)
    body.text = None
    labels = page.labels
    skip = SubElement(body, "a", {"class": "skip", "href": "#main"})
    skip.text = labels["web.skip"]
    header, columns = SubElement(body, "header"), SubElement(body, "div", {"class": "columns"})
    main, footer = Element("main", {"id": "main", "tabindex": "-1"}), Element("footer")
    for part in parts:
        kind = classes_of(part)
        if "cover" in kind:
            header.append(part)
        elif "toc" in kind:
            _name_contents(part)
            columns.append(part)
        elif "imprint" in kind:
            footer.append(part)
        else:
            main.append(part)
    for title_page in [part for part in main if "title-page" in classes_of(part)]:
        say_once(header, title_page)
        if not len(title_page):
            main.remove(title_page)
    columns.append(main)
    body.append(footer)
    for place in (next(header.iter("section"), header), footer):
        _link_beside(place, page)


def _name_contents(contents: Element) -> None:
    heading = next((child for child in contents if child.tag == "h2"), None)
    if heading is not None:
        heading.set("id", "toc-heading")
        contents.set("aria-labelledby", "toc-heading")


def _link_beside(place: Element, page: WebPage) -> None:
    """Links to the printed edition and to the page in other languages."""
    if not page.pdf and not page.others:
        return
    row = SubElement(place, "p", {"class": "beside"})
    if page.pdf:
        link = SubElement(row, "a", {"href": page.pdf, "type": "application/pdf"})
        link.text = page.labels["web.pdf"]
    for other in page.others:
        link = SubElement(row, "a", {"href": other.file, "hreflang": other.language, "lang": other.language})
        link.text = other.name


def _describe(tree: Element, page: WebPage, stylesheets: Iterable[Path]) -> None:
    """The head: what browsers, search engines and link previews read, and the styles."""
    head = next(tree.iter("head"))
    title = next((element.text or "" for element in head.iter("title")), "")
    paragraph = next(
        (line(p) for part in tree.iter("section") if part.get("id") == "introduction" for p in part.iter("p")), ""
    )
    named = {element.get("name", ""): element.get("content", "") for element in head.iter("meta")}
    description = paragraph or named.get("description", "")
    for element in [child for child in head if child.get("name", "").startswith("dcterms.")]:
        remove(element, head)
    head.insert(1, Element("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}))
    head.insert(2, Element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}))
    SubElement(head, "meta", {"name": "color-scheme", "content": "light dark"})
    for name, content in open_graph(page.booklet, title, description, [other.language for other in page.others]):
        SubElement(head, "meta", {"property": name, "content": content})
    for other in page.others:
        SubElement(head, "link", {"rel": "alternate", "hreflang": other.language, "href": other.file})
    if page.pdf:
        SubElement(head, "link", {"rel": "alternate", "type": "application/pdf", "href": page.pdf})
    data = SubElement(head, "script", {"type": "application/ld+json"})
    data.text = event_json_ld(page.booklet, description)
    style = SubElement(head, "style")
    sheets = (sheet.read_text(encoding="utf-8-sig") for sheet in stylesheets)
    style.text = "\n".join(sheets).replace("</", "<\\/")
