"""Lists that cite pages wait for their numbers where that saves work; whether it does decides no byte."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from huikan.cache import Cache
from huikan.render.chapters.book import set_book
from huikan.render.chapters.order import Look, Order
from huikan.render.chapters.typesetter import Typesetter
from huikan.render.workshop import Workshop
from tests.chapters.books import STYLES, Shelf, texts


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = tmp_path / "publication"
    folder.mkdir()
    return Shelf(folder)


def listed_book(chapters: int, lines_an_entry: int = 1, index: bool = True) -> Element:
    """Contents, chapters that cite nothing, an index of them."""
    html = Element("html", {"lang": "zh"})
    body = ElementTree.SubElement(html, "body")
    contents = ElementTree.SubElement(body, "nav", {"id": "contents"})
    for number in range(1, chapters + 1):
        add_entry(contents, number, lines_an_entry)
        section = ElementTree.SubElement(body, "section")
        ElementTree.SubElement(section, "h1", {"id": f"chapter-{number}"}).text = f"第{number}章"
        ElementTree.SubElement(section, "p").text = "潮位记录逐年积累。" * (200 * (number % 3) + 9)
    if index:
        add_entry(contents, 0, 1).set("href", "#index")
        names = ElementTree.SubElement(body, "nav", {"id": "index"})
        for number in range(chapters, 0, -1):
            add_entry(names, number, lines_an_entry)
    return html


def add_entry(nav: Element, number: int, lines: int) -> Element:
    line = ElementTree.SubElement(nav, "p")
    entry = ElementTree.SubElement(line, "a", {"href": f"#chapter-{number}"})
    entry.text = f"第{number}章" + "潮" * (18 * (lines - 1))
    return entry


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each chapter is set, by its first words, and each page furnished."""
    counted: Counter[str] = Counter()
    set_chapter, furnish = Typesetter.set_chapter, Typesetter.furnish

    def counted_chapter(self, chapter, references, side):  # type: ignore[no-untyped-def]
        counted["chapter " + chapter.root.find("body/*").get("id", "".join(chapter.root.itertext())[:3])] += 1
        return set_chapter(self, chapter, references, side)

    def counted_furniture(self, places):  # type: ignore[no-untyped-def]
        counted.update(f"page {place.number}" for place in places)
        return furnish(self, places)

    monkeypatch.setattr(Typesetter, "set_chapter", counted_chapter)
    monkeypatch.setattr(Typesetter, "furnish", counted_furniture)
    return counted


def numbers(page: str) -> list[int]:
    return [int(line.split()[-1]) for line in page.splitlines() if line.split()[-1:] and line.split()[-1].isdigit()]


def test_short_lists_are_set_once_with_their_numbers(shelf: Shelf, done: Counter[str]) -> None:
    book = shelf.set(listed_book(6))
    assert {name: times for name, times in done.items() if times > 1} == {}
    front = numbers(texts(book.pdf)[0])
    expected = [*(book.anchors[f"chapter-{number}"] for number in range(1, 7)), book.anchors["index"]]
    assert front[: len(expected)] == expected


def test_a_list_that_is_longer_than_was_supposed_still_has_the_right_numbers(shelf: Shelf, done: Counter[str]) -> None:
    book = shelf.set(listed_book(25, lines_an_entry=3))
    assert book.anchors["chapter-1"] > 2, "few entries, which yet fill more than the page that they were given"
    printed = [number for page in texts(book.pdf)[: book.anchors["chapter-1"] - 1] for number in numbers(page)]
    assert set(printed) >= {book.anchors[f"chapter-{number}"] for number in range(1, 26)}
    assert done["chapter 第1章"] == 1


def test_an_index_at_the_end_is_never_tried_before_its_numbers_are_known(shelf: Shelf, done: Counter[str]) -> None:
    shelf.set(listed_book(60))
    assert done["chapter index"] == 1
    assert done["chapter contents"] == 2


@pytest.mark.parametrize("lines", [1, 3])
def test_bytes_are_the_same_for_any_jobs_and_for_what_was_kept(shelf: Shelf, tmp_path: Path, lines: int) -> None:
    tree, cache = listed_book(25, lines), Cache(tmp_path / "cache")
    expected = shelf.set(tree).pdf
    assert shelf.set(tree, workshop=Workshop(2)).pdf == expected
    assert shelf.set(tree, workshop=Workshop(2, cache)).pdf == expected
    workshop = Workshop(store=cache)
    assert shelf.set(tree, workshop=workshop).pdf == expected
    shelf.set(listed_book(24, lines, index=False), workshop=workshop)
    assert shelf.set(tree, workshop=workshop).pdf == expected


@pytest.mark.parametrize("told", [False, True])
def test_a_page_more_furnishes_all_pages_again_only_if_they_tell_the_total(
    tmp_path: Path, done: Counter[str], told: bool
) -> None:
    sheet, workshop = tmp_path / "book.css", Workshop()
    sheet.write_text(STYLES if told else STYLES.replace('"/" counter(pages)', ""), encoding="utf-8")
    look = Look(tmp_path, (sheet,), None, 300)
    before = set_book(Order(listed_book(6, index=False), look, "zh"), workshop)
    done.clear()
    after = set_book(Order(listed_book(6), look, "zh"), workshop)
    assert after.pages == before.pages + 1
    assert ("page 3" in done) is told
    assert f"page {after.pages}" in done
