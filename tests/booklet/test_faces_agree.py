"""The PDF and the Word copy print the words of the same tree, in the same order."""

from __future__ import annotations

import re

import pdfplumber
import pypdfium2
import pytest

from tests.booklet.conftest import BuiltBooklet
from tests.booklet.reading import docx_text, pdf_pages, plain, tree_text

pytestmark = pytest.mark.xdist_group("sample")

LANGUAGES = ["zh-Hans", "en"]


def _sections(booklet: BuiltBooklet, language: str) -> list[str]:
    """The plain words of each paragraph-like element of the tree that both faces print, in order."""
    leaves = {"p", "h1", "h2", "h3", "h4", "h5", "figcaption", "dt", "dd", "td", "th", "li"}
    words = []

    def walk(node: object) -> None:
        for child in node:  # type: ignore[attr-defined]
            if not isinstance(child.tag, str) or child.get("data-only") or child.tag in {"head", "nav"}:
                continue
            if child.tag in leaves and not any(inner.tag in leaves for inner in child.iter() if inner is not child):
                words.append(tree_text(child))
            else:
                walk(child)

    walk(booklet.tree(language))
    return [word for word in words if word]


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_copy_holds_the_words_of_the_tree_in_order(sample: BuiltBooklet, language: str) -> None:
    text = docx_text(sample.docx(language))
    at = 0
    for words in _sections(sample, language):
        for piece in _around_footnotes(sample, language, words):
            found = text.find(piece, at)
            assert found >= 0, f"missing or out of order in Word: {piece[:40]}"
            at = found


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_pdf_holds_every_paragraph_of_the_tree(sample: BuiltBooklet, language: str) -> None:
    pages = pdf_pages(sample.pdf(language))
    text = "".join(pages)
    last_page = 0
    for words in _sections(sample, language):
        for piece in _around_footnotes(sample, language, words):
            assert piece in text, f"missing in the PDF: {piece[:40]}"
            if len(piece) > 60 and text.count(piece) == 1:
                page = _page_of(pages, piece)
                assert page >= last_page, f"out of order in the PDF: {piece[:40]}"
                last_page = page


def _page_of(pages: tuple[str, ...], piece: str) -> int:
    return next(number for number, page in enumerate(pages) if piece in page)


def _around_footnotes(booklet: BuiltBooklet, language: str, words: str) -> list[str]:
    """A paragraph in pieces: a footnote's words stand at the foot of the page, its call in their place."""
    for note in booklet.tree(language).iter("span"):
        if note.get("class") == "footnote":
            inner = tree_text(note)
            if inner and inner in words:
                before, after = words.split(inner, 1)
                return [piece for piece in (before, after) if len(piece) > 1]
    return [words]


@pytest.mark.parametrize("language", LANGUAGES)
def test_footnotes_are_printed_once_in_each_face(sample: BuiltBooklet, language: str) -> None:
    import zipfile

    notes = [tree_text(note) for note in sample.tree(language).iter("span") if note.get("class") == "footnote"]
    assert notes
    with zipfile.ZipFile(sample.docx(language)) as package:
        in_word = plain(re.sub(r"<[^>]+>", "", package.read("word/footnotes.xml").decode()))
    in_print = "".join(pdf_pages(sample.pdf(language)))
    for note in notes:
        assert in_word.count(note) == 1
        assert in_print.count(note) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_are_numbered_in_print(sample: BuiltBooklet, language: str) -> None:
    """Word numbers the list by its style; in print the numbers are the list's markers."""
    (listed,) = (element for element in sample.tree(language).iter("ol") if element.get("class") == "findings")
    with pdfplumber.open(sample.pdf(language)) as pdf:
        for number, finding in enumerate(listed, start=1):
            opening = tree_text(finding)[:4]
            lines = [line for page in pdf.pages for line in page.extract_text_lines() if opening in plain(line["text"])]
            assert f"{number}.{opening}" in {plain(line["text"])[: len(opening) + 2] for line in lines}


def test_pictures_are_the_same_in_number(sample: BuiltBooklet) -> None:
    import zipfile

    pictures = sum(1 for _ in sample.tree().iter("img"))
    with zipfile.ZipFile(sample.docx()) as package:
        in_word = package.read("word/document.xml").count(b'descr="')
    document = pypdfium2.PdfDocument(sample.pdf())
    try:
        in_print = sum(
            1 for page in document for item in page.get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
        )
    finally:
        document.close()
    assert pictures == 20
    assert in_print == pictures
    assert in_word >= pictures
