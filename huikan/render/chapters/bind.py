"""Chapters bound into one file: pages with their furniture, one set of fonts, one outline, one tag tree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from io import SEEK_END, BytesIO
from types import SimpleNamespace
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from huikan.render.chapters import engine
from huikan.render.chapters.painted import FontUse, Painted
from huikan.render.chapters.plan import Plan
from huikan.render.chapters.typesetter import Typesetter
from huikan.render.structure.joined import JoinedTags

_KEY_BYTES = 16
_STATIC_KEY = b"31415926535897932384626433832795"
"""What qpdf writes as the second key of a file when it is to be the same each time."""
_TRAILER_WITHIN = 1_000_000
"""Bytes from the end in which the trailer stands: it goes with the table of all objects."""
_NAMED = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")


def bind(
    chapters: Sequence[Painted],
    furniture: Sequence[Painted],
    plan: Plan,
    typesetter: Typesetter,
    identifier: bytes,
    target: BinaryIO,
) -> None:
    """Write the book to an empty `target`: `chapters` with the `furniture` of their pages, where `plan` puts them."""
    frame = typesetter.frame(_fonts_of([*chapters, *furniture]))
    with pikepdf.open(BytesIO(frame)) as book:
        binder = _Binder(book)
        for painted, furnished, shifts in zip(chapters, furniture, plan.shifts, strict=True):
            binder.add(painted, furnished, shifts)
        binder.finish()
        key = hashlib.sha256(identifier).digest()[:_KEY_BYTES]
        if identifier:
            book.trailer.ID = Array([String(key)] * 2)
        _add_destinations(book, binder.leaves, chapters, plan)
        _add_outline(book, binder.leaves, chapters, plan)
        book.save(
            target,
            deterministic_id=not identifier,
            static_id=bool(identifier),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            min_version=book.pdf_version,
        )
    if identifier:
        _set_second_key(target, key)


def _set_second_key(file: BinaryIO, key: bytes) -> None:
    """Put the file's key where qpdf has a fixed one; its own would be a hash of the whole file, which takes long."""
    start = max(0, file.seek(0, SEEK_END) - _TRAILER_WITHIN)
    file.seek(start)
    file.seek(start + file.read().rindex(_STATIC_KEY))
    file.write(key.hex().encode())


def _fonts_of(parts: Sequence[Painted]) -> dict[str, FontUse]:
    """The glyphs that the whole book uses; for each, what the first chapter says."""
    fonts: dict[str, FontUse] = {}
    for part in parts:
        for name, use in part.fonts.items():
            known = fonts.get(name)
            if known is None:
                fonts[name] = use
            else:
                widths, texts = {**use.widths, **known.widths}, {**use.to_unicode, **known.to_unicode}
                fonts[name] = FontUse(known.description, known.size, widths, texts)
    return fonts


