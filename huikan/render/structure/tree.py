"""A chapter's tags as plain objects: built from laid-out pages, element by element, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from huikan.render.structure.roles import alternative_of, attributes_of, is_decoration, role_of
from huikan.render.vocabulary import Kind, rule_for

_KEPT_EMPTY = frozenset({"TH", "TD"})
"""Cells without words stay, so that every row has its columns."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked-content sequence: the page from 0, and its id on that page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotation on a page from 0; `annotation` is the engine's dictionary."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Node:
    """A structure element. `language` is empty where it is that of the parent."""

    role: str
    kids: list[Node | Marked | Annotated] = field(default_factory=list)
    language: str = ""
    alternative: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def child(self, role: str) -> Node:
        """A new last kid."""
        node = Node(role)
        self.kids.append(node)
        return node

    def nodes(self) -> Iterator[Node]:
        """This element and all below, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()


class StructureBuilder:
    """Gives each HTML element its one structure element, made when its first content is met."""

    def __init__(self, root: Element) -> None:
        self.document = Node("Document")
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._root = root
        self._places: dict[Element, Node] = {}
        self._items: dict[Element, Node] = {}
        self._notes: dict[Element, Node] = {}
        self._labels: dict[Element, Node] = {}
        self._paths: dict[Element, tuple[Element, ...]] = {}

    def path(self, element: Element) -> tuple[Element, ...]:
        """The element's ancestors from the root, and itself."""
        if element not in self._paths:
            parent = self._parents.get(element)
            self._paths[element] = (*(self.path(parent) if parent is not None else ()), element)
        return self._paths[element]

    def is_decoration(self, element: Element) -> bool:
        """Whether the element, or one that it is in, is drawn and never read."""
        return any(is_decoration(self.path(step)) for step in self.path(element))

    def place(self, element: Element) -> Node:
        """The structure element that holds the element's own words."""
        if element not in self._places:
            self._places[element] = self._made(element)
        return self._places[element]

    def place_of_pseudo(self, element: Element, pseudo: str) -> Node:
        """The structure element of a pseudo-element: labels of items and notes, references to notes, else its own."""
        if pseudo == "footnote-call":
            reference = self.place(self._parents[element]).child("Reference")
            self.place(element)
            return reference
        if pseudo in {"marker", "footnote-marker"} or (pseudo == "before" and element.tag == "li"):
            body = self.place(element)
            if element not in self._labels:
                self._labels[element] = label = Node("Lbl")
                holder = self._items.get(element, body)
                holder.kids.insert(0, label)
            return self._labels[element]
        return self.place(element)

    def link(self, element: Element) -> Node | None:
        """The Link of the nearest `a`, to which an annotation belongs (ISO 14289-1 §7.18.5); None outside links."""
        anchor = next((step for step in reversed(self.path(element)) if step.tag == "a"), None)
        return None if anchor is None else self.place(anchor)

    def finished(self) -> Node:
        """The tree, with empty elements gone. What depends on the chapters before is left to `JoinedTags`."""
        _prune(self.document)
        for node in self.document.nodes():
            if node.role == "L" and not any(kid.role == "Lbl" for item in node.kids for kid in _below(item)):
                node.attributes = {"O": "/List", "ListNumbering": "/None"}
            captions = [kid for kid in _below(node) if kid.role == "Caption"]
            if node.role != "Table" and len(captions) == len(node.kids):
                for caption in captions:
                    caption.role = "P"
        return self.document

    def _made(self, element: Element) -> Node:
        parent = self._parents.get(element)
        if parent is None or element.tag == "body":
            return self.document
        around = self.place(parent)
        own = element.get("lang", "")
        language = own if own != self.language(parent) else ""
        if element.tag in {"dt", "dd", "li"} and around.role == "L":
            node = self._item(element, around)
        elif role := role_of(self.path(element)):
            if role == "Link" and self._in_contents(element):
                around = around.child("Reference")
            node = around.child(role)
        elif language:
            node = around.child("Span")
        else:
            return around
        node.language = language
        node.attributes = {} if node.role in {"TOC", "TOCI"} else attributes_of(element)
        node.alternative = alternative_of(element) if node.role == "Figure" else ""
        return node

    def _item(self, element: Element, around: Node) -> Node:
        if element.tag != "dd":
            around.child("LI")
        item = next((kid for kid in reversed(around.kids) if isinstance(kid, Node)), None) or around.child("LI")
        self._items[element] = item
        return item.child("Lbl" if element.tag == "dt" else "LBody")

    def _in_contents(self, element: Element) -> bool:
        rules = (rule_for(self.path(step)) for step in self.path(element))
        return any(rule is not None and rule.kind is Kind.CONTENTS for rule in rules)

    def language(self, element: Element) -> str:
        """The language tag of the element's words; empty where none is given."""
        return next((step.get("lang", "") for step in reversed(self.path(element)) if step.get("lang")), "")


def _below(kid: Node | Marked | Annotated) -> list[Node]:
    return [node for node in kid.kids if isinstance(node, Node)] if isinstance(kid, Node) else []


def _prune(node: Node) -> None:
    for kid in node.kids:
        if isinstance(kid, Node):
            _prune(kid)
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.role in _KEPT_EMPTY]
