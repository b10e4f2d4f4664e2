"""The parts of the package, put together in one order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO
from xml.etree.ElementTree import Element

from docx.document import Document as OpenDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from huikan.render.docx import settings
from huikan.render.docx.body import BodyWriter, write_footnotes
from huikan.render.docx.comments import comments_root, placed_comments
from huikan.render.docx.cover import cover_art
from huikan.render.docx.furniture import SectionWriter
from huikan.render.docx.model import DocumentProperties, PageStart, Question, WordDocument, WordPages
from huikan.render.docx.numbering import write_numbering
from huikan.render.docx.ooxml import declare_prefixes, root_of_part
from huikan.render.docx.package import ImageParts, Relations, blank_document, data_part, package_of, save, xml_part
from huikan.render.docx.pagination import Layout
from huikan.render.docx.runs import Numbers, RunWriter
from huikan.render.docx.sent import field_map
from huikan.render.docx.styles import write_styles
from huikan.render.tokens import Tokens
from huikan.render.workshop import Workshop


def write_package(
    word: WordDocument,
    layout: Layout,
    target: BinaryIO,
    *,
    root: Element,
    tokens: Tokens,
    document: DocumentProperties,
    workshop: Workshop,
    questions: Sequence[Question],
) -> None:
    """Write the document as a package. `root` is the semantic tree, for what its head says."""
    opened = blank_document()
    language = document.language
    write_styles(opened.styles.element, tokens, language)
    settings.write_settings(opened.settings, tokens, language)
    write_numbering(opened.part.numbering_part.element, word.lists, tokens)
    settings.describe(opened.core_properties, root, document)
    images = ImageParts(workshop)
    _write_words(opened, word, layout, tokens, language, images, questions, whole=not document.person)
    for story in (opened, opened.styles, opened.settings, opened.part.numbering_part):
        declare_prefixes(story.element)
    _add_properties(opened, word, images, layout.pages, document)
    save(opened, target, document.date)


def _write_words(
    opened: OpenDocument,
    word: WordDocument,
    layout: Layout,
    tokens: Tokens,
    language: str,
    images: ImageParts,
    questions: Sequence[Question],
    *,
    whole: bool,
) -> None:
    """Write the body, with its headers, footers and pictures, and the notes and comments that it refers to."""
    package, relations = package_of(opened), Relations(opened.part)
    anchors, numbers = layout.pages.anchors, Numbers()
    comments = placed_comments(questions, word.fields, whole=whole)
    runs = RunWriter(language, anchors, images, relations, numbers, comments)
    sections = SectionWriter(relations, tokens, language, word.event)
    cover = ""
    if any(isinstance(block, PageStart) and "cover" in block.name.split() for block in word.blocks):
        art = cover_art(tokens)
        cover = images.add(art, relations)
    BodyWriter(opened.element.body, runs, sections, tokens, layout, cover).write(word.blocks)
    notes = root_of_part("footnotes")
    part = xml_part(package, "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, notes)
    relations.add(RELATIONSHIP_TYPE.FOOTNOTES, part)
    write_footnotes(notes, runs.notes, RunWriter(language, anchors, images, Relations(part), numbers))
    declare_prefixes(notes)
    if comments:
        part = xml_part(package, "/word/comments.xml", CONTENT_TYPE.WML_COMMENTS, comments_root(comments))
        relations.add(RELATIONSHIP_TYPE.COMMENTS, part)
    fonts = settings.font_table(tokens)
    declare_prefixes(fonts)
    name, kind = "/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE
    relations.add(RELATIONSHIP_TYPE.FONT_TABLE, xml_part(package, name, kind, fonts))


def _add_properties(
    opened: OpenDocument, word: WordDocument, images: ImageParts, pages: WordPages, document: DocumentProperties
) -> None:
    package = package_of(opened)
    fields = data_part(package, "/customXml/item1.xml", CONTENT_TYPE.XML, field_map(word, images))
    kind, content = CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, settings.field_map_properties()
    fields.relate_to(data_part(package, "/customXml/itemProps1.xml", kind, content), RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    opened.part.relate_to(fields, RELATIONSHIP_TYPE.CUSTOM_XML)
    kind, content = CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, settings.extended_properties(pages.pages)
    package.relate_to(data_part(package, "/docProps/app.xml", kind, content), RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    kind, content = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, settings.custom_properties(document, word.fields)
    package.relate_to(data_part(package, "/docProps/custom.xml", kind, content), RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
