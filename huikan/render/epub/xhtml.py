"""XHTML content documents: a chapter's elements in the syntax of XML."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from huikan.render.epub.chapters import Chapter

_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'


def xhtml(chapter: Chapter, language: str) -> bytes:
    """The chapter as an XHTML document of that language."""
    root = Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"})
    root.set("lang", language)
    root.set("xml:lang", language)
    head = SubElement(root, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "title").text = chapter.title
    SubElement(head, "link", {"rel": "stylesheet", "href": "styles.css"})
    body = SubElement(root, "body", {"class": f"{chapter.kind}-body"})
    body.extend(chapter.parts)
    for element in body.iter():
        if element.get("lang"):
            element.set("xml:lang", element.get("lang", ""))
    written: bytes = ElementTree.tostring(root, encoding="utf-8")
    return _DECLARATION + written + b"\n"
