"""The benchmark's page is told from pieces measured at different times, and says no more than they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import xelatex
from benchmarks.figures import BY_HAND, Figures, merged, page, read, write


def cold(size: int, **times: list[float]) -> Figures:
    rows = {name.replace("_", " "): taken for name, taken in times.items()}
    return Figures("cold", size, 2, "2026-01-01", f"take {size}", rows, dict.fromkeys(rows, 100.0), machine="a machine")


def test_a_piece_measured_again_replaces_its_own_and_leaves_the_rest(tmp_path: Path) -> None:
    known = merged(merged([], cold(210, Huikan=[4.0])), cold(21, Huikan=[1.0]))
    write(tmp_path / "kept.json", known)
    again = merged(read(tmp_path / "kept.json"), cold(210, Huikan=[3.0]))
    assert [(figures.size, figures.times["Huikan"]) for figures in again] == [(21, [1.0]), (210, [3.0])]


def test_ratios_are_taken_within_a_round_and_growth_between_sizes() -> None:
    told = page([cold(10, Huikan=[2.0, 9.0], Typst=[1.0, 3.0]), cold(100, Huikan=[55.0, 55.0])])
    assert "| 10 | Huikan |  | 5.50 s (2.00–9.00) | 2.50 × (2.00–3.00) | 100 MB | 1.00 |" in told
    assert "| 10 – 100 | 1.00 | – | – | – | – |" in told


def test_the_page_names_what_no_piece_measured() -> None:
    told = page([cold(10, Huikan=[2.0], Typst=[1.0])])
    assert "Left out: Huikan, one process, XeLaTeX, Chromium, Huikan DOCX, pandoc DOCX." in told


def test_every_command_that_measured_a_piece_is_told_once() -> None:
    told = page([cold(10, Huikan=[2.0]), cold(10, Huikan=[2.0]), cold(20, Huikan=[2.0])])
    assert (told.count("take 10\n"), told.count("take 20\n")) == (1, 1)


def test_what_is_written_by_hand_stays_on_the_page() -> None:
    before = f"# Old\n\nfigures\n\n{BY_HAND}\n\nIn lines.\n"
    told = page([cold(10, Huikan=[2.0])], before)
    assert told.endswith(f"{BY_HAND}\n\nIn lines.\n")
    assert "# Old" not in told
    assert page([cold(10, Huikan=[2.0])], told) == told


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("50% & 会", r"50\% \& 会"),
        (r"a\b", r"a\textbackslash{}b"),
        ("{_}", r"\{\_\}"),
        ("~^", r"\textasciitilde{}\textasciicircum{}"),
    ],
)
def test_text_reaches_tex_as_it_is(text: str, source: str) -> None:
    assert xelatex.escaped(text) == source
