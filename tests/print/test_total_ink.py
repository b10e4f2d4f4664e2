from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf import Dictionary, Pdf

from huikan.print.content_stream.walker import ContentWalker
from huikan.print.preflight import PreflightReport, Profile, preflight
from huikan.print.preflight.page import CheckedPage
from huikan.print.preflight.rules.ink_estimate import InkEstimate
from tests.print.press_samples import add_content, photo, saved, sound_press_pdf
from tests.print.samples import MM

if TYPE_CHECKING:
    from pathlib import Path

needs_ghostscript = pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
DARK = (200, 190, 190, 120)
"""275 % ink, 227 % of it in colour: no black may overprint on it."""


def place_photo(pdf: Pdf, colour: tuple[int, ...], x: float = 50, y: float = 40) -> None:
    pdf.pages[0].Resources.XObject.Extra = pdf.make_indirect(photo(pdf, colour=colour))
    add_content(pdf, f"q {25.4 * MM:.3f} 0 0 {25.4 * MM:.3f} {x * MM:.3f} {y * MM:.3f} cm /Extra Do Q")


def overprint_black(pdf: Pdf, x: float, y: float, ink: str = "0 0 0 1 k") -> None:
    pdf.pages[0].Resources.ExtGState.Over = Dictionary(OP=True, op=True, OPM=1)
    add_content(pdf, f"/Over gs {ink} {x * MM:.3f} {y * MM:.3f} {10 * MM:.3f} {10 * MM:.3f} re f")


def report_of(pdf: Pdf, path: Path) -> PreflightReport:
    return preflight(saved(pdf, path), Profile.PRESS)


def may_exceed(path: Path) -> bool:
    with pikepdf.open(path) as pdf:
        page = CheckedPage.of(1, pdf.pages[0], ContentWalker().walk(pdf.pages[0]))
        return InkEstimate(pdf).may_exceed(page, 300)


def test_pages_that_cannot_exceed_the_limit_are_not_rendered(tmp_path: Path) -> None:
    pdf = sound_press_pdf()
    place_photo(pdf, DARK)
    overprint_black(pdf, x=20, y=10)
    path = saved(pdf, tmp_path / "apart.pdf")
    assert not may_exceed(path)


def test_black_that_overprints_a_dark_photo_is_rendered_and_found(tmp_path: Path) -> None:
    pdf = sound_press_pdf()
    place_photo(pdf, DARK)
    overprint_black(pdf, x=55, y=45)
    path = saved(pdf, tmp_path / "over.pdf")
    assert may_exceed(path)


@needs_ghostscript
def test_black_over_a_photo_is_measured_plate_by_plate(tmp_path: Path) -> None:
    light, dark = sound_press_pdf(), sound_press_pdf()
    place_photo(light, (150, 140, 140, 120))
    place_photo(dark, DARK)
    for pdf in (light, dark):
        overprint_black(pdf, x=55, y=45)
    assert report_of(light, tmp_path / "light.pdf").findings == ()
    (finding,) = report_of(dark, tmp_path / "dark.pdf").findings
    assert finding.id == "total-ink"
    assert finding.measured == pytest.approx(100 * (200 + 190 + 190 + 255) / 255, abs=4)


@needs_ghostscript
def test_the_place_and_amount_of_too_much_ink_are_told(tmp_path: Path) -> None:
    pdf = sound_press_pdf()
    add_content(pdf, f"0.9 0.9 0.9 0.9 k {40 * MM:.3f} {20 * MM:.3f} {20 * MM:.3f} {10 * MM:.3f} re f", page=2)
    (finding,) = report_of(pdf, tmp_path / "ink.pdf").findings
    assert (finding.id, finding.page, finding.unit, finding.limit) == ("total-ink", 3, "%", 300.0)
    assert finding.measured == pytest.approx(360, abs=3)
    assert finding.position_mm == pytest.approx((40, 110), abs=0.5)


@pytest.mark.parametrize(("colour", "expected"), [(DARK, False), ((230, 220, 220, 200), True), ((0, 0, 0, 0), False)])
def test_cmyk_jpegs_are_measured_as_they_print(tmp_path: Path, colour: tuple[int, ...], expected: bool) -> None:
    pdf = sound_press_pdf()
    place_photo(pdf, colour)
    assert may_exceed(saved(pdf, tmp_path / "photo.pdf")) is expected


def test_without_ghostscript_flat_colours_are_still_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sound = report_of(sound_press_pdf(), tmp_path / "sound.pdf")
    assert (sound.findings, sound.unchecked) == ((), ())
    pdf = sound_press_pdf()
    add_content(pdf, "1 1 1 0.5 k 90 60 30 30 re f")
    report = report_of(pdf, tmp_path / "flat.pdf")
    assert {finding.id for finding in report.findings} == {"total-ink"}
    assert report.findings[0].measured == 350
    assert report.unchecked == (
        "total ink of pictures and overlaps, only of flat colours: Ghostscript (gs) is not installed",
    )
