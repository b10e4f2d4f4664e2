"""Rules found once for elements that look alike: those that the engine finds for each."""

from __future__ import annotations

from math import inf
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from cssselect2 import ElementWrapper
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import CSS

from huikan.render.chapters.selectors import Seen, Selectors

SELECTORS = (
    "p", ".x", ".x .y", "#one", "[data-z]", "[data-z=a]", "[lang|=zh]", ":lang(zh) p", ":root", ":root:lang(en) *", "*",
    "div > p", "div p::before", ".x::after", "p + p", "p ~ div", "p:first-child", "div:last-child > *", "p:empty",
    "div:nth-child(2)", "div:nth-last-child(-n+2)", "div:has(> .y)", "p:not(.x)", "p:not(p + p)", ":is(p, div).y",
    ":where(.x) p", "p:only-child", "a:link", "a[href^='#']", "[href] p", "p.x.y", "P", "div:nth-of-type(2)", "p + *",
    ".x ~ .y > p", "[id]", "p[id^=t]", "p:not([id])", "[id$='e'] p", "p[id='one']", "#two p",
)  # fmt: skip


@st.composite
def stylesheets(draw: st.DrawFn) -> str:
    rules = draw(st.lists(st.sampled_from(SELECTORS), min_size=1, max_size=12))
    sheet = " ".join(f"{rule} {{ color: #{number:06x} }}" for number, rule in enumerate(rules))
    return f"@layer a {{ {sheet} }} {rules[0]} {{ margin: 1px }}" if draw(st.booleans()) else sheet


@st.composite
def trees(draw: st.DrawFn) -> Element:
    def attributes() -> dict[str, str]:
        return draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "class": st.sampled_from(["x", "y", "x y", "z"]),
                    "id": st.sampled_from(["one", "two", "three"]),
                    "lang": st.sampled_from(["zh", "zh-Hans", "en"]),
                    "data-z": st.sampled_from(["a", "b"]),
                    "href": st.sampled_from(["#one", "other"]),
                },
            )
        )

    root = Element("html", attributes())
    if draw(st.booleans()):
        head = SubElement(root, "head")
        SubElement(head, "meta", {"http-equiv": "Content-Language", "content": draw(st.sampled_from(["zh", "en"]))})
    places = [SubElement(root, "body")]
    for _ in range(draw(st.integers(0, 25))):
        parent = places[draw(st.integers(0, len(places) - 1))]
        place = SubElement(parent, draw(st.sampled_from(["p", "div", "a"])), attributes())
        place.text = draw(st.sampled_from([None, "x"]))
        places.append(place)
    return root


def asked_for_each(sheets: list[Any], element: ElementWrapper) -> dict[str | None, list[Any]]:
    """As the engine asks: each selector of each sheet for each element."""
    found: dict[str | None, list[Any]] = {None: []}
    for sheet, origin, instead in sheets:
        for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(element):
            weight = inf if layer is None else sheet.layers.index(layer)
            found.setdefault(pseudo, []).append((origin, weight, instead or specificity, declarations))
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(stylesheets(), min_size=1, max_size=3), st.lists(trees(), min_size=1, max_size=3))
def test_every_element_has_the_rules_that_are_found_for_it_alone(sources: list[str], documents: list[Element]) -> None:
    origins = (("user agent", None), ("author", None), ("author", (0, 0, 0)))
    sheets = [(CSS(string=source), *origin) for source, origin in zip(sources, origins, strict=False)]
    selectors = Selectors(sheets)
    for document in documents:
        seen: dict[Element, Seen] = {}
        for element in ElementWrapper.from_html_root(document).iter_subtree():
            above = seen[element.parent.etree_element] if element.parent else None
            seen[element.etree_element] = looks = selectors.seen(element, above)
            styles = selectors.styles_of(element, looks)
            assert {pseudo: [tuple(rule) for rule in rules] for pseudo, rules, _ in styles} == asked_for_each(
                sheets, element
            )
            assert [pseudo for pseudo, _, _ in styles] == list(asked_for_each(sheets, element))


def test_entries_of_a_list_are_asked_for_once() -> None:
    sheet = CSS(string="ul li { color: red } .x a { color: blue } li:first-child { margin: 0 }")
    selectors = Selectors([(sheet, "author", None)])
    root = Element("ul")
    for number in range(50):
        SubElement(SubElement(root, "li", {"id": f"entry-{number}"}), "a", {"href": f"#{number}", "title": str(number)})
    top = ElementWrapper.from_html_root(root)
    seen = selectors.seen(top, None)
    looks = {id(selectors.seen(child, seen)) for child in top.iter_children()}
    assert len(looks) == 1
