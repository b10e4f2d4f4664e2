"""The parts of the package, put together in one order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from huikan.render.docx import settings
from huikan.render.docx.body import BodyWriter, footnotes_content
from huikan.render.docx.comments import comments_content, placed_comments
from huikan.render.docx.furniture import SectionWriter
from huikan.render.docx.model import DocumentProperties, PageStart, Question, WordDocument, WordPages
from huikan.render.docx.numbering import definitions
from huikan.render.docx.ooxml import part_content
from huikan.render.docx.package import ImageParts, Relations, WordPackage, blank_package, data_part, save, written_part
from huikan.render.docx.pagination import Layout
from huikan.render.docx.pictures import ImageFile
from huikan.render.docx.runs import Numbers, RunWriter
from huikan.render.docx.styles import defaults_and_styles
from huikan.render.tokens import Tokens
from huikan.render.workshop import Workshop

_PREFIXES = ("r", "wp", "w", "a", "pic")
"""In the order in which Word's own documents declare them."""


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
    cover: Callable[[], bytes],
    unscaled: dict[Path, ImageFile],
    fields: Callable[[], bytes],
) -> None:
    """Write the document as a package. `root` is the semantic tree, for what its head says.

    `cover` waits for the picture behind the cover's words, `fields` for the field map. `unscaled` takes the pictures
    that are written as they are.
    """
    made, language = blank_package(), document.language
    made.styles.content = part_content("styles", defaults_and_styles(tokens, language), _PREFIXES)
    made.settings.content = part_content("settings", settings.how_to_treat(tokens, language), _PREFIXES)
    made.numbering.content = part_content("numbering", definitions(word.lists, tokens), _PREFIXES)
    settings.describe(made.properties, root, document)
    images = ImageParts(made.package, workshop, unscaled)
    _write_words(made, word, layout, tokens, language, images, questions, cover, whole=not document.person)
    _add_properties(made, word, fields(), layout.pages, document)
    save(made.package, target, document.date)


def _write_words(
    made: WordPackage,
    word: WordDocument,
    layout: Layout,
    tokens: Tokens,
    language: str,
    images: ImageParts,
    questions: Sequence[Question],
    cover: Callable[[], bytes],
    *,
    whole: bool,
) -> None:
    """Write the body, with its headers, footers and pictures, and the notes and comments that it refers to."""
    package, relations = made.package, Relations(made.main)
    anchors, numbers = layout.pages.anchors, Numbers()
    comments = placed_comments(questions, word.fields, whole=whole)
    runs = RunWriter(language, anchors, images, relations, numbers, comments)
    sections = SectionWriter(relations, tokens, language, word.event)
    behind_cover, art = "", None
    if any(isinstance(block, PageStart) and "cover" in block.name.split() for block in word.blocks):
        behind_cover, art = images.add_later("png", relations)
    body = BodyWriter(runs, sections, tokens, layout, behind_cover).write(word.blocks)
    made.main.content = part_content("document", [body], _PREFIXES)
    if art is not None:
        art.content = cover()
    part = written_part(package, "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES)
    relations.add(RELATIONSHIP_TYPE.FOOTNOTES, part)
    part.content = footnotes_content(runs.notes, RunWriter(language, anchors, images, Relations(part), numbers))
    if comments:
        name, kind, content = "/word/comments.xml", CONTENT_TYPE.WML_COMMENTS, comments_content(comments)
        relations.add(RELATIONSHIP_TYPE.COMMENTS, data_part(package, name, kind, content))
    name, kind, content = "/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, settings.font_table(tokens)
    relations.add(RELATIONSHIP_TYPE.FONT_TABLE, data_part(package, name, kind, content))


def _add_properties(
    made: WordPackage, word: WordDocument, field_map: bytes, pages: WordPages, document: DocumentProperties
) -> None:
    package = made.package
    fields = data_part(package, "/customXml/item1.xml", CONTENT_TYPE.XML, field_map)
    kind, content = CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, settings.field_map_properties()
    fields.relate_to(data_part(package, "/customXml/itemProps1.xml", kind, content), RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    made.main.relate_to(fields, RELATIONSHIP_TYPE.CUSTOM_XML)
    kind, content = CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, settings.extended_properties(pages.pages)
    package.relate_to(data_part(package, "/docProps/app.xml", kind, content), RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    kind, content = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, settings.custom_properties(document, word.fields)
    package.relate_to(data_part(package, "/docProps/custom.xml", kind, content), RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
