from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.importers.outline import import_outline
from huikan.importers.write import write_imported
from huikan.render.docx import DocumentProperties, WordPages, write_docx
from huikan.render.docx.bookmarks import anchor_bookmark
from huikan.render.html import parse_html, render_html
from huikan.resources import builtin
from tests.docx.documents import find, opened, page, part, tokens, values, written
from tests.docx.programs import bookmark_pages, converted, sdk_errors
from tests.docx.reading import document_words, tree_words

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT.parent / "shared" / "forum" / "forum.txt"

HOSTILE = page(
    "<p data-field='a#1'>控制\u0007\u000b\ufffe字符</p><p>" + "长" * 5000 + "</p><p>" + "W" * 5000 + "</p>"
    "<p lang='ar'>مرحبا بالعالم</p><p>👩‍👩‍👧‍👦 𬱖 㛃</p><p><a href='https://例子.测试/路 径?\"<>'>链接</a></p>"
    "<ul><li><p>一<span class='footnote'>注<strong>文</strong></span></p><ol><li><p>二</p></li></ol></li></ul>"
    "<blockquote><p>引文</p></blockquote><pre><code>a  b\n\tc\n</code></pre><hr>"
    "<table><thead><tr><th>甲</th></tr></thead><tbody><tr><td></td></tr></tbody></table>"
    "<table><tbody><tr><td>乙</td></tr></tbody></table>"
)


@dataclass(frozen=True)
class Made:
    """A publication's tree, and the document written from it."""

    tree: Element
    document: bytes
    pages: WordPages


def made(folder: Path, language: str, theme: str = "default") -> Made:
    labels = load_labels(language, (builtin("templates"),))
    booklet = resolve(load_publication(folder).publication, labels)
    tree = parse_html(render_html(booklet, labels, [builtin("templates")]))
    properties = DocumentProperties(booklet.id, language, booklet.title.text, booklet.date, "0.1.0")
    target = io.BytesIO()
    pages = write_docx(tree, target, images=lambda name: folder / name, tokens=tokens(theme), document=properties)
    return Made(tree, target.getvalue(), pages)


def record(folder: Path) -> Path:
    if not RECORD.is_file():
        pytest.skip("the real record is not beside this checkout: ../shared/forum/forum.txt")
    write_imported(import_outline(RECORD.read_text(encoding="utf-8"), "forum.txt"), folder / "content")
    return folder / "content"


def publication(name: str, folder: Path) -> Path:
    return ROOT / "content" if name == "sample" else record(folder)


EVERY = [
    ("sample", "zh-Hans", "default"),
    ("sample", "en", "default"),
    ("sample", "zh-Hans", "a5"),
    ("sample", "en", "a5"),
    ("record", "zh-Hans", "default"),
]


@pytest.mark.parametrize(("name", "language", "theme"), EVERY)
def test_the_sdk_finds_no_error_and_the_words_are_those_of_the_tree(
    name: str, language: str, theme: str, tmp_path: Path
) -> None:
    booklet = made(publication(name, tmp_path), language, theme)
    assert document_words(booklet.document) == tree_words(booklet.tree)
    assert sdk_errors(booklet.document, tmp_path) == []


@pytest.mark.parametrize(("name", "language", "theme"), EVERY)
def test_cached_page_numbers_are_those_of_libreoffice(name: str, language: str, theme: str, tmp_path: Path) -> None:
    booklet = made(publication(name, tmp_path), language, theme)
    pages, bookmarks = bookmark_pages(converted(booklet.document, tmp_path))
    assert len(booklet.pages.anchors) > 40
    there = {name: bookmarks[anchor_bookmark(name)] for name in booklet.pages.anchors}
    assert there == booklet.pages.anchors
    assert pages == booklet.pages.pages


def test_hostile_words_make_a_valid_document(tmp_path: Path) -> None:
    document, _ = written(HOSTILE)
    assert sdk_errors(document, tmp_path) == []
    assert opened(document).paragraphs[0].text == "控制字符"


