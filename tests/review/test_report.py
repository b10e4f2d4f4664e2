"""What `review show` prints: for a terminal, for programs, and as one file to mail around."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from huikan.cli import cli
from huikan.review.copy import read_copy
from huikan.review.edits import read_edits
from huikan.review.report import CopyReport, as_text, diff_parts
from tests.review.copies import (
    AUTHOR,
    OTHER,
    commented,
    deleted,
    edited,
    inserted,
    publication,
    sent_copy,
    shown,
    split_run,
)

SENTENCE = "城市依海而兴。"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return publication(tmp_path)


@pytest.fixture
def copy(content: Path) -> Path:
    said = [("林编辑", "<b>哪座</b>城市？", ""), ("Ada", "上海。", "0")]
    said = [(author, text.replace("<", "&lt;"), parent) for author, text, parent in said]
    asked = commented(sent_copy(content), "海岸与城市", "城市", said)
    return edited(
        asked,
        (SENTENCE, split_run("城市", deleted("依海") + inserted("临江", OTHER)) + "而兴。"),
        ("2024年11月6日", "2024年11月7日"),
    )


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("城市依海而兴。", "城市临江而兴。", ["依海→临江"]),
        ("城市依海而兴。", "城市依山傍海而兴。", ["→山傍"]),
        ("城市依海而兴。", "城镇依江而起。", ["市依海而兴→镇依江而起"]),
        ("城市依海兴盛。", "城镇依江兴盛。", ["市依海→镇依江"]),
        ("城市依海而兴。", "城市依海而兴盛，今犹如此。", ["→盛，今犹如此"]),
    ],
)
def test_chinese_is_compared_by_character_and_a_rewritten_phrase_is_one_change(
    content: Path, before: str, after: str, parts: list[str]
) -> None:
    (content / "summaries" / "shan-wei.md").write_text(f"---\nappearance: shan-wei\n---\n\n{before}\n", "utf-8")
    (edit,) = shown(edited(sent_copy(content), (before, after))).fields
    found, gone = [], ""
    for part in [*diff_parts(edit)]:
        if part.kind == "deleted":
            gone = part.text
        elif part.kind == "inserted":
            found.append(f"{gone}→{part.text}")
            gone = ""
        elif gone:
            found.append(f"{gone}→")
            gone = ""
    assert found == parts


def test_latin_is_compared_by_word(content: Path) -> None:
    (edit,) = shown(edited(sent_copy(content, "en"), ("lives by its coast", "lived by its shores"))).fields
    assert [part.text for part in diff_parts(edit) if part.kind != "same"][:4] == ["lives", "lived", "coast", "shores"]


def printed(copy: Path, **console: object) -> str:
    read = read_copy(copy)
    target = StringIO()
    settings = {"force_terminal": True, "color_system": "truecolor", "soft_wrap": True, **console}
    Console(file=target, highlight=False, **settings).print(  # type: ignore[arg-type]
        as_text([CopyReport(read, read_edits(read))]), end=""
    )
    return target.getvalue()


def test_the_terminal_gets_colour_and_without_colour_brackets(copy: Path) -> None:
    coloured, bare = printed(copy), printed(copy, no_color=True)
    assert "\x1b[9;31m[-依海-]" in coloured
    assert "\x1b[4;32m{+临江+}" in coloured
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", bare)
    assert "[-依海-]" in re.sub(r"\x1b\[[0-9;]*m", "", bare)


def test_no_color_in_the_environment_is_heeded(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert re.search(r"\x1b\[[0-9;]*3[0-9]", CliRunner().invoke(cli, ["review", "show", str(copy)]).stdout)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", CliRunner().invoke(cli, ["review", "show", str(copy)]).stdout)


def test_the_text_names_field_heading_author_and_the_source_of_derived_words(copy: Path) -> None:
    lines = CliRunner().invoke(cli, ["review", "show", str(copy)]).stdout.splitlines()
    assert "summaries/shan-wei.md#  (单伟)" in lines
    assert any("deletion: “依海”  — 林编辑 2024-11-07T09:00:00Z" in line for line in lines)
    assert any("insertion: “临江”  — Ada 2024-11-08T10:00:00Z" in line for line in lines)
    assert "  derived words: change booklet.yaml#date instead" in lines
    place = lines.index("programme.yaml#sessions.opening.items.shan-wei.topic.zh  “城市”")
    assert lines[place + 1 : place + 3] == [
        "  林编辑 2024-11-07T09:00:00Z: <b>哪座</b>城市？",
        "    ↳ Ada 2024-11-07T09:00:00Z: 上海。",
    ]


def test_json_says_everything(copy: Path) -> None:
    (data,) = json.loads(CliRunner().invoke(cli, ["review", "show", str(copy), "--format", "json"]).stdout)
    assert (data["booklet"], data["language"]) == ("small-forum", "zh-Hans")
    field = next(field for field in data["fields"] if field["field"] == "summaries/shan-wei.md#")
    assert field["under"] == "单伟"
    assert not field["untracked"]
    assert [(change["kind"], change["author"]) for change in field["changes"]] == [
        ("deletion", "林编辑"),
        ("insertion", "Ada"),
    ]
    derived = next(field for field in data["fields"] if not field["field"])
    assert (derived["derived_from"], derived["untracked"]) == (["booklet.yaml#date"], True)
    assert [(c["author"], c["parent"], c["on"], c["resolved"]) for c in data["comments"]] == [
        ("林编辑", "", "城市", False),
        ("Ada", "0", "城市", False),
    ]


class _Loads(HTMLParser):
    """Every address from which a page would load something, and every element that is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [str(value) for name, value in attrs if name in {"src", "href", "data"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_needs_no_other_file_and_holds_strangers_words_as_words(copy: Path) -> None:
    page = CliRunner().invoke(cli, ["review", "show", str(copy), "--format", "html"]).stdout
    reader = _Loads()
    reader.feed(page)
    assert (reader.addresses, reader.open) == ([], [])
    assert "url(" not in page
    assert "@import" not in page
    assert "<del>依海</del><ins>临江</ins>" in page
    assert "<b>哪座</b>城市？" in reader.words
    assert "<b>" not in page


def test_files_that_cannot_be_read_do_not_hide_the_others(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"no zip")
    result = CliRunner().invoke(cli, ["review", "show", str(tmp_path / "letter.docx"), str(copy)])
    assert "依海" in result.stdout
    assert "HK070" in str(result.exception)


def test_one_author_may_be_anybody(content: Path) -> None:
    author = AUTHOR.replace("林编辑", "")
    copy = edited(sent_copy(content), (SENTENCE, split_run("城市", inserted("皆", author)) + "依海而兴。"))
    (change,) = shown(copy).fields[0].changes
    assert (change.kind, change.author) == ("insertion", "")
