"""The document's body and its notes: paragraphs, tables, contents and sections from the document's blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from huikan.render.docx.bookmarks import anchor_bookmark
from huikan.render.docx.drawing import page_picture
from huikan.render.docx.furniture import THEME_STYLE, Section, SectionWriter
from huikan.render.docx.inlines import plain_text
from huikan.render.docx.model import (
    SECTION_END,
    TABLE_END,
    Block,
    Columns,
    Footnote,
    PageStart,
    Paragraph,
    Picture,
    Row,
    Table,
    flattened,
    needs_section_end,
    needs_table_end,
)
from huikan.render.docx.numbering import HANGING, left_indent
from huikan.render.docx.ooxml import Xml, field_begin, field_end, part_content, text, twips, w
from huikan.render.docx.pagination import Layout
from huikan.render.docx.runs import RunWriter
from huikan.render.docx.style_table import indent_of
from huikan.render.docx.styles import style_id
from huikan.render.tokens import Tokens

_END_OF_PROPERTIES = "</w:pPr>"
_DAY_STYLE = "Programme Day"
_CONTENTS = r'TOC \o "1-2" \h \z \u'
_CONTENTS_WITH_THEMES = rf'{_CONTENTS} \t "{THEME_STYLE},3" \n 3-3'
"""Themes below their headings, without a page of their own."""


class BodyWriter:
    """Writes blocks; `cover` is the relationship of the picture behind the cover, if there is one."""

    def __init__(
        self, runs: RunWriter, sections: SectionWriter, tokens: Tokens, layout: Layout, cover: str = ""
    ) -> None:
        self._body: list[Xml] = []
        self._runs = runs
        self._sections = sections
        self._tokens = tokens
        self._pages = layout.pages.pages
        self._breaks = layout.breaks
        self._column_breaks = layout.column_breaks
        self._kept_rows = layout.kept_rows
        self._let_go = layout.let_go
        self._lowered = layout.lowered
        self._cover = cover
        self._contents = _CONTENTS
        self._breaks_page = False
        self._covers = False
        self._above: float | None = None
        self._breaks_column = False

    def write(self, blocks: Sequence[Block]) -> Xml:
        """The body, with the document's blocks and the last section's properties."""
        contents = [block for block in blocks if isinstance(block, Paragraph) and block.contents_target]
        if any(isinstance(block, Paragraph) and block.style == THEME_STYLE for block in blocks):
            self._contents = _CONTENTS_WITH_THEMES
        section = Section()
        previous: Block | None = None
        for place, block in enumerate(blocks):
            if isinstance(block, PageStart):
                if previous is not None and (block.running or section.running):
                    self._end_section(section, previous)
                elif previous is not None:
                    self._breaks_page = True
                if block.running or section.running:
                    section = _section(block, blocks[place + 1 :])
                self._covers = bool(self._cover) and "cover" in block.name.split()
            elif isinstance(block, Columns):
                if previous is not None:
                    self._end_section(section, previous)
                section = replace(section, columns=block.count, goes_on=previous is not None)
            elif isinstance(block, Table):
                if isinstance(previous, Table) or self._breaks_page:
                    self._body.append(self._paragraph(SECTION_END))
                self._body.append(self._table(block, self._kept_rows.get(place, frozenset())))
            else:
                self._breaks_page = self._breaks_page or place in self._breaks
                self._breaks_column = place in self._column_breaks
                begins_column = self._breaks_column or isinstance(previous, Columns)
                self._above = 0.0 if place in self._breaks or begins_column else self._lowered.get(place)
                block = replace(block, keep_next=False) if place in self._let_go else block
                first = bool(contents) and block is contents[0]
                if isinstance(previous, Table) and needs_table_end(previous, block):
                    self._body.append(self._paragraph(TABLE_END))
                self._body.append(self._paragraph(block, first, bool(contents) and block is contents[-1]))
            previous = block
        if previous is None or needs_section_end(previous):
            self._body.append(self._paragraph(SECTION_END))
        return w("body", *self._body, self._sections.properties(section, self._pages))

    def _end_section(self, section: Section, previous: Block) -> None:
        if needs_section_end(previous):
            self._body.append(self._paragraph(SECTION_END))
        # a paragraph begins with its own properties, and with those of the section that it ends
        own, end, content = self._body[-1].partition(_END_OF_PROPERTIES)
        self._body[-1] = Xml(own + self._sections.properties(section, self._pages) + end + content)

    def _paragraph(self, paragraph: Paragraph, first_line: bool = False, last_line: bool = False) -> Xml:
        behind = []
        if self._covers:
            length = self._tokens.length
            size = length("page-width"), length("page-height")
            behind = [page_picture(self._cover, next(self._runs.numbers.drawings), *size)]
            self._covers = False
        runs = self._runs.runs(paragraph.inlines)
        if paragraph.contents_target:
            runs = self._contents_line(paragraph, runs)
            runs = [*field_begin(self._contents), *runs] if first_line else runs
            runs = [*runs, field_end()] if last_line else runs
        for anchor in reversed(paragraph.anchors):
            runs = self._runs.bookmarked(anchor_bookmark(anchor), runs)
        if self._breaks_column:
            behind = [w("r", w("br", type="column")), *behind]
            self._breaks_column = False
        return w("p", self._paragraph_properties(paragraph), *behind, *runs)

    def _contents_line(self, paragraph: Paragraph, runs: list[Xml]) -> list[Xml]:
        number = self._runs.page_reference(paragraph.contents_target)
        anchor = anchor_bookmark(paragraph.contents_target)
        return [w("hyperlink", *runs, w("r", w("tab")), *number, anchor=anchor, history=1)]

    def _paragraph_properties(self, paragraph: Paragraph) -> Xml:
        numbering = paragraph.numbering
        breaks, self._breaks_page = self._breaks_page, False
        above, self._above = self._above, None
        tall = _holds_picture(paragraph) and paragraph.style not in {"Portrait", "Figure"}
        spacing: dict[str, str | int] = {}
        if tall:
            spacing = {"line": 240, "lineRule": "auto"}
        elif above is not None:
            spacing = {"before": twips(above)}
        if paragraph.lines_after is not None:
            spacing["after"] = twips(paragraph.lines_after * self._tokens.length("line"))
        level = None if numbering is None else w("ilvl", val=numbering.level)
        instance = None if numbering is None else w("numId", val=numbering.instance)
        return w(
            "pPr",
            w("pStyle", val=style_id(paragraph.style)),
            w("keepNext") if paragraph.keep_next else None,
            w("pageBreakBefore") if breaks else None,
            w("numPr", level, instance) if numbering is not None else None,
            w("spacing", **spacing) if spacing else None,
            self._indent(paragraph),
        )

    def _indent(self, paragraph: Paragraph) -> Xml | None:
        """What the paragraph's style or its list does not say."""
        size, numbering = self._tokens.length("size-body"), paragraph.numbering
        said: dict[str, int] = {}
        left = left_indent(paragraph)
        if numbering is None and left != indent_of(paragraph.style):
            said = {"left": twips(left * size)}
        elif numbering is not None and left != (numbering.level + 1) * HANGING:
            said = {"left": twips(left * size), "hanging": twips(HANGING * size)}
        if paragraph.style == "Body Text" and _begins_with_picture(paragraph):
            said |= {"firstLineChars": 0, "firstLine": 0}
        return w("ind", **said) if said else None

    def _table(self, table: Table, kept: frozenset[int]) -> Xml:
        width, headed = sum(table.columns), table.rows[0].header
        return w(
            "tbl",
            w(
                "tblPr",
                w("tblStyle", val=style_id(table.style)),
                w("tblW", w=twips(width), type="dxa"),
                w("tblInd", w=twips(table.indent), type="dxa") if table.indent else None,
                w("tblLayout", type="fixed"),
                w(
                    "tblLook",
                    val="0620" if headed else "0600",
                    firstRow=int(headed),
                    lastRow=0,
                    firstColumn=0,
                    lastColumn=0,
                    noHBand=1,
                    noVBand=1,
                ),
            ),
            w("tblGrid", *(w("gridCol", w=twips(column)) for column in table.columns)),
            *(self._row(row, table, number in kept) for number, row in enumerate(table.rows)),
        )

    def _row(self, row: Row, table: Table, keep_next: bool) -> Xml:
        cells, place = [], 0
        for cell in row.cells:
            width = sum(table.columns[place : place + cell.span])
            place += cell.span
            properties = w(
                "tcPr", w("tcW", w=twips(width), type="dxa"), w("gridSpan", val=cell.span) if cell.span > 1 else None
            )
            paragraphs = [replace(item, keep_next=item.keep_next or keep_next) for item in cell.paragraphs]
            cells.append(w("tc", properties, *(self._paragraph(paragraph) for paragraph in paragraphs)))
        return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if row.header else None), *cells)


