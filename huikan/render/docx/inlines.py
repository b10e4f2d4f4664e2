"""The words inside a paragraph: from elements to runs, links, notes, page references and marked fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from huikan.render.docx.bookmarks import field_bookmark, text_digest
from huikan.render.docx.model import (
    CaptionNumber,
    FieldMark,
    Footnote,
    Inline,
    LineBreak,
    Link,
    Marked,
    PageReference,
    Picture,
    Words,
)
from huikan.render.docx.ooxml import xml_safe
from huikan.render.typography import normalise_spacing
from huikan.render.vocabulary import Kind, Rule

_BLANK = re.compile(r"[ \t\n\r\f]+")
_NUMBERED = re.compile(r"(.*?\s*)(\d+)")
_NO_CHARACTER_STYLES = (Kind.PARAGRAPH, Kind.CELL, Kind.FOOTNOTE)
"""Elements that have a style which is not one of the words in them."""
_HAN_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]{2}")

Rules = Mapping[Element, Rule]
"""What the elements of a tree are."""


@dataclass(frozen=True, slots=True)
class Look:
    """What words inherit: language, character styles, whether blanks count, and the pt that spread a short name."""

    language: str
    styles: tuple[str, ...] = ()
    verbatim: bool = False
    spread: float = 0.0


@dataclass(slots=True)
class Ledger:
    """What is counted through the whole document: places of fields, notes, and captions by their label."""

    fields: list[FieldMark] = field(default_factory=list)
    notes: int = 0
    _occurrences: Counter[str] = field(default_factory=Counter)
    _captions: Counter[str] = field(default_factory=Counter)

    def mark(self, element: Element, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The inlines in a bookmark, if the element's words are those of a content field."""
        name, sources = element.get("data-field", ""), tuple(element.get("data-derived", "").split())
        if not inlines or not (name or sources):
            return inlines
        key = name or " ".join(sources)
        self._occurrences[key] += 1
        bookmark = field_bookmark(key, self._occurrences[key])
        self.fields.append(FieldMark(bookmark, name, sources, text_digest(plain_text(inlines))))
        return (Marked(bookmark, inlines),)

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """What is read meanwhile counts as a place of its fields, and is not in the document."""
        marks, captions = len(self.fields), self._captions.copy()
        yield
        del self.fields[marks:]
        self._captions = captions

    def caption(self, words: str, look: Look) -> Inline:
        """`图 12` as a label and a number that Word counts."""
        found = _NUMBERED.fullmatch(words)
        if found is None:
            return Words(words, look.language, look.styles)
        label, number = found.groups()
        expected = self._captions[label.strip()] + 1
        self._captions[label.strip()] = int(number)
        return CaptionNumber(label, number, look.language, look.styles, int(number) != expected)


def plain_text(inlines: Iterable[Inline]) -> str:
    """The characters of inlines, without notes and page numbers; a line break is a line feed."""
    parts: list[str] = []
    for inline in inlines:
        if isinstance(inline, Words):
            parts.append(inline.text)
        elif isinstance(inline, LineBreak):
            parts.append("\n")
        elif isinstance(inline, CaptionNumber):
            parts.append(inline.label + inline.number)
        elif isinstance(inline, (Link, Marked)):
            parts.append(plain_text(inline.inlines))
    return "".join(parts)


