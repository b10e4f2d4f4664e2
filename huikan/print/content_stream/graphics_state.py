"""The graphics state and the cursor that content stream operators act on (ISO 32000-2 §8.4, §9.3)."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf

from huikan.print.content_stream.colour_spaces import BLACK, Colour, ColourSpace, colour_space
from huikan.print.content_stream.fonts import NO_FONT, Font, read_font
from huikan.print.content_stream.paints import Effects, Within
from huikan.print.geometry import IDENTITY, Matrix, Rect

if TYPE_CHECKING:
    from collections.abc import Callable

    from pikepdf import Object

    from huikan.print.content_stream.paints import Paint

MAX_SAVED_STATES = 512


@dataclass(slots=True)
class GraphicsState:
    """Everything `q` saves and `Q` restores; lengths in user space units of the moment they were set."""

    matrix: Matrix
    clip: Rect
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line_width: float = 1.0
    fill_overprint: bool = False
    stroke_overprint: bool = False
    overprint_mode: int = 0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    soft_mask: bool = False
    font: Font = NO_FONT
    font_size: float = 0.0
    character_spacing: float = 0.0
    word_spacing: float = 0.0
    horizontal_scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render_mode: int = 0

    @property
    def fill_effects(self) -> Effects:
        """How a fill meets what lies below."""
        return Effects(self.fill_overprint, self.overprint_mode, self.fill_alpha, self.blend, self.soft_mask)

    @property
    def stroke_effects(self) -> Effects:
        """How a stroke meets what lies below."""
        return Effects(self.stroke_overprint, self.overprint_mode, self.stroke_alpha, self.blend, self.soft_mask)


@dataclass(slots=True)
class Resources:
    """A /Resources dictionary with what was already read from it."""

    dictionary: Object | None
    _spaces: dict[str, ColourSpace] = field(default_factory=dict)

    def entry(self, category: str, name: Object) -> Object | None:
        """The resource `name` of `category` (`/XObject`, `/Font` …); None when it is missing."""
        if self.dictionary is None:
            return None
        group = self.dictionary.get(category)
        return group.get(str(name)) if isinstance(group, pikepdf.Dictionary) else None

    def space(self, value: object) -> ColourSpace:
        """The colour space `value` stands for: a name of these resources, or an array."""
        if not isinstance(value, pikepdf.Name):
            return colour_space(value, self.dictionary)
        key = str(value)
        if key not in self._spaces:
            self._spaces[key] = colour_space(value, self.dictionary)
        return self._spaces[key]


@dataclass(slots=True)
class PathUnderConstruction:
    """Points of the current path in page space; a path of one axis-parallel rectangle can be a drawn rule."""

    points: list[tuple[float, float]] = field(default_factory=list)
    bounds: Rect | None = None
    subpaths: int = 0
    curved: bool = False
    clips: bool = False

    def add(self, point: tuple[float, float]) -> None:
        """Take in one more point."""
        here = Rect(*point, *point)
        self.bounds = here if self.bounds is None else self.bounds.union(here)
        if len(self.points) < 6:
            self.points.append(point)


@dataclass(slots=True)
class Cursor:
    """What the operators of one content stream act on; `paint` takes what is painted.

    `enter_form` and `enter_pattern` walk nested content; `fonts` is shared by the whole document.
    """

    state: GraphicsState
    resources: Resources
    within: Within
    base: Matrix
    paint: Callable[[Paint], None]
    enter_form: Callable[[Cursor, Object], None]
    enter_pattern: Callable[[Cursor, Object, Rect], None]
    enter_glyphs: Callable[[Cursor, Font, Rect], None]
    fonts: dict[tuple[int, int], Font]
    saved: list[GraphicsState] = field(default_factory=list)
    path: PathUnderConstruction = field(default_factory=PathUnderConstruction)
    text_matrix: Matrix = IDENTITY
    line_matrix: Matrix = IDENTITY

    def save(self) -> None:
        """`q`."""
        if len(self.saved) >= MAX_SAVED_STATES:
            raise ValueError(f"more than {MAX_SAVED_STATES} nested q operators")
        self.saved.append(copy.copy(self.state))

    def restore(self) -> None:
        """`Q`; raises IndexError when nothing was saved."""
        self.state = self.saved.pop()

    def font(self, dictionary: Object) -> Font:
        """The font `dictionary` describes, read once."""
        key = dictionary.objgen
        if key == (0, 0):
            return read_font(dictionary)
        if key not in self.fonts:
            self.fonts[key] = read_font(dictionary)
        return self.fonts[key]
