"""The composed lines live inside the engine's layout: notes, floats, counters, pages, widths."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from tests.typography.measure import EM, Line, lines_of, set_lines, set_pdf
from tests.typography.test_justification import PROSE, is_set_flush


def body_lines(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.glyphs[0].size > 9]


def text_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_a_footnote_is_called_in_the_line_and_set_at_the_foot() -> None:
    css = ".note{float:footnote;font-size:8pt;text-indent:0}.note::footnote-call{vertical-align:3pt;line-height:0}"
    pdf = set_pdf(f"<p>{PROSE[:30]}<span class=note>注文在此。</span>{PROSE[30:]}</p>", columns=16, css=css)
    lines = lines_of(pdf)
    call = next(glyph for line in lines for glyph in line.glyphs if glyph.text == "1")
    note = next(line for line in lines if "注文在此" in line.text)
    assert note.glyphs[0].baseline > max(line.glyphs[0].baseline for line in body_lines(lines))
    assert call.baseline < 100
    assert is_set_flush([line for line in body_lines(lines) if "1" not in line.text], 16)


def test_page_numbers_that_come_late_are_set_into_the_line() -> None:
    css = ".ref::after{content:target-counter(attr(href), page)}div{break-before:page}"
    body = f'<p>{PROSE[:18]}见第<a class=ref href="#far"></a>页，{PROSE[18:]}</p>' + '<div id="x">一</div>' * 11
    pdf = set_pdf(f'{body}<div id="far">末</div>', columns=14, css=css)
    first = [line for line in lines_of(pdf) if line.page == 0]
    assert "见第13页" in "".join(line.text for line in first)
    assert is_set_flush(first, 14)


def test_text_beside_a_float_takes_the_narrower_measure_and_then_the_full() -> None:
    float_ = "<div style='float:left;width:6em;height:24pt'></div>"
    lines = set_lines(f"{float_}<p style='text-indent:0'>{PROSE}</p>", columns=16)
    starts = [line.glyphs[0].x0 for line in lines]
    assert starts[0] == pytest.approx(6 * EM, abs=0.1)
    assert starts[-1] == pytest.approx(0, abs=0.1)
    assert is_set_flush(lines, 16)


def test_a_paragraph_with_a_float_in_its_line_is_left_to_the_engine_whole() -> None:
    lines = set_lines(f"<p>{PROSE[:20]}<b style='float:right'>旁</b>{PROSE[20:]}</p>", columns=16)
    text = "".join(line.text for line in lines)
    assert text.replace("旁", "", 1) == PROSE


def test_links_and_anchors_point_at_the_words_they_hold() -> None:
    body = f'<p>{PROSE[:20]}<a href="#there">{PROSE[20:50]}</a>{PROSE[50:]}</p><p id="there">此处。</p>'
    with pikepdf.open(io.BytesIO(set_pdf(body, columns=16))) as document:
        links = [note for note in document.pages[0].Annots if note.Subtype == "/Link"]
    assert len(links) == 3
    for link in links:
        left, _, right, _ = (float(edge) for edge in link.Rect)
        assert 19.9 <= left < right <= 20.1 + 16 * EM


def test_a_cell_is_as_wide_as_its_text_with_the_space_it_gets() -> None:
    lines = set_lines("<table style='width:auto'><tr><td>第7届AI论坛</td><td>短</td></tr></table>", columns=30)
    assert len(lines) == 1


def test_leaders_fill_the_line_to_the_page_number() -> None:
    css = "a{display:block}a::after{content:leader('·') target-counter(attr(href),page)}"
    lines = set_lines('<a href="#x">论坛“议程”</a><p id=x>完</p>', columns=20, css=css)
    assert lines[0].text.startswith("论坛“议程”··")
    assert lines[0].glyphs[-1].text == "1"
    assert lines[0].glyphs[-1].x1 == pytest.approx(20 * EM, abs=0.5)


def test_a_leader_is_one_text_whose_dots_are_as_far_apart_as_the_engine_sets_them() -> None:
    css = "a{display:block}a::after{content:leader(' · ') target-counter(attr(href),page)}"
    pdf = set_pdf('<p style="text-indent:0"><a href="#x">目录第1项</a></p><p id="x">甲</p>', css=css)
    (first, *_) = lines_of(pdf)
    dots = [glyph for glyph in first.glyphs if glyph.text == "·"]
    gaps = {round(right.x0 - left.x0, 2) for left, right in pairwise(dots)}
    assert len(dots) > 8
    assert max(gaps) - min(gaps) <= 0.02
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stream = document.pages[0].Contents.read_bytes()
    assert stream.count(b" Tm") <= 5, "words, leader, number and the paragraph behind"


def test_words_before_a_leader_are_set_like_others() -> None:
    css = "a{display:block}a::after{content:leader(' · ') target-counter(attr(href),page)}"
    with_leader, without = (
        lines_of(set_pdf('<p style="text-indent:0"><a href="#x">目录第1项</a></p><p id="x">甲</p>', css=rule))[0]
        for rule in (css, "a{display:block}")
    )
    assert [glyph.x0 for glyph in with_leader.glyphs[:5]] == [glyph.x0 for glyph in without.glyphs[:5]]


def test_running_elements_and_absolute_boxes_keep_their_place() -> None:
    css = "@page{@top-left{content:element(head)}}.head{position:running(head)}"
    head = "<span class=head>书眉</span>"
    absolute = "<span style='position:absolute;left:0;top:300pt'>绝对</span>"
    text = text_of(set_pdf(f"<p>{PROSE[:10]}{head}{absolute}{PROSE[10:]}</p>", columns=16, css=css))[0]
    assert text.count("书眉") == 1
    assert text.count("绝对") == 1
    assert PROSE[:10] in text.replace("\r\n", "")


def test_widows_and_orphans_are_two_lines() -> None:
    for spacer in range(352, 368, 2):
        lines = set_lines(f"<div style='height:{spacer}pt'></div><p>{PROSE}</p>", columns=10)
        per_page = [sum(line.page == page for line in lines) for page in range(lines[-1].page + 1)]
        assert 1 not in per_page, (spacer, per_page)


def test_centred_and_right_aligned_lines_are_not_stretched() -> None:
    for align, side in (("center", 0.5), ("right", 1.0)):
        lines = set_lines(f"<p style='text-align:{align};text-indent:0'>“{PROSE[:30]}”。</p>", columns=16)
        for line in lines:
            gap = line.glyphs[2].x0 - line.glyphs[1].x1
            assert gap == pytest.approx(0, abs=0.01 * EM)
        start = lines[-1].glyphs[0].x0
        end = 16 * EM - lines[-1].glyphs[-1].x1 + EM / 2
        assert start * (1 - side) == pytest.approx(end * side, abs=0.05 * EM)


def test_a_picture_in_the_line_is_part_of_it() -> None:
    image = (
        "<img alt='' style='width:2em;height:8pt' src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"/>'>"
    )
    lines = set_lines(f"<p>{PROSE[:16]}{image}{PROSE[16:]}</p>", columns=16)
    assert is_set_flush(lines, 16)
    assert "".join(line.text for line in lines) == PROSE


def test_first_letter_and_first_line_rules_do_not_upset_the_text() -> None:
    for rule in ("p::first-letter{font-size:20pt;line-height:0}", "p::first-line{color:red}"):
        lines = set_lines(f"<p>{PROSE}</p>", columns=16, css=rule)
        assert "".join(line.text for line in lines) == PROSE
