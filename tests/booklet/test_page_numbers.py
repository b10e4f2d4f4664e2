"""Contents, speaker list and index give the page on which the words really stand."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from huikan.content.labels import load_labels
from huikan.content.resolved import Entry
from huikan.render.contents import ContentsLine, contents_of
from huikan.resources import builtin
from tests.booklet.conftest import BuiltBooklet
from tests.booklet.reading import pdf_pages, plain

pytestmark = pytest.mark.xdist_group("sample")


def _destinations(path: Path) -> dict[str, int]:
    """Every named destination of a PDF and its page, from 1."""
    with pikepdf.open(path) as pdf:
        pages: dict[object, int] = {tuple(page.objgen): number for number, page in enumerate(pdf.pages, start=1)}
        tree = pikepdf.NameTree(pdf.Root.Names.Dests)
        return {str(name): pages[tuple(target[0].objgen)] for name, target in tree.items()}


def _flat(lines: tuple[ContentsLine, ...]) -> list[ContentsLine]:
    return [line for top in lines for line in (top, *top.children)]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_contents_give_the_page_on_which_each_heading_stands(sample: BuiltBooklet, language: str) -> None:
    pages = pdf_pages(sample.pdf(language))
    labels = load_labels(language, (builtin("templates"),))
    lines = _flat(contents_of(sample.resolved(language), labels))
    number = _destinations(sample.pdf(language))["toc"]
    contents = pages[number - 1].removesuffix(str(number))
    assert len(lines) > 25
    for line in lines:
        printed = re.search(re.escape(plain(line.text)) + r"·*(\d+)", contents)
        assert printed, f"{line.text} is not in the contents"
        for part in re.split("　|: ", line.text):
            assert plain(part) in pages[int(printed[1]) - 1], f"{line.text} is not on page {printed[1]}"


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_index_gives_every_page_of_every_name(sample: BuiltBooklet, language: str) -> None:
    pages = pdf_pages(sample.pdf(language))
    destinations = _destinations(sample.pdf(language))
    booklet = sample.resolved(language)
    index = pages[destinations["index"] - 1]
    entries = [entry for group in booklet.index for entry in group.entries]
    assert len(entries) == 20
    for entry in entries:
        numbers = [destinations[anchor] for anchor in entry.anchors]
        assert plain(entry.name.text) + "".join(map(str, numbers)) in index
        for number in numbers:
            assert plain(entry.name.text) in pages[number - 1]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_speaker_list_gives_the_page_of_each_summary(sample: BuiltBooklet, language: str) -> None:
    pages = pdf_pages(sample.pdf(language))
    destinations = _destinations(sample.pdf(language))
    booklet = sample.resolved(language)
    listed = "".join(pages[destinations["speakers"] - 1 : destinations["speakers"] + 1])
    entries: list[Entry] = [*booklet.hosts, *(item for session in booklet.speakers for item in session.items)]
    for entry in entries:
        assert entry.title is not None
        row = plain(entry.person.name.text + entry.title.text) + str(destinations[entry.anchor])
        assert row in listed


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_folios_are_the_numbers_of_the_pages(sample: BuiltBooklet, language: str) -> None:
    pages = pdf_pages(sample.pdf(language))
    destinations = _destinations(sample.pdf(language))
    for number in range(destinations["toc"], destinations["index"] + 1):
        assert pages[number - 1].endswith(str(number))
