"""What of the machine Huikan needs: what is there, what is missing, which feature that serves, how to install it."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from huikan.finding import MissingSystemPartError
from huikan.print.icc_profiles import find_cmyk_profile
from huikan.render import jpeg_planes
from huikan.render.faces import install_line, missing_faces, required_faces
from huikan.resources import builtin

OLDEST_PANGO = (1, 50)
_SECONDS = 60

_PANGO_PROBE = """
from weasyprint.text import ffi
version = ffi.pango.pango_version()
print(f"{version // 10000}.{version // 100 % 100}.{version % 100}", "subset" if ffi.harfbuzz_subset else "-")
"""
"""Run apart: where a library is missing, WeasyPrint's import fails and writes to the terminal."""


@dataclass(frozen=True, slots=True)
class SystemPart:
    """A part of the machine. `found` is its version or place, empty when it is missing or too old."""

    name: str
    found: str
    serves: str
    required: bool
    install: str

    @property
    def is_missing(self) -> bool:
        """Whether it has to be installed before its feature works."""
        return not self.found


def examine(folders: Sequence[Path] = ()) -> tuple[SystemPart, ...]:
    """Every part of the machine that a feature uses.

    `folders` hold stylesheets of a publication's own, whose faces are asked for beside those of the built-in design.
    """
    return (
        *_layout_libraries(),
        *_faces((*folders, builtin("styles"))),
        *_icc_profile(),
        _program(
            "Ghostscript",
            ("gs", "gswin64c"),
            "total ink in `huikan preflight`",
            _install("ghostscript", "ghostscript"),
            version_option="--version",
        ),
        _program(
            "Java",
            ("java",),
            "runs veraPDF",
            _install("default-jre-headless", "openjdk"),
            version_option="-version",
        ),
        _program(
            "veraPDF",
            ("verapdf",),
            "judges whether an archive edition conforms to PDF/A and PDF/UA",
            "the installer of verapdf.org; in a checkout of huikan: make conformance",
            version_option="--version",
        ),
        _program(
            "LibreOffice",
            ("soffice", "libreoffice"),
            "shows review copies where there is no Word; tests of the Word face",
            _install("libreoffice-writer-nogui", "--cask libreoffice"),
            version_option="--version",
        ),
    )


def _install(debian: str, brew: str) -> str:
    return f"brew install {brew}" if sys.platform == "darwin" else f"apt install {debian}"


def _layout_libraries() -> Iterator[SystemPart]:
    pango, subset = "", ""
    if importlib.util.find_spec("weasyprint"):
        words = _output([sys.executable, "-c", _PANGO_PROBE]).split()
        if len(words) == 2 and _is_new_enough(words[0]):
            pango, subset = words[0], "loaded" if words[1] == "subset" else ""
    install = _install("libpango-1.0-0 libpangoft2-1.0-0", "pango")
    yield SystemPart("Pango 1.50 or newer", pango, "every PDF", True, install)
    slow = "PDFs in seconds: without it, subsetting Chinese faces takes twenty times as long"
    yield SystemPart("HarfBuzz subset library", subset, slow, False, _subset_install())
    sooner = "photographs scaled in two thirds of the time; a book's bytes depend on whether it is there"
    turbo = "loaded" if jpeg_planes.is_at_hand() else ""
    yield SystemPart("libjpeg-turbo", turbo, sooner, False, _install("libturbojpeg0", "jpeg-turbo"))


def _subset_install() -> str:
    return _install("libharfbuzz-subset0", "harfbuzz")


def slow_subsetting() -> str:
    """Why PDFs are slow on a machine without the HarfBuzz subset library, and what to type."""
    return f"the HarfBuzz subset library is missing, so PDFs take minutes instead of seconds: {_subset_install()}"


def _is_new_enough(version: str) -> bool:
    return tuple(int(number) for number in version.split(".")[:2]) >= OLDEST_PANGO


def _faces(folders: Sequence[Path]) -> Iterator[SystemPart]:
    sheets = (sheet for folder in folders for sheet in sorted(folder.rglob("tokens.css")))
    wanted = dict.fromkeys(
        face for sheet in sheets for face in required_faces(sheet.read_text(encoding="utf-8-sig", errors="replace"))
    )
    try:
        missing = missing_faces(wanted)
    except MissingSystemPartError:
        yield SystemPart("fontconfig", "", "finding faces", True, _install("fontconfig", "fontconfig"))
        return
    for face in wanted:
        yield SystemPart(
            face, "" if face in missing else "installed", "a face of the design", True, install_line([face])
        )


def _icc_profile() -> Iterator[SystemPart]:
    try:
        found = find_cmyk_profile(None).description
    except MissingSystemPartError:
        found = ""
    install = f"{_install('ghostscript', 'ghostscript')}, or name your printer's .icc file"
    yield SystemPart("ICC profile for CMYK", found, "the press edition", False, install)


def _program(name: str, commands: Sequence[str], serves: str, install: str, *, version_option: str) -> SystemPart:
    path = next((path for path in map(shutil.which, commands) if path), None)
    version = re.search(r"\d+(?:\.\d+)+", _output([path, version_option])) if path else None
    return SystemPart(name, version[0] if version else path or "", serves, False, install)


def _output(command: Sequence[str]) -> str:
    """What a program says of itself; nothing when it cannot be run."""
    try:
        run = subprocess.run(command, capture_output=True, check=False, text=True, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout + run.stderr if run.returncode == 0 else ""
