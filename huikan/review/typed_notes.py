"""Which notes of a copy are new, and the words that their marks bring into a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from huikan.render.docx.sent import NOTE
from huikan.review.alignment import NOWHERE, Atom, Unit, planned_text, prose_key
from huikan.review.copy import ReviewedCopy
from huikan.review.notes import new_note, typed_note
from huikan.review.rich import Rich, text_of
from huikan.review.wordml import Aside

Looks = Callable[[Atom], str | None]
"""How a character looks; None for one that nobody sees."""


class TypedNotes:
    """The notes that were not sent, by their ids."""

    def __init__(self, copy: ReviewedCopy, units: Sequence[Unit], look: Looks) -> None:
        self._copy, self._units, self._look = copy, units, look
        self._new = {copy.paragraphs[unit.paragraphs[0]].note: unit for unit in units if self.is_new(unit)}
        self._stray = dict(self._new)

    def is_new(self, unit: Unit) -> bool:
        """Whether a unit is a note that was not sent."""
        return not unit.sent and self._copy.paragraphs[unit.paragraphs[0]].is_note

    def stray(self) -> Iterator[Aside]:
        """Those that no text has: on titles."""
        return (Aside("a new note", text_of(self._words(unit))) for unit in self._stray.values())

    def give(self) -> None:
        """Give the marks of new notes in prose their words; other marks of new notes are no words of their fields.

        A note that went with its paragraph is no new one: Word gives it another number.
        """
        if not self._new:
            return
        for unit in self._units:
            self._tell_apart(unit)
        marks = [atom for unit in self._units for atom in unit.atoms if atom.text == NOTE]
        gone = Counter(self._sent_note(atom) for atom in marks if atom.sent and atom.piece.deleted)
        for atom in marks:
            note = self._new.get(atom.piece.note) if not atom.sent else None
            if note is None:
                continue
            prose, words = self._prose(atom), self._words(note)
            if not prose:
                atom.owner = NOWHERE
                continue
            self._stray.pop(atom.piece.note, None)
            if gone[prose, text_of(words)]:
                gone[prose, text_of(words)] -= 1
            else:
                atom.piece = replace(atom.piece, look=new_note(words))

    def _prose(self, mark: Atom) -> str:
        """The key of the prose in which a mark stands; empty for a mark elsewhere."""
        if mark.owner == NOWHERE:
            return ""
        return prose_key(self._copy.sent[mark.owner[0]].segments[mark.owner[1]].field)

    def _sent_note(self, mark: Atom) -> tuple[str, str]:
        """The text and the words, as sent, of a note by its mark."""
        notes = (unit for unit in self._units if self._copy.paragraphs[unit.paragraphs[0]].note == mark.piece.note)
        return self._prose(mark), "".join(planned_text(unit, self._copy.sent) for unit in notes).strip()

    def _tell_apart(self, unit: Unit) -> None:
        """All marks of notes look alike: one of a new note is none that was sent, whichever was found in its place."""
        marks = [atom for atom in unit.atoms if atom.text == NOTE]
        mistaken = [atom for atom in marks if atom.sent and atom.piece.note in self._new]
        passed_over = [atom for atom in marks if not atom.sent and atom.piece.note not in self._new]
        for atom, other in zip_longest(mistaken, passed_over[: len(mistaken)]):
            if other is not None:
                other.place, other.owner = atom.place, atom.owner
            atom.place = -1

    def _words(self, unit: Unit) -> Rich:
        looks = ((atom.text, self._look(atom)) for atom in unit.atoms)
        return typed_note((letter, look) for letter, look in looks if look is not None)
