"""XML as a tree in which every text knows its XPath and line. No entities, no network, no huge documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from huikan.finding import ContentError, Finding, Severity
from huikan.importers.json_tree import refuse_oversized
from huikan.importers.located import Value, located

_MARKED_UP = frozenset({"abstract", "description", "biography", "note"})
"""Elements whose children are markup of their text."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its own words, its attributes and its child elements, without namespaces."""

    tag: str
    path: str
    line: int
    words: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()

    @property
    def position(self) -> str:
        """`/schedule/day[1]/room[2]:45`."""
        return f"{self.path}:{self.line}"

    def all(self, tag: str) -> tuple[Node, ...]:
        """The children of that name."""
        return tuple(child for child in self.children if child.tag == tag)

    def child(self, *tags: str) -> Value | None:
        """The words of the first child of one of the names that has any."""
        for tag in tags:
            for child in self.children:
                if child.tag == tag and (value := child.text()):
                    return value
        return None

    def text(self) -> Value | None:
        """The element's own words."""
        return located(self.words, self.position)

    def attribute(self, *names: str) -> Value | None:
        """The first of the attributes that has words."""
        for name in names:
            value = located(self.attributes.get(name), f"{self.path}/@{name}:{self.line}")
            if value:
                return value
        return None

    def leaves(self) -> Iterator[Value]:
        """Every text and attribute with words, in document order."""
        for name in self.attributes:
            value = self.attribute(name)
            if value:
                yield value
        own = self.text()
        if own:
            yield own
        for child in self.children:
            yield from child.leaves()


def read_xml(data: bytes, source_name: str) -> Node:
    """The tree of an XML source.

    Raises ContentError for what is not well-formed, too large, nested deeper than 256 levels, or declares entities.
    """
    refuse_oversized(data, source_name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (0, 0)) or (0, 0)
        finding = Finding(
            "HK804", Severity.ERROR, f"not XML: {error}", "export the file again", source_name, line or 0, column or 0
        )
        raise ContentError([finding]) from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        message, hint = (
            "the XML declares entities",
            "delete the <!DOCTYPE …> with its entities, or export the file again",
        )
        raise ContentError([Finding("HK805", Severity.ERROR, message, hint, source_name)])
    return _node(root, f"/{_name(root)}")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _node(element: etree._Element, path: str) -> Node:
    line = int(str(element.sourceline or 0))
    attributes = {etree.QName(str(name)).localname: str(value) for name, value in element.attrib.items()}
    elements = [child for child in element if isinstance(child.tag, str)]
    tag = _name(element)
    if elements and tag in _MARKED_UP:
        inner = (element.text or "") + "".join(str(etree.tostring(child, encoding="unicode")) for child in elements)
        return Node(tag, path, line, inner, attributes)
    own = " ".join(part for part in (element.text, *(child.tail for child in element)) if part and part.strip())
    counts: dict[str, int] = {}
    children = []
    for child in elements:
        name = _name(child)
        counts[name] = counts.get(name, 0) + 1
        children.append(_node(child, f"{path}/{name}[{counts[name]}]"))
    return Node(tag, path, line, own, attributes, tuple(children))
