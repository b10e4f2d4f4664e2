from __future__ import annotations

import re
import resource
import zlib
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from huikan.print.content_stream import walker
from huikan.print.preflight import Profile, preflight, to_json, to_text
from huikan.print.preflight.run import MAX_PAGES
from tests.print.press_samples import add_content, saved, sound_press_pdf
from tests.print.samples import PageSpec, add_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def found(path: Path, profile: Profile = Profile.PRESS) -> set[str]:
    report = preflight(path, profile)
    assert to_text(report)
    assert to_json(report)
    return {finding.id for finding in report.findings}


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n", b"\x00" * 4096, b"%PDF-1.4\ntrailer << /Root 1 0 R >>"])
def test_what_is_no_pdf_is_a_finding(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "no.pdf"
    path.write_bytes(data)
    assert found(path) == {"file-damaged"}
    assert preflight(path, Profile.PRESS).unchecked


def test_a_missing_file_is_the_callers_to_report(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        preflight(tmp_path / "missing.pdf", Profile.PRESS)


def test_a_truncated_file_is_a_finding(tmp_path: Path) -> None:
    path = saved(sound_press_pdf(), tmp_path / "cut.pdf")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    assert "file-damaged" in found(path)


def test_a_form_that_draws_itself_ends(tmp_path: Path) -> None:
    def breaking(pdf: Pdf) -> None:
        form = pdf.make_stream(b"q 1 0 0 1 1 1 cm /Me Do Q")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 500, 500])
        form.Resources = Dictionary(XObject=Dictionary(Me=form))
        pdf.pages[0].Resources.XObject.Me = form
        add_content(pdf, "/Me Do")

    report = preflight(saved(sound_press_pdf(), tmp_path / "cycle.pdf", breaking), Profile.PRESS, rendered=False)
    (finding,) = report.findings
    assert finding.id == "content-damaged"
    assert "contains itself" in finding.message


def test_forms_that_multiply_are_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walker, "MAX_OPERATORS_PER_PAGE", 20_000)

    def breaking(pdf: Pdf) -> None:
        inner = pdf.make_stream(b"0 0 m 1 1 l S " * 50)
        for level in range(6):
            outer = inner if level == 0 else pdf.make_stream(b"/In Do " * 10)
            if level:
                outer.Resources = Dictionary(XObject=Dictionary(In=inner))
            outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 500, 500])
            inner = outer
        pdf.pages[0].Resources.XObject.In = inner
        add_content(pdf, "/In Do " * 10)

    path = saved(sound_press_pdf(), tmp_path / "laughs.pdf", breaking)
    report = preflight(path, Profile.PRINT, rendered=False)
    assert {finding.id for finding in report.findings} == {"content-too-large"}


def test_a_content_bomb_is_not_unpacked(tmp_path: Path) -> None:
    def breaking(pdf: Pdf) -> None:
        data = zlib.compress(b" " * 200_000_000, 9)
        pdf.pages[0].Contents = pdf.make_indirect(Stream(pdf, data, Filter=Name.FlateDecode))

    path = saved(sound_press_pdf(), tmp_path / "bomb.pdf", breaking)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert found(path) == {"content-damaged"}
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mb < 150


def test_an_image_bomb_is_not_unpacked(tmp_path: Path) -> None:
    def breaking(pdf: Pdf) -> None:
        data = zlib.compress(b"\x20" * 1_000_000, 9) * 2
        image = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Filter=Name.FlateDecode)
        image.Width = image.Height = 60_000
        image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceCMYK
        pdf.pages[0].Resources.XObject.Bomb = pdf.make_indirect(image)
        add_content(pdf, "q 100 0 0 100 50 50 cm /Bomb Do Q")

    report = preflight(saved(sound_press_pdf(), tmp_path / "bomb.pdf", breaking), Profile.PRESS)
    assert report.findings == ()
    assert report.unchecked == ("bleed artwork and total ink of page 1: too large to render",)


