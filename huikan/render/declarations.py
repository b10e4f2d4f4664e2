"""The engine's declarations of the C libraries that it calls, parsed once on a machine.

Parsing them takes a third of a second at each start. cffi can write what it has parsed as a Python module, which is
kept as bytecode is. Where it cannot be kept, the engine parses its declarations each time, as it does by itself.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from huikan.compiled import compiled, keep_compiled

_DECLARING = "weasyprint.text.ffi"
OWN = """
PangoLayout* pango_layout_copy(PangoLayout* source);
PangoFontDescription* pango_font_description_from_string(const char* str);
void* g_object_ref(void* object);
void g_free(void* mem);
void pango_font_get_features(PangoFont* font, void* features, guint len, guint* count);
hb_bool_t hb_font_get_nominal_glyph(hb_font_t*, hb_codepoint_t, hb_codepoint_t*);
hb_set_t* hb_set_create(void);
void hb_set_destroy(hb_set_t*);
hb_bool_t hb_set_has(const hb_set_t*, hb_codepoint_t);
void* hb_language_from_string(const char*, int);
void hb_ot_tags_from_script_and_language(hb_tag_t, void*, guint*, hb_tag_t*, guint*, hb_tag_t*);
hb_bool_t hb_ot_layout_table_select_script(hb_face_t*, hb_tag_t, guint, const hb_tag_t*, guint*, hb_tag_t*);
hb_bool_t hb_ot_layout_script_select_language(hb_face_t*, hb_tag_t, guint, guint, const hb_tag_t*, guint*);
hb_bool_t hb_ot_layout_language_get_required_feature_index(hb_face_t*, hb_tag_t, guint, guint, guint*);
guint hb_ot_layout_language_get_feature_indexes(hb_face_t*, hb_tag_t, guint, guint, guint, guint*, guint*);
guint hb_ot_layout_language_get_feature_tags(hb_face_t*, hb_tag_t, guint, guint, guint, guint*, hb_tag_t*);
guint hb_ot_layout_feature_get_lookups(hb_face_t*, hb_tag_t, guint, guint, guint*, guint*);
void hb_ot_layout_lookup_collect_glyphs(hb_face_t*, hb_tag_t, guint, hb_set_t*, hb_set_t*, hb_set_t*, hb_set_t*);
"""
"""What Huikan calls beside what the engine declares, in C."""


def remember_declarations() -> None:
    """Let the engine, when it is imported from now on, take its declarations as they were parsed before."""
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)


class _Finder:
    @staticmethod
    def find_spec(name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name == _DECLARING else None
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        """The module, with declarations parsed before, or parsed now and kept."""
        import cffi

        made_from = f"{sys.version} {cffi.__version__}\0{OWN}\0".encode() + Path(self.path).read_bytes()
        digest = hashlib.sha256(made_from).hexdigest().encode()
        usual, declared = cffi.FFI, _parsed_before(digest)
        cffi.FFI = usual if declared is None else lambda: declared
        try:
            super().exec_module(module)
        finally:
            cffi.FFI = usual
        if declared is None:
            module.ffi.cdef(OWN)
            keep_compiled("declarations", digest + b"\n" + _as_python(module.ffi))


def _parsed_before(digest: bytes) -> Any:
    """The declarations, or None if none are kept or they were made from others."""
    import _cffi_backend

    class Declared(_cffi_backend.FFI):  # type: ignore[misc]
        def cdef(self, source: str, **options: object) -> None:
            """Nothing: all of it is declared."""

    kept_digest, _, code = (compiled("declarations") or b"").partition(b"\n")
    if kept_digest != digest:
        return None
    names: dict[str, Any] = {"_cffi_backend": SimpleNamespace(FFI=Declared)}
    exec(code.replace(b"import _cffi_backend", b"", 1), names)
    return names["ffi"]


def _as_python(ffi: Any) -> bytes:
    with tempfile.TemporaryDirectory() as desk:
        ffi.set_source("declared", None)
        return Path(ffi.compile(desk)).read_bytes()
