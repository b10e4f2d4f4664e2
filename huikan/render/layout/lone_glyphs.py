"""Characters whose glyph is the same whatever stands beside it, as nearly all of a Chinese face are.

A text of such characters is set from what is known of each; Pango takes a tenth of a millisecond for every text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any, NamedTuple

from huikan.render.layout.engine import FROM_UNITS, face_key, features_of, is_chinese, pango
from huikan.render.layout.face_tables import glyphs_that_may_change
from huikan.render.layout.glyph_runs import GlyphRun, Shaped

_MARKS = "、。〈〉《》「」『』【】！（），：；？"
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Kind:
    """Texts that Pango takes for one `script` (ISO 15924) from end to end.

    A text with the `seed` in it is one of them, if `shared` characters stand there alone, which other scripts have too.
    """

    pattern: re.Pattern[str]
    script: bytes
    seed: str
    shared: str


HAN = Kind(re.compile(f"[{_MARKS}0-9]*[一-鿿][{_MARKS}0-9一-鿿]*"), b"Hani", "汉", _MARKS + _DIGITS)
NUMBER = Kind(re.compile("[0-9]+"), b"Zyyy", "0", _DIGITS)


def shaped_alone(text: str, style: Any, shape: Callable[[str, Any], Shaped]) -> Shaped | None:
    """The text as `shape`, which asks Pango, would give it for the style; None when that is to be asked."""
    kind = NUMBER if NUMBER.pattern.fullmatch(text) else HAN
    if kind is HAN and not HAN.pattern.fullmatch(text):
        return None
    font_map = style.font_config.font_map
    if getattr(style, "lone_glyphs", (None,))[0] is not font_map:  # a forked process makes one of its own
        style.lone_glyphs = font_map, {}
    known = style.lone_glyphs[1]
    if kind.seed not in known:
        known[kind.seed] = _glyphs_of(style, kind, shape)
    glyphs: _LoneGlyphs | None = known[kind.seed]
    return None if glyphs is None else glyphs.shaped(text, lambda other: shape(other, style))


class _LoneGlyphs:
    """The glyphs that characters have in one style, each learned when it turns up.

    `may_change` tells it of a glyph, `steady` has the characters that stay as they are all the same; `seed` is set.
    """

    def __init__(
        self, kind: Kind, seed: Shaped, may_change: Callable[[str, int], bool], steady: frozenset[str]
    ) -> None:
        self._kind = kind
        self._may_change, self._steady = may_change, steady
        self._font, self._height = seed.runs[0].font, seed.height
        self._glyphs: dict[str, int] = {}
        self._widths: dict[str, int] = {}
        self._advances: dict[str, float] = {}
        self._refused = set[str]()

    def shaped(self, text: str, shape: Callable[[str], Shaped]) -> Shaped | None:
        """The text put together of glyphs that are known, or are learned now; None when one of them is not alone."""
        try:
            ids = [*map(self._glyphs.__getitem__, text)]
        except KeyError:
            unknown = set(text).difference(self._glyphs)
            self._learn(unknown - self._refused, shape)
            return None if self._refused.intersection(unknown) else self.shaped(text, shape)
        count, widths = len(ids), [*map(self._widths.__getitem__, text)]
        run = GlyphRun(self._font, ids, widths, [0] * count, [0] * count, [*range(count + 1)], is_plain=True)
        return Shaped([*map(self._advances.__getitem__, text)], self._height, (run,))

    def _learn(self, characters: set[str], shape: Callable[[str], Shaped]) -> None:
        found = _ways_set(characters, self._kind.seed, shape)
        for character in characters:
            way = found[character].pop() if len(found[character]) == 1 else _NO_WAY
            if way.font != self._font or way.x_offset or way.y_offset or not self._stays(character, way.glyph):
                self._refused.add(character)
            else:
                self._glyphs[character], self._widths[character] = way.glyph, way.width
                self._advances[character] = way.width * FROM_UNITS

    def _stays(self, character: str, glyph: int) -> bool:
        return glyph < pango.PANGO_GLYPH_EMPTY and (character in self._steady or not self._may_change(character, glyph))


class _Way(NamedTuple):
    """How a character is set; widths and offsets in Pango's units."""

    font: Any
    glyph: int
    width: int
    x_offset: int
    y_offset: int


_NO_WAY = _Way(None, 0, 0, 0, 0)


def _glyphs_of(style: Any, kind: Kind, shape: Callable[[str, Any], Shaped]) -> _LoneGlyphs | None:
    """What is known of a style, the same for all of its face and size; None when its glyphs cannot be told alone."""
    if not is_chinese(style) or style["font_language_override"] != "normal":
        return None
    faces = style.font_config
    known: dict[Any, _LoneGlyphs | None] = vars(faces).setdefault("lone_glyphs", {})
    key = kind.seed, face_key(style), style["font_size"], style["font_kerning"], faces.font_map
    if key not in known:
        known[key] = _glyphs_begun(style, kind, lambda text: shape(text, style))
    return known[key]


def _glyphs_begun(style: Any, kind: Kind, shape: Callable[[str], Shaped]) -> _LoneGlyphs | None:
    seed = shape(kind.seed)
    may_change = glyphs_that_may_change(seed.runs[0].font, kind.script, style["lang"], features_of(style))
    return may_change and _LoneGlyphs(kind, seed, may_change, _steady(kind, may_change, shape))


def _steady(kind: Kind, may_change: Callable[[str, int], bool], shape: Callable[[str], Shaped]) -> frozenset[str]:
    """Characters that stay as they are beside each other, though tables could change them: beside others, that is."""
    alone = _ways_set(kind.shared, kind.seed, shape)
    doubtful = [character for character, ways in alone.items() if any(may_change(character, way.glyph) for way in ways)]
    pairs = "".join(one + other for one in doubtful for other in doubtful)
    found = _ways_set([*doubtful, pairs], kind.seed, shape) if doubtful else {}
    return frozenset(character for character in doubtful if len(found[character]) == 1)


def _ways_set(texts: Iterable[str], seed: str, shape: Callable[[str], Shaped]) -> dict[str, set[_Way]]:
    """The ways in which each character is set in texts that stand between seeds.

    One that has several glyphs, or shares one, has more than one way.
    """
    whole = seed + seed.join(texts) + seed
    found: dict[str, set[_Way]] = {character: set() for character in whole}
    for run in shape(whole).runs:
        ways = map(_Way, repeat(run.font), run.ids, run.widths, run.x_offsets, run.y_offsets)
        for way, (start, end) in zip(ways, pairwise(run.starts), strict=True):
            found[whole[start]].add(way)
            if end != start + 1:
                for character in whole[start : max(start + 1, end)]:
                    found[character] |= {_NO_WAY, way}
    return found
