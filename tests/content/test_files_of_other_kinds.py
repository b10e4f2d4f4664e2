"""Files in another encoding, under another name, or empty: told once, with what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.publication import Problems


@pytest.mark.parametrize(
    ("raw", "words", "hint"),
    [
        ("shan-wei:\n  name: 单伟\n".encode("gb18030"), "GBK, which Notepad calls ANSI", "UTF-8"),
        ("shan-wei:\n  name: 单伟\n".encode("utf-16"), "UTF-16, which Notepad calls Unicode", "UTF-8"),
        (b"PK\x03\x04" + bytes(range(128, 256)), "a document of Word", "copy its text"),
        (b"a: \xff\xff\xff", "not UTF-8 text", "UTF-8"),
    ],
)
def test_a_file_that_is_not_utf_8_says_what_it_is(
    raw: bytes, words: str, hint: str, folder: Path, problems: Problems
) -> None:
    (folder / "people.yaml").write_bytes(raw)
    (found,) = problems()
    assert (found.code, found.file) == ("HK008", "people.yaml")
    assert words in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Shan Wei.md", "name it shan-wei.md"),
        ("shan_wei.md", "name it shan-wei.md"),
        ("单伟.md", "name it shan-wei.md"),
        ("shan-wei.zh.md", "name it shan-wei.md"),
    ],
)
def test_a_misnamed_summary_is_told_how_to_be_named(written: str, hint: str, folder: Path, problems: Problems) -> None:
    if written.startswith("单"):
        (folder / "summaries/shan-wei.en.md").unlink()
    (folder / "summaries/shan-wei.md").rename(folder / "summaries" / written)
    (found,) = problems()
    assert (found.file, found.hint) == (f"summaries/{written}", hint)


@pytest.mark.parametrize("written", ["shan-wei-en.md", "shan-wei_en.md", "shan-wei.EN.md", "shan-wei.english.md"])
def test_a_misnamed_translation_is_told_how_to_be_named(written: str, folder: Path, problems: Problems) -> None:
    (folder / "summaries/shan-wei.en.md").rename(folder / "summaries" / written)
    (found,) = problems()
    assert (found.file, found.hint) == (f"summaries/{written}", "name it shan-wei.en.md")


@pytest.mark.parametrize("written", ["shan-wei (1)", "shan-wei - 副本", "shan-wei 最终版", "shan-wei_v2"])
def test_a_copy_of_a_summary_is_told_as_that(written: str, folder: Path, problems: Problems) -> None:
    shutil.copy(folder / "summaries/shan-wei.md", folder / f"summaries/{written}.md")
    (found,) = problems()
    assert "delete it if it is a copy of shan-wei.md" in found.hint


def test_a_file_of_nobody_is_told_once(folder: Path, problems: Problems) -> None:
    (folder / "people.yaml").write_text("# to be written\n", encoding="utf-8")
    (found,) = [each for each in problems() if each.file != "report.yaml"]
    assert (found.where, found.message) == ("people.yaml:1:1", "nobody stands in the file")


@pytest.mark.parametrize(
    ("name", "hint"), [("Photos", "rename the folder Photos to photos"), ("照片", "照片 to photos")]
)
def test_a_folder_of_pictures_by_another_name_is_to_be_renamed(
    name: str, hint: str, folder: Path, problems: Problems
) -> None:
    (folder / "photos").rename(folder / name)
    assert all(hint in found.hint for found in problems())


def test_one_picture_in_another_folder_does_not_move_the_others(folder: Path, problems: Problems) -> None:
    people = folder / "people.yaml"
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("photos/shan-wei.jpg", "图/单伟.jpg"), encoding="utf-8")
    (found,) = problems()
    assert (found.code, found.hint) == ("HK030", "copy the picture into photos/, and write photos/单伟.jpg")


def test_entries_by_names_in_chinese_alone_are_known_by_them(folder: Path, problems: Problems) -> None:
    people = folder / "people.yaml"
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("shan-wei:", "单伟:").replace("en: Shan Wei", ""), encoding="utf-8")
    assert not any("known here: ," in found.hint for found in problems())


def test_languages_in_the_wrong_order_are_told_once(folder: Path, problems: Problems) -> None:
    booklet, programme = folder / "booklet.yaml", folder / "programme.yaml"
    text = booklet.read_text(encoding="utf-8")
    booklet.write_text(text.replace("[zh-Hans, en]", "[en, zh-Hans]"), encoding="utf-8")
    assert "ada-osei" in programme.read_text(encoding="utf-8")
    (folder / "summaries/ada-osei.md").write_text("---\nappearance: ada-osei\n---\n\n潮汐。\n", encoding="utf-8")
    (folder / "summaries/ada-osei.en.md").write_text("Tides.\n", encoding="utf-8")
    (found,) = problems()
    assert (found.code, found.where) == ("HK024", "booklet.yaml:5:12")
    assert "the language of the files ID.md" in found.hint
