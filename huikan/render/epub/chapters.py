"""The parts of the tree as chapters, each a file of its own, with links from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from huikan.render.pageless import line, remove, say_once
from huikan.render.vocabulary import classes_of

_MEANINGS = {
    "title-page": ("titlepage", ""),
    "imprint": ("colophon", "doc-colophon"),
    "introduction": ("introduction", "doc-introduction"),
    "session": ("chapter", "doc-chapter"),
    "index": ("", "doc-index"),
}
"""By class: the word of the EPUB structural semantics vocabulary, and the DPUB-ARIA role."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its file, what it is called, its elements, and its class, which tells what it is."""

    file: str
    title: str
    parts: tuple[Element, ...]
    kind: str

    @property
    def is_contents(self) -> bool:
        """Whether it is the table of contents."""
        return self.kind == "toc"


def chapters_of(tree: Element) -> list[Chapter]:
    """The chapters in the order of the booklet; cover and title page are one, which says nothing twice."""
    title = next((element.text or "" for element in tree.iter("title")), "")
    body = list(next(tree.iter("body")))
    _draw_nothing(body)
    cover = next((part for part in body if "cover" in classes_of(part)), None)
    title_page = next((part for part in body if "title-page" in classes_of(part)), None)
    if cover is not None and title_page is not None:
        say_once(cover, title_page)
        title_page[:] = [*cover, *title_page]
        body.remove(cover)
    return [_chapter(part, number, title) for number, part in enumerate(body, start=1)]


def _draw_nothing(body: Sequence[Element]) -> None:
    """Take the cover's art out: the picture of the cover shows it."""
    for part in body:
        for parent in list(part.iter()):
            for child in [child for child in parent if child.tag.endswith("}svg")]:
                remove(child, parent)


def _chapter(part: Element, number: int, title: str) -> Chapter:
    kind = next(iter(part.get("class", "").split()), part.tag)
    semantics, role = _MEANINGS.get(kind, ("", ""))
    if semantics:
        part.set("epub:type", semantics)
    heading = next((element for element in part.iter() if element.tag in {"h1", "h2"}), None)
    if role:
        part.set("role", role)
        if heading is not None:
            heading.set("id", heading.get("id") or f"heading-{number}")
            part.set("aria-labelledby", heading.get("id", ""))
    _let_notes_pop_up(part)
    called = title if heading is None else line(heading)
    return Chapter(f"{number:03}-{part.get('id') or kind}.xhtml", called, (part,), kind)


def _let_notes_pop_up(part: Element) -> None:
    """Notes as `aside`s, which reading systems show where their number is touched."""
    for call in part.iter("a"):
        if call.get("role") == "doc-noteref":
            call.set("epub:type", "noteref")
    for notes in [element for element in part.iter("ol") if "footnotes" in classes_of(element)]:
        notes.tag = "div"
        notes.attrib.pop("role", None)
        for note in notes:
            _as_aside(note)


def _as_aside(note: Element) -> None:
    number, back = note.attrib.pop("value"), note[-1]
    note.remove(back)
    note.tag = "aside"
    note.set("epub:type", "footnote")
    note.set("role", "doc-footnote")
    words, children = note.text, list(note)
    note[:], note.text = [], None
    paragraph = SubElement(note, "p")
    link = SubElement(paragraph, "a", {"class": "back", "href": back.get("href", ""), "role": "doc-backlink"})
    link.text, link.tail = number, f" {words or ''}"
    paragraph.extend(children)


def link_across(chapters: Sequence[Chapter]) -> None:
    """Let links to another chapter name its file."""
    parts = [(chapter.file, part) for chapter in chapters for part in chapter.parts]
    files = {element.get("id"): file for file, part in parts for element in part.iter() if element.get("id")}
    for own, part in parts:
        for link in part.iter("a"):
            href = link.get("href", "")
            file = files.get(href.removeprefix("#"), own) if href.startswith("#") else own
            if file != own:
                link.set("href", f"{file}{href}")
