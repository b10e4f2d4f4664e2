"""Days and times that are possible and improbable: each is told where it stands, with what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.editing import found

DATE = "date: 2024-11-06"
PANEL = "    kind: panel\n"
OPENING = "start: 09:30\n    end: 10:00\n"

CASES = {
    "an end years away": (
        [("booklet.yaml", DATE, f"{DATE}\nend_date: 2034-11-07")],
        "booklet.yaml:4:11",
        "the event lasts 3654 days",
        "did you mean 2024-11-07?",
    ),
    "an end in the next year, before the day": (
        [("booklet.yaml", DATE, f"{DATE}\nend_date: 2025-11-05")],
        "booklet.yaml:4:11",
        "lasts 365 days",
        "correct one of the two",
    ),
    "a leap day in another year": (
        [("booklet.yaml", DATE, "date: 2025-02-27\nend_date: 2028-02-29")],
        "booklet.yaml:4:11",
        "lasts 1098 days",
        "correct one of the two",
    ),
    "a year with its digits exchanged": ([("booklet.yaml", DATE, "date: 2204-11-06")], "booklet.yaml:3:7", "2204", ""),
    "a booklet long before its event": (
        [("booklet.yaml", DATE, f"{DATE}\nimprint: {{published: 2023-12-01}}")],
        "booklet.yaml:4:22",
        "published on 2023-12-01",
        "correct",
    ),
    "an afternoon written as night": (
        [("programme.yaml", PANEL, f"{PANEL}    date: 2024-11-07\n    start: 02:30\n")],
        "programme.yaml:14:12",
        "begins at night, at 02:30",
        "write 14:30",
    ),
    "a session of half a day and more": (
        [("programme.yaml", "end: 10:00", "end: 22:00")],
        "programme.yaml:6:10",
        "from 09:30 to 22:00",
        "correct",
    ),
    "a session of no length": (
        [("programme.yaml", "end: 10:00", "end: 09:30")],
        "programme.yaml:6:10",
        "begins and ends at 09:30",
        "correct",
    ),
    "a speech that ends before it begins": (
        [("programme.yaml", "        topic:", "        start: 09:50\n        end: 09:40\n        topic:")],
        "programme.yaml:11:14",
        "ends at 09:40 and begins at 09:50",
        "correct",
    ),
    "a speech that ends after its session": (
        [("programme.yaml", "        topic:", "        end: 10:40\n        topic:")],
        "programme.yaml:10:14",
        "ends at 10:40, its session at 10:00",
        "correct",
    ),
    "two sessions in a room at once": (
        [
            ("programme.yaml", OPENING, f"{OPENING}    room: {{zh: 海厅, en: Sea}}\n"),
            ("programme.yaml", PANEL, f"{PANEL}    start: 09:45\n    end: 11:00\n    room: {{zh: 海厅, en: Sea}}\n"),
        ],
        "programme.yaml:14:12",
        "begins at 09:45, and “致辞” goes on in 海厅 until 10:00",
        "or the room",
    ),
    "two sessions at once where there are no rooms": (
        [("programme.yaml", PANEL, f"{PANEL}    start: 09:45\n    end: 11:00\n")],
        "programme.yaml:13:12",
        "goes on in the same place",
        "correct a time",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_improbable_day_or_time_is_told_once(case: str, tmp_path: Path) -> None:
    changes, where, words, hint = CASES[case]
    (finding,) = found(tmp_path, "HK124", *changes)
    assert finding.where == where
    assert words in finding.message
    assert hint in finding.hint


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [("booklet.yaml", DATE, f"{DATE}\nend_date: 2024-12-06\nimprint: {{published: 2025-12-01}}")],
        [("programme.yaml", PANEL, f"{PANEL}    start: 10:00\n    end: 11:00\n")],
        [("programme.yaml", PANEL, f"{PANEL}    date: 2024-11-07\n    start: 09:30\n    end: 11:00\n")],
        [
            ("programme.yaml", OPENING, f"{OPENING}    room: {{zh: 海厅, en: Sea}}\n"),
            ("programme.yaml", PANEL, f"{PANEL}    start: 09:45\n    end: 11:00\n    room: {{zh: 港厅, en: Port}}\n"),
        ],
        [("programme.yaml", PANEL, f"{PANEL}    start: 09:45\n    end: 11:00\n    track: {{zh: 甲, en: A}}\n")],
    ],
)
def test_days_and_times_as_events_have_them_are_left_alone(changes: list[tuple[str, str, str]], tmp_path: Path) -> None:
    assert found(tmp_path, "HK124", *changes) == []
