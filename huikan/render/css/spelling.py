"""Words of CSS that are slips of others."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LIKE = 0.7
"""Share of the letters that stand in both, from which on one word may be a slip of the other."""


def is_slip_of(word: str, known: Iterable[str]) -> bool:
    """Whether one letter more, less, other or in another place makes a known word of it."""
    return any(OSA.distance(word, each, score_cutoff=1) <= 1 for each in known)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` is a slip of; empty if there is none. Two letters that changed places are one slip."""
    found = process.extractOne(word, sorted(known), scorer=OSA.normalized_similarity, score_cutoff=_LIKE)
    return str(found[0]) if found else ""
