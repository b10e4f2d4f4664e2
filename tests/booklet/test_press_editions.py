"""The press edition, its sheets and its cover go to the print shop without a finding."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from huikan.print.icc_profiles import find_cmyk_profile
from huikan.print.preflight import preflight, to_text
from huikan.print.preflight.profile import Profile
from tests.booklet.conftest import ROOT, BuiltBooklet
from tests.booklet.reading import pdf_pages
from tests.publication import write_small_publication

pytestmark = pytest.mark.xdist_group("press")

MM = 72 / 25.4


def _press(content: Path, output: Path, language: str = "zh-Hans") -> dict[str, Path]:
    editions = (Edition.PRESS, Edition.IMPOSED, Edition.COVER)
    built = build(BuildRequest(content, output, editions, (language,)))
    return {file.edition: output / file.name for file in built.files}


def _passes(path: Path) -> None:
    report = preflight(path, Profile.PRESS)
    assert report.passed, to_text(report)
    assert not report.findings, to_text(report)


@pytest.fixture(scope="module")
def sample_press(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return _press(ROOT / "content", tmp_path_factory.mktemp("press"))


def test_the_samples_press_edition_passes_preflight(sample_press: dict[str, Path]) -> None:
    _passes(sample_press["press"])
    _passes(sample_press["imposed"])
    _passes(sample_press["cover"])


def test_the_records_press_edition_passes_preflight(record: BuiltBooklet, tmp_path: Path) -> None:
    files = _press(record.content, tmp_path)
    _passes(files["press"])
    _passes(files["imposed"])
    _passes(files["cover"])


def test_press_pages_have_trim_and_three_millimetres_of_bleed(sample_press: dict[str, Path]) -> None:
    with pikepdf.open(sample_press["press"]) as pdf:
        assert len(pdf.pages) % 4 == 0
        for page in pdf.pages:
            trim = [float(value) for value in page.trimbox]
            bleed = [float(value) for value in page.obj.BleedBox]
            assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((210 * MM, 285 * MM), abs=0.05)
            grown = [trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]]
            assert grown == pytest.approx([3 * MM] * 4, abs=0.02)


def test_the_press_edition_says_the_words_of_the_printed_one(
    sample: BuiltBooklet, sample_press: dict[str, Path]
) -> None:
    printed = [page for page in pdf_pages(sample.pdf()) if page]
    pressed = [page for page in pdf_pages(sample_press["press"]) if page and page != "笔记"]
    assert pressed == printed


def test_a_spine_carries_words_only_when_it_is_wide_enough(tmp_path: Path) -> None:
    for paper, expected in (("{grammage: 80, bulk: 1.0}", False), ("{grammage: 600, bulk: 3.0}", True)):
        content = tmp_path / str(expected)
        write_small_publication(content)
        with (content / "booklet.yaml").open("a", encoding="utf-8") as file:
            file.write(f"paper: {paper}\n")
        sheet = _press(content, tmp_path / f"out-{expected}")["cover"]
        with pikepdf.open(sheet) as pdf:
            width = float(pdf.pages[0].trimbox[2]) - float(pdf.pages[0].trimbox[0])
        spine = width / MM - 420
        words = pdf_pages(sheet)[0].count("小型论坛")
        assert (spine >= 5) is expected
        assert words == (2 if expected else 1)


def test_the_sheets_of_a_stapled_booklet_agree_on_its_cover(sample_press: dict[str, Path]) -> None:
    with pikepdf.open(sample_press["cover"]) as cover, pikepdf.open(sample_press["imposed"]) as sheets:
        widths = [float(pdf.pages[0].trimbox[2] - pdf.pages[0].trimbox[0]) for pdf in (cover, sheets)]
        assert widths == pytest.approx([420 * MM] * 2, abs=0.05)
        assert len(cover.pages) == 2


def test_sheets_are_of_the_standard_of_the_press_edition(sample_press: dict[str, Path]) -> None:
    said, ids = [], []
    for edition in ("press", "imposed", "cover"):
        with pikepdf.open(sample_press[edition]) as pdf, pdf.open_metadata() as metadata:
            assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            assert pdf.pdf_version == "1.6"
            said.append((metadata["dc:title"], metadata["xmp:CreateDate"], str(pdf.docinfo["/CreationDate"])))
            ids.append((metadata["xmpMM:DocumentID"], metadata.get("xmpMM:OriginalDocumentID")))
    assert len(set(said)) == 1
    (press, _), *sheets = ids
    assert {origin for _, origin in sheets} == {press}
    assert len({name for name, _ in ids}) == 3


def test_what_is_glued_into_a_cover_is_imposed_without_it(tmp_path: Path) -> None:
    write_small_publication(tmp_path / "content")
    with (tmp_path / "content/booklet.yaml").open("a", encoding="utf-8") as file:
        file.write("press: {binding: perfect, signature_pages: 8}\npaper: {grammage: 150, bulk: 1}\n")
    files = _press(tmp_path / "content", tmp_path / "output")
    pages = pdf_pages(files["press"])
    # Pages on their heads are read in another order.
    assert Counter("".join(pdf_pages(files["imposed"]))) == Counter("".join(pages[2:-2]))
    assert Counter("".join(pdf_pages(files["cover"])[1])) == Counter(pages[1] + pages[-2])
    _passes(files["imposed"])
    _passes(files["cover"])
    with pikepdf.open(files["imposed"]) as pdf:
        width = float(pdf.pages[0].trimbox[2] - pdf.pages[0].trimbox[0])
    assert width == pytest.approx((2 * 210 + 2 * 3) * MM, abs=0.05)


def test_a_build_without_the_printers_profile_says_whose_inks_it_takes(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write_small_publication(content)
    assumed = build(BuildRequest(content, tmp_path / "output", (Edition.COVER,), ("zh-Hans",)))
    (warning,) = [each for each in assumed.warnings if each.code == "HK057"]
    shutil.copy(find_cmyk_profile(None).path, content / "printer.icc")
    booklet = content / "booklet.yaml"
    booklet.write_text(booklet.read_text(encoding="utf-8") + "press: {profile: printer.icc}\n", encoding="utf-8")
    told = build(BuildRequest(content, tmp_path / "output", (Edition.COVER,), ("zh-Hans",)))
    assert find_cmyk_profile(None).description in warning.message
    assert [each.code for each in told.warnings] == [each.code for each in assumed.warnings if each is not warning]


def test_small_text_has_the_inks_that_a_theme_gives_its_vermilion(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    booklet = content / "booklet.yaml"
    booklet.write_text(booklet.read_text(encoding="utf-8").replace("theme: default", "theme: teal"), encoding="utf-8")
    theme = content / "styles" / "themes" / "teal"
    theme.mkdir(parents=True)
    (theme / "press.css").write_text(":root { --vermilion: device-cmyk(0.9 0 0.4 0.2) }\n", encoding="utf-8")
    built = build(BuildRequest(content, tmp_path / "out", (Edition.PRESS,), ("zh-Hans",)))
    inks: Counter[tuple[float, ...]] = Counter()
    with pikepdf.open(tmp_path / "out" / built.files[0].name) as pdf:
        for page in pdf.pages:
            for each in pikepdf.parse_content_stream(page):
                if str(each.operator) in {"k", "K", "scn", "SCN"} and len(each.operands) == 4:
                    inks[tuple(round(float(value), 2) for value in each.operands)] += 1
    assert inks[0.9, 0.0, 0.4, 0.2] > 20
    assert not inks[0.0, 1.0, 1.0, 0.0]
