"""What became of the pictures of a copy: replaced, deleted or added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huikan.render.docx.pictures import looks_alike
from huikan.render.docx.sent import PICTURE, SentParagraph, SentPicture
from huikan.review.additions import Token
from huikan.review.alignment import Atom, Unit, planned_text
from huikan.review.paragraph_hunks import hunks
from huikan.review.rich import Rich, characters, joined, tokens
from huikan.review.wordml import PARAGRAPH_END, Revision


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture in a reviewed copy: its part, and the SHA-256 and the fingerprint of its bytes."""

    part: str
    digest: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PictureEdit:
    """`kind` is replaced, deleted or added; `source` is the picture as sent, `new` the one that came.

    Without an author it was done with tracking off, as most programs replace pictures.
    """

    kind: str
    source: str
    new: PictureFile | None
    author: str
    date: str


def picture_edits(
    sent: Sequence[SentParagraph], units: Sequence[Unit], files: Mapping[str, PictureFile]
) -> Iterator[PictureEdit]:
    """The edits in the order of the file, then pictures whose paragraphs are gone. `files` are by relationship id."""
    seen: set[int] = set()
    for unit in units:
        seen.update(unit.sent)
        yield from _of_unit(unit, sent, files)
    for place, paragraph in enumerate(sent):
        if place not in seen:
            yield from (PictureEdit("deleted", picture.source, None, "", "") for picture in paragraph.pictures)


def without_added_pictures(edited: Rich, sent: Rich) -> Rich:
    """Edited words less the pictures that stand in place of none, and the paragraphs that they alone made up."""
    before, after = tokens(sent), tokens(edited)
    added: set[int] = set()
    for hunk in hunks(before, after):
        replaced = sum(letter == PICTURE for letter, _ in characters(before[hunk.start : hunk.end]))
        new = [number for number in range(hunk.new_start, hunk.new_end) if after[number][0][0] == PICTURE]
        added.update(new[replaced:])
    if not added:
        return edited
    parts: list[list[Token]] = [[]]
    emptied: set[int] = set()
    for number, token in enumerate(after):
        if token[0][0] == PARAGRAPH_END:
            parts.append([])
        elif number in added:
            emptied.add(len(parts) - 1)
        else:
            parts[-1].append(token)
    kept = [characters(part) for number, part in enumerate(parts) if number not in emptied or _has_words(part)]
    return joined(kept)


def _has_words(part: Sequence[Token]) -> bool:
    return any(not letter.isspace() for letter, _ in characters(part))


def _of_unit(unit: Unit, sent: Sequence[SentParagraph], files: Mapping[str, PictureFile]) -> Iterator[PictureEdit]:
    expected = [picture for place in unit.sent for picture in sent[place].pictures]
    atoms = [atom for atom in unit.atoms if atom.text == PICTURE]
    if not expected and not atoms:
        return
    kept = {atom.place: atom for atom in atoms if atom.sent}
    new = [atom for atom in atoms if not atom.sent and not atom.piece.deleted]
    places = [place for place, letter in enumerate(planned_text(unit, sent)) if letter == PICTURE]
    for place, picture in zip(places, expected, strict=False):
        atom = kept.get(place)
        if atom is not None and not atom.piece.deleted:
            file = files.get(atom.piece.picture)
            if file is not None and not _is_same(picture, file):
                yield PictureEdit("replaced", picture.source, file, "", "")
        elif new:
            yield _edit("replaced", picture.source, new.pop(0), files)
        else:
            fate = atom.piece.deleted if atom is not None else None
            yield PictureEdit("deleted", picture.source, None, *_who(fate))
    yield from (_edit("added", "", atom, files) for atom in new)


def _is_same(picture: SentPicture, file: PictureFile) -> bool:
    known = bool(picture.digest)
    return not known or picture.digest == file.digest or looks_alike(picture.fingerprint, file.fingerprint)


def _edit(kind: str, source: str, atom: Atom, files: Mapping[str, PictureFile]) -> PictureEdit:
    return PictureEdit(kind, source, files.get(atom.piece.picture), *_who(atom.piece.inserted))


def _who(revision: Revision | None) -> tuple[str, str]:
    return (revision.author, revision.date) if revision else ("", "")
