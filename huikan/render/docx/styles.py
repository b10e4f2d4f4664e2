"""The styles from the style table and the design tokens."""

from __future__ import annotations

from functools import lru_cache

from huikan.render.docx.ooxml import Xml, properties, twips, w
from huikan.render.docx.style_forms import CharacterStyle, ParagraphStyle, Part
from huikan.render.docx.style_table import CHARACTER_STYLES, PARAGRAPH_STYLES
from huikan.render.tokens import Tokens

_FIXED_WIDTH = ("Noto Sans Mono", "Noto Sans Mono CJK SC")
_TABLES = ("Name Table", "Data Table")


@lru_cache(maxsize=256)
def style_id(name: str) -> str:
    """A style's id: its name without blanks."""
    return name.replace(" ", "")


def is_chinese(language: str) -> bool:
    """Whether a language tag is one of Chinese."""
    return language.lower().split("-")[0] == "zh"


def points(value: str | float | Part, tokens: Tokens) -> float:
    """A length of the style table in pt."""
    if isinstance(value, Part):
        return tokens.length(value.token) * value.share
    return tokens.length(value) if isinstance(value, str) else value


def fonts(tokens: Tokens, face: str, latin: str) -> Xml | None:
    """`w:rFonts` for East Asian and for other scripts; no theme attributes, for those would win."""
    if not face and not latin:
        return None
    family = tokens.family(f"font-latin-{latin}") if latin else None
    return w("rFonts", ascii=family, hAnsi=family, eastAsia=tokens.family(f"font-{face}") if face else None, cs=family)


def language_of_words(language: str) -> Xml:
    """`w:lang` of words in `language`: Latin and Han parts are proofed each as what they are."""
    east_asian = "zh-CN" if is_chinese(language) or language == "en" else language
    return w("lang", val="en-US" if is_chinese(language) or language == "en" else language, eastAsia=east_asian)


def defaults_and_styles(tokens: Tokens, language: str) -> list[Xml]:
    """The document's defaults and every style."""
    default_characters = w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val=1),
        w("semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    return [
        _defaults(tokens, language),
        *(_paragraph_style(style, tokens, language) for style in PARAGRAPH_STYLES),
        default_characters,
        *(_character_style(style, tokens, language) for style in CHARACTER_STYLES),
        _plain_table(),
        *(_table_style(name, tokens) for name in _TABLES),
    ]


def _defaults(tokens: Tokens, language: str) -> Xml:
    size = twips(tokens.length("size-body")) // 10
    run = w(
        "rPr",
        fonts(tokens, "song", "serif"),
        w("color", val=tokens.colour("ink")),
        w("kern", val=0),
        w("sz", val=size),
        w("szCs", val=size),
        language_of_words(language),
    )
    paragraph = w("pPr", w("widowControl", val=1), w("spacing", before=0, after=0))
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph))


def _paragraph_style(style: ParagraphStyle, tokens: Tokens, language: str) -> Xml:
    return w(
        "style",
        w("name", val=_stored_name(style.name)),
        w("basedOn", val=style_id(style.based_on)) if style.based_on else None,
        w("next", val=style_id(style.following)) if style.following else None,
        w("uiPriority", val=_priority(style.name)),
        None if style.shown else w("semiHidden"),
        w("qFormat") if style.shown else None,
        _paragraph_properties(style, tokens, language),
        _run_properties(style, tokens, language),
        type="paragraph",
        styleId=style_id(style.name),
        default=1 if style.name == "Normal" else None,
        customStyle=None if _is_built_in(style.name) else 1,
    )


