"""In a draft, words that were made of an untranslated field are marked as the field itself is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from tests.check.editing import publication

DEED = "delivering an address at the Forum “{}”"
TITLE = "{zh: 小型论坛, en: Small Forum}"


def marked(folder: Path, *changes: tuple[str, str, str], draft: bool = True) -> set[tuple[str, str]]:
    """The marked texts of the English web page, each with the language that stands in."""
    content = publication(folder / "content", changes)
    build(BuildRequest(content, folder / "out", (Edition.WEB,), ("en",), draft=draft))
    page = (folder / "out" / "small-forum.en.html").read_text(encoding="utf-8")
    found = re.findall(r'<(\w+)[^>]*data-untranslated="([^"]+)"[^>]*>(.*?)</\1>', page, re.DOTALL)
    return {(language, re.sub(r"<[^>]+>", "", words).strip()) for _, language, words in found}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("people.yaml", ", en: Director}", "}"), "Shan Wei, 海岸研究所所长, Coastal Institute"),
        (("people.yaml", "{zh: 单伟, en: Shan Wei}", "{zh: 单伟}"), "单伟, Director, Coastal Institute"),
        (
            ("booklet.yaml", TITLE, "{zh: 小型论坛}"),
            DEED.format("小型论坛"),
        ),
        (("organisations.yaml", ", en: Coastal Institute}", "}"), "Shan Wei, Director, 海岸研究所"),
        (
            ("programme.yaml", "scope: {zh: 专题发言环节, en: the talks}", "scope: {zh: 专题发言环节}"),
            "moderating 专题发言环节 at the Forum “Small Forum”",
        ),
        (("programme.yaml", "topic:", "caption: {zh: [单伟致辞, 在上海]}\n        topic:"), "单伟致辞"),
    ],
)
def test_a_caption_made_of_untranslated_words_is_marked(
    change: tuple[str, str, str], line: str, tmp_path: Path
) -> None:
    assert ("zh-Hans", line) in marked(tmp_path, change)
    assert marked(tmp_path / "print", change, draft=False) == set()


def test_lines_of_a_caption_that_are_translated_are_not_marked(tmp_path: Path) -> None:
    found = marked(tmp_path, ("people.yaml", ", en: Director}", "}"))
    assert all("所长" in words for _, words in found)
    assert marked(tmp_path / "whole") == set()
