"""The last page of a session: a few lines do not end a speaker's words there alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.render.docx.bookmarks import anchor_bookmark
from tests.docx.documents import find, part, values, written
from tests.docx.programs import bookmark_pages, converted


def ending(lines_above: int, lines: int) -> str:
    """A session whose last speaker, below so many lines, says so many, and is referred to by what comes last."""
    name = f"n{lines_above}-{lines}"
    return (
        f'<section class="session" id="{name}" data-running="节"><h2 class="heading">节</h2>'
        + "<p>短</p>" * lines_above
        + f'<article class="summary" id="{name}h"><h3 class="speaker">王五</h3><p class="speaker-title">局长</p>'
        + f'<div class="prose">{"<p>短</p>" * (lines - 1)}<p id="{name}last">完</p></div></article></section>'
    )


def pages_of(pages: dict[str, int], name: str) -> tuple[int, int]:
    """On which page from its session's first the speaker begins, and ends."""
    return pages[f"{name}h"] - pages[name], pages[f"{name}last"] - pages[name]


@pytest.mark.parametrize(
    ("lines_above", "lines", "expected"),
    [
        (20, 7, (0, 0)),
        (20, 8, (1, 1)),
        (20, 12, (1, 1)),
        (20, 13, (0, 1)),
        (10, 20, (0, 1)),
    ],
)
def test_fewer_lines_than_six_do_not_end_a_speaker_s_words_alone(
    lines_above: int, lines: int, expected: tuple[int, int]
) -> None:
    document, pages = written(ending(lines_above, lines))
    assert pages_of(pages.anchors, f"n{lines_above}-{lines}") == expected
    broken = find(part(document, "word/document.xml"), "//w:p[w:pPr/w:pageBreakBefore]")
    assert ["".join(values(each, ".//w:t/text()")) for each in broken] == ["王五"] * (expected == (1, 1))


def test_a_session_that_ends_so_has_the_pages_of_libreoffice(tmp_path: Path) -> None:
    body = "".join(ending(above, lines) for above in (10, 20, 24) for lines in (7, 8, 9, 10, 14, 15, 20, 60))
    document, pages = written(body)
    number, bookmarks = bookmark_pages(converted(document, tmp_path))
    assert {name: bookmarks[anchor_bookmark(name)] for name in pages.anchors} == pages.anchors
    assert number == pages.pages
