"""Words that look otherwise though they may be the same: paragraphs made an item of a list, titles with emphasis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from huikan.render.docx.sent import NOTE, NUMBER, PICTURE, Segment, SentParagraph, split_look
from huikan.review.alignment import Atom, Unit, is_owned, note_of, prose_key
from huikan.review.wordml import PARAGRAPH_END, Aside, WordParagraph

_KINDS = {
    "Body Text": "running text",
    "List Paragraph": "running text in a list",
    "List Bullet": "an item with a bullet",
    "List Number": "an item with a number",
    "Quote": "a quotation",
    **{f"Heading {level}": "a heading" for level in range(3, 6)},
}
"""What styles of prose make of a paragraph."""
_LONGEST = 40
_NAMES = {"s": "bold", "e": "italics"}
_SIGNS = {PARAGRAPH_END, PICTURE, NOTE, NUMBER}


def restyled(
    sent: Sequence[SentParagraph], units: Sequence[Unit], paragraphs: Sequence[WordParagraph]
) -> Iterator[Aside]:
    """What became of paragraphs that correspond to one that was sent, and are of another kind of prose now."""
    for unit in units:
        if len(unit.sent) != 1 or len(unit.paragraphs) != 1:
            continue
        paragraph = paragraphs[unit.paragraphs[0]]
        before, now = _KINDS.get(sent[unit.sent[0]].style), _KINDS.get(paragraph.style)
        if before and now and before != now:
            yield Aside(f"{before} made {now}", _shortened(paragraph.sent_text.strip()))


def emphasised(
    sent: Sequence[SentParagraph], units: Sequence[Unit], paragraphs: Sequence[WordParagraph]
) -> Iterator[Aside]:
    """Emphasis put on words of fields that have none, such as titles, or taken out of those that the design sets so."""
    for unit in units:
        if not (_has_plain_fields(sent, unit) and (_sent_looks(sent, unit) or _has_looks(paragraphs, unit))):
            continue
        then = [look for place in unit.sent for look in (*_looks(sent[place]), "")]
        named: list[tuple[str, str, Atom]] = []
        for atom in unit.atoms:
            look, field = split_look(atom.piece.look)[0], _field_of(atom, sent)
            if field is None or atom.piece.deleted or atom.text.isspace() or atom.text in _SIGNS:
                continue
            was = then[atom.place] if atom.sent else _looks_of(field)
            for letter, name in _NAMES.items() if not (prose_key(field.field) or note_of(field.field)) else ():
                if (letter in look) != (letter in was):
                    named.append((f"{name} {'put on' if letter in look else 'taken out of'} words", name, atom))
        for kind, group in groupby(named, key=lambda each: each[0]):
            atoms = [atom for _, _, atom in group]
            author = next((atom.piece.restyled.author for atom in atoms if atom.piece.restyled), "")
            yield Aside(
                f"{kind} that have no emphasis in the content", _shortened("".join(a.text for a in atoms)), author
            )


def page_numbers(
    sent: Sequence[SentParagraph], units: Sequence[Unit], paragraphs: Sequence[WordParagraph]
) -> Iterator[Aside]:
    """Numbers of pages that somebody put into a text: none was sent in any."""
    for unit in units:
        for number in unit.paragraphs:
            if not paragraphs[number].page_numbers:
                continue
            fields = (_field_of(atom, sent) for atom in unit.atoms if atom.source[0] == number)
            if any(field is not None and prose_key(field.field) for field in fields):
                words = _shortened(paragraphs[number].sent_text.strip())
                yield Aside("the number of a page in a text", f"{paragraphs[number].page_numbers} in {words}")


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _field_of(atom: Atom, sent: Sequence[SentParagraph]) -> Segment | None:
    """The field in which a character stands."""
    return sent[atom.owner[0]].segments[atom.owner[1]] if is_owned(atom, sent) else None


def _looks_of(segment: Segment) -> str:
    """The looks that all of a segment's words have."""
    return "".join(each for each in _NAMES if all(each in split_look(span.look)[0] for span in segment.spans))


def _looks(paragraph: SentParagraph) -> Iterator[str]:
    for segment in paragraph.segments:
        for span in segment.spans:
            yield from [split_look(span.look)[0]] * len(span.text)


def _has_plain_fields(sent: Sequence[SentParagraph], unit: Unit) -> bool:
    segments = (segment for place in unit.sent for segment in sent[place].segments if segment.bookmark)
    return any(not (prose_key(segment.field) or note_of(segment.field)) for segment in segments)


def _sent_looks(sent: Sequence[SentParagraph], unit: Unit) -> bool:
    """Whether anything was sent with emphasis."""
    spans = (span for place in unit.sent for segment in sent[place].segments for span in segment.spans)
    return any(span.look for span in spans)


def _has_looks(paragraphs: Sequence[WordParagraph], unit: Unit) -> bool:
    return any(piece.look for number in unit.paragraphs for piece in paragraphs[number].pieces)
