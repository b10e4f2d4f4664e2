"""WordprocessingML as text: elements, fields, and words that XML can carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NewType

Xml = NewType("Xml", str)
"""Whole elements as text, which is put together ten times as fast as trees are."""

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_ALWAYS_DECLARED = ("w", "r")
XML_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_QUOTED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def w(tag: str, /, *children: Xml | None, **attributes: str | int | None) -> Xml:
    """An element of the main namespace; children and attributes that are None are left out."""
    said = "".join([f' w:{name}="{_quoted(value)}"' for name, value in attributes.items() if value is not None])
    inside = "".join(filter(None, children))
    return Xml(f"<w:{tag}{said}>{inside}</w:{tag}>" if inside else f"<w:{tag}{said}/>")


def properties(tag: str, *children: Xml | None) -> Xml | None:
    """An element of the main namespace with these children; None without any."""
    return w(tag, *children) if any(children) else None


def element(tag: str, /, *children: Xml, **attributes: str | int) -> Xml:
    """An element whose name and attributes are given with their prefixes (`wp:inline`)."""
    said = "".join([f' {name}="{_quoted(value)}"' for name, value in attributes.items()])
    inside = "".join(children)
    return Xml(f"<{tag}{said}>{inside}</{tag}>" if inside else f"<{tag}{said}/>")


def _quoted(value: str | int) -> str:
    if isinstance(value, int):
        return str(int(value))
    return value if value.isalnum() else xml_safe(value).translate(_QUOTED)


def characters(words: str) -> Xml:
    """Words as they stand between tags."""
    safe = xml_safe(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Xml(safe.replace("\r", "&#13;"))


def xml_safe(text: str) -> str:
    """The text without the characters that XML 1.0 (§2.2) cannot carry."""
    return _FORBIDDEN.sub("", text)


def text(words: str) -> Xml:
    """A `w:t` that keeps its white space."""
    kept = ' xml:space="preserve"' if words != words.strip() or "  " in words else ""
    return Xml(f"<w:t{kept}>{characters(words)}</w:t>")


def field_begin(code: str, look: Xml | None = None) -> list[Xml]:
    """The runs before a complex field's result, with its run properties `look`; close it with `field_end`."""
    instruction = Xml(f'<w:instrText xml:space="preserve"> {characters(code)} </w:instrText>')
    parts = (w("fldChar", fldCharType="begin"), instruction, w("fldChar", fldCharType="separate"))
    return [w("r", look, part) for part in parts]


def field_end(look: Xml | None = None) -> Xml:
    """The run that ends a complex field."""
    return w("r", look, w("fldChar", fldCharType="end"))


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def emu(points: float) -> int:
    """Points as English Metric Units."""
    return round(points * 12700)


def part_content(tag: str, children: Iterable[Xml], prefixes: Sequence[str] = tuple(NAMESPACES)) -> bytes:
    """A part with the root `w:tag`, which declares the prefixes that are used, in the order of `prefixes`."""
    inside = "".join(children)
    used = [prefix for prefix in prefixes if prefix in _ALWAYS_DECLARED or f"<{prefix}:" in inside]
    declared = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in used)
    return f"{XML_DECLARATION}<w:{tag}{declared}>{inside}</w:{tag}>".encode()
