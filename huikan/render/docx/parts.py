"""The parts of the package, put together in one order."""

from __future__ import annotations

from typing import BinaryIO
from xml.etree.ElementTree import Element

from huikan.render.docx import settings
from huikan.render.docx.body import BodyWriter, footnotes_part
from huikan.render.docx.cover import cover_art
from huikan.render.docx.furniture import SectionWriter
from huikan.render.docx.model import DocumentProperties, PageStart, WordDocument, WordPages
from huikan.render.docx.numbering import numbering_part
from huikan.render.docx.ooxml import serialise
from huikan.render.docx.package import OFFICE, Package, Relationships
from huikan.render.docx.pagination import Layout
from huikan.render.docx.runs import ImageParts, Numbers, RunWriter
from huikan.render.docx.sent import field_map
from huikan.render.docx.styles import styles_part
from huikan.render.tokens import Tokens

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument."
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def write_package(
    word: WordDocument,
    layout: Layout,
    target: BinaryIO,
    *,
    root: Element,
    tokens: Tokens,
    document: DocumentProperties,
) -> None:
    """Write the document as a package. `root` is the semantic tree, for what its head says."""
    package, pages = Package(), layout.pages
    package.relationships.add(f"{OFFICE}/officeDocument", "word/document.xml")
    package.relationships.add(_CORE_RELATION, "docProps/core.xml")
    package.relationships.add(f"{OFFICE}/extended-properties", "docProps/app.xml")
    package.relationships.add(f"{OFFICE}/custom-properties", "docProps/custom.xml")
    relationships, images, numbers = Relationships(), ImageParts(package), Numbers()
    language = document.language
    runs = RunWriter(language, pages.anchors, images, relationships, numbers)
    sections = SectionWriter(package, relationships, tokens, language, word.event)
    cover = ""
    if any(isinstance(block, PageStart) and "cover" in block.name.split() for block in word.blocks):
        art = cover_art(tokens)
        cover = images.add(art.content, art.digest, art.extension, relationships)
    body = BodyWriter(runs, sections, tokens, layout, cover).write(word.blocks)
    for name in ("styles", "settings", "numbering", "fontTable", "footnotes"):
        relationships.add(f"{OFFICE}/{name}", f"{name}.xml")
    relationships.add(f"{OFFICE}/customXml", "../customXml/item1.xml")
    package.add("word/document.xml", serialise(body), f"{_WORD}document.main+xml", relationships)
    package.add("word/styles.xml", serialise(styles_part(tokens, language)), f"{_WORD}styles+xml")
    package.add("word/settings.xml", serialise(settings.settings_part(tokens, language)), f"{_WORD}settings+xml")
    package.add("word/numbering.xml", serialise(numbering_part(word.lists, tokens)), f"{_WORD}numbering+xml")
    package.add("word/fontTable.xml", serialise(settings.font_table(tokens)), f"{_WORD}fontTable+xml")
    note_relationships = Relationships()
    note_runs = RunWriter(language, pages.anchors, images, note_relationships, numbers)
    notes = serialise(footnotes_part(runs.notes, note_runs))
    package.add("word/footnotes.xml", notes, f"{_WORD}footnotes+xml", note_relationships)
    _add_properties(package, word, pages, root, document)
    package.write(target, document.date)


def _add_properties(
    package: Package, word: WordDocument, pages: WordPages, root: Element, document: DocumentProperties
) -> None:
    item = Relationships()
    item.add(f"{OFFICE}/customXmlProps", "itemProps1.xml")
    package.add("customXml/item1.xml", field_map(word), "", item)
    properties_type = f"{_OFFICE_TYPE}customXmlProperties+xml"
    package.add("customXml/itemProps1.xml", settings.field_map_properties(), properties_type)
    package.add("docProps/core.xml", settings.core_properties(root, document), _CORE_TYPE)
    extended = settings.extended_properties(pages.pages)
    package.add("docProps/app.xml", extended, f"{_OFFICE_TYPE}extended-properties+xml")
    custom = settings.custom_properties(document, word.fields)
    package.add("docProps/custom.xml", custom, f"{_OFFICE_TYPE}custom-properties+xml")
