"""An archive set chapter by chapter is the one that WeasyPrint makes in one piece: tags, words, links, pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pikepdf
import pytest
from PIL import Image

from huikan.cache import Cache
from huikan.render.chapters.book import set_book
from huikan.render.chapters.order import Look, Order
from huikan.render.workshop import Workshop
from tests.archive.awkward import write_awkward_publication
from tests.archive.booklets import VARIANT, archive_order
from tests.archive.one_piece import archive_in_one_piece
from tests.archive.tags import Tag, TaggedPdf
from tests.chapters.books import STYLES, book_tree, pictures, texts, ways

ROOT = Path(__file__).resolve().parents[2]
MOST_GROWTH = 1.10
MOST_DIFFERENCE = 1
"""Of a pixel's channel, in 255."""

pytestmark = pytest.mark.xdist_group("archive in one piece")


@dataclass
class Both:
    order: Order
    divided: bytes
    whole: bytes


def small_order(folder: Path) -> Order:
    """A book with mirrored margins, pictures on both sides, headings that leave levels out, notes in each chapter."""
    Image.new("RGB", (40, 30), "teal").save(folder / "sea.png")
    (folder / "book.css").write_text(STYLES + "img { width: 30mm }", encoding="utf-8")
    tree = book_tree(chapters=6, sentences=18)
    for number, section in enumerate(tree.iter("section"), start=1):
        figure = ElementTree.SubElement(section, "figure")
        ElementTree.SubElement(figure, "img", {"src": "sea.png", "alt": f"第{number}章的海"})
        ElementTree.SubElement(section, "h4").text = "深处的标题"
        if number % 2:
            _rename_heading(section)
    return Order(tree, Look(folder, (folder / "book.css",), VARIANT, 300), "zh", b"0" * 32)


def _rename_heading(section: Element) -> None:
    """The chapter begins with a heading of the third level."""
    heading = section.find("h1")
    assert heading is not None
    heading.tag = "h3"


def _ordered(name: str, folder: Path) -> Order:
    match name:
        case "small":
            return small_order(folder)
        case "awkward":
            write_awkward_publication(folder)
            return archive_order(folder, "zh-Hans")
        case "bilingual":
            return archive_order(ROOT / "content", "zh-Hans", "en")
    return archive_order(ROOT / "content", name)


@pytest.fixture(scope="module", params=["zh-Hans", "en", "bilingual", "awkward", "small"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    order = _ordered(request.param, tmp_path_factory.mktemp(request.param))
    book = set_book(order, Workshop())
    assert book.problems == ()
    return Both(order, book.pdf, archive_in_one_piece(order))


def told(pdf: TaggedPdf) -> list[tuple[Any, ...]]:
    """All that a reader of tags is told, in its order, with the depth of each element."""

    def below(tag: Tag, depth: int) -> Iterator[tuple[Any, ...]]:
        attributes = {name: _plain(value) for name, value in tag.element.get("/A", {}).items()}
        links = [(str(link.Contents), [_plain(edge) for edge in link.Rect]) for link in tag.annotations]
        words = [(page, pdf.words.get((page, mark), "")) for page, mark in tag.content]
        said = (tag.role, tag.language, tag.alternative, tag.identifier)
        yield (depth, *said, attributes, words, links)
        for child in tag.children:
            yield from below(child, depth + 1)

    return list(below(pdf.document, 0))


def _plain(value: Any) -> Any:
    if isinstance(value, pikepdf.Array):
        return [_plain(item) for item in value]
    try:
        return round(float(value), 2)
    except (TypeError, ValueError):
        return str(value)


def test_the_tag_tree_is_the_same(both: Both) -> None:
    divided, whole = TaggedPdf(both.divided), TaggedPdf(both.whole)
    assert len(told(whole)) > 30
    assert told(divided) == told(whole)


def test_artifacts_are_the_same_and_nothing_is_left_untagged(both: Both) -> None:
    divided, whole = TaggedPdf(both.divided), TaggedPdf(both.whole)
    assert divided.parent_tree_problems() == []
    for page in range(whole.pages):
        assert divided.marked_ids(page) == divided.tagged_ids(page)
        for kind in ("/Pagination", "/Layout"):
            assert divided.artifacts(page, kind) == whole.artifacts(page, kind)


def test_every_page_and_annotation_has_its_own_key(both: Both) -> None:
    pdf = TaggedPdf(both.divided).pdf
    annotations = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
    keys = [int(page.obj.StructParents) for page in pdf.pages] + [int(link.StructParent) for link in annotations]
    assert sorted(keys) == list(range(int(pdf.Root.StructTreeRoot.ParentTreeNextKey)))
    assert all(int(link.F) == 4 for link in annotations)


def test_pages_show_and_say_the_same(both: Both) -> None:
    divided, whole = pictures(both.divided), pictures(both.whole)
    assert len(divided) == len(whole)
    pairs = enumerate(zip(divided, whole, strict=True), start=1)
    assert [at for at, (one, other) in pairs if one != other and not _look_alike(one, other)] == []
    assert texts(both.divided) == texts(both.whole)


def _look_alike(one: bytes, other: bytes) -> bool:
    """A picture printed in several sizes is scaled once for each chapter, in one piece once for the book."""
    return len(one) == len(other) and max(abs(a - b) for a, b in zip(one, other, strict=True)) <= MOST_DIFFERENCE


def test_destinations_links_and_outline_lead_to_the_same_places(both: Both) -> None:
    divided, whole = ways(both.divided), ways(both.whole)
    assert any(divided.links)
    assert divided == whole


def test_the_file_is_hardly_larger(both: Both) -> None:
    assert len(both.divided) <= MOST_GROWTH * len(both.whole)


def test_the_bytes_depend_neither_on_processes_nor_on_what_was_kept(both: Both, tmp_path: Path) -> None:
    for workshop in (Workshop(2), Workshop(1, Cache(tmp_path)), Workshop(2, Cache(tmp_path))):
        assert set_book(both.order, workshop).pdf == both.divided


def test_pictures_move_with_their_pages_and_headings_go_on_over_chapters(tmp_path: Path) -> None:
    pdf = TaggedPdf(set_book(small_order(tmp_path), Workshop()).pdf)
    figures = list(pdf.find("Figure"))
    lefts = {figure.bounds[0] for figure in figures}
    assert len(figures) == 6
    assert len(lefts) == 2, "recto and verso have other margins"
    headings = [tag.role for tag in pdf.walk() if tag.role[0] == "H"]
    assert headings[:4] == ["H1", "H2", "H1", "H2"]
    assert [note.identifier for note in pdf.find("Note")] == [f"note-{n}" for n in range(1, 13)]
