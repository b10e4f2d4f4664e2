"""Edited words as they are printed: blanks beside a change that the typesetter makes itself are no words."""

from __future__ import annotations

from huikan.render.typography import normalise_spacing
from huikan.review.paragraph_hunks import hunks
from huikan.review.rich import Rich, paragraphs_of, text_of

_COLLAPSED = " \t"
_LINE_END = ("\n", "")


def as_typeset(words: Rich, sent: Rich, language: str, *, keeps_breaks: bool = False) -> Rich:
    """Edited words without the blanks beside a change that the typesetter makes itself; blanks elsewhere stay.

    So do line ends that were sent: they stand between the parts of a title. With `keeps_breaks` so do typed ones.
    Of several blanks in a row one is printed, and none at the end of a paragraph.
    """
    near: set[int] = set()
    for hunk in hunks(sent, words):
        near.update(range(hunk.new_start, hunk.new_end))
        near.update(at for at in (hunk.new_start - 1, hunk.new_end) if words[at : at + 1] != (_LINE_END,))
    if not near:
        return words
    made: list[tuple[str, str]] = []
    place = 0
    for part in paragraphs_of(words):
        kept = iter(normalise_spacing(text_of(part), language))
        wanted = next(kept, "")
        first = len(made)
        for number, letter in enumerate(part, start=place):
            is_kept = number not in near or (keeps_breaks and letter == _LINE_END)
            if letter[0] == wanted:
                wanted = next(kept, "")
                doubled = letter[0] in _COLLAPSED and bool(made[first:]) and made[-1][0] in _COLLAPSED
                is_kept = number not in near or not doubled
            if is_kept:
                made.append((" ", letter[1]) if letter[0] == "\t" and number in near else letter)
        while near.intersection(range(place, place + len(part))) and made[first:] and made[-1][0] in _COLLAPSED:
            made.pop()
        place += len(part) + 1
        if place <= len(words):
            made.append(words[place - 1])
    return tuple(made)
