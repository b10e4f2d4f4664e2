"""What is compiled once on a machine: kept where bytecode is, never in the way when it cannot be kept or is damaged."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from huikan.render.declarations import OWN
from tests.publication import write_small_publication

ROOT = Path(__file__).resolve().parents[1]
DECLARATIONS = """
import huikan.render
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
print(type(ffi).__name__, TO_UNITS, FROM_UNITS, pango.PANGO_STYLE_ITALIC, ffi.sizeof("PangoRectangle"))
"""


def run(kept: Path, *arguments: str, **environment: str) -> str:
    """What a Python says that keeps its bytecode in that folder."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    given = usual | {"PYTHONPYCACHEPREFIX": str(kept)} | environment
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=given, capture_output=True, check=False, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def kept_files(kept: Path, name: str) -> list[Path]:
    return sorted(kept.rglob(f"{name}*.bin"))


def test_declarations_parsed_once_declare_the_same(tmp_path: Path) -> None:
    first, *facts = run(tmp_path, "-c", DECLARATIONS).split()
    second, *same_facts = run(tmp_path, "-c", DECLARATIONS).split()
    assert (first, second) == ("FFI", "Declared")
    assert facts == same_facts


def test_declarations_that_are_damaged_or_of_another_version_are_parsed_again(tmp_path: Path) -> None:
    run(tmp_path, "-c", DECLARATIONS)
    (file,) = kept_files(tmp_path, "declarations")
    whole = file.read_bytes()
    older = b"0" * 64 + whole[32 + 64 :]
    for other in (whole[:-1], whole[:100], b"", hashlib.sha256(older).digest() + older):
        file.write_bytes(other)
        assert run(tmp_path, "-c", DECLARATIONS).startswith("FFI ")
        assert file.read_bytes() == whole


def test_what_huikan_declares_itself_is_declared_either_way(tmp_path: Path) -> None:
    names = [line.partition("(")[0].split()[-1].lstrip("*") for line in OWN.strip().splitlines()]
    calls = f"{DECLARATIONS}\nfrom huikan.render.layout.engine import gobject\n"
    calls += "".join(f"assert getattr(gobject if {name!r}[0] == 'g' else pango, {name!r})\n" for name in names)
    for _ in range(2):
        run(tmp_path, "-c", calls)


@pytest.mark.parametrize("environment", [{"PYTHONDONTWRITEBYTECODE": "1"}, {"PYTHONPYCACHEPREFIX": "/dev/null"}])
def test_nothing_is_kept_where_bytecode_is_not(tmp_path: Path, environment: dict[str, str]) -> None:
    assert run(tmp_path, "-c", DECLARATIONS, **environment).startswith("FFI ")
    assert kept_files(tmp_path, "") == []


def test_books_have_the_same_bytes_whether_templates_and_declarations_were_kept(tmp_path: Path) -> None:
    content, kept = tmp_path / "content", tmp_path / "kept"
    write_small_publication(content)
    books = []
    for build in ("first", "kept", "damaged", "not kept"):
        not_kept = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": ""} if build == "not kept" else {}
        command = (
            "-m",
            "huikan",
            "-q",
            "build",
            str(content),
            "-o",
            str(tmp_path / build),
            "--no-cache",
            "-e",
            "print",
        )
        run(kept, *command, **not_kept)
        books.append({file.name: file.read_bytes() for file in sorted((tmp_path / build).glob("*.pdf"))})
        if build == "kept":
            assert kept_files(kept, "template-")
            for file in kept_files(kept, ""):
                file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert books[0]
    assert all(book == books[0] for book in books)


def test_templates_of_a_publication_are_not_kept(tmp_path: Path) -> None:
    content, kept = tmp_path / "content", tmp_path / "kept"
    write_small_publication(content)
    own = content / "templates/parts/imprint.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text((ROOT / "templates/parts/imprint.html.j2").read_text(encoding="utf-8"), encoding="utf-8")
    command = ("-m", "huikan", "-q", "build", str(content), "-o", str(tmp_path / "output"), "--no-cache", "-e", "web")
    run(kept, *command)
    with_own = len(kept_files(kept, "template-"))
    own.unlink()
    run(kept, *command)
    assert with_own == len(kept_files(kept, "template-")) - 1
