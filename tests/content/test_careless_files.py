"""What a hurried editor leaves behind is told with what to do, and stops no build that can be made without it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.check.run import check_folder
from huikan.content.load import load_publication
from huikan.content.model import Edition
from huikan.finding import ContentError
from tests.publication import Edit, Problems


@pytest.mark.parametrize(
    ("notes", "printed"),
    [
        ("[^1]: 港口[^1]。", "港口[^1]。"),
        ("[^1]: 港口[^2]。\n[^2]: 潮汐[^1]。", "港口（潮汐[^1]。）。"),
        ("[^1]: 港口[^2]。\n[^2]: 潮汐。", "港口（潮汐。）。"),
        ("[^1]: Ports[^2].\n[^2]: Tides.", "Ports (Tides.)."),
    ],
)
def test_a_note_that_refers_to_itself_or_another_is_one_note(
    notes: str, printed: str, folder: Path, tmp_path: Path
) -> None:
    text = f"---\nappearance: shan-wei\n---\n\n单伟说海岸[^1]。\n\n{notes}\n"
    (folder / "summaries" / "shan-wei.md").write_text(text, encoding="utf-8")
    build(BuildRequest(folder, tmp_path / "out", (Edition.REVIEW, Edition.WEB), ("zh-Hans",)))
    with zipfile.ZipFile(tmp_path / "out" / "small-forum.zh-Hans.review.docx") as word:
        footnotes = word.read("word/footnotes.xml").decode("utf-8")
    assert re.sub(r"<[^>]+>|\s+(?=<)", "", footnotes).strip().endswith(printed)
    assert "w:footnoteReference " not in footnotes
    page = (tmp_path / "out" / "small-forum.zh-Hans.html").read_text(encoding="utf-8")
    (note,) = re.findall(r'<li id="note-\d+"[^>]*>(.*?)<a class="back"', page)
    assert note == printed


def test_texts_in_a_folder_of_a_language_are_told(folder: Path) -> None:
    (folder / "summaries" / "en").mkdir()
    (folder / "summaries" / "shan-wei.en.md").rename(folder / "summaries" / "en" / "shan-wei.md")
    (warning,) = load_publication(folder).warnings
    assert (warning.code, warning.file) == ("HK026", "summaries/en/shan-wei.md")
    assert "into summaries/ itself, each named ID.en.md" in warning.hint


def test_an_icc_profile_that_is_not_there_is_told_where_it_is_named(edit: Edit, folder: Path, tmp_path: Path) -> None:
    edit("booklet.yaml", "date:", "press: {profile: shop.icc}\ndate:")
    (warning,) = load_publication(folder).warnings
    assert (warning.code, warning.where) == ("HK055", "booklet.yaml:3:18")
    assert warning.message == "there is no ICC profile 'shop.icc'"
    with pytest.raises(ContentError, match="there is no such file"):
        build(BuildRequest(folder, tmp_path / "out", (Edition.PRESS,), ("en",)))


@pytest.mark.parametrize(
    ("file", "old", "new", "hint"),
    [
        ("booklet.yaml", "date:", "editions: Word\ndate:", "write editions: [review]"),
        ("booklet.yaml", "date:", "editions: 印刷、Word\ndate:", "write editions: [print, review]"),
        (
            "people.yaml",
            "ada-osei:\n  name: Ada Osei\n  title: {zh: 研究员, en: Research Fellow}\n"
            "  bio: {zh: 研究*潮汐*。, en: Studies *tides*.}\n",
            "ada-osei: Ada Osei\n",
            "write name: Ada Osei below ada-osei:, indented by two spaces",
        ),
        ("report.yaml", '- [甲, "1"]', "- 甲, 1", "write - [甲, 1]"),
    ],
)
def test_a_text_for_a_list_or_an_entry_is_answered_with_what_to_write(
    file: str, old: str, new: str, hint: str, edit: Edit, problems: Problems
) -> None:
    edit(file, old, new)
    (found,) = problems()
    assert found.hint == hint


def test_a_name_of_two_lines_does_not_break_a_message(edit: Edit, folder: Path) -> None:
    edit("people.yaml", "name: Ada Osei", "name: |\n    Ada Osei\n    (online)")
    named = [finding for finding in check_folder(folder).findings if "Ada Osei" in finding.message]
    assert named
    assert not any("\n" in finding.message for finding in named)


def test_a_person_without_a_name_in_the_first_language_is_called_by_the_other(edit: Edit, folder: Path) -> None:
    edit("people.yaml", "name: {zh: 林悦, en: Lin Yue}", "name: {en: Lin Yue}")
    messages = [finding.message for finding in check_folder(folder).findings]
    assert "Lin Yue has no photograph, others in the session have one" in messages


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"GIF89a\x01\x00", "GIF picture"),
        (b"BM\x36\x00", "BMP picture"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<!DOCTYPE html>\n<html>404</html>", "web page"),
        (b"PK\x03\x04", "Word file or an archive"),
    ],
)
def test_a_file_that_was_renamed_to_jpg_is_called_what_it_is(
    content: bytes, kind: str, folder: Path, problems: Problems
) -> None:
    (folder / "photos" / "shan-wei.jpg").write_bytes(content)
    (found,) = problems()
    assert (found.code, found.where) == ("HK034", "people.yaml:6:10")
    assert found.message == f"'photos/shan-wei.jpg' is a {kind}, whatever it is called"


def test_a_person_listed_twice_by_mistake_is_to_be_deleted_once(edit: Edit, problems: Problems) -> None:
    edit("programme.yaml", "hosts: [lin-yue]", "hosts: [lin-yue, lin-yue]")
    (found,) = problems()
    assert found.where == "programme.yaml:7:22"
    assert found.hint.startswith("delete it if the person is listed twice by mistake")
