"""The language of the machine, which a Chinese secretariat sets to Chinese, changes no byte and spoils no cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.publication import write_small_publication


def built(content: Path, output: Path, language: str) -> dict[str, bytes]:
    """The files of a build in an environment of that language; every build has the same cache."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "FC_"))}
    environment |= {"LC_ALL": language, "HUIKAN_CACHE": str(content.parent / "cache")}
    command = [sys.executable, "-m", "huikan", "build", str(content), "-o", str(output), "-e", "print", "-e", "archive"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return {path.name: path.read_bytes() for path in output.iterdir()}


def test_the_files_are_the_same_in_an_english_and_a_chinese_environment(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    write_small_publication(content)
    english = built(content, tmp_path / "english", "C.UTF-8")
    booklet = content / "booklet.yaml"
    text = booklet.read_text(encoding="utf-8")
    booklet.write_text(text.replace("Small Forum", "Little Forum"), encoding="utf-8")
    built(content, tmp_path / "changed", "zh_CN.UTF-8")  # some of its chapters are those kept from the first build
    booklet.write_text(text, encoding="utf-8")
    assert built(content, tmp_path / "chinese", "zh_CN.UTF-8") == english
    assert len(english) == 5
