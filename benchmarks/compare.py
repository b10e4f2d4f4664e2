"""Huikan beside Typst, XeLaTeX, Chromium and pandoc on the same content: interleaved runs, medians, ratios, memory.

    python -m benchmarks.compare [--sizes 21 210 1050] [--parts cold warm docx photographs] [--runs 5]
        [--engines typst xelatex chromium pandoc one-process] [-o docs/benchmarks.md]

With -o, figures are kept beside the page (docs/benchmarks.json) after each part of each size: what is measured again
replaces what was there, the rest stays, so that a long run may be cut into pieces. Engines that are not installed are
left out, and the page says so. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pikepdf

from benchmarks import photographs
from benchmarks.figures import Figures, merged, page, read, write
from benchmarks.generate import generate
from benchmarks.measure import Command, peak_megabytes, seconds
from benchmarks.peers import Peers, write_peers
from benchmarks.stays import by_typst, by_watching, edit

LARGEST_FOR_CHROMIUM = 300
"""Summaries: above, one try crashed, and another took all memory."""
_LONGER = 5
"""Paragraphs more in each summary than the least of `generate`: a summary fills about a page."""
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


PARTS = ("cold", "warm", "docx", "photographs")
ENGINES = ("typst", "xelatex", "chromium", "pandoc", "one-process")


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
        self.pdf["xelatex"] = self.peers.xelatex.with_suffix(".pdf")
        self.docx, self.profile = folder / "pandoc.docx", folder / "profile"
        self.environment = {"HUIKAN_CACHE": str(folder / "cache")}

    def huikan(self, edition: str, *options: str) -> Command:
        where: list[str | Path] = [self.content, "-o", self.output / edition, "-e", edition]
        return [sys.executable, "-m", "huikan", "-q", "build", *where, *options]

    def pdf_rows(self, chosen: Sequence[str]) -> dict[str, Command]:
        """The commands of cold builds of the PDF, by row, of the engines that are there and chosen."""
        rows: dict[str, Command] = {"Huikan": self.huikan("print", "--no-cache")}
        if "one-process" in chosen:
            rows["Huikan, one process"] = self.huikan("print", "--no-cache", "--jobs", "1")
        if "typst" in chosen:
            rows["Typst"] = [sys.executable, "-c", _TYPST, self.peers.typst, self.pdf["typst"]]
        if "xelatex" in chosen:
            rows["XeLaTeX"] = [sys.executable, "-m", "benchmarks.xelatex", self.peers.xelatex]
        if "chromium" in chosen and self.summaries <= LARGEST_FOR_CHROMIUM:
            headless = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
            more = (f"--user-data-dir={self.profile}", f"--print-to-pdf={self.pdf['chromium']}")
            rows["Chromium"] = ["chromium", *headless, *more, self.peers.html.as_uri()]
        return rows

    def docx_rows(self, chosen: Sequence[str]) -> dict[str, Command]:
        rows: dict[str, Command] = {"Huikan DOCX": self.huikan("review", "--no-cache")}
        if "pandoc" in chosen:
            import pypandoc  # type: ignore[import-not-found,import-untyped,unused-ignore]

            source: list[str | Path] = [self.peers.markdown, f"--resource-path={self.peers.markdown.parent}", "--toc"]
            rows["pandoc DOCX"] = [str(pypandoc.get_pandoc_path()), *source, "-o", self.docx]
        return rows

    def pages(self) -> dict[str, int]:
        """Pages of what was printed, by row."""
        printed = {"Huikan": next((self.output / "print").glob("*.pdf"), None), "Typst": self.pdf["typst"]}
        printed |= {"XeLaTeX": self.pdf["xelatex"], "Chromium": self.pdf["chromium"]}
        counted = {}
        for name, path in printed.items():
            if path and path.exists():
                with pikepdf.open(path) as pdf:
                    counted[name] = len(pdf.pages)
        return counted


def in_turn(figures: Figures, rows: dict[str, Command], runs: int) -> None:
    """Cold builds in turn, so many times; then the memory of each, in a run of its own."""
    seconds(next(iter(rows.values())))  # not counted: it compiles what an installation has compiled
    for turn in range(runs):
        for name, command in rows.items():
            figures.times.setdefault(name, []).append(seconds(command))
            _say(f"{figures.size}, round {turn + 1}: {name} {figures.times[name][-1]:.2f} s")
    for name, command in rows.items():
        figures.memory[name] = peak_megabytes(command)
        _say(f"{figures.size}: {name} {figures.memory[name]:.0f} MB")


def edited(figures: Figures, scene: Scene, chosen: Sequence[str], runs: int) -> None:
    """One summary edited, and nothing changed: the same command again, and the processes that stay."""
    again = scene.huikan("print")
    seconds(again, scene.environment)
    for turn in range(runs):
        edit(scene.content / "summaries" / "speaker-5.md", turn)
        figures.times.setdefault("edit", []).append(seconds(again, scene.environment))
        figures.times.setdefault("no change", []).append(seconds(again, scene.environment))
    figures.times["edit, watched"] = by_watching(scene.content, scene.output / "watched", runs, scene.environment)
    if "typst" in chosen:
        figures.times["Typst edit"] = by_typst(scene.peers.typst, scene.pdf["typst"], runs)
    _say(f"{figures.size}: edits and no change measured")


def measured(part: str, scene: Scene, chosen: Sequence[str], runs: int, command: str) -> Figures:
    """One part of one size: cold, warm or docx."""
    figures = Figures(part, scene.summaries, runs, date.today().isoformat(), command)
    if part == "cold":
        in_turn(figures, scene.pdf_rows(chosen), runs)
        figures.pages = scene.pages()
    elif part == "docx":
        in_turn(figures, scene.docx_rows(chosen), runs)
    else:
        edited(figures, scene, chosen, runs)
    return figures


def photographed(folder: Path, photos: int, editions: Sequence[str], command: str) -> Figures:
    """Photographs of 24 megapixels, by edition: one round from nothing, one after an edit, memory in one of its own."""
    figures = Figures("photographs", photos, 1, date.today().isoformat(), command)
    content = photographs.make(folder, photos)
    for edition in editions:
        taken = photographs.measure(content, edition)
        figures.times |= {edition: [taken.cold_s], f"{edition}, edit": [taken.warm_s]}
        figures.memory[edition] = taken.peak_mb
        _say(f"{photos} photographs, {edition}: {taken.cold_s:.1f} s, {taken.peak_mb:.0f} MB")
    return figures


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _engines(wanted: Sequence[str]) -> list[str]:
    there = {
        "typst": importlib.util.find_spec("typst") is not None,
        "xelatex": shutil.which("xelatex") is not None,
        "chromium": shutil.which("chromium") is not None,
        "pandoc": importlib.util.find_spec("pypandoc") is not None,
        "one-process": True,
    }
    for name in wanted:
        if not there[name]:
            _say(f"{name} left out: it is not installed")
    return [name for name in wanted if there[name]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[21, 210, 1050], help="summaries")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what is measured")
    parser.add_argument("--runs", type=int, default=5, help="rounds; photographs take one")
    parser.add_argument("--engines", nargs="*", choices=ENGINES, default=ENGINES, help="beside Huikan")
    parser.add_argument("--photos", type=int, default=1050, help="photographs of 24 megapixels, 5 MB of disk each")
    parser.add_argument("--photos-folder", type=Path, help="keeps the photographs for the next time")
    parser.add_argument("--editions", nargs="+", default=["print", "review"], help="of the photographs")
    parser.add_argument("-o", "--output", type=Path, help="page to write, figures beside it; else it is printed")
    arguments = parser.parse_args()
    chosen, command = _engines(arguments.engines), " ".join(["python -m benchmarks.compare", *sys.argv[1:]])
    kept = arguments.output.with_suffix(".json") if arguments.output else None
    known = read(kept) if kept else []

    def keep(figures: Figures) -> None:
        nonlocal known
        known = merged(known, figures)
        if kept:
            write(kept, known)
            before = arguments.output.read_text(encoding="utf-8") if arguments.output.exists() else ""
            arguments.output.write_text(page(known, before), encoding="utf-8")

    for size in arguments.sizes:
        if parts := [part for part in arguments.parts if part != "photographs"]:
            with tempfile.TemporaryDirectory(prefix="huikan-bench-") as scratch:
                scene = Scene(Path(scratch), size)
                for part in parts:
                    keep(measured(part, scene, chosen, arguments.runs, command))
    if "photographs" in arguments.parts:
        with tempfile.TemporaryDirectory(prefix="huikan-bench-") as scratch:
            folder = arguments.photos_folder or Path(scratch)
            keep(photographed(folder, arguments.photos, arguments.editions, command))
    if not kept:
        print(page(known))


if __name__ == "__main__":
    main()
