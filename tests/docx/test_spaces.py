"""Spaces between blocks that touched: titles and prose, prose and a table, lists and quotations and prose."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from huikan.render.docx.bookmarks import anchor_bookmark
from tests.docx.documents import find, page, part, tokens, values, written
from tests.docx.programs import bookmark_pages, converted

HALF_A_LINE = str(round(tokens().length("line") * 10))
TABLE = "<table><tbody><tr><td>甲</td></tr></tbody></table>"


def spaces(document: bytes, words: str) -> tuple[str, str]:
    """The space above and below the paragraph of these words, in twentieths of a point; its own, or its style's."""
    body, styles = part(document, "word/document.xml"), part(document, "word/styles.xml")
    paragraph = next(each for each in find(body, "//w:p") if "".join(values(each, ".//w:t/text()")) == words)
    name = values(paragraph, "w:pPr/w:pStyle/@w:val")[0]
    style = find(styles, f"//w:style[@w:styleId='{name}']")[0]
    return _space(paragraph, style, "before"), _space(paragraph, style, "after")


def _space(paragraph: etree._Element, style: etree._Element, side: str) -> str:
    path = f"w:pPr/w:spacing/@w:{side}"
    return next(iter(values(paragraph, path) + values(style, path)), "0")


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_titles_are_one_block_half_a_line_above_the_prose(language: str) -> None:
    titles = '<p class="report-publisher">出版社</p><p class="report-publisher">发布人</p>'
    document, _ = written(page(f'{titles}<div class="prose"><p>摘要</p></div>'), language=language)
    assert spaces(document, "出版社")[1] == "0"
    assert spaces(document, "发布人")[1] == HALF_A_LINE


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_rule_of_a_table_does_not_touch_the_line_above(language: str) -> None:
    document, _ = written(page(f'<div class="prose"><p>前文</p><p>如下：</p>{TABLE}</div>'), language=language)
    assert spaces(document, "如下：")[1] == HALF_A_LINE
    assert spaces(document, "前文")[1] == (HALF_A_LINE if language == "en" else "0")


def test_english_prose_is_set_off_from_the_list_or_quotation_above() -> None:
    prose = "<ul><li><p>Item</p></li></ul><p>After a list</p><blockquote><p>Words</p></blockquote><p>After words</p>"
    document, _ = written(page(f'<div class="prose">{prose}</div>'), language="en")
    assert spaces(document, "After a list")[0] == spaces(document, "After words")[0] == HALF_A_LINE
    assert spaces(written(page("<p>正文</p>"))[0], "正文")[0] == "0"


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_pages_with_these_spaces_are_those_of_libreoffice(language: str, tmp_path: Path) -> None:
    block = (
        '<p class="report-publisher">出版社</p><p class="report-publisher">发布人</p><p>前文</p><p>如下：</p>'
        f"{TABLE}<p>后文</p><ul><li><p>甲</p></li></ul><p>后文</p><blockquote><p>引文</p></blockquote>"
    )
    body = "".join(f'{block}<p id="n{number}">第{number}段</p>' for number in range(30))
    document, pages = written(page(f'<div class="prose">{body}</div>'), language=language)
    number, bookmarks = bookmark_pages(converted(document, tmp_path))
    assert {name: bookmarks[anchor_bookmark(name)] for name in pages.anchors} == pages.anchors
    assert number == pages.pages > 5
