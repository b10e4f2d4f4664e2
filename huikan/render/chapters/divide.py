"""The document tree divided into chapters: each a document of its own that begins a page."""

from __future__ import annotations

import hashlib
import marshal
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_WHOLE_BOOK = re.compile(r"target-text|:nth\(|position\s*:\s*(?:fixed|running)")
"""What a stylesheet may say that cannot be done chapter by chapter: it reaches over the book."""
_COUNTING = re.compile(r"([^{};]*)\{[^{}]*?counter-(increment|set|reset)\s*:\s*([\w-]+)")
_OWN_COUNTERS = frozenset({"list-item", "none", "page", "pages"})
_SIDES = {"left": "left", "right": "right", "recto": "right", "verso": "left"}
_ALWAYS_THE_SAME = 2
"""The version of marshal's format in which it does not matter which strings are the same object."""
_FOOTNOTE_CLASS = "footnote"


@dataclass(frozen=True)
class Chapter:
    """A part of the book that begins a page.

    `side` is "left" or "right" when the first page must be that; `footnotes_before` counts those of earlier chapters.
    """

    root: Element
    side: str = ""
    footnotes_before: int = 0
    opens_book: bool = True

    @cached_property
    def digest(self) -> str:
        """A hash of all that the chapter says."""
        elements = [(_tag(each), each.attrib, each.text, each.tail, len(each)) for each in self.root.iter()]
        said = self.side, self.footnotes_before, self.opens_book, elements
        return hashlib.sha256(marshal.dumps(said, _ALWAYS_THE_SAME)).hexdigest()

    @cached_property
    def length(self) -> int:
        """How many characters the chapter has, by which its work is guessed."""
        return sum(len(text) for text in self.root.itertext())

    @cached_property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of the chapter's pictures, as written, each once."""
        return tuple(dict.fromkeys(element.get("src", "") for element in self.root.iter("img")))

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """The ids of the chapter's elements."""
        return tuple(name for element in self.root.iter() if (name := element.get("id")))

    @cached_property
    def cites(self) -> tuple[str, ...]:
        """The anchors that links in the chapter lead to, each once."""
        targets = (element.get("href", "") for element in self.root.iter("a"))
        return tuple(dict.fromkeys(target[1:] for target in targets if target.startswith("#")))


def is_divisible(stylesheets: Iterable[str]) -> bool:
    """Whether chapters may be laid out by themselves under these stylesheets (their texts).

    A counter that counts on from chapter to chapter, or a box on every page, needs the whole book.
    """
    started, counted = set[str](), set[str]()
    for sheet in map(_without_comments, stylesheets):
        if _WHOLE_BOOK.search(sheet):
            return False
        for selector, verb, counter in _COUNTING.findall(sheet):
            if verb == "reset" and not re.search(r"(^|[\s,])(html|body|:root)\s*$", selector.strip()):
                started.add(counter)
            else:
                counted.add(counter)
    return counted - started <= _OWN_COUNTERS


def skeleton_of(root: Element, depth: int = 2) -> Element:
    """A copy of the tree without what lies deeper than `depth`; the head is whole."""
    copy = Element(root.tag, root.attrib)
    for child in root:
        if child.tag == "head":
            copy.append(child)
        elif depth > 0:
            copy.append(skeleton_of(child, depth - 1))
    return copy


def divide(root: Element, style_of: Callable[[Element], Any] | None) -> tuple[Chapter, ...]:
    """The chapters of the document `root` (its `html` element), in order.

    `style_of` gives the engine's computed style of an element of `skeleton_of(root)`'s body by its place; None keeps
    the whole book in one chapter.
    """
    body = root.find("body")
    if body is None or style_of is None:
        return (Chapter(root),)
    groups: list[tuple[str, list[Element]]] = []
    page, break_after = "auto", "auto"
    for element in body:
        style = style_of(element)
        if style is None or style["display"] == ("none",):
            if groups:
                groups[-1][1].append(element)
            continue
        breaks = [value for value in (break_after, style["break_before"]) if value in ("page", *_SIDES)]
        if not groups or breaks or style["page"] != page:
            side = _SIDES.get(breaks[-1], "") if breaks and groups else ""
            groups.append((side, []))
        groups[-1][1].append(element)
        page, break_after = style["page"], style["break_after"]
    chapters: list[Chapter] = []
    footnotes = 0
    for side, elements in groups:
        chapters.append(Chapter(_document_with(root, body, elements), side, footnotes, not chapters))
        footnotes += _footnotes_in(elements)
    return tuple(chapters)


def _document_with(root: Element, body: Element, elements: Sequence[Element]) -> Element:
    document = Element(root.tag, root.attrib)
    for child in root:
        if child is body:
            part = ElementTree.SubElement(document, body.tag, body.attrib)
            part.extend(elements)
        else:
            document.append(child)
    return document


def _footnotes_in(elements: Sequence[Element]) -> int:
    return sum(_FOOTNOTE_CLASS in inner.get("class", "").split() for element in elements for inner in element.iter())


def _without_comments(sheet: str) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def _tag(element: Element) -> str:
    """The tag of an element; a comment, in a template of one's own, has a function there."""
    return element.tag if isinstance(element.tag, str) else "!--"
