"""Characters with their looks written as Markdown: emphasis, code, links, and escapes where CommonMark needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huikan.render.docx.sent import NOTE, PICTURE, split_look
from huikan.review.markdown_leaves import Printed, UnwritableError
from huikan.review.rich import settled

_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|&(?=#?[0-9A-Za-z]+;)|!(?=\[)")
_AT_START = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-+\s*$|~~~|\d{1,9}(?=[.)](?:\s|$)))")
_DELIMITERS = {"s": "**", "e": "*"}
_AUTOLINK = ("<", ">")
_NO_LINK = ("", "")
_DESTINATION = re.compile(r"\]\((<[^<>\n]*>|[^\s()]*)")

Letter = tuple[str, str, Printed | None]
"""A character, its look, and the printed one that it was; None for a new one."""


def serialised(letters: Sequence[Letter], content: str = "", *, careful: bool) -> str:
    """The Markdown of one block; `content` is what it was, from which notes and pictures are taken.

    Raises UnwritableError for a note or a picture that is new.
    """
    made: list[str] = []
    open_looks: list[str] = []
    link = _NO_LINK
    letters = list(_settled(letters))
    for (letter, look, origin), new_link in zip(letters, _link_ends(letters, content), strict=True):
        own, _ = split_look(look)
        wanted_looks = [each for each in "se" if each in own]
        if new_link != link or wanted_looks != open_looks:
            keep = 0
            while keep < min(len(open_looks), len(wanted_looks)) and open_looks[keep] == wanted_looks[keep]:
                keep += 1
            keep = 0 if new_link != link else keep
            made += [_DELIMITERS[each] for each in reversed(open_looks[keep:])]
            if new_link != link:
                made += [link[1], new_link[0]]
            made += [_DELIMITERS[each] for each in wanted_looks[keep:]]
            open_looks, link = wanted_looks, new_link
        if letter == NOTE and look.startswith("^"):
            made.append(f"[{look}]")
        elif letter in {NOTE, PICTURE}:
            if origin is None:
                raise UnwritableError("a new note or picture must be written by hand")
            made.append(content[origin.start : origin.end])
        elif "c" in own:
            made.append("\0" + letter)
        elif letter == "\n" or link == _AUTOLINK:
            made.append(letter)
        else:
            made.append("\1" + letter)
    made += [_DELIMITERS[each] for each in reversed(open_looks)]
    made.append(link[1])
    return _assembled(made, careful=careful)


def _link_ends(letters: Sequence[Letter], content: str) -> list[tuple[str, str]]:
    """By character, what opens and closes the link that it stands in, in Markdown."""
    made: list[tuple[str, str]] = []
    for number, (_, look, origin) in enumerate(letters):
        address = split_look(look)[1]
        last = made[-1] if made else _NO_LINK
        if origin is not None:
            ends = _kept_ends(origin, address)
        elif not address:
            ends = last if _same_link_follows(letters, number, last) else _NO_LINK
        elif number and split_look(letters[number - 1][1])[1] == address:
            ends = last
        else:
            following = next((each for _, _, each in letters[number:] if each is not None), None)
            ends = _kept_ends(following, address) if following is not None else _new_ends(address)
        made.append(ends)
    for start, end in _stretches(made, _AUTOLINK):
        words = "".join(letter for letter, _, _ in letters[start:end])
        origins = [origin for _, _, origin in letters[start:end] if origin is not None]
        if len(origins) != end - start or content[origins[0].start - 1 : origins[-1].end + 1] != f"<{words}>":
            made[start:end] = [_new_ends(split_look(letters[start][1])[1])] * (end - start)
    return made


def _stretches(ends: Sequence[tuple[str, str]], wanted: tuple[str, str]) -> Iterator[tuple[int, int]]:
    start = -1
    for number, each in enumerate([*ends, _NO_LINK]):
        if each == wanted and start < 0:
            start = number
        elif each != wanted and start >= 0:
            yield start, number
            start = -1


def _kept_ends(origin: Printed, address: str) -> tuple[str, str]:
    """The ends of the link that a character stood in, if it leads to the same address, or with the new one in them."""
    opening, closing = origin.link
    if split_look(origin.look)[1] == address:
        return origin.link
    if not address:
        return _NO_LINK
    if opening == "[" and _DESTINATION.match(closing):
        return opening, _DESTINATION.sub(lambda _: f"]({_destination(address)}", closing, count=1)
    return _new_ends(address)


def _new_ends(address: str) -> tuple[str, str]:
    return "[", f"]({_destination(address)})"


def _destination(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _settled(letters: Sequence[Letter]) -> Iterator[Letter]:
    looks = settled(tuple((letter, look) for letter, look, _ in letters))
    for (letter, look), (_, _, origin) in zip(looks, letters, strict=True):
        yield letter, look, origin


def _same_link_follows(letters: Sequence[Letter], number: int, link: tuple[str, str]) -> bool:
    following = next((origin for _, _, origin in letters[number:] if origin is not None), None)
    return link != _NO_LINK and following is not None and following.link == link


def _assembled(parts: Sequence[str], *, careful: bool) -> str:
    """Delimiters as they are, code between ticks, words escaped; `careful` writes letters beside delimiters as
    entities, without which CommonMark (§6.2) does not see emphasis that ends in Chinese punctuation."""
    made: list[str] = []
    words = ""
    code = ""

    def end_words(before_delimiter: bool) -> None:
        nonlocal words, code
        if code:
            ticks = "``" if "`" in code else "`"
            pad = " " if code[0] == "`" or code[-1] == "`" else ""
            made.append(ticks + pad + code + pad + ticks)
            code = ""
        if words:
            after_delimiter = bool(made) and made[-1][-1:] == "*"
            text = words
            head = tail = ""
            if careful and after_delimiter and not text[0].isspace():
                head, text = f"&#{ord(text[0])};", text[1:]
            if careful and before_delimiter and text and not text[-1].isspace():
                tail, text = f"&#{ord(text[-1])};", text[:-1]
            made.append(head + escaped(text) + tail)
            words = ""

    for part in parts:
        if part.startswith("\1"):
            if code:
                end_words(False)
            words += part[1:]
        elif part.startswith("\0"):
            if words:
                end_words(False)
            code += part[1:]
        elif part == "\n":
            end_words(False)
            made.append("\\\n")
        elif part:
            end_words(part in _DELIMITERS.values())
            made.append(part)
    end_words(False)
    text = "".join(made)
    return _AT_START.sub(lambda found: _guarded(found[0]), text, count=1) if _AT_START.match(text) else text


def _guarded(start: str) -> str:
    return start + "\\" if start[0].isdigit() else "\\" + start


def escaped(text: str) -> str:
    """Words of which Markdown makes nothing but words."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)
