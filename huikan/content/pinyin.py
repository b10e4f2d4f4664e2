"""Pinyin of Han characters as pypinyin gives it, from tables of its words that are kept on the machine.

Loading its words takes pypinyin a sixth of a second at each start. Kept as bytecode is, and without tones, they are
there in a tenth of that; where they cannot be kept, pypinyin is asked.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from bisect import bisect_left
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from huikan.compiled import compiled, keep_compiled, may_keep

_NAME = "pinyin"


class Tables(NamedTuple):
    """Readings without tones: of single characters, and of words, whose syllables are set apart by spaces; in order."""

    characters: dict[str, str]
    words: dict[str, str]
    in_order: list[str]


def syllables(text: str) -> list[str]:
    """The reading of each character, without tones, ü as v; what is no Han character stands as it is."""
    tables = _tables()
    if tables is not None and all(character in tables.characters for character in text):
        return syllables_by(tables, text)
    from pypinyin import Style, lazy_pinyin

    return [str(syllable) for syllable in lazy_pinyin(text, style=Style.NORMAL)]


def syllables_by(tables: Tables, text: str) -> list[str]:
    """The reading of characters that are all in the tables: by the longest words, from the beginning."""
    said: list[str] = []
    while text:
        length = next((end for end in range(len(text), 0, -1) if text[:end] in tables.words), 0)
        if length:
            said += tables.words[text[:length]].split(" ")
            text = text[length:]
        elif _begins_a_word(tables, text):  # as pypinyin does: nothing in it is taken for a word
            return said + [tables.characters[character] for character in text]
        else:
            said.append(tables.characters[text[0]])
            text = text[1:]
    return said


def _begins_a_word(tables: Tables, text: str) -> bool:
    at = bisect_left(tables.in_order, text)
    return at < len(tables.in_order) and tables.in_order[at].startswith(text)


@cache
def _tables() -> Tables | None:
    """The tables, made of pypinyin's words unless they were kept; None where nothing can be kept."""
    made_from = _state_of_pypinyin()
    kept = compiled(_NAME) or b""
    if kept[: len(made_from)] != made_from:
        if not may_keep(_NAME):
            return None
        tables = tables_of_pypinyin()
        keep_compiled(_NAME, made_from + marshal.dumps((tables.characters, tables.words)))
        return tables
    characters, words = marshal.loads(kept[len(made_from) :])
    return Tables(characters, words, list(words))


def _state_of_pypinyin() -> bytes:
    """What changes when another release is installed; told without loading it."""
    spec = find_spec("pypinyin")
    sources = sorted(Path(spec.origin).parent.glob("*.py")) if spec is not None and spec.origin else ()
    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in sources]
    return hashlib.sha256(f"{sys.version} {states}".encode()).digest()


def tables_of_pypinyin() -> Tables:
    """What pypinyin knows, without tones."""
    from pypinyin import Style
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS
    from pypinyin.style import convert

    plain = cache(lambda reading: str(convert(reading, Style.NORMAL, strict=True)))
    characters = {
        chr(point): plain(readings.partition(",")[0])
        for point, readings in PINYIN_DICT.items()
        if RE_HANS.match(chr(point))
    }
    words = {word: " ".join(plain(first) for first, *_ in PHRASES_DICT[word]) for word in sorted(PHRASES_DICT)}
    return Tables(characters, words, list(words))
