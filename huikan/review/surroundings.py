"""Heads, feet and the contents as they came back beside what was sent: edits of them without a mark.

They are made from headings: a program that made them anew has changed nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from huikan.render.docx.furniture import THEME_STYLE
from huikan.render.docx.sent import SentSurroundings
from huikan.review.kinds import without_blanks
from huikan.review.wordml import Aside, WordParagraph

_HEADINGS = ("Heading", "Report Title", "Programme Day")
_JOINTS = ":：·—–-"
"""Marks that may stand between a heading and its theme."""
_PAGE = re.compile(r"\t\s*[0-9ivxlc]+\s*$", re.IGNORECASE)
_LONGEST = 200
"""Characters of a paragraph that may be a heading."""
_COUNTS = re.compile(r"[0-9/—–-]*")


def changed_surroundings(
    sent: SentSurroundings,
    paragraphs: Sequence[WordParagraph],
    heads: Sequence[WordParagraph],
    feet: Sequence[WordParagraph],
) -> Iterator[Aside]:
    """What differs in the contents, then in the heads and the feet."""
    lines = [_words(paragraph) for paragraph in paragraphs if paragraph.in_contents]
    outside = (each for each in paragraphs if not each.in_contents and each.length < _LONGEST)
    elsewhere = {without_blanks(words) for each in outside for words in _forms(each)}
    headings = {without_blanks(_words(each)) for each in paragraphs if each.style.startswith(_HEADINGS)}
    themes = {without_blanks(_words(each)) for each in paragraphs if each.style == THEME_STYLE}
    if sent.contents and not any(lines):
        yield Aside("the contents were taken out", sent.contents[0])
    else:
        yield from _differences(sent.contents, lines, elsewhere, headings, "the contents")
    running = [words for words in map(_words, heads) if words]
    joined = {without_blanks(words) for words in running if _is_joined(words, elsewhere, themes)}
    if len(running) >= len([words for words in sent.heads if words]):
        headings = set()  # LibreOffice writes one page's heading into the head of another
    yield from _differences(sent.heads, running, elsewhere | joined, headings, "a header")
    yield from _differences((), [_words(each) for each in feet], elsewhere, headings, "a footer")


def _differences(
    sent: Sequence[str], now: Iterable[str], made_from: set[str], headings: set[str], place: str
) -> Iterator[Aside]:
    """Words that stand there now and neither were sent nor are a heading's, and those in whose place they stand."""
    known, found = {without_blanks(words) for words in sent}, dict.fromkeys(words for words in now if words)
    present = {without_blanks(words) for words in found}
    strange = [words for words in found if without_blanks(words) not in known | made_from]
    strange = [words for words in strange if not _COUNTS.fullmatch(without_blanks(words))]
    gone = [words for words in dict.fromkeys(sent) if words and without_blanks(words) not in present]
    if not strange:  # what is made anew after a heading was changed is no edit
        gone = [words for words in gone if without_blanks(words) in headings]
    for before, after in zip_longest(gone if len(gone) == len(strange) or not strange else [], strange, fillvalue=""):
        kind = "changed in" if before and after else "inserted in" if after else "deleted from"
        yield Aside(f"words {kind} {place}", " → ".join(words for words in (before, after) if words))


def _is_joined(words: str, elsewhere: set[str], themes: set[str]) -> bool:
    """Whether it is a heading with a theme behind it, which LibreOffice (25.2) takes from two sessions."""
    said = without_blanks(words)
    return any(
        said.endswith(theme) and said.removesuffix(theme).rstrip(_JOINTS) in elsewhere for theme in themes if theme
    )


def _words(paragraph: WordParagraph) -> str:
    """What stands there with tracked changes rejected, without the number of a page."""
    return _PAGE.sub("", paragraph.sent_text).strip()


def _forms(paragraph: WordParagraph) -> Iterator[str]:
    """A paragraph as sent and as edited."""
    yield paragraph.sent_text
    if paragraph.is_touched:
        yield "".join(piece.text for piece in paragraph.pieces if not piece.deleted)
