"""One chapter laid out on pages, without running heads and folios: those wait until the chapter's place is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from huikan.render.chapters import engine
from huikan.render.chapters.divide import Chapter
from huikan.render.chapters.lone_headings import join_lone_headings

_MOST_LAYOUTS = 8
_PAGE_COUNTERS = ("page", "pages")
_SIDES = ("left", "right", "recto", "verso")


@dataclass(frozen=True, slots=True)
class References:
    """Page numbers by anchor, and those of the chapter itself: its first page's number and the number of all pages.

    Those by anchor may be `guessed`, as long as no book was planned.
    """

    numbers: Mapping[str, int]
    first: int = 0
    total: int = 0
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """An anchor whose page number was asked for: by a box of the formatting structure, for its `use` ("content")."""

    anchor: str
    box: Any
    use: str


@dataclass(frozen=True, slots=True)
class Pagination:
    """Laid-out pages (the engine's page boxes) and the page numbers that were asked for.

    `structure` is what was laid out: the root of the formatting structure, which is as it was before.
    """

    pages: list[Any]
    structure: Any
    citations: tuple[Citation, ...]
    wants_own_number: bool
    sided: bool

    @property
    def wanted(self) -> tuple[str, ...]:
        """The anchors whose page numbers were asked for."""
        return tuple(sorted({citation.anchor for citation in self.citations}))


def paginate(html: Any, context: Any, chapter: Chapter, references: References, side: str) -> Pagination:
    """Lay out the chapter, opened as `html` with the engine's layout context, its first page on `side`.

    Page references take their numbers from `references`; an anchor that is not among them counts as undefined.
    """
    collector, citations = context.target_collector, list[Citation]()
    collector.target_lookup_items = {
        anchor: _KnownTarget(anchor, number, references.total) for anchor, number in references.numbers.items()
    }
    collector.lookup_target = partial(_looked_up, collector.lookup_target, citations)
    root_box = _formatting_structure(html, context, chapter.footnotes_before)
    wants_own_number = any(
        set(item.missing_counters) & set(_PAGE_COUNTERS) for item in collector.counter_lookup_items.values()
    )
    first_page, footnotes = engine.first_page_counted_as(0 if chapter.opens_book else 1), context.footnotes
    with first_page, engine.pages_all_named(_page_name(html, context)):
        for _ in range(_MOST_LAYOUTS):
            context.footnotes = footnotes
            _begin_on(side, references.first, context, root_box)
            pages = _pages(html, context, root_box, references.total)
            if not join_lone_headings(pages, root_box):
                break
    _gather_labels(pages, collector, context)
    del collector.lookup_target  # which would keep the collector, and through the citations all boxes
    sided = any(entry[1]["break"] in _SIDES for entry in context.page_maker[1:-1])
    return Pagination(pages, root_box, tuple(citations), wants_own_number, sided)


class _KnownTarget(engine.TargetLookupItem):  # type: ignore[misc]
    """A target whose page number is known before anything is laid out."""

    def __init__(self, anchor: str, number: int, total: int) -> None:
        super().__init__("up-to-date")
        self.anchor = anchor
        self.target_box = _Answer({"page": [number], "pages": [total]})


def _looked_up(look_up: Any, citations: list[Citation], anchor: Any, box: Any, use: str, parse_again: Any) -> Any:
    """The collector's answer to who asks for a target, of which a note is made."""
    target = look_up(anchor, box, use, parse_again)
    if isinstance(target, _KnownTarget):
        citations.append(Citation(target.anchor, box, use))
    return target


@dataclass(frozen=True, slots=True)
class _Answer:
    cached_counter_values: dict[str, list[int]]


def _formatting_structure(html: Any, context: Any, footnotes_before: int) -> Any:
    """As the engine builds it, but with the footnotes counted on from earlier chapters."""
    build = engine.build
    state: Any = ([0], {"footnote": [footnotes_before], "note": [0]}, [{"footnote", "note"}], [])
    (box,) = build.element_to_box(
        html.etree_element, context.style_for, context.get_image_from_uri, html.base_url,
        context.target_collector, context.counter_style, context.footnotes, state,
    )  # fmt: skip
    context.target_collector.check_pending_targets()
    box.process_whitespace()
    box.process_text_transform()
    box.is_for_root_element = True
    return build.set_viewport_overflow(build.create_anonymous_boxes(box))


def _begin_on(side: str, number: int, context: Any, root_box: Any) -> None:
    """Let the first page be on that side, and have that number if it is known."""
    engine.initialize_page_maker(context, root_box)
    resume_at, next_page, _, state, remake = context.page_maker[0]
    if number:
        state[1]["page"] = [number - 1]
        state[2][0].add("page")
    context.page_maker[0] = (resume_at, next_page, side == "right", state, remake)


def _pages(html: Any, context: Any, root_box: Any, total: int) -> list[Any]:
    pages: list[Any] = []
    footnotes = context.footnotes.copy()
    for _ in range(_MOST_LAYOUTS):
        context.footnotes = footnotes.copy()
        pages = list(engine.page_layout.make_all_pages(context, root_box, html, pages))
        again = False
        for _, _, _, state, remake in context.page_maker:
            state[1]["pages"] = [total]
            again = again or remake["content_changed"]
        if not again:
            break
    return pages


def _page_name(html: Any, context: Any) -> str | None:
    """The name of the pages that all of the chapter wants; None when parts of it want others."""
    body = html.etree_element.find("body")
    styles = [context.style_for(element) for part in body for element in part.iter()]
    if "".join([body.text or "", *(part.tail or "" for part in body)]).strip():
        styles.append(context.style_for(body))
    styles += [context.style_for(body, pseudo) for pseudo in ("before", "after")]
    names = {style["page"] for style in {id(style): style for style in styles}.values() if style is not None}
    return str(names.pop()) if len(names) == 1 else None


def _gather_labels(pages: list[Any], collector: Any, context: Any) -> None:
    """One bookmark an element, though its box is broken over pages; labels with page numbers are made anew."""
    seen: set[tuple[str, Any]] = set()
    for number, page in enumerate(pages):
        counters = context.page_maker[number + 1][3][1]
        for box in page.descendants():
            if box.bookmark_label:
                part = box.element_tag.partition("::")[2]
                if (part, box.element) in seen:
                    box.bookmark_label = ""
                seen.add((part, box.element))
            if box.missing_link:
                item = collector.counter_lookup_items.get((box.missing_link, "bookmark-label"))
                if item is not None and box.bookmark_label:
                    item.parse_again(counters)
                    box.bookmark_label = box.missing_link.bookmark_label
