"""The one door to WeasyPrint's private parts: every private name the layout touches is imported here.

The names were read in the version that `KNOWN_VERSION` gives. Import this module only after `engine_is_known`
has said yes: in another version the imports themselves may fail.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint import anchors, document, draw, stacking
from weasyprint.anchors import gather_anchors
from weasyprint.draw import border as draw_border
from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.boxes import (
    Box,
    FootnoteAreaBox,
    InlineBlockBox,
    InlineBox,
    InlineReplacedBox,
    LineBox,
    ParentBox,
    TextBox,
)
from weasyprint.layout import background, block, inline, preferred
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.block import block_container_layout, block_level_width
from weasyprint.layout.inline import _adjust_line_height as adjust_line_height
from weasyprint.layout.inline import atomic_box
from weasyprint.layout.leader import leader_index
from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages
from weasyprint.matrix import Matrix
from weasyprint.pdf import pydyf
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, harfbuzz, pango, pangoft2, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_pango_font_key
from weasyprint.text.line_break import Layout, _font_style_cache_key, get_log_attrs, strut

from huikan.render.declarations import OWN

__all__ = [
    "CHARACTER_BREAK",
    "FROM_UNITS",
    "LINE_BREAK",
    "TO_UNITS",
    "AbsolutePlaceholder",
    "Box",
    "FootnoteAreaBox",
    "InlineBlockBox",
    "InlineBox",
    "InlineReplacedBox",
    "Layout",
    "LineBox",
    "Matrix",
    "ParentBox",
    "TextBox",
    "actual_text",
    "adjust_line_height",
    "anchors",
    "atomic_box",
    "background",
    "block",
    "block_level_width",
    "boxes",
    "breaks_of_text",
    "copy_of_layout",
    "document",
    "draw",
    "draw_border",
    "draw_text",
    "face_key",
    "features_of",
    "ffi",
    "gather_anchors",
    "get_pango_font_key",
    "gobject",
    "harfbuzz",
    "inline",
    "is_chinese",
    "lay_out_inline_block",
    "leader_index",
    "page_box",
    "pango",
    "pangoft2",
    "preferred",
    "pydyf",
    "reference_to_font",
    "resolve_one_percentage",
    "resolve_percentages",
    "set_auto_margins",
    "stacking",
    "strut",
    "unicode_to_char_p",
]


ffi.cdef(OWN, override=True)
LINE_BREAK, CHARACTER_BREAK = 1, 4


def copy_of_layout(layout: Any) -> Any:
    """A Pango layout like this one, with the same context."""
    return ffi.gc(pango.pango_layout_copy(layout), gobject.g_object_unref)


def set_auto_margins(box: Any) -> None:
    """Margins that are "auto" are nothing for a box in a line (CSS 2.2 §10.3.9, §10.6.6)."""
    for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
        if getattr(box, side) == "auto":
            setattr(box, side, 0)


def lay_out_inline_block(
    context: Any, box: Any, width: float, position_x: float, absolute_boxes: Any, fixed_boxes: Any
) -> Any:
    """As the engine does it for a box whose percentages are resolved and whose content is as wide as `width`, in px."""
    set_auto_margins(box)
    box.width = width
    box.position_x, box.position_y = position_x, 0
    box, *_ = block_container_layout(
        context, box, bottom_space=-inf, skip_stack=None, page_is_empty=True, absolute_boxes=absolute_boxes,
        fixed_boxes=fixed_boxes, adjoining_margins=None, first_letter_style=None, first_line_style=None, discard=False,
        max_lines=None,
    )  # fmt: skip
    box.baseline = inline.inline_block_baseline(box)
    return box


def reference_to_font(pango_font: Any) -> Any:
    """Keeps a Pango font, and with it its address, as long as the reference is kept."""
    return ffi.gc(gobject.g_object_ref(pango_font), gobject.g_object_unref)


def page_box(page: Any) -> Box:
    """The box of a laid-out page, root of everything on it."""
    return page._page_box


def actual_text(text: str) -> Any:
    """Property list of marked content that stands for `text`, however wide its glyphs are apart."""
    return pydyf.Dictionary({"ActualText": pydyf.String(text)})


def breaks_of_text(text: str, language: str) -> memoryview:
    """What may be broken where, by UAX #14 as Pango applies it: for each character and the end, bits.

    Those are `LINE_BREAK`, when a line may begin here, and `CHARACTER_BREAK`, when a written character does.
    """
    return memoryview(ffi.buffer(get_log_attrs(text, language))).cast("I")


def is_chinese(style: Any) -> bool:
    """Whether text in this style is Chinese by its language."""
    try:
        return style.is_chinese  # type: ignore[no-any-return]
    except AttributeError:
        language = style["lang"]
        style.is_chinese = bool(language) and language.lower().split("-")[0] == "zh"
        return style.is_chinese  # type: ignore[no-any-return]


def face_key(style: Any) -> str:
    """What decides which glyphs a text in this style gets, its size apart."""
    try:
        return style.face_key  # type: ignore[no-any-return]
    except AttributeError:
        style.face_key = str(_font_style_cache_key(style))
        return style.face_key  # type: ignore[no-any-return]


def features_of(style: Any) -> set[str]:
    """The OpenType features that a style turns on."""
    names = (
        "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
        "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
    )  # fmt: skip
    return {name for name, value in font_features(**{name: style[name] for name in names}).items() if value}
