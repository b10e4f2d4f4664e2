"""Preflight tells small letters that a press does not print sharply: of several inks, or of a light tint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pikepdf import Array, Name

from huikan.finding import Severity
from huikan.print.preflight import PreflightReport, Profile, preflight
from tests.print.press_samples import add_content, saved, sound_press_pdf
from tests.print.samples import MM

if TYPE_CHECKING:
    from pathlib import Path


def text(colour: str, size: float) -> str:
    return f"{colour} BT /Body {size} Tf {30 * MM:.3f} {70 * MM:.3f} Td (AAA) Tj ET"


def checked(tmp_path: Path, *contents: str, profile: Profile = Profile.PRESS) -> PreflightReport:
    pdf = sound_press_pdf()
    for content in contents:
        add_content(pdf, content)
    return preflight(saved(pdf, tmp_path / "press.pdf"), profile, rendered=False)


def small(report: PreflightReport) -> set[str]:
    return {finding.id for finding in report.findings if finding.id.startswith("text-small")}


@pytest.mark.parametrize(
    ("colour", "size", "told"),
    [
        ("0.1 0.92 0.9 0.15 k", 7.5, {"text-small-inks"}),
        ("1 0.7 0 0 k", 6, {"text-small-inks"}),
        ("0.1 0.92 0.9 0.15 k", 8, set()),
        ("0 1 1 0 k", 6, set()),
        ("0 1 0 0 k", 6, set()),
        ("0 0 0 1 k", 6, set()),
        ("0 0 0 0.6 k", 6, set()),
        ("0 0 0 0.5 k", 6, {"text-small-tint"}),
        ("0.5 g", 6, {"text-small-tint"}),
        ("0 0 0 0.5 k", 8, set()),
        ("0 0.4 0.4 0 k", 6, {"text-small-tint"}),
        ("0 0.02 0.08 0.02 k", 6, set()),
        ("0 0 0 0 k", 6, set()),
    ],
)
def test_letters_below_eight_points_are_wanted_in_one_full_ink(
    tmp_path: Path, colour: str, size: float, told: set[str]
) -> None:
    assert small(checked(tmp_path, text(colour, size))) == told


def test_the_size_on_paper_counts(tmp_path: Path) -> None:
    scaled = f"q 0.5 0 0 0.5 0 0 cm {text('1 0.7 0 0 k', 12)} Q"
    report = checked(tmp_path, scaled)
    (finding,) = [each for each in report.findings if each.id == "text-small-inks"]
    assert (finding.severity, finding.measured, finding.limit, finding.unit) == (Severity.WARNING, 6.0, 8.0, "pt")
    assert "small text of 2 inks" in finding.message
    assert "Cyan 100%, Magenta 70%" in finding.message
    assert report.passed


def test_a_spot_ink_is_an_ink_among_others(tmp_path: Path) -> None:
    pdf = sound_press_pdf()
    shares = pdf.make_stream(b"{ 0 0 4 2 roll }", FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1] * 4)
    inks = Array([Name.Black, Name("/Gold")])
    pdf.pages[0].Resources.ColorSpace.Both = Array([Name.DeviceN, inks, Name.DeviceCMYK, shares])
    add_content(pdf, "/Both cs " + text("0.5 1 scn", 7))
    report = preflight(saved(pdf, tmp_path / "press.pdf"), Profile.PRESS, rendered=False)
    (finding,) = [each for each in report.findings if each.id == "text-small-inks"]
    assert "Black 50%, Gold 100%" in finding.message


def test_small_rich_black_is_told_once(tmp_path: Path) -> None:
    report = checked(tmp_path, text("0.4 0.3 0.3 1 k", 6))
    assert [finding.id for finding in report.findings] == ["text-rich-black"]


def test_an_office_printer_has_no_plates(tmp_path: Path) -> None:
    assert small(checked(tmp_path, text("1 0.7 0 0 k", 6), profile=Profile.PRINT)) == set()
