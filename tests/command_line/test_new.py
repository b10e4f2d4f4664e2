"""`huikan new`: a booklet that checks clean and builds as it is, from a checkout and from an installed wheel."""

from __future__ import annotations

import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from huikan.check.run import check_folder
from huikan.content.load import load_publication
from huikan.finding import ContentError
from huikan.starting import start_publication

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh-Hans", "en")


def run(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *map(str, arguments)], cwd=cwd, capture_output=True, check=False, text=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_publication_checks_clean_and_builds(tmp_path: Path, language: str) -> None:
    folder, output = tmp_path / "my-forum", tmp_path / "output"
    assert run("-m", "huikan", "new", folder, "--lang", language).returncode == 0
    checked = run("-m", "huikan", "check", "--strict", folder)
    assert (checked.returncode, checked.stderr + checked.stdout) == (0, checked.stderr + checked.stdout)
    assert "no findings" in checked.stderr + checked.stdout
    built = run("-m", "huikan", "build", folder, "-o", output)
    assert built.returncode == 0, built.stderr
    assert {path.suffix for path in output.iterdir()} == {".pdf", ".docx", ".json"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_three_people_and_two_sessions_and_its_comments_teach(tmp_path: Path, language: str) -> None:
    names = start_publication(tmp_path / "new", language)
    publication = load_publication(tmp_path / "new").publication
    assert publication.booklet.languages == (language,)
    assert (len(publication.people), len(publication.programme.sessions)) == (3, 2)
    for name in names:
        if name.endswith(".yaml"):
            text = (tmp_path / "new" / name).read_text(encoding="utf-8")
            comments = [line for line in text.splitlines() if line.startswith("#")]
            assert len(comments) >= 2
            assert any("\u4e00" <= letter <= "\u9fff" for letter in "".join(comments)) == (language == "zh-Hans")


def test_the_line_to_type_next_can_be_typed_whatever_the_folder_is_called(tmp_path: Path) -> None:
    record = tmp_path / "record.txt"
    record.write_text("“河流”分论坛\n\n【基本信息】\n\n致辞：\n\n乐山 澄江市副市长\n", encoding="utf-8")
    for arguments in (("new",), ("import", record, "-o")):
        folder = tmp_path / f"会刊 & {arguments[0]}"
        told = run("-m", "huikan", *arguments, folder).stderr
        assert shlex.split(told.rpartition("then: ")[2]) == ["huikan", "build", str(folder)]


def test_a_folder_that_is_not_empty_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ContentError) as caught:
        start_publication(tmp_path, "en")
    assert [finding.code for finding in caught.value.findings] == ["HK035"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_wheel_carries_the_starters(tmp_path: Path) -> None:
    made = run("-m", "pip", "wheel", "--no-deps", "--quiet", "-w", tmp_path, ROOT)
    assert made.returncode == 0, made.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(tmp_path / "installed")
    script = f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r}); import huikan; print(huikan.__file__)"
    script += f"; from huikan.cli import cli; cli(['new', {str(tmp_path / 'forum')!r}])"
    done = run("-c", script, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "installed") in done.stdout
    assert list(check_folder(tmp_path / "forum").findings) == []
