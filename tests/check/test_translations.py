"""Translations that fell behind: what the record says, what the rule finds, what the command writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from huikan.check.run import check_folder, subject_of
from huikan.check.translations import record, recorded
from huikan.cli import cli
from huikan.content.load import load_publication
from huikan.content.marks import YamlProblemError
from huikan.finding import Finding
from tests.check.editing import publication

RECORD = "translations.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small publication, its translations recorded."""
    publication(tmp_path)
    assert translated(tmp_path).exit_code == 0
    return tmp_path


def translated(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["translated", str(folder), *options])


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def stale(folder: Path) -> list[Finding]:
    return [finding for finding in check_folder(folder).findings if finding.code == "HK402"]


def test_nothing_is_stale_without_a_record_or_without_changes(folder: Path) -> None:
    assert stale(folder) == []
    (folder / RECORD).unlink()
    edit(folder, "people.yaml", "zh: [海岸研究所, 所长]", "zh: [海岸研究所, 副所长]")
    assert stale(folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "excerpt"),
    [
        ("people.yaml", "zh: [海岸研究所, 所长]", "zh: [海岸研究所, 副所长]", "Director"),
        ("booklet.yaml", "论坛在**上海**举行。", "论坛在**苏州**举行。", "The forum was held in Shanghai."),
        ("programme.yaml", "zh: 海岸与城市", "zh: 海岸与港口", "Coast and City"),
    ],
)
def test_an_original_that_changed_alone(folder: Path, file: str, old: str, new: str, excerpt: str) -> None:
    edit(folder, file, old, new)
    (finding,) = stale(folder)
    assert (finding.file, finding.excerpt) == (file, excerpt)
    assert "the Chinese of this text has changed" in finding.message


def test_a_summary_is_one_text(folder: Path) -> None:
    path = folder / "summaries" / "shan-wei.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n又及。\n", encoding="utf-8")
    (finding,) = stale(folder)
    assert finding.file == "summaries/shan-wei.en.md"
    assert finding.hint.endswith("huikan translated --accept summaries/shan-wei.md")


def test_spaces_line_ends_and_comments_are_no_change(folder: Path) -> None:
    path = folder / "summaries" / "shan-wei.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    edit(folder, "people.yaml", "shan-wei:\n", "# a comment\nshan-wei:\n")
    assert stale(folder) == []


def test_a_translation_that_changed_too_has_followed(folder: Path) -> None:
    edit(folder, "people.yaml", "zh: [海岸研究所, 所长]", "zh: [海岸研究所, 副所长]")
    edit(folder, "people.yaml", "en: Director", "en: Deputy Director")
    assert stale(folder) == []


def test_recording_again_does_not_hide_what_is_stale(folder: Path) -> None:
    edit(folder, "people.yaml", "zh: [海岸研究所, 所长]", "zh: [海岸研究所, 副所长]")
    result = translated(folder)
    assert "people.yaml#shan-wei.title: the original has changed" in result.stderr
    assert "1 behind their original" in result.stderr
    assert len(stale(folder)) == 1


@pytest.mark.parametrize("name", ["people.yaml#shan-wei.title", "people.yaml#shan-wei", "people.yaml", "shan-wei"])
def test_a_translation_that_still_holds_is_accepted(folder: Path, name: str) -> None:
    edit(folder, "people.yaml", "zh: [海岸研究所, 所长]", "zh: [海岸研究所, 副所长]")
    assert translated(folder, "--accept", name).exit_code == 0
    assert stale(folder) == []
    edit(folder, "people.yaml", "zh: [海岸研究所, 副所长]", "zh: [海岸研究所, 代所长]")
    assert len(stale(folder)) == 1


def test_a_name_of_nothing_is_told(folder: Path) -> None:
    result = translated(folder, "--accept", "shan")
    assert result.exit_code == 2
    assert "no translated text is called shan" in result.stderr


def test_a_broken_record_is_one_finding_and_is_written_anew(folder: Path) -> None:
    (folder / RECORD).write_text("people.yaml#a: {en: [\n", encoding="utf-8")
    (finding,) = stale(folder)
    assert (finding.file, finding.hint) == (RECORD, "run huikan translated again")
    translated(folder)
    assert stale(folder) == []


def test_the_same_content_gives_the_same_record(folder: Path) -> None:
    before = (folder / RECORD).read_bytes()
    record(subject_of(load_publication(folder)))
    assert (folder / RECORD).read_bytes() == before
    assert len(recorded(before.decode())) == before.decode().count(": {en: ")


@given(st.text(max_size=80))
def test_any_record_is_read_or_refused(text: str) -> None:
    try:
        known = recorded(text)
    except YamlProblemError:
        return
    assert all(len(state) == 2 for state in known.values())
