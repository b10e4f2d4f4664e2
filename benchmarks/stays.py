"""Processes that stay: how soon an edit is on the page again, by `huikan build --watch` and by Typst's Compiler."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import installed

_PATIENCE_S = 300
_POLL_S = 0.002

_TYPST = """
import sys, time, typst
compiler = typst.Compiler(sys.argv[1])
for turn in sys.stdin:
    began = time.perf_counter()
    compiler.compile(output=sys.argv[2])
    print(time.perf_counter() - began, flush=True)
"""


def edit(path: Path, turn: int) -> None:
    """Put another number into the first sentence of a text: one word changes, and no line is added."""
    text = path.read_text(encoding="utf-8")
    mark = re.search("（第[0-9]+稿）", text)
    number = f"（第{turn}稿）"
    if mark:
        text = text.replace(mark[0], number)
    else:
        end = text.index("。")
        text = f"{text[:end]}{number}{text[end:]}"
    path.write_text(text, encoding="utf-8")


def by_watching(content: Path, output: Path, rounds: int, environment: dict[str, str]) -> list[float]:
    """Seconds from saving one summary to the PDF that shows it, in one `huikan build --watch`."""
    command = [sys.executable, "-m", "huikan", "-q", "build", str(content), "-o", str(output), "-e", "print", "--watch"]
    process = subprocess.Popen(command, env=installed(environment))
    manifest = output / "manifest.json"
    try:
        _wait_for_change(manifest, None)
        taken = []
        for turn in range(rounds + 1):
            time.sleep(1)  # the watcher settles
            before, began = manifest.stat().st_mtime_ns, time.perf_counter()
            edit(content / "summaries" / "speaker-5.md", 100 + turn)
            _wait_for_change(manifest, before)
            taken.append(time.perf_counter() - began)
        return taken[1:]
    finally:
        process.terminate()
        process.wait()


def by_typst(source: Path, target: Path, rounds: int) -> list[float]:
    """Seconds to compile again after the same edit, by one `typst.Compiler` that keeps what it knows."""
    process = subprocess.Popen(
        [sys.executable, "-c", _TYPST, str(source), str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    compiled: Callable[[], float] = lambda: float(process.stdout.readline())  # type: ignore[union-attr] # noqa: E731
    taken = []
    for turn in range(rounds + 2):
        process.stdin.write("again\n")
        process.stdin.flush()
        taken.append(compiled())
        edit(source, 100 + turn)
    process.stdin.close()
    process.wait()
    return taken[2:]


def _wait_for_change(path: Path, before: int | None) -> None:
    until = time.perf_counter() + _PATIENCE_S
    while not path.exists() or path.stat().st_mtime_ns == before:
        if time.perf_counter() > until:
            raise SystemExit(f"{path} did not change")
        time.sleep(_POLL_S)
