"""The rules of Chinese typesetting, counted on a finished PDF: one checker for every engine.

It reads glyph origins and advances alone, so it does not matter how an engine squeezes a mark or trims an edge.
Lengths are pt; em is the body size.
"""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pdfplumber

CLOSERS = frozenset("，。、；：！？”’）》〉】』」〕")
OPENERS = frozenset("“‘（《〈【『「〔")
NEVER_FIRST = CLOSERS | frozenset("…—·％%～")
NEVER_LAST = OPENERS
UNITS = frozenset("年月日时分个名位项条件万亿千百次届元种家")
RULES = {
    "left edge": "an opening mark at the start of a line is trimmed to half its square",
    "right edge": "a line that is not the last ends at the measure, a closing mark trimmed",
    "line start": "no line begins with a closing mark, dash, ellipsis or interpunct",
    "line end": "no line ends with an opening mark",
    "squeeze": "adjacent marks take half a square less",
    "mixed text": "Han and Latin or figures stand ¼ em apart (⅛ to ½)",
    "dash": "—— and …… are whole and ungapped",
    "number": "a number stays whole, and with its unit",
    "last line": "a last line has two Han characters or more",
    "loose line": "Han characters of a line stand at most ¼ em apart",
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: `x` is its origin from the left of the text block, `width` its nominal advance."""

    text: str
    x: float
    width: float
    y: float

    @property
    def end(self) -> float:
        """Right end of its nominal cell."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Report:
    """Broken rules by name, in a text of `characters` set on `lines`."""

    broken: Counter[str]
    characters: int
    lines: int

    def per_thousand(self) -> float:
        """Broken rules per 1,000 characters."""
        return 1000 * self.broken.total() / self.characters


def read_lines(pdf: bytes, left: float) -> list[list[Glyph]]:
    """Glyphs of each line from top to bottom, blanks left out; `left` is where the text block begins."""
    lines: list[list[Glyph]] = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            rows: dict[int, list[Glyph]] = {}
            for char in page.chars:
                if char["text"].strip("\x00 \t\u00a0\u200b"):
                    baseline = float(page.height) - char["matrix"][5]
                    glyph = Glyph(_unified(char["text"]), char["x0"] - left, char["x1"] - char["x0"], baseline)
                    rows.setdefault(round(baseline), []).append(glyph)
            last = None
            for key in sorted(rows):
                if last is not None and key - last <= 2:
                    lines[-1].extend(rows[key])
                else:
                    lines.append(rows[key])
                last = key
    return [sorted(line, key=lambda glyph: glyph.x) for line in lines]


def check(lines: list[list[Glyph]], paragraphs: list[str], measure: float, em: float) -> Report:
    """Count the broken rules of `lines`, which set `paragraphs` (plain text, in order) to `measure`.

    Raises ValueError when the lines do not hold the paragraphs' characters in their order.
    """
    broken: Counter[str] = Counter()
    rest = iter(lines)
    for paragraph in paragraphs:
        wanted = len(_letters(paragraph))
        own: list[list[Glyph]] = []
        while wanted > 0:
            line = next(rest, None)
            if line is None:
                raise ValueError(f"the text ends within {paragraph[:20]!r}")
            own.append(line)
            wanted -= sum(len(_letters(glyph.text)) for glyph in line)
        if wanted:
            raise ValueError(f"a line runs on after {paragraph[-20:]!r}")
        _check_paragraph(own, measure, em, broken)
    return Report(broken, sum(len(_letters(paragraph)) for paragraph in paragraphs), len(lines))


def _unified(text: str) -> str:
    """Some PDFs give radicals (⼀) for the ideographs they look like."""
    return unicodedata.normalize("NFKC", text) if "\u2e80" <= text <= "\u2fdf" else text


def _letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _check_paragraph(lines: list[list[Glyph]], measure: float, em: float, broken: Counter[str]) -> None:
    for number, line in enumerate(lines):
        first, last = line[0], line[-1]
        if number and first.text[0] in NEVER_FIRST:
            broken["line start"] += 1
        if number and first.text in OPENERS and first.x > -0.25 * em:
            broken["left edge"] += 1
        if number + 1 < len(lines):
            if last.text in NEVER_LAST:
                broken["line end"] += 1
            if abs(_visible_end(last, em) - measure) > 0.1 * em:
                broken["right edge"] += 1
            following = lines[number + 1][0].text
            if last.text[-1].isdigit() and (following[0].isdigit() or following in UNITS):
                broken["number"] += 1
            if last.text[-1] == following[0] and following[0] in "—…":
                broken["dash"] += 1
        _check_neighbours(line, em, broken)
    if len(lines) > 1 and sum(_is_han(glyph.text) or glyph.text.isalnum() for glyph in lines[-1]) < 2:
        broken["last line"] += 1


def _visible_end(glyph: Glyph, em: float) -> float:
    """Where a line seems to end: a closing mark's blank half does not count."""
    full_width = glyph.text in CLOSERS and glyph.width > 0.8 * em
    return glyph.end - (em / 2 if full_width else 0)


def _check_neighbours(line: list[Glyph], em: float, broken: Counter[str]) -> None:
    widest = 0.0
    for one, two in pairwise(line):
        step = two.x - one.x
        if _is_mark(one, em) and _is_mark(two, em) and not (one.text in OPENERS and two.text in CLOSERS):
            if step > 0.62 * em:
                broken["squeeze"] += 1
        elif one.text == two.text and one.text in "—…":
            if step > 1.05 * em:
                broken["dash"] += 1
        elif _is_han(one.text) and _is_han(two.text):
            widest = max(widest, two.x - one.end)
        elif _is_mixed(one.text, two.text) and not 0.11 * em < two.x - one.end < 0.52 * em:
            broken["mixed text"] += 1
    if widest > 0.25 * em:
        broken["loose line"] += 1


def _is_mark(glyph: Glyph, em: float) -> bool:
    return glyph.text in CLOSERS | OPENERS and glyph.width > 0.8 * em


def _is_han(text: str) -> bool:
    return len(text) == 1 and ("\u3400" <= text <= "\u9fff" or text >= "\U00020000")


def _is_mixed(one: str, two: str) -> bool:
    def is_latin(text: str) -> bool:
        return text.isascii() and text.isalnum()

    return (_is_han(one) and is_latin(two)) or (is_latin(one) and _is_han(two))
