"""The blocks of a Markdown text with the place of every printed character in it, so that one can be changed alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from huikan.content.markdown import line_starts, parser
from huikan.render.docx.model import leads_outside
from huikan.render.docx.sent import NOTE, PICTURE, with_link
from huikan.review.rich import Rich

_ITEM = re.compile(r"(?P<indent>[ \t>]*)(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)")
_NUMBER = re.compile(r"\d+")
_NOTE_REFERENCE = re.compile(r"\[\^[^\]\s]+\]")


class UnwritableError(Exception):
    """An edit that Markdown, or its place in it, cannot express; the message says why."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed character and the stretch of the block's Markdown that makes it; `link` is a link's two raw ends."""

    letter: str
    look: str
    start: int
    end: int
    link: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class TableLines:
    """The lines of a table from `start` to before `end`, and how many columns its head has."""

    start: int
    end: int
    columns: int


NO_TABLE = TableLines(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block. `content` is its inline Markdown; it stands in the source from `start` to before `end`.

    `prefix` stands before every further line of it; `lines` are the lines of the block, `item` those of the outermost
    list item or quotation that holds nothing else, `marker` what begins a new item beside it.
    """

    kind: str
    content: str
    start: int
    end: int
    prefix: str
    lines: tuple[int, int]
    item: tuple[int, int]
    marker: str
    printed: tuple[Printed, ...]
    depth: int = 0
    """How many lists it stands in."""
    table: TableLines = NO_TABLE

    @property
    def rich(self) -> Rich:
        """The printed characters with their looks."""
        return tuple((each.letter, each.look) for each in self.printed)

    @property
    def is_numbered(self) -> bool:
        """Whether its marker is a number."""
        return self.marker.strip(" \t>")[:1].isdigit()

    @property
    def next_marker(self) -> str:
        """What begins the item below it: numbers count on."""
        return next_marker(self.marker)


def next_marker(marker: str) -> str:
    """What begins the item below one with that marker."""
    return _NUMBER.sub(lambda found: str(int(found[0]) + 1), marker, count=1)


@cache
def _markdown() -> MarkdownIt:
    return parser().disable("text_join")


@dataclass(slots=True)
class Blocks:
    """The leaves of a text, and its notes by number."""

    leaves: list[Leaf] = field(default_factory=list)
    notes: dict[int, list[Leaf]] = field(default_factory=dict)


def blocks_of(source: str) -> Blocks:
    """The blocks that carry fields, in the order of their numbers.

    Raises UnwritableError when a block's place cannot be told.
    """
    tokens = _markdown().parse(source)
    starts = line_starts(source)
    made = Blocks()
    note: list[Leaf] | None = None
    containers: list[Token] = []
    counts = _leaf_counts(tokens)
    cells = 0
    cell_line = -1
    table = NO_TABLE
    for number, token in enumerate(tokens):
        if token.type == "footnote_open":
            note = made.notes.setdefault(token.meta["id"] + 1, [])
        elif token.type == "footnote_close":
            note = None
        elif token.type == "table_open" and token.map:
            rest = tokens[number:]
            head = next(place for place, each in enumerate(rest) if each.type == "thead_close")
            columns = sum(each.type == "th_open" for each in rest[:head])
            table = TableLines(token.map[0], token.map[1], columns)
        elif token.type in {"list_item_open", "blockquote_open"}:
            containers.append(token)
        elif token.type in {"list_item_close", "blockquote_close"}:
            containers.pop()
        elif token.type == "inline":
            opener = tokens[number - 1]
            lines = token.map or opener.map
            if lines is None:
                lines = _row_of(tokens, number)
            if lines is None:
                continue
            if opener.type == "heading_open" and opener.map:
                lines = opener.map  # with the line below it that makes it a heading
            kind = "cell" if opener.type in {"td_open", "th_open"} else opener.type.removesuffix("_open")
            if kind == "cell" and cell_line != lines[0]:
                cells, cell_line = starts[lines[0]], lines[0]
            searched = cells if kind == "cell" else starts[lines[0]]
            leaf = _leaf(source, starts, token, kind, (lines[0], lines[1]), searched, containers, counts)
            if kind == "cell":
                cells, leaf = max(cells, leaf.end), replace(leaf, table=table)
            (made.leaves if note is None else note).append(leaf)
    return made


def _row_of(tokens: Sequence[Token], number: int) -> list[int] | None:
    return next((token.map for token in reversed(tokens[:number]) if token.type == "tr_open" and token.map), None)


def _leaf_counts(tokens: Sequence[Token]) -> dict[int, int]:
    """By the identity of a container's opening token, how many blocks it holds."""
    counts: dict[int, int] = {}
    open_tokens: list[int] = []
    for token in tokens:
        if token.type in {"list_item_open", "blockquote_open"}:
            open_tokens.append(id(token))
        elif token.type in {"list_item_close", "blockquote_close"}:
            open_tokens.pop()
        elif token.type in {"inline", "fence", "code_block", "hr"}:
            for opened in open_tokens:
                counts[opened] = counts.get(opened, 0) + 1
    return counts


def _leaf(
    source: str,
    starts: Sequence[int],
    inline: Token,
    kind: str,
    lines: tuple[int, int],
    searched: int,
    containers: Sequence[Token],
    counts: dict[int, int],
) -> Leaf:
    content = inline.content
    written = content.split("\n")
    places: list[int] = []
    end = searched
    for offset, line in enumerate(written):
        begin = starts[min(lines[0] + offset, len(starts) - 2)] if offset else searched
        stop = starts[min(lines[0] + offset + 1, len(starts) - 1)] - 1
        wanted = line.replace("|", r"\|") if kind == "cell" else line
        place = source.find(wanted, begin, stop) if kind != "paragraph" else source.rfind(wanted, begin, stop)
        if place < 0:
            raise UnwritableError("its place in the Markdown cannot be told")
        places.append(place)
        end = place + len(wanted)
    prefix = ""
    if kind == "paragraph":
        if len(places) > 1:
            prefix = source[starts[lines[0] + 1] : places[1]]
        else:
            before = source[starts[lines[0]] : places[0]]
            prefix = "".join(letter if letter in "> \t" else " " for letter in before)
    item = lines
    marker = ""
    for container in reversed(containers):
        if container.map and counts.get(id(container)) == 1:
            item = (container.map[0], container.map[1])
    if containers and containers[-1].type == "list_item_open" and containers[-1].map:
        found = _ITEM.match(source, starts[containers[-1].map[0]])
        marker = found[0] if found else ""
    return Leaf(
        kind,
        content,
        places[0],
        end,
        prefix,
        lines,
        item,
        marker,
        tuple(_printed(inline.children or [], content)),
        sum(container.type == "list_item_open" for container in containers),
    )


def _printed(children: Sequence[Token], content: str) -> Iterator[Printed]:
    place = 0
    look: list[str] = []
    links: list[tuple[str, str]] = []
    addresses: list[str] = []
    for number, token in enumerate(children):
        address = addresses[-1] if addresses else ""
        style = with_link("".join(letter for letter in "se" if letter in look), address)
        link = links[-1] if links else ("", "")
        if token.type in {"text", "text_special"}:
            raw = token.markup if token.type == "text_special" else token.content
            start = _find(content, raw, place)
            if token.type == "text_special":
                yield from (Printed(letter, style, start, start + len(raw), link) for letter in token.content)
            else:
                yield from (Printed(c, style, start + i, start + i + 1, link) for i, c in enumerate(raw))
            place = start + len(raw)
        elif token.type in {"strong_open", "em_open", "strong_close", "em_close"}:
            letter = "s" if token.type.startswith("strong") else "e"
            place = _find(content, token.markup, place) + len(token.markup)
            if token.nesting > 0:
                look.append(letter)
            else:
                look.reverse()
                look.remove(letter)
                look.reverse()
        elif token.type == "code_inline":
            place = _find(content, token.markup, place) + len(token.markup)
            start = content.find(token.content, place)
            if start < 0:
                raise UnwritableError("its code spans lines")
            coded = with_link(f"{style.partition('@')[0]}c", address)
            yield from (Printed(c, coded, start + i, start + i + 1, link) for i, c in enumerate(token.content))
            place = _find(content, token.markup, start + len(token.content)) + len(token.markup)
        elif token.type == "link_open":
            opening = "<" if token.markup == "autolink" else "["
            place = _find(content, opening, place) + 1
            links.append((opening, _link_end(children, number, content, place)))
            target = str(token.attrs.get("href", ""))
            addresses.append(target if leads_outside(target) else "")
        elif token.type == "link_close":
            _, closing = links.pop()
            addresses.pop()
            place = _find(content, closing, place) + len(closing)
        elif token.type == "softbreak":
            start = _find(content, "\n", place)
            yield Printed(" ", with_link("", address), start, start + 1, link)
            place = start + 1
        elif token.type == "hardbreak":
            start = _find(content, "\n", place)
            begin = start - 1 if start and content[start - 1] == "\\" else start
            yield Printed("\n", "", begin, start + 1, link)
            place = start + 1
        elif token.type == "footnote_ref":
            found = _NOTE_REFERENCE.match(content, _find(content, "[^", place)) if "[^" in content[place:] else None
            if found is None:
                raise UnwritableError("its note is written in the line")
            yield Printed(NOTE, "", found.start(), found.end(), link)
            place = found.end()
        elif token.type == "image":
            start = _find(content, "![", place)
            end = _balanced(content, start + 1)
            yield Printed(PICTURE, "", start, end, link)
            place = end
        else:
            raise UnwritableError(f"it holds {token.type}")


def _find(content: str, wanted: str, place: int) -> int:
    found = content.find(wanted, place)
    if found < 0:
        raise UnwritableError("its place in the Markdown cannot be told")
    return found


def _link_end(children: Sequence[Token], number: int, content: str, place: int) -> str:
    """What ends a link in the source: `](address)`, `][name]`, `]` or `>`."""
    if children[number].markup == "autolink":
        return ">"
    end = _bracket(content, place - 1)
    if content[end : end + 1] == "(":
        return content[end - 1 : _balanced(content, place - 1)]
    if content[end : end + 1] == "[":
        return content[end - 1 : _bracket(content, end)]
    return "]"


def _bracket(content: str, start: int) -> int:
    """The index after the bracket that closes the one at `start`."""
    depth, place = 0, start
    while place < len(content):
        if content[place] == "\\":
            place += 1
        elif content[place] == "[":
            depth += 1
        elif content[place] == "]":
            depth -= 1
            if depth == 0:
                return place + 1
        place += 1
    raise UnwritableError("its brackets do not pair")


def _balanced(content: str, start: int) -> int:
    """The index after `[…](…)` whose bracket stands at `start`."""
    end = _bracket(content, start)
    if content[end : end + 1] != "(":
        return _bracket(content, end) if content[end : end + 1] == "[" else end
    helper = _markdown().helpers
    place = end + 1
    while place < len(content) and content[place] in " \n":
        place += 1
    place = helper.parseLinkDestination(content, place, len(content)).pos
    while place < len(content) and content[place] in " \n":
        place += 1
    if content[place : place + 1] != ")":
        place = helper.parseLinkTitle(content, place, len(content)).pos
    closing = content.find(")", place)
    if closing < 0:
        raise UnwritableError("its link does not end")
    return closing + 1
