"""What the tables of a face may do to its glyphs, as HarfBuzz reads them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from huikan.render.layout.engine import ffi, harfbuzz, pango, reference_to_font


def _tag(name: bytes) -> int:
    return int.from_bytes(name, "big")


_TABLES = _tag(b"GSUB"), _tag(b"GPOS")
_ELSEWHERE = _tag(b"fvar"), _tag(b"kern"), _tag(b"kerx"), _tag(b"morx"), _tag(b"mort")
"""Tables that say as well what glyphs do side by side."""
_UNASKED = frozenset(
    map(
        _tag,
        (
            b"abvm", b"blwm", b"calt", b"ccmp", b"clig", b"curs", b"dist", b"kern", b"liga", b"locl", b"ltra", b"ltrm",
            b"mark", b"mkmk", b"rand", b"rclt", b"rlig", b"rvrn",
        ),
    )
)  # fmt: skip
"""Features that HarfBuzz applies unasked to text from left to right without a fraction in it."""
_MOST = 256
"""Features of a language, lookups of a feature: a face with more of them is not looked at."""


def glyphs_that_may_change(
    font: Any, script: bytes, language: str, features: Collection[str]
) -> Callable[[str, int], bool] | None:
    """Whether a character that has a glyph of a Pango font may get another one, or another place, or change others.

    So it may if the glyph, or that which it has before anything is done to it, is one that a lookup looks for
    (OpenType, "GSUB" and "GPOS"). `script` is a tag of ISO 15924, `language` one of BCP 47; `features` are those that
    the style asks for. None for a face that other tables have a say in, or that is set with features of its own.
    """
    face = harfbuzz.hb_font_get_face(pango.pango_font_get_hb_font(font))
    count = ffi.new("guint *", 0)
    pango.pango_font_get_features(font, ffi.new("char[1024]"), 32, count)
    if count[0] or any(_has_table(face, table) for table in _ELSEWHERE):
        return None
    found = ffi.gc(harfbuzz.hb_set_create(), harfbuzz.hb_set_destroy)
    wanted = _UNASKED.union(_tag(name.encode()) for name in features)
    for table in _TABLES:
        lookups = _lookups(face, table, script, language, wanted)
        if lookups is None:
            return None
        for lookup in sorted(lookups):
            harfbuzz.hb_ot_layout_lookup_collect_glyphs(face, table, lookup, found, found, found, ffi.NULL)
    nominal, held = ffi.new("hb_codepoint_t *"), reference_to_font(font)

    def may_change(character: str, glyph: int) -> bool:
        hb_font = pango.pango_font_get_hb_font(held)
        if not harfbuzz.hb_font_get_nominal_glyph(hb_font, ord(character), nominal):
            return True
        return bool(harfbuzz.hb_set_has(found, glyph) or harfbuzz.hb_set_has(found, nominal[0]))

    return may_change


def _has_table(face: Any, table: int) -> bool:
    blob = ffi.gc(harfbuzz.hb_face_reference_table(face, table), harfbuzz.hb_blob_destroy)
    return bool(harfbuzz.hb_blob_get_length(blob))


def _lookups(face: Any, table: int, script: bytes, language: str, wanted: frozenset[int]) -> set[int] | None:
    """Those that HarfBuzz applies, chosen by script and language as it chooses them."""
    said = language.encode()
    script_count, language_count = ffi.new("guint *", 3), ffi.new("guint *", 3)
    scripts, languages = ffi.new("hb_tag_t[3]"), ffi.new("hb_tag_t[3]")
    harfbuzz.hb_ot_tags_from_script_and_language(
        _tag(script),
        harfbuzz.hb_language_from_string(said, len(said)),
        script_count,
        scripts,
        language_count,
        languages,
    )
    script_at, chosen, at = ffi.new("guint *"), ffi.new("hb_tag_t *"), ffi.new("guint *")
    harfbuzz.hb_ot_layout_table_select_script(face, table, script_count[0], scripts, script_at, chosen)
    harfbuzz.hb_ot_layout_script_select_language(face, table, script_at[0], language_count[0], languages, at)
    place = face, table, script_at[0], at[0]
    counts = ffi.new("guint *", _MOST), ffi.new("guint *", _MOST)
    features, tags = ffi.new(f"guint[{_MOST}]"), ffi.new(f"hb_tag_t[{_MOST}]")
    in_all = harfbuzz.hb_ot_layout_language_get_feature_indexes(*place, 0, counts[0], features)
    harfbuzz.hb_ot_layout_language_get_feature_tags(*place, 0, counts[1], tags)
    if in_all > _MOST:
        return None
    applied = {features[index] for index in range(in_all) if tags[index] in wanted}
    required = ffi.new("guint *")
    if harfbuzz.hb_ot_layout_language_get_required_feature_index(*place, required):
        applied.add(required[0])
    lookups = set[int]()
    for feature in applied:
        count, indexes = ffi.new("guint *", _MOST), ffi.new(f"guint[{_MOST}]")
        if harfbuzz.hb_ot_layout_feature_get_lookups(face, table, feature, 0, count, indexes) > _MOST:
            return None
        lookups.update(indexes[0 : count[0]])
    return lookups
