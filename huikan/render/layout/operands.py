"""Numbers, names and matrices as a PDF has them, made in less time than the engine takes and no different."""

from __future__ import annotations

from typing import Any

from huikan.render.layout import engine

bytes_by_engine = engine.pydyf._to_bytes
product_by_engine = engine.Matrix.__matmul__


def to_bytes(item: Any) -> bytes:
    """Stand in for the engine's: what is written for an operand."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is float:
        return b"%d" % item if item.is_integer() else (b"%f" % item).rstrip(b"0")
    if kind is int:
        return b"%d" % item
    return bytes_by_engine(item)  # type: ignore[no-any-return]


def product(one: Any, other: Any) -> Any:
    """Stand in for the engine's: a matrix, or a point as a row, by a matrix."""
    (a, b, c), (d, e, f), (g, h, i) = other
    # From 0 on, as `sum` counts: so no sum is -0.0.
    rows = [[0 + x * a + y * d + z * g, 0 + x * b + y * e + z * h, 0 + x * c + y * f + z * i] for x, y, z in one]
    return engine.Matrix(matrix=rows)
