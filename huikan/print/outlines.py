"""Words as outlines: what stands beside a page needs no font in the file, and is no text of the booklet."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from huikan.print.geometry import Matrix
from huikan.print.placed_pages import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outline:
    """A line of words as a path from the left end of its base line; `path` and `width` are in units of the face."""

    path: str
    width: float
    units_per_em: int

    def filled(self, left: float, base: float, size: float, longest: float) -> str:
        """Operators that fill it from (`left`, `base`) at `size` points, or as small as fits into `longest`."""
        scale = min(size / self.units_per_em, longest / self.width) if self.width else 0.0
        placed = Matrix(scale, 0, 0, scale, left, base)
        six = (placed.a, placed.b, placed.c, placed.d, placed.e, placed.f)
        return f"q {numbers(six)} cm {self.path} f Q"


_REGULAR = 400
"""The weight of a variable face; what such a face is drawn as by itself is often its thinnest."""


@contextmanager
def outlined_face(file: Path, index: int = 0) -> Iterator[OutlinedFace]:
    """The glyphs of a font file (of a collection, those of face `index`) while it is open."""
    with TTFont(file, fontNumber=index, lazy=True) as font:
        yield OutlinedFace(font)


class OutlinedFace:
    """The glyphs of an open font, set side by side without kerning."""

    def __init__(self, font: TTFont) -> None:
        self._units_per_em = int(font["head"].unitsPerEm)
        self._names: dict[int, str] = font.getBestCmap()
        self._glyphs = font.getGlyphSet(location={"wght": _REGULAR} if "fvar" in font else None)
        self._paths: dict[str, list[tuple[str, tuple[float, ...]]]] = {}

    def line(self, words: str) -> Outline:
        """The outline of `words`; a character that the face has not is its empty box."""
        drawn, across = [], 0.0
        for character in words:
            name = self._names.get(ord(character), ".notdef")
            for operator, places in self._path_of(name):
                moved = tuple(place + across if at % 2 == 0 else place for at, place in enumerate(places))
                drawn.append(f"{numbers(moved)} {operator}" if places else operator)
            across += self._glyphs[name].width
        return Outline(" ".join(drawn), across, self._units_per_em)

    def _path_of(self, name: str) -> list[tuple[str, tuple[float, ...]]]:
        if name not in self._paths:
            pen = _PathPen(self._glyphs)
            self._glyphs[name].draw(pen)
            self._paths[name] = pen.path
        return self._paths[name]


class _PathPen(BasePen):  # type: ignore[misc]
    """Gathers path operators; the base class makes cubic curves of quadratic ones."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.path: list[tuple[str, tuple[float, ...]]] = []

    def _moveTo(self, place: tuple[float, float]) -> None:  # noqa: N802
        self.path.append(("m", place))

    def _lineTo(self, place: tuple[float, float]) -> None:  # noqa: N802
        self.path.append(("l", place))

    def _curveToOne(self, *places: tuple[float, float]) -> None:  # noqa: N802
        self.path.append(("c", tuple(coordinate for place in places for coordinate in place)))

    def _closePath(self) -> None:  # noqa: N802
        self.path.append(("h", ()))
