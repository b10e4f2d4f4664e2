"""What printers and binders read off an imposed sheet, beside the pages and across the spine fold."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from huikan.print.impose import impose
from huikan.print.outlines import Outline, outlined_face
from huikan.print.preflight import Profile, preflight
from huikan.print.sheet_layout import Scheme
from huikan.print.sheet_marks import SheetSide
from huikan.print.signatures import Binding
from huikan.render.faces import face_file
from tests.print.samples import MM, PageSpec, numbered_document

if TYPE_CHECKING:
    from pathlib import Path

Place = tuple[float, float]
HEAD_FREE_MM = 15.0


def outline(words: str) -> Outline:
    with outlined_face(*face_file("Noto Sans CJK SC")) as face:
        return face.line(words)


def operations(page: pikepdf.Page) -> list[tuple[str, list[float]]]:
    """Operators of a side that have numbers alone."""
    read = []
    for instruction in pikepdf.parse_content_stream(page):
        if all(not isinstance(operand, pikepdf.Name | pikepdf.Array) for operand in instruction.operands):
            read.append((str(instruction.operator), [float(operand) for operand in instruction.operands]))
    return read


def rings(page: pikepdf.Page) -> list[Place]:
    """The centres in mm of the circles on a side: four quarters each."""
    curves = [numbers for operator, numbers in operations(page) if operator == "c"]
    centres = []
    for at in range(0, len(curves), 4):
        xs = [x for curve in curves[at : at + 4] for x in curve[4::2]]
        ys = [y for curve in curves[at : at + 4] for y in curve[5::2]]
        centres.append(((min(xs) + max(xs)) / 2 / MM, (min(ys) + max(ys)) / 2 / MM))
    return centres


def mark_ends(page: pikepdf.Page) -> list[Place]:
    """Where the crop and fold marks of a side begin and end, in mm: what is drawn after the targets."""
    drawn = operations(page)
    last = max(at for at, (operator, _) in enumerate(drawn) if operator == "c")
    return [(numbers[0] / MM, numbers[1] / MM) for operator, numbers in drawn[last + 1 :] if operator in ("m", "l")]


def black_bars(page: pikepdf.Page) -> list[tuple[float, float, float, float]]:
    """Rectangles filled with black ink alone, in mm: x, y, width, height."""
    drawn = operations(page)
    return [
        (x / MM, y / MM, width / MM, height / MM)
        for (before, ink), (operator, (x, y, width, height)) in (
            (first, second) for first, second in itertools.pairwise(drawn) if second[0] == "re"
        )
        if before == "k" and ink == [0, 0, 0, 1] and operator == "re"
    ]


@pytest.mark.parametrize(
    ("scheme", "rows"), [(Scheme(), 1), (Scheme(Binding.PERFECT, 8), 2), (Scheme(Binding.PERFECT, 16), 2)]
)
def test_register_targets_stand_beside_each_row_and_above_the_outer_columns(
    tmp_path: Path, scheme: Scheme, rows: int
) -> None:
    source = numbered_document(tmp_path / "source.pdf", 16, PageSpec(bleed=3.0))
    impose(source, tmp_path / "sheets.pdf", scheme)
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        for page in pdf.pages:
            centres, ends = rings(page), mark_ends(page)
            width, height = (float(side) / MM for side in list(page.MediaBox)[2:])
            printed = [float(side) / MM for side in page.BleedBox]
            assert len(centres) == 2 * rows + 2
            assert sum(x < printed[0] - 2.5 for x, _ in centres) == rows
            assert sum(x > printed[2] + 2.5 for x, _ in centres) == rows
            assert sum(y > printed[3] + 2.5 for _, y in centres) == 2
            assert all(2.4 < x < width - 2.4 and 2.4 < y < height - 2.4 for x, y in centres), "on the paper"
            assert min(abs(x - at) + abs(y - up) for x, y in centres for at, up in ends) > 20, "clear of other marks"


def test_register_targets_print_on_every_plate(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 4, PageSpec(bleed=3.0))
    impose(source, tmp_path / "sheets.pdf", Scheme())
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        space = None
        for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(instruction.operator) == "CS":
                space = str(instruction.operands[0])
            elif str(instruction.operator) == "c":
                assert space == "/All"
        assert space == "/All"


def test_collating_marks_of_gathered_signatures_make_a_stair_on_the_spine(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 32, PageSpec(bleed=3.0))
    impose(source, tmp_path / "sheets.pdf", Scheme(Binding.PERFECT, 8, milling_mm=3.0))
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        fronts = [black_bars(page) for page in pdf.pages[::2]]
        backs = [black_bars(page) for page in pdf.pages[1::2]]
        trim = [float(side) / MM for side in pdf.pages[0].TrimBox]
    assert [len(bars) for bars in fronts] == [1, 1, 1, 1]
    assert not any(backs)
    stair = [bar for (bar,) in fronts]
    fold = (trim[0] + trim[2]) / 2
    for x, _, width, height in stair:
        assert (x + width / 2, height) == pytest.approx((fold, 8.0), abs=0.01)
        assert width < 2 * 3.0, "what is ground off takes it away"
    tops = [y + height for _, y, _, height in stair]
    assert [first - second for first, second in itertools.pairwise(tops)] == pytest.approx([8.0] * 3, abs=0.01)
    # The first page stands in the lower row, 140 mm high.
    assert tops[0] == pytest.approx(trim[1] + 140.0 - HEAD_FREE_MM, abs=0.01)


def test_the_stair_of_many_signatures_stays_on_the_spine(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 240, PageSpec(bleed=3.0))
    impose(source, tmp_path / "sheets.pdf", Scheme(Binding.PERFECT, 8))
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        (last,) = black_bars(pdf.pages[58])
        foot = float(pdf.pages[0].TrimBox[1]) / MM
    assert last[1] == pytest.approx(foot + HEAD_FREE_MM, abs=0.05)
    assert last[2] == pytest.approx(1.0, abs=0.01), "not ground off, it hides in the glue"


def test_nested_sheets_and_a_single_signature_need_no_collating_mark(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 16, PageSpec(bleed=3.0))
    for scheme in (Scheme(), Scheme(Binding.PERFECT, 16, milling_mm=3.0)):
        impose(source, tmp_path / "sheets.pdf", scheme)
        with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
            assert not any(black_bars(page) for page in pdf.pages)


def test_the_slug_line_stands_in_the_margin_and_is_no_text(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 8, PageSpec(bleed=3.0))
    told: list[SheetSide] = []

    def words(side: SheetSide) -> str:
        told.append(side)
        return f"{side.sheet}/{side.sheets} {'正面' if side.front else '反面'}" * 40

    impose(source, tmp_path / "sheets.pdf", Scheme(), slug=lambda side: outline(words(side)))
    assert [(side.sheet, side.sheets, side.front) for side in told] == [
        (1, 2, True),
        (1, 2, False),
        (2, 2, True),
        (2, 2, False),
    ]
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        trim = [float(side) / MM for side in pdf.pages[0].TrimBox]
        height = float(pdf.pages[0].MediaBox[3]) / MM
    with pypdfium2.PdfDocument(tmp_path / "sheets.pdf") as sheets:
        assert sheets[0].get_textpage().get_text_bounded() == ""
        image = sheets[0].render(scale=10 / MM).to_pil().convert("L")
    # From the crop mark to the fold mark, below the 3 mm of bleed: 4 mm are free at both ends.
    strip = image.crop(
        (
            round((trim[0] + 1) * 10),
            round((height - trim[1] + 3.2) * 10),
            round((trim[0] + 99) * 10),
            round(height * 10),
        )
    )
    box = strip.point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    assert box[0] == pytest.approx(30, abs=4)
    assert box[2] == pytest.approx(950, abs=4)
    report = preflight(tmp_path / "sheets.pdf", Profile.PRESS, rendered=False)
    assert not {finding.id for finding in report.findings} & {"colour-spot", "font-not-embedded", "text-near-trim"}


def test_outlined_words_look_as_the_face_sets_them(tmp_path: Path) -> None:
    file, index = face_file("Noto Sans CJK SC")
    line = outline("印张 3/6 · 2024")
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(400, 60))
        pdf.pages[0].Contents = pdf.make_stream(line.filled(10, 15, 40, 380).encode("ascii"))
        pdf.save(tmp_path / "words.pdf")
    with pypdfium2.PdfDocument(tmp_path / "words.pdf") as words:
        drawn = words[0].render(scale=1).to_pil().convert("L")
    set_by_face = Image.new("L", drawn.size, 255)
    ImageDraw.Draw(set_by_face).text(
        (10, 45), "印张 3/6 · 2024", fill=0, font=ImageFont.truetype(file, 40, index=index), anchor="ls"
    )
    ink = sum(255 - value for value in set_by_face.tobytes())
    apart = sum(ImageChops.difference(drawn, set_by_face).tobytes())
    assert ink > 100_000
    assert apart < 0.2 * ink


def test_sheets_without_marks_have_nothing_beside_their_pages(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 16, PageSpec(bleed=3.0))
    scheme = Scheme(Binding.PERFECT, 8, marks=False)
    impose(source, tmp_path / "sheets.pdf", scheme, slug=lambda side: outline("印张"))
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        for page in pdf.pages:
            assert {operator for operator, _ in operations(page)} <= {"q", "Q", "re", "W", "n", "cm"}
