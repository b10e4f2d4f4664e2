"""One tag tree for a book, joined from the parts that its chapters have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from huikan.render.structure.roles import HEADINGS


class JoinedTags:
    """Takes the tags of chapters, in the order of the book, whose pages are in `book` already."""

    def __init__(self, book: Pdf) -> None:
        self.book = book
        self.root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root))
        self.kids: list[Any] = []
        self.parents: list[Any] = []
        self.annotations: list[tuple[Any, Any]] = []
        self.notes: list[Any] = []
        self.level = 0

    def add(self, tags: Any, pages: Sequence[Any], shifts: Sequence[float | None]) -> None:
        """Join `tags`, the tree root of a chapter copied to this book with its `pages`.

        Its content was moved right by `shifts` (pt); a page whose shift is None holds none of it.
        """
        for kid in tags.K[0].K:
            kid.P = self.document
            self.kids.append(kid)
        numbers = list(tags.ParentTree.Nums)
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        moved: dict[tuple[int, int], float] = {}
        own = 0
        for page, shift in zip(pages, shifts, strict=True):
            page.Tabs, page.StructParents = Name.S, len(self.parents)
            if shift is None:
                self.parents.append(Array())
                continue
            self.parents.append(parents[own])
            own += 1
            moved[page.objgen] = shift
            self.annotations.extend((link, parents[int(link.StructParent)]) for link in page.get("/Annots", ()))
        for figure in tags.Figures:
            _move(figure, moved[figure.Pg.objgen] if "/Pg" in figure else 0)
        for heading in tags.Headings:
            self._place_heading(heading)
        self.notes.extend(tags.Notes)

    def write(self) -> None:
        """Make the joined tree the book's, with its parent tree and id tree (ISO 32000-1 §14.7.2–14.7.4)."""
        self.document.K = Array(self.kids)
        self.root.K = Array([self.document])
        numbers = list(enumerate(self.parents))
        for key, (annotation, parent) in enumerate(self.annotations, start=len(self.parents)):
            annotation.StructParent = key
            numbers.append((key, parent))
        pairs = Array([item for pair in numbers for item in pair])
        self.root.ParentTree = self.book.make_indirect(Dictionary(Nums=pairs))
        self.root.ParentTreeNextKey = len(numbers)
        notes = {f"note-{number}": note for number, note in enumerate(self.notes, start=1)}
        for name, note in notes.items():
            note.ID = String(name)
        if notes:
            names = Array([item for name in sorted(notes) for item in (String(name), notes[name])])
            self.root.IDTree = self.book.make_indirect(Dictionary(Names=names))
        self.book.Root.StructTreeRoot = self.root
        self.book.Root.MarkInfo = Dictionary(Marked=True)
        self.book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)

    def _place_heading(self, heading: Any) -> None:
        """No heading stands more than one level below the one before it (ISO 14289-1 §7.4.2)."""
        self.level = min(HEADINGS.index(str(heading.S)[1:]) + 1, self.level + 1)
        heading.S = Name(f"/{HEADINGS[self.level - 1]}")


def _move(figure: Any, shift: float) -> None:
    if shift and "/BBox" in figure.get("/A", {}):
        left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
        figure.A.BBox = Array([round(left + shift, 3), bottom, round(right + shift, 3), top])
