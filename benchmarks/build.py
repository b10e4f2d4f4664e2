"""Wall time, CPU time, peak memory and pages of builds of several sizes, each in a process of its own.

    python -m benchmarks.build [--sizes 0 210 1050] [--edition print]

Size 0 is the sample in content/, in both its languages.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.generate import SAMPLE, generate


def measure(content: Path, output: Path, editions: list[str]) -> tuple[float, float, float, int, int]:
    """Wall s, CPU s, peak MB, pages and bytes of one build from nothing."""
    command = [sys.executable, "-m", "huikan", "-q", "build", str(content), "-o", str(output)]
    for edition in editions:
        command += ["--edition", edition]
    began = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    files = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["files"]
    pages = sum(file["pages"] for file in files if file["name"].endswith(".pdf"))
    size = sum(file["bytes"] for file in files)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, pages, size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 210, 1050])
    parser.add_argument("--edition", choices=["print", "review"], action="append", default=[])
    arguments = parser.parse_args()
    table = Table("summaries", "edition", "wall s", "CPU s", "peak MB", "PDF pages", "wall ms a page", "MB")
    with tempfile.TemporaryDirectory() as scratch:
        for size in arguments.sizes:
            content = SAMPLE
            if size:
                content = Path(scratch) / f"content-{size}"
                generate(content, size)
            for editions in [[edition] for edition in arguments.edition] or [
                ["print"],
                ["review"],
                ["print", "review"],
            ]:
                wall, cpu, memory, pages, written = measure(content, Path(scratch) / "output", editions)
                a_page = f"{1000 * wall / pages:.0f}" if pages else "–"
                name = str(size) if size else "17 (sample, two languages)"
                table.add_row(
                    name,
                    " + ".join(editions),
                    f"{wall:.1f}",
                    f"{cpu:.1f}",
                    f"{memory:.0f}",
                    str(pages),
                    a_page,
                    f"{written / 1e6:.1f}",
                )
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
