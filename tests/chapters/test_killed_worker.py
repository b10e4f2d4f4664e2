"""A process that is killed while it sets chapters costs time, and nothing else."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from huikan.render.chapters.divide import Chapter
from huikan.render.chapters.furniture import Place
from huikan.render.chapters.paginate import References
from huikan.render.chapters.painted import Painted
from huikan.render.chapters.typesetter import Typesetter
from huikan.render.workshop import Workshop
from tests.chapters.books import Shelf, book_tree


def test_a_worker_killed_with_a_chapter_leaves_the_rest_to_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree, shelf, here = book_tree(6, 60), Shelf(tmp_path), os.getpid()
    expected = shelf.set(tree)
    set_here, original = list[str](), Typesetter.set_chapter

    def killed(self: Typesetter, chapter: Chapter, references: References, side: str) -> Painted:
        title = "".join(chapter.root.itertext())
        if os.getpid() == here:
            set_here.append(title)
        elif "第4章的注" in title:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(self, chapter, references, side)

    monkeypatch.setattr(Typesetter, "set_chapter", killed)
    assert shelf.set(tree, workshop=Workshop(jobs=2)).pdf == expected.pdf
    assert any("第4章的注" in title for title in set_here)


def test_a_worker_killed_with_furniture_leaves_the_rest_to_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree, shelf, here = book_tree(6, 60), Shelf(tmp_path), os.getpid()
    expected = shelf.set(tree)
    furnished_here, original = list[int](), Typesetter.furnish

    def killed(self: Typesetter, places: Sequence[Place]) -> Painted:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        furnished_here.append(len(places))
        return original(self, places)

    monkeypatch.setattr(Typesetter, "furnish", killed)
    book = shelf.set(tree, workshop=Workshop(jobs=2))
    assert book.pdf == expected.pdf
    assert sum(furnished_here) == book.pages
