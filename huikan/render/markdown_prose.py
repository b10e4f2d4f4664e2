"""Markdown prose to semantic HTML, each leaf block marked with the id of its content field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import escape

from huikan.content.markdown import parser

_FIRST_HEADING = 4
"""Headings inside prose stand below the speaker's name, an h3."""

MOST_COLUMNS = 5
"""A table of more stands over the whole width of the page, in smaller type."""

_HAN = re.compile("[\u4e00-\u9fff]")
_LEAVES = {"paragraph_open", "heading_open", "td_open", "th_open"}


class _FieldRenderer(RendererHTML):
    """Numbers the leaf blocks below a field id and sets footnotes where they are referred to."""

    def render_field(self, tokens: Sequence[Token], field: str, first: int, options: Any) -> tuple[str, int]:
        """HTML of a field's blocks, numbered from `first`, and the number after the last."""
        self.field = field
        self.block = first - 1
        return self.render(tokens, options, {}), self.block + 1

    def render(self, tokens: Sequence[Token], options: Any, env: Any) -> str:
        body, notes = _without_footnotes(tokens)
        self.notes = notes
        self.open_notes: set[int] = set()
        _mark_wide_tables(body)
        for token in body:
            if token.type in {"heading_open", "heading_close"}:
                token.tag = f"h{min(6, int(token.tag[1]) + _FIRST_HEADING - 1)}"
            if token.type in _LEAVES and not token.hidden:
                self._number(token)
            elif token.type == "paragraph_open":  # of a tight list: its text stands in the item itself
                token.hidden = False
                self._number(token)
            elif token.type == "paragraph_close":
                token.hidden = False
        return super().render(body, options, env)

    def fence(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """Code between fences is set like code that is indented: its language is nothing to print."""
        return self.code_block(tokens, index, options, env)

    def _number(self, token: Token) -> None:
        self.block += 1
        token.attrSet("data-field", f"{self.field}{self.block}")

    def footnote_ref(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """A footnote's words stand in the running text; the faces move them to the foot of the page.

        Those of a note inside a note stay there, in brackets.
        """
        note = tokens[index].meta["id"]
        if note in self.open_notes:  # a note that refers to itself would have no end
            return str(escape(f"[^{tokens[index].meta['label']}]"))
        is_inside = bool(self.open_notes)
        self.open_notes.add(note)
        words = " ".join(self.renderInline(token.children or [], options, env) for token in self.notes[note])
        self.open_notes.discard(note)
        if is_inside:  # Word has no notes of notes
            return f"（{words}）" if _HAN.search(words) else f" ({words})"
        number = note + 1
        return f'<span class="footnote" data-field="{escape(self.field)}fn{number}">{words}</span>'


def _mark_wide_tables(tokens: Sequence[Token]) -> None:
    table, columns = None, 0
    for token in tokens:
        if token.type == "table_open":
            table, columns = token, 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "thead_close" and table is not None and columns > MOST_COLUMNS:
            table.attrSet("class", "wide")


def _without_footnotes(tokens: Sequence[Token]) -> tuple[list[Token], dict[int, list[Token]]]:
    """The body's tokens, and by footnote the inline tokens of its paragraphs."""
    body: list[Token] = []
    notes: dict[int, list[Token]] = {}
    current: list[Token] | None = None
    for token in tokens:
        if token.type == "footnote_open":
            current = notes.setdefault(token.meta["id"], [])
        elif token.type == "footnote_close":
            current = None
        elif token.type in {"footnote_block_open", "footnote_block_close"}:
            continue
        elif current is None:
            body.append(token)
        elif token.type == "inline":
            current.append(token)
    return body, notes


def render_markdown(markdown: str, field: str, first: int = 1) -> tuple[str, int]:
    """HTML of Markdown, its leaf blocks marked with their field's id and numbered from `first`; the number after them.

    Raw HTML is set as text.
    """
    reader, renderer = _made_once()
    html, following = renderer.render_field(reader.parse(markdown), field, first, reader.options)
    return html.strip(), following


@cache
def _made_once() -> tuple[MarkdownIt, _FieldRenderer]:
    """Making them takes longer than most prose."""
    return parser(), _FieldRenderer()
