"""The semantic tree to the blocks of a Word document, by the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from huikan.finding import ContentError, Finding, Severity
from huikan.render.docx import pictures
from huikan.render.docx.inlines import InlineReader, Ledger, Look, Rules, is_for_word, look_inside, plain_text
from huikan.render.docx.model import (
    Block,
    Columns,
    Inline,
    Link,
    ListInstance,
    Marked,
    Numbering,
    PageReference,
    PageStart,
    Paragraph,
    Picture,
    Table,
    WordDocument,
    flattened,
)
from huikan.render.docx.numbering import left_indent
from huikan.render.docx.part import elements_beside
from huikan.render.docx.tables import TableReader
from huikan.render.tokens import Tokens
from huikan.render.vocabulary import Kind, Rule, rules_of

_INLINE_KINDS = (
    Kind.INLINE,
    Kind.LINK,
    Kind.PAGE_REFERENCE,
    Kind.NUMBER,
    Kind.FOOTNOTE,
    Kind.LINE,
    Kind.LINE_BREAK,
)
_COLONS = ("：", ":")
_COLUMNS = 2
_ABOVE_A_PORTRAIT = {"Portrait", "Heading 2", "Approval", "Speaker Title"}
"""Styles above the caption of a speaker, who may have no picture."""
_TALLEST = 0.6
"""A figure takes at most this part of the text block's height."""


def read_document(
    root: Element,
    *,
    images: Callable[[str], Path],
    tokens: Tokens,
    language: str,
    only: frozenset[str] = frozenset(),
) -> WordDocument:
    """The blocks, lists and fields of the tree `root` (the `html` element); with `only`, of the elements of these ids.

    Raises ContentError for elements outside the vocabulary and for pictures that cannot be used.
    """
    rules = rules_of(root)
    reader = _Reader(images, tokens, rules, elements_beside(root, only, rules) if only else frozenset())
    reader.read_children(root, _Surroundings(Look(root.get("lang", language))))
    blocks = tuple(_captions_kept(reader.blocks))
    lost = sorted(_references(blocks) - _anchors(blocks))
    if lost:
        message = "a page reference leads nowhere: #"
        raise ContentError(Finding("HK096", Severity.ERROR, f"{message}{name}") for name in lost)
    return WordDocument(blocks, tuple(reader.lists), tuple(reader.ledger.fields), _event(root))


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What blocks inherit: the look of words, the list and its level, the style of loose words, the figure's."""

    look: Look
    style: str = "Body Text"
    list_number: int = 0
    list_level: int = -1
    quotes: int = 0
    figure: str = ""


