"""Headings that stand alone on a page since what follows them may not be broken: it is broken after all.

Where nothing but breaks that are to be avoided is left, CSS lets them be taken (css-break-3 §4.4). The engine takes
that below the heading; a reader would rather have the text broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from huikan.render.chapters import engine
from huikan.render.layout.used_values import changed

_NOTHING = engine.Dimension(0, "px")
"""The margin above what begins a page at an unforced break."""
_AVOIDS = ("avoid", "avoid-page")
_UNFORCED = ("auto", *_AVOIDS)


def join_lone_headings(pages: Sequence[Any], structure: Any) -> bool:
    """Let what was torn off a heading be broken, in the formatting structure of the pages; whether there was any.

    What holds both begins a page, as it did, when it is laid out again.
    """
    torn = list(_torn_off(pages))
    for whole, part in torn:
        box = _box_of(structure, part.element)
        for each in (box, *(box.children if box.is_table_wrapper else ())):
            each.style = changed(each.style, break_inside="auto")
        box = _box_of(structure, whole.element)
        if box.style["break_before"] in _UNFORCED:
            box.style = changed(box.style, break_before="page", margin_top=_NOTHING)
    return bool(torn)


def _torn_off(pages: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Each box that begins a page since it keeps whole, below one that it should not have left; and what holds both."""
    for page, following in pairwise(pages):
        whole = None
        for above, below in zip(_outermost_first(page, -1), _outermost_first(following, 0), strict=False):
            if above.element is below.element:
                whole = below
                continue
            together = above.style["break_after"] in _AVOIDS or below.style["break_before"] in _AVOIDS
            breakable = {above.style["break_after"], below.style["break_before"]}.issubset(_UNFORCED)
            if whole is not None and together and breakable and below.style["break_inside"] in _AVOIDS:
                yield whole, below
            break


def _outermost_first(page: Any, at: int) -> Iterator[Any]:
    """The page's root, and in it the last (-1) or first (0) box in normal flow, and so on."""
    box = page.children[0]
    while True:
        yield box
        inside = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        if not inside or not isinstance(inside[at], engine.boxes.BlockLevelBox):
            return
        box = inside[at]


def _box_of(structure: Any, element: Any) -> Any:
    """The outermost box of an element."""
    return next(box for box in structure.descendants() if box.element is element)
