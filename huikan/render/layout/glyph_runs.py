"""Runs of glyphs as Pango shapes them, cut where lines are, and moved to where they were composed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from math import ceil, floor
from typing import Any

from huikan.render.layout.engine import TO_UNITS, ffi

GLYPH_WORDS = 5
"""32-bit words of a PangoGlyphInfo: glyph, width, x offset, y offset, attributes."""


@dataclass(slots=True)
class GlyphRun:
    """Glyphs of one face, in parallel lists: ids, widths and offsets in Pango's units.

    `starts` has the character at which the cluster of each glyph begins, and one entry more: the end of the run. A run
    that `is_plain` has a glyph a character, each in the face and without offsets.
    """

    font: Any
    ids: list[int]
    widths: list[int]
    x_offsets: list[int]
    y_offsets: list[int]
    starts: list[int]
    is_plain: bool = field(default=False, compare=False)

    def cut(self, start: int, end: int, first: int) -> GlyphRun | None:
        """Its glyphs for the characters `start` to `end`, counted from `first`; None if that cuts through one."""
        starts = self.starts
        begin, stop = bisect_left(starts, start), bisect_left(starts, end)
        if starts[begin] != start or starts[stop] != end:
            return None
        return GlyphRun(
            self.font,
            self.ids[begin:stop],
            self.widths[begin:stop],
            self.x_offsets[begin:stop],
            self.y_offsets[begin:stop],
            [at - first for at in starts[begin : stop + 1]],
        )


@dataclass(slots=True)
class Shaped:
    """Advance of each character of a text (a cluster's on its first character); `height` of its line; its glyphs."""

    advances: list[float]
    height: float
    runs: tuple[GlyphRun, ...]


def runs_in(line: Any, text: str) -> Iterator[tuple[Any, GlyphRun]]:
    """The runs of a line that Pango made of `text`, each with Pango's own glyph item."""
    character_at = characters_by_byte(text)
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        words = words_of(item.glyphs)
        ids, widths, x_offsets, y_offsets = (words[column::GLYPH_WORDS].tolist() for column in range(4))
        offset = item.item.offset
        starts = [character_at[offset + at] for at in ffi.unpack(item.glyphs.log_clusters, len(ids))]
        starts.append(character_at[offset + item.item.length])
        yield item, GlyphRun(item.item.analysis.font, ids, widths, x_offsets, y_offsets, starts)


@dataclass(slots=True)
class PlainGlyphs:
    """The glyphs of a plain run, or of a part of it, with their widths in Pango's units."""

    font: Any
    ids: list[int]
    widths: list[int]

    def run(self) -> GlyphRun:
        """The same as a run."""
        count = len(self.ids)
        return GlyphRun(self.font, self.ids, self.widths, [0] * count, [0] * count, [*range(count + 1)], True)


@dataclass(slots=True)
class Cutting:
    """The glyphs of `runs` for the characters `start` to `end`, cut out when they are painted."""

    runs: Sequence[GlyphRun]
    start: int
    end: int

    def plain(self, advances: Sequence[float], size: float) -> PlainGlyphs | None:
        """The glyphs at the `advances` that were composed, in em, if they are of one plain run; `size` is in px."""
        if len(self.runs) != 1 or not self.runs[0].is_plain:
            return None
        (run,) = self.runs
        widths = moved(run.widths[self.start : self.end], advances, size)
        return PlainGlyphs(run.font, run.ids[self.start : self.end], widths)

    def cut(self) -> list[GlyphRun] | None:
        """Runs of their own; None if that cuts through a glyph, or if some characters have none."""
        found, covered = [], 0
        for run in self.runs:
            first, last = max(self.start, run.starts[0]), min(self.end, run.starts[-1])
            if first < last:
                part = run.cut(first, last, self.start)
                if part is None:
                    return None
                found.append(part)
                covered += last - first
        return found if covered == self.end - self.start else None


def compose(runs: Sequence[GlyphRun], advances: Sequence[float], shifts: Mapping[int, float], size: float) -> None:
    """Give each cluster the advance, and its first glyph the shift, that were composed: in em, by character index."""
    thousandth = size * TO_UNITS / 1000
    drift = 0.0
    for run in runs:
        widths, starts = run.widths, run.starts
        first = 0
        for index, begin in enumerate(starts[:-1]):
            end = starts[index + 1]
            if end == begin:
                continue
            if first == index and end == begin + 1:
                natural, wanted = widths[index] / thousandth, advances[begin] * 1000 + drift
            else:
                natural = sum(widths[first : index + 1]) / thousandth
                wanted = sum(advances[begin:end]) * 1000 + drift
            change = round(wanted - natural)
            drift = wanted - natural - change
            if change:
                # The engine truncates kerning to whole thousandths of an em: stay on the far side of one.
                width = widths[index] + change * thousandth
                widths[index] = ceil(width) if change > 0 else floor(width)
            if begin in shifts:
                # The engine divides this by the size and takes the quotient for thousandths of an em.
                run.x_offsets[first] += round(shifts[begin] * 1000 * size)
            first = index + 1


def moved(widths: Sequence[int], advances: Sequence[float], size: float) -> list[int]:
    """The widths that `compose` gives the glyphs of a plain run."""
    thousandth = size * TO_UNITS / 1000
    drift, made = 0.0, []
    for width, advance in zip(widths, advances, strict=True):
        natural, wanted = width / thousandth, advance * 1000 + drift
        change = round(wanted - natural)
        drift = wanted - natural - change
        if change:
            composed = width + change * thousandth
            made.append(ceil(composed) if change > 0 else floor(composed))
        else:
            made.append(width)
    return made


def words_of(glyphs: Any) -> memoryview:
    """The PangoGlyphInfo records of a run, one after the other."""
    return memoryview(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * GLYPH_WORDS * 4)).cast("i")


def byte_offsets(text: str) -> Sequence[int]:
    """Offset in UTF-8 of each character of `text`, and of its end."""
    if text.isascii():
        return range(len(text) + 1)
    return list(accumulate(map(_bytes_of, text), initial=0))


@cache
def _bytes_of(character: str) -> int:
    return len(character.encode())


def characters_by_byte(text: str) -> Any:
    """Character index of each byte offset at which a character of `text` begins, and of its end."""
    offsets = byte_offsets(text)
    return offsets if isinstance(offsets, range) else dict(zip(offsets, range(len(offsets)), strict=True))
