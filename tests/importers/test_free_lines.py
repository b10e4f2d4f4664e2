"""Lines of records without the usual form: sentences that name who spoke, forms, topics, odd marks, tables in Word."""

from __future__ import annotations

from pathlib import Path

import docx
import yaml

from huikan.importers.docx_record import import_docx
from tests.importers.free_form import plain, read, section, summary, who


def test_who_is_named_in_sentences_alone_speaks_and_is_told() -> None:
    imported, people, sessions, report = read(
        "潮汐论坛会议纪要\n时间：2032年3月9日\n\n一、主旨发言\n水利大学教授林娜认为，先修堤坝。\n她说，再种树。\n"
        "国际潮汐组织主任安娜·贝尔介绍了国外的做法。\n\n二、Closing Remarks\n"
        "Chen Guang, Deputy Mayor of Port Town, closed the day. He thanked everybody.\n"
        "Paul Brien, Fellow of the Tides Institute, said that dykes are dear.\n"
    )
    assert who(sessions[0]["items"]) == ["lin-na", "an-na-beier"] or who(sessions[0]["items"]) == [
        "lin-na",
        "anna-beier",
    ]
    assert plain(people["lin-na"]["title"]) == "水利大学教授"
    assert summary(imported, "lin-na") == "水利大学教授林娜认为，先修堤坝。\n\n她说，再种树。"
    assert people["paul-brien"]["title"] == "Fellow of the Tides Institute"
    assert "林娜 is listed nowhere above: taken from the sentence" in section(report, "Guessed")


def test_words_behind_a_name_and_a_colon_are_that_speakers_and_a_moderators_are_told() -> None:
    imported, _, sessions, report = read(
        "潮汐论坛实录\n\n时间：2032年3月9日\n主持人：周平（潮汐周刊主编）\n嘉宾：林娜（水利大学教授）、郑海（海湾集团总裁）\n\n"
        "周平：各位好，先请林教授。\n林娜：谢谢。先修堤坝。\n郑海：企业愿意出力。\n"
    )
    assert who(sessions[0]["items"]) == ["lin-na", "zheng-hai"]
    assert summary(imported, "zheng-hai") == "郑海：企业愿意出力。"
    assert "    7  周平：各位好，先请林教授。" in section(report, "Left out")
    assert "no heading names the session: “嘉宾” stands as its label" in section(report, "Guessed")


def test_a_form_for_each_speaker_gives_title_topic_and_summary() -> None:
    imported, people, (session,), _ = read(
        "潮汐论坛发言汇编\n2032年3月9日 海湾酒店\n\n【主旨发言】\n\n发言人：林娜\n单位：水利大学\n职务：教授\n"
        "题目：先修堤坝\n发言摘要：堤坝是城市的门。\n"
    )
    assert plain(yaml.safe_load(str(imported.files["booklet.yaml"]))["venue"]) == "海湾酒店"
    assert plain(people["lin-na"]["title"]) == "水利大学 教授"
    assert plain(session["items"][0]["topic"]) == "先修堤坝"
    assert summary(imported, "lin-na") == "堤坝是城市的门。"


def test_an_agenda_whose_sessions_come_again_with_what_was_said_has_each_once() -> None:
    imported, _, sessions, report = read(
        "潮汐论坛\n时间：2032年3月9日\n\n会议议程\n一、致辞\n海湾市副市长 陈光\n二、主旨演讲\n水利大学教授 林娜\n\n"
        "会议内容\n一、致辞\n海湾市副市长陈光：潮水有涨有落。\n二、主旨演讲\n水利大学教授林娜：先修堤坝。\n"
    )
    assert [(plain(s["label"]), who(s["items"])) for s in sessions] == [
        ("致辞", ["chen-guang"]),
        ("主旨演讲", ["lin-na"]),
    ]
    assert "先修堤坝。" in summary(imported, "lin-na")
    assert section(report, "Conflicts").strip() == "None."


def test_names_behind_an_address_or_a_row_of_names_are_speakers() -> None:
    *_, sessions, report = read(
        "潮汐论坛\n时间：2032年3月9日\n\n开幕式\n主持人：周平\n致辞：陈光\n主旨发言：林娜、郑海\n\n专题发言：海水与城市\n沈丽，清海基金会秘书长\n"
    )
    opening, panel = sessions
    assert who(opening["items"]) == ["chen-guang", "lin-na", "zheng-hai"]
    assert opening["items"][1]["role"] == "keynote"
    assert (plain(panel["title"]), who(panel["items"])) == ("海水与城市", ["shen-li"])
    assert "“林娜、郑海” is taken for who speaks, not for a theme" in section(report, "Guessed")


