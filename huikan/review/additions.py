"""Paragraphs that several versions of a text add at one place: all of them stand there, one behind the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from huikan.review.wordml import CELL_END, HEAD, PARAGRAPH_END, ROW

Token = tuple[tuple[str, str], ...]
"""A word of Latin letters and digits, or one other character."""

PARAGRAPH_BREAK: Token = ((PARAGRAPH_END, ""),)
"""A paragraph's end as a token."""
_ALIKE = 0.6
"""Paragraphs, or first cells of rows, with more in common are two wordings of one: somebody must choose."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A version's words in place of old ones: whole paragraphs above these, what they became, paragraphs below."""

    above: tuple[tuple[Token, ...], ...]
    core: tuple[Token, ...]
    below: tuple[tuple[Token, ...], ...]


def together(base: Sequence[Token], start: int, end: int, forms: Sequence[Sequence[Token]]) -> list[Token] | None:
    """What stands in place of `base[start:end]` when every form's new paragraphs are kept, in the order of the forms.

    None where the forms differ in more than that, or add paragraphs that are wordings of one.
    """
    old, begun = tuple(base[start:end]), _begun(base, start)
    if PARAGRAPH_BREAK in old:
        return None
    parts = [_divided(tuple(form), old, begun, is_last=end == len(base)) for form in forms]
    cores = {part.core for part in parts} - {old}
    above, below = _united(part.above for part in parts), _united(part.below for part in parts)
    if len(cores) > 1 or above is None or below is None or not (above or below):
        return None
    made: list[Token] = []
    for paragraph in above:
        made += [*paragraph, PARAGRAPH_BREAK]
    made = [*made[len(begun) :], *begun] if above else made
    made += cores.pop() if cores else old
    for paragraph in below:
        made += [PARAGRAPH_BREAK, *paragraph]
    return made


def added_by(base: Sequence[Token], start: int, end: int, form: Sequence[Token]) -> list[Token]:
    """The whole paragraphs that a form adds."""
    part = _divided(tuple(form), tuple(base[start:end]), _begun(base, start), is_last=end == len(base))
    made: list[Token] = []
    for paragraph in (*part.above, *part.below):
        made += [PARAGRAPH_BREAK, *paragraph] if made else paragraph
    return made


def _begun(base: Sequence[Token], start: int) -> tuple[Token, ...]:
    """The words above `start` in its paragraph: one that is added above that paragraph is found to begin alike."""
    first = start
    while first and base[first - 1] != PARAGRAPH_BREAK:
        first -= 1
    return tuple(base[first:start])


def _divided(form: tuple[Token, ...], old: tuple[Token, ...], begun: tuple[Token, ...], *, is_last: bool) -> _Form:
    if PARAGRAPH_BREAK not in form:
        return _Form((), form, ())
    last = len(form) - 1 - form[::-1].index(PARAGRAPH_BREAK)
    behind = form[last + 1 :]
    if behind[: len(begun)] == begun and (behind[len(begun) :] == old or not is_last):
        return _Form(_paragraphs(begun + form[:last]), behind[len(begun) :], ())
    if is_last and (form[: len(old)] == old or begun):
        own = form.index(PARAGRAPH_BREAK)
        return _Form((), form[:own], _paragraphs(form[own + 1 :]))
    return _Form((), form, ())


def _paragraphs(words: tuple[Token, ...]) -> tuple[tuple[Token, ...], ...]:
    made: list[list[Token]] = [[]]
    for token in words:
        if token == PARAGRAPH_BREAK:
            made.append([])
        else:
            made[-1].append(token)
    return tuple(tuple(paragraph) for paragraph in made)


def _united(parts: Iterable[tuple[tuple[Token, ...], ...]]) -> list[tuple[Token, ...]] | None:
    """The paragraphs of all, each once; None where two of different versions are alike."""
    made: list[tuple[Token, ...]] = []
    for own in parts:
        new = [paragraph for paragraph in own if paragraph not in made]
        for paragraph in new:
            if any(_are_wordings_of_one(_text(paragraph), _text(other)) for other in made):
                return None
        made += new
    return made


def _are_wordings_of_one(text: str, other: str) -> bool:
    """Whether two new paragraphs, or rows of tables, say the same: values may well be the same in two rows."""
    first, other_first = (each.lstrip(HEAD + ROW).partition(CELL_END)[0].strip() for each in (text, other))
    if first or other_first:
        text, other = first, other_first
    return Indel.normalized_similarity(text, other) > _ALIKE


def _text(paragraph: Sequence[Token]) -> str:
    return "".join(letter for token in paragraph for letter, _ in token)
