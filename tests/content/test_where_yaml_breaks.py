"""Slips that break YAML are told on the line on which they were made, not where a parser noticed, in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publication import Edit, Problems

TITLE = "  title: {zh: 编辑, en: Editor}"
LIN_YUE = "  affiliation: [press]"

BREAKS: dict[str, tuple[str, str, str, str, str, str]] = {
    "a key without a colon": (
        "people.yaml",
        LIN_YUE,
        "  affiliation [press]",
        "10:14",
        "no colon behind 'affiliation'",
        "write affiliation: [press]",
    ),
    "an id without a colon": ("people.yaml", "lin-yue:", "lin-yue", "7:8", "no colon", "write lin-yue:"),
    "the first key without a colon": (
        "booklet.yaml",
        "id: small-forum",
        "id small-forum",
        "1:3",
        "no colon behind 'id'",
        "write id: small-forum",
    ),
    "an equals sign for a colon": (
        "booklet.yaml",
        "date: 2024",
        "date= 2024",
        "3:5",
        "no colon behind 'date'",
        "write date: 2024-11-06",
    ),
    "a full-width blank behind a colon": (
        "people.yaml",
        "affiliation: institute",
        "affiliation:\u3000institute",
        "5:15",
        "a blank of another kind behind the colon",
        "write affiliation: institute",
    ),
    "a full-width comma in braces": (
        "people.yaml",
        "{zh: 编辑, en",
        "{zh: 编辑，en",
        "9:17",
        "a full-width ， between { and }",
        "write a ,",
    ),
    "no comma in braces": ("people.yaml", "{zh: 编辑, en", "{zh: 编辑 en", "9:17", "no comma before 'en'", ", en:"),
    "a bracket left open": ("people.yaml", "[海岸研究所, 所长]", "[海岸研究所, 所长", "4:15", "not closed", "with ]"),
    "a brace left open": ("people.yaml", "en: Editor}", "en: Editor", "9:10", "{ is not closed", "with }"),
    "a bracket closed with another": ("people.yaml", ", 所长]", ", 所长}", "4:25", "[ is closed with }", "write ]"),
    "a bracket closed with a full-width one": ("people.yaml", "[press]", "[press】", "10:22", "with 】", "write ]"),
    "a bracket too many": ("people.yaml", "[press]", "[press]]", "10:23", "] closes nothing", "delete it"),
    "full-width braces": ("people.yaml", TITLE, "  title: ｛zh: 编辑, en: Editor｝", "9:10", "full-width", "{ and }"),
    "a quotation mark left open far above another": (
        "people.yaml",
        "sort: {zh: shan wei}\n",
        'note: "shan wei\n  note2: "x"\n',
        "3:9",
        "a quotation mark is not closed",
        'with "',
    ),
    "words behind a quotation mark": ("people.yaml", "name: Ada Osei", 'name: "Ada" Osei', "12:15", "behind", "whole"),
    "words behind a bracket": ("people.yaml", "name: Ada Osei", "name: [Ada] Osei", "12:15", "behind ]", "quotation"),
    "an indent of one space too many": (
        "people.yaml",
        "  affiliation: institute",
        "   affiliation: institute",
        "5:4",
        "begins in column 4",
        "indent both alike",
    ),
    "an indent of one space too few": (
        "people.yaml",
        LIN_YUE,
        LIN_YUE[1:],
        "10:2",
        "begins in column 2, 'title' (line 9) in column 3",
        "begin it in column 3",
    ),
    "a key that lost its indent": ("people.yaml", TITLE, TITLE.strip(), "9:1", "around it in column 3", "alike"),
    "a hyphen a space off": (
        "booklet.yaml",
        "  - role: organiser",
        " - role: organiser",
        "9:2",
        "begins in column 2",
        "column 3",
    ),
    "an item without a hyphen": (
        "programme.yaml",
        "      - {person: shan-wei, id",
        "      lin-yue\n      - {person: shan-wei, id",
        "18:7",
        "no hyphen before 'lin-yue'",
        "write - lin-yue",
    ),
    "a full-width hyphen": ("programme.yaml", "- ada-osei", "－ada-osei", "17:7", "－ begins no item", "- ada-osei"),
    "full-width hyphens before every item": (
        "programme.yaml",
        "      - {person: shan-wei, id",
        "      －lin-yue\n      －shan-wei\n      － {person: shan-wei, id",
        "18:7",
        "－ begins no item",
        "- lin-yue",
    ),
    "a bullet": ("programme.yaml", "- ada-osei", "• ada-osei", "17:7", "• begins no item", "write - ada-osei"),
    "a number before an item": ("programme.yaml", "- ada-osei", "1、ada-osei", "17:7", "1、 begins no", "- ada-osei"),
    "a paragraph that lost its indent": (
        "booklet.yaml",
        "    论坛在**上海**举行。\n",
        "    论坛在**上海**举行。\n\n海岸很长。\n",
        "15:1",
        "a paragraph begins in column 1, the text above it in column 5",
        "begin it in column 5",
    ),
    "an item among keys": (
        "booklet.yaml",
        "  - role: host\n",
        "  主办:\n",
        "9:3",
        "an item of a list stands beside the key '主办' (line 7)",
        "a hyphen before each of them, or before none",
    ),
    "a key among items": (
        "booklet.yaml",
        "  - role: organiser\n",
        "  承办:\n",
        "9:3",
        "the key '承办' stands beside items of a list",
        "a hyphen before each of them",
    ),
    "words of no key": ("people.yaml", TITLE, f"{TITLE}\n请核对", "10:1", "belongs to no key", "KEY:"),
    "words behind a bar": ("booklet.yaml", "zh: |\n", "zh: | 导言\n", "12:9", "words behind |", "line below"),
    "a comma too many": ("people.yaml", "{zh: 编辑, en", "{zh: 编辑,, en", "9:18", "nothing stands before", "delete"),
    "a list on the line of its key": (
        "programme.yaml",
        "    hosts: [lin-yue]",
        "    hosts: - lin-yue",
        "7:12",
        "a list begins on the line of its key",
        "on a line of its own",
    ),
    "a backslash between quotation marks": (
        "people.yaml",
        "photos/shan-wei.jpg",
        '"photos\\shan-wei.jpg"',
        "6:17",
        "a backslash",
        "write /",
    ),
    "a percent sign in braces": (
        "people.yaml",
        "zh: 编辑",
        "zh: %编辑",
        "9:15",
        "cannot begin with %",
        '"%编辑"',
    ),
}


@pytest.mark.parametrize("slip", BREAKS)
def test_a_slip_is_told_on_its_own_line_in_plain_words(slip: str, edit: Edit, problems: Problems) -> None:
    file, old, new, where, words, hint = BREAKS[slip]
    edit(file, old, new)
    (found,) = [finding for finding in problems() if finding.file == file]
    assert (found.code, found.where) == ("HK002", f"{file}:{where}")
    assert words in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("head", "where", "words", "hint"),
    [
        ("---\nappearance：shan-wei\n---\n", "2:11", "a full-width colon", "write appearance: shan-wei"),
        ("---\nappearance shan-wei\n---\n", "2:11", "no colon behind 'appearance'", "write appearance: shan-wei"),
        ("---\n appearance: shan-wei\nnote: a\n---\n", "2:2", "begins in column 2", "begin it in column 1"),
        ("---\nappearance: shan-wei\n———\n", "3:1", "does not end", "write --- for ———"),
        ("---\nappearance: shan-wei\n", "1:1", "does not end", "a line ---, as line 3"),
        ("\n---\nappearance: shan-wei\n---\n", "1:1", "does not say whose text", "empty lines above it"),
    ],
)
def test_a_slip_in_the_head_of_a_summary_is_told_on_its_line(
    head: str, where: str, words: str, hint: str, folder: Path, problems: Problems
) -> None:
    (folder / "summaries/shan-wei.md").write_text(f"{head}\n城市依海而兴。\n", encoding="utf-8")
    (found,) = problems()
    assert found.where == f"summaries/shan-wei.md:{where}"
    assert words in found.message
    assert hint in found.hint
