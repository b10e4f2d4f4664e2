"""Computed styles shared by all chapters of one look: the engine would work them out for each document anew.

Elements with the same rules and the same parent style have the same style; sessions of a forum look alike. Half of the
time that the engine spends on styles is spent on the same ones again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from huikan.render.chapters import engine
from huikan.render.chapters.selectors import Rule, Seen, Selectors, Style

_LEND_OVERFLOW = ("html", "body")
"""Elements whose style is changed when boxes are built."""


class KnownStyles:
    """Styles by what they come from. `page_sizes` are the engine's, by which viewport units are measured.

    `tells_all_pages`: page rules know a page by its number, and not the first from the others alone.
    """

    def __init__(self, *, tells_all_pages: bool = True) -> None:
        self.tells_all_pages = tells_all_pages
        self.by_origin: dict[Any, Any] = {}
        self.of_pages: dict[Any, tuple[Any, dict[str | None, Any]]] = {}
        self.page_sizes: dict[str, Any] = {"box": None, "area": None}
        self.overflows: dict[int, Any] = {}
        self._anchored: dict[int, AnchoredStyle] = {}
        self._selectors: tuple[list[Any], Selectors] | None = None

    def selectors_of(self, sheets: list[Any]) -> Selectors:
        """The selectors of the engine's sheets, which are the same for all documents of a look."""
        if self._selectors is None or self._selectors[0] != sheets:
            self._selectors = sheets, Selectors(sheets)
        return self._selectors[1]

    def anchored(self, element: Any, style: Any, anchor: str) -> AnchoredStyle:
        """The known `style` of an element with its anchor."""
        if element.tag in _LEND_OVERFLOW:
            self.restore_overflow(style)
            return AnchoredStyle(style, anchor, None)
        made = AnchoredStyle(style, anchor, self._anchored.get(id(style)))
        self._anchored[id(style)] = made  # which keeps the style, and so its identity
        return made

    def restore_overflow(self, style: Any) -> None:
        """Building boxes moves the overflow of the root or the body to the viewport: give it back.

        One with an anchor is made for each document.
        """
        if not isinstance(style, AnchoredStyle):
            style["overflow"] = self.overflows.setdefault(id(style), style["overflow"])


class AnchoredStyle(engine.ComputedStyle):  # type: ignore[misc]
    """A style that differs in its anchor alone from another, which works out the rest."""

    def __init__(self, style: Any, anchor: str, another: AnchoredStyle | None) -> None:
        """`another` is that of an element set earlier, and knows by now what pages ask for."""
        self.__dict__.update(vars(another or style))
        self.__dict__.pop("is_unmarked", None)  # worked out for an element without an anchor
        self._style = style
        self.update(another or style)
        self["anchor"] = anchor

    def __missing__(self, key: str) -> Any:
        value = self[key] = self._style[key]
        return value


