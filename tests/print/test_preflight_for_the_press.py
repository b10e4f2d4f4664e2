from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from huikan.finding import Severity
from huikan.print.preflight import PreflightReport, Profile, preflight
from tests.print.press_samples import add_content, helvetica, photo, saved, sound_press_pdf
from tests.print.samples import MM, PageSpec, add_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Breaking = dict[str, tuple["Callable[[Pdf], object]", set[str]]]


def ids(report: PreflightReport) -> set[str]:
    assert not report.unchecked, report.unchecked
    return {finding.id for finding in report.findings}


def black_text(colour: str) -> str:
    return f"{colour} BT /Body 10 Tf {30 * MM:.3f} {70 * MM:.3f} Td (AAA) Tj ET"


def bar(colour: str, x: float = 40, y: float = 20, width: float = 20, height: float = 10) -> str:
    return f"{colour} {x * MM:.3f} {y * MM:.3f} {width * MM:.3f} {height * MM:.3f} re f"


def place(name: str, mm: float) -> str:
    return f"q {mm * MM:.3f} 0 0 {mm * MM:.3f} {60 * MM:.3f} {40 * MM:.3f} cm {name} Do Q"


def set_box(pdf: Pdf, name: str, inset_mm: float) -> None:
    page = pdf.pages[1]
    x0, y0, x1, y1 = (float(side) for side in page.MediaBox)
    inset = inset_mm * MM
    page[name] = Array([x0 + inset, y0 + inset, x1 - inset, y1 - inset])


def put_image(pdf: Pdf, image: pikepdf.Object, mm: float) -> None:
    pdf.pages[0].Resources.XObject.Extra = image
    add_content(pdf, place("/Extra", mm))


def put_form(pdf: Pdf, content: str, **resources: Any) -> None:
    form = pdf.make_stream(content.encode())
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 500, 500])
    form.Resources = Dictionary(**resources)
    pdf.pages[0].Resources.XObject.Nested = form
    add_content(pdf, "/Nested Do")


def put_state(pdf: Pdf, content: str, **state: Any) -> None:
    pdf.pages[0].Resources.ExtGState.Own = Dictionary(**state)
    add_content(pdf, f"/Own gs {content}")


def put_space(pdf: Pdf, space: Array, content: str) -> None:
    pdf.pages[0].Resources.ColorSpace.Own = space
    add_content(pdf, f"/Own cs {content}")


def tint(space: Name, shares: list[float]) -> list[object]:
    return [space, Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * len(shares), C1=shares, N=1)]


def separation(ink: str) -> Array:
    return Array([Name.Separation, Name("/" + ink), *tint(Name.DeviceCMYK, [0, 1, 1, 0])])


def icc_based(pdf: Pdf, components: int) -> Array:
    return Array([Name.ICCBased, pdf.make_stream(b"profile", N=components)])


def rgb_gradient(pdf: Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0.9, 0.9], C1=[0.9, 1, 0.9], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 200, 0], Function=function)
    pattern = Dictionary(PatternType=2, Shading=shading)
    pdf.pages[0].Resources.Pattern.Fade = pdf.make_indirect(pattern)
    add_content(pdf, bar("/Pattern cs /Fade scn"))


def rgb_tiles(pdf: Pdf) -> None:
    tiles = pdf.make_stream(b"0.9 0.8 0.8 rg 0 0 5 5 re f")
    for key, value in Dictionary(
        PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9], XStep=9, YStep=9, Resources=Dictionary()
    ).items():
        tiles[key] = value
    pdf.pages[0].Resources.Pattern.Tiles = tiles
    add_content(pdf, bar("/Pattern cs /Tiles scn"))


def coarse_image_in_scaled_form(pdf: Pdf) -> None:
    content = f"q 2 0 0 2 0 0 cm q {12.7 * MM:.3f} 0 0 {12.7 * MM:.3f} 50 50 cm /Extra Do Q Q"
    put_form(pdf, content, XObject=Dictionary(Extra=photo(pdf, pixels=150)))


def stamp_with_missing_font(pdf: Pdf) -> None:
    look = pdf.make_stream(b"0 g BT /F 12 Tf 5 5 Td (A) Tj ET")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 50, 50])
    look.Resources = Dictionary(Font=Dictionary(F=helvetica(pdf)))
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[100, 100, 150, 150], F=4, AP=Dictionary(N=look))
    pdf.pages[0].Annots = Array([pdf.make_indirect(stamp)])


