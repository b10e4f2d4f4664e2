"""Single changes: what was inserted, deleted, moved, split, joined, emphasised or linked, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from huikan.render.docx.sent import split_look
from huikan.review.alignment import Atom, Owner
from huikan.review.notes import words_of_note
from huikan.review.wordml import PARAGRAPH_END, Revision


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `kind` is insertion, deletion, replacement, move-from, move-to, emphasis, link, split or join.

    Without an author it was made with tracking off.
    """

    kind: str
    before: str
    after: str
    author: str
    date: str


def with_ends(atoms: Iterable[Atom], mine: set[Owner]) -> Iterator[Atom]:
    """The atoms of a field, with the paragraph ends that follow one of them."""
    inside = False
    for atom in atoms:
        if atom.text != PARAGRAPH_END:
            inside = atom.owner in mine
        if inside:
            yield atom


def kind_and_revision(atom: Atom) -> tuple[str, Revision | None]:
    """What was done to a character, and by whom; `emphasis` goes on with the looks before and after."""
    piece = atom.piece
    if atom.text == PARAGRAPH_END and (piece.inserted or piece.deleted):
        return ("split", piece.inserted) if piece.inserted else ("join", piece.deleted)
    if piece.deleted:
        return ("move-from" if piece.deleted.moved else "deletion"), replace(piece.deleted, moved=False)
    if piece.inserted:
        return ("move-to" if piece.inserted.moved else "insertion"), replace(piece.inserted, moved=False)
    if piece.restyled:
        return f"emphasis {piece.old_look}→{piece.look}", piece.restyled
    return "", None


def change_of(name: str, text: str, revision: Revision) -> Change:
    """A change of neighbouring characters, named as `kind_and_revision` does."""
    kind, _, looks = name.partition(" ")
    if kind == "emphasis":
        old, _, new = looks.partition("→")
        kind = kind if split_look(old)[1] == split_look(new)[1] else "link"
        return Change(kind, marked(text, old), marked(text, new), revision.author, revision.date)
    if kind in {"deletion", "move-from", "join"}:
        return Change(kind, text, "", revision.author, revision.date)
    return Change(kind, "", text, revision.author, revision.date)


def marked(text: str, look: str) -> str:
    """Words of one look as Markdown has them."""
    if look.startswith("^"):
        return f"[^{words_of_note(look)}]"
    letters, address = split_look(look)
    for letter, mark in (("c", "`"), ("e", "*"), ("s", "**")):
        if letter in letters:
            text = f"{mark}{text}{mark}"
    return f"[{text}]({address})" if address else text
