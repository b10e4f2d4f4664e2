"""settings.xml, fontTable.xml and the properties parts: how Word treats the document, and what it says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from docx.opc.coreprops import CoreProperties
from lxml import etree

from huikan.render.docx.model import DocumentProperties, FieldMark
from huikan.render.docx.ooxml import Xml, part_content, twips, w, xml_safe
from huikan.render.docx.sent import FIELDS_NAMESPACE
from huikan.render.docx.styles import is_chinese
from huikan.render.tokens import Tokens

NOT_AT_LINE_END = "“‘（《〈「『【〔〖［｛$£¥￡￥"
NOT_AT_LINE_START = "！，．：；？、。·ˇ¨〃々—…～‖”’）》〉」』】〕〗］｝%‰℃°!),.:;?]}¢"
"""Prohibited at line ends and starts (CLREQ §3.1.4; GB/T 15834)."""

_SUBSTITUTES = {"font-song": "SimSun", "font-hei": "SimHei", "font-kai": "KaiTi"}
_LONGEST_PROPERTY = 255
"""Characters that python-docx allows a core property."""

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
FIELDS_ITEM_ID = "{6D1C2B52-5D0B-4C0E-9C58-6875696B616E}"


def how_to_treat(tokens: Tokens, language: str) -> list[Xml]:
    """What stands in the settings: mirrored margins, tracking on, line-breaking rules, in the schema's order."""
    prohibitions = []
    if is_chinese(language):
        prohibitions = [
            w("noLineBreaksAfter", lang="zh-CN", val=NOT_AT_LINE_END),
            w("noLineBreaksBefore", lang="zh-CN", val=NOT_AT_LINE_START),
        ]
    notes = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    uri = "http://schemas.microsoft.com/office/word"
    compatible = w(
        "compat",
        w("balanceSingleByteDoubleByteWidth", val=0),
        w("doNotExpandShiftReturn"),
        w("compatSetting", name="compatibilityMode", uri=uri, val=15),
        w("compatSetting", name="overrideTableStyleFontSizeAndJustification", uri=uri, val=1),
        w("compatSetting", name="enableOpenTypeFeatures", uri=uri, val=1),
        w("compatSetting", name="differentiateMultirowTableHeaders", uri=uri, val=1),
    )
    return [
        w("zoom", percent=100),
        w("mirrorMargins"),
        w("trackRevisions"),
        w("defaultTabStop", val=twips(2 * tokens.length("size-body"))),
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="compressPunctuation"),
        *prohibitions,
        notes,
        compatible,
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    ]


def font_table(tokens: Tokens) -> bytes:
    """fontTable.xml: what to set with where a face is not installed."""
    made = []
    for token, substitute in _SUBSTITUTES.items():
        made.append(
            w(
                "font",
                w("altName", val=substitute),
                w("charset", val="86"),
                w("family", val="auto"),
                w("pitch", val="variable"),
                name=tokens.family(token),
            )
        )
    for token, family in (("font-latin-serif", "roman"), ("font-latin-sans", "swiss")):
        charset, kind = w("charset", val="00"), w("family", val=family)
        made.append(w("font", charset, kind, w("pitch", val="variable"), name=tokens.family(token)))
    return part_content("fonts", made)


def describe(core: CoreProperties, root: Element, document: DocumentProperties) -> None:
    """Set the title, and what the tree's `meta` elements say. Both dates are the event's."""
    meta = {item.get("name", ""): item.get("content", "") for item in root.iter("meta")}
    core.title = _property(document.title)
    core.subject = _property(meta.get("description", ""))
    core.author = core.last_modified_by = _property(meta.get("author", ""))
    core.keywords = _property(meta.get("keywords", ""), separator=",")
    core.created = core.modified = dt.datetime.combine(document.date, dt.time())
    core.language = _property(document.language)


def _property(words: str, separator: str = "") -> str:
    """What a core property holds of these words; a list is cut between its entries."""
    words = xml_safe(words)
    if len(words) <= _LONGEST_PROPERTY:
        return words
    whole_entries = words[: _LONGEST_PROPERTY + 1].rpartition(separator)[0] if separator else ""
    return whole_entries or words[:_LONGEST_PROPERTY]


def extended_properties(pages: int) -> bytes:
    """docProps/app.xml."""
    part = etree.Element(f"{{{_EXTENDED}}}Properties", nsmap={None: _EXTENDED})  # type: ignore[dict-item]
    etree.SubElement(part, f"{{{_EXTENDED}}}Pages").text = str(pages)
    etree.SubElement(part, f"{{{_EXTENDED}}}Application").text = "Huikan"
    return _bytes(part)


def custom_properties(document: DocumentProperties, fields: Sequence[FieldMark]) -> bytes:
    """docProps/custom.xml: by these the reader of a reviewed copy knows what it reads."""
    part = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VARIANT})  # type: ignore[dict-item]
    values = {
        "huikan.booklet": document.booklet_id,
        "huikan.language": document.language,
        "huikan.engine": document.engine,
        "huikan.fields": str(len(fields)),
    }
    if document.person:
        values["huikan.person"] = document.person
    for number, (name, value) in enumerate(values.items(), start=2):
        entry = etree.SubElement(part, f"{{{_CUSTOM}}}property", fmtid=_USER_PROPERTIES, pid=str(number), name=name)
        etree.SubElement(entry, f"{{{_VARIANT}}}lpwstr").text = xml_safe(value)
    return _bytes(part)


def field_map_properties() -> bytes:
    """The properties of the custom XML item, by which Word keeps it."""
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    part = etree.Element(f"{{{namespace}}}datastoreItem", nsmap={"ds": namespace})
    part.set(f"{{{namespace}}}itemID", FIELDS_ITEM_ID)
    references = etree.SubElement(part, f"{{{namespace}}}schemaRefs")
    etree.SubElement(references, f"{{{namespace}}}schemaRef").set(f"{{{namespace}}}uri", FIELDS_NAMESPACE)
    return _bytes(part)


def _bytes(part: etree._Element) -> bytes:
    return etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True)
