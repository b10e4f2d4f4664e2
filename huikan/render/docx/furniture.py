"""Sections: page size and mirrored margins, the grid, running heads and folios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from docx.enum.section import WD_HEADER_FOOTER, WD_SECTION_START
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.parser import OxmlElement
from docx.oxml.section import CT_SectPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.section import Section as OpenSection
from docx.shared import Twips

from huikan.render.docx.ooxml import (
    Xml,
    declare_prefixes,
    field_begin,
    field_end,
    root_of_part,
    text,
    twips,
    w,
    xml_safe,
)
from huikan.render.docx.package import Relations
from huikan.render.docx.styles import is_chinese
from huikan.render.tokens import Tokens

_SLACK = 0.5
"""Points by which the text block exceeds its characters and lines, lest rounding in a word processor lose the last."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the document: the words and style of its heading, none for pages without furniture."""

    running: str = ""
    heading_style: str = "Heading 1"


class SectionWriter:
    """Writes the parts that sections of a document refer to, and their properties."""

    def __init__(self, relations: Relations, tokens: Tokens, language: str, event: str) -> None:
        self._relations = relations
        self._tokens = tokens
        self._language = language
        self._event = xml_safe(event)
        self._made: dict[tuple[str, ...], str] = {}
        self._any = False

    def properties(self, section: Section, pages: int) -> CT_SectPr:
        """The properties of a section that begins a page; `pages` is the cached number of pages."""
        properties = cast(CT_SectPr, OxmlElement("w:sectPr"))
        self._refer_to_furniture(properties, section, pages)
        self._set_page(OpenSection(properties, cast(DocumentPart, self._relations.part)))
        chinese = is_chinese(self._language)
        grid = w(
            "docGrid",
            type="linesAndChars" if chinese else "lines",
            linePitch=twips(self._tokens.length("line")),
            charSpace=0 if chinese else None,
        )
        properties.extend([w("cols", space=twips(18)), grid])
        return properties

    def _set_page(self, section: OpenSection) -> None:
        def length(name: str, *, less: float = 0.0, part: float = 1.0) -> Twips:
            return Twips(twips((self._tokens.length(name) - less) * part))

        section.start_type = WD_SECTION_START.NEW_PAGE
        section.page_width, section.page_height = length("page-width"), length("page-height")
        section.top_margin, section.bottom_margin = length("margin-top"), length("margin-bottom", less=_SLACK)
        section.left_margin, section.right_margin = length("margin-inner"), length("margin-outer", less=_SLACK)
        section.header_distance = length("margin-top", part=3 / 7)
        section.footer_distance = length("margin-bottom", part=1 / 2)
        section.gutter = Twips(0)

    def _refer_to_furniture(self, properties: CT_SectPr, section: Section, pages: int) -> None:
        """Name the section's headers and footers; sections before the first that has any need none."""
        if not section.running and not self._any:
            return
        self._any = True
        code = "STYLEREF 1" if section.heading_style == "Heading 1" else f'STYLEREF "{section.heading_style}"'
        event, folio = (self._event, str(pages)) if section.running else ("", "")
        for place, verso in ((WD_HEADER_FOOTER.PRIMARY, False), (WD_HEADER_FOOTER.EVEN_PAGE, True)):
            head = ("verso", event) if verso else ("recto", code, xml_safe(section.running))
            properties.add_headerReference(place, self._relation(HeaderPart, head))
            properties.add_footerReference(place, self._relation(FooterPart, ("left" if verso else "right", folio)))

    def _relation(self, kind: type[HeaderPart] | type[FooterPart], content: tuple[str, ...]) -> str:
        """The relationship of the part with this content, made once: the library would make one for every section."""
        key = (kind.__name__, *content)
        if key not in self._made:
            header = kind is HeaderPart
            root = root_of_part("hdr", _head(content)) if header else root_of_part("ftr", _foot(content))
            declare_prefixes(root)
            name = PackURI(f"/word/{'header' if header else 'footer'}{len(self._made) + 1}.xml")
            content_type = CONTENT_TYPE.WML_HEADER if header else CONTENT_TYPE.WML_FOOTER
            part = kind(name, content_type, cast(BaseOxmlElement, root), self._relations.part.package)
            self._made[key] = self._relations.add(
                RELATIONSHIP_TYPE.HEADER if header else RELATIONSHIP_TYPE.FOOTER, part
            )
        return self._made[key]


def _head(content: tuple[str, ...]) -> Xml:
    if content[0] == "verso":
        return _furniture("Header", "left", [w("r", text(content[1]))] if content[1] else [])
    _, code, running = content
    runs = [*field_begin(code), w("r", w("rPr", w("noProof")), text(running)), field_end()] if running else []
    return _furniture("Header", "right", runs)


def _foot(content: tuple[str, ...]) -> Xml:
    side, pages = content
    if not pages:
        return _furniture("Footer", side, [])
    runs = [*field_begin("PAGE"), w("r", text("1")), field_end()]
    quiet = w("rPr", w("rStyle", val="PageNumber"))
    runs += [w("r", quiet, text(" / ")), *field_begin("NUMPAGES"), _quiet(pages), field_end()]
    return _furniture("Footer", side, runs)


def _quiet(words: str) -> Xml:
    return w("r", w("rPr", w("rStyle", val="PageNumber")), text(words))


def _furniture(style: str, side: str, runs: list[Xml]) -> Xml:
    return w("p", w("pPr", w("pStyle", val=style), w("jc", val=side)), *runs)
