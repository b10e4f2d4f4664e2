"""A book set by chapters: page numbers that settle, the first page, what cannot be printed, what is kept."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from huikan.cache import Cache
from huikan.finding import Finding
from huikan.render.chapters.book import BookSetter
from huikan.render.chapters.typesetter import Typesetter
from huikan.render.workshop import Workshop
from tests.chapters.books import Shelf, book_tree, texts


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = tmp_path / "publication"
    folder.mkdir()
    return Shelf(folder)


def printed_numbers(pages: list[str]) -> dict[str, int]:
    """The numbers that the contents print, by chapter."""
    return {name: int(number) for name, number in re.findall(r"(第\d+章) (\d+)\s*$", "\n".join(pages), re.MULTILINE)}


@pytest.mark.parametrize("chapters", [5, 40])
def test_contents_print_the_pages_where_chapters_stand(shelf: Shelf, chapters: int) -> None:
    book = shelf.set(book_tree(chapters, 8))
    front = book.anchors["chapter-1"] - 1
    assert (front > 1) is (chapters > 25), "a long list of contents goes over a page"
    printed = printed_numbers(texts(book.pdf)[:front])
    assert printed == {f"第{number}章": book.anchors[f"chapter-{number}"] for number in range(1, chapters + 1)}


def test_contents_that_grow_over_a_page_move_all_numbers(shelf: Shelf) -> None:
    """In one workshop, which has kept the numbers of the shorter book."""
    workshop = Workshop()
    before = shelf.set(book_tree(20, 8), workshop=workshop)
    after = shelf.set(book_tree(40, 8), workshop=workshop)
    assert after.anchors["chapter-1"] > before.anchors["chapter-1"]
    assert after.pdf == shelf.set(book_tree(40, 8)).pdf
    pages = texts(after.pdf)[: after.anchors["chapter-1"] - 1]
    assert printed_numbers(pages)["第40章"] == after.anchors["chapter-40"]


def test_the_first_page_of_the_book_alone_is_first(shelf: Shelf) -> None:
    pages = texts(shelf.set(book_tree()).pdf)
    assert [at for at, page in enumerate(pages, start=1) if "first" in page] == [1]


def test_folios_tell_the_number_of_all_pages(shelf: Shelf) -> None:
    book = shelf.set(book_tree())
    folios = {int(number): int(total) for number, total in re.findall(r"(\d+)/(\d+)", "\n".join(texts(book.pdf)))}
    assert folios == dict.fromkeys(range(3, book.pages + 1, 2), book.pages)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_cannot_be_printed_is_told_with_its_page(shelf: Shelf, jobs: int) -> None:
    tree = book_tree(6, 60)
    title = tree.findall("body/section/h1")[3]
    title.set("data-field", "summaries/x.md#text")
    title.text = "一\U0010fffd二"
    (problem,) = shelf.set(tree, workshop=Workshop(jobs)).problems
    page = shelf.set(book_tree(6, 60)).anchors["chapter-4"]
    assert (problem.code, problem.file) == ("HK088", "summaries/x.md#text")
    assert f"on page {page}" in problem.message


def test_a_picture_that_is_none_and_a_dead_link_are_told_together(shelf: Shelf) -> None:
    tree = book_tree()
    section = tree.findall("body/section")[2]
    ElementTree.SubElement(section, "img", {"src": "missing.png", "alt": "x"})
    ElementTree.SubElement(section, "a", {"href": "#nowhere"}).text = "x"
    first, again = (problems_of(shelf, tree) for _ in range(2))
    assert [finding.code for finding in first] == ["HK097", "HK096"]
    assert "missing.png" in first[0].message
    assert "nowhere" in first[1].message
    assert again == first


def problems_of(shelf: Shelf, tree: ElementTree.Element) -> tuple[Finding, ...]:
    """What a build with a cache on disk tells: the same the second time."""
    return shelf.set(tree, workshop=Workshop(store=Cache(shelf.folder / "cache"))).problems


def test_jobs_and_cache_and_earlier_books_leave_the_bytes_alone(shelf: Shelf, tmp_path: Path) -> None:
    tree, cache, workshop = book_tree(6, 60), Cache(tmp_path / "cache"), Workshop(machine="m")
    expected = shelf.set(tree).pdf
    assert shelf.set(tree, workshop=Workshop(2)).pdf == expected
    assert shelf.set(tree, workshop=Workshop(store=cache)).pdf == expected
    assert shelf.set(tree, workshop=Workshop(2, cache)).pdf == expected
    assert shelf.set(tree, workshop=workshop).pdf == expected
    shelf.set(book_tree(7, 50), workshop=workshop)
    assert shelf.set(tree, workshop=workshop).pdf == expected


def test_a_second_book_sets_the_changed_chapter_alone(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop, tree = Workshop(), book_tree()
    shelf.set(tree, workshop=workshop)
    done, original = list[str](), Typesetter.set_chapter

    def noted(self: Typesetter, chapter, references, side):  # type: ignore[no-untyped-def]
        done.append("".join(chapter.root.itertext())[1:4])
        return original(self, chapter, references, side)

    monkeypatch.setattr(Typesetter, "set_chapter", noted)
    shelf.set(tree, workshop=workshop)
    assert done == []
    changed = book_tree()
    text = changed.findall("body/section")[3].find("p")
    assert text is not None
    assert text.text is not None
    text.text = text.text.replace("潮位", "水位", 1)
    book = shelf.set(changed, workshop=workshop)
    assert done == ["第4章"]
    assert book.pdf == shelf.set(changed).pdf


def test_damaged_entries_of_the_cache_are_set_again(shelf: Shelf, tmp_path: Path) -> None:
    folder, tree = tmp_path / "cache", book_tree()
    expected = shelf.set(tree, workshop=Workshop(store=Cache(folder))).pdf
    entries = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
    assert entries
    for at, path in enumerate(entries):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if at % 2 else data[:-1] + bytes([data[-1] ^ 1]))
    assert shelf.set(tree, workshop=Workshop(store=Cache(folder))).pdf == expected


def test_every_number_fits_after_rounds_that_are_few(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds, original = list[int](), BookSetter._set

    def counted(self, crew, tasks, *batches):  # type: ignore[no-untyped-def]
        rounds.append(len(tasks))
        return original(self, crew, tasks, *batches)

    monkeypatch.setattr(BookSetter, "_set", counted)
    shelf.set(book_tree(60, 8))
    assert len(rounds) <= 4


def test_the_book_says_what_it_is(shelf: Shelf) -> None:
    book = shelf.set(book_tree())
    path = shelf.folder / "book.pdf"
    path.write_bytes(book.pdf)
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title) == "书"
        assert len(pdf.pages) == book.pages
