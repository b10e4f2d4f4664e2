"""Rules about facts: what contradicts itself between people, programme, summaries and report."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.check.registry import RULES
from huikan.check.run import check_folder
from tests.check.editing import found, publication, summary

TITLE = "zh: [海岸研究所, 所长]"
REPORT = "zh: 潮汐报告"

TABLE = "title: 潮汐报告\nabstract: 潮汐。\nfigures:\n  - caption: 表\n    rows:\n      - [A, B]\n"

CASES = [
    # one person, one title
    ("HK101", [summary("海岸研究院所长单伟表示，城市依海而兴。")], ["海岸研究院所长"]),
    ("HK101", [summary("海岸研究所所长单伟表示，城市依海而兴。")], []),
    ("HK101", [summary("在海边，单伟表示，城市依海而兴。")], []),
    ("HK101", [("people.yaml", "sort: {zh: shan wei}", "note: 议程所列职务：海岸所副所长")], ["海岸所副所长"]),
    ("HK101", [("people.yaml", "sort: {zh: shan wei}", "note: 电话联系：秘书处")], []),
    ("HK101", [("programme.yaml", "zh: 无稿", "zh: 无稿}, title: {zh: 海岸研究院所长")], [""]),
    ("HK101", [("programme.yaml", "zh: 无稿", "zh: 无稿}, caption: {zh: 海岸所所长单伟出席")], ["海岸所所长"]),
    # bodies
    ("HK103", [summary("海岸研究院与海岸研究所、海岸所。")], ["海岸研究院"]),
    ("HK103", [("people.yaml", "en: Director", "en: Director，海岸研究院")], ["海岸研究院"]),
    (
        "HK104",
        [
            ("people.yaml", TITLE, "zh: 国家海洋监督管理总局局长"),
            summary("国家海洋监管总局、海洋监管总局、海洋监管局、国家海洋监督管理局。"),
        ],
        ["国家海洋监管总局", "海洋监管总局", "国家海洋监督管理局"],
    ),
    (
        "HK104",
        [("people.yaml", TITLE, "zh: 滨海市人民政府秘书长"), summary("滨海市政府与中国政府部门、市政府。")],
        ["滨海市政府"],
    ),
    ("HK104", [("people.yaml", TITLE, "zh: 中央海洋部港口管理局局长"), summary("港口管理局与东港口管理局。")], []),
    (
        "HK105",
        [("people.yaml", TITLE, "zh: 潮汐数字股份有限公司总裁"), summary("潮汐数字很好，潮汐也很好。")],
        ["潮汐"],
    ),
    ("HK105", [("people.yaml", TITLE, "zh: 潮汐数字股份有限公司总裁"), summary("潮汐数字股份有限公司很好。")], []),
    # the programme
    ("HK106", [], [""]),
    ("HK106", [("programme.yaml", "      - ada-osei\n", "      - {person: ada-osei, no_summary: 无稿}\n")], []),
    (
        "HK106",
        [
            ("programme.yaml", "      - ada-osei\n", "      - {person: ada-osei, start: 09:00, no_summary: 无稿}\n"),
            ("programme.yaml", "no_summary: {zh: 无稿, en: No script}", "note: with her"),
        ],
        [],
    ),
    ("HK107", [("programme.yaml", "      - ada-osei\n", "")], [""]),
    ("HK108", [summary("单伟说，城市依海而兴。"), ("summaries/shan-wei.en.md", "", "Shan spoke.\n")], []),
    ("HK108", [summary("城市依海而兴。")], ["城", "A"]),
    ("HK109", [("programme.yaml", "kind: panel", "kind: panel\n    start: 08:00")], [""]),
    ("HK125", [("booklet.yaml", "languages:", "imprint: {isbn: 978-7-000-00000-2}\nlanguages:")], [""]),
    ("HK125", [("booklet.yaml", "languages:", "imprint: {isbn: 书号待定}\nlanguages:")], [""]),
    ("HK125", [("booklet.yaml", "languages:", "imprint: {isbn: ISBN 978-1-952148-02-6}\nlanguages:")], []),
    ("HK125", [("booklet.yaml", "languages:", "imprint: {isbn: 0-306-40615-2}\nlanguages:")], []),
    ("HK126", [("report.yaml", "", f"{TABLE}      - [C]\n      - [D, E]\n      - [F, G, H]\n")], ["", ""]),
    ("HK127", [("people.yaml", "lin-yue:", "shan-w:\n  name: 单伟\nlin-yue:")], [""]),
    ("HK150", [("people.yaml", "name: Ada Osei", "name: “Ada Osei”")], ["“", "”"]),
    ("HK150", [("people.yaml", "name: Ada Osei", "name: Ada Osei,")], [","]),
    ("HK150", [("people.yaml", "name: Ada Osei", "name: |\n    Ada Osei\n    online\n")], [" "]),
    ("HK150", [("people.yaml", "name: Ada Osei", "name: Ada “Addie” Osei")], []),
    ("HK150", [("people.yaml", "name: Ada Osei", "name: 'Ada \"Addie\" Osei'")], []),
    ("HK150", [("people.yaml", "name: Ada Osei", "name: Ada “Osei”")], ["“", "”"]),
    ("HK150", [("people.yaml", "name: Ada Osei", "name: Ada O. Osei-D’Arcy, Jr.")], []),
    ("HK151", [("people.yaml", "sort: {zh: shan wei}", "sort: 单")], [""]),
    ("HK151", [("people.yaml", "sort: {zh: shan wei}", "sort: shàn wěi")], []),
    ("HK126", [("report.yaml", "", TABLE)], [""]),
    ("HK129", [("programme.yaml", "topic:", "scope: 全部\n        topic:")], [""]),
    ("HK129", [("programme.yaml", "{person: lin-yue, scope", "{person: lin-yue, role: report, scope")], []),
    ("HK129", [("programme.yaml", "topic:", "no_summary: 无稿\n        topic:")], [""]),
    ("HK129", [("programme.yaml", "{person: lin-yue, scope", "{person: lin-yue, start: 10:00, scope")], [""]),
    ("HK129", [("programme.yaml", "topic:", "role: moderator\n        scope: 全部\n        topic:")], []),
    ("HK128", [("booklet.yaml", "[institute, press]", "[press, press, institute]")], [""]),
    ("HK124", [("booklet.yaml", "date: 2024-11-06", "date: 2024-11-06\nend_date: 2034-11-07")], [""]),
    ("HK123", [("programme.yaml", "kind: panel", "kind: panel\n    date: 2025-11-06")], [""]),
    ("HK123", [("programme.yaml", "kind: panel", "kind: panel\n    end: 11:00")], [""]),
    ("HK109", [("programme.yaml", "end: 10:00", "end: 09:00")], [""]),
    ("HK109", [("programme.yaml", "topic: {zh", "start: 11:00\n        topic: {zh")], [""]),
    (
        "HK109",
        [
            ("programme.yaml", "title: {zh: 致辞", "label: 专题二\n    title: {zh: 致辞"),
            ("programme.yaml", "zh: 专题发言,", "zh: 专题一,"),
        ],
        [""],
    ),
    (
        "HK109",
        [
            ("programme.yaml", "title: {zh: 致辞", "label: 专题一\n    title: {zh: 致辞"),
            ("programme.yaml", "zh: 专题发言,", "zh: 专题二,"),
        ],
        [],
    ),
    # names
    ("HK110", [summary("单 伟与林　悦、单伟。")], ["单 伟", "林　悦"]),
    ("HK110", [("people.yaml", "zh: 单伟,", "zh: 单　伟,")], ["单　伟"]),
    ("HK111", [("people.yaml", "zh: 单伟,", "zh: 单伟民,"), summary("单卫民与单伟民。")], ["单卫民"]),
    ("HK111", [("people.yaml", "zh: 单伟,", "zh: 爱德华·夸夸,"), summary("爱德华·夸克、爱德华。")], ["爱德华·夸克"]),
    ("HK111", [summary("Ada Osie与Ada Osei。")], ["Ada Osie"]),
    ("HK111", [("summaries/shan-wei.en.md", "", "Shan Wie and Shan Wei’s shore, Ada Osei’s.\n")], ["Shan Wie"]),
    ("HK112", [summary("所长单韦表示，主任李明指出，所长单伟认为。")], ["单韦", "李明"]),
    ("HK112", [summary("局长还表示，市长随后指出。")], []),
    ("HK112", [("summaries/shan-wei.en.md", "", "Dr Smith and Ms Lin spoke.\n")], ["Smith"]),
    ("HK122", [("people.yaml", "zh: 单伟,", "zh: 爱德华·夸夸,")], [""]),
    ("HK122", [("people.yaml", "zh: 单伟,", "zh: 夸夸,")], []),
    # the event
    (
        "HK113",
        [
            ("booklet.yaml", "date:", "kind: {zh: 分论坛, en: Session}\ndate:"),
            ("booklet.yaml", "论坛在**上海**举行。", "本次论坛在**上海**举行，本次分论坛很小。"),
        ],
        ["本次论坛"],
    ),
    ("HK113", [summary("出席“小型的论坛”论坛。出席“小型论坛”论坛。出席“别的”论坛。")], ["小型的论坛"]),
    (
        "HK113",
        [
            ("booklet.yaml", "date:", "series: {zh: 第七届海岸论坛, en: Coast}\ndate:"),
            summary("第六届海岸论坛和第七届海岸论坛。"),
        ],
        ["第六届海岸论坛"],
    ),
    ("HK111", [summary("單偉与单伟谈單位。"), ("people.yaml", "zh: 林悦", "zh: 林悅")], ["單偉"]),
    ("HK111", [("people.yaml", "zh: 林悦", "zh: 林悅"), summary("单伟与林悦。")], ["林悦"]),
    ("HK114", [summary("小型论坛于2024年11月8日召开。他2024年11月9日到会。")], ["2024年11月8日"]),
    ("HK114", [("booklet.yaml", "held in **Shanghai**", "held on 7 November 2024")], ["7 November 2024"]),
    ("HK114", [("booklet.yaml", "held in **Shanghai**", "held on 6 November 2024")], []),
    (
        "HK115",
        [("report.yaml", "zh: 潮汐报告", "zh: 全国潮汐报告"), summary("读《全国潮汐报告》，全国潮汐报告好。")],
        ["全国潮汐报告"],
    ),
    ("HK114", [("booklet.yaml", "论坛在**上海**举行", "论坛于2024年11月7日举行")], ["2024年11月7日"]),
    (
        "HK114",
        [("booklet.yaml", "论坛在**上海**举行", "论坛于2024年11月6日举行，2020年1月1日立项。上一年13月45日")],
        ["2020年1月1日"],
    ),
    (
        "HK115",
        [
            ("report.yaml", REPORT, "zh: 潮汐与港口发展报告"),
            summary("读《潮汐和港口发展报告》与《潮汐与港口 发展报告》、《诗经》。"),
        ],
        ["潮汐和港口发展报告"],
    ),
    (
        "HK116",
        [("report.yaml", REPORT, "zh: 沿海城市和港口潮汐发展报告"), summary("沿海城市与港口潮汐的关系，城市与港口。")],
        ["沿海城市与港口潮汐"],
    ),
    (
        "HK117",
        [
            ("programme.yaml", "zh: 致辞,", "zh: 致辞和主旨发言,"),
            ("programme.yaml", "topic:", "role: keynote\n        topic:"),
        ],
        ["主旨发言"],
    ),
    (
        "HK117",
        [
            ("programme.yaml", "zh: 致辞,", "zh: 致辞和主旨演讲,"),
            ("programme.yaml", "topic:", "role: keynote\n        topic:"),
        ],
        [],
    ),
    (
        "HK118",
        [("booklet.yaml", "zh: 小型论坛", "zh: 保护港口潮汐论坛"), summary("潮汐港口，港口潮汐。")],
        ["潮汐港口"],
    ),
    # figures
    (
        "HK120",
        [
            summary("有65万人、1.2亿株、第11次、193国，2024年4月。"),
            ("summaries/shan-wei.en.md", "", "650,000, 120 million, the eleventh, 193, April 2024.\n"),
        ],
        [],
    ),
    (
        "HK120",
        [summary("有65万人、193国。"), ("summaries/shan-wei.en.md", "", "65,000 people in 192 countries.\n")],
        ["65万", "193", "65,000", "192"],
    ),
    ("HK120", [summary("有65人。"), ("summaries/shan-wei.en.md", "", "65.\n")], []),
    ("HK120", [summary("有二十三万人。"), ("summaries/shan-wei.en.md", "", "230,000 people.\n")], []),
]


@pytest.mark.parametrize(("rule", "changes", "excerpts"), CASES)
def test_facts(tmp_path: Path, rule: str, changes: list[tuple[str, str, str]], excerpts: list[str]) -> None:
    findings = found(tmp_path, rule, *changes)
    assert sorted(finding.excerpt for finding in findings) == sorted(excerpts), [str(each) for each in findings]


def many_speakers(*openings: str, act: str = "") -> list[tuple[str, str, str]]:
    """Four speakers named 王一…王四, whose summaries open with the given words."""
    people = "".join(f"wang-{i}:\n  name: 王{'一二三四'[i]}\n  title: 港口局局长\n" for i in range(4))
    items = "".join(f"      - {{person: wang-{i}}}\n" for i in range(4))
    programme = f"sessions:\n  - id: talks\n    kind: panel\n    title: 专题\n    items:\n{items}"
    if act:
        caption = f"{{person: wang-3, caption: [港口局局长王四, 出席“小型论坛”论坛{act}]}}"
        programme = programme.replace("{person: wang-3}", caption)
    summaries = [
        (f"summaries/wang-{i}.md", "", f"---\nappearance: wang-{i}\n---\n\n{opening}表示，很好。\n")
        for i, opening in enumerate(openings)
    ]
    booklet = ("booklet.yaml", "", "id: x\ntitle: 小型论坛\ndate: 2024-11-06\nlanguages: [zh-Hans]\n")
    return [booklet, ("people.yaml", "", people), ("programme.yaml", "", programme), *summaries]


def only_these(folder: Path, rule: str, changes: list[tuple[str, str, str]]) -> list[str]:
    for name in ("report.yaml", "organisations.yaml", "summaries/shan-wei.md", "summaries/shan-wei.en.md"):
        changes = [*changes, (name, "", "{}\n")]
    publication(folder, changes)
    for name in ("report.yaml", "summaries/shan-wei.md", "summaries/shan-wei.en.md"):
        (folder / name).unlink()
    return [finding.where for finding in check_folder(folder).findings if finding.code == rule]


def test_one_summary_of_four_opens_without_a_title(tmp_path: Path) -> None:
    openings = ["港口局局长王一", "港口局局长王二", "港口局局长王三", "王四"]
    assert only_these(tmp_path, "HK102", many_speakers(*openings)) == ["summaries/wang-3.md:5:1"]


def test_summaries_that_all_open_without_a_title_are_alike(tmp_path: Path) -> None:
    assert only_these(tmp_path, "HK102", many_speakers("王一", "王二", "王三", "港口局局长王四")) == []


def test_one_caption_has_lost_its_conjunction(tmp_path: Path) -> None:
    openings = ["港口局局长王一", "港口局局长王二", "港口局局长王三", "港口局局长王四"]
    assert only_these(tmp_path, "HK119", many_speakers(*openings, act="参与讨论")) == ["programme.yaml:9:9"]
    assert only_these(tmp_path, "HK119", many_speakers(*openings, act="并参与讨论")) == []


def test_a_name_in_quotation_marks_is_no_caption_without_words(tmp_path: Path) -> None:
    openings = ["港口局局长王一", "港口局局长王二", "港口局局长王三", "港口局局长“王四”"]
    changes = [(file, old, new.replace("name: 王四", "name: “王四”")) for file, old, new in many_speakers(*openings)]
    assert only_these(tmp_path, "HK119", changes) == []


REPORT = """\
# Import of record.txt

