"""Words with their looks, and how two or three versions of them compare: by word in Latin, by character in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from huikan.render.docx.sent import Segment, Span, split_look, with_link
from huikan.review.additions import PARAGRAPH_BREAK, Token, added_by, together
from huikan.review.paragraph_hunks import Hunk, by_paragraph
from huikan.review.wordml import PARAGRAPH_END

Rich = tuple[tuple[str, str], ...]
"""Characters, each with its look. A paragraph's end is a character too."""

_WORD = re.compile(r"[0-9A-Za-z\u00aa-\u024f\u1e00-\u1eff]+(?:['’.-][0-9A-Za-z\u00aa-\u024f\u1e00-\u1eff]+)*")
_LEAST_ALIKE = 0.5
_GAP = 1
"""Unchanged characters between two changes of Chinese that are shown, and merged, as one change."""


def rich(spans: Iterable[Span]) -> Rich:
    """The characters of spans."""
    return tuple((letter, span.look) for span in spans for letter in span.text)


def rich_of(segment: Segment) -> Rich:
    """The characters of a segment."""
    return rich(segment.spans)


def plain(text: str) -> Rich:
    """Characters without looks."""
    return tuple((letter, "") for letter in text)


def text_of(words: Iterable[tuple[str, str]]) -> str:
    """The characters alone."""
    return "".join(letter for letter, _ in words)


def without_looks(words: Rich) -> Rich:
    """The same characters, all plain."""
    return plain(text_of(words))


def settled(words: Rich) -> Rich:
    """The same, but blanks have no look of their own: nobody sees whether they are bold."""
    made = list(words)
    for place, (letter, look) in enumerate(made):
        if letter.isspace() and look:
            after = made[place + 1][1] if place + 1 < len(made) else ""
            before = made[place - 1][1] if place else ""
            made[place] = (letter, _common(look, before, after))
    return tuple(made)


def _common(*looks: str) -> str:
    """What looks have in common."""
    parts = [split_look(look) for look in looks]
    (letters, address), *others = parts
    letters = "".join(letter for letter in letters if all(letter in other for other, _ in others))
    return with_link(letters, address if all(address == other for _, other in others) else "")


def paragraphs_of(words: Rich) -> list[Rich]:
    """The paragraphs of words, without their ends."""
    made: list[list[tuple[str, str]]] = [[]]
    for letter in words:
        if letter[0] == PARAGRAPH_END:
            made.append([])
        else:
            made[-1].append(letter)
    return [tuple(part) for part in made]


def joined(parts: Sequence[Rich]) -> Rich:
    """Paragraphs as one text."""
    made: list[tuple[str, str]] = []
    for number, part in enumerate(parts):
        if number:
            made.append((PARAGRAPH_END, ""))
        made += part
    return tuple(made)


def tokens(words: Rich) -> list[Token]:
    """Words of Latin letters and digits whole, all else by character."""
    text = text_of(words)
    made: list[Token] = []
    place = 0
    for match in _WORD.finditer(text):
        made += [(letter,) for letter in words[place : match.start()]]
        made.append(words[match.start() : match.end()])
        place = match.end()
    made += [(letter,) for letter in words[place:]]
    return made


def characters(parts: Iterable[Token]) -> Rich:
    """Tokens as characters."""
    return tuple(letter for token in parts for letter in token)


def _slid(before: Sequence[Token], after: Sequence[Token]) -> list[Hunk]:
    """The hunks, each as far to the right as it may stand, whole paragraphs above the one that follows.

    A paragraph put behind another that ends alike may begin with that one's last letter, or with its own end: versions
    that made the same change must say so alike, or it is made twice.
    """
    made: list[Hunk] = []
    limit = len(before)
    for hunk in reversed(by_paragraph(before, after)):
        start, end, new_start, new_end = hunk.start, hunk.end, hunk.new_start, hunk.new_end
        chosen = hunk
        is_whole = False
        while True:
            last = after[new_end - 1] if start == end else before[end - 1] if new_start == new_end else None
            if last == PARAGRAPH_BREAK or not is_whole:
                chosen = Hunk(start, end, new_start, new_end)
                is_whole = last == PARAGRAPH_BREAK
            if end >= limit or not (
                (start == end and before[end] == after[new_start])
                or (new_start == new_end and before[start] == before[end])
            ):
                break
            start, end, new_start, new_end = start + 1, end + 1, new_start + 1, new_end + 1
        made.append(chosen)
        limit = chosen.start
    return made[::-1]


def grouped(found: Sequence[Hunk], gap: int = _GAP) -> list[Hunk]:
    """Neighbouring changes with no more than `gap` unchanged tokens between them as one: a rewritten phrase."""
    made: list[Hunk] = []
    for hunk in found:
        last = made[-1] if made else None
        both = last is not None and last.end > last.start and hunk.end > hunk.start
        if last is not None and both and hunk.start - last.end <= gap:
            made[-1] = Hunk(last.start, hunk.end, last.new_start, hunk.new_end)
        else:
            made.append(hunk)
    return made


