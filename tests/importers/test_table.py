"""Tables as organisers type them: Chinese and English headers, encodings, delimiters, workbooks."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from huikan.content.model import SessionKind
from huikan.finding import ContentError
from huikan.importers.detect import Format, event_of, format_of, import_file
from huikan.importers.draft import Imported
from huikan.importers.event_content import event_content
from tests.importers.event_form import lost, publication_of, yaml_of

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
CHINESE = """日期,时间,环节,题目,姓名,职务,单位,备注
2031-05-08,09:00-09:20,致辞,,刘 洁,市长,澄江市,早到
,09:20-09:40,,河流治理,王志成,局长,水利局,
,09:40-10:00,茶歇,,,,,
,10:00-10:20,讨论环节,开放与合作,李雷、韩梅梅,,,
"""


def imported(data: bytes, name: str = "议程.csv") -> Imported:
    return event_content(event_of(data, name, Format.TABLE), name)


def test_a_chinese_programme_becomes_sessions() -> None:
    sessions = yaml_of(imported(CHINESE.encode()), "programme.yaml")["sessions"]
    assert [(session["title"]["zh"], session["kind"]) for session in sessions] == [
        ("致辞", "opening"),
        ("茶歇", "break"),
        ("讨论环节", "discussion"),
    ]
    assert [item["person"] for item in sessions[0]["items"]] == ["liu-jie", "wang-zhicheng"]
    assert sessions[2]["items"][1] == "han-meimei"


def test_an_empty_cell_stands_for_the_one_above_and_the_report_says_so() -> None:
    result = imported(CHINESE.encode())
    assert {session["date"] for session in yaml_of(result, "programme.yaml")["sessions"]} == {dt.date(2031, 5, 8)}
    assert any(note.position == "A2" and "rows below" in note.text for note in result.data.guessed)


def test_facts_beside_two_names_are_left_and_the_report_says_why() -> None:
    result = imported(CHINESE.replace("李雷、韩梅梅,,,", "李雷、韩梅梅,教授,,").encode())
    told = "“教授” is left out: it does not say whose it is of those in E5"
    assert [(note.position, note.text) for note in result.data.guessed if "left out" in note.text] == [("F5", told)]
    assert [left.text for left in result.data.left if left.position == "F5"] == ["教授"]


def test_a_date_without_its_year_is_of_the_year_of_those_above() -> None:
    result = imported((CHINESE + "5月9日（周五）,下午2:30,圆桌,,李雷,,,\n").encode())
    last = yaml_of(result, "programme.yaml")["sessions"][-1]
    assert (last["date"], last["start"]) == (dt.date(2031, 5, 9), "14:30")
    assert [note.text for note in result.data.guessed if note.position == "A6"] == [
        "taken for 2031-05-09, in the year of the dates above"
    ]


def test_every_guessed_header_stands_in_the_report_and_unknown_columns_are_left() -> None:
    result = imported(CHINESE.encode())
    assert "F1  “职务” taken for the title of a person" in str(result.files["import-report.md"])
    assert [left.text for left in result.data.left if left.position.startswith("H")] == ["备注", "早到"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_make_no_difference(encoding: str, delimiter: str) -> None:
    result = imported(CHINESE.replace(",", delimiter).encode(encoding))
    assert result.files == imported(CHINESE.encode()).files


def test_a_table_of_people_fills_the_list() -> None:
    people = yaml_of(imported(b"Name,Title,Affiliation\nAnn Lee,Director,Water Board\n"), "people.yaml")
    assert people == {"ann-lee": {"name": "Ann Lee", "title": "Director", "affiliation": ["water-board"]}}


def test_names_in_two_parts_follow_their_script() -> None:
    table = "Title,First name,Last name,Date,Start\nRivers,Ann,Lee,2031-05-08,9:00\n水,洁,刘,2031-05-08,10:00\n"
    assert [entry["name"] for entry in yaml_of(imported(table.encode()), "people.yaml").values()] == [
        "Ann Lee",
        {"zh": "刘洁"},
    ]


def test_indicos_table_without_a_header_is_known_by_its_columns() -> None:
    table = "2031-05-08T09:00,20,Rivers,Ann,Lee,Water Board,ann@example.org\n"
    (session,) = yaml_of(imported(table.encode()), "programme.yaml")["sessions"]
    assert (session["start"], session["end"]) == ("09:00", "09:20")


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_has_its_cells_as_positions_and_its_title_above_the_header() -> None:
    data = workbook(
        ("Rivers 2031",),
        ("Date", "Start", "End", "Topic", "Speaker", "Room"),
        (dt.date(2031, 5, 8), dt.time(9), dt.time(9, 30), "Lakes", "Ann Lee", "Hall A"),
    )
    assert format_of("x", data) is Format.TABLE
    result = imported(data, "x.xlsx")
    assert result.data.placed["Sheet!D3"] == ("programme.yaml#sessions.hall-a.items.ann-lee.topic",)
    found = publication_of(result)
    assert found.booklet.title.plain == ("Rivers 2031",)
    assert [(s.kind, s.start, s.end) for s in found.programme.sessions] == [
        (SessionKind.PANEL, dt.time(9), dt.time(9, 30))
    ]


def test_a_real_workbook_is_imported_whole() -> None:
    source = DATA / "voc-schedule-example.xlsx"
    if not source.exists():
        pytest.skip("the workbook is not beside the repository")
    result = import_file(source)
    assert lost(result, event_of(source.read_bytes(), source.name, Format.TABLE).leaves) == []
    found = publication_of(result)
    assert len(found.people) == 15
    assert found.people["julia-kleber"].affiliation == ("polidia-gmbh",)


def packed(**parts: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("_", "/") + ".xml", data)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        packed(xl_workbook=b"<a>" + b" " * 40_000_000 + b"</a>"),
        packed(xl_workbook=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        packed(xl_workbook=b"<workbook/>"),
        b"PK\x03\x04broken",
    ],
)
def test_bombs_and_broken_workbooks_are_refused(data: bytes) -> None:
    with pytest.raises(ContentError) as caught:
        imported(data, "x.xlsx")
    assert {finding.code for finding in caught.value.findings} <= {"HK804", "HK805"}


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("议程.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "an old Word or Excel file"),
        ("议程.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "one under a password"),
        ("议程.rtf", rb"{\rtf1\ansi \u20250?}", "a file in Rich Text Format"),
        ("议程.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        ("议程.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        ("议程.docx", b"\x00\x01\x02", "no Word document"),
    ],
)
def test_a_file_that_no_importer_reads_is_called_what_it_is(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ContentError) as caught:
        import_file(tmp_path / name)
    (finding,) = caught.value.findings
    assert (finding.code, finding.file) == ("HK804", name)
    assert what in finding.message
    assert finding.hint.startswith(("save it as .docx", "import the Word file"))


def test_an_opendocument_sheet_is_called_what_it_is(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "议程.ods", "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        container.writestr("content.xml", "<x/>")
    with pytest.raises(ContentError) as caught:
        import_file(tmp_path / "议程.ods")
    assert [finding.message for finding in caught.value.findings] == ["this is an OpenDocument file"]
