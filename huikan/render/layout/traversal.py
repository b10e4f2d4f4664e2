"""Boxes of a page gone through one by one; the engine does it with a generator or a full look for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huikan.render.layout import engine

descendants_by_engine = engine.Box.descendants
anchors_by_engine = engine.gather_anchors
dispatch_by_engine = engine.stacking._dispatch_children
outline_by_engine = engine.draw_border.draw_outline
_IN_LINE = frozenset({engine.TextBox, engine.InlineBox, engine.LineBox})


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
            if type(child) is not engine.TextBox or not _is_unmarked(child.style) or child.is_form():
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


def dispatch_children(
    box: Any, page: Any, child_contexts: list[Any], blocks: list[Any], floats: list[Any], blocks_and_cells: Any
) -> Any:
    """Stand in for the engine's: the box without what is painted in layers of its own; itself if there is none in it.

    The engine makes a copy of every box of a page.
    """
    if not isinstance(box, engine.ParentBox):
        return box
    kept, is_whole = [], True
    for child in box.children:
        kind, found = type(child), child
        if kind in _IN_LINE and _is_flat(child.style):
            if kind is not engine.TextBox:
                found = dispatch_children(child, page, child_contexts, blocks, floats, blocks_and_cells)
        else:
            found = engine.stacking._dispatch(child, page, child_contexts, blocks, floats, blocks_and_cells)
        is_whole = is_whole and found is child
        if found is not None:
            kept.append(found)
    return box if is_whole else box.copy_with_children(kept)


def _is_flat(style: Any) -> bool:
    """Whether a box in a line is painted with what is around it, and not in a layer of its own."""
    try:
        return style.is_flat  # type: ignore[no-any-return]
    except AttributeError:
        style.is_flat = (
            style["position"] == "static"
            and style["opacity"] == 1
            and not style["transform"]
            and style["overflow"] == "visible"
            and style["float"] == "none"
            and style["z_index"] == "auto"
        )
        return style.is_flat  # type: ignore[no-any-return]


def draw_outline(stream: Any, box: Any) -> None:
    """Stand in for the engine's: outlines of a box and of those in it. Hardly any has one."""
    pending = [box]
    while pending:
        found = pending.pop()
        if not _is_without_outline(found.style):
            outline_by_engine(stream, found)  # which comes back for those in it
        else:
            pending.extend([child for child in found.children[::-1] if isinstance(child, engine.Box)])


def _is_without_outline(style: Any) -> bool:
    try:
        return style.is_without_outline  # type: ignore[no-any-return]
    except AttributeError:
        style.is_without_outline = not style["outline_width"] or style["visibility"] != "visible"
        return style.is_without_outline  # type: ignore[no-any-return]
