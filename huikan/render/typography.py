"""Text made ready for typesetting, on the parsed HTML tree: typed spaces taken out, marks the layout acts on put in.

What needs the line breaks or the glyphs' widths is done later, by `huikan.render.layout`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_BETWEEN_BLOCKS = "\n"
"""What templates have between elements; where a line begins it may stay."""
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
    chinese = _is_chinese(root.get("lang") or language)
    run: list[_Slot] = []
    _normalise_within(root, chinese, untouched=False, run=run)
    _normalise(run)
    _mark(root, chinese, in_name_column=False, names=_names_in(root))


_Slot = tuple["Element", bool, bool]
"""A piece of text in the tree: an element, whether it is the element's tail, and whether blanks go from it."""


def _is_chinese(language: str) -> bool:
    return language.lower().split("-")[0] == "zh"


def _is_untouched(element: Element) -> bool:
    tag = element.tag
    return tag in UNTOUCHED_TAGS or not isinstance(tag, str) or element.get("data-typeset") == "off"


def _normalise_within(element: Element, chinese: bool, untouched: bool, run: list[_Slot]) -> None:
    """Normalise the text in `element`; what it begins with belongs to `run`, and `run` holds what goes on behind it.

    A run ends before and after an element that cannot stand on a line with others.
    """
    changes = chinese and not untouched
    text = element.text
    if text and (run or text != _BETWEEN_BLOCKS) and isinstance(element.tag, str):
        run.append((element, False, changes))
    for child in element:
        tag, tail = child.tag, child.tail
        is_block = tag not in INLINE_TAGS and isinstance(tag, str)
        if run and is_block:
            _normalise(run)
        if child.text or len(child):
            language = child.get("lang")
            within = _is_chinese(language) if language else chinese
            _normalise_within(child, within, untouched or _is_untouched(child), run)
            if run and is_block:
                _normalise(run)
        if tail and (run or tail != _BETWEEN_BLOCKS):
            run.append((child, True, changes))


def _normalise(run: list[_Slot]) -> None:
    """Take superfluous blanks out of a run of text that may cross element boundaries, and end it."""
    texts = [(element.tail if is_tail else element.text) or "" for element, is_tail, _ in run]
    whole = texts[0] if len(texts) == 1 else "".join(texts)
    if _BLANKS.search(whole) and not whole.isspace():
        superfluous = (blank for blank in _BLANKS.finditer(whole) if not _is_kept(whole, blank))
        dropped = {index for blank in superfluous for index in range(*blank.span())}
        if dropped:
            _drop(dropped, run, texts)
    run.clear()


def _drop(dropped: set[int], run: Sequence[_Slot], texts: Sequence[str]) -> None:
    """Leave out the characters of a run at those places, where it may be changed."""
    start = 0
    for (element, is_tail, changes), text in zip(run, texts, strict=True):
        if changes:
            kept = "".join(character for index, character in enumerate(text, start) if index not in dropped)
            if is_tail:
                element.tail = kept
            else:
                element.text = kept
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
    names = {text for text in texts if len(text) > 1 and any(map(is_han, text))}
    by_surname: dict[str, list[str]] = {}  # few, so that few are tried where a character may begin a name
    for name in sorted(names, key=lambda text: (-len(text), text)):
        by_surname.setdefault(name[0], []).append(re.escape(name[1:]))
    if not by_surname:
        return None
    return re.compile("|".join(f"{re.escape(surname)}(?:{'|'.join(rest)})" for surname, rest in by_surname.items()))


def _mark(element: Element, chinese: bool, in_name_column: bool, names: re.Pattern[str] | None) -> None:
    """Put the spans into Chinese text that the layout acts on."""
    if _is_untouched(element):
        return
    classes = (element.get("class") or "").split()
    in_name_column = in_name_column or NAME_COLUMN_CLASS in classes
    if NAME_CLASS in classes:
        if chinese and in_name_column and _is_two_han(element):
            _spread(element)
        return
    own_names = names if chinese else None
    for child in list(element):
        if child.text or len(child):
            language = child.get("lang")
            _mark(child, _is_chinese(language) if language else chinese, in_name_column, names)
        if own_names and (tail := child.tail) and tail != _BETWEEN_BLOCKS:
            _wrap_names(element, child, tail, own_names)
    if own_names and (text := element.text) and text != _BETWEEN_BLOCKS:
        _wrap_names(element, None, text, own_names)


def _is_two_han(element: Element) -> bool:
    text = (element.text or "").strip()
    return not len(element) and len(text) == 2 and all(is_han(character) for character in text)


def _spread(element: Element) -> None:
    """刘洁 takes the width of three characters: the layout puts a character of space after the first."""
    span = ElementTree.SubElement(element, "span", {"class": SPREAD_CLASS})
    span.text, element.text = (element.text or "").strip(), None


def _wrap_names(parent: Element, after: Element | None, text: str, names: re.Pattern[str]) -> None:
    """Wrap the names in `parent`'s text, or in the tail of its child `after`, so that the layout keeps them whole."""
    first = names.search(text)
    if first is None or first[0] == text.strip():
        return
    head = text[: first.start()]
    if after is None:
        parent.text = head
        position = 0
    else:
        after.tail = head
        position = list(parent).index(after) + 1
    found = list(names.finditer(text, first.start()))
    ends = [match.start() for match in found[1:]] + [len(text)]
    for number, (match, end) in enumerate(zip(found, ends, strict=True)):
        span = ElementTree.Element("span", {"class": KEPT_NAME_CLASS})
        span.text, span.tail = match[0], text[match.end() : end]
        parent.insert(position + number, span)
