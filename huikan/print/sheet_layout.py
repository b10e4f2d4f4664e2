"""Where pages and marks stand on an imposed sheet, in points from the sheet's lower left."""

from __future__ import annotations

from dataclasses import dataclass

from huikan.print.geometry import MM, Matrix, Rect
from huikan.print.placed_pages import Line
from huikan.print.signatures import Binding, Blanks, Sheet, Slot

MARK_LENGTH_MM = 5.0
MARK_OFFSET_MM = 1.0
"""Free room between the bleed and a mark."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a document is imposed; lengths in mm.

    `signature_pages` (4, 8 or 16) counts for perfect binding alone. `creep_mm` is how far the pages of each
    deeper layer move towards the spine. `trim_mm` is what is cut off at head, foot and fore-edge (None: the
    bleed of the source, at least 3 mm). `milling_mm` is what perfect binding grinds off the spine.
    """

    binding: Binding = Binding.SADDLE_STITCH
    signature_pages: int = 16
    creep_mm: float = 0.0
    marks: bool = True
    trim_mm: float | None = None
    milling_mm: float = 0.0
    blanks: Blanks = Blanks.AT_END


@dataclass(frozen=True, slots=True)
class Placement:
    """One page on one side: `matrix` maps the upright page (trim at the origin) to the sheet."""

    slot: Slot
    matrix: Matrix
    trim: Rect
    clip: Rect


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """The grid all sheets of one scheme share, for pages of `width` × `height` points."""

    width: float
    height: float
    columns: int
    rows: int
    trim: float
    milling: float
    creep: float
    margin: float

    @classmethod
    def of(cls, scheme: Scheme, sheet: Sheet, width: float, height: float, bleed: float) -> SheetLayout:
        """The layout of `sheet` for pages `width` × `height` points with `bleed` points around them."""
        trim = max(bleed, 3.0 * MM) if scheme.trim_mm is None else scheme.trim_mm * MM
        marks = (MARK_OFFSET_MM + MARK_LENGTH_MM) * MM if scheme.marks else 0.0
        milling = scheme.milling_mm * MM if scheme.binding is Binding.PERFECT else 0.0
        return cls(
            width=width,
            height=height,
            columns=sheet.columns,
            rows=sheet.rows,
            trim=trim,
            milling=milling,
            creep=scheme.creep_mm * MM,
            margin=trim + marks,
        )

    @property
    def sheet(self) -> Rect:
        """The paper, marks included."""
        trimmed = self.trimmed
        return Rect(0.0, 0.0, trimmed.x1 + self.margin, trimmed.y1 + self.margin)

    @property
    def printed(self) -> Rect:
        """The trimmed pages with what is cut off around them: marks stand outside it."""
        return self.trimmed.grown(self.trim)

    @property
    def trimmed(self) -> Rect:
        """The rectangle around all trimmed pages, before creep."""
        return Rect(
            self.margin,
            self.margin,
            self.column_left(self.columns - 1) + self.width,
            self.row_bottom(self.rows - 1) + self.height,
        )

    def place(self, slot: Slot) -> Placement:
        """Where the page of `slot` stands, and what of it may be seen."""
        x, y = self.column_left(slot.column), self.row_bottom(slot.row)
        cell = Rect(x, y, x + self.width, y + self.height)
        shift = self.creep * slot.layer * (-1 if slot.spine_left else 1)
        trim = Rect(cell.x0 + shift, cell.y0, cell.x1 + shift, cell.y1)
        spine = min(self.trim, self.milling)
        clip = Rect(
            cell.x0 - spine if slot.spine_left else trim.x0 - self.trim,
            trim.y0 - self.trim,
            trim.x1 + self.trim if slot.spine_left else cell.x1 + spine,
            trim.y1 + self.trim,
        )
        matrix = Matrix(-1, 0, 0, -1, trim.x1, trim.y1) if slot.rotated else Matrix(1, 0, 0, 1, trim.x0, trim.y0)
        return Placement(slot, matrix, trim, clip)

    def marks(self, placements: list[Placement]) -> list[Line]:
        """Crop marks in the sheet's margins where pages are cut, fold marks where the sheet is folded."""
        lines: list[Line] = []
        for placement in placements:
            lines += self._crop_marks(placement)
        lines += self._fold_marks()
        return sorted(set(lines), key=lambda line: (line.dashed, line.start, line.end))

    def _crop_marks(self, placement: Placement) -> list[Line]:
        slot, trim = placement.slot, placement.trim
        near, far = (MARK_OFFSET_MM * MM), (MARK_OFFSET_MM + MARK_LENGTH_MM) * MM
        edges = self.printed
        lines = []
        # The spine of a folded sheet is not cut unless it is milled.
        cuts_x = [trim.x1 if slot.spine_left else trim.x0]
        if self.milling:
            cuts_x.append(trim.x0 if slot.spine_left else trim.x1)
        for x in cuts_x:
            if slot.row == 0:
                lines.append(Line((x, edges.y0 - near), (x, edges.y0 - far)))
            if slot.row == self.rows - 1:
                lines.append(Line((x, edges.y1 + near), (x, edges.y1 + far)))
        for y in (trim.y0, trim.y1):
            if slot.column == 0:
                lines.append(Line((edges.x0 - near, y), (edges.x0 - far, y)))
            if slot.column == self.columns - 1:
                lines.append(Line((edges.x1 + near, y), (edges.x1 + far, y)))
        return lines

    def _fold_marks(self) -> list[Line]:
        near, far = (MARK_OFFSET_MM * MM), (MARK_OFFSET_MM + MARK_LENGTH_MM) * MM
        edges = self.printed
        lines = []
        for column in range(1, self.columns):
            x = (self.column_left(column - 1) + self.width + self.column_left(column)) / 2
            lines.append(Line((x, edges.y0 - near), (x, edges.y0 - far), dashed=True))
            lines.append(Line((x, edges.y1 + near), (x, edges.y1 + far), dashed=True))
        for row in range(1, self.rows):
            y = (self.row_bottom(row - 1) + self.height + self.row_bottom(row)) / 2
            lines.append(Line((edges.x0 - near, y), (edges.x0 - far, y), dashed=True))
            lines.append(Line((edges.x1 + near, y), (edges.x1 + far, y), dashed=True))
        return lines

    def column_left(self, column: int) -> float:
        """Where the trimmed pages of a column begin, before creep."""
        # Columns pair at spines: joints 0-1 and 2-3 are spines, joint 1-2 is between fore-edges.
        spines = (column + 1) // 2
        fore_edges = column - spines
        return self.margin + column * self.width + 2 * self.milling * spines + 2 * self.trim * fore_edges

    def row_bottom(self, row: int) -> float:
        """Where the trimmed pages of a row end below."""
        return self.margin + row * (self.height + 2 * self.trim)
