"""LibreOffice itself, as two authors with changes recorded: shown as made, merged as made, built again."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.review.copy import read_copy
from huikan.review.discussion import threads
from tests.review.copies import changed_lines, merged, publication, sent_copy, shown, snapshot

PROSE = """\
---
appearance: shan-wei
---

城市依海而兴，港口随潮而变。人们在岸边筑堤，也在岸边休憩。

第二段说的是潮汐，第二段之后还有话。

第三段将被删去。

第四段留在这里，一字不动。
"""
EDITS = [
    {"author": "林编辑", "do": "replace", "find": "海岸与城市", "text": "海岸与大城"},
    {"author": "林编辑", "do": "replace", "find": "筑堤", "text": "修建堤坝"},
    {"author": "Ada", "do": "split", "find": "第二段说的是潮汐，"},
    {"author": "Ada", "do": "delete-paragraph", "find": "第三段将被删去"},
    {"author": "林编辑", "do": "insert-paragraph", "find": "一字不动", "text": "第五段是新写的。"},
    {"author": "Ada", "do": "bold", "find": "随潮而变"},
    {"author": "林编辑", "do": "comment", "find": "岸边休憩", "text": "此处是否准确？"},
    {"author": "Ada", "do": "reply", "find": "此处是否准确？", "text": "已核对。"},
]


def python_with_uno() -> str:
    for candidate in ("/usr/bin/python3", shutil.which("python3") or "python3"):
        if subprocess.run([candidate, "-c", "import uno"], capture_output=True).returncode == 0:
            return candidate
    pytest.skip("no Python with uno: install python3-uno")


def edited_in_libreoffice(copy: Path, edits: list[dict[str, str]]) -> Path:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    target, script = copy.with_name("reviewed.docx"), copy.with_name("edits.json")
    script.write_text(json.dumps(edits), encoding="utf-8")
    program = Path(__file__).with_name("libreoffice_edits.py")
    command = [python_with_uno(), str(program), str(copy), str(target), str(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    return target


def saved_by_libreoffice(copy: Path) -> Path:
    """Opened and saved without a view: LibreOffice without a display has no windows for comments."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = copy.with_name("saved")
    profile = f"-env:UserInstallation=file://{copy.with_name('profile')}"
    command = ["soffice", "--headless", profile, "--convert-to", "docx", "--outdir", str(folder), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / copy.name


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = publication(tmp_path)
    (folder / "summaries" / "shan-wei.md").write_text(PROSE, encoding="utf-8")
    return folder


def test_what_two_authors_did_is_shown_merged_and_built(content: Path) -> None:
    copy = edited_in_libreoffice(sent_copy(content), EDITS)
    edits = shown(copy)
    fields = {edit.key: edit for edit in edits.fields}
    assert (edits.outside, edits.pictures) == ((), ())
    assert set(fields) == {"programme.yaml#sessions.opening.items.shan-wei.topic.zh", "summaries/shan-wei.md#"}
    assert not any(edit.untracked or edit.problem for edit in fields.values())
    title = fields["programme.yaml#sessions.opening.items.shan-wei.topic.zh"].changes
    assert sorted((each.kind, each.author, each.before, each.after) for each in title) == [
        ("deletion", "林编辑", "海岸与城市", ""),
        ("insertion", "林编辑", "", "海岸与大城"),
    ]
    changes = fields["summaries/shan-wei.md#"].changes
    said = [(each.kind, each.author, each.before, each.after) for each in changes if each.kind != "join"]
    assert sorted(said) == sorted([
        ("emphasis", "Ada", "随潮而变", "**随潮而变**"),
        ("deletion", "林编辑", "筑堤", ""),
        ("insertion", "林编辑", "", "修建堤坝"),
        ("split", "Ada", "", "\u2029"),
        ("deletion", "Ada", "第三段将被删去。", ""),
        ("split", "林编辑", "", "\u2029"),
        ("insertion", "林编辑", "", "第五段是新写的。"),
    ])  # fmt: skip
    (thread,) = threads(read_copy(copy), edits)
    assert (thread.place.fields, thread.place.words) == (("summaries/shan-wei.md#1",), "岸边休憩")
    assert [(each.author, each.text) for each in thread.comments] == [("林编辑", "此处是否准确？"), ("Ada", "已核对。")]
    plan = merged(content, copy, keep_comments=True)
    assert not plan.conflicts
    assert set(plan.files) == {"programme.yaml", "summaries/shan-wei.md"}
    assert [line for line in changed_lines(plan) if "topic" in line] == [
        "-        topic: {zh: 海岸与城市, en: Coast and City}",
        "+        topic: {zh: 海岸与大城, en: Coast and City}",
    ]
    assert (content / "summaries" / "shan-wei.md").read_text(encoding="utf-8") == (
        "---\nappearance: shan-wei\nnote: |-\n  林编辑: 此处是否准确？ (“岸边休憩”)\n  Ada: 已核对。\n---\n\n"
        "城市依海而兴，港口**随潮而变**。人们在岸边修建堤坝，也在岸边休憩。\n\n"
        "第二段说的是潮汐，\n\n第二段之后还有话。\n\n第四段留在这里，一字不动。\n\n第五段是新写的。\n"
    )
    with zipfile.ZipFile(sent_copy(content)) as built:
        document = built.read("word/document.xml").decode()
    for words in ("修建堤坝", "第五段是新写的。", "海岸与大城"):
        assert words in document
    assert "第三段将被删去" not in document
    after = snapshot(content)
    assert not merged(content, copy, keep_comments=True).files
    assert snapshot(content) == after


def test_notes_that_go_out_as_comments_come_back_as_they_were(content: Path) -> None:
    people = content / "people.yaml"
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("en: Research Fellow}", "en: Research Fellow, note: 头衔待核}"), encoding="utf-8")
    before = snapshot(content)
    copy = saved_by_libreoffice(sent_copy(content))
    assert [(each.author, each.text) for each in read_copy(copy).comments] == [("Huikan", "头衔待核")]
    assert shown(copy).comments[0].fields == ("people.yaml#ada-osei.title.zh",)
    assert not merged(content, copy, keep_comments=True).files
    assert snapshot(content) == before


