"""Print and archive have the same pages: laid out once, painted for both, with the bytes of either alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.cache import Cache
from huikan.content.model import Edition
from huikan.render.chapters.composing_room import ComposingRoom
from huikan.render.chapters.typesetter import Typesetter
from huikan.render.workshop import Workshop
from tests.publication import write_small_publication


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_small_publication(tmp_path / "content")
    return tmp_path / "content"


def built(content: Path, *editions: Edition, workshop: Workshop | None = None) -> dict[str, bytes]:
    """The PDFs of these editions, by name."""
    output = content.parent / "-".join(editions)
    build(BuildRequest(content, output, editions, ("zh-Hans",)), workshop=workshop)
    return {path.name: path.read_bytes() for path in output.glob("*.pdf")}


def set_chapters(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the chapters that are set from now on, with their variant."""
    done, original = list[str](), Typesetter.set_chapter

    def noted(self, chapter, references, side):  # type: ignore[no-untyped-def]
        done.append(f"{self.look.variant} {chapter.digest}")
        return original(self, chapter, references, side)

    monkeypatch.setattr(Typesetter, "set_chapter", noted)
    return done


@pytest.mark.parametrize("order", [(Edition.PRINT, Edition.ARCHIVE), (Edition.ARCHIVE, Edition.PRINT)])
def test_pages_are_laid_out_once_for_both(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[Edition, ...]
) -> None:
    alone = built(content, Edition.PRINT) | built(content, Edition.ARCHIVE)
    done = set_chapters(monkeypatch)
    workshop = Workshop(store=Cache(tmp_path / "cache"))
    assert built(content, *order, workshop=workshop) == alone
    assert len({chapter.partition(" ")[0] for chapter in done}) == 1
    assert len(done) == len(set(done))


def test_another_process_hands_both_out(content: Path, tmp_path: Path) -> None:
    alone = built(content, Edition.PRINT) | built(content, Edition.ARCHIVE)
    workshop = Workshop(2, Cache(tmp_path / "cache"))
    request = BuildRequest(content, tmp_path / "both", (Edition.PRINT, Edition.ARCHIVE), ("zh-Hans",))
    with ComposingRoom(workshop) as room:
        build(request, workshop=workshop, room=room)
    assert {path.name: path.read_bytes() for path in (tmp_path / "both").glob("*.pdf")} == alone


def test_an_edit_is_laid_out_once_for_both(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop, both = Workshop(store=Cache(tmp_path / "cache")), (Edition.PRINT, Edition.ARCHIVE)
    built(content, *both, workshop=workshop)
    summary = next(path for path in sorted((content / "summaries").glob("*.md")) if ".en." not in path.name)
    summary.write_text(summary.read_text(encoding="utf-8") + "\n又一段。\n", encoding="utf-8")
    done = set_chapters(monkeypatch)
    edited = built(content, *both, workshop=workshop)
    assert len(done) == 1
    monkeypatch.undo()
    assert edited == built(content, Edition.PRINT) | built(content, Edition.ARCHIVE)


def test_nothing_is_painted_for_a_twin_that_nobody_asked_for(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twins, original = list[object](), Typesetter.set_chapter

    def noted(self, chapter, references, side):  # type: ignore[no-untyped-def]
        made = original(self, chapter, references, side)
        twins.extend(made.twins)
        return made

    monkeypatch.setattr(Typesetter, "set_chapter", noted)
    built(content, Edition.PRINT, workshop=Workshop(store=Cache(content.parent / "cache")))
    built(content, Edition.PRINT, Edition.ARCHIVE)  # nothing is kept for the other edition to find
    assert twins == []
