"""Summaries longer than a page, with pictures and code among their paragraphs: where they begin, where they end."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from huikan.finding import ContentError
from tests.publication import write_small_publication

PARAGRAPH = "城市依海而兴，港口随潮而变，人们在岸边筑堤，也在岸边休憩。" * 6
CODE = "    depth = 12.5\n" + "    " + " ".join(["tide()"] * 40)


def printed(folder: Path, summary: str) -> pdfplumber.pdf.PDF:
    write_small_publication(folder / "content")
    path = folder / "content/summaries/shan-wei.md"
    path.write_text(f"---\nappearance: shan-wei\n---\n\n{summary}\n", encoding="utf-8")
    hosts = folder / "content/programme.yaml"
    hosts.write_text(hosts.read_text(encoding="utf-8").replace("    hosts: [lin-yue]\n", ""), encoding="utf-8")
    build(BuildRequest(folder / "content", folder / "output", (Edition.PRINT,), ("zh-Hans",)))
    return pdfplumber.open(folder / "output/small-forum.zh-Hans.print.pdf")


@pytest.mark.parametrize("paragraphs", [9, 16])
def test_a_long_first_summary_begins_below_the_heading_of_its_session(tmp_path: Path, paragraphs: int) -> None:
    with printed(tmp_path, "\n\n".join([PARAGRAPH] * paragraphs)) as pdf:
        texts = [page.extract_text().replace(" ", "") for page in pdf.pages]
        headings = ["".join(char["text"] for char in page.chars if char["size"] > 18) for page in pdf.pages]
    begin = next(number for number, text in enumerate(texts) if "城市依海而兴" in text)
    assert headings[begin] == "致辞"
    assert "单伟" in texts[begin]
    assert "城市依海而兴" in texts[begin + 1]


PROGRAMME_OF_TWO_DAYS = """\
sessions:
  - {id: first, kind: panel, date: 2024-11-06, title: {zh: 开幕, en: First}, items: [ada-osei]}
  - {id: talks, kind: panel, date: 2024-11-06, title: {zh: 发言, en: Talks}, items: [shan-wei, lin-yue]}
  - {id: more, kind: panel, date: 2024-11-07, title: {zh: 次日, en: More}, items: [{person: lin-yue, id: again}]}
"""


@pytest.mark.parametrize("paragraphs", [1, 9, 16])
def test_the_heading_of_a_session_that_flows_is_not_left_alone(tmp_path: Path, paragraphs: int) -> None:
    write_small_publication(tmp_path / "content")
    (tmp_path / "content/programme.yaml").write_text(PROGRAMME_OF_TWO_DAYS, encoding="utf-8")
    for person, text in (("ada-osei", "潮汐有信。"), ("shan-wei", "\n\n".join([PARAGRAPH] * paragraphs))):
        path = tmp_path / f"content/summaries/{person}.md"
        path.write_text(f"---\nappearance: {person}\n---\n\n{text}\n", encoding="utf-8")
    build(BuildRequest(tmp_path / "content", tmp_path / "output", (Edition.PRINT,), ("zh-Hans",)))
    with pdfplumber.open(tmp_path / "output/small-forum.zh-Hans.print.pdf") as pdf:
        begin = next(page for page in pdf.pages if "城市依海而兴" in page.extract_text().replace(" ", ""))
        headings = [char for char in begin.chars if char["size"] > 18]
        tops = {char["text"]: char["top"] for page in pdf.pages for char in page.chars if char["size"] > 18}
    names = "".join(char["text"] for char in headings)
    assert names == ("开幕发言" if paragraphs == 1 else "发言")
    assert paragraphs == 1 or tops["言"] == pytest.approx(tops["录"])


@pytest.mark.parametrize("place", ["{}", "潮水{}涨落。"])
def test_a_picture_in_a_text_is_no_wider_than_its_column(tmp_path: Path, place: str) -> None:
    with printed(tmp_path, PARAGRAPH + "\n\n" + place.format("![岸](photos/shan-wei.jpg)") + "\n\n" + PARAGRAPH) as pdf:
        page = next(page for page in pdf.pages if "城市依海而兴" in page.extract_text().replace(" ", ""))
        picture = max(page.images, key=lambda image: image["width"])
        words = [char for char in page.chars if char["text"] == "岸"]
        left, right = min(char["x0"] for char in words), max(char["x1"] for char in words)
        assert picture["x1"] <= right + 12
        assert picture["x0"] >= left - 36
        assert not [char for char in words if picture["top"] < char["top"] < picture["bottom"]]


def test_code_names_its_language_and_is_wrapped(tmp_path: Path) -> None:
    with printed(tmp_path, f"{PARAGRAPH}\n\n```python\n{CODE}\n```") as pdf:
        page = next(page for page in pdf.pages if "tide()" in page.extract_text())
        assert "python" not in page.extract_text()
        assert max(char["x1"] for char in page.chars) < page.width - 30


def test_a_character_of_no_face_is_told_once_a_file(tmp_path: Path) -> None:
    """A name stands on many pages, and in captions that are derived from it."""
    write_small_publication(tmp_path)
    for name, words in (("people.yaml", "单伟"), ("summaries/shan-wei.md", "城市")):
        path = tmp_path / name
        path.write_text(path.read_text(encoding="utf-8").replace(words, f"{words}\U000f0000", 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        build(BuildRequest(tmp_path, tmp_path / "output", (Edition.PRINT,), ("zh-Hans",)))
    assert [(found.code, found.file) for found in caught.value.findings] == [
        ("HK088", "people.yaml"),
        ("HK088", "summaries/shan-wei.md"),
    ]


@pytest.mark.parametrize(
    ("name", "words"), [("summaries/shan-wei.md", "护湾"), ("booklet.yaml", "论坛在**"), ("people.yaml", "所长")]
)
def test_a_character_of_no_face_is_told_where_it_stands(tmp_path: Path, name: str, words: str) -> None:
    write_small_publication(tmp_path)
    path = tmp_path / name
    text = path.read_text(encoding="utf-8").replace(words, f"{words}\U000f0000", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        build(BuildRequest(tmp_path, tmp_path / "output", (Edition.PRINT,), ("zh-Hans",)))
    before = text.partition("\U000f0000")[0].split("\n")
    found = [(each.code, each.file, each.line, each.column) for each in caught.value.findings]
    assert found == [("HK088", name, len(before), len(before[-1]) + 1)]
