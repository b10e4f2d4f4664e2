"""Texts of other systems, HTML or Markdown, as the Markdown of a booklet."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import lru_cache

import nh3
from markdownify import MarkdownConverter

from huikan.content.markdown import image_references
from huikan.importers.located import Value
from huikan.importers.plain_markdown import as_markdown
from huikan.importers.source_text import without_forbidden

_KEPT = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "a", "blockquote", "code", "pre", "hr", "img",
         "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_TAG = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|a|b|i|u|em|strong|h[1-6]|table|tr|td|th|tbody|thead|blockquote|pre|code|img|font"
    r"|sup|sub|center|script|style|hr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_DEEPEST_HTML = 200
_PICTURE = re.compile(r"(?<!\\)!(?=\[)")


def is_html(text: str) -> bool:
    """Whether the text holds tags of HTML."""
    return bool(_TAG.search(text))


def as_prose(value: Value) -> Value:
    """The value as Markdown: HTML cleaned and rewritten, Markdown as it is; pictures become links to them."""
    return replace(value, text=_as_prose(value.text))


@lru_cache(maxsize=256)
def _as_prose(text: str) -> str:
    markdown = html_as_markdown(text) if is_html(text) else text
    return _without_pictures(markdown)


def html_as_markdown(text: str) -> str:
    """The Markdown of an HTML fragment: scripts and styles are dropped, the words of unknown elements are kept."""
    clean = nh3.clean(
        text,
        tags=_KEPT,
        attributes={"a": {"href"}, "img": {"src", "alt"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    if clean.count("<") < _DEEPEST_HTML or _depth(clean) < _DEEPEST_HTML:
        converter = MarkdownConverter(heading_style="ATX", bullets="-", escape_misc=True)
        markdown = converter.convert(clean)
    else:
        words = html.unescape(nh3.clean(text, tags=set()))
        markdown = "\n\n".join(as_markdown(paragraph) for paragraph in words.split("\n\n"))
    return re.sub(r"\n{3,}", "\n\n", without_forbidden(str(markdown))).strip()


def _depth(clean: str) -> int:
    """The deepest nesting of a cleaned fragment, in which every element but the empty ones is closed."""
    depth = deepest = 0
    for closing in re.findall(r"<(/?)(?!br|hr|img)[a-z]", clean):
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


def _without_pictures(markdown: str) -> str:
    """Pictures of other sites are not fetched: `![words](address)` becomes `[words](address)`."""
    if "![" not in markdown or not image_references(markdown):
        return markdown
    linked = _PICTURE.sub("", markdown)
    return linked.replace("![", "!\\[") if image_references(linked) else linked
