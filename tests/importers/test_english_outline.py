"""A record in English is imported as a Chinese one is: programme, captions, facts of the event, no line lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.content.load import load_publication
from huikan.content.model import Mode, Role, SessionKind
from huikan.importers.draft import Imported
from huikan.importers.outline import import_outline
from huikan.importers.write import write_imported
from tests.importers.record_form import derived_captions, loaded, lost_lines, publication_of

RECORD = """
“River Care and Shared Water” Sub-forum

[Basic Information]

Moderators:

Opening Addresses and Keynote Speech, Thematic Speeches:

Moqi Qing, Dean of the School of Hydraulics, Chengjiang University

Discussion:

Dan Xiaohe, Research Fellow, Nanling Institute of Hydrology

Opening Addresses and Keynote Speech:

Thomas Linden, Secretary General of the International Rivers Association

Le Shan	Vice Mayor of Chengjiang

Thematic Speeches I: Upstream Protection Begins at the Source

Maria del Rio Vega, Director of the Andean Water Agency
Ouyang Yuanfan, Director of the Water Department of Yunling Province

Release of the Report:

Zha Ning, Director, Northern Water Resources Centre

Discussion: Enterprises in Action for Clean Rivers

Xie Xiaodong | Director and General Manager, Lanwan Environment Co., Ltd.
Zeng Yifan (Vice President of Qingyuan Technology)

[Introduction]

On 8 May 2031, the Sub-forum “River Care and Shared Water” of the 3rd Chengjiang Water Forum was held at the Chengjiang Conference Centre. It was co-hosted by the International Rivers Association and the Chengjiang Water Bureau, and organised by the Nanling Institute of Hydrology, and Qingyuan Technology.

[Opening Addresses and Keynote Speech]

Thomas Linden, Secretary General of the International Rivers Association
delivering an address at the Sub-forum “River Care and Shared Water”

Thomas Linden said that one river feeds twelve cities.

He added that rivers are cared for at the source.

Le Shan, Vice Mayor of the Chengjiang Municipal Government
attended the Sub-forum “River Care and Shared Water” by video and delivered a keynote speech

Le Shan spoke of *water*, quality and price.

Moqi Qing, Dean of the School of Hydraulics, Chengjiang University
moderating the opening addresses, keynote speech and thematic speeches at the Sub-forum “River Care and Shared Water”

Thematic Speeches I: Upstream Protection Begins at the Source

Maria del Rio Vega, Director of the Andean Water Agency
speaking at the Sub-forum “River Care and Shared Water”

Maria del Rio Vega described the Andes.

Ouyang Yuanfan, Director of the Water Department of Yunling Province
speaks at the Sub-forum “River Care and Shared Water”

Ouyang Yuanfan told of springs.

Release of the Report

Zha Ning, Director, Northern Water Resources Centre
presenting the report at the Sub-forum “River Care and Shared Water”

“Report on the World’s Rivers 2031” compares twelve basins.

Discussion: Enterprises in Action for Clean Rivers

Xie Xiaodong, Director and General Manager, Lanwan Environment Co., Ltd.
joining the discussion at the Sub-forum “River Care and Shared Water”

Xie Xiaodong said that factories can be clean.

Dan Xiaohe, Research Fellow, Nanling Institute of Hydrology
moderating the discussion at the Sub-forum “River Care and Shared Water”
"""  # noqa: E501 (a paragraph of the record is one line)

PLAIN = """\
International Forum on Tides: Ports of Tomorrow

Date: 8–9 May 2032
Venue: Grand Hall, Riverside Hotel
Organised by: Coast Institute; Ministry of Ports and Fisheries

PROGRAMME

Moderator: Ann Lee, Editor, Tide Weekly

Keynote Speeches

Prof. John Smith, Professor of Law, Harbour University
Mary-Ann O'Brien – Chief Engineer, Dock Ltd.

Panel Discussion: Who Pays

