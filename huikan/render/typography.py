"""Text made ready for typesetting, on the parsed HTML tree: typed spaces taken out, marks the layout acts on put in.

What needs the line breaks or the glyphs' widths is done later, by `huikan.render.layout`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from huikan.render.characters import CLOSERS, OPENERS, STOPS, Kind, is_han, kind_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

UNTOUCHED_TAGS = frozenset({"code", "kbd", "samp", "pre", "script", "style", "svg", "math", "textarea", "title"})
_INLINE = (
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u wbr"
)
INLINE_TAGS = frozenset(_INLINE.split())
SPREAD_CLASS = "zh-spread"
"""On a name of two Han characters that is spread to three characters' width."""
KEPT_NAME_CLASS = "zh-name"
"""On a person's name in running text."""
NAME_CLASS = "name"
NAME_COLUMN_CLASS = "name-column"

_BLANKS = re.compile("[ \u00a0\u2002-\u200a\u202f\t\r\n\f]+")
_SHARED_QUOTES = frozenset("“”‘’")
_SQUARE_MARKS = (OPENERS | CLOSERS | STOPS) - _SHARED_QUOTES


def normalise_spacing(text: str, language: str) -> str:
    """`text` without the spaces that the typesetter makes itself; unchanged when `language` is not Chinese.

    Blanks between Han and Latin letters or figures go, as do blanks beside full-width marks, and line ends
    between Han characters. Spaces between two Han characters or two Latin words are the author's and stay.
    """
    if not _is_chinese(language):
        return text
    return _BLANKS.sub(lambda blank: blank[0] if _is_kept(text, blank) else "", text)


def typeset(root: Element, language: str) -> None:
    """Prepare the document tree `root` in place, just before it is laid out.

    `language` is the tag of the edition; `lang` on an element overrides it for what is in the element. Code,
    drawings and elements with `data-typeset="off"` are left alone. Only classes beginning with `zh-` are added.
    """
    runs: list[list[_Slot]] = [[]]
    _find_runs(root, root.get("lang") or language, untouched=False, runs=runs)
    for run in runs:
        _normalise(run)
    _mark(root, root.get("lang") or language, in_name_column=False, names=_names_in(root))


@dataclass(slots=True)
class _Slot:
    """One run of text in the tree: an element's text, or its tail."""

    element: Element
    is_tail: bool
    language: str
    untouched: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.is_tail else self.element.text) or ""

    @text.setter
    def text(self, value: str) -> None:
        if self.is_tail:
            self.element.tail = value
        else:
            self.element.text = value


def _is_chinese(language: str) -> bool:
    return language.lower().split("-")[0] == "zh"


def _tag(element: Element) -> str:
    """The element's name; comments and processing instructions have none."""
    return element.tag if isinstance(element.tag, str) else ""


def _is_untouched(element: Element) -> bool:
    tag = _tag(element)
    return not tag or tag in UNTOUCHED_TAGS or element.get("data-typeset") == "off"


def _find_runs(element: Element, language: str, untouched: bool, runs: list[list[_Slot]]) -> None:
    """Add the text in `element` to `runs`; a new one begins between those that cannot stand on one line."""
    if element.text and _tag(element):
        runs[-1].append(_Slot(element, False, language, untouched))
    for child in element:
        tag = _tag(child)
        is_inline = not tag or tag in INLINE_TAGS
        if not is_inline and runs[-1]:
            runs.append([])
        _find_runs(child, child.get("lang") or language, untouched or _is_untouched(child), runs)
        if not is_inline and runs[-1]:
            runs.append([])
        if child.tail:
            runs[-1].append(_Slot(child, True, language, untouched))


def _normalise(run: list[_Slot]) -> None:
    """Take superfluous blanks out of a run of text that may cross element boundaries."""
    whole = run[0].text if len(run) == 1 else "".join(slot.text for slot in run)
    if not whole or whole.isspace():
        return
    dropped: set[int] = set()
    for blank in _BLANKS.finditer(whole):
        if not _is_kept(whole, blank):
            dropped.update(range(*blank.span()))
    if not dropped:
        return
    start = 0
    for slot in run:
        text = slot.text
        if not slot.untouched and _is_chinese(slot.language):
            kept = [character for index, character in enumerate(text, start) if index not in dropped]
            if len(kept) != len(text):
                slot.text = "".join(kept)
        start += len(text)


def _is_kept(text: str, blank: re.Match[str]) -> bool:
    start, end = blank.span()
    if start == 0 or end == len(text):
        return True
    before, after = text[start - 1], text[end]
    if before in _SQUARE_MARKS or after in _SQUARE_MARKS:
        return False
    before_han, after_han = is_han(before), is_han(after)
    if before_han and after_han:
        return "\n" not in blank[0]
    if before in _SHARED_QUOTES or after in _SHARED_QUOTES:
        return not (before_han or after_han)
    if not (before_han or after_han):
        return True
    other = after if before_han else before
    return kind_of(other) not in (Kind.LATIN, Kind.DIGIT) and other not in "%‰℃°$€£¥#@&+"


def _names_in(root: Element) -> re.Pattern[str] | None:
    """Matches the names that stand in elements of class `name` anywhere in the tree, the longest first."""
    texts = (
        "".join(element.itertext()).strip() for element in root.iter() if NAME_CLASS in element.get("class", "").split()
    )
    names = sorted({text for text in texts if len(text) > 1 and any(map(is_han, text))}, key=lambda text: -len(text))
    return re.compile("|".join(map(re.escape, names))) if names else None


def _mark(element: Element, language: str, in_name_column: bool, names: re.Pattern[str] | None) -> None:
    """Put the spans into Chinese text that the layout acts on."""
    if _is_untouched(element):
        return
    classes = element.get("class", "").split()
    in_name_column = in_name_column or NAME_COLUMN_CLASS in classes
    chinese = _is_chinese(language)
    if NAME_CLASS in classes:
        if chinese and in_name_column and _is_two_han(element):
            _spread(element)
        return
    for child in list(element):
        _mark(child, child.get("lang") or language, in_name_column, names)
        if chinese and names is not None and child.tail:
            _wrap_names(element, child, names)
    if chinese and names is not None and element.text:
        _wrap_names(element, None, names)


def _is_two_han(element: Element) -> bool:
    text = (element.text or "").strip()
    return not len(element) and len(text) == 2 and all(is_han(character) for character in text)


def _spread(element: Element) -> None:
    """刘洁 takes the width of three characters: the layout puts a character of space after the first."""
    span = ElementTree.SubElement(element, "span", {"class": SPREAD_CLASS})
    span.text, element.text = (element.text or "").strip(), None


def _wrap_names(parent: Element, after: Element | None, names: re.Pattern[str]) -> None:
    """Wrap the names in `parent`'s text, or in the tail of its child `after`, so that the layout keeps them whole."""
    text = (parent.text if after is None else after.tail) or ""
    found = list(names.finditer(text))
    if not found or found[0][0] == text.strip():
        return
    head = text[: found[0].start()]
    if after is None:
        parent.text = head
        position = 0
    else:
        after.tail = head
        position = list(parent).index(after) + 1
    ends = [match.start() for match in found[1:]] + [len(text)]
    for number, (match, end) in enumerate(zip(found, ends, strict=True)):
        span = ElementTree.Element("span", {"class": KEPT_NAME_CLASS})
        span.text, span.tail = match[0], text[match.end() : end]
        parent.insert(position + number, span)
