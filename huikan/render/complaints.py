"""What is wrong with a laid-out document, as findings for the editor."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from huikan.finding import Finding, Severity

_LOST = "No anchor #"


def lacking_glyphs(found: Iterable[tuple[str, str, int]]) -> tuple[Finding, ...]:
    """The findings about characters that no installed face has: each once a file, with the first page that needs it.

    `found` are characters, the content field (empty for derived words) and the page from 1 of every place.
    """
    places = list(found)
    placed = {character for character, field, _ in places if field}
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for character, field, page in places:
        if field or character not in placed:
            first.setdefault((character, field.partition("#")[0]), (field, page))
    return tuple(_lacking_glyph(character, field, page) for (character, _), (field, page) in first.items())


def _lacking_glyph(character: str, field: str, page: int) -> Finding:
    name = f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed character')}"
    message = f"no installed face has the character {character!r} ({name}), on page {page}"
    hint = "install a face that has it and name it in styles/tokens.css, or write another character"
    return Finding("HK088", Severity.ERROR, message, hint, file=field, excerpt=character)


def lost_reference(anchor: str) -> Finding:
    """The finding about a link to an anchor that the document does not have."""
    return Finding("HK096", Severity.ERROR, f"a page reference leads nowhere: {_LOST}{anchor}")


def told_by_engine(messages: Iterable[str]) -> list[Finding]:
    """Findings about what the layout engine complained of, as far as it matters."""
    findings = []
    for message in messages:
        if message.startswith(_LOST):
            findings.append(lost_reference(message.removeprefix(_LOST)))
        elif message.startswith("Failed to load image"):
            findings.append(Finding("HK097", Severity.ERROR, f"a picture cannot be used: {message}"))
    return findings
