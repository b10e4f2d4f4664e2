from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections import Counter
from typing import TYPE_CHECKING

import pikepdf
import pytest
import weasyprint
from pikepdf import Array, Dictionary, Name
from PIL import Image

from huikan.finding import ContentError, MissingSystemPartError
from huikan.print.content_stream.colour_spaces import Family
from huikan.print.content_stream.paints import Paint, PaintedImage, PaintedPath, PaintedShading, PaintedText
from huikan.print.content_stream.walker import ContentWalker
from huikan.print.icc_profiles import CmykConversion, PrintingCondition, find_cmyk_profile, limited_ink
from huikan.print.preflight import Profile, preflight, to_text
from huikan.print.press import PressReport, finish_press
from tests.print.samples import MM, PageSpec, add_page

if TYPE_CHECKING:
    from pathlib import Path

CREATED = dt.datetime(2024, 9, 12, 9, 30, tzinfo=dt.UTC)
TOKENS = {"#1a1f2b": (0.0, 0.0, 0.0, 1.0), "#14324f": (1.0, 0.7, 0.2, 0.4)}
HTML = """<html lang="zh"><title>会刊</title><style>
@page { size: 100mm 140mm; margin: 15mm 15mm 20mm; bleed: 10mm; @bottom-center { content: counter(page) } }
@page cover { background: #14324f; @bottom-center { content: none } }
body { font-family: serif; color: #1a1f2b } section { break-after: page }
.cover { page: cover; color: white } a { color: #b5322a } .note { float: footnote }
.fade { background: linear-gradient(90deg, #b5322a, rgba(20, 50, 79, .3)); height: 10mm }
img { width: 40mm } .box { border: 1px solid #6b7480; opacity: .6 } .lab { color: lab(40 50 30) }
</style>
<section class="cover"><h1>会刊 Report</h1></section>
<section><h2>Summary</h2><p>Text <a href="https://example.org">link</a> x<span class="note">A note.</span></p>
<img src="photo.jpg"><div class="fade"></div></section>
<section><p class="box">A box</p><p class="lab">Lab</p><p style="color:#808080">gray</p></section>
<section><img src="logo.png"></section></html>"""


@pytest.fixture(scope="module")
def condition() -> PrintingCondition:
    try:
        return find_cmyk_profile(None)
    except MissingSystemPartError as missing:
        pytest.skip(f"no CMYK profile on this machine: {missing}")


@pytest.fixture(scope="module")
def typeset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")
    photo = Image.effect_mandelbrot((1200, 800), (-2, -1, 1, 1), 90).convert("RGB")
    photo.paste((200, 40, 30), (0, 0, 400, 800))
    photo.save(folder / "photo.jpg", quality=95)
    logo = Image.new("RGBA", (620, 620), (20, 120, 60, 255))
    logo.paste((20, 120, 60, 90), (0, 0, 310, 310))
    logo.save(folder / "logo.png")
    weasyprint.HTML(string=HTML, base_url=str(folder)).write_pdf(folder / "typeset.pdf", pdf_variant="pdf/x-4")
    return folder / "typeset.pdf"


@pytest.fixture(scope="module")
def finished(typeset: Path, condition: PrintingCondition) -> tuple[Path, PressReport]:
    target = typeset.with_name("press.pdf")
    return target, finish_press(typeset, target, condition, created=CREATED, tokens=TOKENS)


def paints_of(path: Path) -> list[Paint]:
    walker = ContentWalker()
    with pikepdf.open(path) as pdf:
        return [paint for page in pdf.pages for paint in walker.walk(page).paints]


def families(path: Path) -> Counter[Family]:
    found: Counter[Family] = Counter()
    for paint in paints_of(path):
        if isinstance(paint, PaintedImage | PaintedShading):
            found[paint.space.family] += 1
        elif hasattr(paint, "colour"):
            found[paint.colour.space.family] += 1
    return found


def test_the_typesetters_file_has_the_flaws_that_are_mended(typeset: Path) -> None:
    found = {finding.id for finding in preflight(typeset, Profile.PRESS).findings}
    assert {"colour-rgb", "output-intent-missing"} <= found
    assert families(typeset)[Family.RGB] > 5


def test_the_finished_file_passes_preflight(finished: tuple[Path, PressReport]) -> None:
    report = preflight(finished[0], Profile.PRESS)
    assert report.findings == (), to_text(report)
    assert report.unchecked == ()


