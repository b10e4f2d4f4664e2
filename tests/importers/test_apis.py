"""Answers of Indico's export API and of pretalx's API."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from huikan.content.model import SessionKind
from huikan.finding import ContentError
from huikan.importers.detect import Format, event_of, format_of, import_file
from huikan.importers.draft import Imported
from huikan.importers.event_content import event_content
from tests.importers.event_form import lost, publication_of

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"


def moment(time: str, day: str = "2031-05-08") -> dict[str, str]:
    return {"date": day, "time": f"{time}:00", "tz": "Asia/Shanghai"}


ANN = {"first_name": "Ann", "last_name": "Lee", "fullName": "Lee, Ann", "affiliation": "Water Board", "id": "0"}
CONTRIBUTION = {
    "title": "Rivers",
    "startDate": moment("09:00"),
    "endDate": moment("09:20"),
    "duration": 20,
    "description": "<p>On water &amp; law.</p>",
    "speakers": [ANN],
    "primaryauthors": [{"first_name": "Bo", "last_name": "Chen", "affiliation": "Water Board", "id": "1"}],
    "keywords": ["floods"],
    "room": "Hall A",
    "session": "Morning",
    "track": "Water",
    "friendly_id": 3,
    "subContributions": [{"title": "Lakes", "duration": 5, "speakers": [ANN], "id": "7"}],
}
INDICO = {
    "count": 1,
    "results": [
        {
            "title": "Rivers 2031",
            "startDate": moment("08:00"),
            "endDate": moment("18:00", "2031-05-09"),
            "timezone": "Asia/Shanghai",
            "location": "Quay House",
            "description": "Welcome.",
            "chairs": [{"first_name": "Cy", "last_name": "Dee", "affiliation": ""}],
            "contributions": [CONTRIBUTION],
        }
    ],
}
TIMETABLE = {
    "results": {
        "137346": {
            "20310508": {
                "s1": {
                    "entryType": "Session",
                    "title": "Morning",
                    "startDate": moment("09:00"),
                    "endDate": moment("10:00"),
                    "room": "Hall A",
                    "conveners": [{"name": "Cy Dee", "affiliation": ""}],
                    "entries": {"c1": CONTRIBUTION | {"entryType": "Contribution", "subContributions": []}},
                },
                "b1": {
                    "entryType": "Break",
                    "title": "Pause",
                    "startDate": moment("10:00"),
                    "endDate": moment("10:30"),
                },
            }
        }
    }
}
SUBMISSIONS = {
    "count": 2,
    "results": [
        {
            "code": "AAAAAA",
            "title": "Rivers",
            "speakers": [{"code": "ANN", "name": "Ann Lee", "biography": "Swims.", "avatar": None}],
            "submission_type": {"en": "Talk"},
            "track": {"en": "Water", "zh-hans": "水"},
            "state": "confirmed",
            "abstract": "On *water*.",
            "content_locale": "en",
            "slot": {
                "room": {"en": "Hall A"},
                "start": "2031-05-08T09:00:00+08:00",
                "end": "2031-05-08T09:30:00+08:00",
            },
        },
        {"code": "BBBBBB", "title": "No", "speakers": [], "state": "withdrawn", "slot": None},
    ],
}
WIDGET = {
    "talks": [
        {
            "code": "AAAAAA",
            "title": "Rivers",
            "speakers": ["ANN"],
            "track": 5,
            "room": 7,
            "start": "2031-05-08T09:00:00+08:00",
            "end": "2031-05-08T09:30:00+08:00",
        }
    ],
    "rooms": [{"id": 7, "name": {"en": "Hall A"}}],
    "tracks": [{"id": 5, "name": {"en": "Water"}}],
    "speakers": [{"code": "ANN", "name": "Ann Lee"}],
    "event_name": {"en": "Rivers 2031"},
}


def imported(content: Any) -> Imported:
    data = json.dumps(content).encode()
    return event_content(event_of(data, "x.json", format_of("x.json", data)), "x.json")


@pytest.mark.parametrize("content", [INDICO, TIMETABLE, SUBMISSIONS, WIDGET])
def test_nothing_of_an_answer_is_lost_and_the_format_is_told_by_the_file(content: Any) -> None:
    data = json.dumps(content).encode()
    form = format_of("x.json", data)
    assert form is (Format.INDICO if content in (INDICO, TIMETABLE) else Format.PRETALX)
    leaves = event_of(data, "x.json", form).leaves
    assert leaves
    assert lost(imported(content), leaves) == []


def test_an_indico_event_has_sessions_speakers_and_bodies() -> None:
    result = imported(INDICO)
    found = publication_of(result)
    (session,) = found.programme.sessions
    assert session.title is not None
    assert (session.title.plain, session.date, session.start) == (("Morning",), dt.date(2031, 5, 8), dt.time(9))
    assert [item.person for item in session.items] == ["ann-lee", "ann-lee"]
    assert found.people["ann-lee"].affiliation == ("water-board",)
    assert found.people["ann-lee"].sort is not None
    assert found.people["ann-lee"].sort.plain == ("Lee Ann",)
    assert "On water \\& law.\n\nfloods" in found.summaries["ann-lee-3"].prose["en"]
    assert found.booklet.end_date == dt.date(2031, 5, 9)
    assert "cy-dee" in found.people
    assert any(left.text == "Chen" for left in result.data.left), "an author who does not speak is reported"


def test_an_indico_timetable_nests_its_sessions_and_names_its_breaks() -> None:
    result = imported(TIMETABLE)
    assert [finding.message for finding in result.findings] == ["the source does not state title"]
    programme = str(result.files["programme.yaml"])
    assert "kind: break" in programme
    assert "hosts: [cy-dee]" in programme


def test_submissions_have_slots_and_what_is_not_held_is_reported() -> None:
    result = imported(SUBMISSIONS)
    programme = str(result.files["programme.yaml"])
    assert "title: {zh: 水, en: Water}" in programme
    assert [(note.position, note.text) for note in result.data.guessed if "left out" in note.text] == [
        ("/results/1/state", "withdrawn: the talk is left out")
    ]


def test_the_widget_refers_to_rooms_tracks_and_speakers() -> None:
    found = publication_of(imported(WIDGET))
    (session,) = found.programme.sessions
    assert session.room is not None
    assert (session.room.plain, session.kind, session.items[0].person) == (("Hall A",), SessionKind.PANEL, "ann-lee")
    assert found.booklet.title.plain == ("Rivers 2031",)


def test_the_wrong_format_is_named() -> None:
    with pytest.raises(ContentError, match="looks like --format indico"):
        event_of(json.dumps(INDICO).encode(), "x.json", Format.SCHEDULE)


@pytest.mark.parametrize("name", ["contributions", "sessions", "occurrences"])
def test_real_answers_of_indico_are_imported_whole(name: str) -> None:
    source = DATA / f"indico-doc-event-{name}.json"
    if not source.exists():
        pytest.skip(f"{source.name} is not beside the repository")
    leaves = event_of(source.read_bytes(), source.name, Format.INDICO).leaves
    assert lost(import_file(source), leaves) == []
