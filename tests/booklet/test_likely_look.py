"""The look that is made ready before the content is read is that of the book, whatever booklet.yaml is like."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.content.load import load_publication
from huikan.content.model import Edition
from huikan.finding import ContentError
from huikan.render.chapters.composing_room import ComposingRoom, may_open
from huikan.render.pdf import likely_look, look_of
from huikan.render.stylesheets import DEFAULT_THEME, design_of, likely_theme, reading_sheets
from huikan.render.workshop import Workshop

CONTENT = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(CONTENT, tmp_path / "content")


def with_theme(content: Path, line: str) -> None:
    booklet = content / "booklet.yaml"
    lines = booklet.read_text(encoding="utf-8").splitlines(keepends=True)
    booklet.write_text("".join(each for each in lines if not each.startswith("theme:")) + line, encoding="utf-8")


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("theme", ["", "theme: a5\n", "theme:   a5  \r\n", "theme: a5 # A5\n"])
def test_it_is_the_one_that_the_content_asks_for(content: Path, theme: str, draft: bool) -> None:
    with_theme(content, theme)
    design = design_of(content, load_publication(content).publication.booklet.theme)
    assert likely_look(content, draft=draft) == look_of(content, reading_sheets(design, draft))


def test_a_theme_that_is_written_otherwise_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "booklet.yaml").write_text('theme: "a5"\n', encoding="utf-8")
    assert likely_theme(tmp_path) == DEFAULT_THEME


@pytest.mark.skipif(not may_open(Workshop(2)), reason="processes are forked on Linux alone")
def test_a_wrong_guess_changes_nothing(content: Path, tmp_path: Path) -> None:
    with_theme(content, 'theme: "a5"\n')
    asked = (Edition.PRINT,), ("en",)
    build(BuildRequest(content, tmp_path / "alone", *asked))
    workshop = Workshop(2)
    with ComposingRoom(workshop, content) as room:
        build(BuildRequest(content, tmp_path / "room", *asked), workshop=workshop, room=room)
    (alone,), (made,) = ([*(tmp_path / name).glob("*.pdf")] for name in ("alone", "room"))
    assert made.read_bytes() == alone.read_bytes()


def test_nothing_is_said_of_a_folder_without_a_booklet(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        likely_look(tmp_path, draft=False)
    (tmp_path / "booklet.yaml").write_text("theme: no-such\n", encoding="utf-8")
    with pytest.raises(ContentError):
        likely_look(tmp_path, draft=False)
