"""An imported conference of several days: day dividers, times, rooms, running heads by day, in PDF and Word."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.text.paragraph import Paragraph

from benchmarks.schedule import schedule
from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from huikan.importers.detect import import_file
from huikan.importers.write import write_imported


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("conference")
    made = schedule(48, days=2, rooms=4)
    for day in made["schedule"]["conference"]["days"]:
        for talk in (talk for talks in day["rooms"].values() for talk in talks):
            talk["abstract"] = ""  # the programme alone
    source = folder / "schedule.json"
    source.write_text(json.dumps(made), encoding="utf-8")
    write_imported(import_file(source), folder / "content")
    build(BuildRequest(folder / "content", folder / "output", (Edition.PRINT, Edition.REVIEW)))
    return folder / "output"


def test_running_heads_name_the_day_that_a_page_begins_in(output: Path) -> None:
    heads = []
    with pdfplumber.open(output / "rivers31.en.print.pdf") as pdf:
        for page in pdf.pages:
            words = (page.crop((0, 0, page.width, 60)).extract_text() or "").split("\n")
            if words[0].startswith("Programme"):
                heads.append(words[0])
    assert heads
    assert set(heads) <= {"Programme Thursday, 8 May 2031", "Programme Friday, 9 May 2031"}


def test_days_times_rooms_and_breaks_stand_in_order(output: Path) -> None:
    with pdfplumber.open(output / "rivers31.en.print.pdf") as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    lines = text.split("\n")
    dividers = [lines.index(day) for day in ("Thursday, 8 May 2031", "Friday, 9 May 2031")]
    assert dividers == sorted(dividers)
    assert any(line.startswith("09:00–09:25 Bo Lee") and line.endswith("1") for line in lines), "time, speaker, topic"
    places = [line.replace(" ", "") for line in lines if line.startswith("11:30–12:30")]
    assert places == ["11:30–12:30Hall1,Hall2,Hall3,Hall4"] * 2


def test_word_has_the_same_days(output: Path) -> None:
    document = docx.Document(str(output / "rivers31.en.review.docx"))
    days = [paragraph.text for paragraph in document.paragraphs if _style(paragraph) == "Programme Day"]
    assert days == ["Thursday, 8 May 2031", "Friday, 9 May 2031"]


def test_word_heads_its_programme_with_the_day(output: Path) -> None:
    document = docx.Document(str(output / "rivers31.en.review.docx"))
    heads = [section.header for section in document.sections if not section.header.is_linked_to_previous]
    by_day = [head for head in heads if 'STYLEREF "Programme Day"' in head._element.xml]
    assert [head.paragraphs[0].text for head in by_day] == ["Thursday, 8 May 2031"]


def test_left_pages_name_an_event_without_a_series(output: Path) -> None:
    with pdfplumber.open(output / "rivers31.en.print.pdf") as pdf:
        heads = [(page.crop((0, 0, page.width, 60)).extract_text() or "") for page in pdf.pages]
    assert "Rivers 2031" in heads


def test_a_day_begins_a_page_and_no_session_of_a_few_talks_is_divided(output: Path) -> None:
    with pdfplumber.open(output / "rivers31.en.print.pdf") as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    second = next(page for page in pages if "Friday, 9 May 2031" in page and "Time Speaker" in page)
    assert "Friday, 9 May 2031" in [line.removeprefix("Programme ") for line in second.split("\n")[:2]]
    programme = [page for page in pages if "Time Speaker" in page]
    assert len(programme) >= 2
    for page in programme:
        before = page.split("Time Speaker")[0]
        assert "09:00–" in before or "12:30–" in before or "13:00–" in before, "a table goes on without its heading"


def test_contents_list_days_and_sessions_and_no_names(output: Path) -> None:
    with pdfplumber.open(output / "rivers31.en.print.pdf") as pdf:
        contents = next(text for page in pdf.pages if (text := page.extract_text()).startswith("Contents"))
    assert "Friday, 9 May 2031" in contents
    assert "Bo Lee" not in contents


def _style(paragraph: Paragraph) -> str | None:
    return paragraph.style.name if paragraph.style else None