## Put right

~~~text
   42  the name 刘洁 is padded: “刘 洁”
   48  a stray rule: “---”
~~~

## Guessed

~~~text
   59  date: 2024-11-06
~~~
"""


def test_what_an_import_put_right_is_repeated_until_its_line_is_deleted(tmp_path: Path) -> None:
    (first, second) = found(tmp_path, "HK121", ("import-report.md", "", REPORT))
    assert (first.where, second.where) == ("import-report.md:6:4", "import-report.md:7:4")
    assert "line 42 of the source: the name 刘洁 is padded" in first.message
    edited = "".join(line for line in REPORT.splitlines(keepends=True) if "刘洁" not in line)
    assert [each.line for each in found(tmp_path, "HK121", ("import-report.md", "", edited))] == [6]
    assert found(tmp_path, "HK121", ("import-report.md", "", "# Notes\n\n42  my own words\n")) == []
    (tmp_path / "import-report.md").write_bytes(b"\xff\xfe## Put right")
    assert [each for each in check_folder(tmp_path).findings if each.code == "HK121"] == []


def test_every_rule_about_facts_is_tried() -> None:
    assert {rule for rule, _, _ in CASES} | {"HK102", "HK119", "HK121"} == {id for id in RULES if id.startswith("HK1")}


@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("“Ada Osei”", ["the mark “ in the name “Ada Osei”", "the mark ” in the name “Ada Osei”"]),
        ("|\n    Ada Osei\n    online\n", ["a second line in the name Ada Osei online"]),
    ],
)
def test_what_is_no_part_of_a_name_is_shown_as_it_stands(tmp_path: Path, name: str, messages: list[str]) -> None:
    findings = found(tmp_path, "HK150", ("people.yaml", "name: Ada Osei", f"name: {name}"))
    assert [finding.message for finding in findings] == messages
