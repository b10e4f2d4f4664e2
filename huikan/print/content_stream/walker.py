"""Walking the content of pages: forms, patterns, glyph procedures and annotations included.

The walk is bounded: by operators per page, by nesting, and by the memory qpdf may use to decode a stream. A file
that was made to break readers costs a message, not the machine.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import pikepdf

from huikan.print.content_stream import object_operators, path_operators, state_operators, text_operators
from huikan.print.content_stream.graphics_state import Cursor, GraphicsState, Resources
from huikan.print.content_stream.paints import PaintedGroup, Within
from huikan.print.content_stream.state_operators import matrix_of
from huikan.print.geometry import IDENTITY, Matrix, Rect
from huikan.print.pdf_file import rect_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from pikepdf import Object, Page

    from huikan.print.content_stream.fonts import Font
    from huikan.print.content_stream.paints import Paint

MAX_OPERATORS_PER_PAGE = 1_000_000
MAX_OPERATORS_PER_DOCUMENT = 5_000_000
MAX_DEPTH = 16
MAX_OPERANDS = 512
MAX_PROBLEMS = 10
EVERYWHERE = Rect(-1e7, -1e7, 1e7, 1e7)
HIDDEN_FLAGS, PRINT_FLAG = 0b10, 0b100

_HANDLERS = {
    **state_operators.HANDLERS,
    **path_operators.HANDLERS,
    **text_operators.HANDLERS,
    **object_operators.HANDLERS,
}
MALFORMED = (
    TypeError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    pikepdf.PdfError,
    pikepdf.PikepdfError,
)
"""What malformed objects raise when they are read as something they are not."""


class BudgetExceededError(Exception):
    """A page holds more than the walk is allowed to read."""


@dataclass(slots=True)
class PageContent:
    """What one page paints, in order; `damage` says what could not be read, `complete` is false past a budget."""

    paints: list[Paint] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    complete: bool = True


class ContentWalker:
    """Reads the pages of one open document; fonts and budgets are shared between its pages."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Font] = {}
        self._left_for_document = MAX_OPERATORS_PER_DOCUMENT

    def walk(self, page: Page) -> PageContent:
        """Everything `page` and its printed annotations paint. Malformed content is noted, never raised."""
        walk = _PageWalk(self._fonts, min(MAX_OPERATORS_PER_PAGE, self._left_for_document))
        try:
            walk.page(page)
        except BudgetExceededError:
            walk.content.complete = False
        self._left_for_document -= walk.operators_read
        return walk.content


class _OperatorReader(pikepdf.StreamParser):
    """Hands each operator with its operands to `act`."""

    def __init__(self, act: Callable[[str, list[Object]], None]) -> None:
        super().__init__()
        self._act = act
        self._operands: list[Object] = []

    def handle_object(self, obj: Object, offset: int, length: int) -> None:
        if isinstance(obj, pikepdf.Operator):
            operands, self._operands = self._operands, []
            self._act(str(obj), operands)
        elif len(self._operands) < MAX_OPERANDS:
            self._operands.append(obj)

    def handle_eof(self) -> None:
        self._operands = []


