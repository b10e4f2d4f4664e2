"""HTML that is read while it is still being made is the same tree in the end."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.finding import ContentError
from huikan.render import sections
from huikan.render.html import render_html
from huikan.render.sections import SectionParser, parse_html
from huikan.render.stylesheets import design_of

CONTENT = Path(__file__).resolve().parents[2] / "content"
_PARTS = st.sampled_from(
    [
        "<section>",
        '<section title="<section>">',
        '<section class="a>b">',
        "</section>",
        "<div>",
        "</div>",
        "<svg><path/></svg>",
        "<SECTION>",
        "<hr>",
        "<!-- c -->",
        "&nbsp;",
        "港",
        "\n",
        "<p>文<br>字</p>",
        "</body>",
    ]
)
_BODIES = st.lists(_PARTS, max_size=12).map("".join)


def parsed(parser: SectionParser, source: str) -> tuple[str, ...]:
    return tuple(ElementTree.tostring(tree, "unicode") for tree in parser.parse(source))


def parsed_in_pieces(source: str, cuts: list[int]) -> tuple[str, ...]:
    parser = SectionParser()
    for start, end in pairwise([0, *sorted(cut % (len(source) + 1) for cut in cuts), len(source)]):
        parser.read_ahead(source[start:end])
    return parsed(parser, source)


@pytest.fixture(scope="module")
def html() -> str:
    loaded = load_publication(CONTENT)
    booklet = loaded.publication.booklet
    design = design_of(CONTENT, booklet.theme)
    labels = load_labels(booklet.languages[0], design.templates)
    return render_html(resolve(loaded.publication, labels), labels, design.templates)


@given(_BODIES, st.lists(st.integers(0, 400), max_size=6))
@example('<section>港</section><section title="<section></section>"></section>', [60, 90])
@example("<section>港</section><svg><path/></svg><section></section>", [10, 50, 60])
def test_whatever_is_read_ahead_comes_out_the_same(body: str, cuts: list[int]) -> None:
    source = f"<!DOCTYPE html><html><head><title>t</title></head>\n<body>\n{body}\n</body></html>"
    assert parsed_in_pieces(source, cuts) == parsed(SectionParser(), source)


@pytest.mark.parametrize("cuts", [[], [1], [100, 5_000, 5_001, 30_000, 90_000]])
def test_the_sample_is_the_same(html: str, cuts: list[int]) -> None:
    assert parsed_in_pieces(html, cuts) == parsed(SectionParser(), html)


def test_what_was_read_ahead_is_not_read_again(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parser = parsed(SectionParser(), html), SectionParser()
    parser.read_ahead(html)
    read = list[str]()
    monkeypatch.setattr(sections, "plain_tree", read.append)
    assert parsed(parser, html) == whole
    assert not read


def test_what_was_read_ahead_of_another_document_is_left_out(html: str) -> None:
    parser = SectionParser()
    parser.read_ahead(html.replace("<h2", "<h3").replace("</h2", "</h3"))
    assert parsed(parser, html) == parsed(SectionParser(), html)


def test_html_is_told_part_by_part_as_it_is_made(html: str) -> None:
    loaded, told = load_publication(CONTENT), list[str]()
    booklet = loaded.publication.booklet
    design = design_of(CONTENT, booklet.theme)
    labels = load_labels(booklet.languages[0], design.templates)
    resolved = resolve(loaded.publication, labels)
    assert render_html(resolved, labels, design.templates, told=told.append) == html
    assert "".join(told) == html


def test_what_is_not_in_the_vocabulary_is_told_as_long_as_it_is_there() -> None:
    parser = SectionParser()
    for _ in range(2):
        with pytest.raises(ContentError, match="bad-thing"):
            parse_html('<html><body><section class="bad-thing"><p>x</p></section></body></html>', parser)