def test_every_colour_is_cmyk_gray_or_registration(finished: tuple[Path, PressReport]) -> None:
    path, report = finished
    assert set(families(path)) <= {Family.CMYK, Family.GRAY, Family.INKS, Family.PATTERN}
    assert report.left_in_rgb == 0
    with pikepdf.open(path) as pdf:
        operators = {
            str(instruction.operator)
            for thing in [*pdf.pages, *(item for item in pdf.objects if _is_form(item))]
            for instruction in pikepdf.parse_content_stream(thing)
        }
        groups = {str(item.Group.CS) for item in pdf.objects if _is_form(item) and "/CS" in item.get("/Group", {})}
    assert not operators & {"rg", "RG"}
    assert "/DeviceRGB" not in groups


def _is_form(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Form


def test_body_text_is_black_ink_alone_and_overprints(finished: tuple[Path, PressReport]) -> None:
    path, report = finished
    texts = [paint for paint in paints_of(path) if isinstance(paint, PaintedText) and not paint.blank]
    black = [text for text in texts if text.colour.cmyk == (0, 0, 0, 1)]
    assert len(black) >= 4
    assert all(text.effects.overprint and text.effects.overprint_mode == 1 for text in black)
    others = [text for text in texts if text.colour.cmyk != (0, 0, 0, 1)]
    assert others
    assert not any(text.effects.overprint for text in others)
    assert report.overprinted_texts >= len(black)
    assert not any(paint.effects.overprint for paint in paints_of(path) if not isinstance(paint, PaintedText))


def test_token_colours_are_exact_and_grays_are_black_ink(finished: tuple[Path, PressReport]) -> None:
    colours = [paint.colour for paint in paints_of(finished[0]) if hasattr(paint, "colour")]
    inks = {colour.cmyk for colour in colours if colour.cmyk}
    assert (1.0, 0.7, 0.2, 0.4) in inks
    assert any(cyan == magenta == yellow == 0 and 0.4 < black < 0.6 for cyan, magenta, yellow, black in inks)


def test_photos_are_cmyk_jpegs_of_at_most_350_ppi(finished: tuple[Path, PressReport]) -> None:
    images = [paint for paint in paints_of(finished[0]) if isinstance(paint, PaintedImage) and not paint.stencil]
    assert [image.space.family for image in images] == [Family.CMYK, Family.CMYK]
    assert all(295 <= image.ppi <= 352 for image in images)
    assert images[1].masked_softly
    with pikepdf.open(finished[0]) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Width" in item]
        filters = sorted(str(stream.get("/Filter")) for stream in streams)
    assert filters == ["/DCTDecode", "/FlateDecode", "/FlateDecode"]


def test_colours_of_a_photo_look_as_they_did(finished: tuple[Path, PressReport], typeset: Path) -> None:
    import pypdfium2

    pixels = []
    for path in (typeset, finished[0]):
        with pypdfium2.PdfDocument(path) as pdf:
            image = pdf[1].render(scale=2).to_pil().convert("RGB")
            with pikepdf.open(path) as opened:
                media = [float(side) for side in opened.pages[1].MediaBox]
            photo = next(paint for paint in paints_of(path) if isinstance(paint, PaintedImage))
            x, y = photo.bounds.x0 + 10 - media[0], media[3] - (photo.bounds.y0 + photo.bounds.height / 2)
            pixels.append(image.getpixel((round(2 * x), round(2 * y))))
    (red, _, _), (press_red, press_green, press_blue) = pixels
    # An uncalibrated rendering of CMYK: red must still be red, not its negative.
    assert red > 180
    assert press_red > 150
    assert press_green < 110
    assert press_blue < 110
    assert abs(red - press_red) < 70


def test_boxes_marks_and_links(finished: tuple[Path, PressReport]) -> None:
    path, report = finished
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            trim, bleed = ([float(side) for side in page[name]] for name in ("/TrimBox", "/BleedBox"))
            assert [trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]] == pytest.approx(
                [3 * MM] * 4, abs=0.01
            )
            assert "/Annots" not in page
    assert report.removed_annotations >= 1
    area = trim[0] - 3.1 * MM, trim[2] + 3.1 * MM
    beside = [paint for paint in paints_of(path) if paint.bounds.x1 < area[0] or paint.bounds.x0 > area[1]]
    assert beside
    assert {paint.colour.space.inks for paint in beside if isinstance(paint, PaintedPath)} == {("All",)}


def test_the_profile_is_the_output_intent(finished: tuple[Path, PressReport], condition: PrintingCondition) -> None:
    with pikepdf.open(finished[0]) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX
        assert intent.DestOutputProfile.read_bytes() == condition.data
        assert str(intent.Info) == condition.description


