"""Markdown as an editor reads it: blocks of plain words, each character with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from huikan.check.alignment import UNKNOWN
from huikan.content.markdown import line_starts, parser

_CONTAINERS = {
    "list_item_open": "item",
    "blockquote_open": "quote",
    "footnote_open": "footnote",
    "heading_open": "heading",
    "table_open": "cell",
}
_CLOSERS = {name.replace("_open", "_close") for name in _CONTAINERS}


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of prose. `kind` is paragraph, item, quote, footnote, heading, cell or rule.

    `positions` are offsets in the Markdown, one for each character of `text`; UNKNOWN where there is none.
    """

    kind: str
    text: str
    positions: tuple[int, ...]


def blocks_of(markdown: str) -> list[Block]:
    """The blocks of a Markdown text in the order in which they stand, without marks, addresses and code."""
    lines = line_starts(markdown)
    found: list[Block] = []
    containers: list[str] = []
    cursor = 0
    for token in parser().parse(markdown):
        if token.type in _CONTAINERS:
            containers.append(_CONTAINERS[token.type])
        elif token.type in _CLOSERS:
            containers.pop()
        if token.map:
            cursor = lines[token.map[0]] if token.type != "inline" or "cell" not in containers else cursor
        if token.type == "hr" and token.map:
            text = markdown[cursor:].partition("\n")[0]
            found.append(Block("rule", text, tuple(range(cursor, cursor + len(text)))))
        if token.type == "inline":
            if not token.map and "footnote" in containers:  # ^[a note in its place]
                cursor = max(0, markdown.find(f"^[{token.content}"))
            text, positions, cursor = _words(token.children or [], markdown, cursor)
            found.append(Block(containers[-1] if containers else "paragraph", text, positions))
    return found


def setext_rules(markdown: str) -> Iterator[int]:
    """The offsets of lines of hyphens that turn the line above into a heading."""
    lines = line_starts(markdown)
    for token in parser().parse(markdown):
        if token.type == "heading_open" and token.markup in {"-", "="} and token.map:
            yield lines[token.map[1] - 1]


def _words(children: list[Token], markdown: str, cursor: int) -> tuple[str, tuple[int, ...], int]:
    """The words of an inline token, their positions, and where they end."""
    text = ""
    positions: list[int] = []
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            end = markdown.find("\n", cursor)
            positions.append(end if end >= 0 else UNKNOWN)
            text += "\n"
            cursor = end + 1 if end >= 0 else cursor
        elif child.type == "code_inline":
            at = markdown.find(child.content, cursor)
            cursor = at + len(child.content) if at >= 0 else cursor
            positions.append(UNKNOWN)
            text += "\ufffc"
        elif child.type == "text" and child.content:
            at = markdown.find(child.content, cursor)
            known = at >= 0
            positions += range(at, at + len(child.content)) if known else [UNKNOWN] * len(child.content)
            text += child.content
            cursor = at + len(child.content) if known else cursor
    return text, tuple(positions), cursor
