"""Glyphs of a line cut out of those of its paragraph."""

from huikan.render.layout.glyph_runs import Cutting, GlyphRun

HAN = GlyphRun("serif", [11, 12, 13], [100, 100, 100], [0, 0, 0], [0, 0, 0], [0, 1, 2, 3])
LIGATURE = GlyphRun("latin", [21, 22], [60, 40], [0, 0], [0, 0], [3, 5, 6])


def test_a_line_has_its_own_glyphs_counted_from_its_beginning() -> None:
    cut = Cutting((HAN, LIGATURE), 1, 5).cut()
    assert cut == [
        GlyphRun("serif", [12, 13], [100, 100], [0, 0], [0, 0], [0, 1, 2]),
        GlyphRun("latin", [21], [60], [0], [0], [2, 4]),
    ]
    cut[0].widths[0] = 130
    assert HAN.widths == [100, 100, 100]


def test_no_ligature_is_cut_through() -> None:
    assert Cutting((HAN, LIGATURE), 1, 4).cut() is None
    assert Cutting((HAN, LIGATURE), 4, 6).cut() is None


def test_characters_without_glyphs_are_left_to_pango() -> None:
    assert Cutting((HAN, LIGATURE), 1, 7).cut() is None
    assert Cutting((), 0, 1).cut() is None
