"""The state of a review: copies that came back, who changed what, what is open, whom to chase."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from huikan.build import BuildRequest, build
from huikan.cli import cli
from huikan.content.model import Approval
from huikan.review.status import ReviewStatus, mark, read_status
from tests.review.copies import (
    OTHER,
    commented,
    deleted,
    edited,
    inserted,
    merged,
    publication,
    sent_copy,
    snapshot,
    split_run,
)

SENTENCE = "城市依海而兴。"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return publication(tmp_path)


@pytest.fixture
def box(content: Path) -> Path:
    """What came back: one person's part with a change, the whole with changes and a comment, a file of strangers."""
    folder = content.parent / "box"
    (folder / "from-ada").mkdir(parents=True)
    whole = sent_copy(content)
    asked = commented(whole, "海岸与城市", "城市", [("Ada", "哪座城市？", "")])
    changed = edited(asked, ("大潮渐高。", split_run("大潮", inserted("年年", OTHER)) + "渐高。"))
    shutil.move(changed, folder / "from-ada" / "reviewed.docx")
    (own,) = build(BuildRequest(content, content.parent / "output", languages=("zh-Hans",), only=("shan-wei",))).files
    replaced = (SENTENCE, split_run("城市", deleted("依海") + inserted("临江")) + "而兴。")
    shutil.move(edited(content.parent / "output" / own.name, replaced), folder / "reviewed.docx")
    (folder / "letter.docx").write_bytes(b"no zip")
    (folder / "~$reviewed.docx").write_bytes(b"lock")
    return folder


def test_the_state_says_who_changed_what_and_what_is_open(content: Path, box: Path) -> None:
    mark(content, ["shan-wei", "lin-yue"], Approval.SENT)
    mark(content, ["ada-osei"], Approval.APPROVED)
    before = snapshot(content)
    found = read_status(box, content)
    assert snapshot(content) == before
    ada, own = found.copies
    assert (ada.file, ada.person, own.file, own.person) == ("from-ada/reviewed.docx", "", "reviewed.docx", "shan-wei")
    assert [(part.author, part.changes, part.fields) for part in ada.authors] == [
        ("Ada", 1, ("report.yaml#findings.0.zh/",))
    ]
    assert [(part.author, part.changes, part.fields) for part in own.authors] == [
        ("林编辑", 2, ("summaries/shan-wei.md#",))
    ]
    assert (ada.pending, own.pending) == (("report.yaml#findings.0.zh/",), ("summaries/shan-wei.md#",))
    assert ada.questions == ("Ada 2024-11-07: 哪座城市？ (“城市”)",)
    assert [(finding.file, finding.code) for finding in found.refused] == [("letter.docx", "HK070")]
    assert [(person.id, person.status, person.copies) for person in found.to_chase] == [
        ("lin-yue", "sent", ()),
        ("shan-wei", "sent", ("reviewed.docx",)),
    ]


def test_what_is_merged_is_not_open_any_more(content: Path, box: Path) -> None:
    merged(content, box / "reviewed.docx", box / "from-ada" / "reviewed.docx")
    mark(content, ["shan-wei"], Approval.APPROVED_WITH_CHANGES)
    found = read_status(box, content)
    assert [copy.pending for copy in found.copies] == [(), ()]
    assert [copy.is_open for copy in found.copies] == [True, False], "the comment is not answered"
    assert [person.id for person in found.to_chase] == ["lin-yue", "ada-osei"]


def test_copies_that_differ_are_a_conflict_of_the_state(content: Path, box: Path) -> None:
    other = (SENTENCE, split_run("城市", deleted("依海", OTHER) + inserted("向海", OTHER)) + "而兴。")
    shutil.move(edited(sent_copy(content), other), box / "third.docx")
    found: ReviewStatus = read_status(box, content)
    (conflict,) = found.conflicts
    assert conflict.where == "summaries/shan-wei.md:4:1"
    assert "临江" in conflict.message
    assert "third.docx: Ada" in conflict.message


def test_the_command_prints_the_chase_list_and_the_same_as_json(content: Path, box: Path) -> None:
    people = content / "people.yaml"
    people.write_text(
        people.read_text(encoding="utf-8").replace("en: Editor}", "en: Editor, note: 头衔待核？}"), "utf-8"
    )
    arguments = ["review", "status", str(box), str(content)]
    shown = CliRunner().invoke(cli, arguments)
    assert shown.exit_code == 0
    for words in (
        "2 copies received",
        "reviewed.docx  zh-Hans, the part of shan-wei",
        "林编辑: 2 changes in summaries/shan-wei.md#",
        "not merged: report.yaml#findings.0.zh/",
        "open comment: Ada 2024-11-07: 哪座城市？",
        "people.yaml#lin-yue.title: 头衔待核？",
        "Approved: 0 of 3",
        "reviewed.docx came back: huikan review merge --approve",
        "Ada Osei: not sent: huikan build --only ada-osei",
    ):
        assert words in shown.output
    data = json.loads(CliRunner().invoke(cli, [*arguments, "--format", "json"]).output)
    assert data["to_chase"] == ["lin-yue", "shan-wei", "ada-osei"]
    assert data["copies"][1]["authors"] == [{"author": "林编辑", "changes": 2, "fields": ["summaries/shan-wei.md#"]}]


def test_no_folder_is_said_so(content: Path) -> None:
    result = CliRunner().invoke(cli, ["review", "status", str(content / "none"), str(content)])
    assert "there is no folder" in str(result.exception)