@dataclass(frozen=True, slots=True)
class Clash:
    """A stretch that two sides changed differently."""

    base: Rich
    ours: Rich
    theirs: Rich


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a merge; where sides clash, `words` hold what was preferred, of `added` they hold both."""

    words: Rich
    clashes: tuple[Clash, ...]
    added: tuple[Clash, ...] = ()


def merge(base: Rich, ours: Rich, theirs: Rich, *, prefer_theirs: bool = False) -> Merged:
    """Both sides' changes of `base` together. Changes that touch different words never clash, nor do equal ones."""
    if theirs in (base, ours):
        return Merged(ours, ())
    if ours == base:
        return Merged(theirs, ())
    moved = _in_moved_paragraphs(base, ours, theirs)
    if moved is not None:
        return Merged(moved, ())
    base_tokens, our_tokens, their_tokens = tokens(base), tokens(ours), tokens(theirs)
    made: list[Token] = []
    clashes: list[Clash] = []
    added: list[Clash] = []
    place = 0
    ours_changed, theirs_changed = (_slid(base_tokens, side) for side in (our_tokens, their_tokens))
    for start, end, (mine, other) in _regions(ours_changed, theirs_changed):
        made += base_tokens[place:start]
        place = end
        own = _side(base_tokens, our_tokens, mine, start, end)
        their = _side(base_tokens, their_tokens, other, start, end)
        if not other or own == their:
            made += own
        elif not mine:
            made += their
        else:
            old = base_tokens[start:end]
            both = together(base_tokens, start, end, (own, their))
            if _contains(own, their, old):
                made += own
            elif both is not None:
                new = (characters(added_by(base_tokens, start, end, side)) for side in (own, their))
                added += [Clash((), *new)] if both not in (own, their) else []
                made += both
            else:
                clashes.append(Clash(characters(old), characters(own), characters(their)))
                made += their if prefer_theirs else own
    made += base_tokens[place:]
    return Merged(characters(made), tuple(clashes), tuple(added))


def _in_moved_paragraphs(base: Rich, ours: Rich, theirs: Rich) -> Rich | None:
    """Their changes within paragraphs that stand unchanged on our side, in another order; None where one does not."""
    old, mine, new = (paragraphs_of(side) for side in (base, ours, theirs))
    places = [mine.index(each) if mine.count(each) == 1 else -1 for each in old]
    if len(new) != len(old) or places == sorted(places):
        return None
    for place, before, after in zip(places, old, new, strict=True):
        if before != after:
            alike = Indel.normalized_similarity(text_of(before), text_of(after))
            if place < 0 or after in old or alike < _LEAST_ALIKE:
                return None  # their side has moved it, too
            mine[place] = after
    return joined(mine)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A stretch that versions changed differently: each form with the indexes of the versions that have it.

    `is_kept` says that every form is new paragraphs, and all of them stand there.
    """

    base: Rich
    forms: tuple[tuple[Rich, tuple[int, ...]], ...]
    is_kept: bool = False


def combine(base: Rich, versions: Sequence[Rich], preferred: Sequence[bool]) -> tuple[Rich, tuple[Dispute, ...]]:
    """The changes of all versions of `base` together, and where they differ.

    A form that alone among the preferred versions' forms is left ends a dispute; otherwise the base stays.
    """
    if len(set(versions)) == 1:
        return versions[0], ()
    base_tokens, version_tokens = tokens(base), [tokens(version) for version in versions]
    made: list[Token] = []
    disputes: list[Dispute] = []
    place = 0
    for start, end, sides in _regions(*(_slid(base_tokens, version) for version in version_tokens)):
        made += base_tokens[place:start]
        place = end
        forms: dict[tuple[Token, ...], list[int]] = {}
        for number, side in enumerate(sides):
            if side:
                form = tuple(_side(base_tokens, version_tokens[number], side, start, end))
                forms.setdefault(form, []).append(number)
        wanted = [form for form, numbers in forms.items() if any(preferred[number] for number in numbers)]
        both = together(base_tokens, start, end, list(forms)) if len(forms) > 1 else None
        if both is None and (len(forms) == 1 or len(wanted) == 1):
            made += wanted[0] if len(wanted) == 1 else next(iter(forms))
        else:
            made += base_tokens[start:end] if both is None else both
            said = {form: form if both is None else added_by(base_tokens, start, end, form) for form in forms}
            named = ((characters(said[form]), tuple(numbers)) for form, numbers in forms.items())
            disputes.append(Dispute(characters(base_tokens[start:end]), tuple(named), both is not None))
    made += base_tokens[place:]
    return characters(made), tuple(disputes)


def _contains(own: Sequence[Token], their: Sequence[Token], old: Sequence[Token]) -> bool:
    """Whether our insertion at one place holds theirs already."""
    if old or not their:
        return False
    size = len(their)
    return any(list(own[place : place + size]) == list(their) for place in range(len(own) - size + 1))


def _regions(*changes: Sequence[Hunk]) -> Iterator[tuple[int, int, list[list[Hunk]]]]:
    """Stretches of the base that any side changes; hunks that overlap or insert at one place are together."""
    pending = sorted(
        ((hunk.start, hunk.end, side, hunk) for side, own in enumerate(changes) for hunk in own),
        key=lambda entry: entry[:3],
    )
    sides: list[list[Hunk]] = [[] for _ in changes]
    start = end = -1
    for first, last, side, hunk in pending:
        touches = first < end or (first == end and (first == last or start == end))
        if end >= 0 and touches:
            end = max(end, last)
        else:
            if end >= 0:
                yield start, end, sides
            sides, start, end = [[] for _ in changes], first, last
        sides[side].append(hunk)
    if end >= 0:
        yield start, end, sides


def _side(base: Sequence[Token], other: Sequence[Token], changed: Sequence[Hunk], start: int, end: int) -> list[Token]:
    """What stands on one side in place of `base[start:end]`."""
    made: list[Token] = []
    place = start
    for hunk in changed:
        made += base[place : hunk.start]
        made += other[hunk.new_start : hunk.new_end]
        place = hunk.end
    return made + list(base[place:end])
