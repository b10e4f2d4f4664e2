"""Records laid out otherwise than the usual one, as secretariats type them: what an editor finds afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from huikan.cli import cli
from tests.importers.free_form import plain, read, section, summary, who

MINUTES = """\
第四届潮汐论坛
会议记录

时间：2032年3月9日
地点：海湾会堂

9:00-9:30 开幕式
主持人：周平，潮汐周刊主编
致辞嘉宾：
{0}陈光，海湾市副市长
潮水有涨有落，说话的人在这一段里讲了很多话。

10:00–11:30 圆桌一：堤坝与城市
主持人：周平，潮汐周刊主编
发言嘉宾：
{0}林娜，水利大学教授
堤坝要先修，说话的人这样讲，并且举了三个例子。
{1}郑海，海湾集团总裁
城市离不开海。
"""
ENGLISH = """\
The Fourth Tides Forum
Minutes

9 March 2032, 9:00-17:00
Bay Hall, Port Town

9:00-9:30 Opening Ceremony
Host: Ann Lee, Editor, Tides Weekly
Speakers:
1. Chen Guang, Deputy Mayor, Port Town
Tides come and go, said the mayor, and spoke of it at some length in this paragraph.

1:30–3:00 pm Panel One: Dykes and Towns
Host: Ann Lee, Editor, Tides Weekly
Speakers:
1. Lin Na, Professor, Hydraulic University
Dykes come first, the professor said, and gave three cases from her own work.
2. Zheng Hai, President, Bay Group
A town cannot do without the sea and the sea does not need the town.
"""


@pytest.mark.parametrize(
    "numbers", [("1. ", "2. "), ("1、", "2、"), ("（1）", "（2）"), ("①", "②"), ("1) ", "2) "), ("- ", "- ")]
)
def test_numbers_of_a_list_are_no_names_and_prose_below_a_name_is_a_summary(numbers: tuple[str, str]) -> None:
    imported, people, sessions, report = read(MINUTES.format(*numbers))
    assert {id: (plain(person["name"]), plain(person["title"])) for id, person in people.items()} == {
        "zhou-ping": ("周平", "潮汐周刊主编"),
        "chen-guang": ("陈光", "海湾市副市长"),
        "lin-na": ("林娜", "水利大学教授"),
        "zheng-hai": ("郑海", "海湾集团总裁"),
    }
    assert [who(session["hosts"]) for session in sessions] == [["zhou-ping"], ["zhou-ping"]]
    assert [who(session["items"]) for session in sessions] == [["chen-guang"], ["lin-na", "zheng-hai"]]
    assert summary(imported, "chen-guang") == "潮水有涨有落，说话的人在这一段里讲了很多话。"
    assert summary(imported, "zheng-hai") == "城市离不开海。"
    assert "is a line missing?" not in report


def test_a_number_that_does_not_count_on_is_told() -> None:
    *_, report = read(MINUTES.format("1. ", "4. "))
    assert "   18  the number “4.” stands behind 1: is a line missing?" in section(report, "Guessed")


def test_hours_before_a_heading_are_those_of_the_session() -> None:
    _, _, sessions, _ = read(MINUTES.format("1. ", "2. "))
    assert [(plain(s["label"]), plain(s.get("title")), s["start"], s["end"]) for s in sessions] == [
        ("开幕式", None, "09:00", "09:30"),
        ("圆桌一", "堤坝与城市", "10:00", "11:30"),
    ]


@pytest.mark.parametrize(
    ("heading", "hours"),
    [
        ("开幕式（9:00-9:40）", ("09:00", "09:40")),
        ("【开幕式】9:00-9:40", ("09:00", "09:40")),
        ("下午2点30分至4点 开幕式", ("14:30", "16:00")),
        ("9:00 开幕式", ("09:00", None)),
        ("1:00-2:30 pm Opening Ceremony", ("13:00", "14:30")),
        ("Opening Ceremony (9 am – 10 am)", ("09:00", "10:00")),
        ("12:00-1:00 Lunch", ("12:00", "13:00")),
    ],
)
def test_hours_are_read_before_and_behind_a_heading(heading: str, hours: tuple[str, str | None]) -> None:
    _, _, (session,), _ = read(f"潮汐论坛\n时间：2032年3月9日\n\n{heading}\n陈光，海湾市副市长\n")
    assert (session["start"], session.get("end")) == hours
    assert plain(session["label"]) in {"开幕式", "Opening Ceremony", "Lunch"}
    assert session["items"] == ["chen-guang"]


def test_an_english_record_with_numbered_speakers_has_sessions_people_date_and_venue() -> None:
    imported, people, sessions, report = read(ENGLISH)
    booklet = yaml.safe_load(str(imported.files["booklet.yaml"]))
    assert (str(booklet["date"]), booklet["venue"]) == ("2032-03-09", "Bay Hall, Port Town")
    assert yaml.safe_load(str(imported.files["organisations.yaml"])) == {}
    assert people["ann-lee"] == {"name": "Ann Lee", "title": "Editor, Tides Weekly"}
    assert people["lin-na"] == {"name": "Lin Na", "title": "Professor, Hydraulic University"}
    assert [(s["label"], s["start"], s["end"], who(s["hosts"]), who(s["items"])) for s in sessions] == [
        ("Opening Ceremony", "09:00", "09:30", ["ann-lee"], ["chen-guang"]),
        ("Panel One", "13:30", "15:00", ["ann-lee"], ["lin-na", "zheng-hai"]),
    ]
    assert summary(imported, "lin-na").startswith("Dykes come first")
    assert "“Bay Hall, Port Town” stands beside the date: taken for the venue" in section(report, "Guessed")
    assert "9 March 2032, 9:00-17:00" in section(report, "Left out")


def test_a_host_that_is_a_body_still_is_an_organiser() -> None:
    imported, *_ = read("Tides Forum\n\nDate: 9 March 2032\nHost: Coast Institute\n\nOpening:\nAda Osei, Director\n")
    assert "coast-institute" in str(imported.files["organisations.yaml"])


DAYS = """\
潮汐论坛
时间：2032年3月9日至10日

