"""Which rules of the stylesheets apply to an element, found out once for all elements that look alike to them.

Most selectors look at an element and its ancestors alone. Entries of a list differ in nothing that these see, so that
what is found for one of them holds for all; selectors that look sideways, at siblings or children, are asked each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import CodeType
from typing import Any, NamedTuple

from cssselect2 import Matcher

_UPWARDS = frozenset(
    [
        "local_name",
        "classes",
        "id",
        "lang",
        "parent",
        "ancestors",
        "namespace_url",
        "in_html_document",
        "etree_element",
        "tag",
        "attrib",
        "get",
        "startswith",
        "endswith",
        "lower",
        "split_whitespace",
        "ascii_lower",
        "any",
        "next",
    ]
)
"""Names that the test of a selector may use without looking sideways."""
_LINK = frozenset({"href"})
"""What a selector mentions that looks whether an element is a link: where it leads is the same to it."""
_ALWAYS_SEEN = ("class", "lang", "{http://www.w3.org/XML/1998/namespace}lang")
_BUCKETS = ("id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors")
_LISTS = ("lang_attr_selectors", "other_selectors")


class Rule(NamedTuple):
    """A rule that applies: its sheet's origin, the weights of its layer and selector, its declarations."""

    origin: str
    layer: float
    specificity: Any
    declarations: Any


class Style(NamedTuple):
    """The rules for an element or its pseudo-element, in their order; those that are equal have the same `key`."""

    pseudo: str | None
    rules: list[Rule]
    key: object


class Seen:
    """An element as selectors see it that look upwards alone; those that look alike are one."""

    def __init__(self) -> None:
        self.children: dict[Any, Seen] = {}
        self.matches: list[Any] = []
        self.asked: list[Any] = []
        self.styles: dict[tuple[bool, ...], list[Style]] | None = None


class Selectors:
    """The selectors of all sheets of a document, in their order."""

    def __init__(self, sheets: Iterable[tuple[Any, str, Any]]) -> None:
        """`sheets` are the engine's: a sheet, its origin, and a specificity that takes the place of its selectors'."""
        self._upwards, self._sideways = Matcher(), Matcher()
        self._roots = Seen()
        self._keys: dict[Any, object] = {}
        said: set[str] = set()
        for number, (sheet, origin, instead) in enumerate(sheets):
            for bucket, key, entry in _entries(sheet.matcher):
                test, specificity, order, pseudo, (declarations, layer) = entry
                weight = float("inf") if layer is None else sheet.layers.index(layer)
                rule = Rule(origin, weight, instead or specificity, declarations)
                names, constants = _used_in(test.__code__)
                looks_upwards = names <= _UPWARDS and "id" not in constants  # #name does not mention the attribute
                if looks_upwards and constants != _LINK:
                    said |= constants
                place = getattr(self._upwards if looks_upwards else self._sideways, bucket)
                if bucket in _BUCKETS:
                    place = place.setdefault(key, [])
                # The matcher sorts by the first two: a later sheet stands behind an earlier one.
                place.append((test, (number, specificity), order, pseudo, rule))
        self._said = frozenset(said | self._upwards.id_selectors.keys() | self._sideways.id_selectors.keys())
        self._seen_attributes = frozenset((*_ALWAYS_SEEN, *said))

    def seen(self, element: Any, parent: Seen | None) -> Seen:
        """How the selectors see an element (the engine's wrapper) whose parent they see so, or that is the root."""
        etree_element = element.etree_element
        key: list[Any] = [etree_element.tag, "href" in etree_element.attrib]
        for name, value in etree_element.items():
            if name in self._seen_attributes or (name == "id" and value in self._said):
                key += (name, value)
        if parent is None:
            parent = self._roots
            key.append(element.lang)  # which a root without it has from the document's head
        known = parent.children
        looked_up = tuple(key)
        if looked_up not in known:
            known[looked_up] = Seen()
        return known[looked_up]

    def styles_of(self, element: Any, seen: Seen) -> list[Style]:
        """What applies to the element, then to each of its pseudo-elements, in the order of the cascade."""
        if seen.styles is None:
            seen.styles = {}
            seen.matches = self._upwards.match(element)
            seen.asked = list(_asked(self._sideways, element))
        sideways = tuple([bool(entry[0](element)) for entry in seen.asked])
        if sideways not in seen.styles:
            met = [entry[1:] for entry, applies in zip(seen.asked, sideways, strict=True) if applies]
            seen.styles[sideways] = self._by_pseudo_element(sorted([*seen.matches, *met], key=_place))
        return seen.styles[sideways]

    def _by_pseudo_element(self, matches: Iterable[Any]) -> list[Style]:
        rules: dict[str | None, list[Rule]] = {None: []}
        for _, _, pseudo, rule in matches:
            rules.setdefault(pseudo, []).append(rule)
        return [Style(pseudo, each, self._key_of(each)) for pseudo, each in rules.items()]

    def _key_of(self, rules: Iterable[Rule]) -> object:
        said = tuple((rule.origin, rule.layer, rule.specificity, id(rule.declarations)) for rule in rules)
        return self._keys.setdefault(said, object())


def _asked(matcher: Matcher, element: Any) -> Iterator[Any]:
    """The entries of the selectors that may apply to an element, as the matcher finds them: the same for all alike."""
    yield from matcher.id_selectors.get(element.id, ())
    for name in element.classes:
        yield from matcher.class_selectors.get(name, ())
    yield from matcher.lower_local_name_selectors.get(element.local_name.lower(), ())
    yield from matcher.namespace_selectors.get(element.namespace_url, ())
    if "lang" in element.etree_element.attrib:
        yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors


def _place(match: tuple[Any, int, str | None, Rule]) -> tuple[Any, int]:
    return match[0], match[1]


def _entries(matcher: Matcher) -> Iterator[tuple[str, Any, Any]]:
    for bucket in _BUCKETS:
        for key, entries in getattr(matcher, bucket).items():
            yield from ((bucket, key, entry) for entry in entries)
    for bucket in _LISTS:
        yield from ((bucket, None, entry) for entry in getattr(matcher, bucket))


def _used_in(code: CodeType) -> tuple[set[str], set[str]]:
    """The names that code uses, of variables and attributes, and the strings it mentions."""
    names, constants = set(code.co_names), set[str]()
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            inner_names, inner_constants = _used_in(constant)
            names |= inner_names
            constants |= inner_constants
        elif isinstance(constant, str):
            constants.add(constant)
    return names, constants
