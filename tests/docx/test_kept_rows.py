"""Rows of a programme that stay together: a session leaves no one or two of them alone on a page."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from huikan.render.docx.bookmarks import anchor_bookmark
from tests.docx.documents import body_of, find, page, written
from tests.docx.programs import bookmark_pages, converted


def session(number: int, rows: int, above: int, title: str = "主任") -> str:
    """A session of the programme below so many lines; its rows are anchored."""
    people = "".join(
        f'<tr id="s{number}r{row}"><th class="name-column"><span class="name">王五</span></th><td>{title}</td></tr>'
        for row in range(rows)
    )
    return page(
        "<p>短</p>" * above
        + f'<section class="agenda-session" id="s{number}"><h3 class="agenda-heading">专题发言</h3>'
        + f'<p class="agenda-hosts">主持</p><table class="agenda"><tbody>{people}</tbody></table></section>',
        "programme",
        "议程",
    ).replace('id="programme"', f'id="programme{number}"')


def parts_on_pages(anchors: dict[str, int], number: int) -> list[int]:
    """How many rows of a session each page holds."""
    pages = [place for name, place in anchors.items() if name.startswith(f"s{number}r")]
    return [len(list(rows)) for _, rows in groupby(pages)]


def kept(body: str) -> list[bool]:
    """Of every row, whether it stays with the row below."""
    rows = find(body_of(body), "//w:tr")
    said = [{bool(find(paragraph, "w:pPr/w:keepNext")) for paragraph in find(row, ".//w:p")} for row in rows]
    assert all(len(each) == 1 for each in said), "a row's cells disagree"
    return [each.pop() for each in said]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (1, "0"),
        (2, "10"),
        (5, "11110"),
        (6, "110110"),
        (9, "110000110"),
    ],
)
def test_three_rows_stay_together_at_either_end_of_a_session(rows: int, expected: str) -> None:
    assert kept(session(0, rows, 0)) == [sign == "1" for sign in expected]


def test_rows_that_would_leave_a_third_of_the_page_empty_are_kept_by_twos_or_not_at_all() -> None:
    assert kept(session(0, 5, 0, "很长的职务" * 15)) == [True, False, False, True, False]
    assert kept(session(0, 5, 0, "很长的职务" * 50)) == [False] * 5


def test_the_sessions_of_a_list_of_speakers_are_kept_each_by_itself() -> None:
    row = '<tr><th class="name-column">王五</th><td>主任</td></tr>'
    group = '<tr class="group"><th colspan="2">专题</th></tr>'
    body = page(f'<table class="people"><tbody>{group}{row * 2}{group}{row * 7}</tbody></table>')
    assert kept(body) == [sign == "1" for sign in "1101" + "1100110"]


def test_tables_of_data_break_between_any_rows() -> None:
    body = page(f'<div class="prose"><table><tbody>{"<tr><td>甲</td></tr>" * 5}</tbody></table></div>')
    assert kept(body) == [False] * 5


def figure(rows: int, above: int) -> str:
    """A table with a caption, below so many lines."""
    table = f'<table class="data"><tbody>{"<tr><td>甲</td><td>1</td></tr>" * rows}</tbody></table>'
    caption = f'<figcaption id="c{above}"><span class="number">图 1</span> 港口</figcaption>'
    return page(
        "<p>短</p>" * above + f'<figure class="figure" id="f{above}">{table}{caption}</figure>',
        "introduction",
        "简介",
    ).replace('id="introduction"', f'id="i{above}"')


@pytest.mark.parametrize(("rows", "bound"), [(6, 6), (15, 3)])
def test_a_table_of_half_a_page_stays_whole_with_its_caption_and_a_taller_one_with_its_last_rows(
    rows: int, bound: int
) -> None:
    assert kept(figure(rows, 0)) == [False] * (rows - bound) + [True] * bound


def test_no_tall_table_moves_to_the_next_page_to_stay_with_its_caption(tmp_path: Path) -> None:
    document, pages = written("".join(figure(20, above) for above in (10, 14, 18)))
    number, bookmarks = bookmark_pages(converted(document, tmp_path))
    assert {name: bookmarks[anchor_bookmark(name)] for name in pages.anchors} == pages.anchors
    assert number == pages.pages == 6
    begun = [pages.anchors[f"f{above}"] - pages.anchors[f"i{above}"] for above in (10, 14, 18)]
    assert begun == [0, 0, 0]


@pytest.mark.parametrize("rows", [4, 8])
def test_no_session_leaves_fewer_than_three_rows_on_a_page_wherever_it_stands(rows: int, tmp_path: Path) -> None:
    sessions = range(22, 34)
    document, pages = written("".join(session(above, rows, above) for above in sessions))
    _, bookmarks = bookmark_pages(converted(document, tmp_path))
    there = {name: bookmarks[anchor_bookmark(name)] for name in pages.anchors}
    assert there == pages.anchors
    parts = [parts_on_pages(there, above) for above in sessions]
    assert all(sum(each) == rows for each in parts)
    assert min(min(each) for each in parts) >= 3
    assert len({len(each) for each in parts}) == (1 if rows == 4 else 2), "no session meets the foot of a page"
