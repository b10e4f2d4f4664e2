"""Names of the hidden bookmarks: one function makes each kind, and the reader of reviewed copies uses the same.

Word allows 40 characters, letters, digits and underscores; a leading underscore hides the bookmark.
"""

from __future__ import annotations

import hashlib

FIELD_PREFIX = "_hk_"
ANCHOR_PREFIX = "_hka_"
_DIGITS = 20


def field_bookmark(key: str, occurrence: int) -> str:
    """The bookmark of the `occurrence`-th place (from 1) where a field's words stand."""
    return f"{FIELD_PREFIX}{_digest(key)}_{occurrence}"


def anchor_bookmark(anchor: str) -> str:
    """The bookmark of an element's id, to which page references lead."""
    return f"{ANCHOR_PREFIX}{_digest(anchor)}"


def text_digest(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a field's words as sent."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
