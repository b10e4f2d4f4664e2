"""Which field every character of a reviewed copy belongs to: the copy laid against the text as sent.

Bookmarks say only which paragraph is which; inside it the text as sent says where one field ends and the next
begins, so that a bookmark that moved, doubled or lost its end does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from huikan.render.docx.sent import PICTURE, SentParagraph
from huikan.review.kinds import is_of_text
from huikan.review.table_anchors import new_rows, without_new_rows
from huikan.review.wordml import PARAGRAPH_END, Piece, WordParagraph

NOWHERE = (-1, -1)
_BLOCK = re.compile(r"(?P<prose>.*[#/])(?P<number>\d+)")
_NOTE = re.compile(r"(?P<prose>.*[#/])fn\d+")

Owner = tuple[int, int]
"""A sent paragraph and one of its segments, by index."""


@dataclass(slots=True)
class Atom:
    """One character with its fate. `end_inserted` and `end_deleted` of a paragraph's end stand in the same fields."""

    text: str
    piece: Piece
    owner: Owner = NOWHERE
    place: int = -1
    """Where it stands in its unit's text as sent; -1 if it does not."""
    source: tuple[int, int] = (0, 0)
    """The paragraph of the file and the offset in it."""

    @property
    def sent(self) -> bool:
        """Whether it stands in the text as sent."""
        return self.place >= 0


@dataclass(slots=True)
class Unit:
    """A stretch of the file that corresponds to a stretch of sent paragraphs."""

    sent: list[int]
    paragraphs: list[int]
    atoms: list[Atom] = field(default_factory=list)
    untracked: bool = False
    touched: bool = False

    def has_lost(self, sent: Sequence[SentParagraph], paragraphs: Sequence[WordParagraph]) -> bool:
        """Whether a paragraph that was sent with a bookmark came without it."""
        there = {mark.name for number in self.paragraphs for mark in paragraphs[number].marks}
        wanted = ({segment.bookmark for segment in sent[place].segments} - {""} for place in self.sent)
        return any(marks and not marks & there for marks in wanted)


def align(sent: Sequence[SentParagraph], paragraphs: Sequence[WordParagraph]) -> list[Unit]:
    """The units in the order of the file; sent paragraphs that are gone belong to the unit before them."""
    owners = {
        segment.bookmark: place for place, each in enumerate(sent) for segment in each.segments if segment.bookmark
    }
    groups = _rejected_paragraphs(paragraphs)
    anchored = _anchored(groups, paragraphs, owners, sent)
    anchored |= without_new_rows(_labels(groups, paragraphs, anchored, sent), groups, paragraphs, anchored, sent)
    units: list[Unit] = []
    held: list[int] = []
    claimed = {place for places in anchored.values() for place in places}
    for number, group in enumerate(groups):
        if number in anchored:
            units.append(Unit(_with_followers(anchored[number], sent, claimed), [*held, *group]))
            held = []
        elif units and (held or _begins_what_follows(number, units[-1], groups, paragraphs, anchored)):
            held += group
        elif units and _belong_together(paragraphs[units[-1].paragraphs[-1]], paragraphs[group[0]]):
            units[-1].paragraphs += group
        else:
            units.append(Unit([], list(group)))
    loose, certain = new_rows(groups, paragraphs, anchored)
    for unit in units:
        lost = bool(loose) and unit.has_lost(sent, paragraphs)
        _lay(unit, sent, paragraphs, certain if lost else loose)
    return units


def _belong_together(above: WordParagraph, below: WordParagraph) -> bool:
    """Whether both are of the running text, or of one note."""
    return (above.is_note, above.note) == (below.is_note, below.note)


def _begins_what_follows(
    number: int,
    above: Unit,
    groups: Sequence[Sequence[int]],
    paragraphs: Sequence[WordParagraph],
    anchored: dict[int, list[int]],
) -> bool:
    """Whether a new paragraph is of the kind that was sent below it, and not of the kind above it."""
    below = next((place for place in range(number, len(groups)) if place in anchored), None)
    if below is None:
        return False
    own, last, first = (paragraphs[each] for each in (groups[number][0], above.paragraphs[-1], groups[below][0]))
    is_table = bool(own.cell) and not last.cell and not first.cell
    is_of_kin = own.cell == first.cell and bool(own.sent_text)
    if not _belong_together(own, first) or not (is_of_kin or is_table):
        return False
    is_alone = (is_of_text(own) or is_table) and not is_of_text(last)
    return own.style == first.style != last.style or (is_alone and is_of_text(first))


def _rejected_paragraphs(paragraphs: Sequence[WordParagraph]) -> list[list[int]]:
    """The paragraphs as they are with all changes rejected: an inserted end joins with what follows."""
    groups: list[list[int]] = []
    is_open = False
    for number, paragraph in enumerate(paragraphs):
        if paragraph.in_contents:
            continue
        previous = paragraphs[groups[-1][-1]] if groups else None
        same = previous is not None and previous.cell == paragraph.cell and _belong_together(previous, paragraph)
        if is_open and same and not _ends_what_is_above(groups, paragraphs, paragraph):
            groups[-1].append(number)
        else:
            groups.append([number])
        is_open = paragraph.end_inserted is not None
    return groups


