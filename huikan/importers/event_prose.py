"""Long texts and links of an event as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from huikan.importers.content_files import prose
from huikan.importers.data_account import DataLedger
from huikan.importers.event_model import Link
from huikan.importers.event_texts import link_line
from huikan.importers.located import Words


def markdown_of(texts: Iterable[Words], links: Iterable[Link], field: str, ledger: DataLedger) -> str:
    """The texts, an empty line between them, then the links as a list; a text within another stands once."""
    said: list[str] = []
    for words in texts:
        for value in words:
            ledger.place(value, field)
            if not any(value.text in text for text in said):
                said = [text for text in said if text not in value.text]
                said.append(value.text)
    lines = []
    for link in links:
        for found in (link.address, link.words):
            if found:
                ledger.place(found, field)
        lines.append(link_line(link))
    if lines:
        said.append("\n".join(dict.fromkeys(lines)))
    return "\n\n".join(said)


def prose_of(texts: Iterable[Words], links: Iterable[Link], field: str, ledger: DataLedger) -> Any:
    """`markdown_of` as a value of a content file; None if there is nothing to say."""
    markdown = markdown_of(texts, links, field, ledger)
    return prose(markdown) if markdown else None
