"""A part of a document by itself: the elements that somebody asked for, under the headings they stand under."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from huikan.render.docx.inlines import Rules

_LEADING = {"Heading 1", "Programme Day", "Programme Session", "Programme Place"}
"""Styles of paragraphs that say where a part stands."""


def elements_beside(root: Element, wanted: frozenset[str], rules: Rules) -> frozenset[Element]:
    """The outermost elements that neither have an id of `wanted`, nor hold or lead what has one."""
    beside: set[Element] = set()
    if not _holds(root, wanted, rules, beside):
        beside.add(root)
    return frozenset(beside)


def _holds(element: Element, wanted: frozenset[str], rules: Rules, beside: set[Element]) -> bool:
    if element.get("id") in wanted:
        return True
    others = [child for child in element if not _holds(child, wanted, rules, beside)]
    if len(others) == len(element):
        return False
    beside.update(child for child in others if not _leads(child, rules))
    return True


def _leads(element: Element, rules: Rules) -> bool:
    rule = rules.get(element)
    return element.tag == "thead" or (rule is not None and rule.style in _LEADING)
