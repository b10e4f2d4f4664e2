"""Paragraphs that were made something else, such as an item of a list, though their words may be the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from huikan.render.docx.sent import SentParagraph
from huikan.review.alignment import Unit
from huikan.review.wordml import Aside, WordParagraph

_KINDS = {
    "Body Text": "running text",
    "List Paragraph": "running text in a list",
    "List Bullet": "an item with a bullet",
    "List Number": "an item with a number",
    "Quote": "a quotation",
    **{f"Heading {level}": "a heading" for level in range(3, 6)},
}
"""What styles of prose make of a paragraph."""
_LONGEST = 40


def restyled(
    sent: Sequence[SentParagraph], units: Sequence[Unit], paragraphs: Sequence[WordParagraph]
) -> Iterator[Aside]:
    """What became of paragraphs that correspond to one that was sent, and are of another kind of prose now."""
    for unit in units:
        if len(unit.sent) != 1 or len(unit.paragraphs) != 1:
            continue
        paragraph = paragraphs[unit.paragraphs[0]]
        before, now = _KINDS.get(sent[unit.sent[0]].style), _KINDS.get(paragraph.style)
        if before and now and before != now:
            words = paragraph.sent_text.strip()
            words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
            yield Aside(f"{before} made {now}", words)
