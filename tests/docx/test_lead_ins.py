"""What leads in to a list stays with it, but not where that would leave much of a page empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.render.docx.bookmarks import anchor_bookmark
from tests.docx.documents import body_of, find, values, written
from tests.docx.programs import bookmark_pages, converted

LINES_ABOVE = range(15, 28)


def speaker(lines_above: int, titles: int = 6) -> str:
    """A speaker with so many titles below so many lines of prose, a lead-in, and a list whose item has three lines."""
    name = f"n{lines_above}"
    return (
        f'<section class="session" id="{name}" data-running="节"><h2 class="heading">节</h2>'
        + "<p>短</p>" * lines_above
        + f'<article class="summary"><h3 class="speaker" id="{name}h">王五</h3>'
        + '<p class="speaker-title">局长</p>' * titles
        + f'<div class="prose"><p id="{name}lead">有三点：</p>'
        f'<ol><li id="{name}list"><p>{"列项文字" * 28}</p></li></ol></div></article></section>'
    )


def ways(titles: int, lines_above: range) -> list[tuple[int, ...]]:
    """For each number of lines above, on which page from there name, lead-in and list stand."""
    _, pages = written("".join(speaker(above, titles) for above in lines_above))
    return [
        tuple(pages.anchors[f"n{above}{part}"] - pages.anchors[f"n{above}"] for part in ("h", "lead", "list"))
        for above in lines_above
    ]


def test_a_lead_in_is_let_go_where_more_than_a_quarter_of_the_page_would_be_empty() -> None:
    assert ways(6, LINES_ABOVE) == [(0, 0, 0)] * 4 + [(0, 0, 1)] * 3 + [(1, 1, 1)] * 6


def test_a_lead_in_stays_with_its_list_where_that_leaves_less_empty() -> None:
    assert ways(1, LINES_ABOVE) == [(0, 0, 0)] * 9 + [(1, 1, 1)] * 4


def test_only_a_lead_in_that_is_let_go_is_written_without_its_bond() -> None:
    for above, kept in ((15, True), (21, False), (27, True)):
        (lead,) = find(body_of(speaker(above)), f"//w:p[w:bookmarkStart/@w:name='{anchor_bookmark(f'n{above}lead')}']")
        assert values(lead, ".//w:t/text()") == ["有三点："]
        assert bool(find(lead, "w:pPr/w:keepNext")) is kept


@pytest.mark.parametrize("titles", [1, 6])
def test_pages_of_lead_ins_are_those_of_libreoffice(titles: int, tmp_path: Path) -> None:
    document, pages = written("".join(speaker(above, titles) for above in LINES_ABOVE))
    number, bookmarks = bookmark_pages(converted(document, tmp_path))
    assert {name: bookmarks[anchor_bookmark(name)] for name in pages.anchors} == pages.anchors
    assert number == pages.pages
