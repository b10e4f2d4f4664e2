from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.finding import ContentError
from huikan.render.docx.style_table import CHARACTER_STYLES, PARAGRAPH_STYLES
from huikan.render.docx.styles import style_id
from huikan.render.vocabulary import RULES, Kind
from tests.docx.documents import W, body_of, find, opened, page, part, tokens, values, written


def test_every_style_of_the_vocabulary_is_in_the_style_sheet() -> None:
    styles = part(written(page("<h2 class='heading'>简介</h2>"))[0], "word/styles.xml")
    known = set(values(styles, "//w:style/@w:styleId"))
    assert {style_id(rule.style) for rule in RULES if rule.style} <= known


def test_styles_name_east_asian_and_latin_faces_and_no_theme_fonts() -> None:
    styles = part(written(page("<p>正文</p>"))[0], "word/styles.xml")
    normal = find(styles, "//w:style[@w:styleId='Normal']/w:rPr/w:rFonts")[0]
    assert normal.get(f"{W}eastAsia") == "Noto Serif CJK SC"
    assert normal.get(f"{W}ascii") == normal.get(f"{W}hAnsi") == normal.get(f"{W}cs") == "Noto Serif"
    assert not [name for fonts in find(styles, "//w:rFonts") for name in fonts.attrib if "heme" in str(name)]


def test_headings_have_outline_levels_and_stay_with_what_follows() -> None:
    styles = part(written(page("<p>正文</p>"))[0], "word/styles.xml")
    for level in range(1, 6):
        style = find(styles, f"//w:style[@w:styleId='Heading{level}']")[0]
        based_on = values(style, "w:basedOn/@w:val")[0]
        assert values(style, "w:pPr/w:outlineLvl/@w:val") == [str(level - 1)]
        assert find(style, "w:pPr/w:keepNext") or based_on == "Heading3"


@pytest.mark.parametrize(("language", "indent"), [("zh-Hans", ["200"]), ("en", [])])
def test_only_chinese_paragraphs_are_indented_by_two_characters(language: str, indent: list[str]) -> None:
    styles = part(written(page("<p>Body</p>"), language=language)[0], "word/styles.xml")
    assert values(styles, "//w:style[@w:styleId='BodyText']/w:pPr/w:ind/@w:firstLineChars") == indent


def test_style_names_are_unique_and_their_bases_come_first() -> None:
    names = [style.name for style in PARAGRAPH_STYLES] + [style.name for style in CHARACTER_STYLES]
    assert len(set(names)) == len(names)
    for place, paragraph in enumerate(PARAGRAPH_STYLES):
        assert paragraph.based_on in ["", *names[:place]]
        assert paragraph.following in ["", *names]


def test_blanks_collapse_as_in_html() -> None:
    body = body_of(page("<p>\n  Two   words\n</p><p> <strong>one</strong> <em>two</em> </p>"), language="en")
    texts = ["".join(values(paragraph, ".//w:t/text()")) for paragraph in find(body, "//w:p")]
    assert texts == ["Two words", "one two"]


def test_emphasis_is_dotted_in_chinese_and_slanted_in_latin() -> None:
    chinese = part(written(page("<p>正文</p>"))[0], "word/styles.xml")
    english = part(written(page("<p>Body</p>"), language="en")[0], "word/styles.xml")
    assert values(chinese, "//w:style[@w:styleId='Emphasis']/w:rPr/w:em/@w:val") == ["underDot"]
    assert not find(chinese, "//w:style[@w:styleId='Emphasis']/w:rPr/w:i")
    assert find(english, "//w:style[@w:styleId='Emphasis']/w:rPr/w:i")
    mixed = body_of(page('<p>题为<em lang="en">On Rights</em>的演讲</p>'))
    assert values(mixed, "//w:r[w:t='On Rights']/w:rPr/w:em/@w:val") == ["none"]
    assert values(mixed, "//w:r[w:t='On Rights']/w:rPr/w:lang/@w:val") == ["en-US"]


def test_what_is_meant_for_another_face_and_decoration_is_left_out() -> None:
    body = body_of(page('<p data-only="pdf">纸</p><p data-only="docx">字</p><p data-only="web docx">网</p>'))
    assert "".join(values(body, "//w:t/text()")) == "字网"


def test_an_element_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(ContentError, match="<marquee>"):
        written("<marquee>快</marquee>")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_characters="<&\x00\r", exclude_categories=["Cs"]), max_size=60))
def test_any_characters_make_a_document_that_opens_with_the_same_words(text: str) -> None:
    document, _ = written(page(f"<p>起{text}止</p>"), language="en")
    read = "".join(paragraph.text for paragraph in opened(document).paragraphs)
    kept = [c for c in text if (c >= " " and c not in "\ufffe\uffff") or c in "\t\n"]
    assert [c for c in read if not c.isspace()] == [c for c in f"起{''.join(kept)}止" if not c.isspace()]


def test_right_to_left_words_are_marked_and_emoji_kept() -> None:
    body = body_of(page("<p>来自 شكرا جزيلا 的问候👋🏽</p>"))
    assert values(body, "//w:r[w:rPr/w:rtl]/w:t/text()") == ["شكرا جزيلا"]
    assert "👋🏽" in "".join(values(body, "//w:t/text()"))


def test_paragraph_kinds_and_their_styles_are_all_defined() -> None:
    styled = {Kind.PARAGRAPH, Kind.CELL, Kind.CONTENTS_LINE, Kind.LIST, Kind.FIGURE}
    names = {style.name for style in PARAGRAPH_STYLES}
    assert {rule.style for rule in RULES if rule.kind in styled} <= names


def test_quotations_in_quotations_and_in_lists_stand_further_in() -> None:
    inner = "<blockquote><p>丙</p><ul><li>丁</li></ul></blockquote>"
    quoted = f"<blockquote><p>乙</p>{inner}</blockquote><ul><li><p>戊</p><blockquote><p>己</p></blockquote></li></ul>"
    body = body_of(page(f'<div class="prose"><p>甲</p>{quoted}</div>'))
    size = tokens().length("size-body")
    lefts = {
        "".join(values(paragraph, ".//w:t/text()")): [int(left) for left in values(paragraph, "w:pPr/w:ind/@w:left")]
        for paragraph in find(body, "//w:p")
    }
    twips = {
        words: [round(20 * size * each) for each in indents]
        for words, indents in {"甲": [], "乙": [], "丙": [5.72], "丁": [7.72], "戊": [], "己": [4.86]}.items()
    }
    assert {words: lefts[words] for words in twips} == twips
