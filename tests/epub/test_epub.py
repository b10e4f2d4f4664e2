"""The e-book: the printed words chapter by chapter, links and notes that work, facts for reading systems."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from PIL import Image

from huikan.build import BuildRequest, build
from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.model import BILINGUAL, Edition
from huikan.content.resolve import resolve
from huikan.render.html import parse_html, render_html
from huikan.resources import builtin
from tests.archive.awkward import write_awkward_publication
from tests.booklet.reading import plain, tree_text
from tests.epub.reading import LANG, Opened, typed
from tests.publication import write_small_publication
from tests.web.pages import marked, words

pytestmark = pytest.mark.xdist_group("epub")

CONTENT = Path(__file__).resolve().parents[2] / "content"
LANGUAGES = ("zh-Hans", "en")


@dataclass(frozen=True)
class Books:
    content: Path
    output: Path

    def opened(self, language: str) -> Opened:
        (file,) = self.output.glob(f"*.{language}.epub")
        return Opened(file)

    def semantic(self, language: str) -> Element:
        labels = load_labels(language, (builtin("templates"),))
        booklet = resolve(load_publication(self.content).publication, labels)
        return parse_html(render_html(booklet, labels, [builtin("templates")]))


def built(content: Path, output: Path, *languages: str) -> Books:
    build(BuildRequest(content, output, (Edition.EPUB,), languages))
    return Books(content, output)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return built(CONTENT, tmp_path_factory.mktemp("epub"), *LANGUAGES, BILINGUAL)


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Books:
    content = tmp_path_factory.mktemp("awkward")
    write_awkward_publication(content)
    return built(content, content / "out")


def printed_words(semantic: Element) -> list[str]:
    """The words of each part of the body; the title page follows the cover and leaves out what that has said."""
    parts = [part for part in next(semantic.iter("body")) if not part.get("data-only")]
    cover, title_page = parts.pop(0), parts.pop(0)
    said = {tree_text(part) for part in cover if part.tag in {"p", "h1"}}
    first = [words(cover), *(words(part) for part in title_page if part.tag != "p" or tree_text(part) not in said)]
    return ["".join(first), *map(words, parts)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_says_what_the_printed_part_says_in_the_same_order(sample: Books, language: str) -> None:
    cover, *chapters = sample.opened(language).chapters.values()
    shown = []
    for chapter in chapters:
        first, *landmarks = next(chapter.iter("body"))
        assert all(element.get("hidden") for element in landmarks)
        shown.append(words(first))
    assert tree_text(next(cover.iter("body"))) == ""
    assert shown == printed_words(sample.semantic(language))


def test_everything_that_markdown_can_say_is_there(awkward: Books) -> None:
    chapters = list(awkward.opened("zh-Hans").chapters.values())[1:]
    assert [words(next(iter(next(chapter.iter("body"))))) for chapter in chapters] == printed_words(
        awkward.semantic("zh-Hans")
    )


@pytest.mark.parametrize("language", [*LANGUAGES, BILINGUAL])
def test_every_link_leads_somewhere_and_every_picture_is_there(sample: Books, language: str) -> None:
    book = sample.opened(language)
    ids = {name: {element.get("id") for element in root.iter()} - {None} for name, root in book.chapters.items()}
    seen = 0
    for name, root in book.chapters.items():
        for link in root.iter("a"):
            file, _, anchor = link.get("href", "").partition("#")
            if not file.startswith("http"):
                seen += 1
                assert not anchor or anchor in ids[file or name], link.get("href")
            assert plain("".join(link.itertext())), "a link without words"
        for image in root.iter("img"):
            assert image.get("alt")
            with Image.open(io.BytesIO(book.file(name, image.get("src", "")))) as picture:
                assert picture.format in {"JPEG", "PNG"}
    assert seen > 70


def test_notes_are_asides_that_their_numbers_call_and_that_lead_back(awkward: Books) -> None:
    book = awkward.opened("zh-Hans")
    printed = [tree_text(note) for note in marked(awkward.semantic("zh-Hans"), "footnote")]
    told = []
    for root in book.chapters.values():
        for call in typed(root, "noteref"):
            (note,) = [one for one in typed(root, "footnote") if f"#{one.get('id')}" == call.get("href")]
            (back,) = [link for link in note.iter("a") if link.get("role") == "doc-backlink"]
            assert (note.tag, back.get("href"), back.text) == ("aside", f"#{call.get('id')}", call.text)
            told.append(tree_text(note).removeprefix(call.text or ""))
    assert len(printed) == 2
    assert told == printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_contents_and_landmarks_are_those_of_the_print(sample: Books, language: str) -> None:
    book = sample.opened(language)
    (name,) = [name for name, root in book.chapters.items() if typed(root, "toc")]
    (toc,) = [element for element in book.chapters[name].iter("nav") if "toc" in element.get("class", "").split()]
    printed = [tree_text(link) for link in next(sample.semantic(language).iter("nav")).iter("a")]
    assert [tree_text(link) for link in toc.iter("a")] == printed
    (landmarks,) = typed(book.chapters[name], "landmarks")
    meanings = [link.get("{http://www.idpf.org/2007/ops}type") for link in landmarks.iter("a")]
    assert meanings == ["cover", "titlepage", "copyright-page", "toc", "bodymatter", "index"]


def test_metadata_names_book_languages_bodies_and_accessibility(sample: Books) -> None:
    book = sample.opened("en")
    assert "Combating Infringement" in book.dublin_core("title")[0]
    assert (book.dublin_core("language"), sample.opened(BILINGUAL).dublin_core("language")) == (
        ["en"],
        ["zh-Hans", "en"],
    )
    assert book.dublin_core("creator")[0] == "Ministry of Commerce"
    assert book.dublin_core("date") == ["2024-11-06"]
    assert book.stated("dcterms:modified") == ["2024-11-06T00:00:00Z"]
    assert book.stated("schema:accessMode") == ["textual", "visual"]
    assert book.stated("schema:accessibilityHazard") == ["none"]
    assert {"alternativeText", "tableOfContents", "readingOrder"} <= set(book.stated("schema:accessibilityFeature"))
    assert len(book.stated("schema:accessibilitySummary")[0]) > 40
    identifiers = {sample.opened(language).dublin_core("identifier")[0] for language in (*LANGUAGES, BILINGUAL)}
    assert len(identifiers) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_tell_their_language_and_links_between_chapters_name_files(sample: Books, language: str) -> None:
    for name, root in sample.opened(language).chapters.items():
        assert (root.get("lang"), root.get(LANG)) == (language, language), name
        assert all(element.get("lang") == element.get(LANG) for element in root.iter())
        assert not [attribute for element in root.iter() for attribute in element.attrib if attribute[:5] == "data-"]


def test_cover_is_a_picture_of_the_printed_one(sample: Books) -> None:
    book = sample.opened("zh-Hans")
    (item,) = [item for item in book.package.iter() if item.get("properties") == "cover-image"]
    with Image.open(io.BytesIO(book.file("package.opf", item.get("href", "")))) as picture:
        assert (picture.format, picture.height) == ("PNG", 1600)
        assert abs(picture.width / picture.height - 210 / 285) < 0.002, "the page's shape, without bleed"
        colour = picture.convert("RGB").getpixel((20, 1580))
    assert colour == (0x0F, 0x2A, 0x44), "--cover-blue"


def test_tokens_stand_in_the_stylesheet_and_a_theme_changes_them(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    (tmp_path / "styles" / "themes" / "plain").mkdir(parents=True)
    (tmp_path / "styles" / "themes" / "plain" / "tokens.css").write_text(":root { --blue: #123456; }")
    booklet = tmp_path / "booklet.yaml"
    booklet.write_text(booklet.read_text(encoding="utf-8") + "theme: plain\n", encoding="utf-8")
    styles = built(tmp_path, tmp_path / "out", "en").opened("en").files["EPUB/styles.css"].decode()
    assert "var(--" not in styles
    assert "color: #123456" in styles
    assert re.search(r'font-family: "LXGW WenKai", ', styles)


def test_container_tells_its_type_first_and_no_time_of_making(sample: Books) -> None:
    with zipfile.ZipFile(sample.opened("en").path) as container:
        first, *others = container.infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert sample.opened("en").files["mimetype"] == b"application/epub+zip"
    assert {entry.date_time for entry in (first, *others)} == {(2024, 11, 6, 0, 0, 0)}


def test_a_draft_marks_what_is_not_translated_and_not_approved(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    people = tmp_path / "people.yaml"
    text = people.read_text(encoding="utf-8").replace("{zh: 研究员, en: Research Fellow}", "{zh: 研究员}")
    people.write_text(text, encoding="utf-8")
    for draft in (True, False):
        build(BuildRequest(tmp_path, tmp_path / "out", (Edition.EPUB,), ("en",), draft=draft))
        opened = Opened(tmp_path / "out" / "small-forum.en.epub")
        chapters = opened.chapters.values()
        marks = {tree_text(part) for root in chapters for part in root.iter() if "data-untranslated" in part.attrib}
        assert ("研究员" in marks) == draft
        assert any(marked(root, "approval") for root in chapters) == draft
    assert "[data-untranslated] { background: #" in opened.files["EPUB/styles.css"].decode()
    assert "var(--" not in opened.files["EPUB/styles.css"].decode()
