from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
import weasyprint

from huikan.finding import ContentError
from huikan.print.impose import impose
from huikan.print.preflight import Profile, preflight
from huikan.print.sheet_layout import Scheme
from huikan.print.signatures import Binding
from tests.print.samples import MM, PageSpec, add_page, numbered_document

if TYPE_CHECKING:
    from pathlib import Path


def painted(path: Path, page: int, x_mm: float, y_mm: float) -> tuple[int, ...]:
    """The colour of one spot, in mm from the sheet's top left, rendered at 10 pixels a millimetre."""
    with pypdfium2.PdfDocument(path) as pdf:
        image = pdf[page].render(scale=10 / MM).to_pil().convert("RGB")
    pixel = image.getpixel((round(x_mm * 10), round(y_mm * 10)))
    assert isinstance(pixel, tuple)
    return tuple(int(channel) for channel in pixel)


def test_text_and_fonts_of_a_typeset_document_survive(tmp_path: Path) -> None:
    pages = "".join(f"<section>Page {number} 会刊</section>" for number in range(1, 9))
    style = "<style>@page{size:100mm 140mm;bleed:3mm}section{break-after:page}body{font-family:serif}</style>"
    source = tmp_path / "source.pdf"
    weasyprint.HTML(string=style + pages).write_pdf(source)
    impose(source, tmp_path / "sheets.pdf", Scheme())
    with pypdfium2.PdfDocument(tmp_path / "sheets.pdf") as pdf:
        read = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    assert read[0] == "Page 8 会刊 Page 1 会刊"
    assert read[3] == "Page 4 会刊 Page 5 会刊"
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        form = pdf.pages[0].Resources.XObject["/P1"]
        for font in form.Resources.Font.values():
            assert "/FontFile3" in font.DescendantFonts[0].FontDescriptor or (
                "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            )


def test_artwork_runs_into_the_bleed_but_not_over_the_fold(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for colour in ("1 0 0", "0 1 0", "0 0 1", "1 1 0"):
            add_page(pdf, PageSpec(f"{colour} rg -50 -50 900 900 re f", bleed=3.0))
        pdf.save(tmp_path / "source.pdf")
    report = impose(tmp_path / "source.pdf", tmp_path / "sheets.pdf", Scheme())
    left = (report.sheet_size_mm[0] - 200) / 2
    # Page 4 left and page 1 right: they meet in the middle, and both reach 3 mm beyond the outer trim.
    assert painted(tmp_path / "sheets.pdf", 0, left - 2.8, 60) == (255, 255, 0)
    assert painted(tmp_path / "sheets.pdf", 0, left + 99.8, 60) == (255, 255, 0)
    assert painted(tmp_path / "sheets.pdf", 0, left + 100.2, 60) == (255, 0, 0)
    assert painted(tmp_path / "sheets.pdf", 0, left + 202.8, 60) == (255, 0, 0)
    assert painted(tmp_path / "sheets.pdf", 0, left + 203.4, 60) == (255, 255, 255)


def test_milling_room_takes_the_bleed_at_the_spine(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for _ in range(8):
            add_page(pdf, PageSpec("1 0 0 rg -50 -50 900 900 re f", bleed=3.0))
        pdf.save(tmp_path / "source.pdf")
    scheme = Scheme(Binding.PERFECT, 8, milling_mm=5.0, marks=False)
    report = impose(tmp_path / "source.pdf", tmp_path / "sheets.pdf", scheme)
    assert report.sheet_size_mm == pytest.approx((3 + 100 + 10 + 100 + 3, 3 + 140 + 6 + 140 + 3), abs=0.01)
    assert painted(tmp_path / "sheets.pdf", 0, 3 + 100 + 2.8, 60) == (255, 0, 0)
    assert painted(tmp_path / "sheets.pdf", 0, 3 + 100 + 5, 60) == (255, 255, 255)


def test_a_block_is_imposed_without_its_cover(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 12)
    report = impose(source, tmp_path / "sheets.pdf", Scheme(Binding.PERFECT, 8), cover_pages=2)
    assert (report.source_pages, report.blank_pages, report.sheets) == (8, 0, 1)
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        drawn = [form.read_bytes() for page in pdf.pages for form in page.Resources.XObject.values()]
    assert sorted(int(content.split(b">>")[0].split()[-1]) for content in drawn) == [3, 4, 5, 6, 7, 8, 9, 10]
    with pytest.raises(ValueError, match="no more than a cover"):
        impose(source, tmp_path / "none.pdf", Scheme(), cover_pages=6)
    assert not (tmp_path / "none.pdf").exists()


def test_preflight_counts_the_sides_of_sheets(tmp_path: Path) -> None:
    """Five sheets have ten sides, which are no ten pages."""
    impose(numbered_document(tmp_path / "source.pdf", 20), tmp_path / "sheets.pdf", Scheme())
    codes = {finding.id for finding in preflight(tmp_path / "sheets.pdf", Profile.PRESS, rendered=False).findings}
    assert "page-count" not in codes
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        del pdf.pages[-1]
        pdf.save(tmp_path / "cut.pdf")
    codes = {finding.id for finding in preflight(tmp_path / "cut.pdf", Profile.PRESS, rendered=False).findings}
    assert "page-count" in codes


def test_marks_stand_outside_the_bleed_on_every_plate(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 4, PageSpec(bleed=3.0))
    impose(source, tmp_path / "sheets.pdf", Scheme())
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        page = pdf.pages[0]
        assert [str(part) for part in list(page.Resources.ColorSpace.All)[:2]] == ["/Separation", "/All"]
        bleed = [float(side) for side in page.BleedBox]
        trim = [float(side) for side in page.TrimBox]
        middle = (trim[0] + trim[2]) / 2
        points = [
            [float(number) for number in instruction.operands]
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) in ("m", "l")
        ]
    outside = [not (bleed[0] - 0.1 < x < bleed[2] + 0.1 and bleed[1] - 0.1 < y < bleed[3] + 0.1) for x, y in points]
    assert outside
    assert all(outside)
    xs = {round(x, 2) for x, y in points if y < bleed[1]}
    assert xs == {round(trim[0], 2), round(middle, 2), round(trim[2], 2)}


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 10, PageSpec(bleed=3.0))
    digests = set()
    for name in ("one.pdf", "two.pdf"):
        impose(source, tmp_path / name, Scheme(creep_mm=0.1))
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1
    assert not list(tmp_path.glob("*.part"))


def test_the_output_intent_goes_with_the_pages(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 4)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.Root.OutputIntents = pikepdf.Array(
            [pikepdf.Dictionary(S=pikepdf.Name.GTS_PDFX, OutputConditionIdentifier="FOGRA39")]
        )
        pdf.save(source)
    impose(source, tmp_path / "sheets.pdf", Scheme())
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"


def test_pages_of_two_sizes_are_refused_by_number(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for width in (100, 100, 105, 100):
            add_page(pdf, PageSpec(width=width))
        pdf.save(tmp_path / "source.pdf")
    with pytest.raises(ContentError) as caught:
        impose(tmp_path / "source.pdf", tmp_path / "sheets.pdf", Scheme())
    assert [finding.code for finding in caught.value.findings] == ["HK052"]
    assert "page 3 is 105.0 × 140.0 mm" in caught.value.findings[0].message
    assert not (tmp_path / "sheets.pdf").exists()


def test_files_that_cannot_be_imposed_are_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnot really")
    source = numbered_document(tmp_path / "source.pdf", 4)
    with pikepdf.open(source) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "empty.pdf")
    codes = {}
    for name in ("broken", "locked", "empty", "missing"):
        with pytest.raises(ContentError) as caught:
            impose(tmp_path / f"{name}.pdf", tmp_path / "sheets.pdf", Scheme())
        codes[name] = caught.value.findings[0].code
    assert codes == {
        "broken": "HK050",
        "locked": "HK051",
        "empty": "HK050",
        "missing": "HK050",
    }


def test_form_fields_are_drawn_into_the_pages(tmp_path: Path) -> None:
    source = numbered_document(tmp_path / "source.pdf", 4)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        look = pdf.make_stream(b"1 0 0 rg 0 0 50 50 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox, look.Resources = pikepdf.Array([0, 0, 50, 50]), pikepdf.Dictionary()
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=pikepdf.Array([100, 100, 150, 150]),
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(stamp)])
        pdf.save(source)
    report = impose(source, tmp_path / "sheets.pdf", Scheme(marks=False))
    bottom = report.sheet_size_mm[1] - 3
    assert painted(tmp_path / "sheets.pdf", 0, 3 + 100 + 125 / MM, bottom - 125 / MM) == (255, 0, 0)
