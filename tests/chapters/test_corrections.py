"""Lists set with guessed numbers and corrected in place are those that are set with the true numbers at once."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huikan.render.chapters.divide import Chapter
from huikan.render.chapters.order import Look
from huikan.render.chapters.paginate import References
from huikan.render.chapters.painted import Painted
from huikan.render.chapters.typesetter import Typesetter
from huikan.render.workshop import Workshop

ANCHORS = tuple(f"a{number}" for number in range(60))
GUESS = dict.fromkeys(ANCHORS, 100)
NAMES = ("吴静超", "苏兰", "Zhang Wei", "胡涛庆与同事", "A", "王远娟（主持）")
SHEET = """
@page { size: 120mm 110mm; margin: 12mm } body { margin: 0; font: 10pt/14pt "Noto Serif CJK SC" }
p, ol { margin: 0; padding: 0 } table { width: 100%; table-layout: fixed; border-collapse: collapse } td { padding: 0 }
.right { text-align: right; width: 120pt } .names { text-align: left }
.names li { display: inline-block; width: 90pt } .names a { display: block }
a::after { content: target-counter(attr(href), page); font: 8pt/0 "Noto Sans CJK SC"; background: gold }
.led a { display: block } .led a::after { content: leader(" · ") target-counter(attr(href), page) }
.said a::after { content: ", p. " target-counter(attr(href), page) "f." }
.justified { text-align: justify } .centred { text-align: center }
"""


def entries(wrapped: str, times: int = 45) -> str:
    """So many entries, each a link in its wrapping."""
    return "".join(wrapped.replace("LINK", f'<a href="#a{at}">{NAMES[at % 6]}</a>') for at in range(times))


LISTS = {
    "cells of given width": f"<table>{entries('<tr><td>名<td class=right>LINK')}</table>",
    "two names a line": f"<ol class=names>{entries('<li>LINK</li>')}</ol>",
    "leaders": f"<div class=led>{entries('<p>LINK')}</div>",
    "words around": f"<div class=said>{entries('<p>见LINK')}</div>",
    "a long paragraph": f"<p class=justified>{entries('其一：LINK，')}",
    "numbers in the middle": f"<div class=centred>{entries('<p>LINK之后')}</div>",
    "set by the engine": f"<div class=led lang=en>{entries('<p>LINK')}</div>",
    "engine, in cells": f"<table lang=en>{entries('<tr><td>name<td class=right>LINK')}</table>",
}
NOT_EXCHANGED = {
    "columns as wide as what is in them": (
        f"<table>{entries('<tr><td>名<td>LINK')}</table>",
        "table { table-layout: auto }",
    ),
    "boxes as wide as what is in them": (entries("<span>LINK</span>"), "span { display: inline-block }"),
    "floats": (entries("<div>LINK</div>"), "div { float: left }"),
    "headings, which are bookmarks": (entries("<h2>LINK</h2>"), ""),
    "what a running head says": (entries("<p>LINK"), "p { string-set: entry content() }"),
    "numbers of other counters": (entries("<p>LINK"), "a::after { content: target-counter(attr(href), pages) }"),
    "two numbers for one": (
        entries("<p>LINK"),
        "a::after { content: target-counter(attr(href), page) target-counter(attr(href), page, lower-roman) }",
    ),
    "a head that comes again on every page": (
        f"<table><thead><tr><th><a href='#a59'>头</a></thead>{entries('<tr><td>名')}</table>",
        "td { height: 20pt }",
    ),
}


def tree_of(body: str) -> Element:
    root: Element = tinyhtml5.parse(f'<html lang="zh"><body>{body}', namespace_html_elements=False)
    return root


def typesetter_of(folder: Path, root: Element, rules: str = "") -> Typesetter:
    sheet = folder / "list.css"
    sheet.write_text(SHEET + rules, encoding="utf-8")
    return Typesetter(Look(folder, (sheet,), None, 300), root, Workshop())


def proved(typesetter: Typesetter, chapter: Chapter) -> Painted:
    with typesetter.proofs_kept():
        return typesetter.set_chapter(chapter, References(GUESS, guessed=True), "right")


@pytest.fixture(scope="module")
def typesetters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Typesetter, Chapter]]:
    made = {}
    for name, body in LISTS.items():
        root = tree_of(body)
        made[name] = typesetter_of(tmp_path_factory.mktemp("list"), root), Chapter(root)
    return made


@pytest.mark.parametrize("name", LISTS)
@given(numbers=st.lists(st.one_of(st.integers(1, 9), st.integers(10, 1400)), min_size=60, max_size=60))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_corrected_list_is_the_list_set_anew(
    typesetters: dict[str, tuple[Typesetter, Chapter]], name: str, numbers: list[int]
) -> None:
    typesetter, chapter = typesetters[name]
    true = References(dict(zip(ANCHORS, numbers, strict=True)))
    guessed = proved(typesetter, chapter)
    assert not guessed.pdf
    assert typesetter.has_proof(chapter)
    corrected = typesetter.set_chapter(chapter, true, "right")
    assert not typesetter.has_proof(chapter)
    assert corrected == typesetter.set_chapter(chapter, true, "right")


@pytest.mark.parametrize("name", ["cells of given width", "two names a line", "leaders", "words around"])
def test_numbers_of_any_length_are_exchanged_without_laying_the_list_out(
    typesetters: dict[str, tuple[Typesetter, Chapter]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typesetter, chapter = typesetters[name]
    true = References({anchor: 7 ** (at % 5) for at, anchor in enumerate(ANCHORS)})
    expected = typesetter.set_chapter(chapter, true, "right")
    proved(typesetter, chapter)
    monkeypatch.setattr("huikan.render.chapters.typesetter.paginate", None)
    assert typesetter.set_chapter(chapter, true, "right") == expected


@pytest.mark.parametrize("name", NOT_EXCHANGED)
def test_numbers_that_change_more_than_their_line_are_set_anew(tmp_path: Path, name: str) -> None:
    body, rules = NOT_EXCHANGED[name]
    root = tree_of(body)
    typesetter, chapter = typesetter_of(tmp_path, root, rules), Chapter(root)
    assert proved(typesetter, chapter).wanted
    assert not typesetter.has_proof(chapter)


def test_a_list_on_the_other_side_is_set_anew(typesetters: dict[str, tuple[Typesetter, Chapter]]) -> None:
    typesetter, chapter = typesetters["leaders"]
    proved(typesetter, chapter)
    assert typesetter.set_chapter(chapter, References(GUESS), "left").pages[0].kind.side == "left"


def test_an_anchor_that_is_on_no_page_is_told_as_if_the_list_were_set_at_once(
    typesetters: dict[str, tuple[Typesetter, Chapter]],
) -> None:
    typesetter, chapter = typesetters["leaders"]
    true = References(dict.fromkeys(ANCHORS[1:], 7))
    proved(typesetter, chapter)
    corrected = typesetter.set_chapter(chapter, true, "right")
    assert any("a0" in message for message in corrected.messages)
    assert corrected == typesetter.set_chapter(chapter, true, "right")


def test_boxes_are_kept_no_longer_than_a_book_is_set(typesetters: dict[str, tuple[Typesetter, Chapter]]) -> None:
    typesetter, chapter = typesetters["leaders"]
    with typesetter.proofs_dropped():
        proved(typesetter, chapter)
        assert typesetter.has_proof(chapter)
    assert not typesetter.has_proof(chapter)