class _PageWalk:
    def __init__(self, fonts: dict[tuple[int, int], Font], budget: int) -> None:
        self.content = PageContent()
        self.operators_read = 0
        self._budget = budget
        self._fonts = fonts
        self._open: list[tuple[int, int]] = []
        self._walked_patterns: set[tuple[tuple[int, int], Matrix]] = set()
        self._walked_glyphs: set[int] = set()

    def page(self, page: Page) -> None:
        clip = rect_from(_inherited(page.obj, "/MediaBox")) or EVERYWHERE
        cursor = self._cursor(
            GraphicsState(IDENTITY, clip), Resources(_inherited(page.obj, "/Resources")), Within.PAGE, IDENTITY
        )
        if "/Contents" in page.obj:
            self._note_what_is_no_stream(page.obj.Contents)
            self._run(page, cursor)
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, pikepdf.Array):
            for annotation in annotations.as_list():
                self._guarded("annotation", partial(self._annotation, annotation, clip))

    def _note_what_is_no_stream(self, contents: Object) -> None:
        """Readers skip parts of /Contents that are no streams, so what they held is lost."""
        parts = contents.as_list() if isinstance(contents, pikepdf.Array) else [contents]
        if not all(isinstance(part, pikepdf.Stream) for part in parts):
            self.content.damage.append("a part of /Contents is no stream")

    def _cursor(self, state: GraphicsState, resources: Resources, within: Within, base: Matrix) -> Cursor:
        return Cursor(
            state=state,
            resources=resources,
            within=within,
            base=base,
            paint=self.content.paints.append,
            enter_form=self._enter_form,
            enter_pattern=self._enter_pattern,
            enter_glyphs=self._enter_glyphs,
            fonts=self._fonts,
        )

    def _run(self, page: Page, cursor: Cursor) -> None:
        def act(operator: str, operands: list[Object]) -> None:
            self.operators_read += 1
            if self.operators_read > self._budget:
                raise BudgetExceededError
            handler = _HANDLERS.get(operator)
            if handler is not None:
                self._guarded(f"operator {operator}", lambda: handler(cursor, operands))

        self._guarded("content stream", lambda: page.parse_contents(_OperatorReader(act)))

    def _guarded(self, what: str, read: Callable[[], None]) -> None:
        try:
            read()
        except MALFORMED as error:
            if len(self.content.damage) < MAX_PROBLEMS:
                self.content.damage.append(f"{what}: {error or type(error).__name__}")

    def _run_stream(self, stream: Object, cursor: Cursor) -> None:
        key = stream.objgen
        if key in self._open or len(self._open) >= MAX_DEPTH:
            raise ValueError("content that contains itself" if key in self._open else "nested too deeply")
        self._open.append(key)
        try:
            # pikepdf parses by callback for pages alone: what is nested is read as the contents of a page.
            page = pikepdf.Page(pikepdf.Dictionary(Type=pikepdf.Name.Page, Contents=stream))
            self._run(page, cursor)
        finally:
            self._open.pop()

    def _enter_form(self, cursor: Cursor, form: Object) -> None:
        matrix = _matrix(form) @ cursor.state.matrix
        box = rect_from(form.get("/BBox"))
        clip = cursor.state.clip.intersection(matrix.bounds(box)) if box else cursor.state.clip
        if clip.is_empty:
            return
        if "/Group" in form and cursor.state.fill_effects.transparent:
            cursor.paint(PaintedGroup(clip, cursor.state.fill_effects, cursor.within))
        state = copy.copy(cursor.state)
        state.matrix, state.clip = matrix, clip
        own = form.get("/Resources")
        resources = Resources(own) if isinstance(own, pikepdf.Dictionary) else cursor.resources
        nested = self._cursor(state, resources, cursor.within, matrix)
        nested.paint = cursor.paint
        self._run_stream(form, nested)

    def _enter_pattern(self, cursor: Cursor, pattern: Object, bounds: Rect) -> None:
        matrix = _matrix(pattern) @ cursor.base
        key = (pattern.objgen, matrix)
        if not isinstance(pattern, pikepdf.Stream) or key in self._walked_patterns:
            return
        self._walked_patterns.add(key)
        state = GraphicsState(matrix, EVERYWHERE)
        cell = self._cursor(state, Resources(pattern.get("/Resources")), Within.PATTERN, matrix)
        cell.paint = partial(self._paint_at, bounds)
        self._run_stream(pattern, cell)

    def _paint_at(self, bounds: Rect, paint: Paint) -> None:
        """Places within a pattern cell or a glyph say nothing: report the place that it fills."""
        self.content.paints.append(replace(paint, bounds=bounds))

    def _enter_glyphs(self, cursor: Cursor, font: Font, bounds: Rect) -> None:
        if id(font) in self._walked_glyphs or font.glyph_procedures is None:
            return
        self._walked_glyphs.add(id(font))
        own = font.glyph_procedures.get("/Resources")
        resources = Resources(own) if isinstance(own, pikepdf.Dictionary) else cursor.resources
        size = cursor.state.font_size
        matrix = Matrix(*font.glyph_matrix) @ Matrix(size, 0, 0, size) @ cursor.text_matrix @ cursor.state.matrix
        for procedure in dict(font.glyph_procedures.CharProcs.items()).values():
            state = copy.copy(cursor.state)
            state.matrix, state.clip = matrix, EVERYWHERE
            glyph = self._cursor(state, resources, Within.GLYPH, matrix)
            glyph.paint = partial(self._paint_at, bounds)
            self._guarded("glyph", partial(self._run_stream, procedure, glyph))

    def _annotation(self, annotation: Object, clip: Rect) -> None:
        flags = int(annotation.get("/F", 0))
        look = _normal_appearance(annotation)
        target = rect_from(annotation.get("/Rect"))
        if look is None or target is None or flags & HIDDEN_FLAGS or not flags & PRINT_FLAG:
            return
        box = rect_from(look.get("/BBox"))
        if box is None:
            return
        # The appearance's box, turned by its matrix, is fitted to the annotation's rectangle (§12.5.5).
        seen = _matrix(look).bounds(box)
        fit = Matrix(target.width / seen.width, 0, 0, target.height / seen.height)
        placed = Matrix(e=-seen.x0, f=-seen.y0) @ fit @ Matrix(e=target.x0, f=target.y0)
        cursor = self._cursor(GraphicsState(placed, clip), Resources(None), Within.ANNOTATION, placed)
        self._enter_form(cursor, look)


def _normal_appearance(annotation: Object) -> Object | None:
    appearances = annotation.get("/AP")
    look = appearances.get("/N") if isinstance(appearances, pikepdf.Dictionary) else None
    if isinstance(look, pikepdf.Dictionary) and not isinstance(look, pikepdf.Stream):
        look = look.get(str(annotation.get("/AS", "/Off")))
    return look if isinstance(look, pikepdf.Stream) else None


def _matrix(stream: Object) -> Matrix:
    stated = stream.get("/Matrix")
    return matrix_of(stated.as_list()) if isinstance(stated, pikepdf.Array) else IDENTITY


def _inherited(page: Object, key: str) -> Object | None:
    node: Object | None = page
    for _ in range(64):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return node.get(key) if node is not None else None
