"""Names in columns, and titles that break between their parts."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.typography.measure import EM, set_lines, set_pdf


def column(name: str) -> str:
    return f'<div class="name-column" style="width:10em"><span class="name">{name}</span></div>'


@pytest.mark.parametrize(
    ("name", "width"), [("刘洁", 3), ("许新建", 3), ("司马相如", 4), ("爱德华·夸夸", 5.5)], ids=["2", "3", "4", "dot"]
)
def test_a_name_of_two_takes_the_width_of_three(name: str, width: float) -> None:
    glyphs = set_lines(column(name), columns=20)[0].glyphs
    assert glyphs[-1].x1 - glyphs[0].x0 == pytest.approx(width * EM, abs=0.02 * EM)


def test_a_spread_name_is_read_back_as_it_is_written() -> None:
    for variant in (None, "pdf/ua-1"):
        document = pypdfium2.PdfDocument(set_pdf(column("刘洁"), pdf_variant=variant))
        assert document[0].get_textpage().get_text_range() == "刘洁"


def test_names_outside_a_name_column_are_not_spread() -> None:
    glyphs = set_lines("<p>主持人<span class=name>刘洁</span>说</p>", columns=20)[0].glyphs
    assert glyphs[4].x0 - glyphs[3].x1 == pytest.approx(0, abs=0.01 * EM)


def test_a_name_is_not_divided_in_running_text() -> None:
    before, after = "数字经济治理人工智能国际合作平台机制创新开放", "认为新的规则应当惠及每一个国家的人民"
    for length in range(8, 20):
        name = "<span class=name>司马相如</span>"
        lines = set_lines(f"<p style='text-indent:0'>{before[:length]}{name}{after}</p>", columns=20)
        assert any("司马相如" in line.text for line in lines)


def test_a_name_that_stands_in_a_list_is_kept_whole_in_captions_and_prose() -> None:
    names = "<table><tr><td><span class=name>爱德华·夸夸</span><tr><td><span class=name>司马相如</span></table>"
    caption = "<figcaption>世界数字经济组织助理总干事爱德华·夸夸与司马相如</figcaption>"
    lines = [line.text for line in set_lines(f"{names}{caption}", columns=16)]
    assert "爱德华·夸夸与司马相如" in lines
    with_note = set_lines(f"{names}<p>主持人<b>是</b>司马相如，司马相如说：好。</p>", columns=30)
    assert with_note[-1].text == "主持人是司马相如，司马相如说：好。"


def test_a_long_title_breaks_between_its_parts() -> None:
    parts = "<span class=part>国家市场监督管理总局</span><span class=part>反垄断执法二司副司长</span>"
    lines = set_lines(f"<div style='text-align:left'>{parts}</div>", columns=14)
    assert [line.text for line in lines] == ["国家市场监督管理总局", "反垄断执法二司副司长"]
    lines = set_lines("<div><span class=part>公安部知识产权犯罪侦查局副局长、一级巡视员</span></div>", columns=16)
    assert [line.text for line in lines] == ["公安部知识产权犯罪侦查局副局长、", "一级巡视员"]


def test_headings_are_balanced_over_their_lines() -> None:
    title = "全球数字经济治理与人工智能发展合作高级别国际研讨会"
    lines = set_lines(f"<h2 style='font-size:20pt;line-height:32pt;text-align:left'>{title}</h2>", columns=36)
    lengths = [len(line.text) for line in lines]
    assert len(lengths) == 2
    assert max(lengths) - min(lengths) <= 1


@pytest.mark.parametrize(
    ("title", "columns", "lines"),
    [
        ("Strengthening Protection and Stepping Up Action against Counterfeiting", 34,
         ["Strengthening Protection and Stepping", "Up Action against Counterfeiting"]),
        ("Protecting Property to Foster High-Quality Development of New Forces", 22,
         ["Protecting Property to Foster", "High-Quality Development of New Forces"]),
        ("The Integration of the Ports and the Cities of the Eastern Coast", 26,
         ["The Integration of the Ports", "and the Cities of the Eastern Coast"]),
    ],
    ids=["no word alone", "not at a hyphen", "not after a small word"],
)  # fmt: skip
def test_english_headings_are_balanced_too(title: str, columns: float, lines: list[str]) -> None:
    set_in = f'<h2 lang="en" style="font-size:10pt;text-align:left"><span class="theme">{title}</span></h2>'
    found = [line.text for line in set_lines(set_in, columns=columns, language="en")]
    assert found == [line.replace(" ", "") for line in lines]
