"""aclpub2 folders: programme, papers, talks, committees; LaTeX in strings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.content.model import SessionKind
from huikan.finding import ContentError
from huikan.importers.aclpub2 import FILES, event_of_folder, plain
from huikan.importers.detect import import_file
from huikan.importers.draft import Imported
from huikan.importers.event_content import event_content
from huikan.importers.located import Value
from tests.importers.event_form import lost, publication_of

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "aclpub2" / "examples"
FOLDER = {
    "conference_details.yml": "event_name: Rivers 2031\nabbreviation: RIV\nstart_date: 2031-05-08\n"
    "end_date: 2031-05-09\nlocation: Chengjiang\nisbn: 978-1-952148-02-6\neditors:\n"
    "- first_name: Cy\n  last_name: Dee\n",
    "program.yml": "- title: Opening Remarks\n  start_time: 2031-05-08 08:30:00\n  end_time: 2031-05-08 09:00:00\n"
    "- title: Session 1\n  start_time: 2031-05-08 09:00:00\n  end_time: 2031-05-08 10:00:00\n  subsessions:\n"
    "  - title: Water\n    start_time: 2031-05-08 09:00:00\n    chair: Eva Fox\n    location: Hall A\n    papers:\n"
    "    - id: 2\n      start_time: 2031-05-08 09:00:00\n      end_time: 2031-05-08 09:20:00\n    - id: 99\n",
    "papers.yml": "- id: 2\n  title: 'Na{\\\"i}ve $O(n)$ Rivers -- 3\\% more'\n"
    "  abstract: 'We save 3.6\\% of it.'\n  authors:\n"
    "  - {first_name: Ann, middle_name: B., last_name: Lee, institution: Water Board, email: a@example.org}\n",
    "invited_talks.yml": "- title: Seas\n  speaker_name: Bo Chen\n  institution: Sea Board\n  abstract_file: seas.tex\n"
    "  date: 2031-05-09 09:00:00\n",
    "program_committee.yml": "- role: Reviewers\n  entries:\n  - {first_name: Gro, last_name: Haas}\n",
}


def imported(folder: dict[str, str] = FOLDER, texts: dict[str, bytes] | None = None) -> Imported:
    files = {name: text.encode() for name, text in folder.items()}
    return event_content(event_of_folder(files, (texts or {}).get), "riv")


def test_papers_stand_in_the_sessions_of_the_programme() -> None:
    found = publication_of(imported(texts={"seas.tex": b"On \\emph{seas}.\n\nMore."}))
    sessions = {session.id: session for session in found.programme.sessions}
    assert list(sessions) == ["d1-opening-remarks", "d1-water", "d1-session-1", "d1-hall-a-99", "d2-seas"]
    assert sessions["d1-opening-remarks"].kind is SessionKind.OPENING
    water = sessions["d1-water"]
    assert [host.person for host in water.hosts] == ["eva-fox"]
    topic = water.items[0].topic
    assert topic is not None
    assert topic.plain == ("Naïve O(n) Rivers – 3% more",)
    assert found.summaries["ann-b-lee"].prose["en"] == "\nWe save 3.6% of it.\n"
    assert found.summaries["bo-chen"].prose["en"] == "\nOn seas.\n\nMore.\n"
    assert sessions["d2-seas"].kind is SessionKind.KEYNOTE
    assert found.people["gro-haas"].title is not None


def test_every_value_of_a_folder_is_placed_or_reported_by_line_and_column() -> None:
    files = {name: text.encode() for name, text in FOLDER.items()}
    event = event_of_folder(files, lambda name: None)
    result = event_content(event, "riv")
    assert lost(result, event.leaves) == []
    assert any("no text seas.tex" in note.text for note in result.data.guessed)
    assert any("no paper 99" in note.text for note in result.data.guessed)


@pytest.mark.parametrize("name", ["handbook", "no_papers", "sigdial"])
def test_real_folders_are_imported_whole(name: str) -> None:
    folder = DATA / name
    if not folder.exists():
        pytest.skip("the examples are not beside the repository")
    files = {file: (folder / file).read_bytes() for file in FILES if (folder / file).exists()}
    result = import_file(folder)
    assert lost(result, event_of_folder(files, lambda name: None).leaves) == []
    assert publication_of(result).programme.sessions


def test_broken_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(ContentError) as caught:
        imported({"papers.yml": "- a: [\n"})
    assert caught.value.findings[0].code == "HK804"
    assert caught.value.findings[0].line > 0


@given(st.sampled_from(FILES), st.text(alphabet="-:[]{}\n abtitle'\"\\$&*!|>%@#", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_in_any_file_is_imported_or_refused(name: str, text: str) -> None:
    try:
        event = event_of_folder({name: text.encode()}, lambda file: None)
    except ContentError as error:
        kept = all(finding.code == "HK804" for finding in error.findings)
    else:
        kept = not lost(event_content(event, "x"), event.leaves)
    assert kept


@given(st.text(alphabet="\\{}$%~^_&aB-`' \n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_latex_becomes_words(text: str) -> None:
    assert isinstance(plain(Value(text, "x")).text, str)


def test_braces_without_end_do_not_exhaust_the_stack() -> None:
    deep = "{" * 5000 + "x"
    assert plain(Value(deep, "x")).text == deep
