"""From the XML of a story (the document, its notes) to paragraphs of pieces, in the forms of Word, WPS and LibreOffice.

Read by hand over lxml, because no reader at hand keeps insertions, deletions, moves and their authors together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from huikan.render.docx.sent import NOTE, NUMBER, PICTURE
from huikan.review.package import ReviewedFile
from huikan.review.raised import raised
from huikan.review.word_fields import Fate, Field
from huikan.review.word_grid import GRID, Grid
from huikan.review.word_styles import WordStyles, is_on
from huikan.review.wordml import Aside, Mark, Piece, Revision, WordParagraph, known_date

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W16DU = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INSERTIONS = {f"{W}ins": False, f"{W}moveTo": True}
_DELETIONS = {f"{W}del": False, f"{W}moveFrom": True}
_OUR_SIGNS = str.maketrans("", "", PICTURE + NOTE + NUMBER)
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_SKIPPED = {f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delInstrText", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}footnoteRef"}
_TOLD_LOOKS = {
    f"{W}strike": "words struck through by hand",
    f"{W}dstrike": "words struck through by hand",
    f"{W}vanish": "hidden words",
}
_SYMBOLS = dict(
    zip(("F0FC", "F0FE", "F0A8", "F06F", "F06C", "F06E", "F0A7", "F0B7", "F0D8", "F0E0"), "✓☑□□●■▪•➢→", strict=True)
)
"""Characters of Wingdings and Symbol that other faces have."""
_BETWEEN = {f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr", f"{W}permStart", f"{W}permEnd"}
_CONTENTS_LINES = tuple(f"{name} {level}" for name in ("toc", "contents", "目录") for level in range(1, 10))
"""Styles of lines of the contents, which stay when somebody makes plain words of the field."""
_SILENT_FIELDS = {"PAGEREF", "PAGE", "NUMPAGES"}
_ENDNOTE = "end"
"""What the ids of endnotes begin with here: Word counts them by themselves."""
_DEEPEST = 60
_COPY_OF_A_BOOKMARK = re.compile(r"_Copy_\d+$")
"""What LibreOffice adds to the names of bookmarks in all footnotes but the first, though they stand there once."""


@dataclass(slots=True)
class StoryReader:
    """Reads the paragraphs of one story in order; fields and bookmarks may span them.

    `links` are the addresses by the names of their relationships.
    """

    styles: WordStyles
    is_note: bool = False
    links: Mapping[str, str] = field(default_factory=dict)
    asides: dict[Aside, None] = field(default_factory=dict)
    """In the order of the story, each once: a text box stands there twice, for new and for old programs."""
    addresses: list[str] = field(default_factory=list)
    """Where links lead to that are written as fields."""
    _fields: list[Field] = field(default_factory=list)
    _bookmarks: dict[str, str] = field(default_factory=dict)
    _current: WordParagraph = field(default_factory=WordParagraph)
    _length: int = 0
    _alignment: str = ""
    """How the characters of the run stand: superscript, subscript, or on the line."""
    _realigned: Revision | None = None
    """Who made them stand so with tracking on."""

    def paragraphs(self, file: ReviewedFile, part: str) -> Iterator[WordParagraph]:
        """Every paragraph of a part; what those inside text boxes say is kept aside."""
        grid = Grid()
        for element in file.elements(part, (f"{W}p", *GRID)):
            around = [ancestor.tag for ancestor in element.iterancestors()]
            if element.tag in GRID:
                grid.end(element.tag, around)
                _forget(element)
                continue
            if f"{W}p" in around or f"{W}txbxContent" in around:
                self._keep_aside("a text box", "".join(each.text or "" for each in element.iter(f"{W}t")))
                continue
            made = self.paragraph(element)
            if f"{W}tc" in around:
                grid.place(made, element)
            yield made
            _forget(element)

    def paragraph(self, element: etree._Element) -> WordParagraph:
        """One `w:p`."""
        made = self._current = WordParagraph(is_note=self.is_note)
        self._length = 0
        made.in_contents = any(each.name == "TOC" for each in self._fields)
        fate = Fate()
        for ancestor in element.iterancestors():
            fate = _fate_inside(ancestor, fate)
            if ancestor.tag == f"{W}tr":
                fate = _fate_of_row(ancestor, fate)
            elif ancestor.tag in {f"{W}footnote", f"{W}endnote"}:
                is_separator = ancestor.get(f"{W}type", "normal") != "normal"
                made.note = "" if is_separator else _note_id(ancestor)
        self._read_properties(element.find(f"{W}pPr"), fate)
        for mark in _bookmarks_above(element):
            self._begin_bookmark(mark)
        self._walk(element, fate, 0)
        is_line = made.style.lower().startswith(_CONTENTS_LINES)
        made.in_contents = made.in_contents or is_line or any(each.name == "TOC" for each in self._fields)
        if made.in_contents:
            self.keep_changes_aside("the contents", made)
        return made

    def keep_changes_aside(self, place: str, paragraph: WordParagraph) -> None:
        """Keep the tracked changes of a paragraph in which no field stands."""
        for piece in paragraph.pieces:
            revision = piece.deleted or piece.inserted
            if revision is not None:
                done = "deleted from" if piece.deleted else "inserted in"
                self._keep_aside(f"words {done} {place}", piece.text, revision.author)

    def _keep_aside(self, kind: str, words: str, author: str = "") -> None:
        aside = Aside(kind, words.strip(), author)
        if aside.words:
            self.asides[aside] = None

    def _read_properties(self, properties: etree._Element | None, fate: Fate) -> None:
        made = self._current
        made.end_inserted, made.end_deleted = fate.inserted, fate.deleted
        if properties is None:
            return
        style = properties.find(f"{W}pStyle")
        if style is not None:
            made.style = self.styles.name(style.get(f"{W}val", ""))
        made.item, made.level = self.styles.item(made.style, properties.find(f"{W}numPr"))
        for child in properties.iterfind(f"{W}rPr/*"):
            if child.tag in _INSERTIONS:
                made.end_inserted = _revision(child, moved=_INSERTIONS[child.tag])
            elif child.tag in _DELETIONS:
                made.end_deleted = _revision(child, moved=_DELETIONS[child.tag])

    def _walk(self, parent: etree._Element, fate: Fate, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for child in parent:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag == f"{W}r":
                self._run(child, fate)
            elif tag == f"{W}bookmarkStart":
                self._begin_bookmark(child)
            elif tag == f"{W}bookmarkEnd":
                self._mark("end", self._bookmarks.get(child.get(f"{W}id", ""), ""))
            elif tag == f"{W}commentRangeStart":
                self._mark("comment-start", child.get(f"{W}id", ""))
            elif tag == f"{W}commentRangeEnd":
                self._mark("comment-end", child.get(f"{W}id", ""))
            elif tag == f"{_MC}AlternateContent":
                chosen = child.find(f"{_MC}Choice")
                if chosen is None:
                    chosen = child.find(f"{_MC}Fallback")
                if chosen is not None:
                    self._walk(chosen, fate, depth + 1)
            elif tag == f"{W}fldSimple":
                self._simple_field(child, fate, depth)
            elif tag == f"{W}hyperlink":
                address = self.links.get(child.get(f"{_R}id", ""), "")
                place = child.get(f"{W}anchor", "") if address else ""
                address = f"{address}#{place}" if place and "#" not in address else address
                self._walk(child, replace(fate, link=address), depth + 1)
            elif tag.startswith(_M):
                self._keep_aside("an equation", "".join(each.text or "" for each in child.iter(f"{_M}t")))
            elif tag != f"{W}p":
                self._walk(child, _fate_inside(child, fate), depth + 1)

    def _simple_field(self, element: etree._Element, fate: Fate, depth: int) -> None:
        name = Field(element.get(f"{W}instr", "")).name
        if name == "SEQ":
            self._add(Piece(NUMBER, inserted=fate.inserted, deleted=fate.deleted))
        elif name in _SILENT_FIELDS:
            self._current.page_numbers += "".join(each.text or "" for each in element.iter(f"{W}t"))
        else:
            self._walk(element, fate, depth + 1)

    def _run(self, run: etree._Element, fate: Fate) -> None:
        base: Piece | None = None
        properties = run.find(f"{W}rPr")
        for property in properties if properties is not None and fate.deleted is None else ():
            if property.tag in _TOLD_LOOKS and is_on(property):
                self._keep_aside(_TOLD_LOOKS[property.tag], "".join(each.text or "" for each in run.iter(f"{W}t")))
        change = properties.find(f"{W}rPrChange") if properties is not None else None
        self._alignment = _alignment_of(properties)
        was_so = change is None or _alignment_of(change.find(f"{W}rPr")) == self._alignment
        self._realigned = None if was_so else _revision(change)
        for child in run:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            if tag == f"{W}fldChar":
                self._field_character(child.get(f"{W}fldCharType", ""), fate)
            elif tag in {f"{W}instrText", f"{W}delInstrText"} and self._fields:
                self._fields[-1].read(child.text or "", fate)
            elif tag == f"{W}commentReference":
                self._mark("comment", child.get(f"{W}id", ""))
            elif tag == f"{_MC}AlternateContent":
                base = base or self._look_of(run, fate)
                inner = child.find(f"{_MC}Choice")
                inner = child.find(f"{_MC}Fallback") if inner is None else inner
                for below in inner if inner is not None else ():
                    self._add_content(below, base)
            else:
                base = base or self._look_of(run, fate)
                self._add_content(child, base)

    def _add_content(self, child: etree._Element, base: Piece) -> None:
        tag = child.tag
        if any(each.name in _SILENT_FIELDS | {"SEQ"} or not each.in_result for each in self._fields):
            if any(each.name in _SILENT_FIELDS and each.in_result for each in self._fields):
                self._current.page_numbers += child.text or "" if tag == f"{W}t" else ""
            return
        if tag in {f"{W}t", f"{W}delText"}:
            if child.text:
                words = child.text.translate(_OUR_SIGNS)
                if (standing := self._raised(words)) != words and self._realigned and not base.inserted:
                    self._add(replace(base, text=words, deleted=base.deleted or self._realigned))
                    base = replace(base, inserted=self._realigned)
                self._add(replace(base, text=standing))
        elif tag in _CHARACTERS:
            self._add(replace(base, text=_CHARACTERS[tag]))
        elif tag == f"{W}cr" or (tag == f"{W}br" and child.get(f"{W}type", "textWrapping") == "textWrapping"):
            self._add(Piece("\n", "", base.inserted, base.deleted))
        elif tag == f"{W}sym":
            code = child.get(f"{W}char", "")
            if code.upper() in _SYMBOLS:
                self._add(replace(base, text=_SYMBOLS[code.upper()]))
            elif code.upper().startswith("F0"):
                self._keep_aside("a symbol of a face of its own", f"{child.get(f'{W}font', '')} {code}")
            elif re.fullmatch("[0-9A-Fa-f]{1,5}", code) and int(code, 16) >= 0x20:
                self._add(replace(base, text=chr(int(code, 16))))
        elif tag == f"{W}ruby":
            below, above = (
                "".join(each.text or "" for each in child.iterfind(f"{W}{part}//{W}t")) for part in ("rubyBase", "rt")
            )
            self._add(replace(base, text=below))
            self._keep_aside("a reading above words", above)
        elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            self._add(Piece(NOTE, "", base.inserted, base.deleted, note=_note_id(child)))
        elif tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
            blip = next(child.iter(f"{_A}blip"), None)
            image = next(child.iter(f"{_V}imagedata"), None) if blip is None else None
            relation = blip.get(f"{_R}embed", "") if blip is not None else ""
            relation = image.get(f"{_R}id", "") if image is not None else relation
            is_floating = child.find("{*}anchor") is not None  # the art behind the cover is no content
            for art in child.iter(f"{_V}textpath"):
                self._keep_aside("a text box", art.get("string", ""))
            if relation and not is_floating:
                self._add(Piece(PICTURE, "", base.inserted, base.deleted, picture=relation))

    def _raised(self, words: str) -> str:
        found = raised(words, self._alignment) if self._alignment else words
        if found is None:
            self._keep_aside("raised words" if self._alignment == "superscript" else "lowered words", words)
        return words if found is None else found

    def _field_character(self, kind: str, fate: Fate) -> None:
        if kind == "begin":
            is_new, is_gone = fate.inserted is not None, fate.deleted is not None
            self._fields.append(Field(inserted=is_new, deleted=is_gone, revision=fate.deleted or fate.inserted))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if ended.links[0]:
                self.addresses.append(ended.links[0])
            if ended.name == "SEQ" and not self._fields:
                self._add(Piece(NUMBER, inserted=fate.inserted, deleted=fate.deleted))

    def _look_of(self, run: etree._Element, fate: Fate) -> Piece:
        properties = run.find(f"{W}rPr")
        look = self._look(properties)
        change = properties.find(f"{W}rPrChange") if properties is not None else None
        old = look if change is None else self._look(change.find(f"{W}rPr"))
        restyled = _revision(change) if old != look else None
        link, old_link, relinked = fate.link, fate.link, None
        for each in self._fields:
            if each.name == "HYPERLINK":
                link, old_link = each.links
                relinked = each.revision if link != old_link else None
        vanish = properties.find(f"{W}vanish") if properties is not None else None
        hidden = vanish is not None and is_on(vanish)
        return Piece("", look, fate.inserted, fate.deleted, restyled, old, "", "", link, old_link, relinked, hidden)

    def _look(self, properties: etree._Element | None) -> str:
        if properties is None:
            return ""
        style = properties.find(f"{W}rStyle")
        named = self.styles.looks.get(style.get(f"{W}val", ""), "") if style is not None else ""
        bold, italic, dots = (_switch(properties, name) for name in ("b", "i", "em"))
        strong = bold if bold is not None else "s" in named
        emphasised = bool(dots or italic) or ("e" in named and italic is None and dots is None)
        return ("s" if strong else "") + ("e" if emphasised else "") + ("c" if "c" in named else "")

    def _add(self, piece: Piece) -> None:
        made = self._current
        if made.is_note and not self._length:
            piece = replace(piece, text=piece.text.lstrip())
        if not piece.text:
            return
        last = made.pieces[-1] if made.pieces else None
        plain = not (piece.note or piece.picture)
        if last is not None and plain and last == replace(piece, text=last.text):
            made.pieces[-1] = replace(last, text=last.text + piece.text)
        else:
            made.pieces.append(piece)
        self._length += len(piece.text)

    def _begin_bookmark(self, element: etree._Element) -> None:
        name = _COPY_OF_A_BOOKMARK.sub("", element.get(f"{W}name", ""))
        self._bookmarks[element.get(f"{W}id", "")] = name
        self._mark("start", name)

    def _mark(self, kind: str, name: str) -> None:
        self._current.marks.append(Mark(kind, name, self._length))


def _bookmarks_above(paragraph: etree._Element) -> list[etree._Element]:
    """Bookmarks that begin between a paragraph and what stands above it: Word may leave them there."""
    found: list[etree._Element] = []
    before = paragraph.getprevious()
    while before is not None and before.tag in _BETWEEN:
        if before.tag == f"{W}bookmarkStart":
            found.insert(0, before)
        before = before.getprevious()
    return found


def _note_id(element: etree._Element) -> str:
    """The id of a note, by itself or in a reference to it."""
    id = element.get(f"{W}id", "")
    return f"{_ENDNOTE}{id}" if "endnote" in str(element.tag) else id


def _fate_inside(element: etree._Element, fate: Fate) -> Fate:
    tag = element.tag
    if tag in _INSERTIONS:
        return replace(fate, inserted=_revision(element, moved=_INSERTIONS[tag]))
    if tag in _DELETIONS:
        return replace(fate, deleted=_revision(element, moved=_DELETIONS[tag]))
    return fate


def _fate_of_row(row: etree._Element, fate: Fate) -> Fate:
    """What a row's own mark says of all its words, whether or not each run says it again."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        return fate
    inserted, deleted = _revision(properties.find(f"{W}ins")), _revision(properties.find(f"{W}del"))
    return replace(fate, inserted=fate.inserted or inserted, deleted=fate.deleted or deleted)


def _revision(element: etree._Element | None, *, moved: bool = False) -> Revision | None:
    if element is None:
        return None
    date = element.get(f"{_W16DU}dateUtc") or element.get(f"{W}date") or ""
    return Revision(element.get(f"{W}author", ""), known_date(date), moved)


def _alignment_of(properties: etree._Element | None) -> str:
    align = properties.find(f"{W}vertAlign") if properties is not None else None
    return align.get(f"{W}val", "") if align is not None else ""


def _switch(properties: etree._Element, name: str) -> bool | None:
    """A property that is on, off, or not mentioned."""
    found = properties.find(f"{W}{name}")
    return None if found is None else is_on(found)


def _forget(element: etree._Element) -> None:
    """Free what has been read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None and parent.tag in {f"{W}body", f"{W}tc", f"{W}tr", f"{W}tbl", f"{W}footnotes"}:
        while element.getprevious() is not None:
            before = element.getprevious()
            if before is None or before.tag not in {f"{W}p", f"{W}tbl", f"{W}tc", f"{W}tr"}:
                break
            parent.remove(before)