def test_the_same_file_gives_the_same_bytes(typeset: Path, condition: PrintingCondition, tmp_path: Path) -> None:
    digests = set()
    for number in range(2):
        again = io.BytesIO()
        weasyprint.HTML(string=HTML, base_url=str(typeset.parent)).write_pdf(again, pdf_variant="pdf/x-4")
        target = tmp_path / f"{number}.pdf"
        finish_press(again, target, condition, created=CREATED, tokens=TOKENS)
        digests.add(hashlib.sha256(target.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_dates_are_those_of_the_publication(finished: tuple[Path, PressReport]) -> None:
    with pikepdf.open(finished[0]) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20240912093000+00'00'"
        xmp = pdf.Root.Metadata.read_bytes().decode()
    assert xmp.count("2024-09-12T09:30:00+00:00") == 3
    assert "GTS_PDFXVersion>PDF/X-4" in xmp


def test_a_page_without_room_for_the_bleed_is_refused(tmp_path: Path, condition: PrintingCondition) -> None:
    with pikepdf.new() as pdf:
        add_page(pdf, PageSpec(bleed=3.0, slug=7.0))
        add_page(pdf, PageSpec(bleed=2.0))
        pdf.save(tmp_path / "narrow.pdf")
    with pytest.raises(ContentError) as caught:
        finish_press(tmp_path / "narrow.pdf", tmp_path / "press.pdf", condition, created=CREATED)
    assert [finding.message[:6] for finding in caught.value.findings] == ["page 2"]
    assert not (tmp_path / "press.pdf").exists()


def test_what_cannot_be_converted_is_counted(tmp_path: Path, condition: PrintingCondition) -> None:
    with pikepdf.new() as pdf:
        sampled = pdf.make_stream(bytes(6), FunctionType=0, Domain=[0, 1], Range=[0, 1] * 3, Size=[2], BitsPerSample=8)
        shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 0], Function=sampled)
        image = pdf.make_stream(b"no jpeg", Type=Name.XObject, Subtype=Name.Image, Width=9, Height=9)
        image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceRGB, 8, Name.DCTDecode
        resources = Dictionary(Shading=Dictionary(S=pdf.make_indirect(shading)), XObject=Dictionary(I=image))
        add_page(pdf, PageSpec("/S sh q 9 0 0 9 0 0 cm /I Do Q", bleed=3.0, slug=7.0, resources=resources))
        pdf.save(tmp_path / "odd.pdf")
    report = finish_press(tmp_path / "odd.pdf", tmp_path / "press.pdf", condition, created=CREATED)
    assert report.left_in_rgb == 2


def test_soft_masks_stay_brightness(tmp_path: Path, condition: PrintingCondition) -> None:
    with pikepdf.new() as pdf:
        group = pdf.make_stream(b"1 1 1 rg 0 0 50 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99])
        group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        mask = Dictionary(S=Name.Luminosity, G=group, BC=Array([1, 0, 0]))
        resources = Dictionary(ExtGState=Dictionary(M=Dictionary(SMask=mask)))
        add_page(pdf, PageSpec("/M gs 1 0 0 rg 0 0 99 99 re f", bleed=3.0, slug=7.0, resources=resources))
        pdf.save(tmp_path / "mask.pdf")
    finish_press(tmp_path / "mask.pdf", tmp_path / "press.pdf", condition, created=CREATED)
    with pikepdf.open(tmp_path / "press.pdf") as pdf:
        kept = pdf.pages[0].Resources.ExtGState.M.SMask
        assert kept.G.read_bytes().split() == [b"1", b"g", b"0", b"0", b"50", b"50", b"re", b"f"]
        assert str(kept.G.Group.CS) == "/DeviceGray"
        assert [float(value) for value in kept.BC] == pytest.approx([0.3])


def test_ink_is_limited_in_proportion(condition: PrintingCondition) -> None:
    assert limited_ink(Image.new("CMYK", (1, 1), (255, 255, 255, 255))).getpixel((0, 0)) == (170, 170, 170, 255)
    assert limited_ink(Image.new("CMYK", (1, 1), (200, 100, 50, 80))).getpixel((0, 0)) == (200, 100, 50, 80)
    dark = CmykConversion(condition).image(Image.new("RGB", (4, 4), (5, 5, 12)))
    assert sum(dark.getpixel((0, 0))) <= 765  # type: ignore[arg-type]
