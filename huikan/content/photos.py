"""Photographs of a publication: inside its folder, whole, and not so large that opening one hurts."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageFile

from huikan.finding import Finding, Severity

MOST_PIXELS = 100_000_000
LONGEST_NAME = 255
"""In bytes of UTF-8: what file systems allow."""
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")


def photo_problem(folder: Path, name: str) -> tuple[str, str, str] | None:
    """Code, message and hint for a picture that cannot be used, None for a good one. `name` is relative to `folder`."""
    if "://" in name or name.startswith(("/", "\\", "~", "data:")) or ":" in name or "\\" in name:
        return "HK031", f"{name!r} is not a path inside the publication", "put the picture in photos/ and name it there"
    path = folder / name
    if len(name.encode()) > LONGEST_NAME:
        return "HK030", f"there is no picture {name[:40] + '…'!r}", "shorten the path"
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        inside = False
    if not inside:
        return "HK031", f"{name!r} lies outside the publication's folder", "copy the picture into photos/"
    if not path.is_file():
        return "HK030", f"there is no picture {name!r}", _nearby(path)
    if path.suffix.casefold() not in SUFFIXES:
        return (
            "HK032",
            f"{name!r} is no kind of picture that can be printed",
            f"save it as one of {', '.join(SUFFIXES)}",
        )
    return _content_problem(path, name)


def _nearby(path: Path) -> str:
    if not path.parent.is_dir():
        return "copy the picture there, or correct the path"
    same = [other.name for other in sorted(path.parent.iterdir()) if other.stem.casefold() == path.stem.casefold()]
    return f"did you mean {same[0]!r}?" if same else "copy the picture there, or correct the path"


def _content_problem(path: Path, name: str) -> tuple[str, str, str] | None:
    try:
        with warnings.catch_warnings(), _whole_pictures_only():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=FORMATS) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    hint = "scale it down; 300 ppi at its printed size is enough"
                    return "HK033", f"{name!r} has {width} × {height} pixels, more than 100 megapixels", hint
                picture.draft("RGB", (64, 64))
                picture.load()
    except Image.DecompressionBombError:
        return "HK033", f"{name!r} has more than 100 megapixels", "scale it down; 300 ppi at its printed size is enough"
    except Exception:  # what a decoder raises for a damaged file is not written down
        return "HK034", f"{name!r} cannot be read as a picture", "the file is damaged: export or copy it again"
    return None


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint lets Pillow fill up what a cut-off file lacks, for the whole process: not while we judge."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def photo_finding(folder: Path, name: str, file: str, line: int, column: int) -> Finding | None:
    """The error for a picture named at that place, or None."""
    problem = photo_problem(folder, name)
    if problem is None:
        return None
    code, message, hint = problem
    return Finding(code, Severity.ERROR, message, hint, file, line, column)