def footnotes_content(notes: Iterable[Footnote], runs: RunWriter) -> bytes:
    """footnotes.xml: the notes, after the two separators that Word expects."""
    made = []
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        line = w("p", w("pPr", w("pStyle", val="FootnoteText")), w("r", w(kind)))
        made.append(w("footnote", line, type=kind, id=number))
    for note in notes:
        mark = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
        properties = w("pPr", w("pStyle", val="FootnoteText"))
        made.append(
            w("footnote", w("p", properties, mark, w("r", text(" ")), *runs.runs(note.inlines)), id=note.number)
        )
    return part_content("footnotes", made)


def _section(start: PageStart, following: Sequence[Block]) -> Section:
    """The section that begins there; the head of a programme of several days names the day."""
    within = takewhile(lambda block: not isinstance(block, PageStart), following)
    day = next((each for each in within if isinstance(each, Paragraph) and each.style == _DAY_STYLE), None)
    if day is not None:
        return Section(plain_text(day.inlines), _DAY_STYLE)
    heads = [block for block in following[:2] if isinstance(block, Paragraph)]
    style = heads[0].style if heads else ""
    theme = plain_text(heads[1].inlines) if len(heads) > 1 and heads[1].style == THEME_STYLE else ""
    theme = theme if start.running.endswith(theme) else ""
    return Section(start.running, style if style in {"Heading 1", "TOC Heading"} else "Heading 1", theme)


def _begins_with_picture(paragraph: Paragraph) -> bool:
    return isinstance(next(flattened(paragraph.inlines), None), Picture)


def _holds_picture(paragraph: Paragraph) -> bool:
    return any(isinstance(inline, Picture) for inline in paragraph.inlines)