def test_one_persons_copy_is_edited_and_merged_alike(content: Path) -> None:
    output = content.parent / "output"
    (built,) = build(BuildRequest(content, output, languages=("zh-Hans",), only=("shan-wei",))).files
    copy = edited_in_libreoffice(output / built.name, EDITS)
    plan = merged(content, copy, approve=True)
    assert not plan.conflicts
    assert set(plan.files) == {"people.yaml", "programme.yaml", "summaries/shan-wei.md"}
    assert "修建堤坝" in (content / "summaries" / "shan-wei.md").read_text(encoding="utf-8")
    assert "  review: approved-with-changes\n" in (content / "people.yaml").read_text(encoding="utf-8")


def test_saving_without_an_edit_changes_nothing(content: Path) -> None:
    before = snapshot(content)
    copy = edited_in_libreoffice(sent_copy(content), [])
    assert shown(copy).fields == ()
    assert not merged(content, copy).files
    assert snapshot(content) == before


def test_saving_a_copy_with_several_footnotes_changes_nothing(content: Path) -> None:
    """LibreOffice renames the bookmarks of every footnote but the first."""
    notes = "".join(f"\n\n第{place}处加注。[^{place}]" for place in "一二三")
    notes += "".join(f"\n\n[^{place}]: 第{place}条注。" for place in "一二三")
    path = content / "summaries/shan-wei.md"
    path.write_text(path.read_text(encoding="utf-8") + notes, encoding="utf-8")
    edits = shown(saved_by_libreoffice(sent_copy(content)))
    assert [edit.key for edit in edits.fields] == []
