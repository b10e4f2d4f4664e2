"""The one door to WeasyPrint's pagination and painting: every private name that chapters touch is imported here.

The names were read in the version that `huikan.render.layout.KNOWN_VERSION` gives; import this module only with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import DEFAULT_OPTIONS, css
from weasyprint.anchors import make_page_bookmark_tree
from weasyprint.css import (
    ComputedStyle,
    StyleFor,
    declaration_precedence,
    find_style_attributes,
    preprocess_declarations,
)
from weasyprint.css.counters import CounterStyle
from weasyprint.css.properties import Dimension
from weasyprint.css.targets import TargetLookupItem
from weasyprint.document import Document, Page
from weasyprint.draw import draw_background, draw_border, draw_stacking_context, set_mask_border
from weasyprint.formatting_structure import boxes, build
from weasyprint.html import get_html_metadata
from weasyprint.layout import background, initialize_page_maker
from weasyprint.layout import layout_backgrounds as lay_out_backgrounds
from weasyprint.layout import page as page_layout
from weasyprint.layout.inline import iter_line_boxes
from weasyprint.matrix import Matrix
from weasyprint.pdf import VARIANTS, _use_references, pydyf
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.pdf import stream as pdf_stream
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext
from weasyprint.text.ffi import harfbuzz_subset

from huikan.render.chapters.subsetting import subset_face
from huikan.render.layout.engine import TO_UNITS, ffi, gobject, pango

PT_PER_PX = 0.75

__all__ = [
    "DEFAULT_OPTIONS",
    "PT_PER_PX",
    "VARIANTS",
    "ComputedStyle",
    "CounterStyle",
    "Dimension",
    "Document",
    "DocumentMetadata",
    "Matrix",
    "Page",
    "StackingContext",
    "Stream",
    "StyleFor",
    "TargetLookupItem",
    "background",
    "boxes",
    "build",
    "css",
    "declaration_precedence",
    "draw_background",
    "draw_border",
    "draw_stacking_context",
    "find_style_attributes",
    "first_page_counted_as",
    "get_html_metadata",
    "harfbuzz_subset",
    "initialize_page_maker",
    "iter_line_boxes",
    "lay_out_backgrounds",
    "load_font",
    "make_page_bookmark_tree",
    "page_layout",
    "page_width_and_height",
    "pages_all_named",
    "pdf_stream",
    "preprocess_declarations",
    "pydyf",
    "set_mask_border",
    "standardise_page_counters",
    "use_references",
]

use_references = _use_references
standardise_page_counters = page_layout._standardize_page_based_counters


def layout_context(html: Any, faces: Any, options: dict[str, Any]) -> Any:
    """The engine's layout context of one document: styles computed, targets collected."""
    return Document._build_layout_context(html, faces, CounterStyle(), {}, options)


def page_width_and_height(page: Any, context: Any) -> None:
    """Resolve the page's margins and the size of its page area."""
    page_layout.resolve_percentages(page, page.style["size"])
    page.position_x = page.position_y = 0
    width, height = page.style["size"]
    page_layout.page_width(page, context, width)
    page_layout.page_height(page, context, height)


@contextmanager
def first_page_counted_as(index: int) -> Iterator[None]:
    """`@page :first` is the page of index 0: let the first page laid out be another one."""
    original = page_layout.PageType

    def shifted(side: str, blank: bool, name: str, at: int, groups: Any) -> Any:
        return original(side, blank, name, at + index, groups)

    page_layout.PageType = shifted if index else original
    try:
        yield
    finally:
        page_layout.PageType = original


@contextmanager
def pages_all_named(name: str | None) -> Iterator[None]:
    """Every box wants a page of that name, unless it is None: then the engine looks what it wants, and all in it."""
    kinds = boxes.Box, boxes.ParentBox, boxes.TableBox
    originals = [kind.page_values for kind in kinds]
    for kind in kinds if name is not None else ():
        kind.page_values = lambda _: (name, name)
    try:
        yield
    finally:
        for kind, original in zip(kinds, originals, strict=True):
            kind.page_values = original


class DescribedFont(Font):  # type: ignore[misc]
    """A font that remembers the description by which another process finds it again, and reads its file when asked.

    Most never are: painting needs glyphs and widths, and HarfBuzz takes a subset without the file being copied.
    """

    _file: bytes | None = None
    _subset_to: frozenset[int] | None = None

    def __init__(self, pango_font: Any, description: Any, font_size: float) -> None:
        content_of_face, pdf_fonts.get_hb_object_data = pdf_fonts.get_hb_object_data, lambda *_: None
        try:
            super().__init__(pango_font, description, font_size)
        finally:
            pdf_fonts.get_hb_object_data = content_of_face
        described = ffi.gc(pango.pango_font_description_to_string(description), gobject.g_free)
        self.description = ffi.string(described).decode()

    @property
    def file_content(self) -> bytes:
        """The font file, or the subset of it."""
        if self._file is None:
            self._file = bytes(pdf_fonts.get_hb_object_data(self.hb_face))
        return self._file

    @file_content.setter
    def file_content(self, content: bytes | None) -> None:
        self._file = content

    def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Leave the glyphs of `to_unicode` alone, unless it is done."""
        if self._subset_to != to_unicode.keys():
            super().subset(to_unicode, hinting)
            self._subset_to = frozenset(to_unicode)

    def _harfbuzz_subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """As the engine's, in half the time; what is not sure to be the same is left to it."""
        content = None if self.missing else subset_face(self.hb_face, to_unicode, hinting=hinting)
        if content is None:
            super()._harfbuzz_subset(to_unicode, hinting)
        else:
            self.file_content = content

    def take_subset(self, glyphs: frozenset[int], content: bytes) -> None:
        """The font file is `content`, which has no more than those glyphs."""
        self._file, self._subset_to = content, glyphs


def load_font(font_config: Any, description: str, size: float) -> DescribedFont:
    """The font that a description names, at `size` px."""
    wanted = ffi.gc(pango.pango_font_description_from_string(description.encode()), pango.pango_font_description_free)
    pango.pango_font_description_set_absolute_size(wanted, size * TO_UNITS)
    context = ffi.gc(pango.pango_font_map_create_context(font_config.font_map), gobject.g_object_unref)
    font = pango.pango_font_map_load_font(font_config.font_map, context, wanted)
    _, own, _ = pdf_stream.get_pango_font_key(font)
    return DescribedFont(font, own, size)
