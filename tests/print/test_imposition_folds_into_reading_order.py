from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.print.impose import impose
from huikan.print.sheet_layout import Scheme
from huikan.print.signatures import Binding, Blanks, perfect_binding_sheets, saddle_stitch_sheets
from tests.print.folding import (
    Face,
    Leaf,
    fold_left_over_right,
    fold_lines,
    fold_right_over_left,
    fold_top_over_bottom,
    read_sheets,
    read_through,
)
from tests.print.samples import PageSpec, numbered_document

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 100.0, 140.0
TOLERANCE_MM = 0.01


def numbers(faces: list[Face | None]) -> list[int | None]:
    return [face.number if face else None for face in faces]


def folded_saddle_booklet(path: Path) -> list[Face | None]:
    """Each sheet lies with its back up; the sheets are laid into each other, the cover lowest, and folded."""
    pile: list[Leaf] = []
    for sheet in read_sheets(path, columns=2, rows=1, width_mm=WIDTH, height_mm=HEIGHT):
        pile = sheet + pile
    (spine,), _ = fold_lines(path)
    return read_through(fold_left_over_right(pile, spine))


def folded_signatures(path: Path, columns: int) -> list[Face | None]:
    """Each sheet is folded by itself, then the signatures are gathered behind each other."""
    across, (head,) = fold_lines(path)
    pages: list[Face | None] = []
    for sheet in read_sheets(path, columns=columns, rows=2, width_mm=WIDTH, height_mm=HEIGHT):
        pile = sheet
        if columns == 4:
            pile = fold_right_over_left(pile, across[1])
        pile = fold_top_over_bottom(pile, head)
        pile = fold_left_over_right(pile, across[0])
        pages += read_through(pile)
    return pages


def assert_pages_lie_on_each_other(faces: list[Face]) -> None:
    first = faces[0].box
    for face in faces:
        assert face.box == pytest.approx(first, abs=TOLERANCE_MM), f"page {face.number} is out of place"
        assert face.head == 1, f"page {face.number} stands on its head"


@pytest.mark.parametrize("bleed", [0.0, 3.0])
@pytest.mark.parametrize("pages", [4, 16, 20])
def test_a_saddle_stitched_booklet_reads_in_order(tmp_path: Path, pages: int, bleed: float) -> None:
    source = numbered_document(tmp_path / "source.pdf", pages, PageSpec(bleed=bleed))
    report = impose(source, tmp_path / "sheets.pdf", Scheme())
    faces = folded_saddle_booklet(tmp_path / "sheets.pdf")
    assert numbers(faces) == list(range(1, pages + 1))
    assert_pages_lie_on_each_other([face for face in faces if face])
    assert (report.sheets, report.blank_pages, report.signatures) == (pages // 4, 0, 1)


@pytest.mark.parametrize(("signature", "columns"), [(8, 2), (16, 4)])
@pytest.mark.parametrize("milling", [0.0, 3.0])
def test_folded_signatures_read_in_order(tmp_path: Path, signature: int, columns: int, milling: float) -> None:
    source = numbered_document(tmp_path / "source.pdf", 32, PageSpec(bleed=3.0))
    scheme = Scheme(Binding.PERFECT, signature_pages=signature, milling_mm=milling)
    report = impose(source, tmp_path / "sheets.pdf", scheme)
    faces = folded_signatures(tmp_path / "sheets.pdf", columns)
    assert numbers(faces) == list(range(1, 33))
    assert_pages_lie_on_each_other([face for face in faces if face])
    assert report.signatures == 32 // signature


def test_blanks_stand_at_the_end_or_before_the_back_cover(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 6)
    read: dict[Blanks, list[int | None]] = {}
    for blanks in Blanks:
        impose(source, tmp_path / "sheets.pdf", Scheme(blanks=blanks))
        read[blanks] = numbers(folded_saddle_booklet(tmp_path / "sheets.pdf"))
    assert read[Blanks.AT_END] == [1, 2, 3, 4, 5, 6, None, None]
    assert read[Blanks.BEFORE_LAST] == [1, 2, 3, 4, 5, None, None, 6]


def test_creep_moves_each_deeper_sheet_towards_the_spine(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 16, PageSpec(bleed=3.0))
    impose(source, tmp_path / "sheets.pdf", Scheme(creep_mm=0.2))
    faces = [face for face in folded_saddle_booklet(tmp_path / "sheets.pdf") if face]
    spine = faces[0].box[0]
    for face in faces:
        depth = min(face.number - 1, 16 - face.number) // 2
        assert face.box[0] == pytest.approx(spine - 0.2 * depth, abs=TOLERANCE_MM)
        assert face.clip[0] == pytest.approx(spine, abs=TOLERANCE_MM), "nothing may cross the fold"


def test_creep_within_a_folded_signature_follows_the_layers(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 16)
    impose(source, tmp_path / "sheets.pdf", Scheme(Binding.PERFECT, 16, creep_mm=0.1))
    faces = [face for face in folded_signatures(tmp_path / "sheets.pdf", columns=4) if face]
    shifts = {face.number: faces[0].box[0] - face.box[0] for face in faces}
    assert [round(shifts[number], 3) for number in range(1, 17, 2)] == [0, 0.1, 0.2, 0.3, 0.3, 0.2, 0.1, 0]


def test_bleed_is_kept_at_the_outer_edges_and_cut_at_the_spine(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 4, PageSpec(bleed=3.0))
    impose(source, tmp_path / "sheets.pdf", Scheme())
    for face in (face for face in folded_saddle_booklet(tmp_path / "sheets.pdf") if face):
        x0, y0, x1, y1 = face.box
        assert face.clip == pytest.approx((x0, y0 - 3, x1 + 3, y1 + 3), abs=TOLERANCE_MM)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_pages_that_carry_a_rotation_keep_the_side_that_was_up(tmp_path: Path, rotate: int) -> None:
    sideways = rotate in (90, 270)
    spec = PageSpec(rotate=rotate, width=HEIGHT if sideways else WIDTH, height=WIDTH if sideways else HEIGHT)
    source = numbered_document(tmp_path / "source.pdf", 4, spec)
    report = impose(source, tmp_path / "sheets.pdf", Scheme())
    assert report.page_size_mm == pytest.approx((WIDTH, HEIGHT), abs=TOLERANCE_MM)


def test_a_user_unit_counts_into_the_size(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 4, PageSpec(user_unit=2.0))
    report = impose(source, tmp_path / "sheets.pdf", Scheme(marks=False, trim_mm=0))
    assert report.sheet_size_mm == pytest.approx((2 * WIDTH, HEIGHT), abs=TOLERANCE_MM)


@settings(max_examples=60, deadline=None)
@given(pages=st.integers(1, 90), blanks=st.sampled_from(Blanks))
def test_every_page_stands_on_exactly_one_slot(pages: int, blanks: Blanks) -> None:
    for sheets in (
        saddle_stitch_sheets(pages, blanks),
        perfect_binding_sheets(pages, 8, blanks),
        perfect_binding_sheets(pages, 16, blanks),
    ):
        slots = [slot for sheet in sheets for slot in (*sheet.front, *sheet.back)]
        assert sorted(slot.page for slot in slots if slot.page) == list(range(1, pages + 1))
        assert all(sheet.front and len(sheet.front) == sheet.columns * sheet.rows for sheet in sheets)


def test_a_signature_that_cannot_be_folded_is_refused() -> None:
    with pytest.raises(ValueError, match="4, 8 or 16 pages, not 12"):
        perfect_binding_sheets(24, 12)
