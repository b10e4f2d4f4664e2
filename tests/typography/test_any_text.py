"""Whatever the text: nothing lost, doubled or moved; no forbidden line edge; nothing beyond the measure."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.typography.measure import EM, Line, plain, set_paragraphs

NEVER_STARTS = "，。、；：！？）》”’…—·】」』〕％"
NEVER_ENDS = "（《“‘【「『〔"
COLUMNS = 12
KERNING = 0.06
"""A glyph's box may stand out by the kerning with the letter that went to the next line; in em."""
FRAGMENTS = (
    "数 字 经济 治理 人工智能 虹桥 发展中国家 的 是 㛃 𬱖 𠮷 第七届 论坛 一 ，。、；：！？ 》 《 （ ） “ ” ‘ ’ —— …… · "
    "—— “《 ”， 》， 。” ）： ；“ AI UNCTAD Pedro Moreno don’t 193个 2024年11月6日 85万件 5.2% 7 $3 "
    "https://example.org/a-b naïve x\u200by a\u00adb 3:00 [1] C++ α β ～ ￥5 № あ 한국 ９ ％ é ， 。"
)
WORDS = st.sampled_from([*FRAGMENTS.split(), "e\u0301", "\u00a0", " ", "  ", "\n", "，", "。", "”", "“"])
PIECES = st.lists(WORDS, min_size=1, max_size=40).map("".join)
WRAPPERS = [
    "{}",
    "<b>{}</b>",
    '<a href="https://example.org/">{}</a>',
    "<em>x<b>{}</b></em>",
    '<span lang="en">{}</span>',
    "<code>{}</code>",
    '<sup style="vertical-align:2pt">{}</sup>',
    '<span style="white-space:nowrap">{}</span>',
    '<span style="letter-spacing:.1em;padding:0 2pt">{}</span>',
    "{}<br>",
    "{}<wbr>",
    '<span id="a"></span>{}',
    '<span style="font-size:80%">{}</span>',
    '<span class="name">{}</span>',
    '<span class="part">{}</span>',
]
WRAPPED = st.tuples(PIECES, st.sampled_from(WRAPPERS)).map(lambda pair: pair[1].format(escape(pair[0])))
PARAGRAPHS = st.lists(st.lists(WRAPPED, min_size=1, max_size=5).map("".join), min_size=8, max_size=16)
HAN = st.text(st.sampled_from("数字经济治理人工智能虹桥发展中国家"), min_size=3, max_size=8)
MARKS = "， 。 、 ； ：“ ”， 》，《 （ ） —— …… ！” ？ · AI 193个 2024年"
CLAUSES = st.lists(st.tuples(HAN, st.sampled_from(MARKS.split())).map("".join), min_size=2, max_size=14).map("".join)
PROSE = st.lists(st.tuples(CLAUSES, HAN).map("".join).map("{}。".format), min_size=8, max_size=16)
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def words_of(markup: str) -> str:
    return plain(unescape(re.sub("<[^>]*>", "", markup)))


@SLOW
@given(PARAGRAPHS)
@example(
    [
        "“”" * 12,
        "</b>".join(["……"] * 30),
        "一<br><br>二<br>",
        "   ",
        "https://example.org/" + "a" * 80,
        f'<span style="white-space:nowrap">{"长" * 30}</span>',
    ]
)
def test_no_character_is_lost_doubled_or_moved(paragraphs: list[str]) -> None:
    for markup, lines in zip(paragraphs, set_paragraphs(paragraphs, columns=COLUMNS), strict=True):
        assert plain("".join(line.text for line in lines)) == words_of(markup)


def visible_end(line: Line) -> float:
    last = line.glyphs[-1]
    trimmed = last.text in "，。、；：！？”’）》】" and last.x1 - last.x0 > 0.9 * last.size
    return last.x1 - (last.size / 2 if trimmed else 0)


@SLOW
@given(st.lists(st.lists(WORDS, min_size=1, max_size=60).map("".join).map(escape), min_size=8, max_size=16))
def test_no_line_runs_over_the_measure(paragraphs: list[str]) -> None:
    for lines in set_paragraphs(paragraphs, columns=COLUMNS):
        for line in lines:
            assert visible_end(line) <= (COLUMNS + KERNING) * EM
            first = line.glyphs[0]
            assert first.x0 >= -(0.52 if first.text in NEVER_ENDS else 0.02) * EM


@SLOW
@given(PROSE)
def test_lines_begin_and_end_well_and_the_last_has_two_characters(paragraphs: list[str]) -> None:
    for lines in set_paragraphs(paragraphs, columns=COLUMNS):
        assert [line.text for line in lines[1:] if line.text[0] in NEVER_STARTS] == []
        assert [line.text for line in lines[:-1] if line.text[-1] in NEVER_ENDS] == []
        for line, following in pairwise(lines):
            assert not (line.text[-1].isdigit() and following.text[0] in "个年0123456789")
        assert len(re.findall("[\u4e00-\u9fff]", lines[-1].text)) >= 2
