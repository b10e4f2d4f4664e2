"""Small pages set for tests, and the glyphs read back from their PDF."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from weasyprint import HTML

from huikan.render.layout import chinese_layout
from huikan.render.typography import typeset

EM = 10.0
CJK_CSS = (Path(__file__).parents[2] / "styles" / "cjk.css").read_text(encoding="utf-8")
TOKENS = """:root{--font-song:"Noto Serif CJK SC";--font-hei:"Noto Sans CJK SC";--font-kai:"LXGW WenKai";
--font-latin-serif:"Noto Serif";--font-latin-sans:"Noto Sans"}"""


@dataclass(frozen=True)
class Glyph:
    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True)
class Line:
    glyphs: tuple[Glyph, ...]
    page: int

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


def set_pdf(body: str, *, columns: float = 20, css: str = "", language: str = "zh-Hans", **options: object) -> bytes:
    """PDF of `body` on pages whose text block is `columns` em of 10 pt wide."""
    page = f"@page{{size:{columns * EM + 40}pt 420pt;margin:20pt}}"
    base = f"html{{font:{EM}pt/16pt var(--font-song)}}body{{margin:0}}:lang(en){{font-family:var(--font-latin-serif)}}"
    base += "p{margin:0;text-indent:2em;text-align:justify;orphans:2;widows:2}sup{line-height:0}"
    html = f'<!doctype html><html lang="{language}"><head><title>t</title><style>{TOKENS}{CJK_CSS}{page}{base}{css}'
    document = HTML(string=f"{html}</style></head><body>{body}</body></html>")
    typeset(document.etree_element, language)
    with chinese_layout():
        pdf: bytes = document.write_pdf(**options)
    return pdf


def lines_of(pdf: bytes) -> list[Line]:
    """Glyphs of each line, blanks left out, in the order in which they are painted."""
    lines: list[Line] = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            row: list[Glyph] = []
            for char in page.chars:
                if not char["text"].strip():
                    continue
                baseline = float(page.height) - char["matrix"][5]
                glyph = Glyph(char["text"], char["x0"] - 20, char["x1"] - 20, baseline, char["size"], char["fontname"])
                if row and abs(row[-1].baseline - glyph.baseline) > 4:
                    lines.append(Line(tuple(row), number))
                    row = []
                row.append(glyph)
            if row:
                lines.append(Line(tuple(row), number))
    return lines


def set_lines(body: str, *, columns: float = 20, css: str = "", language: str = "zh-Hans") -> list[Line]:
    return lines_of(set_pdf(body, columns=columns, css=css, language=language))


def set_paragraphs(paragraphs: list[str], *, columns: float) -> list[list[Line]]:
    """The lines of each paragraph; many in one document, each on a page of its own."""
    body = "".join(f"<div style='break-before:page'><p>{text}</p></div>" for text in paragraphs)
    css = f"@page{{size:{columns * EM + 40}pt 5000pt}}"
    found: list[list[Line]] = [[] for _ in paragraphs]
    for line in lines_of(set_pdf(body, columns=columns, css=css)):
        found[line.page].append(line)
    return found


def plain(text: str) -> str:
    """Text as two extractions may be compared: compatibility forms unified, blanks and invisible characters gone."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub("[\\s\u200b-\u200f\u2060\u00ad\ufeff]", "", text)
