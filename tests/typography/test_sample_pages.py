"""The sample publication's printed pages keep the rules."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.render.html import parse_html, render_html
from huikan.render.pdf import write_pdf
from huikan.render.stylesheets import design_of
from tests.typography.measure import Glyph, Line, plain

CONTENT = Path(__file__).parents[2] / "content"
BODY = 10.5
STEP = 18.0
NEVER_STARTS = "，。、；：！？）》”’…—·】」』〕％"
NEVER_ENDS = "（《“‘【「『〔"


@dataclass(frozen=True)
class Printed:
    """The lines in body size of each page, everything printed in its order, and the summaries' paragraphs."""

    pages: list[list[Line]]
    text: str
    paragraphs: list[str]


@pytest.fixture(scope="module")
def sample() -> Printed:
    loaded = load_publication(CONTENT)
    design = design_of(CONTENT, loaded.publication.booklet.theme)
    labels = load_labels("zh-Hans", design.templates)
    tree = parse_html(render_html(resolve(loaded.publication, labels), labels, design.templates))
    articles = tree.iterfind(".//article[@class='summary']/div[@class='prose']/p")
    # A note's words are printed at the foot of the page, not where they stand in the tree.
    unnoted = (paragraph for paragraph in articles if paragraph.find("*[@class='footnote']") is None)
    paragraphs = [plain("".join(paragraph.itertext())) for paragraph in unnoted]
    target = io.BytesIO()
    sheets = design.cascade("tokens.css", "base.css", "cjk.css", "print.css")
    write_pdf(tree, target, folder=loaded.folder, stylesheets=sheets, language="zh-Hans")
    with pdfplumber.open(target) as document:
        text = plain("".join(char["text"] for page in document.pages for char in page.chars))
        return Printed([_body_lines(page) for page in document.pages], text, paragraphs)


def _body_lines(page: pdfplumber.page.Page) -> list[Line]:
    rows: dict[float, list[Glyph]] = {}
    for char in page.chars:
        if char["text"].strip() and abs(char["size"] - BODY) < 0.01 and "Serif-CJK" in char["fontname"]:
            baseline = float(page.height) - char["matrix"][5]
            glyph = Glyph(char["text"], char["x0"], char["x1"], baseline, char["size"], char["fontname"])
            rows.setdefault(round(baseline, 1), []).append(glyph)
    lines: list[Line] = []
    for row in rows.values():
        start = 0
        for index, (one, two) in enumerate(pairwise(row), start=1):
            if two.x0 - one.x1 > 2 * BODY:
                lines.append(Line(tuple(row[start:index]), page.page_number))
                start = index
        lines.append(Line(tuple(row[start:]), page.page_number))
    return lines


def prose_pages(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages with long lines of body text: the summaries and the report."""
    return [page for page in pages if sum(len(line.text) > 20 for line in page) >= 4]


def test_body_lines_of_all_text_pages_stand_on_one_grid(sample: Printed) -> None:
    pages = [page for page in prose_pages(sample.pages) if page[0].page >= 10]
    assert len(pages) >= 8
    places = [(line.glyphs[0].baseline % STEP, line.text) for page in pages for line in page]
    usual = sorted(place for place, _ in places)[len(places) // 2]
    assert [text for place, text in places if abs(place - usual) > 0.5] == []


def test_no_line_of_prose_begins_or_ends_badly(sample: Printed) -> None:
    lines = [line for page in prose_pages(sample.pages) for line in page if len(line.text) > 5]
    assert len(lines) > 100
    assert [line.text for line in lines if line.text[0] in NEVER_STARTS] == []
    assert [line.text for line in lines if line.text[-1] in NEVER_ENDS] == []


def test_han_and_figures_stand_apart_on_every_page(sample: Printed) -> None:
    gaps = [
        (two.x0 - one.x1) / BODY
        for page in prose_pages(sample.pages)
        for line in page
        for one, two in pairwise(line.glyphs)
        if re.fullmatch("[\u4e00-\u9fff][0-9A-Za-z]|[0-9A-Za-z][\u4e00-\u9fff]", one.text + two.text)
    ]
    assert len(gaps) > 20
    assert min(gaps) > 0.12
    assert max(gaps) < 0.55


def test_the_prose_is_printed_character_for_character(sample: Printed) -> None:
    assert len(sample.paragraphs) > 20
    assert [paragraph for paragraph in sample.paragraphs if paragraph not in sample.text] == []
