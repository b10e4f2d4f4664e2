"""Plain HTML is read by an XML parser: the tree is the HTML parser's, or there is none."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.render.html import parse_html, render_html
from huikan.render.plain_html import plain_tree
from huikan.render.stylesheets import design_of

ROOT = Path(__file__).resolve().parents[2]
_TAGS = ("section", "div", "p", "span", "a", "em", "h2", "ul", "li", "table", "tr", "td", "tbody", "dl", "dt", "pre")
_WORDS = ("港", " ", "\n", "　", "&amp;", "&lt;", "&#39;", "&nbsp;", "<br>", "<br/>", '<img src="a.jpg" alt="港">', "x")
_ATTRIBUTES = ("", ' class="a b"', ' data-field="x#y"', " hidden", ' lang="zh" lang="en"', ' alt="&quot;"', ' alt="&x"')


def by_html_parser(source: str) -> Element | None:
    body = tinyhtml5.parse(f"<!DOCTYPE html><body>{source}</body>", namespace_html_elements=False).find("body")
    return body[0] if body is not None and len(body) == 1 and not body.text and not body[0].tail else None


def said(element: Element) -> object:
    """All that a tree says, with nothing and an empty text the same."""
    inside = [(said(child), child.tail or "") for child in element]
    return element.tag, list(element.attrib.items()), element.text or "", inside


def pieces() -> st.SearchStrategy[str]:
    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        inside = st.lists(inner, max_size=4).map("".join)
        made = st.tuples(st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES), inside)
        return made.map(lambda parts: f"<{parts[0]}{parts[1]}>{parts[2]}</{parts[0]}>")

    return st.recursive(st.sampled_from(_WORDS), around, max_leaves=12)


@given(st.lists(pieces(), max_size=4).map("".join))
def test_a_tree_read_as_plain_is_that_of_the_html_parser(inside: str) -> None:
    source = f"<section>{inside}</section>"
    tree = plain_tree(source)
    if tree is not None:
        expected = by_html_parser(source)
        assert expected is not None
        assert said(tree) == said(expected)


@pytest.mark.parametrize(
    "source",
    [
        '<section class="a"><h2>港</h2><p>城市<em>依海</em>而兴。<br>潮</p></section>',
        "<table><tbody><tr><th>港</th><td>3</td></tr></tbody></table>",
        '<ul><li><p><a href="#x">一</a>&amp;</p></li></ul>',
    ],
)
def test_what_templates_write_is_plain(source: str) -> None:
    tree, expected = plain_tree(source), by_html_parser(source)
    assert tree is not None
    assert expected is not None
    assert said(tree) == said(expected)


@pytest.mark.parametrize(
    "source",
    [
        "<p>一<p>二</p>",
        "<p><div>一</div></p>",
        "<table><tr><td>一</td></tr></table>",
        "<table><tbody>　<tr><td>一</td></tr></tbody></table>",
        "<a><span><a>一</a></span></a>",
        "<div>&nbsp;</div>",
        "<div><svg></svg></div>",
        "<div hidden>一</div>",
        "<pre>\n一</pre>",
        "<DIV>一</DIV>",
        "<span/>",
    ],
)
def test_what_html_alone_understands_is_left_to_its_parser(source: str) -> None:
    assert plain_tree(source) is None


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_sample_has_the_tree_of_the_html_parser(language: str) -> None:
    loaded = load_publication(ROOT / "content")
    design = design_of(loaded.folder, loaded.publication.booklet.theme)
    labels = load_labels(language, design.templates)
    source = render_html(resolve(loaded.publication, labels), labels, design.templates)
    assert said(parse_html(source)) == said(tinyhtml5.parse(source, namespace_html_elements=False))
