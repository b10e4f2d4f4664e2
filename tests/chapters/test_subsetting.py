"""Faces cut down in as few passes as they need: the engine's own subsets, byte for byte."""

from __future__ import annotations

import pytest
from weasyprint.pdf.fonts import Font
from weasyprint.text.fonts import FontConfiguration

from huikan.render.chapters.engine import DescribedFont, harfbuzz_subset, load_font
from huikan.render.chapters.subsetting import subset_face

pytestmark = pytest.mark.skipif(harfbuzz_subset is None, reason="the HarfBuzz subset library is not installed")
FACES = ("Noto Serif CJK SC", "Noto Serif CJK SC Bold", "Noto Sans CJK SC", "Noto Sans Bold", "LXGW WenKai")
GLYPHS = ({3, 20, 34}, {2, 121, *range(40, 60)}, {*range(100, 2000, 7)}, {17, 9000, 24000, 27000})


def font(face: str) -> DescribedFont:
    return load_font(FontConfiguration(), face, 16)


@pytest.mark.parametrize("hinting", [False, True])
@pytest.mark.parametrize("face", FACES)
def test_a_subset_has_the_bytes_of_the_engines_own(face: str, hinting: bool) -> None:
    for glyphs in GLYPHS:
        ours, engines = font(face), font(face)
        to_unicode = dict.fromkeys(glyphs, "x")
        ours.subset(to_unicode, hinting)
        Font._harfbuzz_subset(engines, to_unicode, hinting)
        assert ours.file_content == engines.file_content


def test_glyphs_after_the_last_are_taken_out_in_a_second_pass() -> None:
    """At least one of these faces has variants of the glyphs behind them, or the second pass was never needed."""
    passes: list[int] = []
    counted = harfbuzz_subset.hb_subset_or_fail

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(harfbuzz_subset, name)

        def hb_subset_or_fail(self, *arguments: object) -> object:
            passes[-1] += 1
            return counted(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("huikan.render.chapters.subsetting.harfbuzz_subset", Counting())
        for face in FACES:
            for glyphs in GLYPHS:
                passes.append(0)
                assert subset_face(font(face).hb_face, glyphs, hinting=False)
    assert set(passes) == {1, 2}


def test_a_face_that_lacks_characters_is_left_to_the_engine() -> None:
    ours, engines = font(FACES[0]), font(FACES[0])
    for each in (ours, engines):
        each.missing = {1: "x"}
    ours.subset({1: "x", 40: "y"}, hinting=False)
    Font._harfbuzz_subset(engines, {1: "x", 40: "y"}, False)
    assert ours.file_content == engines.file_content