def test_an_empty_tree_is_a_document_of_one_page(tmp_path: Path) -> None:
    document, pages = written("")
    assert pages.pages == 1
    assert sdk_errors(document, tmp_path) == []


def test_the_same_tree_gives_the_same_bytes_dated_by_the_event() -> None:
    first, _ = written(HOSTILE)
    second, _ = written(HOSTILE)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2024, 11, 6, 0, 0, 0)}


def test_properties_name_the_booklet_its_language_and_the_engine() -> None:
    document, _ = written(page("<p>话</p>"))
    core = opened(document).core_properties
    assert (core.title, core.language) == ("会刊", "zh-Hans")
    assert core.created == core.modified == dt.datetime(2024, 11, 6, tzinfo=dt.UTC)
    custom = part(document, "docProps/custom.xml")
    stated = {entry.get("name"): "".join(values(entry, ".//text()")) for entry in custom}
    assert stated["huikan.booklet"] == "forum"
    assert stated["huikan.language"] == "zh-Hans"
    assert stated["huikan.engine"] == "0.1.0"


def test_settings_mirror_margins_track_changes_and_compress_punctuation() -> None:
    settings = part(written(page("<p>话</p>"))[0], "word/settings.xml")
    for name in ("mirrorMargins", "trackRevisions", "evenAndOddHeaders"):
        assert find(settings, f"w:{name}"), name
    assert not find(settings, "w:updateFields")
    assert values(settings, "w:characterSpacingControl/@w:val") == ["compressPunctuation"]
    assert "，" in values(settings, "w:noLineBreaksBefore/@w:val")[0]
    assert "（" in values(settings, "w:noLineBreaksAfter/@w:val")[0]


def test_sections_bear_their_heading_on_the_recto_and_the_event_on_the_verso() -> None:
    cover = '<section class="cover"><p class="series">论坛</p><h1 class="title">题</h1></section>'
    body = cover + page('<h2 class="heading">甲节</h2><p>话</p>', "session", "甲节")
    body += '<section class="session" id="b" data-running="乙节"><h2 class="heading">乙节</h2></section>'
    document, pages = written(body)
    assert (pages.pages, pages.anchors) == (3, {"session": 2, "b": 3})
    sections = find(part(document, "word/document.xml"), "//w:sectPr")
    relationships = {item.get("Id"): item.get("Target") for item in part(document, "word/_rels/document.xml.rels")}
    heads = []
    for section in sections:
        parts = [relationships[name] for name in values(section, "w:headerReference/@r:id")]
        heads.append(["".join(values(part(document, f"word/{name}"), "//w:t/text()")) for name in parts])
    assert heads == [[], ["甲节", "论坛"], ["乙节", "论坛"]]
    recto = part(document, f"word/{relationships[values(sections[1], 'w:headerReference/@r:id')[0]]}")
    assert values(recto, "//w:instrText/text()") == [" STYLEREF 1 "]


@pytest.mark.parametrize(("theme", "width", "height"), [("default", 11906, 16157), ("a5", 8391, 11906)])
def test_the_page_is_that_of_the_theme_on_a_grid_of_lines_and_characters(theme: str, width: int, height: int) -> None:
    document, _ = written(page("<p>话</p>"), theme=theme)
    section = find(part(document, "word/document.xml"), "//w:sectPr")[-1]
    size = values(section, "w:pgSz/@w:w") + values(section, "w:pgSz/@w:h")
    assert [int(value) for value in size] == pytest.approx([width, height], abs=2)
    assert values(section, "w:docGrid/@w:type") == ["linesAndChars"]
    assert int(values(section, "w:docGrid/@w:linePitch")[0]) == round(tokens(theme).length("line") * 20)
    inner, outer = values(section, "w:pgMar/@w:left")[0], values(section, "w:pgMar/@w:right")[0]
    assert int(inner) > int(outer)
