"""What Markdown passes over or prints as it is typed is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.check.registry import RULES
from tests.check.editing import checked, found, summary

TABLE = "| 甲 | 乙 |\n| --- | --- |\n"

LOST = [
    (f"{TABLE}| 一 | 二 | 三 |", "三", 7, "the table has 2 columns, this row 3: “三” is not printed"),
    (f"{TABLE}一 | 二 | 三 | 四", "三 | 四", 7, "this row 4"),
    (f"> {TABLE.replace(chr(10), chr(10) + '> ', 1)}> | 一 | 二 | 三 |", "三", 7, "2 columns"),
    ("海岸。\n\n[^1]: 港口。", "[^1]:", 7, "nothing refers to the note [^1]: it is not printed"),
    ("海岸。[^1]\n\n[^1]: 港口。\n[^1]: 潮汐。", "[^1]:", 7, "there is a second note [^1] below"),
    ("海岸。[^1]\n\n[^1]:\n\n港口。", "[^1]:", 7, "the note [^1] is empty"),
    ("海岸。\n\n[注]: 这是说明。", "[注]: 这是说明。", 7, "is read as the address of a link, and not printed"),
    ("海[岸][a]。\n\n[a]: https://a.cn\n[a]: https://b.cn", "[a]: https://b.cn", 8, "is read as the address"),
]
KEPT = [
    f"{TABLE}| 一 | 二 |\n| 三 |  |  |\n| 四\\|五 | 六 |\n| 七 |",
    "海岸。[^1]\n\n[^1]: 港口。",
    "海岸。[^1]\n\n[^1]:\n    港口。",
    "海岸。^[港口。]",
    "海[岸][a]，港口[a]。\n\n[a]: https://a.cn",
    "```\n[^1]: 港口\n\n[a]: b\n```",
    "海岸。[^1]\n\n[^1]:\n\n    港口。",
    "| 年 | 值 |\n| --- | --- |\n| 2023 | 5 \\",
]
TYPED = [
    ("海<b>岸</b>。", "<b>", "write **words**"),
    ("海岸<br/>港口。", "<br/>", "an empty line"),
    ("<!-- 待核 -->\n\n海岸。", "<!-- 待核 -->", "note:"),
    ("面积2m<sup>2</sup>。", "<sup>", "²"),
    ("＊＊海岸＊＊很长。", "＊＊海岸＊＊", "**words**"),
    ("海岸［^1］。", "［^1］", "[^1]"),
    ("见[海岸]（https://a.cn）。", "（", "half-width ( and )"),
    ("见【海岸】(https://a.cn)。", "【海岸】(https://a.cn)", "half-width [ and ]"),
    ("！[海岸](photos/x.jpg)", "！[海岸](photos/x.jpg)", "half-width !"),
    ("＃ 海岸\n\n港口。", "＃", "write # and a blank"),
    ("##海岸\n\n港口。", "##", "write a blank behind ##"),
    ("＞海岸。", "＞", "write >"),
    ("｜甲｜乙｜", "｜甲｜乙｜", "half-width bars"),
    ("-海岸。", "-", "write a blank behind -"),
    ("• 海岸。", "•", "write - and a blank"),
    ("海岸：\n1、港口。", "1、", "write 1. and a blank"),
    ("海岸：\n（1）港口。", "（1）", "leave an empty line"),
    ("1.海岸。\n2.港口。", "2.", "write 1. and a blank"),
    ("海岸$x^2$。", "$x^2$", "plain characters"),
    ("海岸==很==长。", "==很==", "delete the marks"),
    ("[TOC]\n\n海岸。", "[TOC]", "delete it"),
    ("海岸[^a]，港口[^a]。\n\n[^a]: 注。", "[^a]", "note of its own"),
    ("- [ ] 海岸。", "[ ]", "delete the box"),
    ("::: tip\n\n海岸。", "::: tip", "delete the line"),
    ("海岸\n: 港口。", ":", "as one paragraph"),
    ("见[海岸]()。", "[海岸]()", "write it"),
    ("见[海岸](www.a.cn)。", "www.a.cn", "write https://www.a.cn"),
    ("见[海岸](附件.pdf)。", "附件.pdf", "carries no other files"),
    ("见[海岸](photos/x.jpg)。", "photos/x.jpg", "write ! before"),
    ("见[海岸](https://a.cn/a b)。", "[海岸](https://a.cn/a b)", "no blanks"),
    ("见[海岸](javascript:alert(1))。", "[海岸](javascript:alert(1))", "https://"),
    ("见[海岸][a]。", "[海岸][a]", "the address itself"),
    ("| 甲 | 乙 |\n| 一 | 二 |", "| 甲 | 乙 |", "a line of hyphens"),
    ("| 甲 | 乙 |\n| --- |\n| 一 | 二 |", "| 甲 | 乙 |", "a line of hyphens"),
    ("见![海岸](photos/海 岸.jpg)。", "![海岸](photos/海 岸.jpg)", "no blanks: rename the file"),
    ("海岸。\n\n####### 港口", "####### 港口", "no more than six #"),
    ("<<<<<<< HEAD\n海岸。", "<<<<<<< HEAD", "keep one of the two"),
    ("海岸。\n\n```\n港口。", "```", "or write ``` below it"),
    ("海岸。[^1]\n\n[^1]: 港口[^1]。", "[^1]", "printed as it is typed"),
    ("海岸。[^1]\n\n[^1]: 港口[^2]。\n[^2]: 潮汐。", "[^2]", "as part of the one note"),
    ("海岸。\n\n    港口很多。", "港口很多。", "delete the blanks"),
]
UNDERSTOOD = [
    "海**岸**与*港口*，见[海岸](https://a.cn/a_(b))和<https://b.cn>，写信给[我](mailto:a@b.cn)。",
    f"# 海岸\n\n## 港口\n\n> 潮汐。\n\n- 一。\n- 二。\n\n1. 一。\n2. 二。\n\n{TABLE}| 一 | 二 |",
    "1、海岸。\n\n2、港口。\n\n一、潮汐。",
    "3~5年，6~8年；A<B，C>D；US$3与$5；x_1；a == b；《海岸》<附件>。",
    "`<b>` 与 `＊＊`。\n\n```\n<b>\n[海岸]()\n```",
    "海岸。[^1]\n\n[^1]: 见[港口](https://a.cn)。",
    "海岸。\n\n```text\n港口。\n```\n\n> ~~~\n> 潮汐。\n> ~~~",
    "2024年很长，\n3月很短。",
    "要点如下。\n\n1) 第一项。\n2) 第二项。\n\n- 甲\n  1) 乙\n  2) 丙",
    "今年11月\n25、26日举行，\n一、二线城市参加（见图\n3）。",
    "消费额为$5亿[^1]，进口额为$6亿。\n\n[^1]: 初步数。",
    "花费$5（见https://example.org/a_b）或$10。",
    "#进博会# 话题阅读量过亿。\n\n#海岸 是当天的话题。",
    "增长5%＊，下降3%＊＊。\n\n＊为初步数，＊＊为修订数。",
    "若a<b 且 c>d，则用List<String>，A==B==C，|x|的绝对值。",
    "|x|的绝对值很大。",
]


@pytest.mark.parametrize(("text", "excerpt", "line", "words"), LOST)
def test_words_that_print_nowhere_are_told_at_their_line(
    tmp_path: Path, text: str, excerpt: str, line: int, words: str
) -> None:
    (finding,) = found(tmp_path, "HK228", summary(text))
    assert (finding.file, finding.line, finding.excerpt) == ("summaries/shan-wei.md", line, excerpt)
    assert words in finding.message
    assert finding.hint


@pytest.mark.parametrize("text", KEPT)
def test_what_is_printed_is_not_told_as_lost(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, "HK228", summary(text)) == []


@pytest.mark.parametrize(("text", "excerpt", "hint"), TYPED)
def test_a_mark_that_prints_as_it_is_typed_is_told_once(tmp_path: Path, text: str, excerpt: str, hint: str) -> None:
    (finding,) = found(tmp_path, "HK229", summary(text))
    assert finding.excerpt == excerpt
    assert hint in finding.hint


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_markdown_that_does_what_it_was_typed_for_is_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, "HK229", summary(text)) == []


def test_lost_words_in_yaml_have_their_place_in_the_file(tmp_path: Path) -> None:
    old, new = "    论坛在**上海**举行。\n", "    论坛在**上海**举行。\n\n    [^1]: 第一届。\n"
    (finding,) = found(tmp_path, "HK228", ("booklet.yaml", old, new))
    assert finding.where == "booklet.yaml:15:5"


def test_a_comment_behind_a_word_of_the_content_model_is_one(tmp_path: Path) -> None:
    kind = ("programme.yaml", "kind: opening", "kind: opening #开幕式")
    permission = ("booklet.yaml", "venue: {zh: 上海, en: Shanghai}", "venue: 会展中心 #huikan: allow HK401 agreed")
    assert found(tmp_path, "HK228", kind, permission) == []


def test_words_behind_a_number_sign_are_told_and_comments_are_not(tmp_path: Path) -> None:
    change = ("booklet.yaml", "venue: {zh: 上海, en: Shanghai}", "venue: 会展中心 #2馆\ntheme: default # a5 is smaller")
    (finding,) = found(tmp_path, "HK228", change)
    assert (finding.where, finding.message) == (
        "booklet.yaml:4:13",
        "“#2馆” is read as a comment, and not printed",
    )
    assert '"会展中心 #2馆"' in finding.hint


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("海岸**很长。", ["close it with **"]),
        ("海岸** 很 **长。", ["write no blank"] * 2),
        ("海岸。[^1]\n\n[^1]：港口。", ["write the note on a line below", "write a half-width colon: [^1]:"]),
    ],
)
def test_the_hint_for_a_mark_that_is_left_fits_the_slip(tmp_path: Path, text: str, hints: list[str]) -> None:
    findings = found(tmp_path, "HK227", summary(text))
    assert len(findings) == len(hints)
    assert all(hint in finding.hint for finding, hint in zip(findings, hints, strict=True))


def test_a_note_in_its_place_is_told_where_it_stands(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "HK211", summary("海岸。\n\n港口^[潮汐]很多。"))
    assert finding.where == "summaries/shan-wei.md:7:6"


def test_a_table_or_heading_that_is_none_is_told_by_one_rule(tmp_path: Path) -> None:
    text = "| 甲 | 乙 |\n| --- |\n| 一 | 二 |\n\n##海岸\n\n港口。"
    told = [finding.code for rule in RULES for finding in found(tmp_path / rule, rule, summary(text))]
    assert [code for code in told if code in {"HK211", "HK221", "HK229"}] == ["HK229", "HK229"]


@pytest.mark.parametrize(
    ("title", "excerpt", "hint"),
    [
        ("海岸研究所<br>所长", "<br>", "[first, second]"),
        ("'**海岸研究所**所长'", "**海岸研究所**", "no Markdown"),
        ("［海岸研究所，所长］", "［海岸研究所，所长］", "half-width brackets"),
        ("海岸研究所&nbsp;所长", "&nbsp;", "the character itself"),
    ],
)
def test_marks_in_a_title_are_told(tmp_path: Path, title: str, excerpt: str, hint: str) -> None:
    (finding,) = found(tmp_path, "HK229", ("people.yaml", "[海岸研究所, 所长]", f"{title}\n   ".strip()))
    assert (finding.file, finding.line, finding.excerpt) == ("people.yaml", 4, excerpt)
    assert hint in finding.hint


def test_unseen_characters_are_deleted_and_radicals_written_as_characters(tmp_path: Path) -> None:
    fixes = [fix for fix in checked(tmp_path, summary("海\u200b岸⽊头。")).fixes if fix.file.endswith("wei.md")]
    assert [fix.text for fix in fixes] == ["", "木"]