class SharedStyleFor(engine.StyleFor):  # type: ignore[misc]
    """The engine's table of styles, made with those that are known."""

    def __init__(
        self, known: KnownStyles, html: Any, sheets: Any, presentational_hints: bool, faces: Any, collector: Any
    ) -> None:
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self.initial_page_sizes = known.page_sizes
        self._sheets = sheets
        self.font_config = faces
        self._known, self._origin = known, (html.etree_element, html.base_url)
        self._page_types = set[Any]()
        root, base_url = html.etree_element, html.base_url
        own: dict[Any, tuple[Any, ...]] = {}
        anchors: dict[Any, str] = {}
        for specificity, element, declared, _ in engine.find_style_attributes(root, presentational_hints, base_url):
            for name, value, importance in engine.preprocess_declarations(base_url, declared):
                if name == "anchor":
                    anchors.setdefault(element, value)
                else:
                    own[element] = (*own.get(element, ()), (specificity, name, value, importance))
        selectors, seen = known.selectors_of(sheets), dict[Any, Seen]()
        for element in html.wrapper_element.iter_subtree():
            above = seen[element.parent.etree_element] if element.parent else None
            seen[element.etree_element] = looks = selectors.seen(element, above)
            styles = selectors.styles_of(element, looks)
            self._set_styles(element, styles, own.get(element.etree_element, ()), known, root, base_url, collector)
        for element, anchor in anchors.items():
            if (element, None) in self._computed_styles:
                style = self._computed_styles[element, None]
                self._computed_styles[element, None] = known.anchored(element, style, anchor)
        self._cascaded_styles.clear()

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        """Stand in for the engine's, which looks each time whether margins and padding apply: once is enough."""
        style = self._computed_styles.get((element, pseudo_type))
        if not style or hasattr(style, "is_told"):
            return style
        style.is_told = True
        return super().__call__(element, pseudo_type)

    def add_page_declarations(self, page_type: Any) -> None:
        """Stand in for the engine's, and set the styles of the page and its margins as well: most pages are alike."""
        known, (root, base_url) = self._known, self._origin
        above = self._computed_styles[root, None]
        likeness = page_type if known.tells_all_pages else page_type._replace(index=min(page_type.index, 1), groups=())
        kept = known.of_pages.get((id(above), likeness))
        if kept is None:
            super().add_page_declarations(page_type)
            pseudos = dict.fromkeys((None, *(pseudo for _, pseudo in self._cascaded_styles)))
            for pseudo in pseudos:
                parent = root if pseudo is None else page_type
                super().set_computed_styles(page_type, parent, root, pseudo, base_url)
            self._cascaded_styles.clear()
            # The root's style is kept as well, since its identity is in the key.
            kept = above, {pseudo: self._computed_styles[page_type, pseudo] for pseudo in pseudos}
            if not isinstance(above, AnchoredStyle):  # made for this document alone
                known.of_pages[id(above), likeness] = kept
        self._computed_styles.update({(page_type, pseudo): style for pseudo, style in kept[1].items()})
        self._page_types.add(page_type)

    def set_computed_styles(self, element: Any, *origin: Any, **named: Any) -> None:
        """Stand in for the engine's: those of pages are set with their declarations."""
        if element not in self._page_types:
            super().set_computed_styles(element, *origin, **named)

    def _set_styles(
        self, element: Any, styles: list[Style], own: tuple[Any, ...], known: KnownStyles, root: Any, base_url: str,
        collector: Any,
    ) -> None:  # fmt: skip
        """An element's own anchor, by which styles would differ that are the same, is set when all have theirs."""
        etree_element = element.etree_element
        parent = element.parent.etree_element if element.parent else None
        above = self._computed_styles[parent, None] if element.parent else None
        is_shared = _is_hashable(own)
        for pseudo, rules, origins in styles:
            if pseudo is not None:  # a pseudo-element inherits from its element
                above = self._computed_styles[etree_element, None]
            key = (id(above), pseudo, own if pseudo is None else (), origins)
            kept = known.by_origin.get(key) if is_shared else None
            if kept is None:
                self._cascade(etree_element, pseudo, rules, own if pseudo is None else ())
                self.set_computed_styles(
                    etree_element,
                    root=root,
                    parent=parent if pseudo is None else etree_element,
                    pseudo_type=pseudo,
                    base_url=base_url,
                    target_collector=collector,
                )
                # The parent's style is kept as well, since its identity is in the key.
                kept = (self._computed_styles[etree_element, pseudo], above)
                if is_shared:
                    known.by_origin[key] = kept
            self._computed_styles[etree_element, pseudo] = kept[0]

    def _cascade(self, element: Any, pseudo: str | None, matched: list[Rule], own: tuple[Any, ...]) -> None:
        """Of the declarations that apply, those that win, property by property."""
        style = self._cascaded_styles.setdefault((element, pseudo), {})
        attributes = [("author", inf, said, (declaration,)) for said, *declaration in own]
        for origin, order, specificity, declarations in [*attributes, *matched]:
            for name, values, importance in declarations:
                weight = (engine.declaration_precedence(origin, importance), order, specificity)
                old_weight = style.get(name, (None, None))[1]
                if old_weight is None or old_weight <= weight:
                    style[name] = values, weight


def _is_hashable(declared: tuple[Any, ...]) -> bool:
    """Whether what an element declares itself can be told from others: some values are sets and lists."""
    try:
        hash(declared)
    except TypeError:
        return False
    return True


@contextmanager
def shared_styles(known: KnownStyles) -> Iterator[None]:
    """Let the engine take styles from `known`, and add those it has to work out."""

    def style_for(*arguments: Any) -> SharedStyleFor:
        return SharedStyleFor(known, *arguments)

    original = engine.css.StyleFor
    engine.css.StyleFor = style_for
    try:
        yield
    finally:
        engine.css.StyleFor = original
