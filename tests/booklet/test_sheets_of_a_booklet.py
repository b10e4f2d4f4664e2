"""How booklet.yaml decides what stands beside the pages of a sheet, and where the pages stand."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from huikan.build import BuildRequest, Built, build
from huikan.content.model import Edition
from huikan.print.outlines import Outline, outlined_face
from huikan.print.preflight import Profile, preflight
from huikan.render.faces import face_file
from tests.publication import write_small_publication

pytestmark = pytest.mark.xdist_group("press")

MM = 72 / 25.4


def outline(words: str) -> Outline:
    with outlined_face(*face_file("Noto Sans CJK SC")) as face:
        return face.line(words)


def _built(
    folder: Path,
    said: str,
    editions: tuple[Edition, ...] = (Edition.IMPOSED,),
    languages: tuple[str, ...] = ("zh-Hans",),
) -> tuple[Built, dict[str, Path]]:
    content = folder / "content"
    write_small_publication(content)
    with (content / "booklet.yaml").open("a", encoding="utf-8") as file:
        file.write(said)
    built = build(BuildRequest(content, folder / "output", editions, languages))
    return built, {file.edition: folder / "output" / file.name for file in built.files}


def _shifts(path: Path, width_mm: float) -> list[float]:
    """How far right of its place the right page of each front stands, in mm, from the outermost sheet inwards."""
    shifts = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages[::2]:
            fold = float(page.TrimBox[0]) + width_mm * MM
            matrices = re.findall(rb"re W n \S+ \S+ \S+ \S+ (\S+) \S+ cm", page.Contents.read_bytes())
            shifts.append((float(matrices[-1]) - fold) / MM)
    return shifts


def test_each_side_says_which_booklet_sheet_side_day_and_state_it_is(tmp_path: Path) -> None:
    _, files = _built(tmp_path, "", (Edition.IMPOSED, Edition.PRESS))
    with pikepdf.open(files["press"]) as press, press.open_metadata() as metadata:
        state = metadata["xmpMM:DocumentID"].removeprefix("uuid:")[:8]
    with pikepdf.open(files["imposed"]) as sheets:
        count = len(sheets.pages) // 2
        for at, page in enumerate(sheets.pages):
            side = "反面" if at % 2 else "正面"
            words = f"small-forum.zh-Hans · 小型论坛 · 印张 {at // 2 + 1}/{count} · {side} · 2024-11-06 · {state}"
            assert outline(words).path in page.Contents.read_bytes().decode("ascii")
    assert count > 1


def test_signatures_are_counted_and_english_sheets_speak_english(tmp_path: Path) -> None:
    said = "press: {binding: perfect, signature_pages: 8}\n"
    _, files = _built(tmp_path, said, languages=("en",))
    with pikepdf.open(files["imposed"]) as sheets:
        count = len(sheets.pages) // 2
        drawn = sheets.pages[-1].Contents.read_bytes().decode("ascii")
    words = f"small-forum.en · Small Forum · signature {count} of {count} · back · 2024-11-06"
    assert outline(words).path in drawn


def test_the_cover_sheet_says_which_side_it_is_and_has_register_targets(tmp_path: Path) -> None:
    _, files = _built(tmp_path, "", (Edition.COVER,))
    with pikepdf.open(files["cover"]) as sheet:
        for page, side in zip(sheet.pages, ("正面", "反面"), strict=True):
            drawn = page.Contents.read_bytes().decode("ascii")
            assert outline(f"small-forum.zh-Hans · 小型论坛 · 封面 · {side} · 2024-11-06 · ").path in drawn
            targets = drawn.partition("/All CS 1 SCN")[2].partition("\nQ")[0]
            starts = re.findall(r"l (\S+) (\S+) m \S+ \S+ \S+ \S+ \S+ \S+ c", targets)
            bleed = [float(edge) for edge in page.BleedBox]
            assert len(starts) == 4
            for x, y in ((float(x), float(y)) for x, y in starts):
                assert not (bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3])
    assert preflight(files["cover"], Profile.PRESS).findings == ()


def test_marks_are_left_off_where_the_shop_draws_its_own(tmp_path: Path) -> None:
    editions = (Edition.PRESS, Edition.IMPOSED, Edition.COVER)
    for said, marked in (("press: {marks: false}\n", False), ("", True)):
        _, files = _built(tmp_path / str(marked), said, editions)
        for edition in editions:
            with pikepdf.open(files[edition]) as pdf:
                assert [b"/All " in _drawn(page) for page in pdf.pages] == [marked] * len(pdf.pages), edition


def _drawn(page: pikepdf.Page) -> bytes:
    contents = page.obj.Contents
    return b"\n".join(part.read_bytes() for part in (contents if isinstance(contents, pikepdf.Array) else [contents]))


def test_nested_sheets_move_by_a_leaf_of_the_paper_that_is_named(tmp_path: Path) -> None:
    _, thick = _built(tmp_path / "thick", "paper: {grammage: 200, bulk: 1.5}\n")
    _, said = _built(tmp_path / "said", "paper: {grammage: 200, bulk: 1.5}\npress: {creep_mm: 0.1}\n")
    _, unsaid = _built(tmp_path / "unsaid", "")
    count = len(_shifts(unsaid["imposed"], 210))
    assert count > 1
    assert _shifts(unsaid["imposed"], 210) == pytest.approx([0.0] * count, abs=0.02)
    assert _shifts(thick["imposed"], 210) == pytest.approx([-0.3 * sheet for sheet in range(count)], abs=0.02)
    assert _shifts(said["imposed"], 210) == pytest.approx([-0.1 * sheet for sheet in range(count)], abs=0.02)


def test_sheets_without_a_named_paper_are_told_once_with_what_they_would_need(tmp_path: Path) -> None:
    built, files = _built(tmp_path, "", languages=("zh-Hans", "en"))
    with pikepdf.open(files["imposed"]) as pdf:
        sheets = len(pdf.pages) // 2
    (told,) = [finding for finding in built.warnings if finding.code == "HK058"]
    assert f"{sheets} nested sheets ({2 * sheets} leaves)" in told.message
    assert f"0.1 mm a sheet, {0.1024 * (sheets - 1):.1f} mm for the innermost" in told.message
    assert "paper: {grammage: 128, bulk: 0.8}" in told.hint


@pytest.mark.parametrize(
    "said",
    [
        "paper: {grammage: 128, bulk: 0.8}\n",
        "press: {creep_mm: 0}\n",
        "press: {binding: perfect, signature_pages: 8}\n",
    ],
)
def test_nobody_is_asked_for_paper_who_said_it_or_needs_none(tmp_path: Path, said: str) -> None:
    built, _ = _built(tmp_path, said)
    assert "HK058" not in {finding.code for finding in built.warnings}


@pytest.mark.parametrize(("theme", "width_mm"), [("default", 210), ("a5", 148)])
def test_the_covers_red_rule_keeps_clear_of_the_fold_and_runs_off_the_fore_edge(
    tmp_path: Path, theme: str, width_mm: float
) -> None:
    _, files = _built(tmp_path, f"theme: {theme}\n", (Edition.COVER,))
    with pypdfium2.PdfDocument(files["cover"]) as pdf:
        sheet = pdf[0].render(scale=10 / MM).to_pil().convert("RGB")
    # Margin 9 mm with 3 mm of bleed, the back cover, the fold, the front cover.
    fold, lower_half = 9 + width_mm, sheet.crop((0, sheet.height * 3 // 4, sheet.width, sheet.height))
    red, green, _ = lower_half.split()
    columns = ImageChops.subtract(red, green).point(lambda value: 255 * (value > 90)).getbbox()
    assert columns is not None
    assert columns[0] / 10 > fold + 12
    assert columns[2] / 10 == pytest.approx(fold + width_mm + 3, abs=0.2)
