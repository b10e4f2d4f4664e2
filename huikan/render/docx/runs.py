"""Inlines as runs: character styles, languages, fields, links, notes and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

from docx.opc.constants import RELATIONSHIP_TYPE

from huikan.render.docx.bookmarks import anchor_bookmark
from huikan.render.docx.comments import Comment, commented
from huikan.render.docx.drawing import inline_picture
from huikan.render.docx.model import (
    CaptionNumber,
    Footnote,
    Inline,
    LineBreak,
    Link,
    Marked,
    PageReference,
    Picture,
    Words,
)
from huikan.render.docx.ooxml import Xml, element, field_begin, field_end, properties, text, twips, w
from huikan.render.docx.package import ImageParts, Relations
from huikan.render.docx.styles import is_chinese, language_of_words, style_id

_FITS_BOTH = re.compile("[“”‘’…—–·×°′″§±÷]")
"""Characters that a Latin and a Han face both have: in Chinese they are the Han face's."""
_RIGHT_TO_LEFT = re.compile(
    "([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:[ ]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*)"
)


@dataclass(slots=True)
class Numbers:
    """Ids that must not repeat in the document."""

    bookmarks: Iterator[int] = field(default_factory=lambda: count(1))
    drawings: Iterator[int] = field(default_factory=lambda: count(1))


class RunWriter:
    """Writes inlines for one part of the package; notes that are referred to gather in `notes`."""

    def __init__(
        self,
        language: str,
        pages: dict[str, int],
        images: ImageParts,
        relations: Relations,
        numbers: Numbers,
        comments: Mapping[str, Sequence[Comment]] | None = None,
    ) -> None:
        self.notes: list[Footnote] = []
        self.relations = relations
        self.images = images
        self.numbers = numbers
        self._language = language
        self._pages = pages
        self._comments = comments or {}

    def runs(self, inlines: Iterable[Inline]) -> list[Xml]:
        """The inlines as children of a paragraph."""
        return [made for inline in inlines for made in self._inline(inline)]

    def bookmarked(self, name: str, runs: list[Xml]) -> list[Xml]:
        """Runs between the ends of a bookmark."""
        number = next(self.numbers.bookmarks)
        return [w("bookmarkStart", id=number, name=name), *runs, w("bookmarkEnd", id=number)]

    def page_reference(self, anchor: str, styles: tuple[str, ...] = ()) -> list[Xml]:
        """A PAGEREF field with its page number filled in."""
        look = self._properties(Words("", self._language, styles or ("Page Number",)))
        code = f"PAGEREF {anchor_bookmark(anchor)} \\h"
        return [*field_begin(code, look), w("r", look, text(str(self._pages[anchor]))), field_end(look)]

    def _inline(self, inline: Inline) -> list[Xml]:
        if isinstance(inline, Words):
            return list(self._words(inline))
        if isinstance(inline, LineBreak):
            return [w("r", w("br"))]
        if isinstance(inline, Marked):
            marked = self.bookmarked(inline.bookmark, self.runs(inline.inlines))
            return commented(self._comments.get(inline.bookmark, ()), marked)
        if isinstance(inline, Link):
            return self._link(inline)
        if isinstance(inline, PageReference):
            return self.page_reference(inline.anchor, inline.styles)
        if isinstance(inline, CaptionNumber):
            return self._caption_number(inline)
        if isinstance(inline, Footnote):
            self.notes.append(inline)
            look = w("rPr", w("rStyle", val="FootnoteReference"))
            return [w("r", look, w("footnoteReference", id=inline.number))]
        return [self._picture(inline)]

    def _words(self, words: Words) -> Iterator[Xml]:
        if words.spread:
            yield w("r", self._properties(words, spread=words.spread), text(words.text[0]))
            yield w("r", self._properties(words), text(words.text[1:]))
            return
        for number, part in enumerate(_RIGHT_TO_LEFT.split(words.text)):
            if part:
                yield w("r", self._properties(words, right_to_left=number % 2 == 1, part=part), text(part))

    def _properties(
        self, words: Words, *, right_to_left: bool = False, spread: float = 0.0, part: str = ""
    ) -> Xml | None:
        hint = is_chinese(words.language) and bool(_FITS_BOTH.search(part))
        strange = words.language != self._language
        return _look(words.language, words.styles, strange, hint, right_to_left, spread)

    def _link(self, link: Link) -> list[Xml]:
        runs = self.runs(link.inlines)
        if link.target.startswith("#") and link.target[1:] in self._pages:
            return [w("hyperlink", *runs, anchor=anchor_bookmark(link.target[1:]), history=1)]
        if not link.leads_outside:
            return runs
        relation = self.relations.add(RELATIONSHIP_TYPE.HYPERLINK, link.target)
        return [element("w:hyperlink", *runs, **{"w:history": "1", "r:id": relation})]

    def _caption_number(self, caption: CaptionNumber) -> list[Xml]:
        look = self._properties(Words("", caption.language, caption.styles))
        name = re.sub(r"\W", "", caption.label) or "Figure"
        code = f"SEQ {name} \\* ARABIC" + (f" \\r {caption.number}" if caption.reset else "")
        parts = [w("r", look, text(caption.label))] if caption.label else []
        return [*parts, *field_begin(code, look), w("r", look, text(caption.number)), field_end(look)]

    def _picture(self, picture: Picture) -> Xml:
        relation = self.images.place(picture, self.relations)
        size = picture.width, picture.height
        crop = picture.crop_x, picture.crop_y
        return inline_picture(relation, next(self.numbers.drawings), *size, picture.alt, crop)


@lru_cache(maxsize=1024)
def _look(
    language: str, styles: tuple[str, ...], strange: bool, hint: bool, right_to_left: bool, spread: float
) -> Xml | None:
    """The properties of a run; `strange` words are not in the document's language."""
    chinese = is_chinese(language)
    slanted = "Emphasis" in styles and not chinese and (strange or styles[-1] != "Emphasis")
    dotted = "Emphasis" in styles and chinese and (strange or styles[-1] != "Emphasis")
    return properties(
        "rPr",
        w("rStyle", val=style_id(styles[-1])) if styles else None,
        w("rFonts", hint="eastAsia") if hint else None,
        w("b") if "Strong" in styles[:-1] else None,
        w("bCs") if "Strong" in styles[:-1] else None,
        (w("i", val=1) if slanted else w("i", val=0)) if slanted or dotted else None,
        w("spacing", val=twips(spread)) if spread else None,
        w("rtl") if right_to_left else None,
        (w("em", val="underDot") if dotted else w("em", val="none")) if slanted or dotted else None,
        language_of_words(language) if strange else None,
    )
