"""What of the machine is missing is told with the line that installs it; no missing part is a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publication import write_small_publication

ROOT = Path(__file__).resolve().parents[2]

WITHOUT_LIBRARY = """\
import _cffi_backend
import cffi

def hiding(kind):
    class Hiding(kind):
        def dlopen(self, name, flags=0):
            if {part!r} in str(name):
                raise OSError(f"cannot load library '{{name}}': no such file")
            return super().dlopen(name, flags)
    return Hiding

cffi.FFI, _cffi_backend.FFI = hiding(cffi.FFI), hiding(_cffi_backend.FFI)
"""


def huikan(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "huikan", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, check=False, text=True, timeout=300
    )


@pytest.fixture
def without_library(tmp_path: Path) -> str:
    """A PYTHONPATH on which a module stands that hides libraries; the test writes it."""
    return os.pathsep.join([str(tmp_path), str(ROOT)])


def hide(folder: Path, part: str) -> None:
    (folder / "sitecustomize.py").write_text(WITHOUT_LIBRARY.format(part=part), encoding="utf-8")


def test_a_machine_that_builds_is_well() -> None:
    told = huikan("doctor")
    assert told.returncode == 0, told.stdout
    assert "missing" not in told.stdout
    for part in ("Pango", "HarfBuzz", "Noto Serif CJK SC", "Ghostscript", "Java", "veraPDF", "LibreOffice"):
        assert part in told.stdout


def test_the_answer_can_be_read_by_programs() -> None:
    parts = {part["name"]: part for part in json.loads(huikan("doctor", "--format", "json").stdout)}
    assert parts["Pango 1.50 or newer"]["required"]
    assert not parts["Ghostscript"]["required"]
    assert all(part["install"] and part["serves"] for part in parts.values())


def test_programs_that_are_not_there_are_named_with_the_line_to_type(tmp_path: Path) -> None:
    told = huikan("doctor", PATH=str(tmp_path))
    assert told.returncode == 3, "without fontconfig no face is found"
    for line in ("missing fontconfig", "absent  Ghostscript", "absent  Java", "absent  LibreOffice"):
        assert line in told.stdout
    assert told.stdout.count("→ ") >= 5


def test_a_missing_pango_is_told_by_doctor_and_by_build(without_library: str, tmp_path: Path) -> None:
    hide(tmp_path, "pango")
    told = huikan("doctor", PYTHONPATH=without_library)
    assert told.returncode == 3
    assert "missing Pango" in told.stdout
    write_small_publication(tmp_path / "content")
    output = tmp_path / "output"
    failed = huikan("build", str(tmp_path / "content"), "-o", str(output), PYTHONPATH=without_library)
    assert failed.returncode == 3
    assert "huikan doctor" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not output.exists()


def test_slow_subsetting_is_told_by_doctor_and_by_build(without_library: str, tmp_path: Path) -> None:
    hide(tmp_path, "harfbuzz-subset")
    told = huikan("doctor", PYTHONPATH=without_library)
    assert told.returncode == 0, "it is slow, but it works"
    assert "absent  HarfBuzz subset library" in told.stdout
    (tmp_path / "none").mkdir()
    failed = huikan("build", str(tmp_path / "none"), "-o", str(tmp_path / "output"), PYTHONPATH=without_library)
    assert "PDFs take minutes" in failed.stderr


def test_the_faces_of_a_publication_s_own_design_are_asked_for(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "tokens.css").write_text(':root { --font-song: "No Such Song" }', encoding="utf-8")
    told = huikan("doctor", str(tmp_path))
    assert told.returncode == 3
    assert "missing No Such Song" in told.stdout
