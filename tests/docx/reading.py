"""The words of a tree and of a Word document, in reading order and comparable."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from lxml import etree

from huikan.render.docx.inlines import is_for_word
from huikan.render.vocabulary import Kind, rule_for
from tests.docx.documents import W, find, part


def comparable(text: str) -> str:
    """NFKC without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def tree_words(root: Element) -> str:
    """The words of the semantic tree that Word should show."""
    return comparable("".join(_tree_words((root,))))


def _tree_words(path: tuple[Element, ...]) -> Iterator[str]:
    element = path[-1]
    rule = rule_for(path)
    if rule is not None and rule.kind not in {Kind.DECORATION, Kind.METADATA} and is_for_word(element):
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from _tree_words((*path, child))
            yield child.tail or ""


def document_words(document: bytes) -> str:
    """The words of a document, notes where they are referred to, without page numbers."""
    notes = {
        note.get(f"{W}id"): _words(note, {}) for note in find(part(document, "word/footnotes.xml"), "//w:footnote")
    }
    return comparable(_words(part(document, "word/document.xml"), notes))


def _words(root: etree._Element, notes: dict[str | None, str]) -> str:
    words: list[str] = []
    codes: list[str] = []
    results: list[bool] = []
    for element in root.iter():
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                codes.append("")
                results.append(False)
            elif kind == "separate":
                results[-1] = True
            else:
                codes.pop()
                results.pop()
        elif element.tag == f"{W}instrText":
            codes[-1] += element.text or ""
        elif element.tag == f"{W}footnoteReference":
            words.append(notes[element.get(f"{W}id")])
        elif element.tag == f"{W}t" and not any(code.strip().startswith("PAGEREF") for code in codes):
            assert all(results), "words inside a field's instruction"
            words.append(element.text or "")
    assert not codes, "a field that never ends"
    return "".join(words)
