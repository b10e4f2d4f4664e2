"""What editors of Chinese texts mistype in YAML: named where it stands, with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.content.load import load_publication
from tests.publication import Edit, Problems

TITLE = "  title: {zh: 编辑, en: Editor}"

SLIPS: dict[str, tuple[str, str, str, str, str]] = {
    "a full-width colon": (
        "people.yaml",
        "  affiliation: [press]",
        "  affiliation：[press]",
        "10:14",
        "write affiliation: [",
    ),
    "a full-width colon behind an id": ("people.yaml", "lin-yue:", "lin-yue：", "7:8", "write lin-yue:"),
    "a colon without a blank": ("booklet.yaml", "date: 2024-11-06", "date:2024-11-06", "3:5", "write date: 2024-11-06"),
    "an ideographic blank": ("people.yaml", TITLE, f"\u3000{TITLE}", "9:1", "indent with spaces"),
    "a blank that does not break": (
        "people.yaml",
        TITLE,
        TITLE.replace("  ", "\u00a0\u00a0", 1),
        "9:1",
        "indent with spaces",
    ),
    "an indent too deep": ("people.yaml", TITLE, f" {TITLE}", "9:4", "indent both alike"),
    "an indent too shallow": ("people.yaml", TITLE, TITLE.strip(), "9:1", "indent all alike"),
    "a quotation mark left open": ("people.yaml", "name: Ada Osei", 'name: "Ada Osei', "12:9", "close the text"),
    "a text that begins with an asterisk": (
        "people.yaml",
        "name: Ada Osei",
        "name: *Ada* Osei",
        "12:9",
        '"*Ada* Osei"',
    ),
    "a merge nobody decided": (
        "people.yaml",
        TITLE,
        f"<<<<<<< HEAD\n{TITLE}\n=======\n{TITLE}\n>>>>>>> b",
        "9:1",
        "keep one",
    ),
    "a colon and a blank in a text": ("booklet.yaml", "zh: 上海,", "zh: 上海: 浦东,", "4:15", "quotation marks"),
    "a hyphen without a blank": ("programme.yaml", "      - ada-osei\n", "      -ada-osei\n", "17:7", "- ada-osei"),
    "a full-width colon in braces": (
        "programme.yaml",
        "{person: shan-wei, id",
        "{person：shan-wei, id",
        "18:10",
        "write person: shan-wei",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_where_it_stands(slip: str, edit: Edit, problems: Problems) -> None:
    file, old, new, where, words = SLIPS[slip]
    edit(file, old, new)
    found = [finding.hint for finding in problems() if finding.where == f"{file}:{where}"]
    assert any(words in hint for hint in found)


@pytest.mark.parametrize("written", ["people.yml", "People.yaml", "people.yaml.txt", "peoples.yaml"])
def test_a_required_file_of_another_name_is_to_be_renamed(written: str, folder: Path, problems: Problems) -> None:
    (folder / "people.yaml").rename(folder / written)
    (found,) = problems()
    assert (found.code, found.hint) == ("HK006", f"rename {written} to people.yaml")


@pytest.mark.parametrize("written", ["organisations.yml", "organizations.yaml"])
def test_an_optional_file_of_another_name_is_not_passed_over(written: str, folder: Path, problems: Problems) -> None:
    (folder / "organisations.yaml").rename(folder / written)
    found = [finding for finding in problems() if finding.code == "HK026"]
    assert [(finding.file, finding.hint) for finding in found] == [(written, "rename it to organisations.yaml")]


@pytest.mark.parametrize("written", ["shan-wei.MD", "shan-wei.txt", "shan-wei.md.txt"])
def test_a_summary_that_nobody_would_read_is_told(written: str, folder: Path) -> None:
    (folder / "summaries/shan-wei.en.md").unlink()
    (folder / "summaries/shan-wei.md").rename(folder / "summaries" / written)
    (warning,) = load_publication(folder).warnings
    assert (warning.code, warning.file) == ("HK026", f"summaries/{written}")
    assert "shan-wei.md" in warning.hint


@pytest.mark.parametrize("place", ["摘要", "Summaries", "summaries/day1"])
def test_summaries_in_another_folder_are_told(place: str, folder: Path) -> None:
    (folder / "summaries/shan-wei.en.md").unlink()
    text = (folder / "summaries/shan-wei.md").read_text(encoding="utf-8")
    (folder / "summaries/shan-wei.md").unlink()
    (folder / place).mkdir(parents=True)
    (folder / place / "shan-wei.md").write_text(text, encoding="utf-8")
    (folder / place / "notes.md").write_text("Ask the printer.\n", encoding="utf-8")
    (warning,) = load_publication(folder).warnings
    assert (warning.code, warning.file) == ("HK026", f"{place}/shan-wei.md")
    assert "(a summary)" in warning.hint


def test_a_document_among_the_summaries_is_told(folder: Path) -> None:
    (folder / "summaries/lin-yue.docx").write_bytes(b"PK")
    (warning,) = load_publication(folder).warnings
    assert warning.file == "summaries/lin-yue.docx"
    assert warning.hint == "save its text as lin-yue.md if it is a summary"


@pytest.mark.parametrize("name", ["a#1.jpg", "a?.jpg", "a%20b.jpg"])
def test_a_picture_whose_name_no_address_can_hold_is_told_where_it_is_named(
    name: str, folder: Path, problems: Problems
) -> None:
    (folder / "photos/shan-wei.jpg").rename(folder / "photos" / name)
    people = folder / "people.yaml"
    text = people.read_text(encoding="utf-8").replace("photos/shan-wei.jpg", f'"photos/{name}"')
    people.write_text(text, encoding="utf-8")
    (found,) = problems()
    assert (found.code, found.file, found.line) == ("HK031", "people.yaml", 6)
    assert found.hint == "rename it without #, ? and %"


def test_a_file_where_the_summaries_should_be_is_refused(folder: Path, problems: Problems) -> None:
    for path in (folder / "summaries").iterdir():
        path.unlink()
    (folder / "summaries").rmdir()
    (folder / "summaries").write_text("", encoding="utf-8")
    (found,) = problems()
    assert (found.code, found.file) == ("HK007", "summaries")


@pytest.mark.parametrize("text", ["", "城市依海而兴。\n", "———\nappearance: shan-wei\n———\n\n城市依海而兴。\n"])
def test_a_summary_without_a_head_is_told_how_to_begin(text: str, folder: Path, problems: Problems) -> None:
    (folder / "summaries/shan-wei.md").write_text(text, encoding="utf-8")
    (found,) = problems()
    assert (found.code, found.where) == ("HK010", "summaries/shan-wei.md:1:1")
    assert found.hint == "begin it with three lines: ---, appearance: shan-wei, ---"


def test_a_chinese_file_name_is_shown_as_it_is_written(folder: Path, problems: Problems) -> None:
    (folder / "summaries/单伟.md").write_text("---\nappearance: shan-wei\n---\n", encoding="utf-8")
    (found,) = problems()
    assert found.message == "'单伟' is no id"


def test_an_event_that_ends_before_it_begins_is_named_at_its_end(edit: Edit, problems: Problems) -> None:
    edit("booklet.yaml", "date: 2024-11-06", "date: 2024-11-06\nend_date: 2024-11-05")
    (found,) = problems()
    assert (found.where, found.message) == ("booklet.yaml:4:11", "end_date: the event ends before its date:")


def test_backslashes_in_a_path_are_to_be_turned(edit: Edit, problems: Problems) -> None:
    edit("people.yaml", "photos/shan-wei.jpg", "photos\\shan-wei.jpg")
    (found,) = problems()
    assert (found.code, found.hint) == ("HK031", "write photos/shan-wei.jpg")


def test_a_picture_whose_name_differs_in_case_is_suggested_with_its_folder(folder: Path, problems: Problems) -> None:
    (folder / "photos/shan-wei.jpg").rename(folder / "photos/Shan-Wei.JPG")
    (found,) = problems()
    assert found.hint == "did you mean 'photos/Shan-Wei.JPG'?"


def test_a_telephones_picture_called_jpg_is_no_damaged_one(folder: Path, problems: Problems) -> None:
    (folder / "photos/shan-wei.jpg").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400))
    (found,) = problems()
    assert (found.code, found.hint) == ("HK032", "export it as JPEG")


@pytest.mark.parametrize("name", ["summaries/shan-wei.md", "summaries/shan-wei.en.md"])
def test_a_text_that_is_begun_and_not_written_is_as_good_as_none(name: str, folder: Path) -> None:
    """Of a translation the original stands in for it; of an original nothing is printed, and `check` says so."""
    head = "---\nappearance: shan-wei\n---\n\n" if name.endswith("wei.md") else ""
    (folder / name).write_text(head, encoding="utf-8")
    summaries = load_publication(folder).publication.summaries
    assert [list(summary.prose) for summary in summaries.values()] == ([] if head else [["zh"]])


def test_a_misspelt_person_is_told_once(folder: Path, problems: Problems) -> None:
    """Not again by the summary, which is named rightly."""
    programme = folder / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("- person: shan-wei\n", "- person: shanwei\n", 1), encoding="utf-8")
    (found,) = problems()
    assert (found.code, found.file, found.hint) == ("HK020", "programme.yaml", "did you mean 'shan-wei'?")


def test_a_summary_of_a_host_is_told_as_that(folder: Path, problems: Problems) -> None:
    (folder / "summaries/lin-yue.md").write_text("---\nappearance: lin-yue\n---\n\n潮汐。\n", encoding="utf-8")
    (found,) = problems()
    assert (found.code, found.where) == ("HK022", "summaries/lin-yue.md:2:13")
    assert "as a host alone" in found.message
