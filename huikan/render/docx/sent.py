"""The text as sent: every paragraph of the document with its fields, kept in the file for the day it comes home.

A reviewed copy is read against it, and the content as it is now is put in the same form to be merged with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from huikan.content.photos import fingerprint, known_fingerprint
from huikan.render.docx.inlines import plain_text
from huikan.render.docx.model import (
    CaptionNumber,
    FieldMark,
    Footnote,
    Inline,
    LineBreak,
    Link,
    Marked,
    PageStart,
    Paragraph,
    Picture,
    Table,
    WordDocument,
    Words,
    flattened,
)
from huikan.render.docx.ooxml import XML_DECLARATION, Xml, characters, element
from huikan.render.docx.pictures import ImageFile, read_image
from huikan.render.workshop import Workshop

FIELDS_NAMESPACE = "urn:huikan:fields"

PICTURE = "\ufffc"
NOTE = "\uf8f0"
NUMBER = "\uf8f1"
"""One character each for a picture, a reference to a note, and a number that Word counts."""

_LOOKS = {"Strong": "s", "Emphasis": "e", "Code": "c"}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one look: `look` holds `s` for strong, `e` for emphasised, `c` for code, in that order.

    Behind an `@` stands the address that the characters lead to, if they are a link.
    """

    text: str
    look: str = ""


def with_link(letters: str, address: str) -> str:
    """A look of these letters that leads to an address."""
    return f"{letters}@{address}" if address else letters


def split_look(look: str) -> tuple[str, str]:
    """The letters of a look, and the address that it leads to; the mark of a new note has neither."""
    letters, _, address = ("" if look.startswith("^") else look).partition("@")
    return letters, address