class InlineReader:
    """Reads the inline content of one paragraph, with blanks collapsed as in HTML."""

    def __init__(self, ledger: Ledger, rules: Rules, picture: Callable[[Element], Picture]) -> None:
        self._ledger = ledger
        self._rules = rules
        self._picture = picture
        self._levels: list[list[Inline]] = [[]]
        self._begun = False
        self._blank = False

    def finish(self) -> tuple[Inline, ...]:
        """All that was read; the reader is ready for the next paragraph."""
        inlines = _merged(self._levels[0])
        self._levels, self._begun, self._blank = [[]], False, False
        return inlines

    def add_text(self, text: str | None, look: Look) -> None:
        """Read characters."""
        words = xml_safe(text or "")
        if look.verbatim:
            self._add_lines(words, look)
            return
        words = _BLANK.sub(" ", words)
        if not words:
            return
        if words[0] == " ":
            self._blank = True
            words = words[1:]
        if not words:
            return
        self._flush(look)
        self._blank = words[-1] == " "
        self._add(Words(words.removesuffix(" "), look.language, look.styles, look.spread))
        self._begun = True

    def add_element(self, element: Element, look: Look) -> None:
        """Read an element and its content. Its tail is the caller's."""
        rule = self._rules.get(element)
        if rule is None or not is_for_word(element):
            return
        look = look_inside(element, rule, look)
        if rule.kind is Kind.LINE_BREAK:
            self._add(LineBreak())
            self._begun = self._blank = False
        elif rule.kind is Kind.PICTURE:
            self._flush(look)
            self._add(self._picture(element))
            self._begun = True
        elif rule.kind is Kind.PAGE_REFERENCE:
            self._flush(look)
            self._add(PageReference(element.get("href", "").removeprefix("#"), look.styles))
            self._begun = True
        elif rule.kind is Kind.NUMBER:
            self._flush(look)
            self._add(self._ledger.caption(_BLANK.sub(" ", "".join(element.itertext())).strip(), look))
            self._begun = True
        elif rule.kind is Kind.FOOTNOTE:
            self._add_note(element, look)
        elif rule.kind is not Kind.DECORATION and rule.kind is not Kind.METADATA:
            self._add_nested(element, rule, look)

    def add_children(self, element: Element, look: Look) -> None:
        """Read all that stands in an element."""
        self.add_text(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self.add_element(child, look)
            self.add_text(child.tail, look)

    def _add_nested(self, element: Element, rule: Rule, look: Look) -> None:
        if rule.kind is Kind.LINE and self._begun:
            self._add(LineBreak())
            self._begun = self._blank = False
        self._flush(look)
        self._levels.append([])
        self.add_children(element, look)
        inlines = self._ledger.mark(element, _merged(self._levels.pop()))
        href = element.get("href", "")
        if rule.kind is Kind.LINK and href and inlines:
            inlines = (Link(href, inlines),)
        self._levels[-1].extend(inlines)

    def _add_note(self, element: Element, look: Look) -> None:
        self._ledger.notes += 1
        number = self._ledger.notes
        inner = InlineReader(self._ledger, self._rules, self._picture)
        inner.add_children(element, replace(look, styles=()))
        self._add(Footnote(number, self._ledger.mark(element, inner.finish())))
        self._begun = True

    def _add_lines(self, words: str, look: Look) -> None:
        for number, line in enumerate(words.rstrip("\n").split("\n")):
            if number:
                self._add(LineBreak())
            if line:
                self._add(Words(line, look.language, look.styles))

    def _flush(self, look: Look) -> None:
        if self._blank and self._begun:
            self._add(Words(" ", look.language))
        self._blank = False

    def _add(self, inline: Inline) -> None:
        self._levels[-1].append(inline)


def is_for_word(element: Element) -> bool:
    """Whether the Word face shows the element: `data-only` may reserve it for others."""
    only = element.get("data-only")
    return only is None or "docx" in only.split()


def look_inside(element: Element, rule: Rule, look: Look) -> Look:
    """What the words inside an element inherit."""
    language, verbatim = element.get("lang", look.language), look.verbatim or element.tag == "pre"
    inline = rule.style and rule.kind not in _NO_CHARACTER_STYLES
    if not inline and language == look.language and verbatim == look.verbatim:
        return look
    return Look(language, (*look.styles, rule.style) if inline else look.styles, verbatim, look.spread)


def _merged(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Neighbouring words of one look in one, their blanks as the typesetter wants them, short names spread."""
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(last, Words) and isinstance(inline, Words) and _look_alike(last, inline):
            merged[-1] = Words(last.text + inline.text, last.language, last.styles, last.spread)
        else:
            merged.append(inline)
    return tuple(_set(inline) if isinstance(inline, Words) else inline for inline in merged)


def _look_alike(one: Words, other: Words) -> bool:
    return one.language == other.language and one.styles == other.styles and one.spread == other.spread


def _set(words: Words) -> Words:
    spread = words.spread if words.spread and _HAN_NAME.fullmatch(words.text) else 0.0
    text = words.text if "Code" in words.styles else normalise_spacing(words.text, words.language)
    return words if text == words.text and spread == words.spread else replace(words, text=text, spread=spread)
