"""Dates, times, numbers, words, keys and ids in the forms of a Chinese secretariat: the error names what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.content.load import load_publication
from huikan.content.other_forms import date_hint, number_hint, time_hint
from tests.publication import Edit, Problems

DATES = {
    "2025年10月20日": "write 2025-10-20",
    "2025年10月20日（星期一）": "write 2025-10-20",
    "2025/10/20": "write 2025-10-20",
    "2025.10.20": "write 2025-10-20",
    "２０２５．１０．２０": "write 2025-10-20",
    "2025—10—20": "write 2025-10-20",
    "2025-1-2": "write 2025-01-02",
    "20251020": "write 2025-10-20",
    "二〇二五年十月二十日": "write 2025-10-20",
    "20 October 2025": "write 2025-10-20",
    "October 20, 2025": "write 2025-10-20",
    "25/10/20": "write 2025-10-20, if the year comes first",
    "10月20日": "write the year too, in four digits: YEAR-10-20",
    "2025年10月20日至22日": "write date: 2025-10-20 and end_date: 2025-10-22",
    "2025-10-30—2025-11-01": "write date: 2025-10-30 and end_date: 2025-11-01",
    "2025年2月30日": "February 2025 has 28 days",
    "2025-13-01": "there is no month 13; write it as 2024-11-06",
    "金秋十月": "write it as 2024-11-06",
    "": "write it as 2024-11-06",
}
TIMES = {
    "下午3时": "write 15:00",
    "下午2:30": "write 14:30",
    "10月20日下午3时": "write 15:00",
    "2025-10-20 09:00": "write 09:00",
    "上午9点半": "write 09:30",
    "下午三点一刻": "write 15:15",
    "中午12:30": "write 12:30",
    "晚上7点": "write 19:00",
    "１４：３０": "write 14:30",
    "9:30": "write 09:30",
    "14.30": "write 14:30",
    "930": "write 09:30",
    "2:30 PM": "write 14:30",
    "2:30": "write 14:30 if it is in the afternoon, 02:30 if it is at night",
    "24:00": "write 23:59, or 00:00 of the day after",
    "09:00-11:30": "write start: 09:00 and end: 11:30",
    "下午2:30至4:00": "write start: 14:30 and end: 16:00",
    "10:00-2:00": "write start: 10:00 and end: 14:00",
    "会后": "write it as 09:30",
}


@pytest.mark.parametrize("written", DATES)
def test_the_error_of_a_date_names_the_date_to_write(written: str, edit: Edit, problems: Problems) -> None:
    edit("booklet.yaml", "date: 2024-11-06", f"date: {written}")
    (found,) = problems()
    assert (found.code, found.file, found.line, found.hint) == ("HK010", "booklet.yaml", 3, DATES[written])
    assert "None" not in found.message


@pytest.mark.parametrize("written", TIMES)
def test_the_error_of_a_time_names_the_time_to_write(written: str, edit: Edit, problems: Problems) -> None:
    edit("programme.yaml", "start: 09:30", f"start: {written}")
    (found,) = problems()
    assert (found.code, found.where, found.hint) == ("HK010", "programme.yaml:5:12", TIMES[written])


@pytest.mark.parametrize("number", ["1千", "3.5万", "100k", "二百"])
def test_a_number_that_says_how_many_tens_is_not_named_without_them(number: str) -> None:
    assert number_hint(number) == ""


def test_units_are_no_part_of_a_number() -> None:
    assert [number_hint(number) for number in ("157克", "第七届", "3.5 mm")] == ["write 157", "write 7", "write 3.5"]


@pytest.mark.parametrize("number", ["99", "999月99日", "9" * 30, "两", "十", "—", "24点60分", "十十十", "0月0日"])
def test_numbers_that_are_no_day_and_no_time_are_no_traceback(number: str) -> None:
    assert isinstance(date_hint(number, []) + time_hint(number), str)


@pytest.mark.parametrize(
    ("file", "old", "new", "hint"),
    [
        ("programme.yaml", "kind: opening", "kind: 开幕式", "write opening"),
        ("programme.yaml", "kind: panel", "kind: 圆桌讨论", "write discussion"),
        ("programme.yaml", "kind: panel", "kind: PANEL", "write panel"),
        ("programme.yaml", "kind: panel", "kind: ｐａｎｅｌ", "write panel"),
        ("programme.yaml", "topic:", "role: 主旨发言\n        topic:", "write keynote"),
        ("programme.yaml", "topic:", "mode: 视频连线\n        topic:", "write video"),
        ("booklet.yaml", "role: host", "role: 主办单位", "write host"),
        ("booklet.yaml", "role: host", "role: 指导单位", "co-organiser (协办), host (主办)"),
        ("booklet.yaml", "role: organiser", "role: Organizer", "write organiser"),
        ("booklet.yaml", "[zh-Hans, en]", "[zh-Hans, 英文]", "write en"),
        ("booklet.yaml", "languages:", "editions: [Word]\nlanguages:", "write review"),
        ("booklet.yaml", "languages:", "press: {binding: 骑马钉}\nlanguages:", "write saddle-stitch"),
        ("booklet.yaml", "languages:", "bilingual: 是\nlanguages:", "write true"),
        ("booklet.yaml", "languages:", "edition_number: 第七届\nlanguages:", "write 7"),
        ("booklet.yaml", "languages:", "paper: {grammage: 80克}\nlanguages:", "write 80"),
        ("people.yaml", "affiliation: institute", "单位: institute", "did you mean 'affiliation'?"),
        ("people.yaml", "{zh: 林悦, en", "{中文: 林悦, en", "did you mean 'zh'?"),
        ("people.yaml", "{zh: 林悦, en", "{zh-CN: 林悦, en", "did you mean 'zh'?"),
        ("programme.yaml", "- ada-osei", "- Ada Osei", "write ada-osei"),
        ("programme.yaml", "hosts: [lin-yue]", "hosts: [林悦]", "write lin-yue"),
        ("programme.yaml", "hosts: [lin-yue]", "hosts: lin-yue、ada-osei", "write hosts: [lin-yue, ada-osei]"),
        ("booklet.yaml", "members: [institute]", "members: [海岸研究所]", "write institute"),
        ("people.yaml", "affiliation: institute", "affiliation: 海岸所", "write institute"),
        ("people.yaml", "ada-osei:", "Ada_Osei:", "write ada-osei: "),
        ("people.yaml", "lin-yue:", "林悦:", "write lin-yue: "),
        ("people.yaml", "photos/shan-wei.jpg", "shan-wei.jpg", "did you mean 'photos/shan-wei.jpg'?"),
        ("people.yaml", "photos/shan-wei.jpg", "photos／shan-wei．jpg", "did you mean 'photos/shan-wei.jpg'?"),
        ("summaries/shan-wei.md", "appearance: shan-wei", "appearance: 单伟", "write shan-wei"),
        ("programme.yaml", "sessions:", "环节:", "did you mean 'sessions'?"),
        ("people.yaml", "photo: photos", "note: a\n  photo: {path: a}\n  # photos", "did you mean 'file'?"),
        ("people.yaml", "affiliation: institute", "affiliation: “institute”", "write institute"),
        ("programme.yaml", "- ada-osei", "- ada‐osei", "write ada-osei"),
        ("programme.yaml", "- ada-osei", "- ada-osei\u200b", "write ada-osei"),
        ("booklet.yaml", "2024-11-06", "2O24-l1-06", "write 2024-11-06"),
        ("booklet.yaml", "[zh-Hans, en]", "中文、英文", "write languages: ["),
        ("booklet.yaml", "[zh-Hans, en]", "zh-Hans, en", "write languages: [zh-Hans, en]"),
        ("booklet.yaml", "languages:", "check: {allow: [{rule: hk213, reason: a}]}\nlanguages:", "write HK213"),
        ("people.yaml", "zh: 编辑", "zh: [编辑: 主任]", "holds a colon"),
        ("people.yaml", "name: Ada Osei", "name: ~", "write a text"),
        ("people.yaml", "{zh: 林悦, en", "{zh:林悦, en", "write a blank behind the colon: zh: 林悦"),
        (
            "people.yaml",
            "name: {zh: 林悦, en: Lin Yue}",
            "name: zh: 林悦, en: Lin Yue",
            "languages: {zh: 林悦, en: Lin Yue}",
        ),
        ("programme.yaml", "- ada-osei", "- ada-osei、lin-yue", "an item of its own: ada-osei, lin-yue"),
        ("programme.yaml", "- ada-osei", "- ada-osei - lin-yue", "an item of its own: ada-osei, lin-yue"),
        ("programme.yaml", "hosts: [lin-yue]", "hosts: 林悦、Ada Osei", "write hosts: [lin-yue, ada-osei]"),
        ("programme.yaml", "hosts: [lin-yue]", "hosts: • 某某 • 某人", "begin each item with a hyphen"),
        ("booklet.yaml", "role: host", "role: [host, organiser]", "write one of them"),
    ],
)
def test_a_word_in_another_language_or_form_is_told_once_with_the_one_to_write(
    file: str, old: str, new: str, hint: str, edit: Edit, problems: Problems
) -> None:
    edit(file, old, new)
    (found,) = problems()
    assert found.file == file
    assert hint in found.hint


def test_a_first_language_by_another_name_does_not_make_the_names_of_summaries_wrong(
    edit: Edit, problems: Problems
) -> None:
    edit("booklet.yaml", "[zh-Hans, en]", "[zh, en]")
    (found,) = problems()
    assert (found.where, found.hint) == ("booklet.yaml:5:13", "write zh-Hans")


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "hint"),
    [
        (
            "people.yaml",
            "  photo: photos/shan-wei.jpg",
            "photo: photos/shan-wei.jpg",
            "6:1",
            "indent photo: like the lines above",
        ),
        ("people.yaml", "lin-yue:", "  lin-yue:", "7:3", "begin it in column 1"),
        ("people.yaml", "  affiliation: institute", "  bio:\n    zh: 林\n    sort: 林", "7:5", "further left"),
        ("people.yaml", "en: Studies *tides*.}", "en: a}\n  en: b", "15:3", "further right"),
        (
            "programme.yaml",
            "      - ada-osei\n",
            "      - ada-osei\n       - lin-yue\n",
            "17:9",
            "the line below is indented deeper",
        ),
        (
            "people.yaml",
            "name: Ada Osei",
            "name:\n    - zh: 艾达\n",
            "13:7",
            "delete the hyphens",
        ),
    ],
)
def test_an_indent_that_yaml_reads_otherwise_is_told_once_as_that(
    file: str, old: str, new: str, where: str, hint: str, edit: Edit, problems: Problems
) -> None:
    edit(file, old, new)
    (found,) = problems()
    assert found.where == f"{file}:{where}"
    assert hint in found.hint


def test_a_picture_above_the_folder_is_not_suggested(folder: Path, edit: Edit, problems: Problems) -> None:
    (folder.parent / "shan.jpg").write_bytes(b"")
    edit("people.yaml", "photos/shan-wei.jpg", "．．/shan.jpg")
    (found,) = problems()
    assert (found.code, found.hint) == ("HK030", "copy the picture there, or correct the path")


def test_ids_of_several_letters_and_cases_stay_valid(folder: Path) -> None:
    assert load_publication(folder).publication.people.keys() == {"shan-wei", "lin-yue", "ada-osei"}
