"""Titles of any usual length stand on the cover, smaller the longer they are."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from huikan.content.resolved import Phrase
from huikan.render.cover_title import title_class
from tests.publication import write_small_publication

MEDIUM = {
    "zh": ["推进数字经济时代知识产权保护与国际合作", "打击跨境侵权假冒违法犯罪经验交流"],
    "en": ["Advancing the Protection of Intellectual Property", "and International Cooperation in the Digital Economy"],
}
LONG = {
    "zh": [
        "海岸城市可持续发展与韧性基础设施建设国际交流合作高端对话会",
        "暨第三届沿海地区风暴潮预警监测与防灾减灾能力提升专题研讨会",
    ],
    "en": [
        "High-Level Dialogue on International Exchange and Cooperation for Sustainable Coastal Cities",
        "and the Third Seminar on Early Warning of Storm Surges and Disaster Mitigation in Coastal Regions",
    ],
}
SIZES = ["", "long", "longest"]


@pytest.mark.parametrize("theme", ["default", "a5"])
@pytest.mark.parametrize("title", [MEDIUM, LONG], ids=["medium", "long"])
def test_a_long_title_leaves_the_cover_its_date_and_its_picture(
    tmp_path: Path, title: dict[str, list[str]], theme: str
) -> None:
    write_small_publication(tmp_path)
    booklet = tmp_path / "booklet.yaml"
    text = booklet.read_text(encoding="utf-8")
    written = f"title: {{zh: {title['zh']}, en: {title['en']}}}\ntheme: {theme}"
    booklet.write_text(text.replace("title: {zh: 小型论坛, en: Small Forum}", written), encoding="utf-8")
    build(BuildRequest(tmp_path, tmp_path / "output", (Edition.PRINT,)))
    for key, language in (("zh", "zh-Hans"), ("en", "en")):
        with pdfplumber.open(tmp_path / f"output/small-forum.{language}.print.pdf") as pdf:
            cover, inside = pdf.pages[:2]
            words = "".join(cover.extract_text().split())
            assert "".join("".join(title[key]).split()) in words
            assert "2024" in words
            assert not inside.extract_text().strip()
            assert max(char["bottom"] for char in cover.chars) < 0.75 * float(cover.height)


@given(st.lists(st.text("海港abc ", min_size=1, max_size=40), min_size=1, max_size=4), st.text("城x", max_size=9))
def test_more_words_never_make_a_title_larger(parts: list[str], more: str) -> None:
    for language in ("zh-Hans", "en"):
        shorter, longer = (Phrase(tuple(each), language) for each in (parts, [*parts[:-1], parts[-1] + more]))
        assert SIZES.index(title_class(shorter)) <= SIZES.index(title_class(longer))