@dataclass(frozen=True, slots=True)
class Segment:
    """Part of a paragraph: the words of a field, or with an empty bookmark words that no field holds."""

    spans: tuple[Span, ...]
    bookmark: str = ""
    field: str = ""
    sources: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A picture: its file as the content names it, the SHA-256 and the fingerprint of its bytes as sent."""

    source: str
    digest: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class SentParagraph:
    """A paragraph in reading order; notes follow the paragraph that refers to them."""

    style: str
    segments: tuple[Segment, ...]
    pictures: tuple[SentPicture, ...] = ()


def sent_paragraphs(
    word: WordDocument, described: Mapping[Path, SentPicture] = MappingProxyType({})
) -> tuple[SentParagraph, ...]:
    """Every paragraph that holds words of its own: contents lines are left out, Word makes them anew.

    Pictures are told of only where they are `described`.
    """
    marks = {mark.bookmark: mark for mark in word.fields}
    made: list[SentParagraph] = []
    for paragraph in _paragraphs(word):
        notes: list[Footnote] = []
        segments = tuple(_segments(paragraph.inlines, marks, notes))
        if segments:
            pictures = tuple(described[each.file] for each in _pictures(paragraph)) if described else ()
            made.append(SentParagraph(paragraph.style, segments, pictures))
        for note in notes:
            made.append(SentParagraph("Footnote Text", tuple(_segments(note.inlines, marks, []))))
    return tuple(made)


def _pictures(paragraph: Paragraph) -> Iterator[Picture]:
    return (inline for inline in flattened(paragraph.inlines) if isinstance(inline, Picture))


def _described(word: WordDocument, workshop: Workshop, unscaled: Mapping[Path, ImageFile]) -> dict[Path, SentPicture]:
    """Every picture; those not looked at when the content was loaded are decoded, a few at a time."""
    pictures = {picture.file: picture for paragraph in _paragraphs(word) for picture in _pictures(paragraph)}

    def described(file: Path) -> SentPicture:
        image = unscaled.get(file) or read_image(file, workshop)
        colours = known_fingerprint(image.digest, workshop.store)
        return SentPicture(
            pictures[file].source, image.digest, fingerprint(image.content) if colours is None else colours
        )

    with ThreadPoolExecutor(workshop.jobs) as threads:
        return dict(zip(pictures, threads.map(described, pictures), strict=True))


def _paragraphs(word: WordDocument) -> Iterator[Paragraph]:
    for block in word.blocks:
        if isinstance(block, Paragraph) and not block.contents_target:
            yield block
        elif isinstance(block, Table):
            yield from (paragraph for row in block.rows for cell in row.cells for paragraph in cell.paragraphs)


def _segments(
    inlines: Iterable[Inline], marks: Mapping[str, FieldMark], notes: list[Footnote], outer: Segment | None = None
) -> Iterator[Segment]:
    """Neighbouring words of one field, or of none, make one segment."""
    spans: list[Span] = []
    own = outer or Segment(())
    for inline, inside, address in _leaves(inlines, marks, own):
        if isinstance(inline, Footnote):
            notes.append(inline)
        span = _span(inline, address)
        if inside is not own:
            if spans:
                yield Segment(_joined(spans), own.bookmark, own.field, own.sources)
            spans, own = [], inside
        if span.text:
            spans.append(span)
    if spans:
        yield Segment(_joined(spans), own.bookmark, own.field, own.sources)


def _leaves(
    inlines: Iterable[Inline], marks: Mapping[str, FieldMark], around: Segment, address: str = ""
) -> Iterator[tuple[Inline, Segment, str]]:
    for inline in inlines:
        if isinstance(inline, Marked):
            mark = marks[inline.bookmark]
            yield from _leaves(inline.inlines, marks, Segment((), mark.bookmark, mark.field, mark.sources), address)
        elif isinstance(inline, Link):
            yield from _leaves(inline.inlines, marks, around, inline.target if inline.leads_outside else "")
        else:
            yield inline, around, address


def _span(inline: Inline, address: str) -> Span:
    if isinstance(inline, Words):
        return Span(inline.text, with_link(_look(inline.styles) if inline.styles else "", address))
    if isinstance(inline, LineBreak):
        return Span("\n")
    if isinstance(inline, CaptionNumber):
        return Span(inline.label + NUMBER)
    if isinstance(inline, Picture):
        return Span(PICTURE)
    return Span(NOTE if isinstance(inline, Footnote) else "")


def _look(styles: Sequence[str]) -> str:
    return "".join(letter for name, letter in _LOOKS.items() if name in styles)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].look == span.look:
            joined[-1] = Span(joined[-1].text + span.text, span.look)
        else:
            joined.append(span)
    return tuple(joined)


def field_map(word: WordDocument, workshop: Workshop, unscaled: Mapping[Path, ImageFile]) -> bytes:
    """The custom XML item: every paragraph's fields with their bookmarks, digests and words as sent.

    `unscaled` are pictures that were read already.
    """
    digests = {mark.bookmark: mark.digest for mark in word.fields}
    rows = []
    for paragraph in sent_paragraphs(word, _described(word, workshop, unscaled)):
        row = [
            element("picture", source=picture.source, sha256=picture.digest, colours=picture.fingerprint)
            for picture in paragraph.pictures
        ]
        for segment in paragraph.segments:
            said: dict[str, str] = {}
            if segment.bookmark:
                said = {"bookmark": segment.bookmark, "sha256": digests[segment.bookmark]}
                said |= {"id": segment.field} if segment.field else {"derived": " ".join(segment.sources)}
            pieces = [element("t", characters(span.text), **_attributes(span.look)) for span in segment.spans]
            row.append(element("field" if segment.bookmark else "words", *pieces, **said))
        rows.append(element("p", *row, style=paragraph.style))
    known = (element("link", address=address) for address in sorted(_addresses(word)))
    links = element("links", *known, placed="1")
    around = element("around", *_around(word))
    return f'{XML_DECLARATION}<fields xmlns="{FIELDS_NAMESPACE}">{"".join(rows)}{links}{around}</fields>'.encode()


def _around(word: WordDocument) -> Iterator[Xml]:
    """The lines of the contents and the heads of pages, which are made from headings."""
    lines = (block for block in word.blocks if isinstance(block, Paragraph) and block.contents_target)
    yield from (element("line", characters(plain_text(line.inlines))) for line in lines)
    running = [block.running for block in word.blocks if isinstance(block, PageStart) and block.running]
    yield from (element("head", characters(words)) for words in dict.fromkeys(running and [word.event, *running]))


def _attributes(look: str) -> dict[str, str]:
    letters, address = split_look(look)
    return {name: value for name, value in (("look", letters), ("link", address)) if value}


def _addresses(word: WordDocument) -> set[str]:
    """Where the links of the document lead to, outside of it."""
    found: set[str] = set()
    waiting = [inline for paragraph in _paragraphs(word) for inline in paragraph.inlines]
    while waiting:
        inline = waiting.pop()
        if isinstance(inline, Link):
            found.add(inline.target)
        if isinstance(inline, (Link, Marked, Footnote)):
            waiting += inline.inlines
    return {address for address in found if not address.startswith("#")}


def read_addresses(root: etree._Element) -> frozenset[str] | None:
    """Where the links led to when `field_map` was written; None for a map that does not tell."""
    links = root.find(_name("links"))
    return None if links is None else frozenset(link.get("address", "") for link in links.iterfind(_name("link")))


def tells_places_of_links(root: etree._Element) -> bool:
    """Whether the map says of which words the links are: those of older versions do not."""
    links = root.find(_name("links"))
    return links is not None and links.get("placed") == "1"


@dataclass(frozen=True, slots=True)
class SentSurroundings:
    """The lines of the contents and the heads of pages as sent."""

    contents: tuple[str, ...]
    heads: tuple[str, ...]


def read_surroundings(root: etree._Element) -> SentSurroundings | None:
    """What `field_map` wrote of them; None for a map of an older version."""
    around = root.find(_name("around"))
    if around is None:
        return None
    lines, heads = (tuple(each.text or "" for each in around.iterfind(_name(tag))) for tag in ("line", "head"))
    return SentSurroundings(lines, heads)


def read_field_map(root: etree._Element) -> tuple[SentParagraph, ...]:
    """The paragraphs that `field_map` wrote; what it did not write is passed over."""
    paragraphs = []
    for row in root.iterfind(_name("p")):
        segments = tuple(_read_segment(entry) for entry in row if entry.tag in {_name("field"), _name("words")})
        pictures = tuple(
            SentPicture(entry.get("source", ""), entry.get("sha256", ""), entry.get("colours", ""))
            for entry in row.iterfind(_name("picture"))
        )
        paragraphs.append(SentParagraph(row.get("style", ""), segments, pictures))
    return tuple(paragraphs)


def _read_segment(entry: etree._Element) -> Segment:
    spans = tuple(
        Span(piece.text or "", with_link(piece.get("look", ""), piece.get("link", "")))
        for piece in entry.iterfind(_name("t"))
    )
    return Segment(spans, entry.get("bookmark", ""), entry.get("id", ""), tuple(entry.get("derived", "").split()))


def _name(tag: str) -> str:
    return f"{{{FIELDS_NAMESPACE}}}{tag}"
