"""HTML parsed section by section, so that a process that stays parses anew only what a change has touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

import tinyhtml5

from huikan.finding import ContentError
from huikan.render.plain_html import plain_tree
from huikan.render.vocabulary import violations

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--""")
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

    def parse(self, source: str) -> tuple[Element, Element]:
        """The tree of an HTML document (its `html` element, no namespaces), as the parser would give it whole.

        Also the same tree with those sections alone that the document before did not have.
        """
        before = self._known
        try:
            sections = list(_sections(source))
            self._known = {
                text: before[text] if text in before else _parsed(text) for text in (source[a:b] for a, b in sections)
            }
        except _NotPlainError:
            root = _tree(source)
            return root, root
        root = self._assembled(source, sections)
        new = Element(root.tag, root.attrib)
        for child in root:
            if child.tag != "body":
                new.append(child)
                continue
            body = SubElement(new, child.tag, child.attrib)
            pairs = zip(child, sections, strict=True)
            body.extend(section for section, (start, stop) in pairs if source[start:stop] not in before)
        return root, new

    def _assembled(self, source: str, sections: list[tuple[int, int]]) -> Element:
        shell, end = [], 0
        for start, stop in sections:
            shell += [source[end:start], _MARKER]
            end = stop
        root = _tree("".join([*shell, source[end:]]))
        body = root.find("body")
        assert body is not None
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
    root, unchecked = (parser or SectionParser()).parse(source)
    problems = violations(unchecked)
    if problems:
        raise ContentError(problems)
    return root


def _sections(source: str) -> Iterator[tuple[int, int]]:
    """Where each element directly in the body begins and ends. Raises _NotPlainError when tags do not pair."""
    opened: list[str] = []
    start = -1
    outside = True
    end = 0
    for tag in _TAG.finditer(source):
        if tag[0] == "<!--":
            raise _NotPlainError
        name = tag[2].lower()
        if outside:
            if name == "body" and not tag[1]:
                outside, end = False, tag.end()
            continue
        if tag[1] and name == "body" and not opened:
            if source[end : tag.start()].strip():
                raise _NotPlainError
            return
        if name in _RAW and "svg" not in opened:
            raise _NotPlainError
        if tag[1]:
            if not opened or opened.pop() != name:
                raise _NotPlainError
        elif name in _VOID or (tag[3].endswith("/") and "svg" in opened):
            pass
        elif tag[3].endswith("/"):
            raise _NotPlainError
        else:
            if not opened:
                if source[end : tag.start()].strip():
                    raise _NotPlainError
                start = tag.start()
            opened.append(name)
        if not opened:
            if start < 0 or not tag[1]:
                raise _NotPlainError
            yield start, tag.end()
            start, end = -1, tag.end()
    raise _NotPlainError


def _parsed(section: str) -> Element:
    plain = plain_tree(section)
    if plain is not None:
        return plain
    body = _tree(f"<!DOCTYPE html><html><head></head><body>{section}</body></html>").find("body")
    if body is None or len(body) != 1 or body.text or (body[0].tail or "").strip():
        raise _NotPlainError
    return body[0]


def _tree(source: str) -> Element:
    root: Element = tinyhtml5.parse(source, namespace_html_elements=False)
    return root
