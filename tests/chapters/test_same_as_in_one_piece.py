"""A book set chapter by chapter is the book set in one piece: to the pixel, the letter, the link."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.render.chapters.book import set_book
from huikan.render.chapters.divide import is_divisible
from huikan.render.chapters.order import Book
from huikan.render.html import parse_html, render_html
from huikan.render.pdf import order_pdf
from huikan.render.stylesheets import design_of
from huikan.render.workshop import Workshop
from tests.chapters.books import IN_ONE_PIECE, STYLES, Shelf, book_tree, pictures, texts, ways

ROOT = Path(__file__).resolve().parents[2]
SHEETS = ("tokens.css", "base.css", "cjk.css", "print.css")
MOST_GROWTH = 1.10

pytestmark = pytest.mark.xdist_group("in one piece")


@dataclass
class Both:
    divided: Book
    whole: Book


def sample_in(language: str, folder: Path) -> Both:
    """The sample, set both ways."""
    content = ROOT / "content"
    loaded = load_publication(content)
    design = design_of(content, loaded.publication.booklet.theme)
    labels = load_labels(language, design.templates)
    tree = parse_html(render_html(resolve(loaded.publication, labels), labels, design.templates))
    extra = folder / "whole.css"
    extra.write_text(IN_ONE_PIECE, encoding="utf-8")
    sheets = design.cascade(*SHEETS)

    def made(*further: Path) -> Book:
        order = order_pdf(tree, folder=content, stylesheets=(*sheets, *further), language=language)
        assert is_divisible(order.look.sheets) is not bool(further)
        return set_book(order, Workshop())

    return Both(made(), made(extra))


@pytest.fixture(scope="module", params=["zh-Hans", "en", "small"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "small":
        shelf = Shelf(folder)
        return Both(shelf.set(book_tree()), shelf.set(book_tree(), IN_ONE_PIECE))
    return sample_in(request.param, folder)


def test_the_rule_on_every_page_keeps_a_book_in_one_piece() -> None:
    assert is_divisible([STYLES])
    assert not is_divisible([STYLES, IN_ONE_PIECE])


def test_pages_show_the_same_pixels(both: Both) -> None:
    divided, whole = pictures(both.divided.pdf), pictures(both.whole.pdf)
    assert len(divided) == len(whole) == both.divided.pages
    assert [at for at, (one, other) in enumerate(zip(divided, whole, strict=True), start=1) if one != other] == []


def test_pages_say_the_same(both: Both) -> None:
    assert texts(both.divided.pdf) == texts(both.whole.pdf)


def test_destinations_links_and_outline_lead_to_the_same_places(both: Both) -> None:
    divided, whole = ways(both.divided.pdf), ways(both.whole.pdf)
    assert divided.destinations
    assert divided.destinations == whole.destinations
    assert any(divided.links)
    assert divided.links == whole.links
    assert divided.outline
    assert divided.outline == whole.outline
    assert both.divided.anchors == both.whole.anchors


def test_the_file_is_hardly_larger(both: Both) -> None:
    assert len(both.divided.pdf) <= MOST_GROWTH * len(both.whole.pdf)


def test_the_small_book_has_what_is_hard(tmp_path: Path) -> None:
    """A blank before a recto, chapters that begin on a verso, footnotes counted over chapters."""
    book = Shelf(tmp_path).set(book_tree())
    pages = texts(book.pdf)
    chapters = [book.anchors[f"chapter-{number}"] for number in range(1, 6)]
    assert pages[chapters[2] - 2].strip() == "第2章", "a blank page, with its running head alone"
    assert chapters[2] % 2 == 1
    assert any(page % 2 == 0 for page in chapters)
    assert any("3." in page and "第2章的注" in page for page in pages)
