"""Chinese lines meet the measure, by space between characters."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf
import pytest

from tests.typography.measure import EM, Line, lines_of, set_lines, set_pdf

PROSE = (
    "数字经济正在重塑全球贸易格局，各国需要在规则、技术与人才三个方面加强协作。会议认为，发展中国家应当获得"
    "公平的机会，使新技术惠及每一个人，并在开放的环境里共同成长，缩小现有差距。"
)


def ink_end(line: Line) -> float:
    last = line.glyphs[-1]
    return last.x1 - (EM / 2 if last.text in "，。、；：！？”’）》】" and last.x1 - last.x0 > 9 else 0)


def is_set_flush(lines: list[Line], columns: float) -> bool:
    return all(abs(ink_end(line) - columns * EM) < 0.02 * EM for line in lines[:-1])


def test_every_line_but_the_last_ends_at_the_measure() -> None:
    lines = set_lines(f"<p>{PROSE}</p>", columns=17)
    assert len(lines) > 4
    assert is_set_flush(lines, 17)
    assert ink_end(lines[-1]) < 16.5 * EM


def test_slack_is_shared_by_all_characters_of_the_line() -> None:
    lines = set_lines("<p>中文排版的每一行都要左右对齐而且字距均匀看起来像印刷的书籍一样整齐</p>", columns=10.5)
    gaps = [second.x0 - first.x1 for first, second in pairwise(lines[1].glyphs)]
    assert max(gaps) - min(gaps) < 0.01 * EM
    assert 0 < max(gaps) < 0.1 * EM


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{PROSE[:40]}<b>{PROSE[40:60]}<i>{PROSE[60:70]}</i></b>{PROSE[70:]}</p>",
        f'<p>{PROSE[:30]}<a href="https://example.org/">{PROSE[30:55]}</a>{PROSE[55:]}</p>',
        f'<p style="letter-spacing:.05em">{PROSE}</p>',
        f"<blockquote style='margin:0;text-align:justify'>{PROSE}</blockquote>",
        f"<p>{PROSE[:20]}<span style='padding:0 3pt;border:1pt solid'>{PROSE[20:50]}</span>{PROSE[50:]}</p>",
        f"<p>{PROSE[:20]}<span style='display:inline-block'>盒</span>{PROSE[20:]}</p>",
    ],
    ids=["nested", "link", "letter-spacing", "blockquote", "decorated", "inline-block"],
)
def test_inline_markup_does_not_break_the_edge(body: str) -> None:
    assert is_set_flush(set_lines(body, columns=16), 16)


def test_table_cells_and_columns_are_justified_to_their_own_measure() -> None:
    cell = "padding:0;vertical-align:top;text-align:justify"
    table = f"<table style='width:20em;table-layout:fixed;border-spacing:0'><td style='{cell}'>{PROSE}</table>"
    assert is_set_flush(set_lines(table), 20)
    columns = set_lines(f"<div style='columns:2;column-gap:2em'><p>{PROSE}</p></div>", columns=22)
    left = [line for line in columns if line.glyphs[0].x0 < 10 * EM]
    assert is_set_flush([*left, left[-1]], 10)


def test_english_in_an_english_paragraph_is_stretched_at_its_spaces_alone() -> None:
    words = "Every word of this English paragraph keeps its letters together while its spaces grow wider. " * 3
    lines = set_lines(f"<p lang=en style='text-align:justify'>{words}</p>", columns=20)
    first = lines[0].glyphs
    word = [second.x0 - first.x1 for first, second in pairwise(first[:5])]
    assert max(word) < 0.02 * EM
    assert abs(first[-1].x1 - 20 * EM) < 0.02 * EM


def test_a_paragraph_split_over_pages_goes_on_where_it_stopped() -> None:
    lines = set_lines(f"<p>{PROSE * 6}</p>", columns=12)
    assert lines[-1].page >= 1
    assert "".join(line.text for line in lines) == PROSE * 6
    assert is_set_flush(lines, 12)


# The engine leaves the file of its colour profile to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_tagged_and_archival_variants_are_still_written() -> None:
    body = f'<h1>标题</h1><p>{PROSE[:50]}<a href="#x">{PROSE[50:]}</a></p><p id="x">完。</p>'
    for variant in ("pdf/ua-1", "pdf/a-3a"):
        pdf = set_pdf(body, pdf_variant=variant)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert document.Root.MarkInfo.Marked
            assert document.Root.StructTreeRoot.K is not None
        assert is_set_flush([line for line in lines_of(pdf) if "题" not in line.text][:3], 20)
