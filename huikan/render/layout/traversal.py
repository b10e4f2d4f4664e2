"""Boxes of a page gone through one by one; the engine does it with a generator or a full look for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huikan.render.layout import engine

descendants_by_engine = engine.Box.descendants
anchors_by_engine = engine.gather_anchors


def descendants(box: Any, placeholders: bool = False) -> Iterator[Any]:
    """Stand in for the method of the engine's boxes: a box and those in it, in their order.

    With `placeholders`, boxes taken out of the flow stand where those were left for them.
    """
    pending = [box]
    while pending:
        found = pending.pop()
        if placeholders and isinstance(found, engine.AbsolutePlaceholder):
            found = found._box
        yield found
        if isinstance(found, engine.Box):
            pending.extend(found.children[::-1])


def gather_anchors(
    box: Any,
    anchors: Any,
    links: Any,
    bookmarks: Any,
    forms: Any,
    parent_matrix: Any = None,
    parent_form: Any = None,
    parent_link: Any = None,
) -> None:
    """Stand in for the engine's: what of a page is linked from elsewhere. Most boxes have nothing of it."""
    link = box.link or parent_link
    if (
        parent_matrix is None
        and _is_unmarked(box.style)
        and (link is None or isinstance(box, engine.TextBox | engine.LineBox))
        and not box.is_form()
    ):
        for child in box.all_children():
            gather_anchors(child, anchors, links, bookmarks, forms, None, parent_form, link)
    else:
        anchors_by_engine(box, anchors, links, bookmarks, forms, parent_matrix, parent_form, parent_link)


def _is_unmarked(style: Any) -> bool:
    try:
        return style.is_unmarked  # type: ignore[no-any-return]
    except AttributeError:
        style.is_unmarked = (
            not style["transform"]
            and not style["anchor"]
            and style["bookmark_level"] == "none"
            and style["appearance"] != "auto"
        )
        return style.is_unmarked  # type: ignore[no-any-return]
