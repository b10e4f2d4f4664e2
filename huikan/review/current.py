"""The content as it is now, in the form in which it would be sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from huikan.content.labels import load_labels
from huikan.content.load import LoadedPublication
from huikan.content.resolve import resolve
from huikan.render.docx.reader import read_document
from huikan.render.docx.sent import Segment, SentParagraph, sent_paragraphs
from huikan.render.html import parse_html, render_html
from huikan.render.stylesheets import design_of
from huikan.render.tokens import load_tokens
from huikan.review.alignment import note_of, prose_key
from huikan.review.rich import Rich, joined, rich_of, settled, without_looks

_NUMBER = re.compile(r"(?<![^./])(?:fn)?\d+(?![^./])")
"""A place in a list."""
_PLACE = "#"


@dataclass(slots=True)
class CurrentFields:
    """By field key, the words of each place where they stand; prose is one text with paragraph ends."""

    words: dict[str, list[Rich]] = field(default_factory=dict)

    def at(self, key: str, occurrence: int) -> Rich | None:
        """The words in the same place as in a copy, or in another where that is gone; None if the field is gone."""
        places = self.words.get(key)
        if not places:
            return None
        return places[occurrence - 1] if occurrence <= len(places) else places[0]

    def notes_of(self, prose: str) -> list[Rich]:
        """The words of the notes of a text, in order."""
        found: list[Rich] = []
        while places := self.words.get(f"{prose}fn{len(found) + 1}"):
            found.append(places[0])
        return found

    def where(self, words: Rich, key: str) -> str:
        """The field of the list in which `key` stands that has those words; empty if none has, or several have."""
        family = _list_of(key)
        found = [other for other, places in self.words.items() if words in places and _list_of(other) == family]
        return found[0] if len(found) == 1 else ""


def stands_in_list(key: str) -> bool:
    """Whether a field is named by its place in a list, which is another's when the list has changed."""
    return _PLACE in _list_of(key)[1]


def _list_of(key: str) -> tuple[str, str]:
    file, _, path = key.partition("#")
    return file, _NUMBER.sub(_PLACE, path)


def current_paragraphs(loaded: LoadedPublication, language: str) -> tuple[SentParagraph, ...]:
    """Every paragraph as a review copy made now would have it.

    Raises ContentError as a build would.
    """
    folder = loaded.folder
    design = design_of(folder, loaded.publication.booklet.theme)
    booklet = resolve(loaded.publication, load_labels(language, design.templates))
    tree = parse_html(render_html(booklet, load_labels(language, design.templates), design.templates))
    tokens = load_tokens(design.styles, design.theme)
    word = read_document(tree, images=lambda source: folder / source, tokens=tokens, language=language)
    return sent_paragraphs(word)


def fields_of(paragraphs: Iterable[SentParagraph]) -> CurrentFields:
    """The words of every field that is no derived text."""
    made = CurrentFields()
    blocks: dict[str, list[Segment]] = {}
    for paragraph in paragraphs:
        for segment in paragraph.segments:
            if not segment.field:
                continue
            prose = prose_key(segment.field)
            if prose:
                blocks.setdefault(prose, []).append(segment)
            else:
                words = rich_of(segment)
                words = settled(words) if note_of(segment.field) else without_looks(words)
                made.words.setdefault(segment.field, []).append(words)
    for key, segments in blocks.items():
        made.words[key] = [joined([settled(rich_of(segment)) for segment in segments])]
    return made