class _Reader:
    """Appends blocks in document order."""

    def __init__(self, images: Callable[[str], Path], tokens: Tokens, rules: Rules, unseen: frozenset[Element]) -> None:
        self.blocks: list[Block] = []
        self.lists: list[ListInstance] = []
        self.ledger = Ledger()
        self._images = images
        self._tokens = tokens
        self._rules = rules
        self._unseen = unseen
        self._inlines = InlineReader(self.ledger, rules, self._figure)
        self._anchors: list[str] = []
        self._numbering: Numbering | None = None

    def read_children(self, element: Element, around: _Surroundings) -> None:
        """Read what stands in an element that is walked through; loose words become a paragraph."""
        self._inlines.add_text(element.text, around.look)
        for child in element:
            if isinstance(child.tag, str):
                rule = self._rules.get(child)
                if rule is not None and rule.kind in _INLINE_KINDS:
                    self._inlines.add_element(child, around.look)
                elif rule is not None:
                    self._end_loose_words(element, around)
                    if child in self._unseen:
                        self._read_unseen(child, rule, around)
                    else:
                        self._read_block(child, rule, around)
            self._inlines.add_text(child.tail, around.look)
        self._end_loose_words(element, around)

    def _read_unseen(self, element: Element, rule: Rule, around: _Surroundings) -> None:
        """Read a block and leave it out: the places of fields keep the numbers that they have in the whole."""
        blocks, anchors, self.blocks = self.blocks, self._anchors, []
        with self.ledger.unseen():
            self._read_block(element, rule, around)
        self.blocks, self._anchors = blocks, anchors

    def _end_loose_words(self, element: Element, around: _Surroundings) -> None:
        inlines = self._inlines.finish()
        if inlines:
            self._append(Paragraph(around.style, self.ledger.mark(element, inlines)), around)

    def _read_block(self, element: Element, rule: Rule, around: _Surroundings) -> None:
        if not is_for_word(element) or rule.kind is Kind.DECORATION or rule.kind is Kind.METADATA:
            return
        if element.get("id"):
            self._anchors.append(element.get("id", ""))
        inner, language = around, element.get("lang", around.look.language)
        if language != around.look.language:
            inner = replace(around, look=replace(around.look, language=language))
        if element.tag == "blockquote":
            inner = replace(inner, quotes=inner.quotes + 1)
        if rule.kind is Kind.PAGE:
            self._begin_page(element)
        if rule.kind is Kind.PARAGRAPH:
            self._read_paragraph(element, rule, around)
        elif rule.kind is Kind.TABLE:
            self._read_table(element, inner)
        elif rule.kind is Kind.PICTURE:
            self._append(
                Paragraph(around.figure or "Figure", (self._picture(element, around),), keep_next=True), around
            )
        elif rule.kind is Kind.RULE:
            self._append(Paragraph("Rule", ()), around)
        elif rule.kind is Kind.CONTENTS_LINE:
            self._read_contents_line(element, rule, inner)
        elif rule.kind is Kind.LIST:
            self._read_list(element, rule, inner)
        elif rule.kind is Kind.ITEM:
            self._numbering = Numbering(around.list_number, around.list_level)
            self.read_children(element, inner)
            self._numbering = None
        elif rule.kind is Kind.COLUMNS:
            self._read_columns(element, inner)
        elif rule.kind is Kind.FIGURE:
            self.read_children(element, replace(inner, figure=rule.style))
        else:
            self.read_children(element, inner)

    def _read_columns(self, element: Element, around: _Surroundings) -> None:
        place = len(self.blocks)
        self.read_children(element, around)
        if len(self.blocks) > place:
            self.blocks.insert(place, Columns(_COLUMNS))
            self.blocks.append(Columns(1))

    def _begin_page(self, element: Element) -> None:
        running = element.get("data-running") or _heading_of(element)
        if self.blocks and isinstance(self.blocks[-1], PageStart):
            self.blocks.pop()
        self.blocks.append(PageStart(element.get("class", ""), running, bare=not running))

    def _read_paragraph(self, element: Element, rule: Rule, around: _Surroundings) -> None:
        # A page reference may mean a name within the paragraph: a host who has no entry of their own
        self._anchors += [name for inline in list(element.iter())[1:] if (name := inline.get("id"))]
        look, style = look_inside(element, rule, around.look), rule.style
        self._inlines.add_text(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                inner = self._rules.get(child)
                if inner is not None and inner.kind is Kind.PARAGRAPH and (above := self._inlines.finish()):
                    self._append(Paragraph(style, above, lines_after=0.0), around)
                    style = inner.style
                self._inlines.add_element(child, look)
            self._inlines.add_text(child.tail, look)
        inlines = self.ledger.mark(element, self._inlines.finish())
        if inlines:
            self._append(Paragraph(style, inlines), around)

    def _read_list(self, element: Element, rule: Rule, around: _Surroundings) -> None:
        start = element.get("start", "1")
        self.lists.append(ListInstance(rule.style, int(start) if start.isdecimal() else 1))
        level = min(around.list_level + 1, 8)
        inner = replace(around, style=rule.style, list_number=len(self.lists), list_level=level)
        self.read_children(element, inner)

    def _read_contents_line(self, element: Element, rule: Rule, around: _Surroundings) -> None:
        self._inlines.add_text(element.text, around.look)
        for child in element:
            if self._rules[child].kind is not Kind.CONTENTS:
                self._inlines.add_element(child, around.look)
        inlines = self._inlines.finish()
        target = next((part.target for part in inlines if isinstance(part, Link)), "").removeprefix("#")
        words = tuple(inner for part in inlines for inner in (part.inlines if isinstance(part, Link) else (part,)))
        if words:
            self._append(Paragraph(rule.style, words, contents_target=target), around)
        for child in element:
            if self._rules[child].kind is Kind.CONTENTS:
                self.read_children(child, around)

    def _read_table(self, element: Element, around: _Surroundings) -> None:
        anchors, self._anchors = tuple(self._anchors), []
        reader = TableReader(self._inlines, self.ledger, self._tokens, self._rules, self._unseen)
        table = reader.read(element, around.look, anchors)
        if table.rows:
            self.blocks.append(replace(table, keep_next=bool(around.figure)))
        self._numbering = None

    def _append(self, paragraph: Paragraph, around: _Surroundings) -> None:
        style, numbering = paragraph.style, self._numbering
        if numbering is not None and style == "List Paragraph":
            style = self.lists[numbering.instance - 1].style
        complete = replace(
            paragraph,
            style=style,
            anchors=tuple(self._anchors),
            numbering=numbering,
            lists=around.list_level + 1,
            quotes=around.quotes,
        )
        left = left_indent(complete) * self._tokens.length("size-body")
        inlines = tuple(_narrowed(paragraph.inlines, self._tokens.length("measure") - left))
        self._anchors, self._numbering = [], None
        self.blocks.append(replace(complete, inlines=inlines))

    def _picture(self, element: Element, around: _Surroundings) -> Picture:
        if around.figure != "Portrait":
            return self._figure(element)
        size = self._tokens.length("photo-column"), self._tokens.length("photo-height")
        source = element.get("src", "")
        made = pictures.portrait(self._images(source), *size, element.get("alt", ""))
        return replace(made, source=unquote(source))

    def _figure(self, element: Element) -> Picture:
        length = self._tokens.length
        most = (length("page-height") - length("margin-top") - length("margin-bottom")) * _TALLEST
        source = element.get("src", "")
        made = pictures.figure(self._images(source), length("measure"), most, element.get("alt", ""))
        return replace(made, source=unquote(source))


def _narrowed(inlines: Iterable[Inline], width: float) -> Iterator[Inline]:
    """The same with pictures that are no wider than `width` pt."""
    for inline in inlines:
        if isinstance(inline, Picture) and inline.width > width:
            yield replace(inline, width=width, height=inline.height * width / inline.width)
        elif isinstance(inline, (Link, Marked)):
            yield replace(inline, inlines=tuple(_narrowed(inline.inlines, width)))
        else:
            yield inline


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            yield from (paragraph for row in block.rows for cell in row.cells for paragraph in cell.paragraphs)


def _anchors(blocks: Iterable[Block]) -> set[str]:
    return {anchor for paragraph in _paragraphs(blocks) for anchor in paragraph.anchors}


def _references(blocks: Iterable[Block]) -> set[str]:
    found: set[str] = set()
    for paragraph in _paragraphs(blocks):
        found |= {paragraph.contents_target} - {""}
        found |= {part.anchor for part in flattened(paragraph.inlines) if isinstance(part, PageReference)}
    return found


def _heading_of(section: Element) -> str:
    heading = section.find(".//h2")
    return "" if heading is None else " ".join("".join(heading.itertext()).split())


def _event(root: Element) -> str:
    """The words of the verso's head: the cover's series, or its title."""
    cover = next((part for part in root.iter("section") if "cover" in part.get("class", "").split()), None)
    if cover is None:
        return ""
    for tag, name in (("p", "series"), ("h1", "title")):
        for element in cover.iter(tag):
            if name in element.get("class", "").split():
                return " ".join("".join(element.itertext()).split())
    return ""


def _captions_kept(blocks: list[Block]) -> Iterator[Block]:
    """A portrait, its caption and the prose below stay together, or they alone; so do a list and what leads in."""
    portrait = False
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Paragraph) and block.style == "Caption":
            prose = isinstance(following, Paragraph) and not following.style.startswith("Heading")
            yield replace(block, keep_next=portrait and prose)
            portrait = False
        elif isinstance(block, Table):
            yield replace(block, keep_next=block.keep_next and _is_caption(following))
            portrait = False
        elif block == Columns(1) and (following is None or isinstance(following, PageStart)):
            continue  # a section of its own would hold nothing, and take a page where the columns are full
        else:
            if isinstance(block, Paragraph):
                portrait = block.style in _ABOVE_A_PORTRAIT
                if block.keep_next and not _is_caption(following):
                    block = replace(block, keep_next=False)
                if _leads_in(block, following):
                    block = replace(block, keep_next=True)
                if (space := _space_below(block, following)) is not None:
                    block = replace(block, lines_after=space)
            yield block


def _space_below(block: Paragraph, following: Block | None) -> float | None:
    """Lines of the grid below a paragraph where its style does not say: titles are one, a table has a rule above."""
    if block.style == "Body Text" and isinstance(following, Table) and following.style == "Data Table":
        return 0.5
    if block.style == "Speaker Title" and isinstance(following, Paragraph) and following.style == block.style:
        return 0.0
    return None


def _leads_in(block: Paragraph, following: Block | None) -> bool:
    """Whether a paragraph ends with a colon above a list or a table."""
    is_led = isinstance(following, Table) or (isinstance(following, Paragraph) and following.numbering is not None)
    return block.style == "Body Text" and is_led and plain_text(block.inlines).rstrip().endswith(_COLONS)


def _is_caption(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.style == "Caption"
