"""The made-up schedule as other systems would export it: XML, Indico, pretalx's API, tables, an aclpub2 folder."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import openpyxl
import yaml

COLUMNS = ("Date", "Time", "Room", "Track", "Title", "Speaker", "Abstract")


def talks(schedule: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Day, room and talk, in order; breaks, which nobody holds, are left out."""
    for day in schedule["schedule"]["conference"]["days"]:
        for room, events in day["rooms"].items():
            yield from ((day["date"], room, event) for event in events if event["persons"])


def as_json(schedule: dict[str, Any]) -> bytes:
    """schedule.json of pretalx and frab."""
    return json.dumps(schedule).encode()


def as_xml(schedule: dict[str, Any]) -> bytes:
    """schedule.xml of frab."""
    root = Element("schedule")
    conference = schedule["schedule"]["conference"]
    facts = SubElement(root, "conference")
    for name in ("acronym", "title", "start", "end", "time_zone_name"):
        SubElement(facts, name).text = conference.get(name, "")
    for number, day in enumerate(conference["days"], start=1):
        of_day = SubElement(root, "day", index=str(number), date=day["date"])
        for room, events in day["rooms"].items():
            of_room = SubElement(of_day, "room", name=room)
            for event in events:
                element = SubElement(of_room, "event", id=str(event["code"]))
                for name in ("date", "start", "duration", "title", "track", "type", "language", "abstract"):
                    SubElement(element, name).text = event.get(name) or ""
                persons = SubElement(element, "persons")
                for person in event["persons"]:
                    SubElement(persons, "person", id=str(person.get("code", ""))).text = person["public_name"]
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def as_indico(schedule: dict[str, Any]) -> bytes:
    """The answer of Indico's export API with contributions."""
    contributions = []
    for number, (_day, room, event) in enumerate(talks(schedule)):
        start = dt.datetime.fromisoformat(event["date"])
        contributions.append(
            {
                "friendly_id": number,
                "title": event["title"],
                "startDate": {"date": f"{start:%Y-%m-%d}", "time": f"{start:%H:%M:%S}", "tz": "Asia/Shanghai"},
                "duration": 25,
                "room": room,
                "track": event["track"],
                "description": f"<p>{event['abstract']}</p>",
                "speakers": [
                    {"id": person["code"], "fullName": person["public_name"], "affiliation": "Water Board"}
                    for person in event["persons"]
                ],
            }
        )
    conference = schedule["schedule"]["conference"]
    first = {"date": conference["start"], "time": "09:00:00", "tz": "Asia/Shanghai"}
    whole = {"title": conference["title"], "startDate": first, "contributions": contributions}
    return json.dumps({"results": [whole]}).encode()


def as_pretalx(schedule: dict[str, Any]) -> bytes:
    """The answer of pretalx's API with submissions."""
    results = []
    for _day, room, event in talks(schedule):
        start = dt.datetime.fromisoformat(event["date"])
        slot = {
            "room": {"en": room},
            "start": start.isoformat(),
            "end": (start + dt.timedelta(minutes=25)).isoformat(),
        }
        speakers = [
            {"code": person["code"], "name": person["public_name"], "biography": person["biography"]}
            for person in event["persons"]
        ]
        facts = {"code": event["code"], "title": event["title"], "abstract": event["abstract"], "state": "confirmed"}
        results.append({**facts, "track": {"en": event["track"]}, "speakers": speakers, "slot": slot})
    return json.dumps({"count": len(results), "results": results}).encode()


def _rows(schedule: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for day, room, event in talks(schedule):
        speakers = "; ".join(person["public_name"] for person in event["persons"])
        yield day, event["start"], room, event["track"], event["title"], speakers, event["abstract"]


def as_csv(schedule: dict[str, Any]) -> bytes:
    """A table of talks as CSV."""
    target = StringIO()
    csv.writer(target).writerows(_rows(schedule))
    return target.getvalue().encode()


def as_xlsx(schedule: dict[str, Any]) -> bytes:
    """A table of talks as a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Programme")
    for row in _rows(schedule):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def as_aclpub2(schedule: dict[str, Any]) -> dict[str, bytes]:
    """The files of an aclpub2 folder: details, papers, and a programme of one session a room and day."""
    conference = schedule["schedule"]["conference"]
    details = {"event_name": conference["title"], "start_date": conference["start"], "end_date": conference["end"]}
    papers, sessions = [], dict[tuple[str, str], dict[str, Any]]()
    for number, (day, room, event) in enumerate(talks(schedule), start=1):
        names = [person["public_name"].split(" ", 1) for person in event["persons"]]
        authors = [{"first_name": first, "last_name": last} for first, last in names]
        papers.append({"id": number, "title": event["title"], "abstract": event["abstract"], "authors": authors})
        start = f"{day} {event['start']}:00"
        session = sessions.setdefault(
            (day, room), {"title": f"{room}, {day}", "start_time": start, "location": room, "papers": []}
        )
        session["papers"].append({"id": number, "start_time": start})
    files = {"conference_details": details, "papers": papers, "program": list(sessions.values())}
    return {f"{name}.yml": yaml.safe_dump(content, sort_keys=False).encode() for name, content in files.items()}


FORMATS = {
    "schedule.json": as_json,
    "schedule.xml": as_xml,
    "indico.json": as_indico,
    "pretalx.json": as_pretalx,
    "talks.csv": as_csv,
    "talks.xlsx": as_xlsx,
}
"""What a file of that name would hold; an aclpub2 folder is `as_aclpub2`."""
