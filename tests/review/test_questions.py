"""Open questions go out as comments where they belong, and comments that come back are kept as notes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.content.load import load_publication
from huikan.content.model import Edition
from huikan.finding import ContentError
from huikan.review.copy import read_copy
from tests.review.copies import (
    changed_lines,
    commented,
    merged,
    planned,
    publication,
    sent_copy,
    shown,
    snapshot,
)

SENTENCE = "城市依海而兴。"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return publication(tmp_path)


def changed(content: Path, name: str, old: str, new: str) -> None:
    path = content / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def outgoing(copy: Path) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Each comment of a copy that goes out: author, words, the fields and the words that it stands on."""
    places = {place.id: place for place in shown(copy).comments}
    return [
        (comment.author, comment.text, places[comment.id].fields, places[comment.id].words)
        for comment in read_copy(copy).comments
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "words"),
    [
        (
            "people.yaml",
            "title: {zh: 研究员, en: Research Fellow}",
            "title: {zh: 研究员, en: Research Fellow, note: 头衔待核？}",
            "people.yaml#ada-osei.title.zh",
            "研究员",
        ),
        (
            "people.yaml",
            "name: Ada Osei",
            "name: Ada Osei\n  note: 头衔待核？",
            "people.yaml#ada-osei.name",
            "Ada Osei",
        ),
        (
            "summaries/shan-wei.md",
            "appearance: shan-wei",
            "appearance: shan-wei\nnote: 头衔待核？",
            "summaries/shan-wei.md#1",
            SENTENCE,
        ),
        (
            "programme.yaml",
            "    title: {zh: 致辞, en: Opening}",
            "    note: 头衔待核？\n    title: {zh: 致辞, en: Opening}",
            "programme.yaml#sessions.opening.title.zh",
            "致辞",
        ),
        (
            "programme.yaml",
            "      - ada-osei",
            "      - {person: ada-osei, note: 头衔待核？}",
            "people.yaml#ada-osei.name",
            "Ada Osei",
        ),
        (
            "organisations.yaml",
            "  short: {zh: 海岸所, en: CI}",
            "  short: {zh: 海岸所, en: CI}\n  note: 头衔待核？",
            "organisations.yaml#institute.name.zh",
            "海岸研究所",
        ),
        (
            "report.yaml",
            "  - caption: {zh: 潮位, en: Levels}",
            "  - caption: {zh: 潮位, en: Levels}\n    note: 头衔待核？",
            "report.yaml#figures.0.caption.zh",
            "潮位",
        ),
        (
            "booklet.yaml",
            "venue: {zh: 上海, en: Shanghai}",
            "venue: {zh: 上海, en: Shanghai, note: 头衔待核？}",
            "booklet.yaml#venue.zh",
            "上海",
        ),
    ],
)
def test_a_note_goes_out_beside_its_field_and_says_nothing_when_it_comes_back(
    content: Path, name: str, old: str, new: str, field: str, words: str
) -> None:
    changed(content, name, old, new)
    copy = sent_copy(content)
    assert outgoing(copy) == [("Huikan", "头衔待核？", (field,), words)]
    before = snapshot(content)
    assert not merged(content, copy, keep_comments=True).files
    assert snapshot(content) == before


def test_a_note_is_never_printed(content: Path) -> None:
    changed(content, "people.yaml", "en: Editor}", "en: Editor, note: 头衔待核？}")
    output = content.parent / "output"
    build(BuildRequest(content, output, (Edition.WEB,), ("zh-Hans",)))
    assert "头衔待核" not in (output / "small-forum.zh-Hans.html").read_text(encoding="utf-8")


def test_a_note_on_a_text_needs_words_beside_it(content: Path) -> None:
    changed(content, "people.yaml", "title: {zh: 编辑, en: Editor}", "title: {note: 头衔待核？}")
    with pytest.raises(ContentError, match="the text is empty"):
        load_publication(content)


def test_notes_of_others_do_not_stand_in_one_persons_copy(content: Path) -> None:
    changed(content, "people.yaml", "en: Editor}", "en: Editor, note: 头衔待核？}")
    changed(content, "summaries/shan-wei.md", "appearance: shan-wei", "appearance: shan-wei\nnote: 请过目。")
    output = content.parent / "output"
    (built,) = build(BuildRequest(content, output, languages=("zh-Hans",), only=("shan-wei",))).files
    assert [words for _, words, _, _ in outgoing(output / built.name)] == ["请过目。"]


