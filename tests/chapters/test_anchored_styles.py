"""Elements with an anchor have the style that the engine gives them, chapter after chapter."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from weasyprint import CSS, DEFAULT_OPTIONS
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.text.fonts import FontConfiguration

from huikan.render.chapters import engine
from huikan.render.chapters.styles import AnchoredStyle, KnownStyles, shared_styles
from huikan.render.document import LocalFetcher, TreeHTML
from huikan.render.layout import chinese_layout

SHEET = """
html { font-size: 12pt; overflow: hidden } body { color: navy; margin: 2em; overflow: auto }
p { text-indent: 2em; border: 1pt solid; text-decoration: underline } p i { color: red; margin: inherit }
.wide { float: left; width: 50%; page: wide } #two { letter-spacing: .1em } p::before { content: "→"; font-size: 80% }
"""
CHAPTERS = (
    '<html id="top"><body id="all"><p id="one">一<i>斜</i><p class="wide" id="two">二<p>三',
    '<html id="top"><body id="all"><p id="four">四<i id="in">斜</i><p id="five">五<p class="wide" id="six">六',
    '<html><body><p id="one">一<p class="wide">二<i>斜</i><p id="seven">七',
)


def tree_of(source: str) -> Element:
    root: Element = tinyhtml5.parse(source, namespace_html_elements=False)
    return root


def opened(source: str, known: KnownStyles | None, folder: Path, sheet: Any, faces: Any) -> tuple[Element, Any]:
    html = TreeHTML(tree_of(source), folder, LocalFetcher([folder]))
    options = {**DEFAULT_OPTIONS, "stylesheets": [sheet], "cache": {}}
    if known is None:
        return html.etree_element, engine.layout_context(html, faces, options)
    with shared_styles(known):
        return html.etree_element, engine.layout_context(html, faces, options)


def properties_of(style: Any) -> dict[str, Any]:
    return {name: style[name] for name in INITIAL_VALUES}


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 2, 1)])
def test_styles_are_the_engine_s(order: tuple[int, ...], tmp_path: Path) -> None:
    faces, known, anchored = FontConfiguration(), KnownStyles(), 0
    sheet = CSS(string=SHEET, font_config=faces)
    for chapter in order:
        root, context = opened(CHAPTERS[chapter], known, tmp_path, sheet, faces)
        for element in (root, *root.findall("body")):
            known.restore_overflow(context.style_for(element))
        plain_root, plain = opened(CHAPTERS[chapter], None, tmp_path, sheet, faces)
        for element, twin in zip(root.iter(), plain_root.iter(), strict=True):
            style = context.style_for(element)
            assert properties_of(style) == properties_of(plain.style_for(twin)), element.tag
            anchored += isinstance(style, AnchoredStyle)
            before, before_twin = context.style_for(element, "before"), plain.style_for(twin, "before")
            assert (before is None) == (before_twin is None)
            assert before is None or properties_of(before) == properties_of(before_twin)
        for element in (root, *root.findall("body")):
            context.style_for(element)["overflow"] = "visible"  # as when its overflow goes to the viewport
    assert anchored > 6


def test_what_was_worked_out_for_one_element_is_there_for_the_next(tmp_path: Path) -> None:
    faces, known = FontConfiguration(), KnownStyles()
    sheet = CSS(string=SHEET, font_config=faces)
    root, context = opened(CHAPTERS[0], known, tmp_path, sheet, faces)
    first = next(element for element in root.iter("p") if element.get("id") == "one")
    properties_of(context.style_for(first))
    later, context = opened(CHAPTERS[1], known, tmp_path, sheet, faces)
    second = next(element for element in later.iter("p") if element.get("id") == "four")
    style = context.style_for(second)
    assert dict.get(style, "text_indent") is not None
    assert style["anchor"] == "four"
    assert style.copy()["anchor"] == "four"


def anchors_of(source: str, known: KnownStyles, folder: Path, sheet: Any, faces: Any) -> list[list[str]]:
    html = TreeHTML(tree_of(source), folder, LocalFetcher([folder]))
    with chinese_layout(), shared_styles(known):
        document = html.render(font_config=faces, stylesheets=[sheet])
        return [sorted(page.anchors) for page in document.pages]


def test_an_anchor_is_found_behind_a_chapter_that_has_the_same_element_without_one(tmp_path: Path) -> None:
    faces, known = FontConfiguration(), KnownStyles()
    sheet = CSS(string=SHEET, font_config=faces)
    assert anchors_of("<html><body><p>一<p>二", known, tmp_path, sheet, faces) == [[]]
    assert anchors_of('<html><body><p id="x">一<p>二', known, tmp_path, sheet, faces) == [["x"]]
    assert anchors_of('<html><body><p>一<p id="y">二', known, tmp_path, sheet, faces) == [["y"]]


@pytest.mark.parametrize("declared", ["text-decoration: underline", "content: 'x'", "quotes: '«' '»'"])
def test_an_element_that_declares_lists_and_sets_itself_has_its_style(declared: str, tmp_path: Path) -> None:
    faces, known = FontConfiguration(), KnownStyles()
    sheet = CSS(string="p { color: navy }", font_config=faces)
    source = f'<html><body><p style="{declared}">一<p>二<p style="{declared}">三'
    for _ in range(2):
        root, context = opened(source, known, tmp_path, sheet, faces)
        plain_root, plain = opened(source, None, tmp_path, sheet, faces)
        for element, twin in zip(root.iter(), plain_root.iter(), strict=True):
            assert properties_of(context.style_for(element)) == properties_of(plain.style_for(twin)), element.tag