def form_field_with_missing_font(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([pdf.make_indirect(Dictionary(FT=Name.Tx, T="name"))]),
        DR=Dictionary(Font=Dictionary(Helv=helvetica(pdf))),
    )


def enlarge_second_page(pdf: Pdf) -> None:
    set_box(pdf, "/TrimBox", 9)
    set_box(pdf, "/BleedBox", 6)


def text_in_helvetica(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Font.Other = helvetica(pdf)
    add_content(pdf, "0 g BT /Other 12 Tf 100 100 Td (Missing) Tj ET")


def script_in_a_field(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary(T="a", Kids=Array([Dictionary(AA=Dictionary(K=action))]))]))


def font_used_in_form(pdf: Pdf) -> None:
    put_form(pdf, "0 g BT /F 12 Tf 100 100 Td (A) Tj ET", Font=Dictionary(F=helvetica(pdf)))


def claim_x1a(pdf: Pdf) -> None:
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-1a:2003"
    put_state(pdf, bar("0.1 0.2 0 0 k"), ca=0.5)


def soft_masked_image_in_x3(pdf: Pdf) -> None:
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-3:2003"
    image = photo(pdf)
    image.SMask = photo(pdf, "L", colour=(128,))
    put_image(pdf, image, 25.4)


BROKEN: Breaking = {
    "three pages": (lambda pdf: pdf.pages.__delitem__(3), {"page-count"}),
    "no trim box": (lambda pdf: pdf.pages[1].obj.__delitem__("/TrimBox"), {"trim-box-missing", "page-size"}),
    "trim box outside bleed box": (lambda pdf: set_box(pdf, "/BleedBox", 12), {"box-nesting"}),
    "bleed box outside media box": (lambda pdf: set_box(pdf, "/BleedBox", -2), {"box-nesting"}),
    "bleed box of 1 mm": (lambda pdf: set_box(pdf, "/BleedBox", 9), {"bleed-box-small"}),
    "no bleed box": (lambda pdf: pdf.pages[1].obj.__delitem__("/BleedBox"), {"bleed-box-small"}),
    "one page larger": (enlarge_second_page, {"page-size", "bleed-artwork"}),
    "artwork stops at the trim": (
        lambda pdf: add_content(pdf, bar("0.2 0.1 0 0 k", x=0, y=0, width=20, height=30)),
        {"bleed-artwork"},
    ),
    "artwork stops within the bleed": (
        lambda pdf: add_content(pdf, bar("0.2 0.1 0 0 k", x=90, y=40, width=11.5, height=30)),
        {"bleed-artwork"},
    ),
    "font not embedded": (text_in_helvetica, {"font-not-embedded"}),
    "font in a form not embedded": (font_used_in_form, {"font-not-embedded"}),
    "font of an annotation not embedded": (stamp_with_missing_font, {"font-not-embedded"}),
    "font of form fields not embedded": (form_field_with_missing_font, {"font-not-embedded"}),
    "RGB drawing": (lambda pdf: add_content(pdf, bar("0.9 0.8 0.2 rg")), {"colour-rgb"}),
    "RGB stroke": (lambda pdf: add_content(pdf, "0.9 0.2 0.2 RG 50 50 m 150 50 l S"), {"colour-rgb"}),
    "RGB photo": (lambda pdf: put_image(pdf, photo(pdf, "RGB", colour=(200, 90, 90)), 25.4), {"colour-rgb"}),
    "RGB inline image": (
        lambda pdf: add_content(pdf, "q 4 0 0 4 90 90 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID \xf0\xe0\xd0 EI Q"),
        {"colour-rgb"},
    ),
    "RGB in a form": (lambda pdf: put_form(pdf, "0.9 0.8 0.2 rg 50 50 99 99 re f"), {"colour-rgb"}),
    "RGB by ICC profile": (
        lambda pdf: put_space(pdf, icc_based(pdf, 3), bar("0.9 0.8 0.2 sc")),
        {"colour-rgb"},
    ),
    "RGB palette": (
        lambda pdf: put_space(
            pdf, Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(b"\xf0\xf0\xf0\xd0\xe0\xf0")]), bar("1 sc")
        ),
        {"colour-rgb"},
    ),
    "RGB gradient": (rgb_gradient, {"colour-rgb"}),
    "RGB tiles": (rgb_tiles, {"colour-rgb"}),
    "spot ink": (lambda pdf: put_space(pdf, separation("PANTONE 185 C"), bar("1 scn")), {"colour-spot"}),
    "DeviceN with a spot ink": (
        lambda pdf: put_space(
            pdf,
            Array(
                [
                    Name.DeviceN,
                    Array([Name.Cyan, Name.Gold]),
                    Name.DeviceCMYK,
                    pdf.make_stream(b"{ 0.2 0 }", FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1] * 4),
                ]
            ),
            bar("0.1 0.2 scn"),
        ),
        {"colour-spot"},
    ),
    "rich black text": (lambda pdf: add_content(pdf, black_text("0.4 0.3 0.3 1 k")), {"text-rich-black"}),
    "text black of three inks": (lambda pdf: add_content(pdf, black_text("1 1 0.95 0 k")), {"text-rich-black"}),
    "RGB black text": (lambda pdf: add_content(pdf, black_text("0 0 0 rg")), {"text-rich-black", "colour-rgb"}),
    "150 ppi photo": (lambda pdf: put_image(pdf, photo(pdf, pixels=150), 25.4), {"image-resolution"}),
    "250 ppi photo": (lambda pdf: put_image(pdf, photo(pdf, pixels=250), 25.4), {"image-resolution"}),
    "coarse photo in a scaled form": (coarse_image_in_scaled_form, {"image-resolution"}),
    "400 % ink": (lambda pdf: add_content(pdf, bar("1 1 1 1 k")), {"total-ink"}),
    "dark photo": (
        lambda pdf: put_image(pdf, photo(pdf, colour=(230, 220, 220, 200)), 25.4),
        {"total-ink"},
    ),
    "overprint that adds up": (
        lambda pdf: put_state(pdf, f"{bar('1 1 0 0 k')} {bar('0 0 1 1 k')}", OP=True, op=True, OPM=1),
        {"total-ink"},
    ),
    "hairline": (lambda pdf: add_content(pdf, "0.1 w 0 0 0 1 K 90 90 m 190 90 l S"), {"hairline"}),
    "line of width 0": (lambda pdf: add_content(pdf, "0 w 0 0 0 1 K 90 90 m 190 90 l S"), {"hairline"}),
    "hairline by scaling": (
        lambda pdf: add_content(pdf, "0.1 0 0 0.1 0 0 cm 1 w 0 0 0 1 K 900 900 m 1900 900 l S"),
        {"hairline"},
    ),
    "filled hairline": (lambda pdf: add_content(pdf, "0 0 0 1 k 90 90 99 0.15 re f"), {"hairline"}),
    "text near the trim": (
        lambda pdf: add_content(pdf, f"0 g BT /Body 10 Tf {2 * MM:.3f} {60 * MM:.3f} Td (AAA) Tj ET"),
        {"text-near-trim"},
    ),
    "text over the trim": (
        lambda pdf: add_content(pdf, f"0 g BT /Body 10 Tf {98 * MM:.3f} {60 * MM:.3f} Td (AAA) Tj ET"),
        {"text-near-trim"},
    ),
    "white overprint": (
        lambda pdf: put_state(pdf, bar("0 0 0 0 k"), OP=True, op=True, OPM=1),
        {"white-overprint"},
    ),
    "transparency in PDF/X-1a": (claim_x1a, {"transparency"}),
    "soft mask in PDF/X-3": (soft_masked_image_in_x3, {"transparency"}),
    "no output intent": (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), {"output-intent-missing"}),
    "RGB output intent": (
        lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile.__setitem__("/N", 3),
        {"output-intent-colour"},
    ),
    "script on opening": (
        lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS="app.alert(1)")),
        {"javascript"},
    ),
    "script in a form field": (script_in_a_field, {"javascript"}),
}