def _ends_what_is_above(
    groups: Sequence[Sequence[int]], paragraphs: Sequence[WordParagraph], below: WordParagraph
) -> bool:
    """Whether the last group is nothing but new paragraphs, of the kind above or of texts, and not of that below."""
    if len(groups) < 2:
        return False
    new, above = [paragraphs[number] for number in groups[-1]], paragraphs[groups[-2][-1]]
    are_new = all(not paragraph.sent_text and paragraph.pieces for paragraph in new)
    alike = {paragraph.style for paragraph in new} == {above.style} != {below.style}
    of_text = all(is_of_text(paragraph) for paragraph in new) and not is_of_text(below)
    return are_new and (alike or of_text)


def _anchored(
    groups: Sequence[Sequence[int]],
    paragraphs: Sequence[WordParagraph],
    owners: dict[str, int],
    sent: Sequence[SentParagraph],
) -> dict[int, list[int]]:
    """By group, the sent paragraphs whose bookmarks begin in it; of doubled bookmarks the first with sent words."""
    found: dict[int, tuple[int, bool]] = {}
    for number, group in enumerate(groups):
        has_words = any(paragraphs[place].sent_text for place in group)
        for place in group:
            for mark in paragraphs[place].marks:
                owner = owners.get(mark.name) if mark.kind == "start" else None
                if owner is not None and (owner not in found or (has_words and not found[owner][1])):
                    found[owner] = (number, has_words)
    anchored: dict[int, list[int]] = {}
    for owner, (number, _) in sorted(found.items()):
        anchored.setdefault(number, []).append(owner)
    return anchored


def _labels(
    groups: Sequence[Sequence[int]],
    paragraphs: Sequence[WordParagraph],
    anchored: dict[int, list[int]],
    sent: Sequence[SentParagraph],
) -> dict[int, list[int]]:
    """By group, the sent paragraph without a bookmark, or with a lost one, that has its words.

    It stands as often as it was sent.
    """
    expected: dict[str, list[int]] = {}
    claimed = {place for places in anchored.values() for place in places}
    for place, paragraph in enumerate(sent):
        has_words = bool(_text(paragraph).replace(PICTURE, "").strip())
        if has_words and place not in claimed:
            expected.setdefault(_text(paragraph), []).append(place)
    found: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        words = "".join(paragraphs[place].sent_text for place in group)
        if number not in anchored and words in expected:
            found.setdefault(words, []).append(number)
    return {
        number: [place]
        for words, numbers in found.items()
        if len(numbers) == len(expected[words])
        for number, place in zip(numbers, expected[words], strict=True)
    }


def _with_followers(places: list[int], sent: Sequence[SentParagraph], claimed: set[int]) -> list[int]:
    """The sent paragraphs of a unit with those between and after them that no other unit has."""
    whole: list[int] = []
    for place in places:
        whole.append(place)
        following = place + 1
        while following < len(sent) and following not in claimed:
            if (sent[following].style == "Footnote Text") == (sent[place].style == "Footnote Text"):
                whole.append(following)
                claimed.add(following)
            following += 1
    return whole


def _lay(
    unit: Unit, sent: Sequence[SentParagraph], paragraphs: Sequence[WordParagraph], new_rows: Set[int] = frozenset()
) -> None:
    """Give the characters of a unit their fields; those in new rows of tables are none that were sent."""
    physical = [paragraphs[number] for number in unit.paragraphs]
    planned = planned_text(unit, sent)
    unit.touched = any(paragraph.is_touched for paragraph in physical)
    found = _without_empty(_rejected_text(physical))
    unit.untracked = found != _without_empty(planned)
    unit.atoms = [atom for number in unit.paragraphs for atom in _atoms(number, paragraphs[number])]
    kept = [atom for atom in unit.atoms if atom.piece.inserted is None]
    if new_rows:
        kept = [atom for atom in kept if paragraphs[atom.source[0]].row not in new_rows]
    if kept and kept[-1].text == PARAGRAPH_END:
        kept.pop()
    at: dict[int, int] = {}
    for start, other, length in _matches(planned, "".join(atom.text for atom in kept)):
        for step in range(length):
            at[id(kept[other + step])] = start + step
    _give_owners(unit, at, planned, paragraphs, sent)


def prose_key(name: str) -> str:
    """The key of the prose to which a block's field belongs; empty for a field that is no block."""
    found = _BLOCK.fullmatch(name)
    return found["prose"] if found else ""


def note_of(name: str) -> str:
    """The key of the prose to which a note's field belongs; empty for a field that is no note."""
    found = _NOTE.fullmatch(name)
    return found["prose"] if found else ""


