"""Schedules of pretalx and frab: days, rooms, tracks, times, people."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from huikan.content.model import Publication, Role, SessionKind
from huikan.finding import ContentError
from huikan.importers.detect import Format, event_of, import_file
from huikan.importers.draft import Imported
from huikan.importers.event_content import event_content
from tests.importers.event_form import event, lost, publication_of, schedule

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"


def imported(content: dict[str, Any]) -> Imported:
    return event_content(event_of(json.dumps(content).encode(), "schedule.json", Format.SCHEDULE), "schedule.json")


def publication(*days: Any, **facts: Any) -> Publication:
    return publication_of(imported(schedule(*days, **facts)))


def test_talks_of_one_room_and_track_are_one_session_with_times_and_topics() -> None:
    second = event(code="BBBBBB", title="Lakes", date="2031-05-08T09:30:00+08:00", start="09:30")
    session = publication(("2031-05-08", {"Hall A": [event(), second]})).programme.sessions
    assert [(s.id, s.date, s.start, s.end) for s in session] == [
        ("hall-a-water", dt.date(2031, 5, 8), dt.time(9), dt.time(10))
    ]
    assert [(item.key, item.start, item.end) for item in session[0].items] == [
        ("ann-lee-aaaaaa", dt.time(9), dt.time(9, 30)),
        ("ann-lee-bbbbbb", dt.time(9, 30), dt.time(10)),
    ]


def test_days_follow_one_another_and_rooms_stand_side_by_side() -> None:
    later = event(code="CCCCCC", date="2031-05-09T09:00:00+08:00")
    other = event(code="BBBBBB", room="Hall B", track="Air")
    found = publication(
        ("2031-05-08", {"Hall B": [other], "Hall A": [event()]}), ("2031-05-09", {"Hall A": [later]})
    ).programme.sessions
    assert [(s.date.day if s.date else 0, s.room.plain if s.room else None) for s in found] == [
        (8, ("Hall B",)),
        (8, ("Hall A",)),
        (9, ("Hall A",)),
    ]


def test_a_long_pause_ends_a_session_and_sessions_with_one_heading_are_told_apart() -> None:
    afternoon = event(code="BBBBBB", date="2031-05-08T14:00:00+08:00", start="14:00")
    found = publication(("2031-05-08", {"Hall A": [event(), afternoon]})).programme.sessions
    assert [s.label.plain if s.label else None for s in found] == [("09:00",), ("14:00",)]


def test_a_talk_after_midnight_belongs_to_the_day_before() -> None:
    night = event(code="BBBBBB", title="Stars", date="2031-05-09T01:30:00+08:00", start="01:30", track="Night")
    found = publication(("2031-05-08", {"Hall A": [night, event()]})).programme.sessions
    assert [(s.date, s.start) for s in found] == [
        (dt.date(2031, 5, 8), dt.time(9)),
        (dt.date(2031, 5, 8), dt.time(1, 30)),
    ]


def test_a_moment_of_another_zone_is_told_by_the_clocks_of_the_event() -> None:
    utc = event(date="2031-05-08T01:00:00Z", start=None)
    (session,) = publication(("2031-05-08", {"Hall A": [utc]})).programme.sessions
    assert session.start == dt.time(9)


def test_the_clock_time_beside_a_moment_confirms_its_own_zone() -> None:
    (session,) = publication(("2031-05-08", {"Hall A": [event()]}), time_zone_name="UTC").programme.sessions
    assert session.start == dt.time(9)


@pytest.mark.parametrize(
    ("duration", "end"),
    [("00:45", dt.time(9, 45)), ("0:01:30", dt.time(10, 30)), ("01:30:00", dt.time(10, 30)), ("nonsense", None)],
)
def test_durations_of_all_dialects_are_read(duration: str, end: dt.time | None) -> None:
    (session,) = publication(("2031-05-08", {"Hall A": [event(duration=duration)]})).programme.sessions
    assert session.end == end


def test_speakers_after_the_first_share_the_talk() -> None:
    persons = [{"code": "A", "public_name": "Ann Lee"}, {"code": "B", "public_name": "Bo Chen"}]
    found = publication(("2031-05-08", {"Hall A": [event(persons=persons)]}))
    first, second = found.programme.sessions[0].items
    assert (first.person, first.topic is not None) == ("ann-lee", True)
    assert (second.person, second.topic, second.start) == ("bo-chen", None, None)
    assert list(found.summaries) == ["ann-lee"]


def test_two_people_of_one_name_stay_two() -> None:
    persons = [{"code": "A", "public_name": "Ann Lee"}, {"code": "B", "public_name": "Ann Lee"}]
    result = imported(schedule(("2031-05-08", {"Hall A": [event(persons=persons)]})))
    assert list(publication_of(result).people) == ["ann-lee", "ann-lee-2"]
    assert any("two people are called Ann Lee" in note.text for note in result.data.guessed)


def test_a_talk_without_people_is_a_session_of_its_own() -> None:
    lunch = event(code="L", title="Lunch", persons=[], track=None, description="At the quay.", abstract="")
    (session,) = publication(("2031-05-08", {"Hall A": [lunch]})).programme.sessions
    assert (session.kind, session.items) == (SessionKind.BREAK, ())
    assert session.title is not None
    assert session.title.plain == ("Lunch",)
    assert session.description is not None
    assert session.description.plain == ("At the quay.",)


def test_a_break_that_stands_in_every_room_stands_once() -> None:
    rooms = {room: [event(code=room, title="Lunch", persons=[], room=room)] for room in ("A", "B", "C")}
    result = imported(schedule(("2031-05-08", rooms)))
    (session,) = publication_of(result).programme.sessions
    assert session.room is not None
    assert session.room.plain == ("A, B, C",)


def test_a_keynote_among_talks_keeps_its_role() -> None:
    second = event(code="BBBBBB", type="Keynote", date="2031-05-08T09:30:00+08:00", start="09:30")
    (session,) = publication(("2031-05-08", {"Hall A": [event(), second]})).programme.sessions
    assert (session.kind, session.items[1].role) == (SessionKind.PANEL, Role.KEYNOTE)


def test_html_is_cleaned_and_rewritten_and_pictures_are_not_fetched() -> None:
    html = '<p>Of <b>rivers</b>.</p><script>steal()</script><p><img src="https://example.org/a.png" alt="A map"></p>'
    found = publication(("2031-05-08", {"Hall A": [event(abstract=html)]}))
    assert found.summaries["ann-lee"].prose["en"] == "\nOf **rivers**.\n\n[A map](https://example.org/a.png)\n"


def test_links_stand_below_the_abstract() -> None:
    links = [{"url": "https://example.org/slides", "title": "Slides [1]"}]
    found = publication(("2031-05-08", {"Hall A": [event(links=links)]}))
    assert "- [Slides \\[1\\]](<https://example.org/slides>)" in found.summaries["ann-lee"].prose["en"]


def test_a_picture_beside_the_schedule_is_copied_and_one_on_the_web_is_reported(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (40, 30)).save(tmp_path / "ann.png")
    persons = [
        {"code": "A", "public_name": "Ann Lee", "avatar": "ann.png"},
        {"code": "B", "public_name": "Bo Chen", "avatar": "https://example.org/bo.png"},
        {"code": "C", "public_name": "Cy Dee", "avatar": "../../../../etc/passwd.png"},
    ]
    source = tmp_path / "schedule.json"
    source.write_text(json.dumps(schedule(("2031-05-08", {"Hall A": [event(persons=persons)]}))), encoding="utf-8")
    result = import_file(source)
    assert result.files["photos/ann-lee.png"] == (tmp_path / "ann.png").read_bytes()
    assert [note.text.partition(":")[0] for note in result.data.missing] == [
        "photograph of bo-chen",
        "photograph of cy-dee",
    ]
    assert publication_of(result).people["ann-lee"].photo is not None


def test_names_by_language_stay_so() -> None:
    track = {"en": "Water", "zh-hans": "水"}
    (session,) = publication(("2031-05-08", {"Hall A": [event(track=track)]})).programme.sessions
    assert session.title is not None
    assert (session.title.en, session.title.zh) == (("Water",), ("水",))


def test_a_clock_time_that_disagrees_with_the_moment_is_a_conflict() -> None:
    result = imported(schedule(("2031-05-08", {"Hall A": [event(start="11:00")]})))
    assert [note.position for note in result.data.conflicts] == ["/schedule/conference/days/0/rooms/Hall A/0/start"]


def test_what_a_schedule_does_not_state_is_a_finding() -> None:
    result = imported({"schedule": {"conference": {"acronym": "x"}}})
    assert [finding.message for finding in result.findings] == [
        "the source does not state title",
        "the source does not state date",
        "the source does not state a session",
    ]


@pytest.mark.parametrize("source", [b"{", b"[]", b'{"schedule": {}}', b"{" * 5000, b"[" * 200 + b"]" * 200, b"\xff{"])
def test_what_is_no_schedule_is_refused(source: bytes) -> None:
    with pytest.raises(ContentError) as caught:
        event_of(source, "x.json", Format.SCHEDULE)
    assert {finding.code for finding in caught.value.findings} <= {"HK801", "HK804", "HK805"}


@pytest.mark.parametrize("name", ["voc-pretalx-democon.json", "voc-invalid-example.json"])
def test_real_schedules_are_imported_whole(name: str) -> None:
    source = DATA / name
    if not source.exists():
        pytest.skip(f"{name} is not beside the repository")
    result = import_file(source)
    leaves = event_of(source.read_bytes(), name, Format.SCHEDULE).leaves
    assert lost(result, leaves) == []
    assert publication_of(result).programme.sessions
    assert dict(import_file(source).files) == dict(result.files)
