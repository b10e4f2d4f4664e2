"""A meeting that names nobody: its booklet has a programme, and no list that would be empty."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pdfplumber
import pytest
from lxml import html

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from tests.publication import write_small_publication

PROGRAMME = "sessions:\n  - {id: visit, kind: discussion, title: {zh: 参观港口, en: A visit to the port}}\n"
LISTS = ("嘉宾名录", "人名索引")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nobody")
    write_small_publication(folder)
    for path in ("report.yaml", "summaries/shan-wei.md", "summaries/shan-wei.en.md"):
        (folder / path).unlink()
    (folder / "people.yaml").write_text("{}\n", encoding="utf-8")
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    editions = (Edition.PRINT, Edition.REVIEW, Edition.WEB, Edition.EPUB)
    build(BuildRequest(folder, folder / "output", editions, ("zh-Hans",)))
    return folder / "output"


def test_no_list_is_printed_and_none_in_the_contents(output: Path) -> None:
    with pdfplumber.open(output / "small-forum.zh-Hans.print.pdf") as pdf:
        text = "".join(page.extract_text() for page in pdf.pages).replace(" ", "")
    assert "参观港口" in text
    assert not [heading for heading in LISTS if heading in text]


def test_other_faces_have_none_either(output: Path) -> None:
    word = docx.Document(str(output / "small-forum.zh-Hans.review.docx"))
    assert not [paragraph.text for paragraph in word.paragraphs if paragraph.text in LISTS]
    assert not word.tables
    page = html.parse(str(output / "small-forum.zh-Hans.html"))
    assert not page.xpath("//*[@id='speakers' or @id='index' or @href='#speakers' or @href='#index']")


def test_the_e_book_does_not_claim_an_index(output: Path) -> None:
    with zipfile.ZipFile(output / "small-forum.zh-Hans.epub") as book:
        package = next(name for name in book.namelist() if name.endswith(".opf"))
        assert "index" not in book.read(package).decode()
        assert "人名索引" not in book.read(package).decode()
        assert not [name for name in book.namelist() if "index" in name]
