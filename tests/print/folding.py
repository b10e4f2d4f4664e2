"""Folding imposed sheets on paper: pages are read back from the content streams, then the sheet is folded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from pathlib import Path

MM = 72 / 25.4
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Face:
    """One printed page in mm on the sheet, seen from the side it is printed on; `head` is +1 when upright."""

    number: int
    box: Box
    clip: Box
    head: int


@dataclass(frozen=True)
class Leaf:
    """A piece of paper with what is printed on its two sides, in coordinates seen from above."""

    up: Face | None
    down: Face | None
    centre: tuple[float, float]


def placed_faces(page: pikepdf.Page, width_mm: float, height_mm: float) -> list[Face]:
    """Every placed page of one side of a sheet, found by following the content stream."""
    faces = []
    stack: list[tuple[float, ...]] = []
    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)
    rectangle = clip = (0.0, 0.0, 0.0, 0.0)
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop()
        elif name == "re":
            x, y, w, h = map(float, operands)
            rectangle = (x, y, x + w, y + h)
        elif name == "W":
            clip = rectangle
        elif name == "cm":
            matrix = _multiplied(tuple(map(float, operands)), matrix)
        elif name == "Do":
            form = page.Resources.XObject[str(operands[0])]
            faces.append(_face(form, matrix, clip, width_mm, height_mm))
    return faces


def _face(form: pikepdf.Object, matrix: tuple[float, ...], clip: Box, width: float, height: float) -> Face:
    number, box = 0, (0.0, 0.0, 0.0, 0.0)
    inner: tuple[float, ...] = (1, 0, 0, 1, 0, 0)
    for instruction in pikepdf.parse_content_stream(form):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "cm":
            inner = _multiplied(tuple(map(float, operands)), inner)
        elif str(operator) == "DP":
            number = int(operands[1]["/Is"])
            whole = _multiplied(inner, matrix)
            corners = [_mapped(whole, 0, 0), _mapped(whole, width * MM, height * MM)]
            xs, ys = zip(*corners, strict=True)
            box = (min(xs), min(ys), max(xs), max(ys))
            head = 1 if corners[1][1] > corners[0][1] else -1
            assert (corners[1][0] > corners[0][0]) == (head == 1), "a page must be turned, never mirrored"
    in_mm = tuple(side / MM for side in box)
    clipped = tuple(side / MM for side in clip)
    return Face(number, in_mm, clipped, head)  # type: ignore[arg-type]


def _multiplied(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _mapped(m: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def read_sheets(path: Path, columns: int, rows: int, width_mm: float, height_mm: float) -> list[list[Leaf]]:
    """The leaves of each sheet with its back up, as it lies after a turn about its vertical axis."""
    sheets = []
    with pikepdf.open(path) as pdf:
        for front, back in zip(pdf.pages[::2], pdf.pages[1::2], strict=True):
            sheet_width, sheet_height = (float(side) / MM for side in list(front.MediaBox)[2:])
            faces = placed_faces(front, width_mm, height_mm)
            below = [_mirrored_x(face, sheet_width / 2) for face in faces]
            above = placed_faces(back, width_mm, height_mm)
            leaves = []
            for column in range(columns):
                for row in range(rows):
                    cell = (
                        sheet_width * (column + 0.5) / columns,
                        sheet_height * (row + 0.5) / rows,
                    )
                    leaves.append(Leaf(_nearest(above, cell), _nearest(below, cell), cell))
            sheets.append(leaves)
    return sheets


def _nearest(faces: list[Face], cell: tuple[float, float]) -> Face | None:
    for face in faces:
        x0, y0, x1, y1 = face.box
        if x0 < cell[0] < x1 and y0 < cell[1] < y1:
            return face
    return None


def _mirrored_x(face: Face, axis: float) -> Face:
    def flip(box: Box) -> Box:
        return (2 * axis - box[2], box[1], 2 * axis - box[0], box[3])

    return replace(face, box=flip(face.box), clip=flip(face.clip))


def _mirrored_y(face: Face, axis: float) -> Face:
    def flip(box: Box) -> Box:
        return (box[0], 2 * axis - box[3], box[2], 2 * axis - box[1])

    return replace(face, box=flip(face.box), clip=flip(face.clip), head=-face.head)


def fold_right_over_left(pile: list[Leaf], axis: float) -> list[Leaf]:
    """Lift everything right of `axis` and lay it on what is left of it; the pile is listed from the top."""
    lifted = [leaf for leaf in pile if leaf.centre[0] > axis]
    turned = [
        Leaf(
            leaf.down and _mirrored_x(leaf.down, axis),
            leaf.up and _mirrored_x(leaf.up, axis),
            (2 * axis - leaf.centre[0], leaf.centre[1]),
        )
        for leaf in reversed(lifted)
    ]
    return turned + [leaf for leaf in pile if leaf.centre[0] <= axis]


def fold_left_over_right(pile: list[Leaf], axis: float) -> list[Leaf]:
    """Lift everything left of `axis` and lay it on what is right of it."""
    lifted = [leaf for leaf in pile if leaf.centre[0] < axis]
    turned = [
        Leaf(
            leaf.down and _mirrored_x(leaf.down, axis),
            leaf.up and _mirrored_x(leaf.up, axis),
            (2 * axis - leaf.centre[0], leaf.centre[1]),
        )
        for leaf in reversed(lifted)
    ]
    return turned + [leaf for leaf in pile if leaf.centre[0] >= axis]


def fold_top_over_bottom(pile: list[Leaf], axis: float) -> list[Leaf]:
    """Lift everything above `axis` and lay it on what is below it."""
    lifted = [leaf for leaf in pile if leaf.centre[1] > axis]
    turned = [
        Leaf(
            leaf.down and _mirrored_y(leaf.down, axis),
            leaf.up and _mirrored_y(leaf.up, axis),
            (leaf.centre[0], 2 * axis - leaf.centre[1]),
        )
        for leaf in reversed(lifted)
    ]
    return turned + [leaf for leaf in pile if leaf.centre[1] <= axis]


def read_through(pile: list[Leaf]) -> list[Face | None]:
    """The pages of a folded pile as a reader turns them: the upper side of each leaf, then its lower side."""
    return [face for leaf in pile for face in (leaf.up, leaf.down)]


def fold_lines(path: Path) -> tuple[list[float], list[float]]:
    """Where the dashed marks say the first sheet is folded, in mm: x of vertical, y of horizontal folds."""
    xs, ys = set(), set()
    with pikepdf.open(path) as pdf:
        dashed, start = False, (0.0, 0.0)
        for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
            name = str(instruction.operator)
            if name == "d":
                dashed = True
            elif name == "m":
                start = _point(instruction.operands)
            elif name == "l" and dashed:
                end = _point(instruction.operands)
                if abs(end[0] - start[0]) < 1e-6:
                    xs.add(round(start[0] / MM, 4))
                else:
                    ys.add(round(start[1] / MM, 4))
    return sorted(xs), sorted(ys)


def _point(operands: object) -> tuple[float, float]:
    x, y = (float(number) for number in operands)  # type: ignore[attr-defined]
    return x, y
