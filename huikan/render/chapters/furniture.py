"""What stands on a page because of its place in the book: ground, running head, folio."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huikan.render.chapters import engine
from huikan.render.chapters.corrections import is_as_wide, say_instead
from huikan.render.chapters.painted import PageKind

_COUNTERS = ("counter()", "counters()")
FIRST_NAME = 1_000_000
"""Resources of furniture are named from here, which no chapter reaches."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page's place: its number in the file from 1, its page counters, and the named strings up to it.

    `strings` has, by name, the last value of an earlier page and those set on the page itself.
    """

    kind: PageKind
    number: int
    counters: Mapping[str, Sequence[int]]
    strings: Mapping[str, tuple[str | None, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class PageArea:
    """Where content stands on a page: left and top edge, width and height in pt."""

    left: float
    top: float
    width: float
    height: float


class Furnisher:
    """Makes the furniture of pages from the stylesheets and a document without content."""

    def __init__(self, html: Any, context: Any) -> None:
        self.html, self.context = html, context
        context.target_collector.collecting = False
        (root,) = engine.build.element_to_box(
            html.etree_element, context.style_for, context.get_image_from_uri, html.base_url,
            context.target_collector, context.counter_style, context.footnotes,
        )  # fmt: skip
        root.is_for_root_element = True
        self.root = engine.build.set_viewport_overflow(root)
        self._styled: set[PageKind] = set()
        self._made: dict[PageKind, tuple[object, Any, int]] = {}

    def area(self, kind: PageKind) -> PageArea:
        """Where content stands on such a page."""
        page = self._page(kind)
        scale = engine.PT_PER_PX
        return PageArea(
            scale * page.content_box_x(), scale * page.content_box_y(), scale * page.width, scale * page.height
        )

    def count_page(self, kind: PageKind, state: Any) -> None:
        """Change the counters of `state` as such a page does."""
        engine.build.update_counters(state, self._style(kind))

    def furnished(self, place: Place) -> Any:
        """A page box that has nothing but furniture."""
        others = tuple((name, tuple(values)) for name, values in place.counters.items() if name != "page")
        alike = place.number > 1, others, tuple(place.strings.items())
        before, page, number = self._made.get(place.kind, (None, None, 0))
        made = self._numbered(page, number, place.counters["page"][-1]) if before == alike else None
        if made is None:
            made = self._furnished(place)
        self._made[place.kind] = alike, made, place.counters["page"][-1]
        return made

    def _furnished(self, place: Place) -> Any:
        page = self._page(place.kind)
        context = self.context
        context.current_page = place.number
        context.page_bottom = page.content_box_y() + page.height
        context.string_set = defaultdict(lambda: defaultdict(list))
        for name, (before, here) in place.strings.items():
            if before is not None and place.number > 1:
                context.string_set[name][place.number - 1].append(before)
            if here:
                context.string_set[name][place.number].extend(here)
        state: Any = ([0], {name: list(values) for name, values in place.counters.items()}, [set(place.counters)], [])
        margins = tuple(engine.page_layout.make_margin_boxes(context, page, state))
        return self._grounded(page, margins)

    def _numbered(self, page: Any, before: int, now: int) -> Any:
        """A copy of a furnished page with another page number; None if that is not as wide, digit for digit."""
        margins = []
        for box in page.children:
            content = box.style["content"]
            if not any(kind in _COUNTERS and value[0] == "page" for kind, value in content):
                margins.append(box)
                continue
            copied = box.deepcopy()
            texts = [inner for inner in copied.descendants() if isinstance(inner, engine.boxes.TextBox)]
            (kind, value), *more = content
            if kind != "counter()" or more or len(texts) != 1:
                return None
            was, text = (self.context.counter_style.render_value(number, value[1]) for number in (before, now))
            if texts[0].text != was or not is_as_wide(texts[0], text):
                return None
            say_instead(texts[0], text)
            margins.append(copied)
        return page.copy_with_children(margins)

    def bare(self, kind: PageKind) -> Any:
        """A page box with nothing on it."""
        return self._grounded(self._page(kind), ())

    def _grounded(self, page: Any, margins: tuple[Any, ...]) -> Any:
        """The page with its ground laid out, which may be that of the root element, and the margin boxes."""
        root = self.root.copy_with_children([])
        root.position_x, root.position_y = page.content_box_x(), page.content_box_y()
        root.width, root.height = page.width, page.height
        engine.page_layout.resolve_percentages(root, page)
        page.children = (root, *margins)
        engine.lay_out_backgrounds(page, self.context.get_image_from_uri)
        page.children = margins
        return page

    def _style(self, kind: PageKind) -> Any:
        if kind not in self._styled:
            page_type = engine.page_layout.PageType(*kind)
            engine.page_layout.set_page_type_computed_styles(page_type, self.html, self.context.style_for)
            engine.standardise_page_counters(self.context.style_for(page_type), None)
            self._styled.add(kind)
        return self.context.style_for(engine.page_layout.PageType(*kind))

    def _page(self, kind: PageKind) -> Any:
        style = self._style(kind)
        style["overflow"] = self.root.viewport_overflow
        page = engine.boxes.PageBox(engine.page_layout.PageType(*kind), style)
        engine.page_width_and_height(page, self.context)
        return page
