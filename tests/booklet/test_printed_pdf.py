"""What the printed PDF carries besides its words: embedded faces, nested bookmarks, links, metadata, page boxes."""

from __future__ import annotations

import pikepdf
import pytest

from tests.booklet.conftest import BuiltBooklet

pytestmark = pytest.mark.xdist_group("sample")

MM = 72 / 25.4


def _descriptors(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    fonts = {}
    for page in pdf.pages:
        for font in page.resources.get("/Font", {}).values():
            descendants = font.get("/DescendantFonts", [font])
            fonts[str(font.BaseFont)] = descendants[0].FontDescriptor
    return fonts


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_face_is_embedded_and_subset(sample: BuiltBooklet, language: str) -> None:
    with pikepdf.open(sample.pdf(language)) as pdf:
        fonts = _descriptors(pdf)
        assert len(fonts) >= 3
        for name, descriptor in fonts.items():
            assert name[7:8] == "+", f"{name} is not a subset"
            assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")), (
                f"{name} is not embedded"
            )


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_bookmarks_nest_speakers_below_their_session(sample: BuiltBooklet, language: str) -> None:
    booklet = sample.resolved(language)
    with pikepdf.open(sample.pdf(language)) as pdf, pdf.open_outline() as outline:
        tree = {item.title: [child.title for child in item.children] for item in outline.root}
    for session in booklet.sessions:
        words = session.label or session.title
        assert words is not None
        heading = next(title for title in tree if words.text in title)
        names = [entry.person.name.text for entry in session.shown]
        assert tree[heading][: len(names)] == names


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_metadata_names_the_event(sample: BuiltBooklet, language: str) -> None:
    booklet = sample.resolved(language)
    with pikepdf.open(sample.pdf(language)) as pdf:
        assert booklet.title.text in str(pdf.docinfo["/Title"])
        assert str(pdf.Root.Lang).startswith(language[:2])
        assert "/Author" in pdf.docinfo


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_links_inside_the_booklet_lead_somewhere(sample: BuiltBooklet, language: str) -> None:
    with pikepdf.open(sample.pdf(language)) as pdf:
        internal = [
            str(annotation.Dest)
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if annotation.Subtype == "/Link" and "/Dest" in annotation
        ]
        known = set(map(str, pikepdf.NameTree(pdf.Root.Names.Dests).keys()))
    assert len(internal) > 60
    assert set(internal) <= known


def test_pages_are_of_the_trim_size(sample: BuiltBooklet) -> None:
    with pikepdf.open(sample.pdf()) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(value) for value in page.mediabox)
            assert (right - left, top - bottom) == pytest.approx((210 * MM, 285 * MM), abs=0.05)


def test_the_back_cover_ends_an_even_number_of_pages(sample: BuiltBooklet) -> None:
    with pikepdf.open(sample.pdf()) as pdf:
        assert len(pdf.pages) % 2 == 0
