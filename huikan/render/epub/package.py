"""The package document: what the book is, which files it has, in what order they are read."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from huikan.content.labels import Labels
from huikan.content.resolved import ResolvedBooklet

CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

_MEDIA_TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
_ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "index"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityHazard", "none"),
)
"""schema.org properties that EPUB Accessibility 1.1 asks for."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book. `properties` are those of the manifest; pages `in_spine` are read in their order."""

    name: str
    data: bytes
    properties: str = ""
    in_spine: bool = False


def package_document(
    items: Sequence[Item],
    booklet: ResolvedBooklet,
    labels: Labels,
    languages: Sequence[str],
    identifier: str,
    time: dt.datetime,
) -> bytes:
    """The package document (https://www.w3.org/TR/epub-33/#sec-package-doc)."""
    package = Element("package", {"xmlns": "http://www.idpf.org/2007/opf", "version": "3.0", "unique-identifier": "id"})
    package.set("xml:lang", booklet.language)
    package.append(_metadata(booklet, labels, languages, identifier, time))
    manifest, spine = SubElement(package, "manifest"), SubElement(package, "spine")
    for number, item in enumerate(items, start=1):
        media_type = _MEDIA_TYPES[PurePosixPath(item.name).suffix]
        entry = SubElement(manifest, "item", {"id": f"item-{number}", "href": item.name, "media-type": media_type})
        if item.properties:
            entry.set("properties", item.properties)
        if item.in_spine:
            SubElement(spine, "itemref", {"idref": f"item-{number}"})
    ElementTree.indent(package, " ")
    declaration = b'<?xml version="1.0" encoding="utf-8"?>\n'
    written: bytes = ElementTree.tostring(package, encoding="utf-8")
    return declaration + written + b"\n"


def _metadata(
    booklet: ResolvedBooklet, labels: Labels, languages: Sequence[str], identifier: str, time: dt.datetime
) -> Element:
    metadata = Element("metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    hosts, *others = [[member.text for member in group.members] for group in booklet.organisers] or [[]]
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:huikan:{identifier}")
    SubElement(metadata, "dc:identifier", {"id": "id"}).text = f"urn:uuid:{name}"
    words = {
        "dc:title": [" ".join(part.text for part in (booklet.series, booklet.title, booklet.kind) if part)],
        "dc:language": languages,
        "dc:creator": hosts or [booklet.title.text],
        "dc:contributor": list(dict.fromkeys(body for group in others for body in group)),
        "dc:date": [booklet.date.isoformat()],
        "dc:description": [" ".join(part.text for part in (booklet.date_words, booklet.venue) if part)],
        "dc:subject": [labels["document"]],
    }
    for element, values in words.items():
        for value in values:
            SubElement(metadata, element).text = value
    stated = [("dcterms:modified", time.strftime("%Y-%m-%dT%H:%M:%SZ"))]
    stated += [(f"schema:{name}", value) for name, value in _ACCESSIBILITY if value != "index" or booklet.index]
    summary = "epub.accessibility" if booklet.index else "epub.accessibility_without_index"
    stated.append(("schema:accessibilitySummary", labels[summary]))
    for element, value in stated:
        SubElement(metadata, "meta", {"property": element}).text = value
    return metadata
