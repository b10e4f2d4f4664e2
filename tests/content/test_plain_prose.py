"""Paragraphs without markup are rendered without Markdown's parser, to the HTML that it makes of the whole."""

from hypothesis import example, given
from hypothesis import strategies as st

from huikan.content.resolved import Prose
from huikan.render.markdown_prose import render_markdown
from huikan.render.prose import _PLAIN, _is_plain, render_prose

_LINES = st.text(
    st.sampled_from("数据要素市场abc 1.)-+*_#>`~=:|^\\[]()!&;<\"'\t　—，。《》\u2028\x85\xa0\x0b\x00{}")
    | st.characters(),
    max_size=12,
)
_MARKED_LINES = st.sampled_from(
    [
        "**粗**",
        "- 一",
        "  二",
        "    三",
        "1. 一",
        "> 引",
        "a|b",
        "-|-",
        "# 题",
        "---",
        "===",
        "*",
        "<b>",
        "![图](a.jpg)",
        "",
    ]
)
_PLAIN_LINES = st.text(st.sampled_from("数据要素市场abc 1.)-+=:#，。—'"), max_size=8)
_PROSE = st.lists(_LINES | _PLAIN_LINES | _MARKED_LINES, max_size=9).map("\n".join)


def _said(markdown: str, field: str = "summaries/x.md#") -> str:
    return str(render_prose(Prose(markdown, field=field, language="zh-Hans", untranslated=False)))


@given(_PROSE)
@example("一\n\n二")
@example("一\n二\n\n\n\n三\n")
@example("\n\n一")
@example("一\n===")
@example("一\n-")
@example("a\n: b")
@example("http://a.b")
@example("1. 一")
@example("2025年\n1) 一")
@example("一\n2. 二")
@example("12345678901. 一")
@example("一  \n二")
@example("　　一")
@example("一 \n二")
@example("\x85一")
@example("一\r二")
@example("&amp;")
@example("- 一\n\n段\n\n- 二")
@example("- 一\n\n  段\n\n段")
@example("1. 一\n\n段\n\n2. 二")
@example("> 一\n\n段")
@example("段\n\n    一\n\n段")
@example("**一**\n\n段\n\n*二*")
@example("一\n \n二")
@example("a|b\n-|-")
def test_prose_in_pieces_is_rendered_as_in_one(markdown: str) -> None:
    assert _said(markdown) == render_markdown(markdown, "summaries/x.md#")[0]


def test_paragraphs_of_chinese_and_english_are_plain() -> None:
    prose = "数据要素（data elements）“流通”——是关键：例如2025年。\n第二行，Mr. Li's idea; and so on.\n\n第二段…"
    assert all(map(_PLAIN.fullmatch, prose.split("\n\n")))
    assert _said(prose, "a<b#").startswith('<p data-field="a&lt;b#1">数据要素')


_STARRED = st.lists(
    st.sampled_from(
        ["**", "**", "**甲乙**", "**a**", "*", "***", "中文", "a", "1", "。", "（", "“", " ", "\n", "\n\n", "-"]
    ),
    max_size=14,
).map("".join)


@given(_STARRED)
@example("达**65万**，超过**85万件**。")
@example("甲**乙**丙**丁**戊")
@example("**甲****乙**")
@example("**甲** **乙**")
@example("中**（甲）**文")
@example("***甲**乙*")
def test_strong_words_are_those_of_the_parser(markdown: str) -> None:
    assert _said(markdown) == render_markdown(markdown, "summaries/x.md#")[0]


@given(
    st.lists(st.sampled_from(["[甲](http://a.b)", "[甲]", "[^1]", "[", "](", "![图](a.jpg)", "甲", "\n", "\n\n", "- "]))
)
@example(["[甲", "\n\n", "乙](b)"])
def test_links_do_not_reach_over_blank_lines(parts: list[str]) -> None:
    markdown = "".join(parts)
    assert _said(markdown) == render_markdown(markdown, "summaries/x.md#")[0]


def test_strong_words_need_no_parser() -> None:
    assert _is_plain("其一，**以保护促升级**：达**65万**件。")
    assert not _is_plain("其一，**（以保护）**")
    assert _said("其一，**以保护**：") == ('<p data-field="summaries/x.md#1">其一，<strong>以保护</strong>：</p>')


def test_what_has_markup_is_left_to_the_parser() -> None:
    for prose in (
        "**粗**",
        "- 一",
        "1. 一",
        "# 标题",
        "一[^1]\n\n[^1]: 注",
        "![图](photos/a.jpg)",
        "一\\\n二",
        "```\nx\n```",
    ):
        assert not _PLAIN.fullmatch(prose)
    assert "<strong>粗</strong>" in _said("**粗**")


def test_the_parts_of_a_note_do_not_run_into_each_other() -> None:
    markdown = "甲[^a]。\n\n[^a]: See the table.\n\n    - One\n    - Two\n\n    Done.\n"
    assert ">See the table. One Two Done.</span>" in render_markdown(markdown, "f#", 1)[0]
