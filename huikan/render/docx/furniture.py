"""Sections: page size and mirrored margins, the grid, running heads and folios."""

from __future__ import annotations

from dataclasses import dataclass

from huikan.render.docx.ooxml import (
    Xml,
    field_begin,
    field_end,
    qualified,
    root_of_part,
    serialise,
    text,
    twips,
    w,
    xml_safe,
)
from huikan.render.docx.package import OFFICE, Package, Relationships
from huikan.render.docx.styles import is_chinese
from huikan.render.tokens import Tokens

_SLACK = 0.5
"""Points by which the text block exceeds its characters and lines, lest rounding in a word processor lose the last."""

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the document: the words and style of its heading, none for pages without furniture."""

    running: str = ""
    heading_style: str = "Heading 1"


class SectionWriter:
    """Writes the parts that sections refer to, and their properties."""

    def __init__(
        self, package: Package, relationships: Relationships, tokens: Tokens, language: str, event: str
    ) -> None:
        self._package = package
        self._relationships = relationships
        self._tokens = tokens
        self._language = language
        self._event = xml_safe(event)
        self._made: dict[tuple[str, ...], str] = {}
        self._any = False

    def properties(self, section: Section, pages: int) -> Xml:
        """`w:sectPr` of a section that begins a page; `pages` is the cached number of pages."""
        length = self._tokens.length
        properties = w("sectPr", *self._references(section, pages), w("type", val="nextPage"))
        width, height = length("page-width"), length("page-height")
        bottom = length("margin-bottom")
        margins = w(
            "pgMar",
            top=twips(length("margin-top")),
            right=twips(length("margin-outer") - _SLACK),
            bottom=twips(bottom - _SLACK),
            left=twips(length("margin-inner")),
            header=twips(length("margin-top") * 3 / 7),
            footer=twips(bottom / 2),
            gutter=0,
        )
        grid = w(
            "docGrid",
            type="linesAndChars" if is_chinese(self._language) else "lines",
            linePitch=twips(length("line")),
            charSpace=0 if is_chinese(self._language) else None,
        )
        properties.extend([w("pgSz", w=twips(width), h=twips(height)), margins, w("cols", space=twips(18)), grid])
        return properties

    def _references(self, section: Section, pages: int) -> list[Xml]:
        if not section.running and not self._any:
            return []
        self._any = True
        code = "STYLEREF 1" if section.heading_style == "Heading 1" else f'STYLEREF "{section.heading_style}"'
        return [
            self._reference("header", "default", ("recto", code, xml_safe(section.running))),
            self._reference("header", "even", ("verso", self._event if section.running else "")),
            self._reference("footer", "default", ("right", str(pages) if section.running else "")),
            self._reference("footer", "even", ("left", str(pages) if section.running else "")),
        ]

    def _reference(self, kind: str, place: str, content: tuple[str, ...]) -> Xml:
        key = (kind, *content)
        if key not in self._made:
            name = f"{kind}{len(self._made) + 1}.xml"
            paragraph = _head(content) if kind == "header" else _foot(content)
            root = root_of_part("hdr" if kind == "header" else "ftr", paragraph)
            self._package.add(f"word/{name}", serialise(root), f"{_MAIN}{kind}+xml")
            self._made[key] = self._relationships.add(f"{OFFICE}/{kind}", name)
        reference = w(f"{kind}Reference", type=place)
        reference.set(qualified("r:id"), self._made[key])
        return reference


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
