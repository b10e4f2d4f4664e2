"""What was measured, kept as JSON piece by piece, and the page that tells it: docs/benchmarks.md."""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

from benchmarks.measure import exponent, ratio, spread

BY_HAND = "## Where the time goes"
"""What stands from this heading on is written by hand, and kept."""
_PDF = ("Huikan", "Huikan, one process", "Typst", "XeLaTeX", "Chromium")
_DOCX = ("Huikan DOCX", "pandoc DOCX")
_GROWING = {"Huikan": "cold", "Typst": "cold", "XeLaTeX": "cold", "Huikan DOCX": "docx", "pandoc DOCX": "docx"}


@dataclass
class Figures:
    """One part of one size: seconds of each round, peak megabytes and pages, by row; `command` is what measured it."""

    part: str
    size: int
    runs: int
    date: str
    command: str
    times: dict[str, list[float]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    machine: str = field(default_factory=lambda: _machine())


def read(path: Path) -> list[Figures]:
    """What was kept, none when there is no such file."""
    return [Figures(**kept) for kept in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []


def write(path: Path, known: Sequence[Figures]) -> None:
    path.write_text(json.dumps([asdict(figures) for figures in known], indent=1) + "\n", encoding="utf-8")


def merged(known: Iterable[Figures], new: Figures) -> list[Figures]:
    """All pieces by part and size: the new one in place of what was known of the same part and size."""
    others = [figures for figures in known if (figures.part, figures.size) != (new.part, new.size)]
    return sorted([*others, new], key=lambda figures: (figures.part, figures.size))


def page(known: Sequence[Figures], before: str = "") -> str:
    """The page in Markdown; of `before`, the page as it was, what is written by hand is kept."""
    parts = {part: [figures for figures in known if figures.part == part] for part in ("cold", "warm", "docx")}
    lines = [
        "# Benchmarks",
        "",
        "The same generated text, photographs and faces (Noto Serif CJK SC); equivalent layout: a photo column, a text",
        "column, contents, speakers and index with page numbers, running heads, folios, links and an outline (Chromium",
        "prints no page numbers in lists, in one pass; XeLaTeX runs until its page numbers hold still, three times,",
        "and makes a PDF of the last run alone). Every engine starts anew for each cold run; they take turns. Figures",
        "are medians with the least and the greatest; a ratio is taken within a round. Memory is the peak of all",
        "processes' proportional set sizes together, sampled in a run of its own. Python code and templates are",
        "compiled before the first round, as in an installation.",
        "",
        *_absent(parts["cold"], parts["docx"]),
        "```sh",
        "pip install 'huikan[bench]'    # Typst and pandoc",
        "apt install chromium           # both optional: an engine that is not there is left out",
        "apt install --no-install-recommends texlive-xetex texlive-lang-chinese texlive-fonts-recommended",
        *dict.fromkeys(figures.command for figures in known),
        "```",
        "",
        *_measured(known),
        "",
        "## Cold: PDF from nothing, no cache, all cores",
        "",
        *_table(parts["cold"], _PDF, "Typst"),
        "",
        "## Warm: one sentence of one summary edited",
        "",
        "`huikan build` again is a new process with the cache on disk; `--watch` stays, from saving the file to the",
        "PDF; Typst's Compiler stays as well, and its time is that of the compilation alone. Nothing changed: the same",
        "command again.",
        "",
        "| summaries | `huikan build` again | `huikan build --watch` | Typst, incremental | nothing changed |",
        "|---:|---:|---:|---:|---:|",
        *(_row([f"{figures.size:,}", *_spreads(figures, _WARM)]) for figures in parts["warm"]),
        "",
        "## DOCX",
        "",
        *_table(parts["docx"], _DOCX, "pandoc DOCX"),
        "",
        "## Growth",
        "",
        "k of time ~ summaries^k, from medians.",
        "",
        *_growth(parts["cold"], parts["docx"]),
        "",
        "## Photographs of 24 megapixels",
        "",
        "Each different, one a summary; memory of a build from nothing, without cache.",
        "",
        "| photographs | edition | from nothing | one summary edited | memory |",
        "|---:|---|---:|---:|---:|",
        *(row for figures in known if figures.part == "photographs" for row in _photographed(figures)),
        "",
    ]
    if BY_HAND in before:
        lines.append(before[before.index(BY_HAND) :].rstrip("\n"))
    return "\n".join(lines).rstrip("\n") + "\n"


_WARM = ("edit", "edit, watched", "Typst edit", "no change")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _spreads(figures: Figures, rows: Iterable[str]) -> list[str]:
    return [spread(figures.times.get(row, [])) for row in rows]


def _measured(known: Sequence[Figures]) -> list[str]:
    """When, with what and in how many rounds: one item for the pieces that agree in it."""
    alike: dict[tuple[str, str, int], list[str]] = {}
    for figures in known:
        alike.setdefault((figures.date, figures.machine, figures.runs), []).append(f"{figures.part} {figures.size:,}")
    return [
        f"- {'; '.join(pieces)}: {date}, {runs} {'round' if runs == 1 else 'rounds'}, {machine}"
        for (date, machine, runs), pieces in alike.items()
    ]


def _absent(cold: Sequence[Figures], docx: Sequence[Figures]) -> list[str]:
    """A line about the engines that no piece has measured."""
    seen = {row for figures in (*cold, *docx) for row in figures.times}
    missing = [row for row in (*_PDF, *_DOCX) if row not in seen]
    return [f"Left out: {', '.join(missing)}.", ""] if missing else []


def _table(pieces: Sequence[Figures], rows: Sequence[str], base: str) -> list[str]:
    lines = [f"| summaries | engine | pages | time | time ÷ {base} | memory | memory ÷ {base} |"]
    lines.append("|---:|---|---:|---:|---:|---:|---:|")
    for figures in pieces:
        for row in rows:
            if row not in figures.times:
                continue
            memory, least = figures.memory[row], figures.memory.get(base)
            against = "1" if row == base else ratio(figures.times[row], figures.times.get(base, []))
            relative = "1" if row == base else f"{memory / least:.2f}" if least else "–"
            pages = str(figures.pages.get(row, ""))
            cells = (f"{figures.size:,}", row, pages, spread(figures.times[row]), against, f"{memory:.0f} MB", relative)
            lines.append(_row(cells))
    return lines


def _growth(cold: Sequence[Figures], docx: Sequence[Figures]) -> list[str]:
    lines = [_row(["from – to", *_GROWING]), "|---|" + "---:|" * len(_GROWING)]
    times = {
        (row, figures.size): statistics.median(figures.times[row])
        for row, part in _GROWING.items()
        for figures in (cold if part == "cold" else docx)
        if row in figures.times
    }
    for small, large in pairwise(sorted({size for _, size in times})):
        grown = [
            f"{exponent(times[row, small], times[row, large], large / small):.2f}"
            if {(row, small), (row, large)} <= times.keys()
            else "–"
            for row in _GROWING
        ]
        lines.append(_row([f"{small:,} – {large:,}", *grown]))
    return lines


def _photographed(figures: Figures) -> list[str]:
    return [
        _row(
            [
                f"{figures.size:,}",
                edition,
                *_spreads(figures, (edition, f"{edition}, edit")),
                f"{figures.memory[edition]:.0f} MB",
            ]
        )
        for edition in figures.memory
    ]


def _machine() -> str:
    known = [f"{os.cpu_count()} cores ({platform.machine()})", f"Python {platform.python_version()}"]
    for package in ("weasyprint", "typst", "pypandoc_binary"):
        try:
            known.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            known.append(f"no {package}")
    for engine in ("xelatex", "chromium"):
        if shutil.which(engine):
            said = subprocess.run([engine, "--version"], capture_output=True, text=True).stdout
            known.append(said.splitlines()[0].strip() if said else engine)
    return ", ".join(known)
