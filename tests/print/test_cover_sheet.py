from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huikan.finding import ContentError
from huikan.print.cover import compose_cover_sheet, spine_carries_text, spine_width
from tests.print.samples import MM, PageSpec, add_page

if TYPE_CHECKING:
    from pathlib import Path


def booklet(path: Path) -> Path:
    with pikepdf.new() as pdf:
        for colour in ("0 1 1 0", "0 0 0 0", "0 0 0 0", "1 0 1 0"):
            add_page(pdf, PageSpec(f"{colour} k -50 -50 900 900 re f", bleed=3.0, slug=7.0))
        pdf.save(path)
    return path


def strip(path: Path, width: float = 6.0, height: float = 140.0) -> Path:
    with pikepdf.new() as pdf:
        add_page(pdf, PageSpec("0 0 0 1 k 5 100 5 50 re f", width=width, height=height, bleed=3.0))
        pdf.save(path)
    return path


def painted(path: Path, x_mm: float, y_mm: float, page: int = 0) -> tuple[int, ...]:
    """The colour of one spot, in mm from the sheet's top left."""
    with pypdfium2.PdfDocument(path) as pdf:
        image = pdf[page].render(scale=10 / MM).to_pil().convert("RGB")
    pixel = image.getpixel((round(x_mm * 10), round(y_mm * 10)))
    assert isinstance(pixel, tuple)
    return tuple(int(channel) for channel in pixel)