def test_marks_of_other_kinds_and_labels_spread_or_in_two_languages_are_read() -> None:
    imported, people, sessions, _ = read(
        "潮汐论坛\n时间 Date：2032年3月9日\n会议地点：海湾酒店\n\n★ 开幕式 ★\n\n主 持 人：周 平  潮汐周刊主编\n\n"
        "致    辞：陈 光  海湾市副市长\n\n◆主旨演讲 Keynote Speeches\n主持人 Moderator：周平\n致辞嘉宾 Speakers：\n"
        "1. 林娜 Lin Na，水利大学教授\n2. 安娜·贝尔（Anna Bell）  国际潮汐组织主任\n"
    )
    booklet = yaml.safe_load(str(imported.files["booklet.yaml"]))
    assert (str(booklet["date"]), plain(booklet["venue"])) == ("2032-03-09", "海湾酒店")
    assert [(plain(s["label"]), who(s["hosts"]), who(s["items"])) for s in sessions] == [
        ("开幕式", ["zhou-ping"], ["chen-guang"]),
        ("主旨演讲 Keynote Speeches", ["zhou-ping"], ["lin-na", "anna-beier"]),
    ]
    assert people["lin-na"]["name"] == {"zh": "林娜", "en": "Lin Na"}
    assert people["anna-beier"] == {"name": {"zh": "安娜·贝尔", "en": "Anna Bell"}, "title": {"zh": "国际潮汐组织主任"}}


def test_what_somebody_speaks_on_is_a_topic_and_a_question_may_be_a_theme() -> None:
    *_, sessions, report = read(
        "Tides Forum\n\nDate and time: 9 March 2032, 9 a.m.\n\nSession I – Opening\nChair: Zhou Ping, Tides Weekly\n"
        "* Chen Guang, City of Bayport: Welcome\n\nPanel Discussion: Who Pays?\n* Lin Na, Hydraulic University\n\n"
        "主题演讲\n（一）郑海（海湾集团总裁）：《谁来修》\n沈丽 秘书长  《谁来管》\n"
    )
    assert [(plain(s["label"]), plain(s.get("title")), s["kind"]) for s in sessions] == [
        ("Session I", "Opening", "opening"),
        ("Panel Discussion", "Who Pays?", "discussion"),
        ("主题演讲", None, "panel"),
    ]
    assert [plain(item["topic"]) for s in (sessions[0], sessions[2]) for item in s["items"]] == [
        "Welcome",
        "《谁来修》",
        "《谁来管》",
    ]
    assert "“Welcome” is taken for the topic of Chen Guang" in section(report, "Guessed")


def test_numbers_of_sections_in_english_are_no_part_of_headings_and_names() -> None:
    imported, people, sessions, report = read(
        "TIDES FORUM\nTuesday 9 March 2032 | Bay Hotel, Bayport\n\n1. OPENING (09:00)\n\n1.1 Chen Guang, Deputy Mayor\n"
        "Tides come back.\n\n1.2 H.E. Maria Rossi, Ambassador of Italy\nItaly has tides too.\n\nII. Discussion\n\n"
        "Mr Zheng Hai (Bay Group) said firms are willing to pay.\nProf. Lin Na asked who would fish.\n"
    )
    assert yaml.safe_load(str(imported.files["booklet.yaml"]))["venue"] == "Bay Hotel, Bayport"
    assert [(s["label"], who(s["items"])) for s in sessions] == [
        ("OPENING", ["chen-guang", "maria-rossi"]),
        ("Discussion", ["zheng-hai", "lin-na"]),
    ]
    assert people["zheng-hai"]["title"] == "Bay Group"
    assert summary(imported, "maria-rossi") == "Italy has tides too."
    assert "is a line missing?" not in report


def test_who_is_present_and_speaks_nowhere_is_left_out_and_told() -> None:
    _, people, sessions, report = read(
        "潮汐论坛会议记录\n\n时  间：2032年3月9日\n主  持：周平\n出  席：陈光、沈丽\n\n一、陈光副市长致辞\n"
        "潮水有涨有落。\n\n二、交流发言\n1．郑海总裁：企业愿意出力，但是规则要清楚。\n2．林娜教授：堤坝要先修，还要种树。\n"
    )
    assert [(plain(s["label"]), who(s["items"])) for s in sessions] == [
        ("致辞", ["chen-guang"]),
        ("交流发言", ["zheng-hai", "lin-na"]),
    ]
    assert {id: plain(person.get("title")) for id, person in people.items()} == {
        "zhou-ping": None,
        "chen-guang": "副市长",
        "zheng-hai": "总裁",
        "lin-na": "教授",
    }
    assert "    5  出  席：陈光、沈丽\n       (沈丽 is present, and in no session)" in section(report, "Left out")


