"""Footnotes that an editor typed: the mark of a new one carries its words until they are written below the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from huikan.render.docx.sent import NOTE, SentParagraph, split_look
from huikan.review.kinds import without_blanks
from huikan.review.markdown_leaves import UnwritableError, blocks_of
from huikan.review.markdown_text import serialised
from huikan.review.rich import Rich, paragraphs_of, plain, settled, text_of

_SIGN = "^"
_LOOKS = ("", "e", "s", "se")
_SWITCHES = dict(zip("\uf8e0\uf8e1\uf8e2\uf8e3", _LOOKS, strict=True))
"""What begins words of another look within the look of a mark."""
_NAME = re.compile(r"\[\^([^\]\s]+)\]")


def typed_note(words: Iterable[tuple[str, str]]) -> Rich:
    """The words of a note without the blanks around its paragraphs; each paragraph is a line."""
    made: list[tuple[str, str]] = []
    for part in paragraphs_of(settled(tuple(words))):
        text = text_of(part)
        start = len(text) - len(text.lstrip())
        own = part[start : start + len(text.strip())]
        made += [("\n", ""), *own] if made and own else own
    return tuple(made)


def new_note(words: Rich) -> str:
    """The look of a mark that brings a note of these words, with their emphasis."""
    signs = {look: sign for sign, look in _SWITCHES.items()}
    looks = [(letter, "".join(each for each in split_look(look)[0] if each in "se")) for letter, look in words]
    stretches = ((look, text_of(group)) for look, group in groupby(looks, key=lambda letter: letter[1]))
    return _SIGN + "".join(
        (signs[look] if number or look else "") + part for number, (look, part) in enumerate(stretches)
    )


def words_of_note(look: str) -> str:
    """The words that a mark brings; empty for one that was there."""
    return text_of(_rich_note(look))


def _rich_note(look: str) -> Rich:
    made: list[tuple[str, str]] = []
    own = ""
    for letter in look[1:] if look.startswith(_SIGN) else "":
        own = _SWITCHES.get(letter, own)
        made += [] if letter in _SWITCHES else [(letter, own)]
    return tuple(made)


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


def named(source: str, wanted: Sequence[Rich]) -> tuple[list[Rich], dict[str, Rich]]:
    """The wanted blocks with a free name in place of the words of each new note, and the words by these names."""
    taken, notes = set(_NAME.findall(source)), dict[str, Rich]()
    made: list[Rich] = []
    for block in wanted:
        letters: list[tuple[str, str]] = []
        for letter, look in block:
            if letter == NOTE and (words := _rich_note(look)):
                name = next(name for number in range(1, len(taken) + 2) if (name := str(number)) not in taken)
                taken.add(name)
                notes[name], look = words, new_note(plain(name))
            letters.append((letter, look))
        made.append(tuple(letters))
    return made, notes


def with_notes(source: str, notes: Mapping[str, Rich]) -> str:
    """Markdown with new notes below it.

    Raises UnwritableError when a note would not be read back as it was typed.
    """
    if not notes:
        return source
    ends_line = source.endswith("\n")
    for careful in (False, True):
        made = source.rstrip("\n")
        for name, words in notes.items():
            if "\n" in text_of(words):
                raise UnwritableError("a new note of several paragraphs must be written by hand")
            text = serialised([(letter, look, None) for letter, look in words], careful=careful)
            made += f"\n\n[^{name}]: {text}"
        made += "\n" if ends_line else ""
        read = [_bare(leaf.rich) for leaves in blocks_of(made).notes.values() for leaf in leaves]
        if all(_bare(words) in read for words in notes.values()):
            return made
    raise UnwritableError("a new note must be written by hand")


def _bare(words: Rich) -> Rich:
    return tuple(letter for letter in words if not letter[0].isspace())