第一天（3月9日）
上午
9:00-11:30 主旨演讲
1、郑海，海湾集团总裁
下午
2:00-3:30 专题论坛：堤坝
嘉宾：林娜、郑海
第二天
9:00-10:00 闭幕式
"""


def test_days_over_sessions_and_afternoons_are_read() -> None:
    *_, sessions, report = read(DAYS)
    assert [(str(s["date"]), s["start"], s["end"]) for s in sessions] == [
        ("2032-03-09", "09:00", "11:30"),
        ("2032-03-09", "14:00", "15:30"),
        ("2032-03-10", "09:00", "10:00"),
    ]
    assert who(sessions[1]["items"]) == ["lin-na", "zheng-hai"]
    guessed = section(report, "Guessed")
    assert "    9  “02:00” is taken for an hour of the afternoon" in guessed
    assert "   12  “闭幕式”: the day is taken for 2032-03-10" in guessed


def test_days_over_sessions_are_the_dates_of_an_event_that_states_none() -> None:
    imported, *_ = read(
        "Tides Forum\n\nDay One: Tuesday, 9 March 2032\n9:00-9:30 Opening\nAda Osei, Director, Coast Institute\n"
        "Day Two: 10 March 2032\n9:00-9:30 Keynote: Dykes\nLin Na, Professor, Hydraulic University\n"
    )
    booklet = yaml.safe_load(str(imported.files["booklet.yaml"]))
    assert (str(booklet["date"]), str(booklet["end_date"])) == ("2032-03-09", "2032-03-10")
    assert imported.findings == ()


TABLES = {
    "tabs": "时间\t内容\t嘉宾\n8:30-9:00\t签到\t\n9:00-9:20\t致辞\t陈光 海湾市副市长\n"
    "9:20-10:00\t圆桌对话：堤坝\t主持人：周平 潮汐周刊主编；林娜 水利大学教授；郑海 海湾集团总裁\n",
    "bars": "| 时间 | 环节 | 主持人 | 嘉宾 | 职务 |\n|---|---|---|---|---|\n| 8:30-9:00 | 签到 | | | |\n"
    "| 9:00-9:20 | 致辞 | | 陈光 | 海湾市副市长 |\n| 9:20-9:40 | 圆桌对话：堤坝 | 周平 | 林娜 | 水利大学教授 |\n"
    "| 9:40-10:00 | 圆桌对话：堤坝 | | 郑海 | 海湾集团总裁 |\n",
}


@pytest.mark.parametrize("form", TABLES)
def test_rows_of_an_agenda_are_sessions_with_their_people(form: str) -> None:
    _, people, sessions, report = read(f"潮汐论坛议程\n时间：2032年3月9日\n\n{TABLES[form]}")
    assert [(plain(s["label"]), s["start"], s["end"], who(s.get("items", []))) for s in sessions] == [
        ("签到", "08:30", "09:00", []),
        ("致辞", "09:00", "09:20", ["chen-guang"]),
        ("圆桌对话", "09:20", "10:00", ["lin-na", "zheng-hai"]),
    ]
    assert sessions[0]["kind"] == "break"
    assert who(sessions[2]["hosts"]) == ["zhou-ping"]
    assert plain(people["zheng-hai"]["title"]) == "海湾集团总裁"
    assert "stray rule" not in report


def test_a_title_on_the_line_below_its_name_belongs_to_it_and_is_told() -> None:
    imported, people, sessions, report = read(
        "潮汐论坛\n时间：2032年3月9日\n\n一、开幕式\n\n主持人：周平\n潮汐周刊主编\n\n林娜\n水利大学\n教授\n\n林娜提出两点：\n"
        "1. 先修堤坝。\n2. 再种树。\n\n陈光\n海湾市副市长\n"
    )
    assert plain(people["zhou-ping"]["title"]) == "潮汐周刊主编"
    assert plain(people["lin-na"]["title"]) == "水利大学 教授"
    assert [plain(session["label"]) for session in sessions] == ["开幕式"]
    assert who(sessions[0]["items"]) == ["lin-na", "chen-guang"]
    assert "先修堤坝。" in summary(imported, "lin-na")
    assert "   10  “水利大学” is taken for the title of 林娜, above it" in section(report, "Guessed")


def test_headings_in_markdown_and_bold_labels_are_read_without_their_marks() -> None:
    imported, _, sessions, report = read(
        "# 潮汐论坛\n\n**时间**：2032年3月9日\n\n## 论坛简介\n\n论坛谈潮水，也谈人。\n\n## 【开幕式】（9:00-9:40）\n\n"
        "**主持人**：周平，潮汐周刊主编\n\n### 陈光，海湾市副市长\n\n潮水有涨有落。\n\n## 圆桌对话：堤坝\n\n"
        "- **林娜**，水利大学教授\n- **郑海**，海湾集团总裁\n\n**林娜**说，先修堤坝。\n"
    )
    booklet = yaml.safe_load(str(imported.files["booklet.yaml"]))
    assert (plain(booklet["title"]), str(booklet["date"])) == ("潮汐论坛", "2032-03-09")
    assert plain(booklet["introduction"]).strip() == "论坛谈潮水，也谈人。"
    assert [(plain(s["label"]), who(s["items"])) for s in sessions] == [
        ("开幕式", ["chen-guang"]),
        ("圆桌对话", ["lin-na", "zheng-hai"]),
    ]
    assert summary(imported, "lin-na") == "林娜说，先修堤坝。"
    assert "names 林娜: taken for that person's summary" in section(report, "Guessed")


def test_parts_in_brackets_hold_sessions_where_the_record_has_no_captions() -> None:
    imported, _, sessions, report = read(
        "潮汐论坛\n时间：2032年3月9日\n\n【主旨演讲】\n林娜 水利大学教授\n林娜谈了堤坝。\n\n"
        "【圆桌讨论：谁来修】\n【主持人】周平 潮汐周刊主编\n郑海 海湾集团总裁\n沈丽 清海基金会秘书长\n"
        "各位嘉宾谈了很久，都说规则要清楚。\n"
    )
    assert [(plain(s["label"]), plain(s.get("title")), who(s["items"])) for s in sessions] == [
        ("主旨演讲", None, ["lin-na"]),
        ("圆桌讨论", "谁来修", ["zheng-hai", "shen-li"]),
    ]
    assert who(sessions[1]["hosts"]) == ["zhou-ping"]
    assert plain(sessions[1]["description"]).strip() == "各位嘉宾谈了很久，都说规则要清楚。"
    assert "   12  stands under no caption" in section(report, "Guessed")
    assert summary(imported, "lin-na") == "林娜谈了堤坝。"


def test_english_lines_with_dashes_are_people_and_a_lone_post_is_none() -> None:
    _, people, sessions, _ = read(
        "Tides Forum\n\nDate: 9 March 2032\n\nPROGRAMME\n\n09:00 – 09:30  Welcome Remarks\n"
        "Chen Guang — Deputy Mayor, Port Town\n\n09:30 – 10:00  Coffee Break\n\n10:00 – 11:00  "
        "Panel Discussion: Dykes\nPanelists:\n"
        "• Lin Na — Professor, Hydraulic University\n• Paul O'Brien—Fellow, Centre for Tides\nDirector\n"
    )
    assert [(s["label"], s["start"], who(s.get("items", []))) for s in sessions] == [
        ("Welcome Remarks", "09:00", ["chen-guang"]),
        ("Coffee Break", "09:30", []),
        ("Panel Discussion", "10:00", ["lin-na", "paul-o-brien"]),
    ]
    assert people["paul-o-brien"]["title"] == "Fellow, Centre for Tides, Director"
    assert set(people) == {"chen-guang", "lin-na", "paul-o-brien"}


@pytest.mark.parametrize("record", [MINUTES.format("1. ", "2. "), ENGLISH, DAYS], ids=["zh", "en", "days"])
def test_an_imported_record_builds(record: str, tmp_path: Path) -> None:
    source, content = tmp_path / "record.txt", tmp_path / "content"
    source.write_text(record, encoding="utf-8")
    run = CliRunner()
    assert run.invoke(cli, ["import", str(source), "-o", str(content)]).exit_code == 0
    built = run.invoke(cli, ["build", str(content), "-e", "web", "-o", str(tmp_path / "output")])
    assert built.exit_code == 0, built.output
    assert list((tmp_path / "output").glob("*.html"))
