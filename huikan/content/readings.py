"""How names are read, for the order of the name index: pinyin for Han names, then Latin names."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def reading(name: str, override: str | None = None) -> str:
    """The reading of a name in lower-case Latin letters, syllables set apart by spaces; `override` wins."""
    if override:
        return override.casefold()
    return " ".join(lazy_pinyin(name, style=Style.NORMAL)).casefold()


def is_han(name: str) -> bool:
    """Whether the name begins with a Han character."""
    return bool(name) and ("\u3400" <= name[0] <= "\u9fff" or "\U00020000" <= name[0] <= "\U0003ffff")


def sort_key(name: str, override: str | None = None) -> tuple[bool, str, str]:
    """Han names by reading, then Latin names; equal readings by the name itself."""
    return (not is_han(name), reading(name, override), name)


def initial(name: str, override: str | None = None) -> str:
    """The capital under which the name stands in the index."""
    return reading(name, override)[:1].upper()
