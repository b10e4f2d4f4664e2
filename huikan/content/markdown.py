"""The one Markdown of the content: CommonMark with tables and footnotes; raw HTML is text."""

from __future__ import annotations

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin


def parser() -> MarkdownIt:
    """A parser for prose, to be used by checks and rendering alike."""
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table").use(footnote_plugin)
