"""Texts put together of glyphs that are known are those that Pango would have shaped, glyph for glyph."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from huikan.render.chapters import engine
from huikan.render.layout import chinese_layout, shaping
from huikan.render.layout.face_tables import glyphs_that_may_change
from huikan.render.layout.glyph_runs import Shaped
from huikan.render.layout.lone_glyphs import HAN, NUMBER, shaped_alone

FACES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai", "Noto Sans", "Source Sans 3', 'Noto Sans CJK SC")
RULES = (
    "",
    "font-variant-numeric: lining-nums",
    "font-feature-settings: 'palt'",
    "font-kerning: none",
    "font-weight: 700",
)
TEXTS = st.text(
    st.sampled_from("会刊中国知识产权、。〈〉《》「」『』【】！（），：；？0123456789箁磊迎一龥"),
    min_size=1,
    max_size=40,
)


@pytest.fixture(autouse=True)
def lines_taken_over() -> Iterator[None]:
    with chinese_layout():
        yield


@cache
def style(face: str, rule: str = "", size: float = 14, language: str = "zh-Hans") -> Any:
    sheet = f"p {{ font: {size}px '{face}'; {rule} }}"
    html = HTML(string=f"<html lang={language}><style>{sheet}</style><body><p>会</p></body></html>")
    context = engine.layout_context(html, FontConfiguration(), dict(engine.DEFAULT_OPTIONS, cache={}))
    return context.style_for(html.etree_element.find(".//p"))


def by_pango(text: str, in_style: Any) -> Shaped:
    return shaping._shaped_by_pango(text, in_style)


def alone(text: str, in_style: Any) -> Shaped | None:
    return shaped_alone(text, in_style, shaping._shaped_by_pango)


@given(
    st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(FACES), st.sampled_from(RULES), st.sampled_from((9.3, 14))
)
def test_a_text_is_shaped_as_pango_shapes_it(texts: list[str], face: str, rule: str, size: float) -> None:
    """Several in a row: each finds what those before it have taught."""
    for text in texts:
        made = alone(text, style(face, rule, size))
        assert made is None or made == by_pango(text, style(face, rule, size))


@pytest.mark.parametrize("face", ["Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai"])
def test_nearly_every_ideograph_of_a_chinese_face_is_alone(face: str) -> None:
    characters = [chr(code) for code in range(0x4E00, 0x5E00)]
    told = [character for character in characters if alone(character, style(face))]
    assert len(told) > 0.97 * len(characters)
    assert all(alone(mark + "会" + mark, style(face)) for mark in "、。《》（），：；？！")


@pytest.mark.parametrize(
    "text",
    ["", "，。", "AI", "会AI", "会 刊", "会“刊”", "会——刊", "é", "한국", "カナ", "会\ufe00", "12:30", "会·刊", "１"],
)
def test_what_other_scripts_have_a_part_in_is_pangos(text: str) -> None:
    assert alone(text, style("Noto Serif CJK SC")) is None


def test_text_of_another_language_is_pangos() -> None:
    assert alone("会刊", style("Noto Serif CJK SC", language="ja")) is None
    assert alone("2024", style("Noto Serif CJK SC", language="en")) is None
    assert alone("会刊", style("Noto Serif CJK SC", "font-language-override: 'JPN'")) is None


def test_a_character_from_another_face_is_pangos() -> None:
    mixed = style("Noto Sans', 'Noto Serif CJK SC")
    assert alone("会刊", mixed) == by_pango("会刊", mixed)
    assert len(by_pango("第1章", mixed).runs) == 3
    assert alone("第1章", mixed) is None


def test_glyphs_that_a_feature_of_the_style_moves_are_pangos() -> None:
    proportional = style("Noto Serif CJK SC", "font-feature-settings: 'palt'")
    assert alone("会、刊", style("Noto Serif CJK SC")) is not None
    assert alone("会、、刊", proportional) in (None, by_pango("会、、刊", proportional))


def test_a_face_tells_the_glyphs_that_its_tables_may_change() -> None:
    han, latin = by_pango("会T", style("Noto Serif CJK SC")).runs
    may_change = glyphs_that_may_change(han.font, HAN.script, "zh-Hans", ["kern"])
    assert may_change is not None
    assert [may_change("会", han.ids[0]), may_change("T", latin.ids[0])] == [False, True]
    japanese = glyphs_that_may_change(han.font, HAN.script, "ja", [])
    assert japanese is not None
    assert japanese("骨", by_pango("骨", style("Noto Serif CJK SC")).runs[0].ids[0])


def test_numbers_are_shaped_alone_without_han_beside_them() -> None:
    assert NUMBER.pattern.fullmatch("2024")
    for face in ("Noto Serif CJK SC", "Noto Sans"):
        assert alone("2024", style(face)) == by_pango("2024", style(face))
        assert alone("1171", style(face)) == by_pango("1171", style(face))
