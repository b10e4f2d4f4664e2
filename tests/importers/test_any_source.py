"""Whatever the bytes: an import gives files or findings; whatever the schedule: nothing is lost, twice the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.finding import ContentError
from huikan.importers.clock import read_date, read_duration, read_moment, read_time
from huikan.importers.detect import Format, event_of
from huikan.importers.event_content import event_content
from huikan.importers.marked_up import html_as_markdown
from tests.importers.event_form import event, lost, publication_of, said_nowhere, schedule

STRUCTURED = [form for form in Format if form not in {Format.OUTLINE, Format.DOCX, Format.ACLPUB2}]

_text = st.text(max_size=12)
_time = st.sampled_from(["09:00", "23:59", "00:10", "2:30", "", "x"])
_moment = st.sampled_from(["2031-05-08T09:00:00+08:00", "2031-05-09T01:00:00Z", "0001-01-01T00:00:00Z", "soon", None])
_person = st.fixed_dictionaries({"public_name": _text, "biography": _text}, optional={"code": st.sampled_from("AB")})
_link = st.fixed_dictionaries({"url": st.one_of(_text, st.just("https://example.org/")), "title": _text})
_event = st.fixed_dictionaries(
    {
        "title": st.one_of(_text, st.sampled_from(["Lunch", "Keynote"])),
        "date": _moment,
        "start": _time,
        "duration": st.sampled_from(["00:30", "1:00:00", "99999:00", "", "9" * 30]),
        "room": st.sampled_from(["A", "B", ""]),
        "track": st.one_of(
            st.sampled_from(["T", "U"]), _text, st.dictionaries(st.sampled_from(["en", "zh-hans"]), _text)
        ),
        "type": st.sampled_from(["Talk", "Keynote", "Workshop", ""]),
        "language": st.sampled_from(["en", "zh", "de", ""]),
        "abstract": st.one_of(_text, st.just("<p>a <b>b</b></p>"), st.just("![x](y.png)")),
        "persons": st.lists(_person, max_size=3),
        "links": st.lists(_link, max_size=2),
    }
)
_days = st.lists(
    st.tuples(
        st.sampled_from(["2031-05-08", "2031-05-09", "never"]),
        st.dictionaries(st.one_of(st.sampled_from(["A", "B"]), _text), st.lists(_event, max_size=3), max_size=2),
    ),
    max_size=3,
)


@given(_days)
@settings(max_examples=120, deadline=None)
def test_no_value_of_any_schedule_is_lost_and_the_files_are_valid(days: list[tuple[str, Any]]) -> None:
    # A first talk makes it a publication; the rest may be anything.
    whole = ("2031-05-08", {"Hall A": [event()]})
    data = json.dumps(schedule(whole, *days)).encode()
    found = event_of(data, "s.json", Format.SCHEDULE)
    imported = event_content(found, "s.json")
    assert lost(imported, found.leaves) == []
    assert publication_of(imported).programme.sessions
    assert event_content(event_of(data, "s.json", Format.SCHEDULE), "s.json").files == imported.files


@given(st.lists(st.text(alphabet="abc 中文", min_size=1, max_size=12), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_words_of_a_placed_value_stand_in_the_files_that_the_report_names(titles: list[str]) -> None:
    talks = [event(code=f"T{number}", title=title, abstract=title) for number, title in enumerate(titles)]
    found = event_of(json.dumps(schedule(("2031-05-08", {"A": talks}))).encode(), "s.json", Format.SCHEDULE)
    imported = event_content(found, "s.json")
    placed = [(position, text) for position, text in found.leaves.items() if position.endswith(("title", "abstract"))]
    assert placed
    assert [said_nowhere(imported, *value) for value in placed] == [[] for _ in placed]


@pytest.mark.parametrize("form", STRUCTURED)
@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.sampled_from([b"PK\x03\x04", b"<schedule>", b'{"schedule":', b"\xff\xfe", b"a,b\n", b"["]).flatmap(
            lambda start: st.binary(max_size=100).map(lambda rest: start + rest)
        ),
        st.text(alphabet="<>/&;abschedule\"'= []{}:,\n姓名题目", max_size=120).map(str.encode),
    )
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_files_or_findings(form: Format, data: bytes) -> None:
    try:
        found = event_of(data, "any", form)
    except ContentError as error:
        kept = any(finding.code in {"HK801", "HK804", "HK805"} for finding in error.findings)
    else:
        imported = event_content(found, "any")
        kept = not lost(imported, found.leaves)
    assert kept


_cell = st.one_of(st.sampled_from(["姓名", "题目", "Speaker", "Date", "09:00", "2031-05-08", "茶歇", "1", ""]), _text)


@given(st.lists(st.lists(_cell, max_size=5), max_size=6))
@settings(max_examples=120, deadline=None)
def test_no_cell_of_any_table_is_lost(rows: list[list[str]]) -> None:
    import csv
    from io import StringIO

    target = StringIO()
    csv.writer(target).writerows([["时间", "题目", "姓名"], *rows])
    found = event_of(target.getvalue().encode("utf-8", "replace"), "t.csv", Format.TABLE)
    imported = event_content(found, "t.csv")
    assert lost(imported, found.leaves) == []


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_any_text_is_a_time_or_none(text: str) -> None:
    for read in (read_date, read_time, read_moment, read_duration):
        read(text)


@given(st.text(alphabet="<>/abp divu\"'=&;!-x", max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_markup_becomes_markdown(text: str) -> None:
    assert html_as_markdown(text) == html_as_markdown(text)


def test_markup_nested_without_end_does_not_exhaust_the_stack() -> None:
    assert "deep" in html_as_markdown("<blockquote>" * 5000 + "deep")