def test_name_post_and_body_on_three_lines_and_names_joined_by_and_are_read() -> None:
    imported, people, sessions, _ = read(
        "Tides Forum\n\nDate: 9 March 2032\nParticipants: about 60\n\nSESSION 1: OPENING\n\nModerator:\nZhou Ping\n"
        "Editor\nTides Weekly\n\nSpeakers:\n\nChen Guang\nDeputy Mayor\nCity of Bayport\n\nTides come back, he said.\n"
        "\nSESSION 2: ROUNDTABLE\n\nDiscussants: Zheng Hai, Wu Jiang and Shen Li\n\nWu Jiang: We will pay for it.\n"
    )
    assert people["zhou-ping"]["title"] == "Editor, Tides Weekly"
    assert people["chen-guang"]["title"] == "Deputy Mayor, City of Bayport"
    assert [who(s["items"]) for s in sessions] == [["chen-guang"], ["zheng-hai", "wu-jiang", "shen-li"]]
    assert summary(imported, "wu-jiang") == "Wu Jiang: We will pay for it."


def test_a_theme_that_is_a_question_heads_its_captions_and_is_no_part_of_the_summary_above() -> None:
    imported, _, sessions, _ = read(
        "“潮汐”分论坛\n\n【基本信息】\n\n时间：2032年3月9日\n\n致辞：\n1、陈光 海湾市副市长\n\n"
        "专题发言：谁来修？\n（1）林娜 水利大学教授\n\n【致辞环节】\n\n海湾市副市长陈光\n出席“潮汐”分论坛并致辞\n\n"
        "陈光谈了潮水。\n\n专题发言：谁来修？\n\n水利大学教授林娜\n出席“潮汐”分论坛并作专题发言\n\n林娜谈了堤坝。\n"
    )
    assert [(plain(s["label"]), plain(s.get("title")), who(s["items"])) for s in sessions] == [
        ("致辞", None, ["chen-guang"]),
        ("专题发言", "谁来修？", ["lin-na"]),
    ]
    assert summary(imported, "chen-guang") == "陈光谈了潮水。"


def test_a_sentence_that_begins_with_an_hour_is_no_session() -> None:
    imported, _, sessions, _ = read(
        "潮汐论坛\n时间：2032年3月9日\n\n9:00-9:30 圆桌：谁来修？\n林娜，水利大学教授\n14:30 以后，潮水漫过了堤坝。\n"
    )
    assert [plain(s["title"]) for s in sessions] == ["谁来修？"]
    assert summary(imported, "lin-na") == "14:30 以后，潮水漫过了堤坝。"


def test_those_present_are_no_session_where_all_of_them_stand_in_sessions() -> None:
    _, people, sessions, report = read(
        "潮汐论坛\n时间：2032年3月9日\n\n出席嘉宾：\n陈光  海湾市副市长\n林娜  水利大学教授\n周平  潮汐周刊主编\n\n"
        "议程：\n1. 致辞（陈光）\n2. 讨论（主持人：周平）\n林娜\n"
    )
    assert [(plain(s["label"]), who(s["items"]), who(s.get("hosts", []))) for s in sessions] == [
        ("致辞", ["chen-guang"], []),
        ("讨论", ["lin-na"], ["zhou-ping"]),
    ]
    assert plain(people["lin-na"]["title"]) == "水利大学教授"
    assert "a list of those present, all of them in sessions" in section(report, "Guessed")


def test_a_table_in_word_with_several_people_in_a_cell_and_an_agenda_of_points_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("潮汐论坛", "时间：2032年3月9日", "会议议程"):
        document.add_paragraph(line)
    table = document.add_table(0, 3)
    people = "主持人：周平，潮汐周刊主编", "林娜，水利大学教授", "郑海，海湾集团总裁"
    for row in (("时间", "内容", "嘉宾"), ("9.20", "圆桌：谁来修", people), ("10.30", "Close by Ann Lee, Mayor", "")):
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            cell.text = words if isinstance(words, str) else words[0]
            for paragraph in words[1:] if isinstance(words, tuple) else ():
                cell.add_paragraph(paragraph)
    target = tmp_path / "record.docx"
    document.save(str(target))
    imported = import_docx(target.read_bytes(), "record.docx")
    discussion, close = yaml.safe_load(str(imported.files["programme.yaml"]))["sessions"]
    assert (discussion["start"], who(discussion["hosts"])) == ("09:20", ["zhou-ping"])
    assert who(discussion["items"]) == ["lin-na", "zheng-hai"]
    assert (close["label"], close["start"], who(close["items"])) == ("Close", "10:30", ["ann-lee"])