Martin King, Jr., Partner, Law & Co.
"""


@pytest.fixture(scope="module")
def imported() -> Imported:
    return import_outline(RECORD, "forum-2031.txt")


def test_the_facts_of_the_event_are_read(imported: Imported, tmp_path: Path) -> None:
    write_imported(imported, tmp_path / "content")
    loaded_publication = load_publication(tmp_path / "content")
    booklet = loaded_publication.publication.booklet
    assert booklet.languages == ("en",)
    assert booklet.title.plain == ("River Care and Shared Water",)
    assert booklet.kind is not None
    assert booklet.kind.plain == ("Sub-forum",)
    assert booklet.series is not None
    assert booklet.series.plain == ("3rd Chengjiang Water Forum",)
    assert booklet.venue is not None
    assert booklet.venue.plain == ("Chengjiang Conference Centre",)
    assert booklet.date.isoformat() == "2031-05-08"
    assert [(str(group.role), group.members) for group in booklet.organisers] == [
        ("host", ("international-rivers-association", "chengjiang-water-bureau")),
        ("organiser", ("nanling-institute-of-hydrology", "qingyuan-technology")),
    ]


def test_sessions_and_their_moderators_are_those_of_the_programme(imported: Imported) -> None:
    sessions = publication_of(imported).programme.sessions
    assert [(session.kind, [host.person for host in session.hosts]) for session in sessions] == [
        (SessionKind.OPENING, ["moqi-qing"]),
        (SessionKind.PANEL, ["moqi-qing"]),
        (SessionKind.REPORT, []),
        (SessionKind.DISCUSSION, ["dan-xiaohe"]),
    ]
    assert [item.person for session in sessions for item in session.items] == [
        "thomas-linden",
        "le-shan",
        "maria-del-rio-vega",
        "ouyang-yuanfan",
        "zha-ning",
        "xie-xiaodong",
        "zeng-yifan",
    ]
    assert sessions[1].title is not None
    assert sessions[1].title.plain == ("Upstream Protection Begins at the Source",)


def test_names_and_titles_are_told_apart(imported: Imported) -> None:
    people = publication_of(imported).people
    shown = {id: (person.name.plain, person.title and person.title.plain) for id, person in people.items()}
    assert shown["moqi-qing"] == (("Moqi Qing",), ("Dean of the School of Hydraulics, Chengjiang University",))
    assert shown["xie-xiaodong"][1] == ("Director and General Manager, Lanwan Environment Co., Ltd.",)
    assert shown["zeng-yifan"] == (("Zeng Yifan",), ("Vice President of Qingyuan Technology",))
    assert people["le-shan"].note == "Title in the programme (line 20): Vice Mayor of Chengjiang"


def test_roles_and_modes_follow_from_captions(imported: Imported) -> None:
    opening, panel, *_ = publication_of(imported).programme.sessions
    assert (opening.items[1].role, opening.items[1].mode) == (Role.KEYNOTE, Mode.VIDEO)
    assert opening.items[0].caption is None
    assert opening.hosts[0].scope is not None
    assert opening.hosts[0].scope.plain == ("the opening addresses, keynote speech and thematic speeches",)
    assert panel.items[1].caption is not None
    assert derived_captions(imported)["programme.yaml#sessions.opening.items.thomas-linden.caption"] == (
        "Thomas Linden, Secretary General of the International Rivers Association"
        "delivering an address at the Sub-forum “River Care and Shared Water”"
    )


def test_summaries_and_the_report_are_read(imported: Imported) -> None:
    values = loaded(imported)
    assert values["summaries/thomas-linden.md"].startswith("Thomas Linden said")
    assert "at the source" in values["summaries/thomas-linden.md"]
    assert values["report.yaml"]["title"] == "Report on the World’s Rivers 2031"


def test_no_line_is_lost(imported: Imported) -> None:
    assert lost_lines(RECORD, imported) == []
    assert imported.account.unplaced == ()
    assert lost_lines(PLAIN, import_outline(PLAIN, "tides.txt")) == []


def test_a_programme_without_brackets_and_colons_is_read() -> None:
    publication = publication_of(import_outline(PLAIN, "tides.txt"))
    assert publication.booklet.end_date is not None
    assert publication.booklet.end_date.isoformat() == "2032-05-09"
    assert set(publication.organisations) == {"coast-institute", "ministry-of-ports-and-fisheries"}
    assert [
        (session.kind, [host.person for host in session.hosts], [item.person for item in session.items])
        for session in publication.programme.sessions
    ] == [
        (SessionKind.KEYNOTE, ["ann-lee"], ["john-smith", "mary-ann-o-brien"]),
        (SessionKind.DISCUSSION, ["ann-lee"], ["martin-king-jr"]),
    ]


@pytest.mark.parametrize(
    ("line", "role", "mode"),
    [
        ("delivering an address at the Forum “Tides”", Role.ADDRESS, Mode.ONSITE),
        ("Delivered a keynote speech at the “Tides” Forum by video", Role.KEYNOTE, Mode.VIDEO),
        ("attends the Forum “Tides” and gives welcome remarks", Role.ADDRESS, Mode.ONSITE),
        ("joined the discussion at the Forum “Tides” (online)", Role.PANEL, Mode.VIDEO),
        ("presenting the report at the Forum “Tides”", Role.REPORT, Mode.ONSITE),
        ("spoke at the Forum “Tides”", Role.SPEECH, Mode.ONSITE),
    ],
)
def test_what_somebody_did_is_read_from_the_words_of_a_caption(line: str, role: Role, mode: Mode) -> None:
    programme = "Tides\n\nDate: May 8, 2032\n\n[Programme]\n\nTalks:\nAda Osei\n\n[Talks]\n"
    record = f"{programme}\nAda Osei, Fellow\n{line}\n\nThe sea rose.\n"
    (session,) = publication_of(import_outline(record, "tides.txt")).programme.sessions
    (item,) = session.items
    assert (item.role or Role.SPEECH, item.mode) == (role, mode)


def test_a_sentence_that_only_sounds_like_a_heading_or_caption_stays_in_its_summary() -> None:
    sentences = (
        "He made three points on dialogue: first, listen.\n\n"
        "She was speaking at the Forum “Tides” when the lights went out.\n\n"
        "Discussion of tides: a long story."
    )
    record = f"Tides\n\n[Talks]\n\nAda Osei, Fellow\nspeaking at the Forum “Tides”\n\n{sentences}\n"
    values = loaded(import_outline(record, "tides.txt"))
    assert values["summaries/ada-osei.md"].endswith("a long story.")


def test_a_title_that_ends_like_a_session_is_no_session_and_bare_headings_are_told_as_guesses() -> None:
    record = """“River Care” Sub-forum

Programme

Keynote Speeches

Carl May, President
Editor-in-Chief, World Water Report

Panel Discussion II

Ada Osei, Director, Coastal Institute
"""
    imported = import_outline(record, "record.txt")
    sessions = loaded(imported)["programme.yaml"]["sessions"]
    assert [session["label"] for session in sessions] == ["Keynote Speeches", "Panel Discussion II"]
    guessed = str(imported.files["import-report.md"]).partition("## Guessed")[2]
    for heading in ("Keynote Speeches", "Panel Discussion II"):
        assert f"“{heading}” is taken for a heading" in guessed


@pytest.mark.parametrize(
    "heading", ["Opening, Addresses by the Hosts and Keynote Speeches", "President’s Address and Discussion"]
)
def test_headings_with_commas_or_posts_are_still_headings(heading: str) -> None:
    record = f"“River Care” Sub-forum\n\nProgramme\n\n{heading}\n\nCarl May, President\n"
    sessions = loaded(import_outline(record, "record.txt"))["programme.yaml"]["sessions"]
    assert [session["label"] for session in sessions] == [heading]
