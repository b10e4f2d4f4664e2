"""Pages furnished one after the other, of which the next is mostly the last with another folio, are as each alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.render.chapters.furniture import Furnisher, Place
from huikan.render.chapters.order import Look
from huikan.render.chapters.painted import PageKind
from huikan.render.chapters.typesetter import Typesetter
from huikan.render.workshop import Workshop

FACES = 'font: 9pt/12pt "Noto Sans CJK SC";'
SHEETS = {
    "a folio": f"@page {{ @bottom-right {{ content: counter(page); {FACES} }} @top-left {{ content: string(head) }} }}",
    "sides and blanks": "@page :left { @bottom-left { content: counter(page) } } @page :right { @top-right { content:"
    ' "页" } @bottom-right { content: counter(page) } } @page :blank { @bottom-left { content: none } }',
    "words beside it": '@page { @bottom-center { content: "第" counter(page) "页，共" counter(pages) "页" } }',
    "counted on": "@page { @bottom-center { content: counter(page); counter-increment: page 2 } }",
    "in Chinese": "@page { @bottom-left { content: counter(page, cjk-decimal) } @top-left { content: string(head) } }",
    "in Roman": "@page { @bottom-center { content: counter(page, lower-roman) } @top-right { content: string(head) } }",
    "twice": "@page { @bottom-left { content: counter(page) } @top-right { content: counter(page); width: 20pt } }",
}
STRINGS = st.tuples(st.sampled_from([None, "前章"]), st.sampled_from([(), ("本章",), ("甲", "乙")]))


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    first = draw(st.sampled_from([1, 8, 42, 97, 995]))
    strings = {"head": draw(STRINGS)}
    made = []
    for number in range(first, first + draw(st.integers(2, 9))):
        if draw(st.integers(0, 4)) == 0:
            strings = {"head": draw(STRINGS)}
        kind = PageKind("right" if number % 2 else "left", draw(st.booleans()), "", min(number - 1, 1), ())
        made.append(Place(kind, number, {"page": (number,), "pages": (1200,)}, strings))
    return made


@pytest.fixture(params=list(SHEETS.values()), ids=list(SHEETS))
def typesetter(request: pytest.FixtureRequest, tmp_path: Path) -> Typesetter:
    sheet = tmp_path / "book.css"
    sheet.write_text(f"html {{ {FACES} }} {request.param}", encoding="utf-8")
    root = tinyhtml5.parse("<html lang=zh><body>", namespace_html_elements=False)
    return Typesetter(Look(tmp_path, (sheet,), None, 300), root, Workshop())


def test_a_page_made_of_the_one_before_is_the_page_made_anew(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    @given(places())
    @settings(max_examples=12, deadline=None)
    def check(batch: list[Place]) -> None:
        together = typesetter.furnish(batch)
        with monkeypatch.context() as patch:
            patch.setattr(Furnisher, "_numbered", lambda *_: None)
            assert typesetter.furnish(batch) == together

    check()


def test_pages_that_differ_in_their_folio_alone_are_laid_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "book.css"
    sheet.write_text(SHEETS["a folio"], encoding="utf-8")
    root = tinyhtml5.parse("<html lang=zh><body>", namespace_html_elements=False)
    typesetter = Typesetter(Look(tmp_path, (sheet,), None, 300), root, Workshop())
    kind, strings = PageKind("right", False, "", 1, ()), {"head": ("前章", ())}
    laid_out: list[int] = []
    furnish = Furnisher._furnished

    def noted(furnisher: Furnisher, place: Place) -> object:
        laid_out.append(place.number)
        return furnish(furnisher, place)

    monkeypatch.setattr(Furnisher, "_furnished", noted)
    typesetter.furnish([Place(kind, number, {"page": (number,)}, strings) for number in range(95, 106)])
    assert laid_out == [95, 100], "a folio of three digits is wider"
