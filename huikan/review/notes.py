"""Footnotes that an editor typed: the mark of a new one carries its words until they are written below the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from huikan.render.docx.sent import NOTE, SentParagraph
from huikan.review.kinds import without_blanks
from huikan.review.markdown_leaves import UnwritableError, blocks_of
from huikan.review.markdown_text import serialised
from huikan.review.rich import Rich, plain, text_of

_SIGN = "^"
_NAME = re.compile(r"\[\^([^\]\s]+)\]")


def new_note(words: str) -> str:
    """The look of a mark that brings a note of these words."""
    return _SIGN + words


def words_of_note(look: str) -> str:
    """The words that a mark brings; empty for one that was there."""
    return look[1:] if look.startswith(_SIGN) else ""


def dressed(now: Rich, edited: Rich, notes: Sequence[Rich], sent: Iterable[str]) -> Rich:
    """The content's words, with marks of notes that `edited` brings too as it brings them.

    `notes` are the content's in order; as many as were `sent` with the same words are no new ones.
    """
    brought = {without_blanks(words_of_note(look)): look for letter, look in edited if letter == NOTE and look}
    if not brought:
        return now
    texts, known = iter(notes), Counter(sent)
    made: list[tuple[str, str]] = []
    for letter, look in now:
        words = without_blanks(text_of(next(texts, ()))) if letter == NOTE else ""
        is_new = words in brought and not known[words]
        if known[words]:
            known[words] -= 1
        made.append((letter, brought[words] if is_new else look))
    return tuple(made)


def sent_notes(sent: Iterable[SentParagraph], prose: str) -> list[str]:
    """The words without blanks of the notes that a text was sent with."""
    segments = (segment for paragraph in sent for segment in paragraph.segments)
    return [without_blanks(each.text) for each in segments if each.field.startswith(f"{prose}fn")]


def undressed(words: Rich, dressed_now: Rich) -> Rich:
    """Merged words, with the marks of notes that the content has as it has them."""
    there = {look for letter, look in dressed_now if letter == NOTE and look}
    return tuple((letter, "" if letter == NOTE and look in there else look) for letter, look in words)


def named(source: str, wanted: Sequence[Rich]) -> tuple[list[Rich], dict[str, str]]:
    """The wanted blocks with a free name in place of the words of each new note, and the words by these names."""
    taken, notes = set(_NAME.findall(source)), dict[str, str]()
    made: list[Rich] = []
    for block in wanted:
        letters: list[tuple[str, str]] = []
        for letter, look in block:
            if letter == NOTE and (words := words_of_note(look)):
                name = next(name for number in range(1, len(taken) + 2) if (name := str(number)) not in taken)
                taken.add(name)
                notes[name], look = words, new_note(name)
            letters.append((letter, look))
        made.append(tuple(letters))
    return made, notes


def with_notes(source: str, notes: Mapping[str, str]) -> str:
    """Markdown with new notes below it.

    Raises UnwritableError when a note would not be read back as it was typed.
    """
    if not notes:
        return source
    ends_line = source.endswith("\n")
    made = source.rstrip("\n")
    for name, words in notes.items():
        if "\n" in words:
            raise UnwritableError("a new note of several paragraphs must be written by hand")
        text = serialised([(letter, "", None) for letter, _ in plain(words)], careful=False)
        made += f"\n\n[^{name}]: {text}"
    made += "\n" if ends_line else ""
    read = [without_blanks(text_of(leaf.rich)) for leaves in blocks_of(made).notes.values() for leaf in leaves]
    if any(without_blanks(words) not in read for words in notes.values()):
        raise UnwritableError("a new note must be written by hand")
    return made
