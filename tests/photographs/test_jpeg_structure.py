"""A JPEG that is told whole from its markers and first lines is one that can be decoded."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from huikan.build import BuildRequest, build
from huikan.cache import Memory, Store
from huikan.content.jpeg_structure import first_lines_of_whole
from huikan.content.model import Edition
from huikan.content.photos import Seen, look_at
from huikan.render.workshop import Workshop
from tests.publication import write_small_publication

END = b"\xff\xd9"


def photo(**options: object) -> bytes:
    """Noise, whose data has every byte; 200 × 120 pixels."""
    target = io.BytesIO()
    pixels = random.Random(7).randbytes(200 * 120 * 3)
    Image.frombytes("RGB", (200, 120), pixels).save(target, "JPEG", quality=80, **options)
    return target.getvalue()


WHOLE = photo(icc_profile=bytes(700), comment=b"forum")
DATA = WHOLE.rindex(b"\xff\xda")


def decodes(content: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
            picture.draft("RGB", (96, 96))
            picture.load()
    except Exception:
        return False
    return True


def seen(folder: Path, content: bytes, kept: Memory | None = None) -> tuple[str, object]:
    (folder / "a.jpg").write_bytes(content)
    picture = look_at(folder, ["a.jpg"], kept)["a.jpg"]
    return (picture.problem[0] if picture.problem else "", picture.header)


@pytest.mark.parametrize(
    "whole",
    [
        WHOLE,
        WHOLE + b"a trailer of the telephone's own",
        WHOLE.removesuffix(END) + b"\xff\xfe\x00\x06mark\xff\xe1\x00\x02" + END,
        photo(restart_marker_rows=2),
        photo(subsampling=0),
    ],
)
def test_whole_pictures_are_told_by_a_few_lines(tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = first_lines_of_whole(whole)
    assert lines is not None
    assert len(lines.content) < len(whole) // 4
    assert decodes(lines.content)
    read: list[int] = []
    decode = ImageFile.ImageFile.load

    def measured(picture: ImageFile.ImageFile) -> object:
        assert isinstance(picture.fp, io.BytesIO)
        read.append(picture.fp.getbuffer().nbytes)
        return decode(picture)

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", measured)
    assert seen(tmp_path, whole) == ("", (200, 120, "JPEG", 1))
    assert read == [len(lines.content)]


@pytest.mark.parametrize(
    "other",
    [
        photo(progressive=True),
        WHOLE[:-2],
        WHOLE[: len(WHOLE) // 2],
        WHOLE[:DATA] + WHOLE[DATA:].replace(b"\x00", b"\xc0", 1),
        WHOLE[: DATA + 400] + b"\xff\xd3" + WHOLE[DATA + 400 :],
        WHOLE[: DATA + 400] + b"\xff\xda" + WHOLE[DATA + 400 :],
        WHOLE[:DATA] + END,
        WHOLE[:400],
        b"",
        END,
        b"GIF89a",
    ],
)
def test_what_is_not_sure_is_left_to_the_decoder(tmp_path: Path, other: bytes) -> None:
    assert first_lines_of_whole(other) is None
    assert seen(tmp_path, other)[0] == seen(tmp_path, other, Memory())[0]


def _flipped(content: bytearray, at: int, dice: random.Random) -> None:
    content[at] ^= 1 << dice.randrange(8)


def _cut(content: bytearray, at: int, dice: random.Random) -> None:
    del content[at : at + dice.randrange(1, 900)]


def _emptied(content: bytearray, at: int, dice: random.Random) -> None:
    content[at : at + dice.randrange(1, 900)] = bytes(dice.randrange(1, 900))


def _filled(content: bytearray, at: int, dice: random.Random) -> None:
    content[at:at] = dice.randbytes(dice.randrange(1, 90))


def _marked(content: bytearray, at: int, dice: random.Random) -> None:
    content[at:at] = bytes((0xFF, dice.randrange(256)))


@given(
    source=st.sampled_from([WHOLE, photo(restart_marker_blocks=5), photo(progressive=True)]),
    damages=st.lists(
        st.tuples(
            st.sampled_from([_flipped, _cut, _emptied, _filled, _marked]),
            st.one_of(st.floats(0, 1), st.floats(0, 0.06)),
        ),
        min_size=1,
        max_size=3,
    ),
    seed=st.integers(0, 1 << 30),
)
@settings(max_examples=400, deadline=None)
def test_no_damaged_picture_is_taken_for_whole(
    source: bytes, damages: list[tuple[Callable[[bytearray, int, random.Random], None], float]], seed: int
) -> None:
    dice, content = random.Random(seed), bytearray(source)
    for damage, place in damages:
        damage(content, int(place * (len(content) - 1)), dice)
    lines = first_lines_of_whole(bytes(content))
    if lines is not None and decodes(lines.content):
        assert decodes(bytes(content))


def test_a_book_to_be_printed_alone_needs_no_fingerprints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publication = tmp_path / "publication"
    write_small_publication(publication)
    looked: list[object] = []

    def noted(folder: Path, names: Iterable[str], kept: Store | None) -> dict[str, Seen]:
        looked.append(kept)
        return look_at(folder, names, kept)

    monkeypatch.setattr("huikan.content.load.look_at", noted)
    for editions in ((Edition.PRINT,), (Edition.PRINT, Edition.REVIEW), ()):
        build(BuildRequest(publication, tmp_path / "output", editions), workshop=Workshop(store=Memory(), lasts=False))
    build(BuildRequest(publication, tmp_path / "output", (Edition.PRINT,)), workshop=Workshop(store=Memory()))
    assert [kept is None for kept in looked] == [True, False, False, False]


def test_pictures_that_were_looked_at_are_not_hashed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publication = tmp_path / "publication"
    write_small_publication(publication)
    hashed: list[str] = []
    digest = hashlib.file_digest

    def noted(file: Any, name: str) -> object:
        hashed.append(Path(file.name).suffix)
        return digest(file, name)

    monkeypatch.setattr("hashlib.file_digest", noted)
    (first,) = build(
        BuildRequest(publication, tmp_path / "one", (Edition.PRINT,), ("zh-Hans",)),
        workshop=Workshop(store=Memory(), lasts=False),
    ).files
    assert ".md" in hashed
    assert ".jpg" not in hashed
    (second,) = build(BuildRequest(publication, tmp_path / "two", (Edition.PRINT,), ("zh-Hans",))).files
    assert first.sha256 == second.sha256
