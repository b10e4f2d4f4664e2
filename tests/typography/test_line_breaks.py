"""Where lines may end, beyond the marks: numbers, addresses, names of works, words."""

from __future__ import annotations

from itertools import accumulate

import pytest

from tests.typography.measure import EM, set_lines, set_paragraphs

BEFORE = "经济治理规则数据安全国际合作平台"


def breaks_within(phrase: str, columns: float = 24) -> set[str]:
    """Where `phrase`, moved along a line of `columns`, was ever broken: the text before each break in it."""
    found: set[str] = set()
    lengths = range(6, len(BEFORE) + 1)
    texts = [f"{BEFORE[:length]}{phrase}，{BEFORE * 2}。" for length in lengths]
    for length, lines in zip(lengths, set_paragraphs(texts, columns=columns), strict=True):
        ends = accumulate(len(line.text) for line in lines[:-1])
        found |= {phrase[: end - length] for end in ends if length < end < length + len(phrase)}
    return found


@pytest.mark.parametrize("phrase", ["193个", "85万件", "5.2%", "第18号", "第七届", "￥300", "120余家", "3000多亿元"])
def test_a_number_is_one_with_what_it_counts(phrase: str) -> None:
    assert breaks_within(phrase) == set()


def test_a_date_is_divided_only_after_the_year_or_month() -> None:
    assert breaks_within("2024年11月6日") <= {"2024年", "2024年11月"}


@pytest.mark.parametrize("phrase", ["——", "……", "don’t", "Fainstein", "naïve"])
def test_marks_of_two_and_words_are_whole(phrase: str) -> None:
    assert breaks_within(phrase) == set()


def test_a_title_is_not_divided_beside_its_marks() -> None:
    assert not breaks_within("《数字经济发展报告》") & {"《", "《数", "《数字经济发展报告"}


def test_an_address_breaks_after_a_solidus_or_before_a_dot_but_not_in_its_scheme() -> None:
    breaks = breaks_within("https://forum.example.org/2024/report-a.html")
    assert breaks
    assert all(part[-1] in "/-" or part.endswith(("forum", "example", "report-a")) for part in breaks)
    assert not breaks & {"https:", "https:/", "https://"}


def test_a_quotation_may_begin_and_end_a_line() -> None:
    lines = set_lines(f"<p style='text-indent:0'>{BEFORE[:10]}“{BEFORE[:9]}”{BEFORE[:10]}</p>", columns=10)
    assert [line.text[0] + line.text[-1] for line in lines[:2]] == ["经全", "“”"]


def test_lines_are_pressed_together_to_save_a_line() -> None:
    text = "经济，治理，规则，数据，安全国际合作平台建。"
    lines = set_lines(f"<p style='text-indent:0'>{text}</p>", columns=20.5)
    assert len(lines) == 1
    assert lines[0].glyphs[-1].x1 - EM / 2 == pytest.approx(20.5 * EM, abs=0.02 * EM)


def test_hyphenless_words_longer_than_the_measure_stay_inside_it() -> None:
    lines = set_lines(f"<p style='text-indent:0'>{'a' * 90}</p>", columns=10)
    assert len(lines) > 3
    assert max(line.glyphs[-1].x1 for line in lines) <= 10.1 * EM
