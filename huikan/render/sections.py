"""HTML parsed section by section, so that a process that stays parses anew only what a change has touched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from xml.etree.ElementTree import Element, SubElement

import tinyhtml5

from huikan.finding import ContentError
from huikan.render.plain_html import plain_tree
from huikan.render.vocabulary import violations

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--""")
_OPENING = re.compile(r"\s*<([a-z][a-z0-9]*|/body(?=[\s>]))", re.IGNORECASE)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_RAW = frozenset(
    [
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "template",
    ]
)
_MARKER = "<section></section>"


class _NotPlainError(Exception):
    """The document is not a body of whole elements: only the parser can tell its tree."""


class SectionParser:
    """Parses documents that resemble each other; the trees it gives out share what is the same: do not change them."""

    def __init__(self) -> None:
        self._known: dict[str, Element] = {}
        self._ahead: dict[str, Element] = {}
        self._rest, self._is_in_body = "", False

    def read_ahead(self, text: str) -> None:
        """Read as much as is certain of a document that begins with the `text` of this call and those before it."""
        self._rest += text
        with suppress(_NotPlainError):  # it goes on
            if not self._is_in_body:
                self._rest = self._rest[_inside_of_body(self._rest) :]
                self._is_in_body = True
            while section := _next_section(self._rest, 0, self._ahead, goes_on=True):
                start, end, element = section
                self._ahead[self._rest[start:end]] = element
                self._rest = self._rest[end:]

    def parse(self, source: str) -> tuple[Element, Element]:
        """The tree of an HTML document (its `html` element, no namespaces), as the parser would give it whole.

        Also the same tree with those sections alone that the document before did not have.
        """
        before, ahead = self._known, self._ahead
        self._ahead, self._rest, self._is_in_body = {}, "", False
        try:
            sections, self._known = _read(source, before | ahead)
            root = self._assembled(source, sections)
        except _NotPlainError:
            root = _tree(source)
            return root, root
        new = Element(root.tag, root.attrib)
        for child in root:
            if child.tag != "body":
                new.append(child)
                continue
            body = SubElement(new, child.tag, child.attrib)
            pairs = zip(child, sections, strict=True)
            body.extend(section for section, (start, stop) in pairs if source[start:stop] not in before)
        return root, new

    def forget(self) -> None:
        """Know no document before the next one."""
        self._known = {}

    def _assembled(self, source: str, sections: list[tuple[int, int]]) -> Element:
        shell, end = [], 0
        for start, stop in sections:
            shell += [source[end:start], _MARKER]
            end = stop
        root = _tree("".join([*shell, source[end:]]))
        body = root.find("body")
        if body is None or len(body) != len(sections):  # something stands behind the body's end
            raise _NotPlainError
        for at, (start, stop) in enumerate(sections):
            section = self._known[source[start:stop]]
            here = Element(section.tag, section.attrib)
            here.text, here.tail = section.text, body[at].tail
            here.extend(section)
            body[at] = here
        return root


def parse_html(source: str, parser: SectionParser | None = None) -> Element:
    """The document's tree (the `html` element, no namespaces), shared by every face.

    A `parser` that is used again parses and checks what the document before did not have.
    Raises ContentError when a template used an element or class that the vocabulary does not have.
    """
    parser = parser or SectionParser()
    root, unchecked = parser.parse(source)
    problems = violations(unchecked)
    if problems:
        parser.forget()  # what is wrong is told again as long as it is there
        raise ContentError(problems)
    return root


def _read(source: str, known: Mapping[str, Element]) -> tuple[list[tuple[int, int]], dict[str, Element]]:
    """Where each element directly in the body begins and ends, and by its text what it is, unless that is `known`.

    Raises _NotPlainError when tags do not pair.
    """
    sections: list[tuple[int, int]] = []
    read: dict[str, Element] = {}
    end = _inside_of_body(source)
    while section := _next_section(source, end, known):
        start, end, element = section
        sections.append((start, end))
        read[source[start:end]] = element
    return sections, read


def _next_section(
    source: str, at: int, known: Mapping[str, Element], *, goes_on: bool = False
) -> tuple[int, int, Element] | None:
    """Where the element that begins at that place of the body, or behind blanks, begins and ends, and what it is.

    None where the body ends. If the source `goes_on`, its last element may have its end still to come.
    """
    opening = _OPENING.match(source, at)
    if opening is None:
        raise _NotPlainError
    if opening[1].startswith("/"):
        return None
    start = opening.start(1) - 1
    end = _likely_end(source, start, opening[1])
    if goes_on and not end:
        raise _NotPlainError
    text = source[start:end]
    element = known.get(text)
    if element is None and end:
        element = plain_tree(text)
    if element is None:
        end = _end_of_element(source, start)
        text = source[start:end]
        element = known[text] if text in known else _parsed(text)
    return start, end, element


def _inside_of_body(source: str) -> int:
    for tag in _TAG.finditer(source):
        if tag[0] == "<!--":
            break
        if tag[2].lower() == "body" and not tag[1]:
            return tag.end()
    raise _NotPlainError


def _likely_end(source: str, start: int, name: str) -> int:
    """Where the element ends if nothing but its tags looks like them, which is sure if it is plain; or 0."""
    depth = 0
    for tag in re.compile(rf"<(/?){name}(?=[\s>])[^>]*>").finditer(source, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return 0


def _end_of_element(source: str, start: int) -> int:
    """Where the element that begins at `start` ends, however its tags are written."""
    opened: list[str] = []
    for tag in _TAG.finditer(source, start):
        name = (tag[2] or "").lower()
        if not name or (name in _RAW and "svg" not in opened):
            break
        if tag[1]:
            if not opened or opened.pop() != name:
                break
        elif name in _VOID or tag[3].endswith("/"):
            if name not in _VOID and "svg" not in opened:
                break
        else:
            opened.append(name)
        if not opened:
            if not tag[1]:
                break
            return tag.end()
    raise _NotPlainError


def _parsed(section: str) -> Element:
    body = _tree(f"<!DOCTYPE html><html><head></head><body>{section}</body></html>").find("body")
    if body is None or len(body) != 1 or body.text or (body[0].tail or "").strip():
        raise _NotPlainError
    return body[0]


def _tree(source: str) -> Element:
    root: Element = tinyhtml5.parse(source, namespace_html_elements=False)
    return root
