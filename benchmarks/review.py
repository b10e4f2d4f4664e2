"""Wall time, CPU time and peak memory of showing and merging a large review copy, each in a process of its own.

python -m benchmarks.review [--summaries 1050] [--changes 3000]
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from benchmarks.generate import generate

_RUN = re.compile(
    r"<w:r>(?P<look>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)<w:t(?: [^>]*)?>(?P<words>[^<]{20,})</w:t></w:r>"
)
_FATE = 'w:id="{id}" w:author="{author}" w:date="2024-11-07T09:00:00Z"'


def edit(source: Path, target: Path, changes: int, seed: int = 1) -> int:
    """Write a copy in which that many words of prose are replaced with tracking on; how many there were."""
    dice = random.Random(seed)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "word/document.xml":
                text, made = _edited(content.decode(), changes, dice)
                content = text.encode()
            after.writestr(entry, content)
    return made


def _edited(text: str, changes: int, dice: random.Random) -> tuple[str, int]:
    body = text.index('w:val="Heading2"')
    places = [
        match for match in _RUN.finditer(text, body) if "BodyText" in text[max(0, match.start() - 300) : match.start()]
    ]
    wanted = [changes // len(places) + (number < changes % len(places)) for number in range(len(places))]
    parts, done, made = [], 0, 0
    for match, count in zip(places, wanted, strict=True):
        words, look = match["words"], match["look"]
        cuts = sorted(dice.sample(range(2, len(words) - 2, 4), min(count, (len(words) - 4) // 4)))
        pieces, at = [], 0
        for cut in cuts:
            made += 1
            fate = _FATE.format(id=100_000 + made, author=f"Editor {made % 3 + 1}")
            pieces.append(f'<w:r>{look}<w:t xml:space="preserve">{words[at:cut]}</w:t></w:r>')
            pieces.append(f"<w:del {fate}><w:r>{look}<w:delText>{words[cut]}</w:delText></w:r></w:del>")
            pieces.append(f"<w:ins {fate}><w:r>{look}<w:t>甲乙</w:t></w:r></w:ins>")
            at = cut + 1
        pieces.append(f'<w:r>{look}<w:t xml:space="preserve">{words[at:]}</w:t></w:r>')
        parts += [text[done : match.start()], *pieces]
        done = match.end()
    return "".join(parts) + text[done:], made


def measure(*arguments: str) -> tuple[float, float, float]:
    """Wall s, CPU s and peak MB of one command."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "huikan", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"huikan {' '.join(arguments)} failed")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--summaries", type=int, default=1050)
    parser.add_argument("--changes", type=int, default=3000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        content, output = Path(scratch) / "content", Path(scratch) / "output"
        generate(content, arguments.summaries)
        measure("-q", "build", str(content), "-o", str(output), "--edition", "review")
        (sent,) = output.glob("*.review.docx")
        copy = output / "edited.docx"
        made = edit(sent, copy, arguments.changes)
        print(f"{arguments.summaries} summaries, {made} tracked changes, {copy.stat().st_size / 1e6:.1f} MB")
        for name, command in (
            ("show", ("review", "show", str(copy))),
            ("merge", ("-q", "review", "merge", str(copy), str(content))),
            ("merge again", ("-q", "review", "merge", str(copy), str(content))),
        ):
            wall, cpu, memory = measure(*command)
            print(f"{name:12} {wall:6.1f} s wall {cpu:6.1f} s CPU {memory:6.0f} MB")


if __name__ == "__main__":
    main()
