"""A booklet whose every speaker has a photograph of 24 megapixels: time, and memory of all processes together.

    python -m benchmarks.photographs [--photos 1050] [--folder SCRATCH] [--editions print review web]

Photographs are made of noise over gradients, each different: about 7 MB a piece, so 1,050 take 7 GB of disk and some
ten minutes to make. With --folder they stay for the next run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml
from PIL import Image, ImageChops

from benchmarks.generate import generate
from benchmarks.measure import peak_megabytes, seconds

SIZE = (6000, 4000)
_PATTERNS = 8


def make(folder: Path, photos: int) -> Path:
    """The publication, made if it is not there."""
    content = folder / f"photographs-{photos}"
    if (content / "whole").exists():
        return content
    generate(content, photos)
    people = yaml.safe_load((content / "people.yaml").read_text(encoding="utf-8"))
    for id, person in people.items():
        person["photo"] = f"photos/{id}.jpg"
    written = yaml.safe_dump(people, allow_unicode=True, sort_keys=False)
    (content / "people.yaml").write_text(written, encoding="utf-8")
    shares = [(content, list(people)[share::_PATTERNS], share) for share in range(_PATTERNS)]
    with ProcessPoolExecutor() as processes:
        list(processes.map(_write_share, shares))
    (content / "whole").touch()
    return content


def _write_share(share: tuple[Path, list[str], int]) -> None:
    """Photographs of one pattern, each moved by another distance."""
    content, ids, pattern = share
    picture = _pattern(pattern)
    for number, id in enumerate(ids):
        moved = ImageChops.offset(picture, 97 * number, 61 * number)
        moved.save(content / "photos" / f"{id}.jpg", quality=90)


def _pattern(number: int) -> Image.Image:
    coarse = Image.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 60).resize(SIZE, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(SIZE, 12)
    slope = Image.linear_gradient("L").resize(SIZE).rotate(45 * number)
    vignette = Image.radial_gradient("L").resize(SIZE)
    red, green, blue = (
        Image.blend(slope, coarse, 0.4),
        Image.blend(vignette, coarse, 0.5),
        Image.blend(grain, slope, 0.6),
    )
    return Image.merge("RGB", (ImageChops.add(red, grain, 2), green, blue))


@dataclass(frozen=True, slots=True)
class Taken:
    """One edition: peak memory of a build without cache, time from nothing and after an edit, size of what it gives."""

    peak_mb: float
    cold_s: float
    warm_s: float
    output_mb: float


def measure(content: Path, edition: str) -> Taken:
    """Three builds of an edition; the content is as it was afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        environment, output = {"HUIKAN_CACHE": str(Path(scratch, "cache"))}, Path(scratch, "output")
        where: list[str | Path] = [content, "-o", output, "-e", edition]
        command: list[str | Path] = [sys.executable, "-m", "huikan", "-q", "build", *where]
        memory = peak_megabytes([*command, "--no-cache"])
        cold = seconds(command, environment)
        summary = content / "summaries" / "speaker-1.md"
        before = summary.read_text(encoding="utf-8")
        summary.write_text(f"{before}\n又一句。\n", encoding="utf-8")
        try:
            warm = seconds(command, environment)
        finally:
            summary.write_text(before, encoding="utf-8")
        return Taken(memory, cold, warm, sum(path.stat().st_size for path in output.iterdir()) / 1e6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=1050)
    parser.add_argument("--folder", type=Path, help="keep what is made there")
    parser.add_argument("--editions", nargs="+", default=["print", "review", "web"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        content = make(arguments.folder or Path(scratch), arguments.photos)
        print("| edition | from nothing | memory | again, one summary edited | MB |\n|---|---:|---:|---:|---:|")
        for edition in arguments.editions:
            taken = measure(content, edition)
            figures = f"{taken.cold_s:.1f} s | {taken.peak_mb:.0f} MB | {taken.warm_s:.1f} s | {taken.output_mb:.0f}"
            print(f"| {edition} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