def test_a_sound_press_pdf_has_no_finding(tmp_path: Path) -> None:
    report = preflight(saved(sound_press_pdf(), tmp_path / "sound.pdf"), Profile.PRESS)
    assert report.findings == ()
    assert report.unchecked == ()
    assert report.passed
    assert report.pages == 4


@pytest.mark.parametrize("flaw", BROKEN)
def test_each_flaw_is_found_and_nothing_else(tmp_path: Path, flaw: str) -> None:
    breaking, expected = BROKEN[flaw]
    report = preflight(saved(sound_press_pdf(), tmp_path / "broken.pdf", breaking), Profile.PRESS)
    assert ids(report) == expected


def test_an_encrypted_file_is_found(tmp_path: Path) -> None:
    with sound_press_pdf() as pdf:
        pdf.save(tmp_path / "owner.pdf", encryption=Encryption(owner="o", user=""))
        pdf.save(tmp_path / "user.pdf", encryption=Encryption(owner="o", user="u"))
    assert {finding.id for finding in preflight(tmp_path / "owner.pdf", Profile.PRESS).findings} == {"encrypted"}
    assert {finding.id for finding in preflight(tmp_path / "user.pdf", Profile.PRESS).findings} == {"encrypted"}
    assert preflight(tmp_path / "user.pdf", Profile.PRESS).unchecked


