from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.render.docx.bookmarks import anchor_bookmark
from huikan.render.docx.line_breaking import Span, line_count
from tests.docx.documents import find, page, part, values, written
from tests.docx.programs import bookmark_pages, converted

EM = 10.0


def lines(text: str, ems: float, first_indent: float = 0.0) -> int:
    return line_count([Span(text, EM, "serif")], ems * EM, first_indent * EM)


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("", 10, 1),
        ("字" * 10, 10, 1),
        ("字" * 11, 10, 2),
        ("字" * 10 + "。", 10, 2),
        ("字" * 9 + "（字", 10, 2),
        ("字" * 19 + "。字字", 10, 3),
        ("字" * 9 + " word", 10, 2),
        ("字" * 9 + "——", 10, 2),
    ],
)
def test_lines_break_between_han_and_never_before_a_closing_mark(text: str, ems: float, expected: int) -> None:
    assert lines(text, ems) == expected


def test_the_first_line_is_shorter_by_its_indent() -> None:
    assert lines("字" * 20, 10) == 2
    assert lines("字" * 20, 10, first_indent=2) == 3


def test_han_and_latin_are_set_apart_by_a_fifth_of_an_em() -> None:
    digits = lines("字" * 8 + "12", 9.2), lines("字" * 8 + "12", 9.4)
    assert digits == (2, 1)


@settings(max_examples=60)
@given(st.text("字，。（）“”a1 ", max_size=120), st.integers(4, 40))
def test_narrower_columns_never_take_fewer_lines(text: str, ems: int) -> None:
    assert lines(text, ems) >= lines(text, ems + 4) >= 1


def chained(lines_above: int, number: int) -> str:
    """A session in which a speaker's heading, prose and a list follow some lines."""
    name = f"s{number}"
    return (
        f'<section class="session" id="{name}" data-running="节"><h2 class="heading">节</h2>'
        + "<p>短</p>" * lines_above
        + f'<article class="summary"><h3 class="speaker" id="{name}h">王五</h3>'
        f'<p class="speaker-title" id="{name}t">局长</p><p class="speech-topic" id="{name}o">题目</p>'
        f'<div class="prose"><p id="{name}p">{"很长的一段文字，" * 25}</p>'
        f'<ol><li id="{name}l"><p>{"列项文字" * 20}</p></li></ol></div></article></section>'
    )


def test_pages_are_those_of_libreoffice_wherever_a_chain_meets_the_foot_of_the_page(tmp_path: Path) -> None:
    document, pages = written("".join(chained(above, number) for number, above in enumerate(range(20, 34))))
    number, bookmarks = bookmark_pages(converted(document, tmp_path))
    assert {name: bookmarks[anchor_bookmark(name)] for name in pages.anchors} == pages.anchors
    assert number == pages.pages


def test_a_chain_that_moves_to_the_next_page_is_broken_off_in_the_document() -> None:
    document, pages = written(chained(31, 0))
    body = part(document, "word/document.xml")
    assert pages.anchors["s0"] == 1
    assert pages.anchors["s0h"] == pages.anchors["s0p"] == 2
    broken = find(body, "//w:p[w:pPr/w:pageBreakBefore]")
    assert ["".join(values(paragraph, ".//w:t/text()")) for paragraph in broken] == ["王五"]


@pytest.mark.parametrize("notes", [1, 60, 400])
def test_notes_longer_than_a_page_do_not_stop_the_count(notes: int) -> None:
    long = f'<span class="footnote">{"注文很长" * 40 * notes}</span>'
    _, pages = written(page(f"<p>{'正文' * 200}{long}</p><p id='after'>后</p>"))
    assert pages.anchors["after"] >= 1


def test_a_paragraph_longer_than_pages_goes_on_over_them() -> None:
    _, pages = written(page(f"<p>{'正文' * 4000}</p><p id='after'>后</p>"))
    assert pages.anchors["after"] == 1 + (8000 // 44) // 36
