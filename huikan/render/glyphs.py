"""Characters that no face of the document has: each would print as an empty box."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import weasyprint

from huikan.render.layout import KNOWN_VERSION

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character without a glyph. `field` is the content field it stands in, or empty; `page` counts from 1."""

    character: str
    field: str
    page: int

    @property
    def name(self) -> str:
        """`U+2C756 CJK UNIFIED IDEOGRAPH-2C756`."""
        return f"U+{ord(self.character):04X} {unicodedata.name(self.character, 'unnamed character')}"


@dataclass(slots=True)
class FaceGlyphs:
    """Which characters were looked for in a face, and which of them it lacks."""

    looked_for: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)


def missing_glyphs(
    document: Any, root: Element, known: dict[str, FaceGlyphs] | None = None
) -> tuple[MissingGlyph, ...]:
    """The characters of the laid-out `document` that its faces lack, each once per field, in page order.

    `root` is the tree that the document was made from; `known` remembers, by face, what was looked for before. With
    an engine version that is not known, the answer is empty; the engine then still logs each one as it paints.
    """
    if weasyprint.__version__ != KNOWN_VERSION:
        return ()
    from huikan.render.layout.engine import face_key
    from huikan.render.layout.shaping import lacks_glyph

    known = {} if known is None else known
    found: dict[tuple[str, Any], int] = {}
    for number, page in enumerate(document.pages, start=1):
        texts = [*_texts(page)]
        said: dict[int, tuple[Any, list[str]]] = {}
        for text, style, _ in texts:
            said.setdefault(id(style), (style, []))[1].append(text)
        is_whole = True
        for style, together in said.values():
            face = known.setdefault(face_key(style), FaceGlyphs())
            characters = set("".join(together))
            unknown = characters - face.looked_for
            face.looked_for |= unknown
            face.lacking.update(character for character in unknown if lacks_glyph(character, style))
            is_whole = is_whole and face.lacking.isdisjoint(characters)
        for text, style, element in texts if not is_whole else ():
            for character in dict.fromkeys(text):
                if character in known[face_key(style)].lacking:
                    found.setdefault((character, element), number)
    if not found:
        return ()
    parents = {child: parent for parent in root.iter() for child in parent}
    named = ((character, _field_of(element, parents), number) for (character, element), number in found.items())
    return tuple(dict.fromkeys(MissingGlyph(*entry) for entry in named))


def _texts(page: Any) -> Any:
    """Text, style and element of each text box on a page."""
    from huikan.render.layout.engine import TextBox, page_box

    for box in page_box(page).descendants():
        if isinstance(box, TextBox) and box.text and box.style["font_size"] > 0:
            yield box.text, box.style, box.element


def _field_of(element: Any, parents: dict[Element, Element]) -> str:
    while element is not None:
        field = element.get("data-field")
        if field:
            return str(field)
        element = parents.get(element)
    return ""
