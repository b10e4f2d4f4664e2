"""Which stylesheets let a book be divided, where it is divided, and what is kept of a chapter."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huikan.render.chapters.divide import Chapter, divide, is_divisible
from huikan.render.chapters.painted import (
    FontUse,
    LackingGlyph,
    PageKind,
    Painted,
    PaintedPage,
    from_bytes,
    to_bytes,
)


@pytest.mark.parametrize(
    "rules",
    [
        "",
        "p { position: relative }",
        "/* position: fixed */ p { color: red }",
        "ol { counter-reset: finding } li { counter-increment: finding }",
        "li { counter-increment: list-item }",
        "@page { counter-increment: page }",
        "tr:nth-child(2) { break-after: avoid }",
        "a::after { content: target-counter(attr(href), page) }",
        "@page :first { margin: 0 }",
    ],
)
def test_rules_within_a_chapter_let_the_book_be_divided(rules: str) -> None:
    assert is_divisible([rules])


@pytest.mark.parametrize(
    "rules",
    [
        "h2 { counter-increment: chapter }",
        "body { counter-reset: figure } figure { counter-increment: figure }",
        ":root { counter-reset: figure }",
        "figure { counter-set: figure 3 }",
        "@page :nth(2) { margin: 0 }",
        ".head { position: fixed }",
        ".head { position: running(head) }",
        "a::after { content: target-text(attr(href)) }",
    ],
)
def test_rules_over_the_whole_book_keep_it_in_one_piece(rules: str) -> None:
    assert not is_divisible(["p { color: red }", rules])


def test_a_counter_may_start_in_another_sheet() -> None:
    assert is_divisible(["li { counter-increment: finding }", "ol { counter-reset: finding }"])


def style(before: str = "auto", after: str = "auto", page: str = "auto", display: str = "block") -> dict[str, Any]:
    return {"break_before": before, "break_after": after, "page": page, "display": (display,)}


def divided(*parts: tuple[dict[str, Any], str]) -> tuple[Chapter, ...]:
    """The chapters of a body of sections with these styles and contents."""
    root = Element("html")
    ElementTree.SubElement(root, "head")
    body = ElementTree.SubElement(root, "body")
    styles = {}
    for rules, content in parts:
        section = ElementTree.fromstring(f"<section>{content}</section>")
        body.append(section)
        styles[section] = rules
    return divide(root, styles.get)


NOTE = "<span class='a footnote'>n</span>"


def test_a_chapter_begins_where_a_page_does() -> None:
    chapters = divided(
        (style(), "a"),
        (style(), "b"),
        (style("page"), "c"),
        (style("recto", page="front"), "d"),
        (style(page="front", after="left"), "e"),
        (style(page="front"), "f"),
        (style(), "g"),
    )
    assert ["".join(chapter.root.itertext()) for chapter in chapters] == ["ab", "c", "de", "f", "g"]
    assert [chapter.side for chapter in chapters] == ["", "", "right", "left", ""]
    assert [chapter.opens_book for chapter in chapters] == [True, False, False, False, False]


def test_what_is_not_displayed_begins_no_chapter() -> None:
    chapters = divided((style(display="none"), "x"), (style("page"), "a"), (style("page", display="none"), "y"))
    assert len(chapters) == 1
    assert chapters[0].side == ""


def test_footnotes_count_on_from_earlier_chapters() -> None:
    chapters = divided((style(), NOTE), (style("page"), NOTE * 2), (style("page"), "none"), (style("page"), NOTE))
    assert [chapter.footnotes_before for chapter in chapters] == [0, 1, 3, 3]


def test_a_chapter_knows_what_it_cites_and_shows() -> None:
    (chapter,) = divided(
        (style(), "<a href='#x'/><img src='p.jpg'/><a href='https://e.org/'/><a href='#x'/><img src='p.jpg'/>")
    )
    assert chapter.cites == ("x",)
    assert chapter.pictures == ("p.jpg",)


def test_chapters_that_say_other_things_have_other_digests() -> None:
    pairs = [
        (divided((style(), "a")), divided((style(), "b"))),
        (divided((style(), ""), (style("page"), "a")), divided((style(), ""), (style("right"), "a"))),
        (divided((style(), ""), (style("page"), "a")), divided((style(), NOTE), (style("page"), "a"))),
    ]
    for one, other in pairs:
        assert one[-1].digest != other[-1].digest
    assert divided((style(), "a"))[0].digest == divided((style(), "a"))[0].digest


def test_a_comment_in_a_chapter_has_its_part_in_the_digest() -> None:
    digests = set()
    for words in ("a", "b", ""):
        root = ElementTree.fromstring("<section><p>text</p></section>")
        if words:
            root.insert(0, ElementTree.Comment(words))
        digests.add(Chapter(root).digest)
    assert len(digests) == 3


def test_without_styles_the_book_is_one_chapter() -> None:
    root = ElementTree.fromstring("<html><body><section>a</section></body></html>")
    assert divide(root, None) == (Chapter(root),)


LENGTHS = st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(max_size=8)
POINTS = st.tuples(LENGTHS, LENGTHS)
NUMBERS = st.integers(0, 70_000)
KINDS = st.builds(
    PageKind,
    st.sampled_from(["left", "right"]),
    st.booleans(),
    TEXT,
    NUMBERS,
    st.lists(st.tuples(TEXT, NUMBERS), max_size=2).map(tuple),
)
PAGES = st.builds(
    PaintedPage,
    KINDS,
    st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    st.dictionaries(TEXT, POINTS, max_size=3),
    st.lists(st.tuples(NUMBERS, TEXT, POINTS, st.sampled_from(["open", "closed"])), max_size=2).map(tuple),
    st.lists(TEXT, max_size=2).map(tuple),
)
FONTS = st.builds(
    FontUse, TEXT, LENGTHS, st.dictionaries(NUMBERS, NUMBERS, max_size=3), st.dictionaries(NUMBERS, TEXT, max_size=3)
)
CHAPTERS = st.builds(
    Painted,
    st.binary(max_size=40),
    st.lists(PAGES, max_size=3).map(tuple),
    st.dictionaries(TEXT, FONTS, max_size=2),
    st.lists(TEXT, max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
    st.lists(TEXT, max_size=2).map(tuple),
    st.lists(st.builds(LackingGlyph, TEXT, TEXT, NUMBERS), max_size=2).map(tuple),
)


@given(CHAPTERS)
def test_what_is_kept_of_a_chapter_comes_back(painted: Painted) -> None:
    again = from_bytes(to_bytes(painted))
    assert again == painted
    assert to_bytes(again) == to_bytes(painted)