def is_red(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 180 and pixel[1] < 90


def is_green(pixel: tuple[int, ...]) -> bool:
    return pixel[1] > 120 and pixel[0] < 90


def test_the_spine_is_as_thick_as_the_leaves() -> None:
    assert spine_width(200, 80, 1.25) == pytest.approx(10.0)
    assert spine_width(64, 128, 0.9) == pytest.approx(3.6864)
    assert spine_width(0, 80, 1.0) == 0.0


@given(st.integers(0, 2000), st.floats(20, 600), st.floats(0.5, 3))
def test_more_leaves_make_a_thicker_spine(pages: int, grammage: float, bulk: float) -> None:
    assert spine_width(pages + 2, grammage, bulk) > spine_width(pages, grammage, bulk) >= 0


@pytest.mark.parametrize(("pages", "grammage", "bulk"), [(-1, 80, 1.2), (80, 0, 1.2), (80, 80, 0), (80, 80, 1200)])
def test_quantities_no_paper_has_are_refused(pages: int, grammage: float, bulk: float) -> None:
    with pytest.raises(ValueError, match="no paper"):
        spine_width(pages, grammage, bulk)


def test_only_a_wide_spine_carries_text() -> None:
    assert spine_carries_text(5.0)
    assert not spine_carries_text(4.9)


def test_back_spine_and_front_stand_side_by_side_with_bleed(tmp_path: Path) -> None:
    target = tmp_path / "cover.pdf"
    report = compose_cover_sheet(booklet(tmp_path / "press.pdf"), target, 8.0, spine_colour=(0, 0, 0, 1))
    assert report.trim_size_mm == pytest.approx((208.0, 140.0), abs=0.01)
    assert report.sheet_size_mm == pytest.approx((208.0 + 18.0, 140.0 + 18.0), abs=0.01)
    # From the left: margin 9 mm with 3 mm of bleed in it, back 100 mm, spine 8 mm, front 100 mm.
    assert painted(target, 5.5, 70) == (255, 255, 255)
    assert is_green(painted(target, 6.5, 70))
    assert is_green(painted(target, 108.5, 70))
    assert max(painted(target, 113, 70)) < 60
    assert max(painted(target, 113, 6.5)) < 60, "the spine bleeds at head and foot"
    assert is_red(painted(target, 117.5, 70))
    assert is_red(painted(target, 219.5, 70))
    assert painted(target, 220.5, 70) == (255, 255, 255)


def test_the_spines_colour_lies_a_little_under_both_covers(tmp_path: Path) -> None:
    target = tmp_path / "cover.pdf"
    compose_cover_sheet(booklet(tmp_path / "press.pdf"), target, 8.0, spine_colour=(0, 0, 0, 1))
    with pikepdf.open(target) as pdf:
        instructions = [(str(each.operator), each.operands) for each in pikepdf.parse_content_stream(pdf.pages[0])]
    operators = [operator for operator, _ in instructions]
    x, _, width, _ = (float(side) / MM for side in instructions[operators.index("re")][1])
    assert operators.index("f") < operators.index("Do"), "the covers lie on it"
    assert (x, width) == pytest.approx((109 - 0.1, 8 + 0.2), abs=0.01)


def test_boxes_and_fold_marks_follow_the_spine(tmp_path: Path) -> None:
    target = tmp_path / "cover.pdf"
    compose_cover_sheet(booklet(tmp_path / "press.pdf"), target, 8.0)
    with pikepdf.open(target) as pdf:
        page = pdf.pages[0]
        assert [float(side) / MM for side in page.TrimBox] == pytest.approx([9, 9, 217, 149], abs=0.01)
        assert [float(side) / MM for side in page.BleedBox] == pytest.approx([6, 6, 220, 152], abs=0.01)
        dashed, folds = False, set()
        for instruction in pikepdf.parse_content_stream(page):
            dashed = dashed or str(instruction.operator) == "d"
            if dashed and str(instruction.operator) == "m":
                folds.add(round(float(str(instruction.operands[0])) / MM, 2))
    assert folds == {109.0, 117.0}


def test_the_strip_stands_on_a_spine_wide_enough(tmp_path: Path) -> None:
    source, spine = booklet(tmp_path / "press.pdf"), strip(tmp_path / "spine.pdf")
    compose_cover_sheet(source, tmp_path / "wide.pdf", 6.0, spine=spine)
    compose_cover_sheet(source, tmp_path / "narrow.pdf", 4.0, spine=spine)
    with pikepdf.open(tmp_path / "wide.pdf") as wide, pikepdf.open(tmp_path / "narrow.pdf") as narrow:
        assert set(wide.pages[0].Resources.XObject.keys()) == {"/Front", "/Back", "/Spine"}
        assert set(narrow.pages[0].Resources.XObject.keys()) == {"/Front", "/Back"}
    x = 9 + 100 + 7.5 / MM
    y = 9 + 140 - 125 / MM
    assert max(painted(tmp_path / "wide.pdf", x, y)) < 60


def test_a_strip_of_another_size_is_refused(tmp_path: Path) -> None:
    source = booklet(tmp_path / "press.pdf")
    for width, height, said in ((7.0, 140.0, "7.0 mm wide, the spine is 6.0 mm"), (6.0, 130.0, "130.0 mm high")):
        with pytest.raises(ContentError, match=said):
            compose_cover_sheet(source, tmp_path / "cover.pdf", 6.0, spine=strip(tmp_path / "spine.pdf", width, height))
    assert not (tmp_path / "cover.pdf").exists()


def test_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no page 9"):
        compose_cover_sheet(booklet(tmp_path / "press.pdf"), tmp_path / "cover.pdf", 6.0, front_page=9)


def test_the_same_cover_gives_the_same_bytes(tmp_path: Path) -> None:
    source, digests = booklet(tmp_path / "press.pdf"), set()
    for name in ("one.pdf", "two.pdf"):
        compose_cover_sheet(source, tmp_path / name, 6.0)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_other_side_shows_the_insides_where_the_covers_stand(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for colour in ("0 0 0 0", "0 1 1 0", "0 0 0 0", "1 0 1 0", "0 0 0 0"):
            add_page(pdf, PageSpec(f"{colour} k -50 -50 900 900 re f", bleed=3.0, slug=7.0))
        pdf.save(tmp_path / "press.pdf")
    target = tmp_path / "cover.pdf"
    compose_cover_sheet(tmp_path / "press.pdf", target, 8.0, spine_colour=(0, 0, 0, 1), inside_pages=(2, -2))
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == 2
        assert list(pdf.pages[0].trimbox) == list(pdf.pages[1].trimbox)
    assert is_red(painted(target, 6.5, 70, page=1))
    assert is_red(painted(target, 108.5, 70, page=1))
    assert painted(target, 113, 70, page=1) == (255, 255, 255), "glue holds on bare paper"
    assert is_green(painted(target, 117.5, 70, page=1))
    assert is_green(painted(target, 219.5, 70, page=1))


def test_a_cover_folded_along_one_line_has_one_mark_for_it(tmp_path: Path) -> None:
    target = tmp_path / "cover.pdf"
    report = compose_cover_sheet(booklet(tmp_path / "press.pdf"), target, 0.0)
    assert report.trim_size_mm == pytest.approx((200.0, 140.0), abs=0.01)
    with pikepdf.open(target) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes().partition(b"] 0 d\n")[2]
    assert drawn.count(b" l S") == 2
