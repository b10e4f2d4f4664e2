"""Portraits scaled while nothing else is done: to the pixels that pages ask for, and no further than the pages are."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from huikan.build import BuildRequest, build
from huikan.cache import Memory
from huikan.content.model import Edition
from huikan.render.photographs import is_scaled
from huikan.render.portraits_ahead import begin_to_scale, pixels_in_place
from huikan.render.stylesheets import design_of
from huikan.render.workshop import Workshop
from tests.publication import write_small_publication

A_WHILE = 20.0
"""Seconds in which a thread of the lowest priority scales a picture also on a busy machine."""
PLACE = (150.0, 100.0)


class Noting(Memory):
    """A store that notes which photographs were put there, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.scaled: list[str] = []

    def put(self, kind: str, key: str, data: bytes) -> None:
        super().put(kind, key, data)
        if kind == "photographs":
            self.scaled.append(key)


def photo(path: Path, size: tuple[int, int], *, orientation: int = 1, shade: int = 90) -> Path:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", size, (shade, 120, 150)).save(path, exif=exif)
    return path


def scaled_ahead(portraits: list[Path], folder: Path, theme: str, store: Memory) -> None:
    """Scale, and wait until the thread ends."""
    others = set(threading.enumerate())
    begin_to_scale(portraits, design_of(folder, theme).styles, theme, store)
    for thread in set(threading.enumerate()) - others:
        thread.join(A_WHILE)
        assert not thread.is_alive()


@pytest.mark.parametrize("theme", ["default", "a5"])
@pytest.mark.parametrize(
    ("size", "orientation", "form"),
    [
        ((3000, 2000), 1, "jpg"),
        ((1200, 800), 1, "jpg"),
        ((1801, 1190), 1, "jpg"),
        ((900, 1400), 1, "jpg"),
        ((2000, 3000), 6, "jpg"),
        ((1300, 900), 1, "png"),
    ],
)
def test_pages_ask_for_the_pixels_that_were_made_ahead(
    tmp_path: Path, size: tuple[int, int], orientation: int, form: str, theme: str
) -> None:
    folder = tmp_path / "content"
    write_small_publication(folder)
    portrait = photo(folder / "photos" / f"shan-wei.{form}", size, orientation=orientation)
    people, booklet = folder / "people.yaml", folder / "booklet.yaml"
    people.write_text(people.read_text("utf-8").replace("shan-wei.jpg", portrait.name), "utf-8")
    booklet.write_text(f"{booklet.read_text('utf-8')}\ntheme: {theme}\n", "utf-8")
    ahead, asked = Noting(), Noting()
    scaled_ahead([portrait], folder, theme, ahead)
    build(BuildRequest(folder, tmp_path / "output", (Edition.PRINT,), ("zh-Hans",)), workshop=Workshop(store=asked))
    assert len(ahead.scaled) == 1
    assert ahead.scaled == asked.scaled


def test_what_pages_have_scaled_ends_the_work(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    write_small_publication(folder)
    portraits = [photo(folder / "photos" / f"{shade}.jpg", (3000, 2000), shade=shade) for shade in (10, 20, 30, 40)]
    store = Noting()
    scaled_ahead([portraits[2]], folder, "default", store)
    scaled_ahead(portraits, folder, "default", store)
    size = pixels_in_place(portraits[0], PLACE)
    assert size is not None
    assert [is_scaled(portrait, size, Workshop(store=store)) for portrait in portraits] == [True, True, True, False]


def test_copies_of_a_portrait_do_not_end_the_work(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    write_small_publication(folder)
    portraits = [
        photo(folder / "photos" / f"{at}.jpg", (3000, 2000), shade=shade) for at, shade in enumerate((10, 10, 40))
    ]
    store = Noting()
    scaled_ahead(portraits, folder, "default", store)
    assert len(store.scaled) == 2


def test_a_portrait_whose_height_decides_is_left(tmp_path: Path) -> None:
    assert pixels_in_place(photo(tmp_path / "a.jpg", (2000, 1000)), PLACE) is None


def test_a_portrait_no_finer_than_paper_shows_is_left(tmp_path: Path) -> None:
    assert pixels_in_place(photo(tmp_path / "a.jpg", (720, 480)), PLACE) is None


def test_a_picture_that_is_none_is_told_by_others(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    write_small_publication(folder)
    broken, store = folder / "photos" / "broken.jpg", Noting()
    broken.write_bytes(b"no picture")
    started = time.monotonic()
    scaled_ahead([broken], folder, "default", store)
    assert time.monotonic() - started < A_WHILE
    assert store.scaled == []
