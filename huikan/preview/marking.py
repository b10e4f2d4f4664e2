"""Where content fields stand on the pages: each box of an element with a field becomes a link of the PDF to it.

Links change neither layout nor drawing, so the pages stay those of a build; they survive whatever binds the pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import weasyprint.html as engine

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FIELDS = "huikan-field:"
_FULL_PAGE = "huikan-full-page:"
_FULL_PAGE_CLASSES = {"cover", "back-cover"}


@dataclass(frozen=True, slots=True)
class FieldBox:
    """Where words of content fields stand: `left`, `top`, `right`, `bottom` in pt from the top left of the trim."""

    fields: tuple[str, ...]
    left: float
    top: float
    right: float
    bottom: float


@contextmanager
def fields_marked() -> Iterator[None]:
    """While it lasts, the engine makes links of fields; an element that is a link already stays one."""
    handle = engine.handle_element

    def marking(element: Element, box: Any, *others: Any) -> Sequence[Any]:
        made: Sequence[Any] = handle(element, box, *others)
        target = _target_of(element)
        for each in made if target else ():
            if each.link is None:
                each.link = ("url", ("external", target))
        return made

    engine.handle_element = marking
    try:
        yield
    finally:
        engine.handle_element = handle


def _target_of(element: Element) -> str:
    fields = element.get("data-field") or element.get("data-derived")
    if fields:
        return _FIELDS + quote(fields, safe="/#.")
    classes = set(element.get("class", "").split())
    return _FULL_PAGE if element.tag == "section" and classes & _FULL_PAGE_CLASSES else ""


def field_boxes(page: Any) -> tuple[FieldBox, ...]:
    """The boxes of fields on a page of a PDF (pikepdf), each once, in the order of the content."""
    left, _, _, top = (float(each) for each in page.get("/TrimBox", page.MediaBox))
    boxes = []
    for target, rectangle in _marks(page):
        if target.startswith(_FIELDS):
            xs, ys = sorted(rectangle[::2]), sorted(rectangle[1::2])
            if xs[1] - xs[0] > 1 and ys[1] - ys[0] > 1:
                sides = (xs[0] - left, top - ys[1], xs[1] - left, top - ys[0])
                fields = tuple(unquote(target.removeprefix(_FIELDS)).split())
                boxes.append(FieldBox(fields, *(round(side, 1) for side in sides)))
    return tuple(dict.fromkeys(boxes))


def is_full_page(page: Any) -> bool:
    """Whether the page has no margins: a cover."""
    return any(target == _FULL_PAGE for target, _ in _marks(page))


def _marks(page: Any) -> Iterator[tuple[str, list[float]]]:
    for annotation in page.get("/Annots", ()):
        action = annotation.get("/A")
        if action is not None and "/URI" in action:
            yield str(action.URI), [float(each) for each in annotation.Rect]
