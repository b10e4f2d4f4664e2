"""Glyphs of a line cut out of those of its paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from huikan.render.layout.glyph_runs import Cutting, GlyphRun, compose, moved

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


@given(
    st.lists(st.tuples(st.integers(0, 40_000), st.floats(0, 3)), min_size=1, max_size=30),
    st.sampled_from([9.333333333333332, 10.0, 14.0, 18.666666666666664]),
)
def test_the_glyphs_of_a_plain_run_get_the_widths_that_are_composed(
    glyphs: list[tuple[int, float]], size: float
) -> None:
    widths, advances = [width for width, _ in glyphs], [advance for _, advance in glyphs]
    count = len(widths)
    run = GlyphRun("serif", [7] * count, [*widths], [0] * count, [0] * count, [*range(count + 1)])
    compose([run], advances, {}, size)
    assert moved(widths, advances, size) == run.widths


def test_plain_glyphs_are_those_of_the_run_with_none_of_them_changed() -> None:
    run = GlyphRun("serif", [11, 12, 13], [14_336] * 3, [0] * 3, [0] * 3, [0, 1, 2, 3], is_plain=True)
    plain = Cutting((run,), 1, 3).plain([1.5, 1.0], 14.0)
    assert plain is not None
    assert (plain.font, plain.ids, plain.run().starts) == ("serif", [12, 13], [0, 1, 2])
    assert plain.widths[0] > run.widths[0] == 14_336
    assert Cutting((HAN, LIGATURE), 0, 3).plain([1.0] * 3, 14.0) is None