def planned_text(unit: Unit, sent: Sequence[SentParagraph]) -> str:
    """A unit's text as sent."""
    return PARAGRAPH_END.join(_text(sent[place]) for place in unit.sent)


def _text(paragraph: SentParagraph) -> str:
    return "".join(segment.text for segment in paragraph.segments)


def _rejected_text(paragraphs: Sequence[WordParagraph]) -> str:
    parts = []
    for paragraph in paragraphs:
        parts.append(paragraph.sent_text)
        if paragraph.end_inserted is None:
            parts.append(PARAGRAPH_END)
    return "".join(parts)


def _without_empty(text: str) -> str:
    """Empty paragraphs say nothing: section ends, space below tables."""
    return PARAGRAPH_END.join(part for part in text.split(PARAGRAPH_END) if part)


def _atoms(number: int, paragraph: WordParagraph) -> list[Atom]:
    atoms: list[Atom] = []
    for piece in paragraph.pieces:
        atoms += [Atom(letter, piece, source=(number, len(atoms) + i)) for i, letter in enumerate(piece.text)]
    end = Piece(PARAGRAPH_END, "", paragraph.end_inserted, paragraph.end_deleted)
    atoms.append(Atom(PARAGRAPH_END, end, source=(number, len(atoms))))
    return atoms


def _planned_owners(places: Sequence[int], sent: Sequence[SentParagraph]) -> list[Owner]:
    owners: list[Owner] = []
    for order, place in enumerate(places):
        if order:
            owners.append(NOWHERE)
        for number, segment in enumerate(sent[place].segments):
            owners += [(place, number)] * len(segment.text)
    return owners


def _matches(planned: str, text: str) -> list[tuple[int, int, int]]:
    """Equal stretches: start in `planned`, start in `text`, length. Paragraph ends only meet paragraph ends."""
    if planned == text:
        return [(0, 0, len(text))]
    return [(block.a, block.b, block.size) for block in Indel.editops(planned, text).as_matching_blocks() if block.size]


def _give_owners(
    unit: Unit,
    at: dict[int, int],
    planned: str,
    paragraphs: Sequence[WordParagraph],
    sent: Sequence[SentParagraph],
) -> None:
    """Words that were not sent belong to the field they stand in, or beside, or in place of.

    `at` gives, by the identity of an atom, its index in the text as sent.
    """
    owners = _planned_owners(unit.sent, sent)
    inside = _bookmarked(unit, paragraphs, sent)
    position = -1
    run: list[Atom] = []
    for atom in unit.atoms:
        following = at.get(id(atom))
        if following is None:
            if atom.text != PARAGRAPH_END:
                run.append(atom)
            continue
        atom.owner, atom.place = owners[following], following
        _own(run, position, following, owners, inside, sent)
        run, position = [], following
    _own(run, position, len(planned), owners, inside, sent)


def _own(
    run: Sequence[Atom],
    before: int,
    after: int,
    owners: Sequence[Owner],
    inside: dict[tuple[int, int], Owner],
    sent: Sequence[SentParagraph],
) -> None:
    left = owners[before] if before >= 0 else NOWHERE
    right = owners[after] if after < len(owners) else NOWHERE
    candidates = [each for each in dict.fromkeys((left, *owners[before + 1 : after], right)) if _is_field(each, sent)]
    lost = [owner for owner in candidates if owner not in {left, right}]
    for atom in run:
        marked = inside.get(atom.source, NOWHERE)
        if not candidates or left == right != NOWHERE:
            atom.owner = left
        elif marked in candidates:
            atom.owner = marked
        else:
            atom.owner = lost[0] if lost else candidates[0]


def is_owned(atom: Atom, sent: Sequence[SentParagraph]) -> bool:
    """Whether a character stands in a field."""
    return _is_field(atom.owner, sent)


def _is_field(owner: Owner, sent: Sequence[SentParagraph]) -> bool:
    return owner != NOWHERE and bool(sent[owner[0]].segments[owner[1]].bookmark)


def _bookmarked(
    unit: Unit, paragraphs: Sequence[WordParagraph], sent: Sequence[SentParagraph]
) -> dict[tuple[int, int], Owner]:
    """The characters that stand between the two ends of a field's bookmark, as far as both are in one paragraph."""
    owners = {
        segment.bookmark: (place, number)
        for place in unit.sent
        for number, segment in enumerate(sent[place].segments)
        if segment.bookmark
    }
    inside: dict[tuple[int, int], Owner] = {}
    for number in unit.paragraphs:
        starts: dict[str, int] = {}
        for mark in paragraphs[number].marks:
            if mark.kind == "start" and mark.name in owners:
                starts[mark.name] = mark.offset
            elif mark.kind == "end" and mark.name in starts:
                for offset in range(starts[mark.name], mark.offset):
                    inside[number, offset] = owners[mark.name]
    return inside