def test_a_page_of_absurd_size_is_not_rendered(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for _ in range(4):
            add_page(pdf, PageSpec("0.1 0.1 0 0 k -9 -9 99999 99999 re f", width=9000, height=9000, bleed=3.0))
        pdf.save(tmp_path / "huge.pdf")
    report = preflight(tmp_path / "huge.pdf", Profile.PRESS)
    assert {finding.id for finding in report.findings} == {"output-intent-missing"}
    assert len(report.unchecked) == 4


def set_on_page(key: str, value: object) -> Callable[[Pdf], None]:
    return lambda pdf: pdf.pages[0].obj.__setitem__(key, value)


def set_in_catalog(key: str, value: object) -> Callable[[Pdf], None]:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def tree_of_itself(pdf: Pdf) -> None:
    pdf.Root.Names = pdf.make_indirect(Dictionary())
    pdf.Root.Names.EmbeddedFiles = pdf.Root.Names
    pdf.Root.Names.Kids = Array([pdf.Root.Names])


def test_contents_within_contents_are_told(tmp_path: Path) -> None:
    def nest(pdf: Pdf) -> None:
        pdf.pages[0].Contents = Array([Array([pdf.pages[0].Contents])])

    assert found(saved(sound_press_pdf(), tmp_path / "nested.pdf", nest)) == {"content-damaged"}


def number_for_a_font(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Font.Body = 7


MALFORMED_OBJECTS: dict[str, Callable[[Pdf], None]] = {
    "boxes of words": set_on_page("/TrimBox", Array([Name.a, Name.b, Name.c, Name.d])),
    "an empty box": set_on_page("/TrimBox", Array([5, 5, 5, 5])),
    "a box beyond all bounds": set_on_page("/TrimBox", Array([0, 0, 10**15, 10**15])),
    "a rotation of 45": set_on_page("/Rotate", 45),
    "a rotation in words": set_on_page("/Rotate", Name.left),
    "a user unit of zero": set_on_page("/UserUnit", 0),
    "annotations that are a number": set_on_page("/Annots", 7),
    "annotations of numbers": set_on_page("/Annots", Array([7, 8])),
    "a font that is a number": number_for_a_font,
    "resources that are a name": set_on_page("/Resources", Name.x),
    "contents that are a name": set_on_page("/Contents", Name.x),
    "output intents that are a name": set_in_catalog("/OutputIntents", Name.x),
    "output intents of numbers": set_in_catalog("/OutputIntents", Array([1, 2])),
    "names that are a number": set_in_catalog("/Names", 4),
    "a form that is a number": set_in_catalog("/AcroForm", 4),
    "a name tree of itself": tree_of_itself,
    "metadata that is a name": set_in_catalog("/Metadata", Name.x),
}


@pytest.mark.parametrize("malformed", MALFORMED_OBJECTS)
@pytest.mark.parametrize("profile", Profile)
def test_malformed_objects_are_told_not_raised(tmp_path: Path, malformed: str, profile: Profile) -> None:
    path = saved(sound_press_pdf(), tmp_path / "odd.pdf", MALFORMED_OBJECTS[malformed])
    report = preflight(path, profile, rendered=False)
    assert report.pages == 4
    assert "Infinity" not in to_json(report)


OPERATORS = ["q", "Q", "cm", "gs", "cs", "scn", "sc", "rg", "k", "g", "re", "W", "n", "f", "S", "BT", "Tf", "Tj", "TJ",
             "Do", "sh", "d1", "BI", "ID", "EI", "Td", "Tm", "'", '"', "w", "m", "l", "c"]  # fmt: skip
OPERANDS = ["/Body", "/Photo", "/None", "0", "-1", "1e400", "99999999999999999999", "(A)", "<41>", "[", "]", "<<", ">>",
            "[(A) 3 /x]", "/Pattern", "/DeviceCMYK", "0.5", "true", "null"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(OPERATORS + OPERANDS), max_size=40).map(" ".join))
@example("q " * 2000)
@example("BI /W 9 ID \x00\x01")
@example("0 0 0 0 0 0 cm /Photo Do")
def test_no_content_stream_raises(tmp_path: Path, content: str) -> None:
    path = saved(sound_press_pdf(pages=1), tmp_path / "fuzz.pdf", lambda pdf: add_content(pdf, content))
    report = preflight(path, Profile.PRESS, rendered=False)
    assert report.pages == 1
    assert not re.search(r"NaN|Infinity", to_json(report))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=12))
def test_no_corrupted_byte_raises(tmp_path: Path, position: int, noise: bytes) -> None:
    path = saved(sound_press_pdf(), tmp_path / "noise.pdf")
    data = bytearray(path.read_bytes())
    data[position % len(data) : position % len(data) + len(noise)] = noise
    path.write_bytes(bytes(data))
    assert to_json(preflight(path, Profile.PRESS, rendered=False))


def test_pages_past_the_bound_are_said_to_be_unchecked(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        kids = Array(
            [pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=[0, 0, 99, 99])) for _ in range(MAX_PAGES + 4)]
        )
        pdf.Root.Pages.Kids, pdf.Root.Pages.Count = kids, len(kids)
        pdf.save(tmp_path / "many.pdf")
    report = preflight(tmp_path / "many.pdf", Profile.PRINT)
    assert report.unchecked == (f"pages after {MAX_PAGES}",)
