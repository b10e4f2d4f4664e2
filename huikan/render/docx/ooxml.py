"""WordprocessingML elements: names, fields, and text that XML can carry."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import TypeAlias

from lxml import etree

Xml: TypeAlias = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_W = NAMESPACES["w"]
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def qualified(name: str) -> str:
    """`w:p` as `{namespace}p`."""
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix or 'w']}}}{local}"


def w(tag: str, /, *children: Xml | None, **attributes: str | int | None) -> Xml:
    """An element of the main namespace; children and attributes that are None are left out."""
    element = etree.Element(f"{{{_W}}}{tag}", nsmap=None)
    for name, value in attributes.items():
        if value is not None:
            element.set(f"{{{_W}}}{name}", str(value))
    element.extend([child for child in children if child is not None])
    return element


def root_of_part(tag: str, *children: Xml) -> Xml:
    """The root of a part, with every prefix declared once."""
    element = etree.Element(f"{{{_W}}}{tag}", nsmap=NAMESPACES)
    element.extend(children)
    return element


def element(tag: str, /, *children: Xml, **attributes: str | int) -> Xml:
    """An element of any declared namespace (`wp:inline`), with plain attributes."""
    made = etree.Element(qualified(tag), nsmap=None)
    for key, value in attributes.items():
        made.set(key, str(value))
    made.extend(children)
    return made


def xml_safe(text: str) -> str:
    """The text without the characters that XML 1.0 (§2.2) cannot carry."""
    return _FORBIDDEN.sub("", text)


def text(words: str) -> Xml:
    """A `w:t` that keeps its white space."""
    made = etree.Element(f"{{{_W}}}t", nsmap=None)
    made.text = words
    if words != words.strip() or "  " in words:
        made.set(_SPACE, "preserve")
    return made


def instruction(code: str) -> Xml:
    """The instruction of a field."""
    made = w("instrText")
    made.set(_SPACE, "preserve")
    made.text = f" {code} "
    return made


def field_begin(code: str, look: Xml | None = None) -> list[Xml]:
    """The runs before a complex field's result, with its run properties `look`; close it with `field_end`."""
    parts = (w("fldChar", fldCharType="begin"), instruction(code), w("fldChar", fldCharType="separate"))
    return [w("r", deepcopy(look), part) for part in parts]


def field_end(look: Xml | None = None) -> Xml:
    """The run that ends a complex field."""
    return w("r", deepcopy(look), w("fldChar", fldCharType="end"))


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def emu(points: float) -> int:
    """Points as English Metric Units."""
    return round(points * 12700)


def declare_prefixes(root: Xml) -> None:
    """Declare at a part's root every prefix that the part uses, and no other."""
    etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=["w", "r"])
