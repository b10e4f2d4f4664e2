"""What a build says of the files that it wrote."""

from __future__ import annotations

import pytest

from huikan.outputs import describe


@pytest.mark.parametrize(
    ("pages", "size", "words"),
    [(1, 9, "1 page"), (12, 9, "12 pages"), (0, 46_512, "47 kB"), (0, 7_540_000, "7.5 MB")],
)
def test_the_extent_of_a_file_is_told_in_words(pages: int, size: int, words: str) -> None:
    assert describe("x", "print", "en", pages, bytes(size)).extent == words
