"""The Word styles, in the terms of the design tokens: what each is called, looks like and is followed by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Border:
    """A rule on one side: width and distance in pt, and the token of its colour."""

    side: str
    width: float
    space: float
    colour: str


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style. Sizes and lines are tokens or pt; lengths with a `_lines` suffix count lines of the grid.

    `face` is song, hei or kai; `latin` serif or sans. `indent` and `hanging` count body characters.
    """

    name: str
    based_on: str = "Normal"
    following: str = ""
    face: str = ""
    latin: str = ""
    size: str | float = 0.0
    line: str | float = 0.0
    bold: bool | None = None
    colour: str = ""
    before_lines: float | None = None
    after_lines: float | None = None
    align: str = ""
    first_line: bool | None = None
    indent: float | None = None
    hanging: float = 0.0
    tracking: float = 0.0
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False
    grid: bool | None = None
    shade: str = ""
    borders: tuple[Border, ...] = ()
    natural_line: bool = False
    shown: bool = True
    english_size: str | float = 0.0
    english_line: str | float = 0.0


P = ParagraphStyle

QUOTE_INDENT = 2.86
"""In body characters; each quotation within a quotation stands that much further in."""

PARAGRAPH_STYLES: tuple[ParagraphStyle, ...] = (
    P("Normal", "", face="song", latin="serif", size="size-body", line="line", colour="ink", align="left", grid=True),
    P("Body Text", align="both", first_line=True, after_lines=0),
    # Cover and front matter
    P(
        "Cover Series",
        face="hei",
        latin="sans",
        size="size-series",
        tracking=2.2,
        colour="gold",
        before_lines=3,
        keep_next=True,
        grid=False,
        shade="cover-blue",
    ),
    P(
        "Title",
        following="Cover Subtitle",
        face="song",
        size="size-cover",
        line="line-cover",
        bold=True,
        colour="cover-ink",
        before_lines=1.5,
        after_lines=1.5,
        tracking=1.5,
        grid=False,
        shade="cover-blue",
        english_size=18.5,
        english_line=28.0,
    ),
    P(
        "Cover Subtitle",
        size=20.0,
        line="line-heading",
        colour="cover-ink",
        tracking=2.4,
        grid=False,
        shade="cover-blue",
        english_size=16.0,
    ),
    P("Translated Title", colour="cover-quiet", before_lines=1, shade="cover-blue"),
    P("Cover Date", face="hei", latin="sans", colour="gold", before_lines=2, shade="cover-blue"),
    P("Cover Venue", face="hei", latin="sans", colour="gold", shade="cover-blue"),
    P("Series", face="hei", latin="sans", size=11.0, tracking=1.3, colour="vermilion", before_lines=3, keep_next=True),
    P(
        "Title Page Title",
        following="Subtitle",
        size=26.0,
        line="line-heading",
        bold=True,
        colour="blue",
        before_lines=1,
        after_lines=1,
        grid=False,
        english_size=18.5,
        english_line=28.0,
    ),
    P("Subtitle", size=14.0, line=27.0, tracking=1.0, colour="caption-ink", grid=False),
    P("Event Date", face="hei", latin="sans", colour="caption-ink", before_lines=2),
    P("Event Venue", face="hei", latin="sans", colour="caption-ink"),
    P(
        "Organiser Role",
        following="Organiser",
        face="hei",
        latin="sans",
        size="size-small",
        bold=True,
        colour="vermilion",
        before_lines=1,
        keep_next=True,
    ),
    P("Organiser", following="Organiser"),
    P(
        "Imprint Heading",
        face="hei",
        latin="sans",
        size="size-small",
        bold=True,
        colour="blue",
        before_lines=18,
        after_lines=0.5,
        keep_next=True,
        borders=(Border("top", 0.5, 8, "blue"),),
    ),
    P(
        "Imprint Label",
        following="Imprint Text",
        face="hei",
        latin="sans",
        size="size-small",
        colour="grey",
        keep_next=True,
    ),
    P("Imprint Text", size="size-small", colour="caption-ink", indent=2),
    # Headings
    P(
        "Heading 1",
        following="Body Text",
        size="size-heading",
        line="line-heading",
        bold=True,
        colour="blue",
        after_lines=1,
        outline=0,
        keep_next=True,
        keep_lines=True,
        grid=False,
        borders=(Border("top", 2.0, 16, "vermilion"),),
    ),
    P(
        "Session Theme",
        following="Body Text",
        face="hei",
        latin="sans",
        size=12.0,
        line="line",
        colour="grey",
        after_lines=1,
        keep_next=True,
        keep_lines=True,
        grid=False,
        english_line=16.0,
    ),
    P(
        "Heading 2",
        following="Speaker Title",
        size="size-speaker",
        line="line",
        bold=True,
        colour="blue",
        before_lines=2,
        outline=1,
        keep_next=True,
        keep_lines=True,
        grid=False,
    ),
    P(
        "Heading 3",
        following="Body Text",
        face="hei",
        latin="sans",
        size="size-subheading",
        bold=True,
        colour="blue",
        before_lines=0.5,
        after_lines=0.5,
        outline=2,
        keep_next=True,
        keep_lines=True,
    ),
    P("Heading 4", "Heading 3", following="Body Text", size="size-body", outline=3),
    P("Heading 5", "Heading 3", following="Body Text", size="size-body", colour="grey", outline=4),
    P("TOC Heading", "Heading 1", following="TOC 1", outline=9),
    P("TOC 1", face="hei", latin="sans", line=16.0, bold=True, colour="blue", before_lines=1 / 3, grid=False),
    P("TOC 2", line=14.5, indent=3, grid=False),
    P("TOC 3", line=14.5, colour="grey", grid=False),
    # Programme
    P(
        "Programme Day",
        following="Programme Session",
        face="hei",
        latin="sans",
        size="size-speaker",
        bold=True,
        colour="vermilion",
        before_lines=1,
        after_lines=0.5,
        grid=False,
        keep_next=True,
    ),
    P(
        "Programme Session",
        face="hei",
        latin="sans",
        size="size-subheading",
        bold=True,
        colour="blue",
        before_lines=1,
        keep_next=True,
        keep_lines=True,
        borders=(Border("top", 0.5, 8, "blue"),),
    ),
    P("Programme Place", size="size-small", colour="vermilion", face="hei", latin="sans", keep_next=True),
    P("Programme Hosts", size="size-small", after_lines=0.5, keep_next=True),
    # Tables
    P("Table Text", latin="serif"),
    P("Table Name", "Table Text", face="hei", latin="sans", bold=True),
    P("Table Head", "Table Text", face="hei", latin="sans", size="size-small", colour="grey", keep_next=True),
    P(
        "Table Group",
        "Table Text",
        face="hei",
        latin="sans",
        size="size-small",
        bold=True,
        colour="vermilion",
        before_lines=0.5,
        keep_next=True,
    ),
    P("Table Number", "Table Text", latin="sans", size="size-small", colour="grey", align="right"),
    # Summaries
    P(
        "Speaker Title",
        following="Body Text",
        face="hei",
        latin="sans",
        size=10.0,
        colour="caption-ink",
        after_lines=0.5,
        keep_next=True,
        keep_lines=True,
    ),
    P("Portrait", following="Caption", before_lines=0.5, keep_next=True, grid=False, natural_line=True),
    P("Figure", following="Caption", before_lines=1, keep_next=True, grid=False, natural_line=True),
    P(
        "Caption",
        following="Body Text",
        face="kai",
        size="size-caption",
        line="line-caption",
        colour="caption-ink",
        before_lines=0.25,
        after_lines=0.5,
        keep_lines=True,
        grid=False,
    ),
    P(
        "Report Title",
        "Heading 2",
        following="Speaker Title",
        size=16.0,
        line=27.0,
        before_lines=0,
        after_lines=0.5,
        english_size=14.0,
        english_line=20.0,
    ),
    P("Speech Topic", following="Body Text", face="kai", colour="blue", keep_next=True),
    P("Quiet Text", face="kai", size="size-small", colour="grey", after_lines=0.5),
    P(
        "Approval",
        following="Body Text",
        face="hei",
        latin="sans",
        size="size-small",
        colour="vermilion",
        keep_next=True,
    ),
    # Report and prose
    P(
        "Report Label",
        following="Report Title",
        face="hei",
        latin="sans",
        size="size-small",
        bold=True,
        colour="vermilion",
        before_lines=2,
        keep_next=True,
    ),
    P("Table End", size=9.0, line=9.0, grid=False, shown=False, english_size=1.0, english_line=1.0),
    P(
        "Quote",
        face="kai",
        colour="caption-ink",
        align="both",
        indent=QUOTE_INDENT,
        borders=(Border("left", 1.5, 9, "gold"),),
    ),
    P("List Paragraph", align="both", indent=2),
    P("List Bullet", "List Paragraph", hanging=2),
    P("List Number", "List Paragraph", hanging=2),
    P("Code Block", size="size-small", grid=False, shade="tint"),
    P("Rule", align="center", borders=(Border("bottom", 0.5, 1, "hairline"),)),
    # Index
    P(
        "Index Initial",
        following="Index Name",
        face="hei",
        latin="sans",
        bold=True,
        colour="vermilion",
        before_lines=0.5,
        keep_next=True,
    ),
    P("Index Name"),
    # Furniture
    P("Header", size="size-running", colour="grey", grid=False),
    P("Footer", face="hei", latin="sans", size="size-folio", colour="blue", grid=False),
    P("Footnote Text", size="size-caption", line="line-caption", colour="caption-ink", hanging=1, indent=1, grid=False),
    P("Section End", size=1.0, line=1.0, grid=False, shown=False),
)

