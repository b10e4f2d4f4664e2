"""What the styles of a reviewed copy mean, whatever the program that saved it calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOOKS = {
    "strong": "s",
    "emphasis": "e",
    "code": "c",
    "strong emphasis": "s",
    "要点": "s",
    "强调": "e",
    "加重": "s",
}
"""By the name of a character style in small letters."""
_CHINESE = {
    "正文文本": "Body Text",
    "列表项目符号": "List Bullet",
    "列表编号": "List Number",
    "列表段落": "List Paragraph",
    "列出段落": "List Paragraph",
    "引用": "Quote",
    "脚注文本": "Footnote Text",
    "题注": "Caption",
}
_CHINESE_HEADING = re.compile(r"标题 ?([1-9])")
_NAMES = (
    *("Body Text", "List Bullet", "List Number", "List Paragraph", "Quote", "Footnote Text", "Caption"),
    *(f"Heading {level}" for level in range(1, 10)),
)
_BY_SMALL_LETTERS = {name.lower(): name for name in _NAMES} | {"text body": "Body Text"}


@dataclass(frozen=True, slots=True)
class WordStyles:
    """`looks` are letters by the id of a character style, `names` those of paragraph styles by id."""

    looks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    formats: Mapping[tuple[str, int], str] = field(default_factory=lambda: MappingProxyType({}))
    """How an instance of a list is numbered on a level."""

    def name(self, id: str) -> str:
        """The name of a paragraph style as a copy was sent with it; its own for one that was not."""
        return self.names.get(id, id)

    def item(self, style: str, numbering: etree._Element | None) -> tuple[str, int]:
        """What a paragraph of that style is in a list (bullet, number, or nothing), and on which level from 0."""
        own = {"List Bullet": "bullet", "List Number": "number"}.get(style, "")
        if numbering is None or style.startswith("Heading"):
            return own, 0
        instance, level = (_value(numbering, name) for name in ("numId", "ilvl"))
        depth = int(level) if level.isdecimal() else 0
        if instance == "0":
            return "", 0
        kind = self.formats.get((instance, depth), "")
        return ("" if kind == "none" else "bullet" if kind == "bullet" else "number" if kind else own), depth


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return child.get(f"{_W}val", "") if child is not None else ""


def read_styles(styles: etree._Element | None, numbering: etree._Element | None) -> WordStyles:
    """Of styles.xml and numbering.xml."""
    looks: dict[str, str] = {}
    names: dict[str, str] = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        id, name = style.get(f"{_W}styleId", ""), style.find(f"{_W}name")
        words = name.get(f"{_W}val", "") if name is not None else ""
        if style.get(f"{_W}type") == "character":
            looks[id] = _LOOKS.get(words.lower()) or _look_of(style.find(f"{_W}rPr"))
        elif style.get(f"{_W}type") == "paragraph":
            names[id] = _sent_name(words)
    return WordStyles(looks, names, _formats(numbering))


def is_on(switch: etree._Element) -> bool:
    """Whether a property that is on or off is on (ISO/IEC 29500-1 §17.17.4)."""
    return str(switch.get(f"{_W}val", "1")).lower() not in {"0", "false", "off", "none"}


def _look_of(properties: etree._Element | None) -> str:
    """The look that a style of an unknown name gives."""
    if properties is None:
        return ""
    look = {name: (switch := properties.find(f"{_W}{name}")) is not None and is_on(switch) for name in ("b", "i", "em")}
    return ("s" if look["b"] else "") + ("e" if look["i"] or look["em"] else "")


def _formats(numbering: etree._Element | None) -> dict[tuple[str, int], str]:
    abstract: dict[str, list[tuple[int, str]]] = {}
    found: dict[tuple[str, int], str] = {}
    if numbering is None:
        return found
    for entry in numbering.iterfind(f"{_W}abstractNum"):
        levels = ((int(level.get(f"{_W}ilvl", "0")), _value(level, "numFmt")) for level in entry.iterfind(f"{_W}lvl"))
        abstract[entry.get(f"{_W}abstractNumId", "")] = list(levels)
    for entry in numbering.iterfind(f"{_W}num"):
        for level, kind in abstract.get(_value(entry, "abstractNumId"), ()):
            found[entry.get(f"{_W}numId", ""), level] = kind
    return found


def _sent_name(words: str) -> str:
    """Word writes the names of its own styles in small letters, other programs as they like or in Chinese."""
    heading = _CHINESE_HEADING.fullmatch(words)
    return f"Heading {heading[1]}" if heading else _BY_SMALL_LETTERS.get(words.lower()) or _CHINESE.get(words, words)
