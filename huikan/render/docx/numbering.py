"""Numbering: one definition of bullets, one of numbers, and an instance for every list."""

from __future__ import annotations

from collections.abc import Sequence

from huikan.render.docx.model import ListInstance, Paragraph
from huikan.render.docx.ooxml import Xml, twips, w
from huikan.render.docx.style_table import QUOTE_INDENT, indent_of
from huikan.render.docx.styles import fonts, style_id
from huikan.render.tokens import Tokens

_BULLETS = ("•", "–", "·")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
_LEVELS = 9
_ABSTRACT = {"List Bullet": 0, "List Number": 1}
HANGING = 2.0
"""Width of a marker in body characters; each level stands that much further in."""


def left_indent(paragraph: Paragraph) -> float:
    """Where the lines of a paragraph begin, in body characters: its lists and quotations say so, or its style."""
    if paragraph.lists:
        return paragraph.lists * HANGING + paragraph.quotes * QUOTE_INDENT
    beyond_style = paragraph.quotes - (paragraph.style == "Quote")
    return indent_of(paragraph.style) + beyond_style * QUOTE_INDENT


def definitions(lists: Sequence[ListInstance], tokens: Tokens) -> list[Xml]:
    """What stands in the numbering; instance n of a paragraph is the n-th of `lists`, from 1."""
    made = []
    for style, number in _ABSTRACT.items():
        levels = [_level(style, level, tokens) for level in range(_LEVELS)]
        made.append(w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=number))
    for number, instance in enumerate(lists, start=1):
        overrides = []
        if instance.style == "List Number":
            for level in range(_LEVELS):
                start = w("startOverride", val=instance.start)
                overrides.append(w("lvlOverride", start, ilvl=level))
        made.append(w("num", w("abstractNumId", val=_ABSTRACT[instance.style]), *overrides, numId=number))
    return made


def _level(style: str, level: int, tokens: Tokens) -> Xml:
    size = tokens.length("size-body")
    bullet = style == "List Bullet"
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="bullet" if bullet else _FORMATS[level % 3]),
        w("pStyle", val=style_id(style)) if level == 0 else None,
        w("suff", val="tab"),
        w("lvlText", val=_BULLETS[level % 3] if bullet else f"%{level + 1}."),
        w("lvlJc", val="left"),
        w(
            "pPr",
            w("tabs", w("tab", val="num", pos=twips((level + 1) * HANGING * size))),
            w("ind", left=twips((level + 1) * HANGING * size), hanging=twips(HANGING * size)),
        ),
        w("rPr", fonts(tokens, "hei", "sans"), w("color", val=tokens.colour("vermilion"))),
        ilvl=level,
    )
