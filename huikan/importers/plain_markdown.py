"""Plain text as Markdown that says the same, character for character."""

from __future__ import annotations

import re

from markdown_it.token import Token

from huikan.content.markdown import parser

_PARSER = parser()
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def as_markdown(paragraph: str) -> str:
    """Markdown of one paragraph of plain text: as it is where that reads back the same, else with backslashes.

    White space at the ends is dropped; inside it is kept.
    """
    text = paragraph.strip()
    if plain_text(text) == text:
        return text
    return _PUNCTUATION.sub(r"\\\1", text)


def plain_text(markdown: str) -> str | None:
    """What a Markdown of plain paragraphs says, an empty line between them; None if it holds anything else."""
    tokens = _PARSER.parse(markdown)
    if any(token.type not in ("paragraph_open", "inline", "paragraph_close") for token in tokens):
        return None
    paragraphs = [_words(token.children or []) for token in tokens if token.type == "inline"]
    return None if None in paragraphs else "\n\n".join(words or "" for words in paragraphs)


def _words(children: list[Token]) -> str | None:
    said = []
    for child in children:
        if child.type in ("text", "text_special"):
            said.append(child.content)
        elif child.type == "softbreak":
            said.append("\n")
        else:
            return None
    return "".join(said)
