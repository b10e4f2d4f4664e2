"""schedule.xml in the dialects of frab, FOSDEM and EuroPython; hostile XML."""

from __future__ import annotations

import datetime as dt

import pytest

from huikan.content.model import SessionKind
from huikan.finding import ContentError
from huikan.importers.detect import Format, event_of
from huikan.importers.draft import Imported
from huikan.importers.event_content import event_content
from tests.importers.event_form import lost, publication_of

FOSDEM = """<?xml version="1.0" encoding="UTF-8"?>
<schedule><conference><title>Rivers 2031</title><subtitle/><venue>Quay House</venue><city>Chengjiang</city>
<start>2031-05-08</start><end>2031-05-09</end><days>2</days><day_change>09:00:00</day_change></conference>
<day index="1" date="2031-05-08"><room name="Hall A">
<event id="1"><start>10:00</start><duration>00:50</duration><room>Hall A</room><slug>rivers</slug><title>Rivers</title>
<subtitle>Twenty years</subtitle><track>Keynotes</track><type>keynote</type><language/><abstract>Short.</abstract>
<description>&lt;p&gt;On &lt;b&gt;water&lt;/b&gt;.&lt;/p&gt;</description>
<persons><person id="228">Ann Lee</person><person id="312">Bo Chen</person></persons>
<links><link href="https://example.org/1">Feedback</link></links></event>
<event id="2"><start>01:30</start><duration>00:50</duration><room>Hall A</room><title>Night</title><track>Late</track>
<persons><person id="228">Ann Lee</person></persons></event>
</room></day><day index="2" date="2031-05-09"/></schedule>"""

FRAB = """<schedule xmlns="https://example.org/ns"><conference><title>Rivers</title><acronym>rivers</acronym>
<time_zone_name>Asia/Shanghai</time_zone_name></conference>
<day index="1" date="2031-05-08" start="2031-05-08T04:00:00+08:00" end="2031-05-09T03:59:00+08:00"><room name="Hall A">
<event id="7" guid="8079583e-8321-506c-95af-fd2903a5f075"><date>2031-05-08T02:00:00+00:00</date><start>10:00</start>
<duration>01:00</duration><title>Rivers</title><description>On <i>clean</i> water</description><type>panel</type>
<persons><person id="1">Ann Lee</person></persons></event></room></day></schedule>"""

EUROPYTHON = """<schedule><day date="2031-05-08"><entry id="9"><category>talk</category><audience>Novice</audience>
<topics>Water</topics><start>0930</start><duration>45</duration><room>Hall A</room><title>Rivers</title>
<description>On water.</description><speakers><speaker id="3"><name>Ann Lee</name><profile>Swims.</profile></speaker>
</speakers></entry></day></schedule>"""


def imported(xml: str) -> Imported:
    return event_content(event_of(xml.encode(), "schedule.xml", Format.SCHEDULE), "schedule.xml")


def test_pentabarf_has_neither_moments_nor_guids() -> None:
    found = publication_of(imported(FOSDEM))
    keynote, night = found.programme.sessions
    assert (keynote.kind, keynote.date, keynote.start) == (SessionKind.KEYNOTE, dt.date(2031, 5, 8), dt.time(10))
    assert (night.date, night.start, night.end) == (dt.date(2031, 5, 8), dt.time(1, 30), dt.time(2, 20))
    topic = keynote.items[0].topic
    assert topic is not None
    assert topic.plain == ("Rivers", "Twenty years")
    assert found.booklet.venue is not None
    assert found.booklet.venue.plain == ("Quay House, Chengjiang",)
    assert found.summaries["ann-lee-1"].prose["en"].split("\n\n") == [
        "\nShort.",
        "On **water**.",
        "- [Feedback](<https://example.org/1>)\n",
    ]


def test_frab_has_moments_and_markup_within_a_description() -> None:
    found = publication_of(imported(FRAB))
    (session,) = found.programme.sessions
    assert (session.start, session.kind) == (dt.time(10), SessionKind.DISCUSSION)
    assert found.summaries["ann-lee"].prose["en"] == "\nOn *clean* water\n"


def test_europython_has_entries_below_the_day() -> None:
    found = publication_of(imported(EUROPYTHON.replace("<day", "<conference><title>EP</title></conference><day")))
    (session,) = found.programme.sessions
    assert (session.start, session.end) == (dt.time(9, 30), dt.time(10, 15))
    assert session.track is None
    assert found.people["ann-lee"].bio is not None


@pytest.mark.parametrize("xml", [FOSDEM, FRAB, EUROPYTHON])
def test_every_text_and_attribute_is_placed_or_reported_with_its_line(xml: str) -> None:
    event = event_of(xml.encode(), "schedule.xml", Format.SCHEDULE)
    assert event.leaves
    assert lost(event_content(event, "schedule.xml"), event.leaves) == []
    assert "/schedule/day[1]/@date:4" in event_of(FOSDEM.encode(), "s.xml", Format.SCHEDULE).leaves


BOMB = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><schedule><title>&b;</title></schedule>'
OUTSIDE = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule><title>&x;</title></schedule>'
DEEP = "<schedule>" + "<a>" * 5000 + "</a>" * 5000 + "</schedule>"


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, DEEP, "<schedule>", "<talks/>", "<"])
def test_entities_depth_and_what_is_no_schedule_are_refused(xml: str) -> None:
    with pytest.raises(ContentError) as caught:
        event_of(xml.encode(), "schedule.xml", Format.SCHEDULE)
    assert {finding.code for finding in caught.value.findings} <= {"HK804", "HK805"}