def harmless(pdf: Pdf) -> None:
    """Things that look like flaws and are none."""
    put_state(pdf, bar("0.1 0.2 0 0 k", y=60, x=60), ca=0.5, BM=Name.Multiply)
    put_space(pdf, separation("All"), "1 scn -20 -20 5 5 re f")
    add_content(pdf, "1 0 0 rg 0.05 w -26 -26 8 8 re B")
    add_content(pdf, "3 Tr 0 0 0 rg BT /Body 10 Tf 2 2 Td (AAA) Tj ET")
    add_content(pdf, f"0.6 0.4 0.4 1 k BT /Body 40 Tf {30 * MM:.3f} {20 * MM:.3f} Td (A) Tj ET", page=1)
    add_content(pdf, f"0 g BT /Body 10 Tf {94.2 * MM:.3f} {60 * MM:.3f} Td (   ) Tj ET", page=2)
    add_content(pdf, "/Absent /MC0 BDC EMC 0 0 0 0 k 60 60 30 30 re f", page=2)


def test_things_that_only_look_wrong_are_let_pass(tmp_path: Path) -> None:
    report = preflight(saved(sound_press_pdf(), tmp_path / "sound.pdf", harmless), Profile.PRESS)
    assert ids(report) == set()


def test_places_are_in_mm_from_the_upper_left_of_the_trim(tmp_path: Path) -> None:
    def breaking(pdf: Pdf) -> None:
        add_content(pdf, bar("0.9 0.8 0.2 rg", x=40, y=20, width=20, height=10), page=2)

    (finding,) = preflight(saved(sound_press_pdf(), tmp_path / "rgb.pdf", breaking), Profile.PRESS).findings
    assert (finding.page, finding.severity) == (3, Severity.ERROR)
    assert finding.position_mm == pytest.approx((40.0, 140.0 - 30.0), abs=0.01)


def test_places_follow_the_rotation_of_the_page(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        add_page(pdf, PageSpec("0.05 w 0 0 0 1 K 50 50 m 150 50 l S", rotate=90))
        pdf.save(tmp_path / "turned.pdf")
    (finding,) = preflight(tmp_path / "turned.pdf", Profile.PRINT).findings
    # Turned clockwise, the lower left of the page becomes the upper left as it is seen.
    assert finding.position_mm == pytest.approx((50 / MM, 50 / MM), abs=0.02)


def test_measured_resolution_and_limits_are_told(tmp_path: Path) -> None:
    coarse = saved(sound_press_pdf(), tmp_path / "150.pdf", lambda pdf: put_image(pdf, photo(pdf, pixels=150), 25.4))
    low = saved(sound_press_pdf(), tmp_path / "250.pdf", lambda pdf: put_image(pdf, photo(pdf, pixels=250), 25.4))
    (error,) = preflight(coarse, Profile.PRESS).findings
    (warning,) = preflight(low, Profile.PRESS).findings
    assert (error.severity, error.measured, error.limit, error.unit) == (Severity.ERROR, 150.0, 225.0, "ppi")
    assert (warning.severity, warning.measured, warning.limit) == (Severity.WARNING, 250.0, 295.0)
