"""Any document of each format: no crash, nothing lost, the same files from the same bytes; all formats agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import docx
import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.schedule import schedule
from benchmarks.schedule_formats import FORMATS, as_aclpub2, talks
from huikan.importers.aclpub2 import FILES, event_of_folder
from huikan.importers.detect import Format, event_of, format_of
from huikan.importers.docx_record import import_docx, read_record
from huikan.importers.draft import Imported
from huikan.importers.event_content import event_content
from huikan.importers.event_model import Event
from huikan.importers.source_text import without_forbidden
from tests.importers.event_form import lost, yaml_of
from tests.importers.record_form import RECORD, lost_lines

QUICK = settings(max_examples=60, deadline=None)
_words = st.text(max_size=10).map(without_forbidden)
_scalar = st.one_of(_words, st.integers(-5, 70), st.booleans(), st.none(), st.sampled_from(["2031-05-08", "09:00"]))


def _any(keys: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Any tree of values under keys of a format, each perhaps of another kind than it should be."""
    return st.recursive(
        _scalar,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(keys), below, max_size=5),
        max_leaves=20,
    )


MOMENT = {"date": "2031-05-08", "time": "09:00:00", "tz": "Asia/Shanghai"}
INDICO_KEYS = (
    *("title", "startDate", "endDate", "duration", "room", "session", "track", "description", "speakers", "fullName"),
    *("affiliation", "contributions", "chairs", "entries", "entryType", "conveners", "date", "time", "id", "keywords"),
)
PRETALX_KEYS = (
    *("code", "title", "abstract", "state", "slot", "start", "end", "room", "speakers", "name", "biography", "track"),
    *("submission_type", "en", "zh-hans", "rooms", "tracks", "talks", "results", "content_locale"),
)
ACLPUB2_KEYS = (
    *("title", "start_time", "end_time", "subsessions", "papers", "id", "authors", "first_name", "last_name"),
    *("institution", "location", "chair", "abstract", "speaker_name", "entries", "role", "event_name"),
)


def indico(tree: Any) -> Any:
    """An event of Indico with one good contribution and any other."""
    good = {"title": "Rivers", "startDate": MOMENT, "duration": 20, "speakers": [{"fullName": "Ann Lee"}]}
    return {"results": [{"title": "Rivers 2031", "startDate": MOMENT, "contributions": [good, tree]}]}


def pretalx(tree: Any) -> Any:
    """Submissions of pretalx, one good and any other."""
    slot = {"room": {"en": "Hall A"}, "start": "2031-05-08T09:00:00+08:00", "end": "2031-05-08T09:30:00+08:00"}
    good = {"code": "A", "title": "Rivers", "speakers": [{"code": "ANN", "name": "Ann Lee"}], "slot": slot}
    return {"count": 2, "results": [good, tree]}


def nothing_is_lost(read: Callable[[], Event]) -> Imported:
    """The import of what `read` gives: every value placed or reported, the same the second time."""
    event = read()
    imported = event_content(event, "any")
    assert lost(imported, event.leaves) == []
    assert event_content(read(), "any").files == imported.files
    return imported


@given(_any(INDICO_KEYS))
@QUICK
def test_any_answer_of_indico(tree: Any) -> None:
    data = json.dumps(indico(tree)).encode()
    assert format_of("x.json", data) is Format.INDICO
    nothing_is_lost(lambda: event_of(data, "x.json", Format.INDICO))


@given(_any(PRETALX_KEYS))
@QUICK
def test_any_answer_of_pretalx(tree: Any) -> None:
    data = json.dumps(pretalx(tree)).encode()
    assert format_of("x.json", data) is Format.PRETALX
    nothing_is_lost(lambda: event_of(data, "x.json", Format.PRETALX))


@given(st.sampled_from(FILES), st.lists(_any(ACLPUB2_KEYS), max_size=3))
@QUICK
def test_any_folder_of_aclpub2(name: str, content: list[Any]) -> None:
    files = as_aclpub2(schedule(3))
    files[name] = yaml.safe_dump(content).encode()
    nothing_is_lost(lambda: event_of_folder(files, lambda _: None))


_tags = st.sampled_from(
    [
        *("day", "room", "event", "entry", "title", "start", "duration", "persons", "person", "speakers", "speaker"),
        *("abstract", "description", "track", "links", "link", "date", "conference", "type", "language", "name"),
    ]
)
_attributes = st.dictionaries(st.sampled_from(["id", "index", "date", "name", "guid", "href"]), _words, max_size=3)
_node = st.recursive(
    st.tuples(_tags, _attributes, _words, st.just(())),
    lambda below: st.tuples(_tags, _attributes, _words, st.lists(below, max_size=4).map(tuple)),
    max_leaves=15,
)


def grown(parent: Element, node: Any) -> None:
    tag, attributes, words, below = node
    element = SubElement(parent, tag, attributes)
    element.text = words
    for each in below:
        grown(element, each)


@given(st.lists(_node, max_size=4))
@QUICK
def test_any_schedule_in_xml(nodes: list[Any]) -> None:
    root = Element("schedule")
    for node in nodes:
        grown(root, node)
    data = tostring(root, encoding="utf-8")
    nothing_is_lost(lambda: event_of(data, "x.xml", Format.SCHEDULE))


_cell = st.one_of(
    _words, st.sampled_from(["姓名", "题目", "Speaker", "Date", "09:00", "茶歇"]), st.integers(), st.dates()
)


@given(st.lists(st.lists(_cell, max_size=5), max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_workbook(rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [["时间", "题目", "姓名"], *rows]:
        book.active.append([f"'{each}" if isinstance(each, str) and each.startswith("=") else each for each in row])
    target = BytesIO()
    book.save(target)
    nothing_is_lost(lambda: event_of(target.getvalue(), "x.xlsx", Format.TABLE))


_lines = st.lists(st.one_of(st.sampled_from([line for line in RECORD.splitlines() if line]), _words), max_size=12)


@given(_lines, st.lists(st.tuples(_words, _words), max_size=3))
@settings(max_examples=40, deadline=None)
def test_any_record_in_word(lines: list[str], rows: list[tuple[str, str]]) -> None:
    document = docx.Document()
    for line in ["“河流治理”分论坛", "时间：2031年5月8日", "【议程】", "致辞：", *lines]:
        document.add_paragraph(line)
    table = document.add_table(0, 2)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    target = BytesIO()
    document.save(target)
    imported = import_docx(target.getvalue(), "x.docx")
    assert lost_lines(read_record(target.getvalue(), "x.docx").text, imported) == []
    assert import_docx(target.getvalue(), "x.docx").files == imported.files


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_talks(name: str) -> None:
    made = schedule(48, days=2, rooms=4)
    data = FORMATS[name](made)
    imported = nothing_is_lost(lambda: event_of(data, name, format_of(name, data)))
    assert said(imported) == {(day, room, event["title"]) for day, room, event in talks(made)}


def test_an_aclpub2_folder_gives_the_same_talks() -> None:
    made = schedule(48, days=2, rooms=4)
    imported = nothing_is_lost(lambda: event_of_folder(as_aclpub2(made), lambda _: None))
    assert said(imported) == {(day, room, event["title"]) for day, room, event in talks(made)}


def said(imported: Imported) -> set[tuple[str, str, str]]:
    """Day, room and title of every talk in programme.yaml."""
    return {
        (str(session["date"]), session["room"], item["topic"])
        for session in yaml_of(imported, "programme.yaml")["sessions"]
        for item in session.get("items", ())
        if isinstance(item, dict) and "topic" in item
    }
