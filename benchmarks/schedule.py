"""A made-up schedule of any size, as schedule.json: days, rooms, tracks, breaks, people who speak twice."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any

ROOMS = 12
DAYS = 4
_FIRST = [
    "Ann",
    "Bo",
    "Cy",
    "Dee",
    "Eva",
    "Finn",
    "Gro",
    "Hal",
    "Ida",
    "Jon",
    "Kai",
    "Lea",
    "Max",
    "Nia",
    "Ola",
    "Pia",
    "Quin",
    "Rae",
    "Sam",
    "Tea",
    "Uma",
    "Vic",
    "Wen",
    "Xia",
    "Yan",
    "Zoe",
]
_LAST = [
    "Lee",
    "Chen",
    "Okafor",
    "Silva",
    "Novak",
    "Haas",
    "Ito",
    "Khan",
    "Rossi",
    "Moreau",
    "Petrov",
    "Nguyen",
    "Garcia",
    "Olsen",
    "Weber",
    "Costa",
    "Dahl",
    "Fox",
]
_TRACKS = ["Rivers and lakes", "Ground water", "Measuring", "Law", "Cities", "Open data"]
_WORDS = [
    "water",
    "river",
    "lake",
    "model",
    "data",
    "flow",
    "open",
    "city",
    "law",
    "basin",
    "reuse",
    "quality",
    "sensor",
    "flood",
    "drought",
    "treaty",
    "map",
]


def talk(number: int, day: dt.date, start: dt.datetime, room: int) -> dict[str, Any]:
    """An event of half an hour; every ninth has two speakers, every person speaks about once."""
    people = [number] if number % 9 else [number, number + 1]
    words = [_WORDS[(number * step + step) % len(_WORDS)] for step in range(1, 90)]
    return {
        "guid": f"00000000-0000-4000-8000-{number:012}",
        "code": f"T{number:05}",
        "title": f"{' '.join(words[:6]).capitalize()} {number}",
        "date": start.isoformat() + "+08:00",
        "start": f"{start:%H:%M}",
        "duration": "00:25",
        "room": f"Hall {room + 1}",
        "track": _TRACKS[(room + (day.day * 7) + (start.hour > 12)) % len(_TRACKS)],
        "type": "Talk",
        "language": "en",
        "abstract": f"**{' '.join(words[:20]).capitalize()}.** {' '.join(words[20:])}.",
        "description": "",
        "persons": [
            {
                "code": f"P{person:05}",
                "public_name": f"{_FIRST[person % len(_FIRST)]} {_LAST[person // len(_FIRST) % len(_LAST)]}",
                "biography": "Works on water.",
            }
            for person in people
        ],
        "links": [],
    }


def schedule(talks: int, days: int = DAYS, rooms: int = ROOMS) -> dict[str, Any]:
    """A schedule of so many talks, breaks not counted, spread evenly over days and rooms."""
    numbers = iter(range(1, talks + 1))
    a_day = -(-talks // days)
    found = []
    for index in range(days):
        day = dt.date(2031, 5, 8) + dt.timedelta(days=index)
        halls: dict[str, list[dict[str, Any]]] = {f"Hall {room + 1}": [] for room in range(rooms)}
        today = list(islice(numbers, a_day))
        for place, number in enumerate(today):
            slot, room = divmod(place, rooms)
            start = dt.datetime.combine(day, dt.time(9)) + dt.timedelta(minutes=30 * slot + (60 if slot > 4 else 0))
            halls[f"Hall {room + 1}"].append(talk(number, day, start, room))
        lunch = dt.datetime.combine(day, dt.time(11, 30)).isoformat() + "+08:00"
        for hall, events in halls.items():
            break_ = {"code": f"L{index}{hall}", "title": "Lunch", "date": lunch, "start": "11:30", "duration": "01:00"}
            events.append({**break_, "room": hall, "type": "Break", "persons": []})
        found.append({"index": index + 1, "date": day.isoformat(), "rooms": halls})
    last = dt.date(2031, 5, 8) + dt.timedelta(days=days - 1)
    conference = {
        "acronym": "rivers31",
        "title": "Rivers 2031",
        "start": "2031-05-08",
        "end": last.isoformat(),
        "time_zone_name": "Asia/Shanghai",
        "days": found,
    }
    return {"schedule": {"version": "1", "conference": conference}}
