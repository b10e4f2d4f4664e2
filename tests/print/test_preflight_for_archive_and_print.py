from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pikepdf
import pytest
import weasyprint
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from huikan.finding import Severity
from huikan.print.preflight import Profile, preflight, to_json, to_text
from tests.print.press_samples import add_content, helvetica, photo, saved, sound_archive_pdf
from tests.print.samples import MM, PageSpec, add_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def draw(pdf: Pdf, content: str) -> None:
    added = pdf.make_stream(content.encode())
    pdf.pages[0].Contents = Array([pdf.pages[0].Contents, added])


def forget_relationship(pdf: Pdf) -> None:
    del pdf.attachments["booklet.yaml"].obj["/AFRelationship"]


def forget_associated_files(pdf: Pdf) -> None:
    del pdf.Root["/AF"]


def make_transparent(pdf: Pdf) -> None:
    pdf.pages[0].Resources.ExtGState.Half = Dictionary(ca=0.5)
    draw(pdf, "/Half gs 0 g 50 50 20 20 re f")


def use_helvetica(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Font.Other = helvetica(pdf)
    draw(pdf, "BT /Other 10 Tf 60 100 Td (A) Tj ET")


def smooth_image(pdf: Pdf) -> None:
    image = photo(pdf, "RGB", colour=(9, 9, 9))
    image.Interpolate = True
    pdf.pages[0].Resources.XObject.Photo = image
    draw(pdf, "q 50 0 0 50 50 50 cm /Photo Do Q")


def replace_xmp(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    def breaking(pdf: Pdf) -> None:
        data = pdf.Root.Metadata.read_bytes()
        assert old in data
        pdf.Root.Metadata.write(data.replace(old, new))

    return breaking


def remove(key: str) -> Callable[[Pdf], None]:
    def breaking(pdf: Pdf) -> None:
        del pdf.Root[key]

    return breaking


def call_a_script(pdf: Pdf) -> None:
    names = pikepdf.Array(["go", Dictionary(S=Name.JavaScript, JS="app.beep()")])
    pdf.Root.Names.JavaScript = Dictionary(Names=names)


BROKEN: dict[str, tuple[Callable[[Pdf], None], set[str]]] = {
    "no PDF/A id": (replace_xmp(b"pdfaid:part", b"pdfaid:none"), {"pdfa-id-missing"}),
    "no PDF/UA id": (replace_xmp(b"<pdfuaid:part>1</pdfuaid:part>", b""), {"pdfua-id-missing"}),
    "no title": (replace_xmp(b">Report<", b"> <"), {"title-missing"}),
    "no XMP": (remove("/Metadata"), {"pdfa-id-missing", "pdfua-id-missing", "title-missing"}),
    "XMP that is no XML": (
        replace_xmp(b"</x:xmpmeta>", b"<"),
        {"pdfa-id-missing", "pdfua-id-missing", "title-missing"},
    ),
    "not tagged": (remove("/StructTreeRoot"), {"tags-missing"}),
    "not marked": (remove("/MarkInfo"), {"tags-missing"}),
    "no language": (remove("/Lang"), {"language-missing"}),
    "title not shown": (remove("/ViewerPreferences"), {"title-not-shown"}),
    "attachment without relationship": (forget_relationship, {"attachment-unrelated"}),
    "attachment not associated": (forget_associated_files, {"attachment-unrelated"}),
    "no output intent": (remove("/OutputIntents"), {"output-intent-missing"}),
    "font not embedded": (use_helvetica, {"font-not-embedded"}),
    "smoothed image": (smooth_image, {"image-interpolated"}),
    "script": (call_a_script, {"javascript"}),
}


def ids(path: Path, profile: Profile) -> set[str]:
    report = preflight(path, profile)
    assert not report.unchecked
    return {finding.id for finding in report.findings}


def test_a_sound_archive_pdf_has_no_finding(tmp_path: Path) -> None:
    assert ids(saved(sound_archive_pdf(), tmp_path / "sound.pdf"), Profile.ARCHIVE) == set()


@pytest.mark.parametrize("flaw", BROKEN)
def test_each_flaw_of_an_archive_is_found_and_nothing_else(tmp_path: Path, flaw: str) -> None:
    breaking, expected = BROKEN[flaw]
    path = saved(sound_archive_pdf(), tmp_path / "broken.pdf", breaking)
    assert ids(path, Profile.ARCHIVE) == expected


def test_transparency_counts_against_the_first_part_of_pdf_a_alone(tmp_path: Path) -> None:
    first = saved(sound_archive_pdf("1"), tmp_path / "a1.pdf", make_transparent)
    third = saved(sound_archive_pdf("3"), tmp_path / "a3.pdf", make_transparent)
    assert ids(first, Profile.ARCHIVE) == {"transparency"}
    assert ids(third, Profile.ARCHIVE) == set()


def test_encryption_has_no_place_in_an_archive(tmp_path: Path) -> None:
    with sound_archive_pdf() as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=Encryption(owner="o", user=""))
    assert ids(tmp_path / "locked.pdf", Profile.ARCHIVE) == {"encrypted"}


def test_a_typeset_document_for_the_office_printer_has_no_finding(tmp_path: Path) -> None:
    html = """<html lang="en"><title>Report</title>
        <style>@page { size: 100mm 140mm; margin: 15mm } body { font-family: serif; color: #222 }
        h1 { background: #fd8; margin: -15mm -15mm 5mm; padding: 15mm } td { border: 1px solid red }</style>
        <h1>会刊 Report</h1><p>Text, with a <a href="https://example.org">link</a>.</p>
        <table><tr><td>193 个</td></tr></table></html>"""
    weasyprint.HTML(string=html).write_pdf(tmp_path / "office.pdf")
    assert ids(tmp_path / "office.pdf", Profile.PRINT) == set()


def printed(content: str, path: Path, breaking: Callable[[Pdf], None] | None = None) -> Path:
    pdf = pikepdf.new()
    add_page(pdf, PageSpec(content, resources=Dictionary(XObject=Dictionary(), ExtGState=Dictionary())))
    return saved(pdf, path, breaking)


def test_flaws_that_matter_on_an_office_printer_are_found(tmp_path: Path) -> None:
    def coarse(pdf: Pdf) -> None:
        pdf.pages[0].Resources.XObject.Photo = photo(pdf, "RGB", 90, (9, 9, 9))
        draw(pdf, f"q {25.4 * MM:.3f} 0 0 {25.4 * MM:.3f} 50 50 cm /Photo Do Q")

    def two_sizes(pdf: Pdf) -> None:
        for width in (100, 100, 120):
            add_page(pdf, PageSpec(width=width))

    assert ids(printed("0 w 50 50 m 99 50 l S", tmp_path / "line.pdf"), Profile.PRINT) == {"hairline"}
    assert ids(printed("", tmp_path / "coarse.pdf", coarse), Profile.PRINT) == {"image-resolution"}
    assert ids(printed("", tmp_path / "sizes.pdf", two_sizes), Profile.PRINT) == {"page-size"}
    assert ids(printed("1 0 0 rg 0 0 900 900 re f", tmp_path / "colour.pdf"), Profile.PRINT) == set()


def test_printing_restrictions_matter_where_they_forbid_printing(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        add_page(pdf, PageSpec("0 g 50 50 9 9 re f"))
        for name, allowed in (("may", True), ("may-not", False)):
            rights = pikepdf.Permissions(print_highres=allowed, print_lowres=allowed)
            pdf.save(tmp_path / f"{name}.pdf", encryption=Encryption(owner="o", user="", allow=rights))
    assert ids(tmp_path / "may.pdf", Profile.PRINT) == set()
    assert ids(tmp_path / "may-not.pdf", Profile.PRINT) == {"encrypted"}


def test_the_report_reads_the_same_as_text_and_as_json(tmp_path: Path) -> None:
    path = printed("0 w 50 50 m 99 50 l S 0 w 50 60 m 99 60 l S", tmp_path / "line.pdf")
    report = preflight(path, Profile.PRINT)
    (finding,) = report.findings
    assert finding.count == 2
    told = json.loads(to_json(report))
    assert told["passed"] is False
    assert told["findings"][0]["id"] == "hairline"
    assert told["findings"][0]["limit"] == 0.25
    assert told["findings"][0]["position_mm"] == list(finding.position_mm or ())
    text = to_text(report)
    assert "error: page 1 at 17.6, " in text
    assert "measured 0 pt, limit 0.25 pt; 2 times on this page" in text
    assert "make it at least 0.25 pt wide" in text
    assert text.endswith("1 page checked for print: 1 error, 0 warnings")
    assert report.as_findings()[0].code == "preflight-hairline"
    assert report.as_findings()[0].severity is Severity.ERROR


def test_content_added_beside_the_page_is_not_checked(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    add_page(pdf, PageSpec("0 g 50 50 9 9 re f", bleed=3.0, slug=7.0))
    add_content(pdf, "0 w -20 50 m -12 50 l S")
    assert ids(saved(pdf, tmp_path / "marks.pdf"), Profile.PRINT) == set()
