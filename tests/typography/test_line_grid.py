"""Running text stands on one grid of lines, whatever stands between."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.typography.measure import lines_of, set_lines, set_pdf
from tests.typography.test_justification import PROSE

GRID = "main{--line-grid:16pt}p,h4{font-size:10pt;line-height:16pt;margin:0}.odd{height:11pt}small{display:block}"


def offsets(body: str, css: str = GRID, size: float = 10) -> set[float]:
    """Places of the text's baselines between two lines of the grid, in pt."""
    lines = lines_of(set_pdf(f"<main>{body}</main>", columns=16, css=css))
    return {round((line.glyphs[0].baseline - 20) % 16, 1) for line in lines if abs(line.glyphs[0].size - size) < 0.01}


def test_paragraphs_below_things_of_any_height_return_to_the_grid() -> None:
    odd = "<div class=odd></div>"
    caption = "<small style='font-size:8pt;line-height:11.3pt'>图注在此</small>"
    found = offsets(f"<p>{PROSE}</p>{odd}<h4>标题</h4><p>{PROSE}</p>{caption}<p>{PROSE * 4}</p>")
    assert max(found) - min(found) <= 0.1


def test_text_of_another_line_height_is_not_moved() -> None:
    css = f"{GRID}.other{{line-height:13pt;font-size:9pt}}"
    lines = set_lines(f"<main><div class=other>{PROSE}</div></main>", columns=16, css=css)
    steps = {round(second.glyphs[0].baseline - first.glyphs[0].baseline, 1) for first, second in pairwise(lines)}
    assert steps == {13.0}


def test_without_the_property_nothing_snaps() -> None:
    body = f"<p>{PROSE}</p><div style='height:11pt'></div><p>{PROSE}</p>"
    assert len(offsets(body, css="p{font-size:10pt;line-height:16pt;margin:0}")) == 2


@pytest.mark.parametrize("value", ["none", "1em", "0pt", "var(--absent)", "'x'", "-3pt"])
def test_a_value_that_is_no_step_is_passed_over(value: str) -> None:
    css = f"main{{--line-grid:{value}}}p{{font-size:10pt;line-height:16pt;margin:0}}.odd{{height:11pt}}"
    assert len(offsets(f"<p>{PROSE}</p><div class=odd></div><p>{PROSE}</p>", css=css)) == 2
