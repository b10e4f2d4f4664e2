"""Paragraphs and themes of an outline as content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from huikan.importers.plain_markdown import as_markdown
from huikan.importers.source_text import SourceLine


def paragraphs_as_markdown(paragraphs: Sequence[Sequence[SourceLine]]) -> str:
    """Paragraphs character for character, set apart by an empty line; lines of one paragraph are joined."""
    return "\n\n".join(as_markdown(_joined([line.text for line in lines])) for lines in paragraphs)


def _joined(lines: Sequence[str]) -> str:
    """Lines of one paragraph: with a space between words, none beside Han characters and their full-width marks."""
    text = lines[0]
    for line in lines[1:]:
        text += line if _is_wide(text[-1]) or _is_wide(line[0]) else f" {line}"
    return text


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def theme_parts(theme: str) -> list[str]:
    """A theme's parts: a space typed between Han characters marks where it breaks well."""
    parts = [part for part in re.split(r"(?<=[\u3400-\u9fff”》）])[ \u3000]+(?=[\u3400-\u9fff“《（])", theme) if part]
    return parts or [theme]
