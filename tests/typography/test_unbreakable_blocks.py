"""Blocks that may not be broken: begun on the page on which they end, and set there once."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from weasyprint import HTML

from huikan.render.layout import chinese_layout, unbreakable
from huikan.render.layout.composer import Composer
from huikan.render.layout.lines import LineMaker

STYLE = """
@page { size: 260pt 210pt; margin: 20pt; @footnote { border-top: 1pt solid } }
@page other { margin-left: 40pt }
html { font: 10pt/15pt "Noto Serif CJK SC" } body { margin: 0 }
p { margin: 0; text-align: justify; text-indent: 2em; orphans: 2; widows: 2 }
article { padding-left: 60pt; margin-bottom: 15pt; break-inside: avoid }
article::after { content: ""; display: block; clear: both }
h3 { float: left; margin: 0 0 0 -60pt; width: 45pt; font-size: 10pt; break-after: avoid }
figure { float: left; clear: left; width: 45pt; margin: 0 0 0 -60pt; break-inside: avoid }
figure div { height: 30pt; background: silver }
figcaption { font-size: 7pt; line-height: 9pt }
.room { float: left; width: 60pt; height: 40pt; background: gold } .right { float: right; width: 30pt }
.note { float: footnote } .up { margin-top: -12pt } .apart { margin: 9pt 5% 0 auto; padding: 3pt 4%; width: 75% }
.kept { break-after: avoid } .next { break-before: page } .other { page: other } .short { height: 20pt }
.clipped { overflow: hidden } .two { columns: 2 } .first::first-letter { font-size: 20pt } .grid { --line-grid: 15pt }
.out { position: absolute; right: 0; top: 4pt } .at { position: relative; top: 3pt } .capped { max-height: 30pt }
.running { position: running(head) } .box { display: inline-block } @page { @top-center { content: element(head) } }
.whole { break-inside: avoid } .flush { text-indent: 0 }
.border { border: 2pt solid; box-sizing: border-box } .rtl { direction: rtl } .nowrap { white-space: nowrap }
"""
CLASSES = (
    "", "apart", "up", "kept", "next", "other", "short", "clipped", "two", "first", "grid", "at", "capped", "border",
    "rtl", "nowrap",
)  # fmt: skip
TEXT = "知识产权制度为激励创新、优化营商环境提供保障，与会者说：“合作（2025年）才能共赢”；各方应当加强沟通与协调。"
INLINE = (
    "", "<b>粗字</b>", '<span class="note">注释</span>', '<span class="out">外</span>', "<br>", "Latin words", "\n ",
    "<br> ", "<i class=running>眉</i>",
    '<span style="display:inline-block;width:30pt;height:22pt">盒</span>', '<span class="room"></span>',
)  # fmt: skip

kinds = st.just("") | st.just("grid") | st.just("") | st.sampled_from(CLASSES)
inlines = st.just("") | st.just("<b>粗字</b>") | st.just("") | st.sampled_from(INLINE)
paragraphs = st.builds(
    lambda kind, before, inline, length: f'<p class="{kind}">{before}{TEXT[:length]}{inline}{TEXT[length:]}',
    kinds,
    inlines,
    inlines,
    st.integers(0, 50),
)
others = st.sampled_from(
    [
        "<h3>姓名</h3>", "<figure><div></div><figcaption>图一的说明文字，长得要换行</figcaption></figure>",
        '<div class="room"></div>', '<div class="right">右</div>', '<div class="out">绝对</div>', "<ul><li>条</ul>",
        "<table><tr><td>格</table>", "<p lang=en>An English paragraph that is set by the engine itself.", "<p>", "行中",
        '<blockquote class="apart"><p>引用的话，也要换行，换了一行又一行。</blockquote>', '<div class="short"></div>',
    ]
)  # fmt: skip
articles = st.builds(
    lambda around, kind, head, parts: (
        f'<div class="{around}"><article class="{kind}">{head}{"".join(parts)}</article></div>'
    ),
    st.just("") | st.just("") | st.sampled_from(["rtl", "apart", "two", "kept", "border"]),
    kinds,
    st.sampled_from(["", "<h3>姓名</h3>", "<h3>姓名</h3><figure><div></div><figcaption>图</figcaption></figure>"]),
    st.lists(paragraphs | paragraphs | paragraphs | others, max_size=6),
)


def printed(body: str) -> bytes:
    html = HTML(string=f'<html lang="zh"><style>{STYLE}</style><body>{body}')
    with chinese_layout():
        return bytes(html.write_pdf(uncompressed_pdf=True, pdf_identifier=b"0"))


def article(lines: int, kind: str = "") -> str:
    """A block of one paragraph that takes so many lines of 16 characters, the first one indented."""
    return f'<article class="{kind}"><h3>姓名</h3><p>{"文" * (16 * lines - 3)}</article>'


def makes_of_lines(body: str) -> int:
    """How many lines were made while the pages were laid out."""
    made, original = list[object](), LineMaker.make

    def noted(self: LineMaker, *arguments: Any) -> Any:
        made.append(arguments)
        return original(self, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LineMaker, "make", noted)
        printed(body)
    return len(made)


def test_lines_of_a_block_that_moves_to_the_next_page_are_made_once() -> None:
    """The page holds eleven lines: six of the first block and one blank leave too little for the second."""
    assert makes_of_lines(article(6) + article(8)) == 2 + 6 + 8
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unbreakable, "must_wait", lambda *_: False)
        assert makes_of_lines(article(6) + article(8)) > 2 + 6 + 8


@pytest.mark.parametrize("lines", range(1, 12))
def test_a_block_is_begun_where_its_last_line_still_fits(lines: int) -> None:
    with pdfplumber.open(io.BytesIO(printed(article(5) + article(lines)))) as document:
        assert len(document.pages) == (1 if 5 + 1 + lines <= 11 else 2)


def test_a_block_longer_than_a_page_is_begun_on_the_next_and_broken() -> None:
    with pdfplumber.open(io.BytesIO(printed(article(2) + article(25)))) as document:
        texts = [page.extract_text().count("文") for page in document.pages]
    assert texts == [16 * 2 - 3, 16 * 11 - 2, 16 * 11, 16 * 3 - 1]


SEVEN_LINES = f'<p class="flush">{"文" * 22 * 7}</p>'
PAGES = {
    "narrow, from right to left": '<div class="rtl"><p>文文<article style="width:50%"><p>文字</article></div>',
    "blank after a forced break": f"{SEVEN_LINES}<div class=whole><p class=flush>{'文' * 70}<br> </p></div><p>一",
    "ideographic space": f"{SEVEN_LINES}<div class=whole><p class=flush>{'文' * 70}<br>\u3000</p></div><p>一",
    "nothing, below the page": '<div style="height:175pt"></div><div class="whole"></div>',
    "something absolute": '<div style="height:175pt"></div><div class="whole"><b class="out">外</b></div>',
    "running element": f'{article(6)}<article><p>文字<i class="running">眉</i>{"文" * 150}</article>',
    "one in a box": f'{article(6)}<article><p>文<b class="box"><i class="running">眉</i></b>{"文" * 150}</article>',
}


@pytest.mark.parametrize("case", PAGES)
def test_what_has_no_lines_of_its_own_stays_where_the_engine_puts_it(case: str) -> None:
    counted = printed(PAGES[case])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unbreakable, "must_wait", lambda *_: False)
        assert printed(PAGES[case]) == counted


@given(st.lists(articles, min_size=1, max_size=5))
@example([article(6), article(8)])
@example(["<p>一", article(9, "other"), article(3)])
@example([f'<article class="other"><p class="apart">{TEXT}<figure><div></div></figure></article>', article(4)])
@settings(deadline=None, max_examples=60)
def test_pages_are_those_of_the_engine(blocks: list[str]) -> None:
    """Figures are not broken here: the engine prints what is left of one twice if it gives up the block around it."""
    body = "".join(blocks)
    counted = printed(body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unbreakable, "must_wait", lambda *_: False)
        assert printed(body) == counted


def test_text_that_the_engine_sets_counts_for_nothing() -> None:
    body = article(6) + '<article><h3>Name</h3><p lang="en">' + "English words " * 30 + "</article>"
    asked, original = list[int](), Composer.count_lines

    def noted(self: Composer, *arguments: Any) -> int:
        asked.append(original(self, *arguments))
        return asked[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Composer, "count_lines", noted)
        printed(body)
    assert asked == [0]