def _paragraph_properties(style: ParagraphStyle, tokens: Tokens, language: str) -> Xml:
    size, line = tokens.length("size-body"), tokens.length("line")
    normal = style.name == "Normal"
    tabs = None
    if style.name.startswith("TOC ") and style.name != "TOC Heading":
        tabs = w("tabs", w("tab", val="right", leader="dot", pos=twips(tokens.length("measure"))))
    borders = [
        w(rule.side, val="single", sz=round(rule.width * 8), space=round(rule.space), color=tokens.colour(rule.colour))
        for rule in style.borders
    ]
    return w(
        "pPr",
        w("keepNext") if style.keep_next else None,
        w("keepLines") if style.keep_lines else None,
        w("pBdr", *borders) if borders else None,
        w("shd", val="clear", color="auto", fill=tokens.colour(style.shade)) if style.shade else None,
        tabs,
        w("kinsoku", val=1) if normal else None,
        w("wordWrap", val=1) if normal else None,
        w("overflowPunct", val=1) if normal else None,
        w("topLinePunct", val=0) if normal else None,
        w("autoSpaceDE", val=1) if normal else None,
        w("autoSpaceDN", val=1) if normal else None,
        None if style.grid is None else w("snapToGrid", val=int(style.grid)),
        _spacing(style, tokens, language, line),
        _indents(style, size, language),
        w("jc", val=alignment(style, language)) if style.align else None,
        w("outlineLvl", val=style.outline) if style.outline is not None else None,
    )


def alignment(style: ParagraphStyle, language: str) -> str:
    """Chinese is justified; Latin, which Word would not hyphenate, is set ragged."""
    return "left" if style.align == "both" and not is_chinese(language) else style.align


def spacing_before(style: ParagraphStyle, language: str) -> float | None:
    """Lines above a paragraph: as many as below one, so that lists and quotations are set off as well."""
    return 0.5 if style.first_line and not is_chinese(language) else style.before_lines


def spacing_after(style: ParagraphStyle, language: str) -> float | None:
    """Lines below a paragraph: where it has no indent, half a line sets it off."""
    return 0.5 if style.first_line and not is_chinese(language) else style.after_lines


def line_height(style: ParagraphStyle, tokens: Tokens, language: str) -> float:
    """The style's own line in pt, 0 when it is inherited."""
    own = style.line if is_chinese(language) else style.english_line or style.line
    return points(own, tokens)


def font_size(style: ParagraphStyle, tokens: Tokens, language: str) -> float:
    """The style's own size in pt, 0 when it is inherited."""
    own = style.size if is_chinese(language) else style.english_size or style.size
    return points(own, tokens)


def _spacing(style: ParagraphStyle, tokens: Tokens, language: str, line: float) -> Xml | None:
    exact = line_height(style, tokens, language)
    before, after = spacing_before(style, language), spacing_after(style, language)
    values: dict[str, str | int | None] = {
        "before": None if before is None else twips(before * line),
        "after": None if after is None else twips(after * line),
    }
    if style.natural_line:
        values |= {"line": 240, "lineRule": "auto"}
    elif exact:
        values |= {"line": twips(exact), "lineRule": "exact"}
    return w("spacing", **values) if any(value is not None for value in values.values()) else None


def _indents(style: ParagraphStyle, size: float, language: str) -> Xml | None:
    if style.first_line and is_chinese(language):
        return w("ind", firstLineChars=200, firstLine=twips(2 * size))
    if style.indent is None and not style.hanging:
        return None
    return w(
        "ind",
        left=twips((style.indent or 0) * size) if style.indent is not None else None,
        hanging=twips(style.hanging * size) if style.hanging else None,
    )


def _run_properties(style: ParagraphStyle, tokens: Tokens, language: str) -> Xml | None:
    half_points = round(font_size(style, tokens, language) * 2)
    tracking = style.tracking if is_chinese(language) else 0.0
    return properties(
        "rPr",
        _fixed_width() if style.name == "Code Block" else fonts(tokens, style.face, style.latin),
        *_weight(style.bold),
        w("color", val=tokens.colour(style.colour)) if style.colour else None,
        w("spacing", val=twips(tracking)) if tracking else None,
        w("sz", val=half_points) if half_points else None,
        w("szCs", val=half_points) if half_points else None,
    )


