"""Faces cut down to the glyphs of a book, as the engine does it in two passes of HarfBuzz: mostly one will do."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from weasyprint.pdf.fonts import get_hb_object_data
from weasyprint.text.ffi import harfbuzz, harfbuzz_subset

from huikan.render.layout.engine import ffi

_TABLES = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ")
"""What the engine drops: shaping is over when a font is embedded."""


def subset_face(face: Any, glyphs: Collection[int], *, hinting: bool) -> bytes | None:
    """The font file with those glyphs alone, at the places they have in `face` (HarfBuzz's), and none after the last.

    HarfBuzz may leave variants of them after the last one, which a second pass takes out. Where it has not, that pass
    would go through all places once more, for twice the time, to find an empty table at most. None when HarfBuzz fails.
    """
    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    chosen = harfbuzz_subset.hb_subset_input_glyph_set(wanted)
    _fill(chosen, sorted(glyphs))
    dropped = harfbuzz_subset.hb_subset_input_set(wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    _fill(dropped, sorted(harfbuzz.hb_tag_from_string(table, -1) for table in _TABLES))
    flags = (
        harfbuzz_subset.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED | harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
    ) | (0 if hinting else harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING)
    made = _subset(face, wanted, flags | harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS)
    if made is not None and harfbuzz.hb_face_get_glyph_count(made) != max(glyphs) + 1:
        _fill(chosen, range(max(glyphs) + 1))
        made = _subset(made, wanted, flags)
    return (made and bytes(get_hb_object_data(made) or b"")) or None


def _subset(face: Any, wanted: Any, flags: int) -> Any:
    harfbuzz_subset.hb_subset_input_set_flags(wanted, flags)
    made = harfbuzz_subset.hb_subset_or_fail(face, wanted)
    return None if made == ffi.NULL else ffi.gc(made, harfbuzz.hb_face_destroy)


def _fill(numbers: Any, values: Collection[int]) -> None:
    array = ffi.new(f"hb_codepoint_t[{len(values)}]", tuple(values))
    harfbuzz.hb_set_add_sorted_array(numbers, array, len(values))
