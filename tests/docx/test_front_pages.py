"""The pages before the contents, and the captions of speakers without a picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.render.docx.bookmarks import anchor_bookmark
from tests.docx.documents import find, page, part, tokens, values, written
from tests.docx.programs import bookmark_pages, converted


def imprint(lines: int) -> str:
    """An imprint of so many lines, and a page after it."""
    entry = "<dt>版权</dt><dd>版权所有。</dd>"
    return (
        '<section class="imprint" id="imprint"><p class="imprint-heading">版本说明</p><dl class="imprint-lines">'
        f'{entry * (lines // 2 - 1)}<dt>说明</dt><dd id="end">完。</dd></dl></section>' + page("<p>话</p>")
    )


@pytest.mark.parametrize(("theme", "lines", "as_low_as_may_be"), [("default", 6, True), ("default", 26, False)])
def test_an_imprint_stands_low_on_its_page_but_no_lower_than_it_fits(
    theme: str, lines: int, as_low_as_may_be: bool
) -> None:
    document, pages = written(imprint(lines), theme=theme)
    assert (pages.anchors["imprint"], pages.anchors["end"], pages.pages) == (1, 1, 2)
    heading = find(part(document, "word/document.xml"), "//w:p[w:pPr/w:pStyle/@w:val='ImprintHeading']")[0]
    above = values(heading, "w:pPr/w:spacing/@w:before")
    assert above == [] if as_low_as_may_be else 0 < int(above[0]) < 18 * 18 * 20


@pytest.mark.parametrize(("theme", "language", "lines"), [("default", "zh-Hans", 26), ("a5", "en", 14)])
def test_an_imprint_that_just_fits_is_one_page_in_libreoffice(
    theme: str, language: str, lines: int, tmp_path: Path
) -> None:
    document, pages = written(imprint(lines), theme=theme, language=language)
    number, bookmarks = bookmark_pages(converted(document, tmp_path))
    assert number == pages.pages == 2
    assert bookmarks[anchor_bookmark("end")] == pages.anchors["end"] == 1


TITLE_PAGE = (
    '<section class="title-page" id="front"><p class="series">论坛</p><p class="title">保护知识产权</p>'
    '<p class="kind">会刊</p><p class="translated-title" lang="en">Protecting Intellectual Property</p>'
    '<dl class="organisers"><dt>主办</dt>{members}</dl><p class="date">2024</p>'
    '<p class="venue" id="end">上海</p></section>'
)


@pytest.mark.parametrize(("members", "closed_up"), [(5, False), (19, True)])
def test_a_title_page_with_many_organisers_is_closed_up_to_stay_one_page(
    members: int, closed_up: bool, tmp_path: Path
) -> None:
    document, pages = written(TITLE_PAGE.format(members="<dd>海岸研究所</dd>" * members) + page("<p>话</p>"))
    assert (pages.anchors["front"], pages.anchors["end"], pages.pages) == (1, 1, 2)
    body = part(document, "word/document.xml")
    above = {
        values(paragraph, "w:pPr/w:pStyle/@w:val")[0]: int(values(paragraph, "w:pPr/w:spacing/@w:before")[0])
        for paragraph in find(body, "//w:p[w:pPr/w:spacing/@w:before]")
    }
    styles = {"Series", "TitlePageTitle", "TitlePageTranslation", "OrganiserRole", "EventDate"}
    assert set(above) == (styles if closed_up else set())
    if closed_up:
        assert above["Series"] == pytest.approx(3 * above["OrganiserRole"], abs=2)
    number, bookmarks = bookmark_pages(converted(document, tmp_path))
    assert (number, bookmarks[anchor_bookmark("end")]) == (2, 1)


def test_the_translated_title_stands_on_paper_on_the_title_page_and_on_colour_on_the_cover() -> None:
    cover = '<section class="cover"><h1 class="title">题</h1><p class="translated-title">T</p></section>'
    document, _ = written(cover + TITLE_PAGE.format(members="<dd>海岸研究所</dd>"))
    names = values(part(document, "word/document.xml"), "//w:pStyle/@w:val")
    assert [name for name in names if "Transl" in name] == ["TranslatedTitle", "TitlePageTranslation"]
    shades = [
        find(part(document, "word/styles.xml"), f"//w:style[@w:styleId='{name}']/w:pPr/w:shd")
        for name in ("TranslatedTitle", "TitlePageTranslation")
    ]
    assert [len(each) for each in shades] == [1, 0]


def test_an_imprint_longer_than_a_page_begins_at_its_top() -> None:
    document, pages = written(imprint(80))
    assert (pages.anchors["imprint"], pages.anchors["end"]) == (1, 3)
    heading = find(part(document, "word/document.xml"), "//w:p[w:pPr/w:pStyle/@w:val='ImprintHeading']")[0]
    assert values(heading, "w:pPr/w:spacing/@w:before") == ["0"]


@pytest.mark.parametrize("name", ["Title", "TitlePageTitle"])
def test_english_titles_are_as_large_for_their_page_in_every_theme(name: str) -> None:
    sizes = []
    for theme in ("default", "a5"):
        styles = part(written(page("<p>Words</p>"), language="en", theme=theme)[0], "word/styles.xml")
        style = find(styles, f"//w:style[@w:styleId='{name}']")[0]
        subtitle = find(styles, "//w:style[@w:styleId='CoverSubtitle']")[0]
        size, below = (int(values(each, "w:rPr/w:sz/@w:val")[0]) for each in (style, subtitle))
        assert below < size
        sizes.append(size / 2 / tokens(theme).length("size-cover"))
    assert sizes[0] == pytest.approx(sizes[1], abs=0.01)


def test_the_caption_of_a_speaker_without_a_picture_stays_with_the_prose() -> None:
    caption = '<figure class="portrait"><figcaption><span class="line">局长王五</span></figcaption></figure>'
    title = '<h3 class="speaker">王五</h3><p class="speaker-title">局长</p>'
    body = part(written(page(f'{title}{caption}<div class="prose"><p>话</p></div>'))[0], "word/document.xml")
    kept = {values(p, "w:pPr/w:pStyle/@w:val")[0]: bool(find(p, "w:pPr/w:keepNext")) for p in find(body, "//w:p")}
    assert kept["Caption"]
    alone = part(written(page(title + caption + title))[0], "word/document.xml")
    assert not find(alone, "//w:p[w:pPr/w:pStyle/@w:val='Caption']/w:pPr/w:keepNext")
