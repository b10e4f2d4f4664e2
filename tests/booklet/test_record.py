"""The real record, imported and built: everybody stands everywhere they should, in the record's order and words."""

from __future__ import annotations

import re

import pytest

from tests.booklet.conftest import BuiltBooklet
from tests.booklet.reading import docx_text, pdf_pages, plain

pytestmark = pytest.mark.xdist_group("record")

CAPTION = re.compile(r"^(以视频方式)?出席“.+”分论坛")


def _captions(text: str) -> list[tuple[str, str]]:
    """The two lines of every caption of the record."""
    lines = [line.strip() for line in text.splitlines()]
    return [(lines[i - 1], line) for i, line in enumerate(lines) if CAPTION.match(line)]


def _summaries(text: str) -> list[str]:
    """The long paragraphs that follow a caption in the record."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [lines[i + 1] for i, line in enumerate(lines[:-1]) if CAPTION.match(line) and len(lines[i + 1]) > 60]


def _words(booklet: BuiltBooklet, face: str) -> str:
    if face == "docx":
        return docx_text(booklet.docx())
    booklet_pages = pdf_pages(booklet.pdf())
    return "".join(re.sub(rf"{number}$", "", page) for number, page in enumerate(booklet_pages, start=1))


@pytest.mark.parametrize("face", ["pdf", "docx"])
def test_each_summary_of_the_record_is_printed_character_for_character(
    record: BuiltBooklet, record_text: str, face: str
) -> None:
    words = _words(record, face)
    summaries = _summaries(record_text)
    assert len(summaries) == 18  # 17 people and the report
    for summary in summaries:
        assert plain(summary) in words, f"lost or changed in the {face}: {summary[:30]}…"


@pytest.mark.parametrize("face", ["pdf", "docx"])
def test_each_caption_of_the_record_is_printed_in_its_order(record: BuiltBooklet, record_text: str, face: str) -> None:
    words = _words(record, face)
    captions = _captions(record_text)
    assert len(captions) == 20
    at = 0
    for who, deed in captions:
        at = words.find(plain(who + deed), at)
        assert at >= 0, f"not in the {face}, or out of order: {who}"


@pytest.mark.parametrize("face", ["pdf", "docx"])
def test_everybody_stands_in_programme_list_and_summaries_in_the_records_order(
    record: BuiltBooklet, record_text: str, face: str
) -> None:
    words = _words(record, face)
    resolved = record.resolved()
    programme, speakers = plain("论坛议程"), plain("嘉宾名录")
    listed = words[words.rindex(programme + "主持人") : words.rindex(speakers + "姓名")]
    people = words[words.rindex(speakers + "姓名") :]
    spoken = [item for session in resolved.sessions for item in session.items]
    assert len(spoken) == 18
    assert len(resolved.hosts) == 2
    for part in (listed, people):
        at = 0
        for entry in spoken:
            assert entry.title is not None
            at = part.find(plain(entry.person.name.text + entry.title.text), at)
            assert at >= 0, f"{entry.person.name} is missing or out of order in the {face}"
        for host in resolved.hosts:
            assert host.title is not None
            assert plain(host.person.name.text + host.title.text) in part
    order = [plain(record_text).index(plain(entry.person.name.text)) for entry in spoken]
    assert order == sorted(order)
