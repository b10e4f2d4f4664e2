"""Pages drawn and read: pictures of a page at the width a screen asks for, and its words with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_double
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pypdfium2
from pypdfium2 import raw

from huikan.preview.booklet import PreviewedBooklet, PreviewedPage
from huikan.preview.grid import PageGrid
from huikan.preview.marking import FieldBox

WIDEST = 4800
"""Pixels; a picture of a page is never wider."""
_EVERY = 5
"""Of so many letters one is asked where it stands."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, their place in pt from the top left of the trim, and the fields they come from."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says, the boxes of its fields, and where its letters stand on the line grid, in pt."""

    lines: tuple[Line, ...]
    boxes: tuple[FieldBox, ...]
    baseline: float


class DrawnBooklet:
    """A booklet's PDF, open for drawing. pdfium is used by one thread alone."""

    def __init__(self, booklet: PreviewedBooklet) -> None:
        self.booklet = booklet
        self._pdf: Any = None
        self._is_closed = False

    def picture(self, number: int, width: int, *, with_bleed: bool) -> bytes:
        """The page (from 0) as a PNG `width` pixels wide: its trim, or all the paper."""
        page = self.booklet.pages[number]
        left, top, right, bottom = page.outside
        paper = page.width + left + right if with_bleed else page.width
        crop = (0, 0, 0, 0) if with_bleed else (left, bottom, right, top)
        target = BytesIO()
        with self._opened(number) as made:
            bitmap = made.render(scale=min(width, WIDEST) / paper, crop=crop, may_draw_forms=False)
            bitmap.to_pil().save(target, "PNG", compress_level=1)
            bitmap.close()
        return target.getvalue()

    def words(self, number: int) -> Words:
        """The words of the page (from 0), line by line, each with the fields of the smallest box around it."""
        page = self.booklet.pages[number]
        with self._opened(number) as made:
            text = made.get_textpage()
            lines = tuple(_joined(_runs(text, page, made.get_mediabox())))
            baseline = _baseline(text, page, made.get_mediabox(), self.booklet.grid)
            text.close()
        return Words(tuple(_with_fields(line, page.boxes) for line in lines), page.boxes, baseline)

    def close(self) -> None:
        """Let go of the PDF; who still asks gets it opened for that once."""
        self._is_closed = True
        self._let_go()

    @contextmanager
    def _opened(self, number: int) -> Iterator[Any]:
        if self._pdf is None:
            self._pdf = pypdfium2.PdfDocument(self.booklet.pdf)
        page = self._pdf[number]
        try:
            yield page
        finally:
            page.close()
            if self._is_closed:
                self._let_go()

    def _let_go(self) -> None:
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None


def _baseline(text: Any, page: PreviewedPage, media: tuple[float, float, float, float], grid: PageGrid) -> float:
    """How far below the top of each grid line most of the page's letters stand, in pt."""
    if not grid.line:
        return 0.0
    top = media[3] - page.outside[1] - grid.top
    x, y = c_double(), c_double()
    depths: Counter[float] = Counter()
    for index in range(0, text.count_chars(), _EVERY):
        if raw.FPDFText_GetCharOrigin(text.raw, index, x, y):
            depths[round((top - y.value) % grid.line, 1)] += 1
    return depths.most_common(1)[0][0] if depths else 0.75 * grid.line


def _runs(words: Any, page: PreviewedPage, media: tuple[float, float, float, float]) -> Iterator[Line]:
    left, top = media[0] + page.outside[0], media[3] - page.outside[1]
    for index in range(words.count_rects()):
        sides = words.get_rect(index)
        text = words.get_text_bounded(*sides).replace("\r\n", " ").replace("\ufffe", "-").strip("\r\n")
        if text.strip():
            yield Line(text, sides[0] - left, top - sides[3], sides[2] - left, top - sides[1])


def _joined(runs: Iterator[Line]) -> Iterator[Line]:
    """Runs that follow each other on one line, as one."""
    current: Line | None = None
    for run in runs:
        if current is not None and _continues(current, run):
            gap = run.left - current.right
            joint = " " if gap > 0.35 * (current.bottom - current.top) and not current.text.endswith(" ") else ""
            current = Line(
                current.text + (joint if current.text[-1:].isascii() and run.text[:1].isascii() else "") + run.text,
                current.left,
                min(current.top, run.top),
                max(current.right, run.right),
                max(current.bottom, run.bottom),
            )
            continue
        if current is not None:
            yield current
        current = run
    if current is not None:
        yield current


def _continues(line: Line, run: Line) -> bool:
    height = max(line.bottom - line.top, run.bottom - run.top)
    overlap = min(line.bottom, run.bottom) - max(line.top, run.top)
    return overlap > 0.5 * min(line.bottom - line.top, run.bottom - run.top) and (
        -0.5 * height < run.left - line.right < 1.2 * height
    )


def _with_fields(line: Line, boxes: tuple[FieldBox, ...]) -> Line:
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    around = [box for box in boxes if box.left <= x <= box.right and box.top <= y <= box.bottom]
    if not around:
        return line
    nearest = min(around, key=lambda box: (box.right - box.left) * (box.bottom - box.top))
    return replace(line, fields=nearest.fields)
