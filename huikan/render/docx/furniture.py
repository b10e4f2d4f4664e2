"""Sections: page size and mirrored margins, the grid, running heads and folios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.package import Package

from huikan.render.docx.ooxml import Xml, element, field_begin, field_end, part_content, text, twips, w, xml_safe
from huikan.render.docx.package import Relations, data_part
from huikan.render.docx.styles import is_chinese
from huikan.render.tokens import Tokens

THEME_STYLE = "Session Theme"
COLUMN_GAP = 18.0
"""Between columns, in pt."""

_SLACK = 0.5
"""Points by which the text block exceeds its characters and lines, lest rounding in a word processor lose the last."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the document: the words and style of its heading, none for pages without furniture.

    `theme` is what of these words stands below the heading in a paragraph of its own. A section that `goes_on` begins
    on the page of the one before it.
    """

    running: str = ""
    heading_style: str = "Heading 1"
    theme: str = ""
    columns: int = 1
    goes_on: bool = False


class SectionWriter:
    """Writes the parts that sections of a document refer to, and their properties."""

    def __init__(self, relations: Relations, tokens: Tokens, language: str, event: str) -> None:
        self._relations = relations
        self._tokens = tokens
        self._language = language
        self._event = xml_safe(event)
        self._made: dict[tuple[str, ...], str] = {}
        self._any = False

    def properties(self, section: Section, pages: int) -> Xml:
        """The properties of a section; `pages` is the cached number of pages."""

        def length(name: str, *, less: float = 0.0, part: float = 1.0) -> int:
            return twips((self._tokens.length(name) - less) * part)

        chinese = is_chinese(self._language)
        return w(
            "sectPr",
            *self._furniture(section, pages),
            w("type", val="continuous") if section.goes_on else None,
            w("pgSz", w=length("page-width"), h=length("page-height")),
            w(
                "pgMar",
                top=length("margin-top"),
                bottom=length("margin-bottom", less=_SLACK),
                left=length("margin-inner"),
                right=length("margin-outer", less=_SLACK),
                header=length("margin-top", part=3 / 7),
                footer=length("margin-bottom", part=1 / 2),
                gutter=0,
            ),
            w("cols", num=section.columns if section.columns > 1 else None, space=twips(COLUMN_GAP)),
            w(
                "docGrid",
                type="linesAndChars" if chinese else "lines",
                linePitch=twips(self._tokens.length("line")),
                charSpace=0 if chinese else None,
            ),
        )

    def _furniture(self, section: Section, pages: int) -> list[Xml]:
        """References to the section's headers and footers; sections before the first that has any need none."""
        if not section.running and not self._any:
            return []
        self._any = True
        code = "STYLEREF 1" if section.heading_style == "Heading 1" else f'STYLEREF "{section.heading_style}"'
        event, folio = (self._event, str(pages)) if section.running else ("", "")
        references = []
        for place, verso in (("default", False), ("even", True)):
            head = ("verso", event) if verso else ("recto", code, xml_safe(section.running), xml_safe(section.theme))
            foot = ("left" if verso else "right", folio)
            for kind, content in (("header", head), ("footer", foot)):
                relation = self._relation(kind, content)
                references.append(element(f"w:{kind}Reference", **{"w:type": place, "r:id": relation}))
        return references

    def _relation(self, kind: str, content: tuple[str, ...]) -> str:
        """The relationship of the part with this content, made once."""
        key = (kind, *content)
        if key not in self._made:
            name, header = f"/word/{kind}{len(self._made) + 1}.xml", kind == "header"
            root = part_content("hdr", [_head(content)]) if header else part_content("ftr", [_foot(content)])
            content_type = CONTENT_TYPE.WML_HEADER if header else CONTENT_TYPE.WML_FOOTER
            part = data_part(cast(Package, self._relations.part.package), name, content_type, root)
            self._made[key] = self._relations.add(
                RELATIONSHIP_TYPE.HEADER if header else RELATIONSHIP_TYPE.FOOTER, part
            )
        return self._made[key]


def _head(content: tuple[str, ...]) -> Xml:
    if content[0] == "verso":
        return _furniture("Header", "left", [w("r", text(content[1]))] if content[1] else [])
    _, code, running, theme = content
    heading = running.removesuffix(theme)
    label = heading.rstrip()
    runs = _of_style(code, label) if label else []
    if theme:
        runs += [w("r", text(heading[len(label) :])), *_of_style(f'STYLEREF "{THEME_STYLE}"', theme)]
    return _furniture("Header", "right", runs)


def _of_style(code: str, words: str) -> list[Xml]:
    """A field that repeats the words of a style."""
    return [*field_begin(code), w("r", w("rPr", w("noProof")), text(words)), field_end()]


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
