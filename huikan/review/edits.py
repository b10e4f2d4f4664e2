"""What a copy says of every field: its words as sent, with all changes rejected, and as edited; who changed what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, groupby, pairwise, zip_longest

from huikan.render.docx.sent import NOTE, PICTURE, Segment
from huikan.review.alignment import NOWHERE, Atom, Owner, Unit, align, is_owned, note_of, prose_key
from huikan.review.cell_places import CellPlaces
from huikan.review.changes import Change, change_of, kind_and_revision, marked, with_ends
from huikan.review.comment_places import PlacedComment, placed_comments
from huikan.review.copy import ReviewedCopy
from huikan.review.displacements import Displacement, displacements
from huikan.review.kinds import CELL, Kind, kind_of, without_blanks
from huikan.review.links import LinkSettler
from huikan.review.picture_edits import PictureEdit, picture_edits
from huikan.review.restyled import emphasised, page_numbers, restyled
from huikan.review.rich import Rich, joined, rich_of, settled, text_of
from huikan.review.rows import NewRow, new_rows
from huikan.review.table_form import Place, Places, in_rows, stand_elsewhere
from huikan.review.typed_notes import TypedNotes
from huikan.review.wordml import PARAGRAPH_END, Aside, Piece

Accepts = Callable[[str], bool]
"""Whether the changes of an author count."""


_EMPTIED, _ROW_ADDED = "emptied", "a row was added below it"


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field in one place of the copy. The key of prose is that of the whole, and its words hold paragraph ends.

    `place` orders fields as they are read; `problem` says why the edit cannot be merged as it stands.
    """

    key: str
    place: int
    occurrence: int
    sources: tuple[str, ...]
    sent: Rich
    rejected: Rich
    edited: Rich
    changes: tuple[Change, ...] = ()
    untracked: bool = False
    problem: str = ""
    under: str = ""
    """The heading above the field."""
    kinds: tuple[tuple[str, Kind], ...] = ()
    """What new paragraphs of prose are, by their words without blanks."""
    rows: tuple[NewRow, ...] = ()
    """The new rows of tables in prose."""
    places_sent: Places | None = None
    places: Places | None = None
    """Where its blocks stood in tables, and stand as edited; None if that cannot be told."""
    is_rearranged: bool = False
    """Whether its words are those that were sent, but in other cells."""

    @property
    def authors(self) -> frozenset[str]:
        """Who changed it with tracking on."""
        return frozenset(change.author for change in self.changes)

    @property
    def is_derived(self) -> bool:
        """Whether the words are made from other fields."""
        return not self.key

    @property
    def is_prose(self) -> bool:
        """Whether the field holds blocks of Markdown."""
        return self.key.endswith(("#", "/"))

    @property
    def is_of_row(self) -> bool:
        """Whether it was emptied, as with its row, or has got a row below it."""
        return self.problem in {_EMPTIED, _ROW_ADDED}

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what was sent."""
        return self.edited != self.sent or self.is_rearranged

    @property
    def compared(self) -> tuple[Rich, Rich]:
        """Its words as sent and as edited; row by row where only their cells differ."""
        if not self.is_rearranged:
            return self.sent, self.edited
        return in_rows(self.sent, self.places_sent) or (), in_rows(self.edited, self.places) or ()


@dataclass(frozen=True, slots=True)
class Edits:
    """Everything a copy says: changed fields in reading order, words typed outside every field, placed comments.

    `moved` are paragraphs that stand among those of other fields now, `asides` words where no field has any.
    """

    fields: tuple[FieldEdit, ...]
    outside: tuple[Change, ...]
    comments: tuple[PlacedComment, ...] = ()
    pictures: tuple[PictureEdit, ...] = ()
    moved: tuple[Displacement, ...] = ()
    asides: tuple[Aside, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was changed; comments are no change."""
        return not (self.fields or self.outside or self.pictures or self.moved or self.asides)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as edited: its visible atoms."""

    atoms: list[Atom] = field(default_factory=list)
    number: int = -1
    """The paragraph of the file that it ends with, which says what it is."""


def read_edits(copy: ReviewedCopy, accepts: Accepts = lambda author: True) -> Edits:
    """The changed fields of a copy, with the changes of accepted authors applied and those of others rejected."""
    units = align(copy.sent, copy.paragraphs)
    return _Reader(copy, units, accepts).edits()


class _Reader:
    def __init__(self, copy: ReviewedCopy, units: Sequence[Unit], accepts: Accepts) -> None:
        self.copy, self.accepts = copy, accepts
        self.sent = copy.sent
        self.links = LinkSettler(copy.sent, copy.addresses or ())
        if copy.addresses is not None:
            self.links.settle(units)
        self.notes = TypedNotes(
            copy, units, lambda atom: self._look(atom.piece) if self._is_visible(atom.piece) else None
        )
        self.notes.give()
        self.moved, self.units = displacements(copy.sent, units)
        self.of_place: dict[int, Unit] = {place: unit for unit in self.units for place in unit.sent}
        self.places = CellPlaces(copy, self.of_place)
        self.order = {id(unit): number for number, unit in enumerate(self.units)}

    def edits(self) -> Edits:
        edited = self._edited_paragraphs()
        where: dict[Owner, list[int]] = {}
        for number, paragraph in enumerate(edited):
            for owner in dict.fromkeys(atom.owner for atom in paragraph.atoms):
                where.setdefault(owner, []).append(number)
        found: list[FieldEdit] = []
        for key, owners in self._fields():
            units = {id(self.of_place[place]): self.of_place[place] for place, _ in owners if place in self.of_place}
            whole = all(place in self.of_place for place, _ in owners)
            quiet = whole and not any(unit.touched or unit.untracked for unit in units.values())
            quiet = quiet and self._is_in_order(owners)
            if quiet and not self._restyled(list(units.values()), owners) and not self.places.are_others(owners):
                continue
            in_file = sorted(units.values(), key=lambda unit: self.order[id(unit)])
            edit = self._edit(key, owners, edited, where, in_file, whole)
            if edit.is_changed or edit.untracked or edit.changes:
                found.append(edit)
        found = list(_without_notes_of_lost_marks(found))
        pictures = picture_edits(self.sent, self.units, self.copy.pictures)
        outside = tuple(self._outside())
        comments = tuple(placed_comments(self.copy, self.units, self._is_visible))
        changed_kinds = restyled(self.sent, self.units, self.copy.paragraphs)
        pages = page_numbers(self.sent, self.units, self.copy.paragraphs)
        looks = emphasised(self.sent, self.units, self.copy.paragraphs)
        asides = (*self.links.asides(self.copy.asides), *self.notes.stray(), *changed_kinds, *looks, *pages)
        return Edits(tuple(found), outside, comments, tuple(pictures), self.moved, asides)

    def _is_in_order(self, owners: Sequence[Owner]) -> bool:
        """Whether the paragraphs of a field stand one behind the other as they did when they were sent."""
        return all(
            self.order[id(self.of_place[before])] <= self.order[id(self.of_place[after])]
            for (before, _), (after, _) in pairwise(owners)
        )

    def _restyled(self, units: Sequence[Unit], owners: Sequence[Owner]) -> bool:
        """Whether looks differ from those sent though the words do not."""
        field = self._segment(owners[0]).field
        if not (prose_key(field) or note_of(field)):
            return False
        mine = set(owners)
        now = tuple((atom.text, atom.piece.look) for unit in units for atom in unit.atoms if atom.owner in mine)
        then = tuple(letter for owner in owners for letter in rich_of(self._segment(owner)))
        return settled(now) != settled(then)

    def _fields(self) -> Iterator[tuple[str, list[Owner]]]:
        """Each field's place, all blocks of one prose together, in reading order."""
        seen: dict[str, list[Owner]] = {}
        for place, paragraph in enumerate(self.sent):
            for number, segment in enumerate(paragraph.segments):
                if segment.bookmark:
                    prose = prose_key(segment.field)
                    seen.setdefault(prose or segment.bookmark, []).append((place, number))
        for key, owners in seen.items():
            yield (key if key.endswith(("#", "/")) else self._segment(owners[0]).field), owners

    def _segment(self, owner: Owner) -> Segment:
        return self.sent[owner[0]].segments[owner[1]]

    def _edited_paragraphs(self) -> list[_Paragraph]:
        made = [_Paragraph()]
        for unit in self.units:
            for atom in unit.atoms:
                if not self._is_visible(atom.piece) or (atom.piece.hidden and not atom.sent):
                    continue
                if atom.text == PARAGRAPH_END:
                    made[-1].number = atom.source[0]
                    made.append(_Paragraph())
                else:
                    made[-1].atoms.append(atom)
        return made

    def _is_visible(self, piece: Piece) -> bool:
        if piece.inserted and not self.accepts(piece.inserted.author):
            return False
        return not (piece.deleted and self.accepts(piece.deleted.author))

    def _seen_look(self, atom: Atom) -> str | None:
        return self._look(atom.piece) if self._is_visible(atom.piece) else None

    def _look(self, piece: Piece) -> str:
        if piece.restyled and not self.accepts(piece.restyled.author):
            return piece.old_look
        return piece.look

    def _edit(
        self,
        key: str,
        owners: list[Owner],
        edited: Sequence[_Paragraph],
        where: Mapping[Owner, list[int]],
        units: Sequence[Unit],
        whole: bool,
    ) -> FieldEdit:
        mine, segment = set(owners), self._segment(owners[0])
        is_prose = key.endswith(("#", "/")) and bool(key)
        has_looks = is_prose or bool(note_of(key))
        sent = joined([self._styled(rich_of(self._segment(owner)), has_looks) for owner in owners])
        rejected = self._rejected(owners, units, has_looks)
        numbers = sorted({number for owner in owners for number in where.get(owner, ())})
        parts: list[Rich] = []
        places: list[Place | None] = []
        problem = ""
        for number in numbers:
            atoms = [atom for atom in edited[number].atoms if atom.owner in mine]
            words = tuple((a.text, self._look(a.piece)) for a in (_without_indent(atoms) if is_prose else atoms))
            if words:
                parts.append(self._styled(words, has_looks))
                places.append(self.places.of_paragraph(edited[number].number))
            strangers = {atom.owner for atom in edited[number].atoms if atom.sent} - mine - {NOWHERE}
            if is_prose and any(self._segment(owner).bookmark for owner in strangers) and words:
                problem = "joined with another field"
        now = joined(parts)
        if not is_prose and len(parts) > 1:
            in_cells = {self._cell(edited[number]) for number in numbers if edited[number].atoms}
            problem = _ROW_ADDED if len(in_cells) > 1 else "split into paragraphs, but it is one"
        if not text_of(now).strip():
            problem = _EMPTIED if not is_prose else "every paragraph is deleted"
        changes = list(self._changes(mine, units, has_looks))
        untracked = rejected != sent or not whole
        places_sent = self.places.sent(owners) if is_prose else None
        rearranged = is_prose and now == sent and stand_elsewhere(now, places_sent, tuple(places))
        kinds = tuple(self._kinds([edited[number] for number in numbers])) if is_prose else ()
        has_rows = is_prose and (CELL in dict(kinds).values() or (whole and not self._is_in_order(owners)))
        return FieldEdit(
            key,
            owners[0][0],
            int(segment.bookmark.rpartition("_")[2] or 1),
            segment.sources,
            sent,
            rejected,
            now,
            tuple(changes),
            untracked or (rearranged and not changes),
            problem if now != sent else "",
            self._heading_above(owners[0][0]),
            kinds,
            tuple(self._rows([edited[number] for number in numbers])) if has_rows else (),
            places_sent,
            tuple(places),
            rearranged,
        )

    def _cell(self, paragraph: _Paragraph) -> int:
        return self.copy.paragraphs[paragraph.number].cell if paragraph.number >= 0 else 0

    def _kinds(self, paragraphs: Sequence[_Paragraph]) -> Iterator[tuple[str, Kind]]:
        cells = {self._cell(paragraph) for paragraph in paragraphs if any(atom.sent for atom in paragraph.atoms)}
        for paragraph in paragraphs:
            words = without_blanks("".join(atom.text for atom in paragraph.atoms))
            if self._cell(paragraph) and self._cell(paragraph) not in cells:
                yield words, CELL
            elif paragraph.number >= 0 and not self._cell(paragraph):
                yield words, kind_of(self.copy.paragraphs[paragraph.number]) or Kind("text")

    def _rows(self, paragraphs: Sequence[_Paragraph]) -> Iterator[NewRow]:
        words: dict[int, list[Rich]] = {}
        for each in paragraphs:
            if each.atoms:
                own = self._styled(tuple((atom.text, self._look(atom.piece)) for atom in each.atoms), True)
                words.setdefault(each.number, []).append(own)
        atoms = [atom for unit in self.units for atom in unit.atoms if atom.owner != NOWHERE and atom.sent]
        sent = {atom.source[0]: atom.owner[0] for atom in reversed(atoms)}
        seen = {atom.source[0] for atom in atoms if self._is_visible(atom.piece)}
        return new_rows(self.copy.paragraphs, words, sent, seen)

    def _heading_above(self, place: int) -> str:
        above = (self.sent[number] for number in range(place, -1, -1))
        heading = next((each for each in above if each.style.startswith("Heading")), None)
        return " ".join(segment.text for segment in heading.segments).strip() if heading else ""

    def _styled(self, words: Rich, has_looks: bool) -> Rich:
        return settled(words) if has_looks else tuple((letter, "") for letter, _ in words)

    def _rejected(self, owners: Sequence[Owner], units: Sequence[Unit], has_looks: bool) -> Rich:
        mine = set(owners)
        parts: list[list[tuple[str, str]]] = [[]]
        for unit in units:
            for atom in unit.atoms:
                if atom.piece.inserted:
                    continue
                if atom.text == PARAGRAPH_END:
                    parts.append([])
                elif atom.owner in mine:
                    parts[-1].append((atom.text, atom.piece.old_look if atom.piece.restyled else atom.piece.look))
        return joined([self._styled(tuple(part), has_looks) for part in parts if part])

    def _changes(self, mine: set[Owner], units: Sequence[Unit], has_looks: bool) -> Iterator[Change]:
        for unit in units:
            atoms = with_ends(unit.atoms, mine)
            for kind, group in groupby(atoms, key=kind_and_revision):
                name, revision = kind
                if name and revision and (has_looks or name != "emphasis"):
                    text = "".join(marked(NOTE, atom.piece.look) if atom.text == NOTE else atom.text for atom in group)
                    yield change_of(name, text, revision)

    def _outside(self) -> Iterator[Change]:
        for unit in self.units:
            if self.notes.is_new(unit):
                continue
            words = (atom for atom in unit.atoms if atom.text not in {PARAGRAPH_END, PICTURE})
            strange = [atom for atom in words if not self._is_owned(atom)]
            for (name, revision), group in groupby(strange, key=kind_and_revision):
                if name and revision and name != "emphasis":
                    yield change_of(name, "".join(atom.text for atom in group), revision)
            if unit.untracked:
                yield from self._retyped(unit, strange)

    def _retyped(self, unit: Unit, strange: Sequence[Atom]) -> Iterator[Change]:
        """Words of no field that were changed with tracking off."""
        now: dict[Owner, str] = {}
        for atom in strange:
            if not atom.piece.inserted:
                now[atom.owner] = now.get(atom.owner, "") + atom.text
        labels = {
            (place, number): segment.text.replace(PICTURE, "")
            for place in unit.sent
            for number, segment in enumerate(self.sent[place].segments)
            if not segment.bookmark
        }
        differing = [
            (labels.get(owner, "").strip(), now.get(owner, "").strip())
            for owner in dict.fromkeys([*labels, *now])
            if labels.get(owner, "").strip() != now.get(owner, "").strip()
        ]
        # What was typed in place of a whole paragraph belongs to none
        gone = [before for before, after in differing if not after]
        come = [after for before, after in differing if not before]
        pairs = [pair for pair in differing if all(pair)] + list(zip_longest(gone, come, fillvalue=""))
        for before, after in pairs:
            kind = "replacement" if before and after else "deletion" if before else "insertion"
            yield Change(kind, before, after, "", "")

    def _is_owned(self, atom: Atom) -> bool:
        return is_owned(atom, self.sent)


def _without_notes_of_lost_marks(found: Sequence[FieldEdit]) -> Iterator[FieldEdit]:
    """A note that was deleted with its mark is no field that was emptied: it goes with the mark."""
    lost = {edit.key: edit.sent.count((NOTE, "")) - edit.edited.count((NOTE, "")) for edit in found}
    for edit in found:
        prose = note_of(edit.key)
        if not (prose and edit.problem == _EMPTIED and lost.get(prose, 0) > 0):
            yield edit


def _without_indent(atoms: Sequence[Atom]) -> Iterator[Atom]:
    """The atoms less blanks that were typed at the beginning: the indent of a paragraph is the typesetter's."""
    return dropwhile(lambda atom: not atom.sent and atom.text.isspace(), atoms)
