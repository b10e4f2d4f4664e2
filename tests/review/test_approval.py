"""Who has approved: kept in people.yaml, shown in drafts, asked for by final builds, entered by people's own copies."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from huikan.build import EVERYBODY, BuildRequest, build
from huikan.content.load import load_publication
from huikan.content.model import Approval, Edition
from huikan.finding import ContentError
from huikan.review.copy import read_copy
from huikan.review.status import mark
from tests.review.copies import (
    changed_lines,
    deleted,
    edited,
    inserted,
    merged,
    planned,
    publication,
    sent_copy,
    shown,
    snapshot,
    split_run,
)

SENTENCE = "城市依海而兴。"
EVERYONE = ("lin-yue", "shan-wei", "ada-osei")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return publication(tmp_path)


def own_copy(content: Path, person: str, language: str = "zh-Hans") -> Path:
    output = content.parent / "output"
    (built,) = build(BuildRequest(content, output, languages=(language,), only=(person,))).files
    return output / built.name


def words_of(copy: Path) -> str:
    return "\n".join("".join(s.text for s in paragraph.segments) for paragraph in read_copy(copy).sent)


def review_of(content: Path, person: str) -> Approval:
    return load_publication(content).publication.people[person].review


def test_a_status_is_written_beside_what_is_there(content: Path) -> None:
    before = (content / "people.yaml").read_text(encoding="utf-8")
    assert mark(content, ["lin-yue"], Approval.SENT)
    after = (content / "people.yaml").read_text(encoding="utf-8")
    assert after == before.replace("  affiliation: [press]\n", "  affiliation: [press]\n  review: sent\n")
    assert mark(content, ["lin-yue"], Approval.APPROVED_WITH_CHANGES)
    assert (content / "people.yaml").read_text(encoding="utf-8") == after.replace(": sent", ": approved-with-changes")
    assert not mark(content, ["lin-yue"], Approval.APPROVED_WITH_CHANGES)


def test_a_status_of_nobody_is_refused(content: Path) -> None:
    with pytest.raises(ContentError, match="no person lin-you"):
        mark(content, ["lin-you"], Approval.SENT)


def test_a_status_that_is_none_is_refused_with_those_that_are(content: Path) -> None:
    people = content / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("  affiliation: [press]", "  review: aproved"))
    with pytest.raises(ContentError) as caught:
        load_publication(content)
    (finding,) = caught.value.findings
    assert (finding.file, finding.line, finding.column) == ("people.yaml", 10, 11)
    assert "'approved'" in finding.hint


def test_a_final_build_is_refused_until_everybody_has_approved(content: Path) -> None:
    output = content.parent / "final"
    request = BuildRequest(content, output, (Edition.REVIEW,), ("zh-Hans",), final=True)
    mark(content, ["lin-yue"], Approval.SENT)
    mark(content, ["ada-osei"], Approval.APPROVED)
    with pytest.raises(ContentError) as caught:
        build(request)
    found = [(finding.code, finding.where, finding.message) for finding in caught.value.findings]
    assert found == [
        ("HK078", "people.yaml:2:3", "shan-wei (单伟) has not approved: review is draft"),
        ("HK078", "people.yaml:11:11", "lin-yue (林悦) has not approved: review is sent"),
    ]
    assert all("review mark approved" in finding.hint for finding in caught.value.findings)
    assert not output.exists()
    mark(content, ["lin-yue"], Approval.APPROVED_WITH_CHANGES)
    mark(content, ["shan-wei"], Approval.APPROVED)
    assert [file.name for file in build(request).files] == ["small-forum.zh-Hans.review.docx"]


def test_who_prints_nothing_need_not_approve(content: Path) -> None:
    with (content / "people.yaml").open("a", encoding="utf-8") as people:
        people.write("guest:\n  name: 来宾\n")
    mark(content, EVERYONE, Approval.APPROVED)
    assert build(BuildRequest(content, content.parent / "final", (Edition.REVIEW,), ("en",), final=True)).files


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", ["尚未送审", "已送审，待本人确认"]),
        ("en", ["Not sent for approval yet", "Sent for approval, no answer yet"]),
    ],
)
def test_a_draft_says_what_is_not_approved_and_other_builds_do_not(
    content: Path, language: str, words: Sequence[str]
) -> None:
    mark(content, ["ada-osei"], Approval.APPROVED)
    mark(content, ["lin-yue"], Approval.SENT)
    output = content.parent / "drafts"
    said = {}
    for draft in (True, False):
        build(BuildRequest(content, output, (Edition.REVIEW, Edition.WEB), (language,), draft=draft))
        page = (output / f"small-forum.{language}.html").read_text(encoding="utf-8")
        said[draft] = words_of(output / f"small-forum.{language}.review.docx"), page
    for document in said[True]:
        assert [document.count(each) for each in words] == [4, 3], "each part, and each line of the list"
    assert not any(each in document for document in said[False] for each in words)


def test_one_persons_copy_holds_their_part_alone(content: Path) -> None:
    words = words_of(own_copy(content, "shan-wei"))
    for own in (SENTENCE, "海岸与城市", "海岸研究所所长", "致辞", "专题发言"):
        assert own in words
    for others in ("Ada Osei", "研究员", "潮汐报告", "小型论坛\n", "林悦"):
        assert others not in words
    assert "潮汐报告" in words_of(own_copy(content, "lin-yue")), "she presents the report"


def test_one_persons_copy_says_whose_it_is_and_counts_pictures_as_the_booklet_does(content: Path) -> None:
    copy = own_copy(content, "shan-wei")
    assert read_copy(copy).person == "shan-wei"
    with zipfile.ZipFile(copy) as archive:
        assert len([name for name in archive.namelist() if name.startswith("word/media/")]) == 1
        document = archive.read("word/document.xml").decode()
    assert "SEQ 图" in document
    assert "small-forum" in read_copy(copy).booklet


def test_everybody_is_each_who_appears(content: Path) -> None:
    output = content.parent / "output"
    built = build(BuildRequest(content, output, languages=("en",), only=(EVERYBODY,)))
    assert sorted(file.name for file in built.files) == [
        f"small-forum.en.review.{person}.docx" for person in sorted(EVERYONE)
    ]


def test_nobodys_copy_is_refused_with_the_name_that_was_meant(content: Path) -> None:
    with pytest.raises(ContentError, match="shan-wie") as caught:
        build(BuildRequest(content, content.parent / "output", only=("shan-wie",)))
    assert "shan-wei" in caught.value.findings[0].hint


@pytest.mark.parametrize("person", EVERYONE)
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_one_persons_copy_without_edits_changes_no_byte(content: Path, person: str, language: str) -> None:
    before = snapshot(content)
    copy = own_copy(content, person, language)
    edits = shown(copy)
    assert (edits.fields, edits.outside, edits.comments, edits.pictures) == ((), (), (), ())
    assert not merged(content, copy).files
    assert snapshot(content) == before


def test_one_persons_copy_merges_as_the_whole_does(content: Path) -> None:
    pair = (SENTENCE, split_run("城市", deleted("依海") + inserted("临江")) + "而兴。")
    title = ("海岸研究所所长", split_run("海岸研究所", inserted("前")) + "所长")
    whole = changed_lines(planned(content, edited(sent_copy(content), pair, title)))
    own = changed_lines(planned(content, edited(own_copy(content, "shan-wei"), pair, title, name="own.docx")))
    assert own == whole
    assert "+城市临江而兴。" in own
    assert any("前" in line and "所长" in line for line in own)


def test_fields_of_one_persons_copy_have_the_bookmarks_of_the_whole(content: Path) -> None:
    def places(copy: Path) -> set[tuple[str, str]]:
        segments = (segment for paragraph in read_copy(copy).sent for segment in paragraph.segments)
        return {(segment.bookmark, segment.text) for segment in segments if segment.bookmark}

    assert places(own_copy(content, "shan-wei")) <= places(sent_copy(content))


def test_a_persons_own_copy_approves(content: Path) -> None:
    copy = own_copy(content, "shan-wei")
    merged(content, copy, approve=True)
    assert review_of(content, "shan-wei") is Approval.APPROVED
    changed = edited(copy, (SENTENCE, split_run("城市", inserted("皆")) + "依海而兴。"))
    plan = merged(content, changed, approve=True)
    assert set(plan.files) == {"people.yaml", "summaries/shan-wei.md"}
    assert review_of(content, "shan-wei") is Approval.APPROVED_WITH_CHANGES
    assert not merged(content, changed, approve=True).files


def test_a_copy_in_conflict_or_of_the_whole_approves_nothing(content: Path) -> None:
    copy = edited(own_copy(content, "shan-wei"), (SENTENCE, split_run("城市", deleted("依海")) + "而兴。"))
    summary = content / "summaries" / "shan-wei.md"
    summary.write_text(summary.read_text(encoding="utf-8").replace("依海", "依湖"), encoding="utf-8")
    plan = merged(content, copy, approve=True)
    assert plan.conflicts
    assert review_of(content, "shan-wei") is Approval.DRAFT
    plan = merged(content, sent_copy(content), approve=True)
    assert not plan.files
    assert "nobody approves" in plan.notes[0].message
