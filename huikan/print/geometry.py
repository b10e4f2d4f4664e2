"""Points, millimetres, rectangles and transformation matrices of PDF user space (ISO 32000-2 §8.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with `x0 <= x1` and `y0 <= y1`, in points unless said otherwise; y grows upwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]]) -> Rect:
        """The smallest rectangle that holds all `points`; raises ValueError when there are none."""
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """Extent along x."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Extent along y."""
        return self.y1 - self.y0

    @property
    def is_empty(self) -> bool:
        """Whether it has no area at all, neither a line nor a point."""
        return self.x1 < self.x0 or self.y1 < self.y0

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The four corners, counter-clockwise from the lower left."""
        return ((self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1))

    def grown(self, margin: float) -> Rect:
        """The same rectangle, larger by `margin` on every side."""
        return Rect(self.x0 - margin, self.y0 - margin, self.x1 + margin, self.y1 + margin)

    def intersection(self, other: Rect) -> Rect:
        """What both rectangles cover; `is_empty` when they do not meet."""
        return Rect(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both."""
        return Rect(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def contains(self, other: Rect, tolerance: float = 0.0) -> bool:
        """Whether `other` lies inside, or outside by no more than `tolerance`."""
        return (
            other.x0 >= self.x0 - tolerance
            and other.y0 >= self.y0 - tolerance
            and other.x1 <= self.x1 + tolerance
            and other.y1 <= self.y1 + tolerance
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """`[a b c d e f]`: maps (x, y) to (a·x + c·y + e, b·x + d·y + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def __matmul__(self, after: Matrix) -> Matrix:
        """This matrix first, then `after`: the order in which PDF concatenates."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """The image of one point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def bounds(self, rect: Rect) -> Rect:
        """The smallest upright rectangle around the image of `rect`."""
        return Rect.around(self.apply(*corner) for corner in rect.corners)

    @property
    def x_scale(self) -> float:
        """Length of the image of the unit vector along x."""
        return math.hypot(self.a, self.b)

    @property
    def y_scale(self) -> float:
        """Length of the image of the unit vector along y."""
        return math.hypot(self.c, self.d)

    @property
    def scale(self) -> float:
        """Square root of the area of the image of the unit square: what line widths are multiplied by."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


IDENTITY = Matrix()


def upright(box: Rect, rotate: int, user_unit: float = 1.0) -> Matrix:
    """Map user space to points as the page is seen, with the lower left of `box` at the origin.

    `rotate` is the page's /Rotate: a multiple of 90 degrees, clockwise. `user_unit` is points per unit.
    """
    turned = {
        0: Matrix(),
        90: Matrix(0, -1, 1, 0),
        180: Matrix(-1, 0, 0, -1),
        270: Matrix(0, 1, -1, 0),
    }[rotate % 360]
    scaled = turned @ Matrix(user_unit, 0, 0, user_unit)
    seen = scaled.bounds(box)
    return scaled @ Matrix(e=-seen.x0, f=-seen.y0)
