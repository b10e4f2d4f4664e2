"""Words read aloud are those of the content, whatever the line breaks do to them on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huikan.render.structure.line_ends import words_at_line_end
from tests.archive.booklets import archive_of
from tests.archive.tags import TaggedPdf
from tests.publication import write_small_publication

ENGLISH = (
    "Internationalisation notwithstanding, harbourmasters characteristically underestimate the responsibilities of "
    "telecommunication—and of well-established, long-standing intergovernmental organisations – whose "
    "representatives, incomprehensibly, “misunderstood” straightforward recommendations. "
) * 6
WIDE = "[\u4e00-\u9fff\u3000-\u303f“”]"
MIXED = "国际刑警组织Jorge Fainstein Day Gastrell局长介绍了World Intellectual Property Organization的“工作”。" * 9


@pytest.mark.parametrize(
    ("line", "following", "language", "actual"),
    [
        ("the shore", "of the bay", "en", "the shore "),
        ("respon\u2010", "sibilities", "en", "respon"),
        ("well-", "established", "en", "well-"),
        ("tide\u2014", "and", "en", None),
        ("tide \u2013", "and", "en", "tide \u2013 "),
        ("tide", "\u2014and", "en", None),
        ("tide", "\u2013 and", "en", "tide "),
        ("said", "\u201cso\u201d", "en", "said "),
        ("城市依海", "而兴", "zh-Hans", None),
        ("国际刑警组织", "Jorge", "zh-Hans", None),
        ("Jorge", "Fainstein", "zh-Hans", "Jorge "),
        ("他说\u201d", "Day", "zh-Hans", None),
        ("", "a", "en", None),
        ("a", "", "en", None),
    ],
)
def test_a_line_end_says_what_stood_there(line: str, following: str, language: str, actual: str | None) -> None:
    assert words_at_line_end(line, following, language) == actual


@given(st.text(), st.text(), st.sampled_from(["en", "zh-Hans"]))
def test_no_letter_is_lost_or_made(line: str, following: str, language: str) -> None:
    actual = words_at_line_end(line, following, language)
    assert actual is None or actual.strip("\u2010\u00ad ") == line.strip("\u2010\u00ad ")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prose")
    write_small_publication(folder)
    (folder / "summaries" / "shan-wei.en.md").write_text(ENGLISH + "\n", encoding="utf-8")
    text = f"---\nappearance: shan-wei\n---\n\n{MIXED}\n"
    (folder / "summaries" / "shan-wei.md").write_text(text, encoding="utf-8")
    return folder


def without_gaps(text: str) -> str:
    """The text without the spaces that the reader sees where Han stands wider apart."""
    return re.sub(f"(?<={WIDE}) | (?={WIDE})", "", text.replace("\u00a0", " "))


@pytest.mark.parametrize(("language", "prose"), [("en", ENGLISH), ("zh-Hans", MIXED)])
def test_a_paragraph_reads_as_it_was_written(folder: Path, language: str, prose: str) -> None:
    archive = TaggedPdf(archive_of(folder, language))
    texts = [without_gaps(tag.text) if language == "zh-Hans" else tag.text for tag in archive.find("P")]
    assert [text for text in texts if text[:6] == prose[:6]] == [prose.strip()]
