"""Words of fields as messages quote them: on one line, not longer than a line."""

from __future__ import annotations

import re
from itertools import groupby, takewhile

from huikan.render.docx.sent import NOTE
from huikan.review.changes import marked
from huikan.review.edits import FieldEdit
from huikan.review.paragraph_hunks import hunks
from huikan.review.rich import Rich, characters, grouped, text_of, tokens
from huikan.review.table_form import legible

_BLANK = re.compile(r"\s+")
_LONGEST = 60
_CONTEXT = 12
"""Unchanged characters shown before the first that differs."""


def quoted(words: Rich) -> str:
    """Words in quotation marks, cut when they are long; or “nothing”."""
    return quoted_text(text_of(words))


def difference_of(edit: FieldEdit) -> str:
    """A field as sent and as edited, long ones from where they differ."""
    sent, edited = edit.compared
    before, after = legible(text_of(sent)), legible(text_of(edited))
    if before == after:
        before, after = with_marks(sent), with_marks(edited)
    start = 0
    if max(len(before), len(after)) > _LONGEST:
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
        start = max(0, sum(1 for _ in alike) - _CONTEXT)
    return f"{quoted_text(before, start)} → {quoted_text(after, start)}"


def with_marks(words: Rich) -> str:
    """Words with their emphasis and links as Markdown has them."""
    return "".join(marked(text_of(group), look) for look, group in groupby(words, key=lambda letter: letter[1]))


def changes_quoted(before: Rich, after: Rich) -> str:
    """Every change between two states of a field."""
    old, new = tokens(before), tokens(after)
    return "; ".join(
        f"{quoted(characters(old[hunk.start : hunk.end]))} → {quoted(characters(new[hunk.new_start : hunk.new_end]))}"
        for hunk in grouped(hunks(old, new))
    )


def quoted_text(text: str, start: int = 0) -> str:
    """A text in quotation marks, from `start` on."""
    text = legible(text)
    if not text:
        return "nothing"
    text = ("…" if start else "") + _BLANK.sub(" ", text[start:].replace("\u2029", " ¶ ").replace(NOTE, "[^]"))
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[: _LONGEST - 1]}…”"