_STYLES = {style.name: style for style in PARAGRAPH_STYLES}


def indent_of(name: str) -> float:
    """The left indent of a paragraph style, in body characters; its own, or that of the style that it is based on."""
    style = _STYLES[name]
    while style.indent is None and style.based_on:
        style = _STYLES[style.based_on]
    return style.indent or 0.0


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A character style; `raised` sets superscript."""

    name: str
    face: str = ""
    latin: str = ""
    size: str | float = 0.0
    bold: bool | None = None
    colour: str = ""
    boxed: bool = False
    raised: bool = False
    shown: bool = True


C = CharacterStyle

CHARACTER_STYLES: tuple[CharacterStyle, ...] = (
    C("Label", face="hei", latin="sans", colour="grey"),
    C("Quiet", face="kai", size="size-small", colour="grey", bold=False),
    C("Tag", face="hei", latin="sans", size=7.5, colour="vermilion", boxed=True),
    C("Topic", face="kai", colour="caption-ink"),
    C("Group Theme", bold=False, colour="grey"),
    C("Caption Number", face="hei", latin="sans", size=7.5, colour="vermilion"),
    C("Page Number", latin="sans", size="size-small", colour="grey"),
    C("Strong", bold=True),
    C("Emphasis"),
    C("Code", size="size-small"),
    C("Hyperlink", colour="blue"),
    C("Footnote Reference", latin="sans", colour="vermilion", raised=True),
)
"""Emphasis is written by language: dots below Han, slanted Latin. Code takes a fixed-width face."""
