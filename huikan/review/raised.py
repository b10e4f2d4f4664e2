"""Raised and lowered characters, which the content has no form for, as the characters that Unicode has of them."""

from __future__ import annotations

_PLAIN = "0123456789+−-=()"
_FORMS = {
    "superscript": dict(zip(f"{_PLAIN}ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True)),
    "subscript": dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
}
_ORDINALS = {"st", "nd", "rd", "th"}
"""What Word raises by itself behind a number."""


def raised(words: str, alignment: str) -> str | None:
    """The words as they look on a line of their own (ISO/IEC 29500-1 §17.18.96); None if Unicode lacks one of them."""
    forms = _FORMS.get(alignment)
    if forms is None or not words.strip() or words.strip() in _ORDINALS:
        return words
    if all(letter in forms or letter.isspace() for letter in words):
        return "".join(forms.get(letter, letter) for letter in words)
    return None
