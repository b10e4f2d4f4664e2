"""The tags of an archive: one element of the text is one tag, with its role, its language and its words in order."""

from __future__ import annotations

import itertools

import pytest

from tests.archive.awkward import write_awkward_publication
from tests.archive.booklets import archive_of
from tests.archive.tags import Tag, TaggedPdf

pytestmark = pytest.mark.xdist_group("archive")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> TaggedPdf:
    folder = tmp_path_factory.mktemp("awkward")
    write_awkward_publication(folder)
    return TaggedPdf(archive_of(folder, "zh-Hans"))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> TaggedPdf:
    folder = tmp_path_factory.mktemp("awkward")
    write_awkward_publication(folder)
    return TaggedPdf(archive_of(folder, "en"))


def article(archive: TaggedPdf, name: str) -> Tag:
    return next(tag for tag in archive.find("Art") if tag.children[0].text == name)


def test_every_marked_content_is_tagged_or_an_artifact(archive: TaggedPdf) -> None:
    for page in range(archive.pages):
        assert archive.marked_ids(page) == archive.tagged_ids(page)
    assert any(archive.artifacts(page, "/Pagination") for page in range(archive.pages)), "running heads are artifacts"


def test_the_parent_tree_agrees_with_the_tags(archive: TaggedPdf) -> None:
    assert archive.parent_tree_problems() == []


def test_a_paragraph_over_pages_is_one_tag(archive: TaggedPdf) -> None:
    (paragraph,) = [tag for tag in archive.find("P") if tag.text.startswith("潮位记录逐年积累")]
    assert paragraph.text == "潮位记录逐年积累，堤岸随之加高，沿岸居民的生活因此安稳。" * 90
    assert len(paragraph.pages) >= 2


def test_headings_have_no_gaps_and_begin_with_the_title(archive: TaggedPdf) -> None:
    levels = [int(tag.role[1]) for tag in archive.walk() if tag.role in {"H1", "H2", "H3", "H4", "H5", "H6"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert {"一级标题", "跳过一级的标题"} <= {tag.text for tag in archive.walk() if tag.role in {"H4", "H5"}}


def test_a_summary_reads_in_its_order(archive: TaggedPdf) -> None:
    roles = [tag.role for tag in article(archive, "单伟").children]
    assert roles == ["H3", "P", "Div", "P", "Div"]
    portrait = article(archive, "单伟").children[2]
    assert [tag.role for tag in portrait.children] == ["Figure", "Caption"]
    assert portrait.children[0].alternative == "海岸研究所所长单伟，出席“小型论坛”论坛并致辞"
    left, bottom, right, top = portrait.children[0].bounds
    assert 0 < left < right < archive.width
    assert 0 < bottom < top < archive.height


def test_a_caption_without_a_picture_is_a_paragraph(archive: TaggedPdf) -> None:
    assert [tag.role for tag in article(archive, "Ada Osei").children[2].walk()] == ["Div", "P"]


def test_lists_have_labels_and_bodies_and_nest(archive: TaggedPdf) -> None:
    lists = [tag for tag in article(archive, "单伟").walk() if tag.role == "L"]
    outer, inner = lists
    assert outer.attribute("ListNumbering") == "/Disc"
    assert inner.attribute("ListNumbering") == "/Decimal"
    assert [[tag.role for tag in item.children] for item in inner.children] == [["Lbl", "LBody"]] * 2
    assert [item.children[0].text.strip() for item in inner.children] == ["1.", "2."]


def test_definition_lists_pair_each_label_with_its_words(archive: TaggedPdf) -> None:
    organisers = next(tag for tag in archive.find("L") if tag.children[0].children[0].text == "主办单位")
    words = [[(tag.role, tag.text) for tag in item.children] for item in organisers.children]
    assert words == [
        [("Lbl", "主办单位"), ("LBody", "海岸研究所")],
        [("Lbl", "承办单位"), ("LBody", "海岸研究所"), ("LBody", "灯塔出版社")],
    ]


def test_table_headers_have_a_scope(archive: TaggedPdf) -> None:
    cells = list(archive.find("TH"))
    assert {cell.attribute("Scope") for cell in cells} == {"/Row", "/Column"}
    (table,) = [tag for tag in article(archive, "单伟").walk() if tag.role == "Table"]
    assert [[(cell.role, cell.text.strip()) for cell in row.children] for row in table.walk() if row.role == "TR"] == [
        [("TH", "年份"), ("TH", "堤长")],
        [("TD", "2023"), ("TD", "12")],
        [("TD", "2024"), ("TD", "15")],
    ]


def test_a_link_is_one_tag_with_its_words_children_and_areas(archive: TaggedPdf) -> None:
    links = {tag.target: tag for tag in article(archive, "单伟").walk() if tag.role == "Link"}
    assert set(links) == {f"https://example.org/{name}" for name in "abc"}
    assert links["https://example.org/a"].text.replace(" ", "") == "海岸公报v2"
    assert len(links["https://example.org/a"].annotations) == 1, "its bold and italic words are no links of their own"
    heights = [float(annotation.Rect[1]) for annotation in links["https://example.org/b"].annotations]
    assert len(set(heights)) == len(heights) >= 2, "one area on each line"
    assert all(annotation.Contents for link in links.values() for annotation in link.annotations)


def test_notes_have_ids_and_stand_where_they_are_called(archive: TaggedPdf) -> None:
    notes = list(archive.find("Note"))
    assert [note.identifier for note in notes] == ["note-1", "note-2"]
    assert [note.children[0].text.strip() for note in notes] == ["1.", "2."]
    paragraph = next(tag for tag in archive.find("P") if tag.text.startswith("城市依海而兴"))
    assert [tag.role for tag in paragraph.children] == ["Reference", "Note", "Link", "Link"]


def test_the_contents_are_a_toc_of_links(archive: TaggedPdf) -> None:
    toc = next(iter(archive.find("TOC")))
    assert {item.role for item in toc.children} == {"TOCI"}
    assert all([tag.role for tag in item.children[0].walk()] == ["Reference", "Link"] for item in toc.children)
    assert all("·" not in tag.text for tag in toc.walk() if tag.role == "Link"), "leaders are artifacts"


def test_words_of_another_language_say_so(archive: TaggedPdf, english: TaggedPdf) -> None:
    assert (archive.language, english.language) == ("zh-Hans", "en")
    (translated,) = [tag for tag in archive.walk() if tag.text == "Small Forum" and tag.language]
    assert translated.language == "en"
    assert any(tag.language.startswith("zh") for tag in english.walk() if tag.text.startswith("小型论坛"))


def test_decoration_is_not_tagged(archive: TaggedPdf) -> None:
    assert all(figure.alternative for figure in archive.find("Figure"))
    assert {page for figure in archive.find("Figure") for page in figure.pages}.isdisjoint({0, archive.pages - 1})
