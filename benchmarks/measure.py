"""Time and memory of a command: wall time undisturbed, or the peak of all its processes' memory together."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

Command = Sequence[str | Path]
_PAUSE_S = 0.05


def seconds(command: Command, environment: Mapping[str, str] | None = None) -> float:
    """Wall time of the command from nothing to its end. Raises SystemExit with what it said when it fails."""
    began = time.perf_counter()
    run = subprocess.run([str(part) for part in command], capture_output=True, env=installed(environment))
    took = time.perf_counter() - began
    if run.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{run.stderr.decode(errors='replace')[-2000:]}")
    return took


def peak_megabytes(command: Command, environment: Mapping[str, str] | None = None) -> float:
    """The peak of the proportional set sizes of the command and its descendants, summed, sampled every 50 ms.

    Shared pages count once. A command that fails gives nan.
    """
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([str(part) for part in command], stdout=quiet, stderr=quiet, env=installed(environment))
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_pss(pid) for pid in descendants(process.pid)))
        time.sleep(_PAUSE_S)
    return peak / 1024 if process.returncode == 0 else math.nan


def descendants(pid: int) -> list[int]:
    """The process and all it has started that still run."""
    found = [pid]
    try:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                found += descendants(int(child))
    except OSError:
        pass
    return found


def _pss(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def installed(more: Mapping[str, str] | None) -> dict[str, str]:
    """The environment of a command. Python may keep bytecode, as an installed package has it."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(more or {})}


def spread(values: Sequence[float], unit: str = "s") -> str:
    """The median with the least and the greatest value."""
    if not values:
        return "–"
    return f"{_figure(statistics.median(values))} {unit} ({_figure(min(values))}–{_figure(max(values))})".replace(
        "  ", " "
    )


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """The median, least and greatest of the ratios of each round."""
    pairs = [one / other for one, other in zip(ours, theirs, strict=False) if other]
    return spread(pairs, "×") if pairs else "–"


def exponent(small: float, large: float, factor: float) -> float:
    """k of time ~ size^k, from times at two sizes of which the larger is `factor` times the smaller."""
    return math.log(large / small) / math.log(factor)


def _figure(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
