"""Space between Han and Latin is made by the layout, never typed."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pypdfium2
import pytest
import tinyhtml5

from huikan.render.typography import normalise_spacing, typeset
from tests.typography.measure import EM, set_lines, set_pdf


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("覆盖 193 个成员国", "覆盖193个成员国"),
        ("使用 AI 技术", "使用AI技术"),
        ("增长 5.2% 左右", "增长5.2%左右"),
        ("他说 ， 很好 。 然后", "他说，很好。然后"),
        ("Pedro Manuel Moreno 先生", "Pedro Manuel Moreno先生"),
        ("联合国秘书长 古特雷斯", "联合国秘书长 古特雷斯"),
        ("上一行\n下一行", "上一行下一行"),
        ("“Hello world” is", "“Hello world” is"),
        (" 首尾留着 ", " 首尾留着 "),
    ],
)
def test_typed_spaces_beside_han_are_taken_out(typed: str, normal: str) -> None:
    assert normalise_spacing(typed, "zh-Hans") == normal
    assert normalise_spacing(normal, "zh-Hans") == normal


def test_english_text_keeps_its_spaces() -> None:
    assert normalise_spacing("Liu Jie (刘洁) is 刘洁 here", "en") == "Liu Jie (刘洁) is 刘洁 here"


def typeset_html(body: str) -> str:
    tree = tinyhtml5.parse(f"<html lang=zh-Hans><body>{body}", namespace_html_elements=False)
    typeset(tree, "zh-Hans")
    inner = tree.find("body")
    assert inner is not None
    return ElementTree.tostring(inner, encoding="unicode", method="html")


def test_spaces_are_found_across_elements_but_not_in_code_or_english() -> None:
    assert "<p>在<b>AI</b>时代</p>" in typeset_html("<p>在 <b>AI</b> 时代</p>")
    assert "<code>a 中 1</code>" in typeset_html("<p>见 <code>a 中 1</code></p>")
    assert "Mr 刘 Jie" in typeset_html("<p lang=en>Mr 刘 Jie</p>")
    assert "在 AI" in typeset_html("<p data-typeset=off>在 AI</p>")


def test_han_and_latin_stand_a_quarter_em_apart() -> None:
    glyphs = set_lines("<p>共有193个国家用AI。</p>", columns=30)[0].glyphs
    gap = {(first.text, second.text): second.x0 - first.x1 for first, second in pairwise(glyphs)}
    for pair in (("有", "1"), ("3", "个"), ("用", "A")):
        assert gap[pair] == pytest.approx(0.25 * EM, abs=0.03 * EM)
    assert gap["I", "。"] == pytest.approx(0, abs=0.01 * EM)


def test_a_sign_that_joins_han_with_han_stands_close_on_both_sides() -> None:
    glyphs = set_lines("<p>行政+司法有90+国家</p>", columns=30)[0].glyphs
    gaps = [(first.text + second.text, second.x0 - first.x1) for first, second in pairwise(glyphs)]
    found = {pair: gap for pair, gap in gaps if "+" in pair}
    assert [found["政+"], found["+司"]] == pytest.approx([0, 0], abs=0.03 * EM)
    assert found["+国"] == pytest.approx(0.25 * EM, abs=0.03 * EM)


def test_the_mark_of_a_note_stands_above_the_blank_half_of_a_full_stop() -> None:
    mark = "<sup style='vertical-align: super; font-size: 60%'>1</sup>"
    glyphs = set_lines(f"<p>潮汐。{mark}涨落</p>", columns=30)[0].glyphs
    stop, note = (next(glyph for glyph in glyphs if glyph.text == text) for text in "。1")
    assert note.x0 - stop.x0 == pytest.approx(0.5 * EM, abs=0.08 * EM)


def test_a_typed_space_changes_nothing_on_the_page() -> None:
    typed, plain = (set_lines(f"<p>{text}</p>", columns=30)[0] for text in ("有 193 个", "有193个"))
    assert [glyph.x0 for glyph in typed.glyphs] == pytest.approx([glyph.x0 for glyph in plain.glyphs])


def test_no_space_stands_at_the_edges_of_a_line() -> None:
    lines = set_lines("<p style='text-indent:0'>一二三四五六七八九十2024年份</p>", columns=10)
    assert lines[0].glyphs[-1].x1 == pytest.approx(10 * EM, abs=0.02 * EM)
    assert lines[1].glyphs[0].x0 == pytest.approx(0, abs=0.02 * EM)


def test_a_note_number_stands_close() -> None:
    glyphs = set_lines("<p>发展<sup style='vertical-align:2pt'>1</sup>问题</p>", columns=30)[0].glyphs
    assert glyphs[2].x0 - glyphs[1].x1 == pytest.approx(0, abs=0.01 * EM)


def test_the_text_read_back_has_no_space_where_none_is_written() -> None:
    text = "共有193个国家用AI，第7届论坛（2024年11月6日）由Pedro Moreno主持，涉及85万件专利与3个方面的工作。"
    for columns, variant in ((17, None), (21, "pdf/ua-1"), (26, None)):
        pdf = set_pdf(f"<p>{text}</p>", columns=columns, pdf_variant=variant)
        read = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
        assert re.sub("\r\n", "", read) in (text, text.replace("Pedro Moreno", "PedroMoreno"))


def test_letter_spaced_headings_are_read_back_without_spaces() -> None:
    heading = "<h3 style='letter-spacing:.15em'>爱德华·夸夸出席第7届论坛</h3>"
    read = pypdfium2.PdfDocument(set_pdf(heading, columns=30))[0].get_textpage().get_text_range()
    assert read == "爱德华·夸夸出席第7届论坛"
