"""Pages with names: a chapter that has one name is laid out as the engine does that looks into every box."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from huikan.render.chapters import paginate
from huikan.render.chapters.order import Book
from tests.chapters.books import Shelf, book_tree

RULES = {
    "one name": "section { page: plain } @page plain { background: #ffe }",
    "no name": "",
    "a wide page in a chapter": "section p:nth-of-type(2) { page: wide } @page wide { size: 200mm 160mm }",
    "a name in a name": "section { page: plain } section p:nth-of-type(2) { page: wide } @page wide { size: 200mm }",
    "what the body says itself": (
        "body::before { content: '前言'; display: block } section, nav { page: plain; break-before: auto }"
    ),
    "what is not shown": "section { page: plain } section .footnote { page: wide; display: none }",
}


@pytest.mark.parametrize("rule", RULES)
def test_pages_are_those_that_are_found_by_looking(rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made() -> Book:
        return Shelf(tmp_path).set(book_tree(6), RULES[rule])

    fast = made()
    monkeypatch.setattr(paginate, "_page_name", lambda *_: None)
    assert made().pdf == fast.pdf
    with pikepdf.open(BytesIO(fast.pdf)) as pdf:
        widths = {round(float(page.mediabox[2])) for page in pdf.pages}
    assert (len(widths) > 1) is ("size:" in RULES[rule])