class _Binder:
    """Adds chapters to the end of a book."""

    def __init__(self, book: Pdf) -> None:
        self.book = book
        self.fonts = book.Root.Pages.Kids[0].Resources.Font
        self.leaves: list[Any] = []
        self.restore = book.make_stream(b"Q")
        self.moves: dict[float, Any] = {}
        self.pictures: dict[str, Any] = {}
        self.tags = JoinedTags(book) if "/StructTreeRoot" in book.Root else None

    def add(self, painted: Painted, furnished: Painted, shifts: Sequence[float | None]) -> None:
        with pikepdf.open(BytesIO(painted.pdf)) as chapter, pikepdf.open(BytesIO(furnished.pdf)) as furniture:
            leaves = iter(chapter.Root.Pages.Kids)
            resources, furniture_resources = None, self._lent(furniture)
            added = []
            for frame, shift in zip(furniture.Root.Pages.Kids, shifts, strict=True):
                ground, margins = (self.book.copy_foreign(stream) for stream in frame.Contents)
                page = self.book.copy_foreign(frame if shift is None else next(leaves))
                added.append(page)
                if shift is None:
                    page.Resources, page.Contents = furniture_resources, Array([ground, margins])
                    continue
                if resources is None:
                    resources = page.Resources
                    self._complete(resources, furniture_resources, {*painted.fonts, *furnished.fonts})
                page.Contents = self._contents(ground, page.Contents[0], margins, shift)
                _move_links(page, shift)
            if self.tags is not None:
                self.tags.add(self.book.copy_foreign(chapter.Root.StructTreeRoot), added, shifts)
            self.leaves += added

    def finish(self) -> None:
        """Complete what all chapters have in common; their pages take the place of the book's only one."""
        tree = self.book.Root.Pages  # written at once: qpdf looks through all pages for each one that it adds
        for leaf in self.leaves:
            leaf.Parent = tree
        tree.Kids, tree.Count = Array(self.leaves), len(self.leaves)
        if self.tags is not None:
            self.tags.write()

    def _lent(self, furniture: Pdf) -> Any:
        """The resources of furniture, in this book, with the book's fonts."""
        lent = self.book.copy_foreign(furniture.Root.Pages.Kids[0].Resources)
        lent.Font = self.fonts
        return lent

    def _complete(self, resources: Any, lent: Any, fonts: set[str]) -> None:
        for name in sorted(fonts):
            resources.Font[f"/{name}"] = self.fonts[f"/{name}"]
        for kind in _NAMED:
            for name, value in lent.get(f"/{kind}", Dictionary()).items():
                if name not in resources[f"/{kind}"]:
                    resources[f"/{kind}"][name] = value
        for name, picture in list(resources.XObject.items()):
            if picture.get("/Subtype") == Name.Image:
                resources.XObject[name] = self.pictures.setdefault(_print_of(name, picture), picture)

    def _contents(self, ground: Any, content: Any, margins: Any, shift: float) -> Array:
        if not shift:
            return Array([ground, content, margins])
        if shift not in self.moves:
            self.moves[shift] = self.book.make_stream(f"q 1 0 0 1 {shift:.6f} 0 cm".encode())
        return Array([ground, self.moves[shift], content, self.restore, margins])


def _print_of(name: str, picture: Any) -> str:
    """What tells pictures apart: the name, made from the file's content, and the size after scaling."""
    return f"{name} {picture.Width} {picture.Height}"


def _move_links(page: Any, shift: float) -> None:
    for link in page.get("/Annots", ()) if shift else ():
        left, bottom, right, top = (float(value) for value in link.Rect)
        link.Rect = Array([round(left + shift, 6), bottom, round(right + shift, 6), top])


def _placed(chapters: Sequence[Painted], plan: Plan) -> Iterator[tuple[Any, int, float]]:
    """Each page of the chapters, its number in the book from 1, and how far its content was moved."""
    for painted, places, shifts in zip(chapters, plan.places, plan.shifts, strict=True):
        pages = iter(painted.pages)
        for place, shift in zip(places, shifts, strict=True):
            if shift is not None:
                yield next(pages), place.number, shift


def _add_destinations(book: Pdf, leaves: Sequence[Any], chapters: Sequence[Painted], plan: Plan) -> None:
    found: dict[str, tuple[int, float, float]] = {}
    for page, number, shift in _placed(chapters, plan):
        for name, (x, y) in page.anchors.items():
            found.setdefault(name, (number, x + shift, y))
    names = Array()
    for name in sorted(found, key=lambda anchor: bytes(String(anchor))):
        number, x, y = found[name]
        names.append(String(name))
        names.append(Array([leaves[number - 1], Name.XYZ, round(x, 6), round(y, 6), 0]))
    if len(names):
        tree = book.Root.get("/Names", None)
        if tree is None:
            book.Root.Names = tree = Dictionary()
        tree.Dests = book.make_indirect(Dictionary(Names=names))


def _add_outline(book: Pdf, leaves: Sequence[Any], chapters: Sequence[Painted], plan: Plan) -> None:
    root: list[Any] = []
    skipped: list[int] = []
    last_by_depth, level = [root], 0
    for page, number, shift in _placed(chapters, plan):
        matrix = engine.Matrix(1, 0, 0, 1, shift, 0)
        bookmarks = SimpleNamespace(bookmarks=page.bookmarks)
        level = engine.make_page_bookmark_tree(bookmarks, skipped, last_by_depth, level, number, matrix)
    with book.open_outline() as outline:
        outline.root.extend(_items(leaves, root))


def _items(leaves: Sequence[Any], bookmarks: Sequence[Any]) -> list[OutlineItem]:
    items = []
    for title, (number, x, y), children, state in bookmarks:
        place = Array([leaves[number - 1], Name.XYZ, round(x, 6), round(y, 6), 0])
        item = OutlineItem(title, place)
        item.is_closed = state == "closed"
        item.children.extend(_items(leaves, children))
        items.append(item)
    return items