def _weight(bold: bool | None) -> tuple[Xml, ...]:
    return () if bold is None else (w("b", val=int(bold)), w("bCs", val=int(bold)))


def _fixed_width() -> Xml:
    latin, han = _FIXED_WIDTH
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=han, cs=latin)


def _character_style(style: CharacterStyle, tokens: Tokens, language: str) -> Xml:
    half_points = round(points(style.size, tokens) * 2)
    chinese_emphasis = style.name == "Emphasis" and is_chinese(language)
    look = properties(
        "rPr",
        _fixed_width() if style.name == "Code" else fonts(tokens, style.face, style.latin),
        *_weight(style.bold),
        w("i") if style.name == "Emphasis" and not chinese_emphasis else None,
        w("color", val=tokens.colour(style.colour)) if style.colour else None,
        w("sz", val=half_points) if half_points else None,
        w("szCs", val=half_points) if half_points else None,
        w("bdr", val="single", sz=4, space=1, color=tokens.colour(style.colour)) if style.boxed else None,
        w("vertAlign", val="superscript") if style.raised else None,
        w("em", val="underDot") if chinese_emphasis else None,
    )
    return w(
        "style",
        w("name", val=_stored_name(style.name)),
        w("basedOn", val="DefaultParagraphFont"),
        w("uiPriority", val=_priority(style.name)),
        w("qFormat"),
        look,
        type="character",
        styleId=style_id(style.name),
        customStyle=None if _is_built_in(style.name) else 1,
    )


def _plain_table() -> Xml:
    margins = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    return w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("tblPr", w("tblInd", w=0, type="dxa"), margins),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _table_style(name: str, tokens: Tokens) -> Xml:
    blue, hairline = tokens.colour("blue"), tokens.colour("hairline")
    data = name == "Data Table"
    borders = w(
        "tblBorders",
        w("top", val="single", sz=8, space=0, color=blue) if data else None,
        w("bottom", val="single", sz=8 if data else 4, space=0, color=blue if data else hairline),
        w("insideH", val="single", sz=4, space=0, color=hairline),
    )
    margins = w(
        "tblCellMar",
        w("top", w=twips(2.25), type="dxa"),
        w("left", w=0, type="dxa"),
        w("bottom", w=twips(2.25), type="dxa"),
        w("right", w=twips(6), type="dxa"),
    )
    head = w(
        "tblStylePr",
        w("tcPr", w("tcBorders", w("bottom", val="single", sz=4, space=0, color=blue))),
        type="firstRow",
    )
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=40),
        w("qFormat"),
        w("tblPr", borders, margins),
        head,
        type="table",
        customStyle=1,
        styleId=style_id(name),
    )


_BUILT_IN = {
    *("Normal", "Body Text", "Title", "Subtitle", "Caption", "Quote", "Header", "Footer", "Strong", "Emphasis"),
    *(
        "List Paragraph",
        "List Bullet",
        "List Number",
        "TOC Heading",
        "TOC 1",
        "TOC 2",
        "TOC 3",
        "Hyperlink",
        "Page Number",
    ),
    *(f"Heading {level}" for level in range(1, 6)),
    *("Footnote Text", "Footnote Reference"),
}
_LOWER_CASE = ("Heading ", "TOC ", "Caption", "Header", "Footer", "Footnote ", "Page ")


def _is_built_in(name: str) -> bool:
    return name in _BUILT_IN


def _stored_name(name: str) -> str:
    """Word stores some of its own names in lower case and matches them so."""
    if not _is_built_in(name) or name == "TOC Heading":
        return name
    if name.startswith("TOC "):
        return name.lower()
    return name.lower() if name.startswith(_LOWER_CASE) else name


def _priority(name: str) -> int:
    if name.startswith(("Heading", "Title", "Body", "Normal", "Caption", "List", "Quote")):
        return 9
    return 39 if name.startswith("TOC") else 50
