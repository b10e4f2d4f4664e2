"""Which standard structure type (ISO 32000-1 §14.8.4) an element of the vocabulary has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from huikan.render.vocabulary import SVG, Kind, rule_for

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")

_ROLES = {
    "section": "Sect",
    "nav": "Sect",
    "article": "Art",
    "div": "Div",
    "figure": "Div",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "code": "Code",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "a": "Link",
    "img": "Figure",
    SVG: "Figure",
} | {heading.lower(): heading for heading in HEADINGS}

_CONTENTS_ROLES = {"ol": "TOC", "li": "TOCI"}


def role_of(path: Sequence[Element]) -> str:
    """The structure type of the last element of `path`; empty for one that stands in its parent's place.

    `LI`, of list items and of the pairs of a definition list, is made by the tree builder.
    """
    element, rule = path[-1], rule_for(path)
    if rule is not None and rule.kind is Kind.FOOTNOTE:
        return "Note"
    if rule is not None and rule.kind in {Kind.CONTENTS, Kind.CONTENTS_LINE}:
        return _CONTENTS_ROLES.get(element.tag, "")
    return _ROLES.get(element.tag, "")


def is_decoration(path: Sequence[Element]) -> bool:
    """Whether the last element of `path` is drawn and never read, and so an artifact (ISO 14289-1 §7.1)."""
    element, rule = path[-1], rule_for(path)
    if element.tag == SVG:
        return element.get("aria-hidden") == "true" or not alternative_of(element)
    return rule is not None and rule.kind in {Kind.DECORATION, Kind.RULE}


def alternative_of(element: Element) -> str:
    """The words read in place of a picture: `alt`, or the title of a drawing."""
    if element.tag == SVG:
        return (element.findtext("{http://www.w3.org/2000/svg}title") or "").strip()
    return element.get("alt", "").strip()


def attributes_of(element: Element) -> Mapping[str, Any]:
    """The attribute dictionary (ISO 32000-1 §14.8.5) of a table header or list; empty for others."""
    if element.tag in {"th", "td"}:
        attributes: dict[str, Any] = {"O": "/Table"}
        if element.tag == "th":
            attributes["Scope"] = "/Row" if element.get("scope") in {"row", "rowgroup"} else "/Column"
        for name, html in (("ColSpan", "colspan"), ("RowSpan", "rowspan")):
            if element.get(html, "1").isdecimal() and int(element.get(html, "1")) > 1:
                attributes[name] = int(element.get(html, "1"))
        return attributes if len(attributes) > 1 else {}
    if element.tag in {"ol", "ul", "dl"}:
        unnumbered = element.tag == "dl" or element.get("class") == "index-names"
        return {
            "O": "/List",
            "ListNumbering": "/None" if unnumbered else {"ol": "/Decimal", "ul": "/Disc"}[element.tag],
        }
    return {}
