"""The one Markdown of the content: CommonMark with tables and footnotes; raw HTML is text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class ImageReference:
    """A picture that prose names: `source` as it was written, `line` counted from 0 at the start of the prose."""

    source: str
    line: int


def line_starts(text: str) -> list[int]:
    """Where each line begins, and where one behind the last would."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


def parser() -> MarkdownIt:
    """A parser for prose, to be used by checks and rendering alike."""
    from markdown_it import MarkdownIt  # loaded where prose has markup
    from mdit_py_plugins.footnote import footnote_plugin

    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table").use(footnote_plugin)


def image_references(prose: str) -> list[ImageReference]:
    """Every picture that `prose` names, also those by `file:` or `data:` that rendering would leave as plain words."""
    markdown = parser()
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # nothing is rendered by this parser
    found: list[ImageReference] = []
    line = 0
    for block in markdown.parse(prose):
        line = block.map[0] if block.map else line  # table cells and inline footnotes have none of their own
        found += _images_of(block.children or [], line)
    return found


def _images_of(inline: list[Token], line: int) -> Iterator[ImageReference]:
    for token in inline:
        if token.type in {"softbreak", "hardbreak"}:
            line += 1
        elif token.type == "image":
            yield ImageReference(unquote(str(token.attrs.get("src", ""))), line)
