"""The measures of each style, with what it inherits: what pagination needs of a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from huikan.render.docx.line_breaking import Span, line_count
from huikan.render.docx.model import (
    CaptionNumber,
    Footnote,
    Inline,
    LineBreak,
    PageReference,
    Paragraph,
    Picture,
    Words,
    flattened,
)
from huikan.render.docx.numbering import left_indent
from huikan.render.docx.style_table import CHARACTER_STYLES, PARAGRAPH_STYLES
from huikan.render.docx.styles import font_size, is_chinese, line_height, points, spacing_after, spacing_before
from huikan.render.tokens import Tokens


@dataclass(frozen=True, slots=True)
class StyleMetrics:
    """A paragraph style in pt. `rules` is the height of its horizontal borders with their distance."""

    size: float
    line: float
    before: float
    after: float
    left: float
    first: float
    tracking: float
    rules: float
    latin: str
    bold: bool
    keep_next: bool
    keep_lines: bool
    natural: bool


@dataclass(frozen=True, slots=True)
class ParagraphSize:
    """A paragraph's lines and what is around them, in pt; `notes` are the heights of its footnotes."""

    lines: int
    line: float
    before: float
    after: float
    rules: float
    keep_next: bool
    keep_lines: bool
    notes: tuple[float, ...]

    @property
    def height(self) -> float:
        """Height without the space before and after."""
        return self.lines * self.line + self.rules


class Metrics:
    """Measures the paragraphs of one document."""

    def __init__(self, tokens: Tokens, language: str) -> None:
        self.tokens = tokens
        self.measure = tokens.length("measure")
        self.size = tokens.length("size-body")
        self._line = tokens.length("line")
        self._styles = _resolved(tokens, language)
        self._characters = {style.name: style for style in CHARACTER_STYLES}

    def paragraph(self, paragraph: Paragraph, width: float) -> ParagraphSize:
        """The size of a paragraph set in a column `width` pt wide."""
        style = self._styles[paragraph.style]
        left = left_indent(paragraph) * self.size
        first = style.first if paragraph.numbering is None else 0.0
        pictures = [part for part in flattened(paragraph.inlines) if isinstance(part, Picture)]
        lines = 0
        for number, spans in enumerate(self._lines(paragraph.inlines, style)):
            lines += line_count(spans, width - left, first if number == 0 else 0.0)
        line = style.line
        if pictures:
            line = max(picture.height for picture in pictures)
        return ParagraphSize(
            lines,
            line,
            style.before,
            style.after if paragraph.lines_after is None else paragraph.lines_after * self._line,
            style.rules,
            style.keep_next or paragraph.keep_next,
            style.keep_lines,
            tuple(self._note(part) for part in flattened(paragraph.inlines) if isinstance(part, Footnote)),
        )

    def _note(self, note: Footnote) -> float:
        style = self._styles["Footnote Text"]
        spans = [span for line in self._lines(note.inlines, style) for span in line]
        return line_count(spans, self.measure - style.left) * style.line

    def _lines(self, inlines: Iterable[Inline], style: StyleMetrics) -> Iterator[list[Span]]:
        spans: list[Span] = []
        for part in flattened(inlines):
            if isinstance(part, LineBreak):
                yield spans
                spans = []
            elif isinstance(part, Words):
                spans.append(self._span(part.text, part.styles, style))
            elif isinstance(part, CaptionNumber):
                spans.append(self._span(part.label + part.number, part.styles, style))
            elif isinstance(part, PageReference):
                spans.append(self._span("00", part.styles, style))
        yield spans

    def _span(self, text: str, styles: tuple[str, ...], style: StyleMetrics) -> Span:
        own = self._characters.get(styles[-1]) if styles else None
        size = points(own.size, self.tokens) if own is not None and own.size else style.size
        latin = own.latin if own is not None and own.latin else style.latin
        bold = style.bold if own is None or own.bold is None else own.bold
        bold = bold or "Strong" in styles
        return Span(text, size, f"{latin} bold" if bold else latin, style.tracking)


def _resolved(tokens: Tokens, language: str) -> dict[str, StyleMetrics]:
    line, size = tokens.length("line"), tokens.length("size-body")
    done: dict[str, StyleMetrics] = {}
    for style in PARAGRAPH_STYLES:
        base = done.get(style.based_on)
        before, after = spacing_before(style, language), spacing_after(style, language)
        rules = sum(rule.width + round(rule.space) for rule in style.borders if rule.side in {"top", "bottom"})
        done[style.name] = StyleMetrics(
            font_size(style, tokens, language) or (base.size if base else size),
            line_height(style, tokens, language) or (base.line if base else line),
            before * line if before is not None else (base.before if base else 0.0),
            after * line if after is not None else (base.after if base else 0.0),
            style.indent * size if style.indent is not None else (base.left if base else 0.0),
            2 * size if style.first_line and is_chinese(language) else -style.hanging * size,
            style.tracking if is_chinese(language) else 0.0,
            rules or (base.rules if base and not style.borders else 0.0),
            style.latin or (base.latin if base else "serif"),
            style.bold if style.bold is not None else (base.bold if base else False),
            style.keep_next or (base.keep_next if base else False),
            style.keep_lines or (base.keep_lines if base else False),
            style.natural_line,
        )
    return done
