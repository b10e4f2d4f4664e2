"""The index of names in Word: two columns on the page of its heading, with the heads and folios of that page."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from huikan.render.docx.bookmarks import anchor_bookmark
from tests.docx.documents import W, find, page, part, values, written
from tests.docx.programs import bookmark_pages, converted, sdk_errors


def index(groups: int, names: int, below: str = "") -> str:
    """An index of so many letters, each with so many names."""
    reference = '<a class="page-ref" href="#index"></a>'
    letters = [
        f'<section class="index-group"><p class="initial">{chr(65 + letter)}</p><ul class="index-names">'
        + "".join(f'<li><span class="name">{chr(65 + letter)}名{name}</span> {reference}</li>' for name in range(names))
        + "</ul></section>"
        for letter in range(groups)
    ]
    columns = f'<div class="index-columns">{"".join(letters)}</div>'
    note = '<h2 class="heading">索引</h2><p class="index-note">说明</p>'
    return page(note + columns + below, "index", "索引")


def body_with(*parts: str) -> etree._Element:
    return part(written("".join(parts))[0], "word/document.xml")


def paragraphs(body: etree._Element) -> list[str]:
    return ["".join(values(paragraph, ".//w:t/text()")) for paragraph in find(body, "//w:p")]


def begins_column(body: etree._Element) -> list[str]:
    """The words of the paragraphs that begin a column."""
    found = find(body, "//w:p[w:r/w:br[@w:type='column']]")
    return ["".join(values(paragraph, ".//w:t/text()")) for paragraph in found]


def test_the_names_stand_in_two_columns_below_the_heading_on_its_page() -> None:
    body = body_with(page("<p>话</p>"), index(4, 2))
    sections = find(body, "//w:sectPr")
    assert [values(section, "w:type/@w:val") for section in sections] == [[], [], ["continuous"]]
    assert [values(section, "w:cols/@w:num") for section in sections] == [[], [], ["2"]]
    note = find(body, "//w:p[w:pPr/w:pStyle/@w:val='QuietText']")[0]
    assert find(note, "w:pPr/w:sectPr")[0] is sections[1]


def test_heads_and_folios_go_on_through_the_columns() -> None:
    heading, columns = find(body_with(page("<p>话</p>"), index(4, 2)), "//w:sectPr")[-2:]
    for kind in ("header", "footer"):
        path = f"w:{kind}Reference/@r:id"
        assert values(heading, path) == values(columns, path) != []
    for measure in ("w:pgSz", "w:pgMar"):
        assert etree.tostring(find(heading, measure)[0]) == etree.tostring(find(columns, measure)[0])


def test_the_pages_of_names_stay_fields() -> None:
    body = body_with(index(4, 2))
    codes = [code.strip() for code in values(body, "//w:instrText/text()")]
    assert codes == [rf"PAGEREF {anchor_bookmark('index')} \h"] * 8


@pytest.mark.parametrize(
    ("groups", "names", "second"), [(4, 2, ["C"]), (3, 2, ["C"]), (1, 8, ["A名4 1"]), (1, 1, []), (26, 5, ["X"])]
)
def test_the_columns_of_the_last_page_end_alike_and_begin_with_a_letter(
    groups: int, names: int, second: list[str]
) -> None:
    body = body_with(index(groups, names))
    assert begins_column(body) == second
    firsts = [paragraphs(body)[2], *second] if groups * names > 1 else []
    for paragraph in find(body, "//w:p"):
        if "".join(values(paragraph, ".//w:t/text()")) in firsts:
            assert values(paragraph, "w:pPr/w:spacing/@w:before") == ["0"]


def test_what_follows_the_columns_runs_over_the_whole_measure_again() -> None:
    body = body_with(index(4, 2, "<p>后记</p>"), page("<p>话</p>"))
    sections = find(body, "//w:sectPr")
    assert [values(section, "w:cols/@w:num") for section in sections] == [[], ["2"], [], []]
    kinds = [values(section, "w:type/@w:val") for section in sections]
    assert kinds == [[], ["continuous"], ["continuous"], []]
    after = next(each for each in find(body, "//w:p") if "".join(values(each, ".//w:t/text()")) == "后记")
    assert after.find(f"{W}pPr/{W}sectPr") is sections[2]


@pytest.mark.parametrize(("groups", "names"), [(3, 9), (14, 2), (20, 2), (26, 9)])
def test_pages_after_columns_are_those_of_libreoffice(groups: int, names: int, tmp_path: Path) -> None:
    document, pages = written(index(groups, names, '<p id="below">后记</p>') + page('<p id="last">话</p>'))
    number, bookmarks = bookmark_pages(converted(document, tmp_path))
    assert {name: bookmarks[anchor_bookmark(name)] for name in pages.anchors} == pages.anchors
    assert number == pages.pages


def test_the_sdk_finds_no_error_in_columns(tmp_path: Path) -> None:
    document, _ = written(page("<p>话</p>") + index(4, 2) + page("<p>话</p>", "notes", "注"))
    assert sdk_errors(document, tmp_path) == []
