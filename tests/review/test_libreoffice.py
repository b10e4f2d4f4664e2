"""LibreOffice itself, as two authors with changes recorded: shown as made, merged as made, built again."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

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


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = publication(tmp_path)
    (folder / "summaries" / "shan-wei.md").write_text(PROSE, encoding="utf-8")
    return folder


def test_what_two_authors_did_is_shown_merged_and_built(content: Path) -> None:
    copy = edited_in_libreoffice(sent_copy(content), EDITS)
    fields = {edit.key: edit for edit in shown(copy).fields}
    assert set(fields) == {"programme.yaml#sessions.opening.items.shan-wei.topic.zh", "summaries/shan-wei.md#"}
    assert not any(edit.untracked or edit.problem for edit in fields.values())
    changes = fields["summaries/shan-wei.md#"].changes
    assert [(each.kind, each.author, each.before, each.after) for each in changes if each.kind != "join"] == [
        ("emphasis", "Ada", "随潮而变", "**随潮而变**"),
        ("deletion", "林编辑", "筑堤", ""),
        ("insertion", "林编辑", "", "修建堤坝"),
        ("split", "Ada", "", "\u2029"),
        ("deletion", "Ada", "第三段将被删去。", ""),
        ("split", "林编辑", "", "\u2029"),
        ("insertion", "林编辑", "", "第五段是新写的。"),
    ]
    plan = merged(content, copy)
    assert not plan.conflicts
    assert [line for line in changed_lines(plan) if "topic" in line] == [
        "-        topic: {zh: 海岸与城市, en: Coast and City}",
        "+        topic: {zh: 海岸与大城, en: Coast and City}",
    ]
    assert (content / "summaries" / "shan-wei.md").read_text(encoding="utf-8") == (
        "---\nappearance: shan-wei\n---\n\n"
        "城市依海而兴，港口**随潮而变**。人们在岸边修建堤坝，也在岸边休憩。\n\n"
        "第二段说的是潮汐，\n\n第二段之后还有话。\n\n第四段留在这里，一字不动。\n\n第五段是新写的。\n"
    )
    with zipfile.ZipFile(sent_copy(content)) as built:
        document = built.read("word/document.xml").decode()
    for words in ("修建堤坝", "第五段是新写的。", "海岸与大城"):
        assert words in document
    assert "第三段将被删去" not in document
    after = snapshot(content)
    assert not merged(content, copy).files
    assert snapshot(content) == after


def test_saving_without_an_edit_changes_nothing(content: Path) -> None:
    before = snapshot(content)
    copy = edited_in_libreoffice(sent_copy(content), [])
    assert shown(copy).fields == ()
    assert not merged(content, copy).files
    assert snapshot(content) == before
