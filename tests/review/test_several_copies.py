"""Several reviewers at once: what goes together is merged, what does not is written nowhere until it is decided."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner

from huikan.cli import cli
from huikan.review.rich import combine, plain, text_of
from tests.review.copies import (
    OTHER,
    changed_lines,
    deleted,
    edited,
    inserted,
    merged,
    planned,
    publication,
    rewritten,
    sent_copy,
    snapshot,
    split_run,
)

SENTENCE = "城市依海而兴。"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return publication(tmp_path)


def lins(content: Path) -> Path:
    pair = (SENTENCE, split_run("城市", deleted("依海") + inserted("临江")) + "而兴。")
    return edited(sent_copy(content), pair, name="lin.docx")


def adas(content: Path) -> Path:
    pairs = (
        (SENTENCE, split_run("城市", deleted("依海", OTHER) + inserted("向洋", OTHER)) + "而兴。"),
        ("大潮渐高。", split_run("大潮", inserted("年年", OTHER)) + "渐高。"),
    )
    return edited(sent_copy(content), *pairs, name="ada.docx")


def test_changes_of_different_words_go_together_in_any_order(content: Path) -> None:
    one = edited(sent_copy(content), (SENTENCE, split_run("城市", inserted("皆")) + "依海而兴。"), name="1.docx")
    two = edited(sent_copy(content), (SENTENCE, split_run("城市依海而兴", inserted("盛", OTHER)) + "。"), name="2.docx")
    three = edited(
        sent_copy(content), (SENTENCE, split_run("城市", inserted("皆", OTHER)) + "依海而兴。"), name="3.docx"
    )
    found = {tuple(changed_lines(planned(content, *copies))) for copies in permutations((one, two, three))}
    assert found == {("-城市依海而兴。", "+城市皆依海而兴盛。")}


@pytest.mark.parametrize("turn", [1, -1])
def test_copies_that_differ_are_written_nowhere_whichever_comes_first(content: Path, turn: int) -> None:
    before = (content / "summaries" / "shan-wei.md").read_bytes()
    plan = merged(content, *(lins(content), adas(content))[::turn])
    (conflict,) = plan.conflicts
    assert (conflict.code, conflict.where) == ("HK074", "summaries/shan-wei.md:4:1")
    for words in ("“依海”", "“临江” (lin.docx: 林编辑)", "“向洋” (ada.docx: Ada)"):
        assert words in conflict.message
    assert (content / "summaries" / "shan-wei.md").read_bytes() == before
    assert list(plan.files) == ["report.yaml"], "what is not in conflict is merged"


@pytest.mark.parametrize(("accepted", "words"), [("林编辑", "临江"), ("Ada", "向洋"), ("ada.docx", "向洋")])
def test_an_author_or_a_file_decides(content: Path, accepted: str, words: str) -> None:
    plan = merged(content, lins(content), adas(content), accepted=(accepted,))
    assert not plan.conflicts
    assert f"城市{words}而兴。" in (content / "summaries" / "shan-wei.md").read_text(encoding="utf-8")


def test_all_copies_cannot_win_against_each_other(content: Path) -> None:
    assert planned(content, lins(content), adas(content), accept_all=True).conflicts
    assert not planned(content, lins(content), accept_all=True).conflicts


def test_three_versions_leave_nothing_of_a_dispute() -> None:
    base = plain("甲乙丙丁戊")
    words, disputes = combine(base, [plain("甲子丙丁戊"), plain("甲丑丙丁戊"), plain("甲子丙丁己")], [False] * 3)
    assert text_of(words) == "甲乙丙丁己"
    (dispute,) = disputes
    assert (text_of(dispute.base), [(text_of(form), numbers) for form, numbers in dispute.forms]) == (
        "乙",
        [("子", (0, 2)), ("丑", (1,))],
    )


def retitled(content: Path, *ranks: tuple[str, str]) -> Path:
    """The copy with words put before 研究员, in turn, each by an author."""
    turns = iter([ranks[number % len(ranks)] for number in range(20)])

    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text

        def rank(_: re.Match[str]) -> str:
            words, by = next(turns)
            return f"<w:t></w:t></w:r>{inserted(words, by)}<w:r><w:t>研究员</w:t>"

        return re.sub("<w:t>研究员</w:t>", rank, text)

    return rewritten(sent_copy(content), change, "retitled.docx")


def test_a_fact_changed_differently_names_every_place_and_an_author_decides(content: Path) -> None:
    author = 'w:author="林编辑" w:date="2024-11-07T09:00:00Z"'
    copy = retitled(content, ("高级", author), ("首席", OTHER), ("特聘", author))
    before = snapshot(content)
    (conflict,) = planned(content, copy).conflicts
    assert "changed differently in 3 places" in conflict.message
    for form, heading in (("高级", "论坛议程"), ("首席", "嘉宾名录"), ("特聘", "Ada Osei")):
        assert re.search(f"“{form}研究员” under {heading} \\(retitled.docx: ", conflict.message)
    assert (conflict.file, conflict.line) == ("people.yaml", 13)
    assert snapshot(content) == before
    assert [line for line in changed_lines(planned(content, copy, accepted=("Ada",))) if line[0] == "+"] == [
        "+  title: {zh: 首席研究员, en: Research Fellow}"
    ]
    assert planned(content, copy, accepted=("林编辑",)).conflicts, "one author wrote two forms"


def test_the_command_prints_a_diff_and_tells_conflicts_by_its_exit_code(content: Path) -> None:
    copies = [str(lins(content)), str(adas(content))]
    before = snapshot(content)
    tried = CliRunner().invoke(cli, ["review", "merge", *copies, str(content), "--dry-run"])
    assert tried.exit_code == 1
    assert "--- a/report.yaml\n+++ b/report.yaml\n" in tried.stdout
    assert "1 conflict not merged" in tried.stderr
    assert snapshot(content) == before
    assert not (content / ".huikan").exists()
    decided = CliRunner().invoke(cli, ["review", "merge", *copies, str(content), "--accept", "Ada"])
    assert decided.exit_code == 0
    (backup,) = (content / ".huikan" / "backup").iterdir()
    kept = {str(path.relative_to(backup)): path.read_bytes() for path in backup.rglob("*.*")}
    assert kept == {name: before[name] for name in ("report.yaml", "summaries/shan-wei.md")}
