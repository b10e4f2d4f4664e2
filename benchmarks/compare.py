"""Huikan beside Typst, Chromium and pandoc on the same content: interleaved runs, medians, ratios, memory.

    python -m benchmarks.compare [--sizes 21 210 1050] [--runs 5] [-o docs/benchmarks.md]

Needs `pip install 'huikan[bench]'` (Typst, pandoc); engines that are not there are left out, and the page says so.
Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

import pikepdf

from benchmarks.generate import generate
from benchmarks.measure import Command, exponent, peak_megabytes, ratio, seconds, spread
from benchmarks.peers import Peers, write_peers
from benchmarks.stays import by_typst, by_watching, edit

LARGEST_FOR_CHROMIUM = 300
"""Summaries: above, one try crashed, and another took all memory."""
_LONGER = 5
"""Paragraphs more in each summary than the least of `generate`: a summary fills about a page."""
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


@dataclass
class Results:
    """Seconds of each round by row, and peak megabytes, of one size; pages of what was printed."""

    summaries: int
    times: dict[str, list[float]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)


class Scene:
    """One size of content, its counterparts for the other engines, and the commands that build them."""

    def __init__(self, folder: Path, summaries: int) -> None:
        self.summaries = summaries
        self.content, self.output = folder / "content", folder / "output"
        generate(self.content, summaries, longer=_LONGER, own_photos=True)
        peers = folder / "peers"
        shutil.copytree(self.content, peers)
        self.peers: Peers = write_peers(peers)
        self.pdf = {name: folder / f"{name}.pdf" for name in ("typst", "chromium")}
        self.docx, self.profile = folder / "pandoc.docx", folder / "profile"
        self.environment = {"HUIKAN_CACHE": str(folder / "cache")}

    def huikan(self, edition: str, *options: str) -> Command:
        where: list[str | Path] = [self.content, "-o", self.output / edition, "-e", edition]
        return [sys.executable, "-m", "huikan", "-q", "build", *where, *options]

    def rows(self, chosen: Sequence[str]) -> dict[str, Command]:
        """The commands of cold builds, by row, of the engines that are there and chosen."""
        rows: dict[str, Command] = {
            "Huikan": self.huikan("print", "--no-cache"),
            "Huikan, one process": self.huikan("print", "--no-cache", "--jobs", "1"),
        }
        if "typst" in chosen:
            rows["Typst"] = [sys.executable, "-c", _TYPST, self.peers.typst, self.pdf["typst"]]
        if "chromium" in chosen and self.summaries <= LARGEST_FOR_CHROMIUM:
            command: list[str | Path] = [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
            ]
            more = (f"--user-data-dir={self.profile}", f"--print-to-pdf={self.pdf['chromium']}")
            rows["Chromium"] = [*command, *more, self.peers.html.as_uri()]
        rows["Huikan DOCX"] = self.huikan("review", "--no-cache")
        if "pandoc" in chosen:
            import pypandoc  # type: ignore[import-not-found,import-untyped,unused-ignore]

            source: list[str | Path] = [self.peers.markdown, f"--resource-path={self.peers.markdown.parent}", "--toc"]
            rows["pandoc DOCX"] = [str(pypandoc.get_pandoc_path()), *source, "-o", self.docx]
        return rows


def compare(scene: Scene, chosen: Sequence[str], runs: int, say: Callable[[str], None]) -> Results:
    """Cold builds in turn, so many times; then memory, edits and builds with nothing to do."""
    results, rows = Results(scene.summaries), scene.rows(chosen)
    for turn in range(runs):
        for name, command in rows.items():
            results.times.setdefault(name, []).append(seconds(command))
            say(f"{scene.summaries}, round {turn + 1}: {name} {results.times[name][-1]:.2f} s")
    for name, command in rows.items():
        results.memory[name] = peak_megabytes(command)
        say(f"{scene.summaries}: {name} {results.memory[name]:.0f} MB")
    printed = next((scene.output / "print").glob("*.pdf"))
    for name, path in {"Huikan": printed, "Typst": scene.pdf["typst"], "Chromium": scene.pdf["chromium"]}.items():
        if path.exists():
            with pikepdf.open(path) as pdf:
                results.pages[name] = len(pdf.pages)
    again = scene.huikan("print")
    seconds(again, scene.environment)
    for turn in range(runs):
        edit(scene.content / "summaries" / "speaker-5.md", turn)
        results.times.setdefault("edit", []).append(seconds(again, scene.environment))
        results.times.setdefault("no change", []).append(seconds(again, scene.environment))
    results.times["edit, watched"] = by_watching(scene.content, scene.output / "watched", runs, scene.environment)
    if "typst" in chosen:
        results.times["Typst edit"] = by_typst(scene.peers.typst, scene.pdf["typst"], runs)
    say(f"{scene.summaries}: edits and no change measured")
    return results


def page(all_results: Sequence[Results], runs: int, arguments: str) -> str:
    """docs/benchmarks.md."""
    sizes = [results.summaries for results in all_results]
    lines = [
        "# Benchmarks",
        "",
        f"Measured on {date.today().isoformat()} with {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}, {_versions()}.",
        "The same generated text, photographs and faces (Noto Serif CJK SC); equivalent layout: a photo column, a text",
        "column, contents, speakers and index with page numbers, running heads, folios, links and an outline (Chromium",
        "prints no page numbers in lists, in one pass). Every engine starts anew for each cold run, and they take",
        f"turns, {runs} rounds. Figures are medians with the least and the greatest; a ratio is taken within a round.",
        "Memory is the peak of all processes' proportional set sizes together, sampled in a run of its own.",
        "XeLaTeX is not among them.",
        "",
        "```sh",
        "pip install 'huikan[bench]'    # Typst and pandoc; Chromium: apt install chromium",
        f"python -m benchmarks.compare{arguments}",
        "```",
        "",
        "## Cold: PDF from nothing, no cache, all cores",
        "",
        *_table(all_results, ["Huikan", "Huikan, one process", "Typst", "Chromium"], "Typst"),
        "",
        "## Warm: one sentence of one summary edited",
        "",
        "`huikan build` again is a new process with the cache on disk; `--watch` stays, from saving the file to the",
        "PDF; Typst's Compiler stays as well, and its time is that of the compilation alone. Nothing changed: the same",
        "command again.",
        "",
        "| summaries | `huikan build` again | `huikan build --watch` | Typst, incremental | nothing changed |",
        "|---:|---:|---:|---:|---:|",
        *(
            f"| {results.summaries} | "
            + " | ".join(
                spread(results.times.get(row, [])) for row in ("edit", "edit, watched", "Typst edit", "no change")
            )
            + " |"
            for results in all_results
        ),
        "",
        "## DOCX",
        "",
        *_table(all_results, ["Huikan DOCX", "pandoc DOCX"], "pandoc DOCX"),
        "",
        "## Growth",
        "",
        "k of time ~ summaries^k, from medians.",
        "",
        "| from – to | " + " | ".join(_GROWING) + " |",
        "|---|" + "---:|" * len(_GROWING),
    ]
    for small, large in pairwise(sizes):
        one, two = (next(r for r in all_results if r.summaries == size) for size in (small, large))
        grown = [
            f"{exponent(statistics.median(one.times[row]), statistics.median(two.times[row]), large / small):.2f}"
            if one.times.get(row) and two.times.get(row)
            else "–"
            for row in _GROWING
        ]
        lines.append(f"| {small} – {large} | {' | '.join(grown)} |")
    return "\n".join(lines) + "\n"


_GROWING = ("Huikan", "Typst", "Huikan DOCX", "pandoc DOCX")


def _table(all_results: Sequence[Results], rows: Sequence[str], base: str) -> list[str]:
    lines = [f"| summaries | engine | pages | time | time ÷ {base} | memory | memory ÷ {base} |"]
    lines.append("|---:|---|---:|---:|---:|---:|---:|")
    for results in all_results:
        for row in rows:
            if not results.times.get(row):
                continue
            memory, least = results.memory[row], results.memory.get(base)
            against = ratio(results.times[row], results.times.get(base, [])) if row != base else "1"
            relative = f"{memory / least:.2f}" if least and row != base else "1" if row == base else "–"
            pages = str(results.pages.get(row, ""))
            cells = (
                str(results.summaries),
                row,
                pages,
                spread(results.times[row]),
                against,
                f"{memory:.0f} MB",
                relative,
            )
            lines.append(f"| {' | '.join(cells)} |")
    return lines


def _versions() -> str:
    known = []
    for package in ("weasyprint", "typst", "pypandoc_binary"):
        try:
            known.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            known.append(f"no {package}")
    return ", ".join(known)


def _engines(wanted: Sequence[str]) -> list[str]:
    there = {
        "typst": importlib.util.find_spec("typst") is not None,
        "chromium": shutil.which("chromium") is not None,
        "pandoc": importlib.util.find_spec("pypandoc") is not None,
    }
    for name in wanted:
        if not there[name]:
            print(f"{name} left out: it is not installed", file=sys.stderr)
    return [name for name in wanted if there[name]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[21, 210, 1050], help="summaries")
    parser.add_argument("--runs", type=int, default=5)
    engines = ["typst", "chromium", "pandoc"]
    parser.add_argument("--engines", nargs="*", choices=engines, default=engines, help="beside Huikan")
    parser.add_argument("-o", "--output", type=Path, help="file to write the page to, else it is printed")
    arguments = parser.parse_args()
    chosen, results = _engines(arguments.engines), list[Results]()
    given = " ".join(["", *(sys.argv[1:])])
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="huikan-bench-") as scratch:
            scene = Scene(Path(scratch), size)
            results.append(compare(scene, chosen, arguments.runs, lambda line: print(line, file=sys.stderr)))
        text = page(results, arguments.runs, given)
        if arguments.output:
            arguments.output.write_text(text, encoding="utf-8")
    if not arguments.output:
        print(text)


if __name__ == "__main__":
    main()
