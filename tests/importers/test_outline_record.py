"""The importer on whole records: an invented one, and the real one where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.content.load import load_publication
from huikan.content.model import Mode, Role, SessionKind
from huikan.content.readings import is_han
from huikan.importers import outline_event
from huikan.importers.draft import Imported
from huikan.importers.outline import import_outline
from huikan.importers.source_text import decode_source
from huikan.importers.write import write_imported
from tests.importers.record_form import (
    REAL_RECORD,
    RECORD,
    compact,
    derived_captions,
    loaded,
    lost_lines,
    publication_of,
)


@pytest.fixture(scope="module")
def invented() -> Imported:
    return import_outline(RECORD, "record.txt")


@pytest.fixture(scope="module")
def real() -> Imported:
    if not REAL_RECORD.is_file():
        pytest.skip("the record is not at hand: ../shared/forum/forum.txt")
    return import_outline(decode_source(REAL_RECORD.read_bytes())[0], "forum.txt")


def test_the_files_load_as_a_publication(invented: Imported, tmp_path: Path) -> None:
    write_imported(invented, tmp_path / "content")
    publication = load_publication(tmp_path / "content").publication
    assert publication.booklet.series is not None
    assert publication.booklet.series.zh == ("第三届澄江水论坛",)
    assert publication.booklet.title.zh == ("河流治理", "共护水源")
    assert publication.booklet.date.isoformat() == "2031-05-08"
    assert publication.booklet.venue is not None
    assert publication.booklet.venue.zh == ("澄江会议中心（新区）",)
    assert [(str(group.role), len(group.members)) for group in publication.booklet.organisers] == [
        ("host", 2),
        ("organiser", 2),
    ]


def test_sessions_stand_in_the_order_of_the_programme(invented: Imported) -> None:
    sessions = publication_of(invented).programme.sessions
    assert [session.kind for session in sessions] == [
        SessionKind.OPENING,
        SessionKind.PANEL,
        SessionKind.REPORT,
        SessionKind.DISCUSSION,
    ]
    assert [[item.person for item in session.items] for session in sessions] == [
        ["tuomasi-lindeng", "yue-shan"],
        ["maria-del-rio-vega", "ouyang-yuanfan"],
        ["zha-ning"],
        ["xie-xiaodong", "zeng-yifan", "fei-xiaoman"],
    ]
    assert [[host.person for host in session.hosts] for session in sessions] == [
        ["moqi-qing"],
        ["moqi-qing"],
        [],
        ["shan-xiaohe"],
    ]
    assert [str(session.hosts_stand) for session in sessions] == ["last", "first", "first", "first"]


def test_padded_names_lose_their_spaces_and_titles_keep_their_words(invented: Imported) -> None:
    people = loaded(invented)["people.yaml"]
    assert people["yue-shan"]["name"] == {"zh": "乐山"}
    assert people["maria-del-rio-vega"] == {"name": "Maria del Rio Vega", "title": {"zh": "安第斯水务署署长"}}
    assert people["xie-xiaodong"]["title"] == {"zh": "蓝湾环保股份有限公司董事、总经理"}


def test_a_title_that_differs_in_the_caption_is_told_with_both_lines(invented: Imported) -> None:
    lines = RECORD.splitlines()
    listed = lines.index("乐 山\t澄江市副市长") + 1
    captioned = lines.index("澄江市人民政府副市长乐山") + 1
    person = loaded(invented)["people.yaml"]["yue-shan"]
    assert person["title"] == {"zh": "澄江市人民政府副市长"}
    assert "澄江市副市长" in person["note"]
    conflict = next(note for note in invented.account.conflicts if note.line == listed)
    assert f"line {captioned}" in conflict.text
    assert conflict.text in str(invented.files["import-report.md"])


def test_the_verb_of_the_caption_gives_the_role(invented: Imported) -> None:
    opening = publication_of(invented).programme.sessions[0]
    assert [(item.role, item.mode) for item in opening.items] == [(None, Mode.ONSITE), (Role.KEYNOTE, Mode.VIDEO)]


def test_captions_that_follow_from_the_facts_are_not_written_again(invented: Imported) -> None:
    captions = derived_captions(invented)
    assert compact(captions["programme.yaml#sessions.opening.items.yue-shan.caption"]) == (
        "澄江市人民政府副市长乐山以视频方式出席“河流治理共护水源”分论坛并作主旨演讲"
    )
    written = [
        appearance.person
        for session in publication_of(invented).programme.sessions
        for appearance in (*session.hosts, *session.items)
        if appearance.caption
    ]
    assert written == ["ouyang-yuanfan"]


def test_an_unknown_act_keeps_its_caption_and_is_told(invented: Imported) -> None:
    panel = publication_of(invented).programme.sessions[1]
    caption = panel.items[1].caption
    assert caption is not None
    assert caption.zh == ("云岭省水利厅厅长欧阳远帆", "出席“河流治理 共护水源”分论坛并朗诵了一首诗")
    line = RECORD.splitlines().index("出席“河流治理 共护水源”分论坛并朗诵了一首诗") + 1
    assert any(note.line == line and "unknown act" in note.text for note in invented.account.guessed)


def test_summaries_say_what_the_record_says(invented: Imported) -> None:
    values = loaded(invented)
    assert (
        values["summaries/tuomasi-lindeng.md"]
        == "国际河流协会秘书长托马斯·林登说，一条河养育 12 座城。他又说，河的事要在源头上办。"
    )
    assert values["summaries/yue-shan.md"] == "乐山谈了三件事：*水量*、水质、水价。"
    assert values["summaries/xie-xiaodong.md"] == "1. 解晓东说，管网要先修。"
    assert "summaries/zha-ning.md" not in values
    assert values["report.yaml"]["title"] == {"zh": "城市节水指数报告 2031"}
    assert values["report.yaml"]["presented_by"] == "zha-ning"


def test_who_is_not_in_the_programme_is_added_and_who_did_not_speak_is_told(invented: Imported) -> None:
    guesses = [note.text for note in invented.account.guessed]
    assert any("费小满 is not listed" in text for text in guesses)
    assert any(note.text == "summary of 曾一凡" for note in invented.account.missing)


def test_an_unknown_part_is_left_with_its_line_numbers(invented: Imported) -> None:
    lines = RECORD.splitlines()
    number = lines.index("午餐在二层。") + 1
    assert invented.unplaced == ((number - 2, "【会务安排】"), (number, "午餐在二层。"))
    assert f"{number:>5}  午餐在二层。" in str(invented.files["import-report.md"])


def test_no_line_is_lost(invented: Imported) -> None:
    assert lost_lines(RECORD, invented) == []


def test_a_lost_line_would_be_noticed(invented: Imported) -> None:
    added = "曾一凡\t清源科技副总裁"
    assert lost_lines(RECORD.replace(added, f"{added}兼总工程师"), invented) == [
        (RECORD.splitlines().index(added) + 1, "兼总工程师")
    ]


def test_importing_twice_gives_the_same_bytes(invented: Imported) -> None:
    assert dict(import_outline(RECORD, "record.txt").files) == dict(invented.files)


@pytest.mark.parametrize(
    "change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t, lambda t: t.replace("：\n", ":\n")]
)
def test_line_ends_byte_order_marks_and_half_width_colons_make_no_difference(
    change: object, invented: Imported
) -> None:
    assert callable(change)
    again = import_outline(change(RECORD), "record.txt")
    del (files := dict(again.files))["import-report.md"]
    assert files == {name: data for name, data in invented.files.items() if name != "import-report.md"}


def test_the_real_record_comes_in_whole(real: Imported) -> None:
    values = loaded(real)
    publication = publication_of(real)
    assert len(publication.people) == 20
    assert len(publication.summaries) == 17
    assert publication.report is not None
    assert [session.id for session in publication.programme.sessions] == [
        "opening",
        "panel-1",
        "panel-2",
        "report",
        "discussion",
    ]
    assert [len(session.items) for session in publication.programme.sessions] == [4, 4, 5, 1, 4]
    assert real.unplaced == ()
    assert real.findings == ()
    assert values["people.yaml"]["liu-jie"]["name"] == {"zh": "刘洁"}


def test_every_caption_of_the_real_record_is_printed_as_it_stands(real: Imported) -> None:
    source = compact(decode_source(REAL_RECORD.read_bytes())[0])
    captions = derived_captions(real)
    assert len([p for p in real.account.placed if p.field in captions and p.derived]) == 40
    shown = {p.field for p in real.account.placed if p.field in captions}
    assert len(shown) == 20
    assert all(compact(captions[field]) in source for field in shown)


def test_the_real_record_loses_no_line_and_loads(real: Imported, tmp_path: Path) -> None:
    assert lost_lines(decode_source(REAL_RECORD.read_bytes())[0], real) == []
    write_imported(real, tmp_path)
    assert len(load_publication(tmp_path).publication.people) == 20


def test_the_real_record_contradicts_itself_twice_between_programme_and_captions(real: Imported) -> None:
    assert [note.line for note in real.account.conflicts] == [21, 47]


def test_hours_beside_the_date_are_left_with_their_line_and_a_weekday_is_not() -> None:
    head = "“河流治理”分论坛\n\n【基本信息】\n\n时间：2031年5月8日（星期四）{}\n\n【简要介绍】\n\n谈水。\n"
    for hours, left in (("", []), ("上午9:00-12:00", ["时间：2031年5月8日（星期四）上午9:00-12:00"])):
        imported = import_outline(head.format(hours), "record.txt")
        assert [note.text for note in imported.account.unplaced] == left
        assert "date: 2031-05-08" in str(imported.files["booklet.yaml"])


def test_items_of_a_list_stay_apart_and_a_broken_line_is_joined(tmp_path: Path) -> None:
    text = RECORD.replace(
        "他又说，河的事要在源头上办。",
        "他提出三点：\n一、清淤\n二、植树\n三、立法\n另外，上游有 3.5 万人，\n3.5 万人都要喝水。\n2、3年内见效。",
    )
    imported = import_outline(text, "record.txt")
    summary = next(
        str(data) for name, data in imported.files.items() if name.startswith("summaries/") and "三点" in str(data)
    )
    said = [
        "他提出三点：",
        "一、清淤",
        "二、植树",
        "三、立法另外，上游有 3.5 万人，3.5 万人都要喝水。",
        "2、3年内见效。",
    ]
    assert summary.split("\n\n")[-5:] == [*said[:-1], f"{said[-1]}\n"]


def test_the_language_of_a_record_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def look_at(sign: str) -> bool:
        looked_at.append(sign)
        return is_han(sign)

    monkeypatch.setattr(outline_event, "is_han", look_at)
    captions = "".join(
        f"海岸研究所所长{name}\n出席“海岸”分论坛并作专题发言\n\n他说一条河养育{count}座城市。\n\n"
        for count, name in enumerate(("林岳", "单伟", "王志诚", "何明", "孔云"), 2)
    )
    record = f"“海岸”分论坛\n\n【专题发言】\n\n{captions}"
    assert len(import_outline(record, "record.txt").files) > 5
    assert len(looked_at) <= len(record)