def test_findings_of_check_go_out_where_they_were_made(content: Path) -> None:
    changed(content, "summaries/shan-wei.md", "- 第二，护湾。", "- 第二,护湾。")
    output = content.parent / "output"
    request = BuildRequest(content, output, (Edition.REVIEW,), ("zh-Hans",), with_findings=True)
    copy = output / build(request).files[0].name
    found = {words: (author, fields) for author, words, fields, _ in outgoing(copy)}
    comma = next(words for words in found if "“,”" in words)
    assert re.search(r"→ .* \[HK\d{3}\]$", comma)
    assert found[comma] == ("Huikan", ("summaries/shan-wei.md#3",))
    assert next(fields for words, (_, fields) in found.items() if "Ada Osei has no summary" in words) == (
        "people.yaml#ada-osei.name",
    )
    assert not outgoing(sent_copy(content)), "without the wish for them there are none"


def test_the_part_with_comments_is_declared_as_word_wants_it(content: Path) -> None:
    changed(content, "people.yaml", "en: Editor}", "en: Editor, note: 头衔待核？}")
    with zipfile.ZipFile(sent_copy(content)) as archive:
        assert "wordprocessingml.comments+xml" in archive.read("[Content_Types].xml").decode()
        assert "comments.xml" in archive.read("word/_rels/document.xml.rels").decode()
        document = archive.read("word/document.xml").decode()
    order = [document.index(f"<w:{tag} ") for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("words", "on", "line"),
    [
        (SENTENCE, "依海", "note: '林编辑 2024-11-07: 此处是否准确？ (“依海”)'"),
        ("研究员", "研究员", 'note: "林编辑 2024-11-07: 此处是否准确？ (“研究员”)"}'),
        ("Ada Osei", "Ada", "  note: '林编辑 2024-11-07: 此处是否准确？ (“Ada”)'"),
    ],
)
def test_a_comment_is_kept_as_a_note_when_that_is_asked_for(content: Path, words: str, on: str, line: str) -> None:
    copy = commented(sent_copy(content), words, on, [("林编辑", "此处是否准确？", "")])
    assert not planned(content, copy).files
    plan = merged(content, copy, keep_comments=True)
    *_, added = changed_lines(plan)
    assert added.replace('"', "'").endswith(line.replace('"', "'"))
    after = snapshot(content)
    assert not merged(content, copy, keep_comments=True).files
    assert snapshot(content) == after


def test_a_thread_is_kept_whole_below_the_note_that_is_there(content: Path) -> None:
    changed(content, "summaries/shan-wei.md", "appearance: shan-wei", "appearance: shan-wei\nnote: |\n  请过目。")
    said = [("林编辑", "此处是否准确？", ""), ("Ada", "已核对。", "0")]
    copy = commented(sent_copy(content), SENTENCE, "依海", said, start=1)
    merged(content, copy, keep_comments=True)
    head = (content / "summaries" / "shan-wei.md").read_text(encoding="utf-8").split("---")[1]
    assert head == (
        "\nappearance: shan-wei\nnote: |\n  请过目。\n"
        "  林编辑 2024-11-07: 此处是否准确？ (“依海”)\n  Ada 2024-11-07: 已核对。\n"
    )


def test_a_resolved_comment_is_not_kept(content: Path) -> None:
    copy = commented(sent_copy(content), SENTENCE, "依海", [("林编辑", "此处是否准确？", "")], resolved=True)
    assert not planned(content, copy, keep_comments=True).files


def test_a_comment_on_a_translation_without_a_head_gives_it_one(content: Path) -> None:
    copy = commented(sent_copy(content, "en"), "A city lives by its coast.", "coast", [("Ada", "Which one?", "")])
    merged(content, copy, keep_comments=True)
    text = (content / "summaries" / "shan-wei.en.md").read_text(encoding="utf-8")
    assert text.startswith("---\nnote: ")
    assert "Ada 2024-11-07: Which one? (“coast”)" in text
    assert text.endswith("---\n\nA city lives by its coast.\n\n- First, the shore.\n- Second, the bay.\n")
    assert load_publication(content).publication.summaries["shan-wei"].prose["en"].strip().startswith("A city")
