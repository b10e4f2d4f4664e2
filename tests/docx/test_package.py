from __future__ import annotations

import inspect
import io
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from docx.opc.part import Part
from docx.opc.pkgwriter import PackageWriter
from lxml import etree

from huikan.render.docx.package import Relations, blank_package
from huikan.render.docx.style_table import CHARACTER_STYLES, PARAGRAPH_STYLES
from huikan.render.docx.styles import style_id
from tests.docx.documents import find, html, names, opened, page, part, tokens, values, write, written

PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
EVERYTHING = page("<p>话<span class='footnote'>注</span></p><ul><li><p>甲</p></li></ul>")


def test_the_release_whose_private_parts_are_used_is_pinned_and_has_them() -> None:
    dependencies = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert f"python-docx=={version('python-docx')}" in dependencies
    used = {
        "_write_content_types_stream": ["phys_writer", "parts"],
        "_write_pkg_rels": ["phys_writer", "pkg_rels"],
        "_write_parts": ["phys_writer", "parts"],
    }
    for name, parameters in used.items():
        assert list(inspect.signature(getattr(PackageWriter, name)).parameters) == parameters


def test_a_blank_package_holds_nothing_of_the_template() -> None:
    blank = blank_package()
    assert [str(part.partname) for part in blank.package.parts] == [
        "/word/document.xml",
        "/word/styles.xml",
        "/word/settings.xml",
        "/word/numbering.xml",
        "/docProps/core.xml",
    ]
    assert [part.blob for part in blank.package.parts[:4]] == [b"", b"", b"", b""]
    assert (blank.properties.title, blank.properties.author) == ("", "")
    assert sorted(blank.main.rels) == ["rId1", "rId2", "rId3"]


def test_a_document_holds_the_parts_that_it_needs_and_styles_of_the_table() -> None:
    document, _ = written(EVERYTHING)
    assert {name for name in names(document) if "header" not in name and "footer" not in name} == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/numbering.xml",
        "word/fontTable.xml",
        "word/footnotes.xml",
        "customXml/item1.xml",
        "customXml/_rels/item1.xml.rels",
        "customXml/itemProps1.xml",
        "docProps/core.xml",
        "docProps/app.xml",
        "docProps/custom.xml",
    }
    ours = {style_id(style.name) for style in PARAGRAPH_STYLES} | {style_id(style.name) for style in CHARACTER_STYLES}
    ours |= {"DefaultParagraphFont", "TableNormal", "NameTable", "DataTable"}
    assert set(values(part(document, "word/styles.xml"), "//w:style/@w:styleId")) == ours
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in archive.namelist():
            assert b"python-docx" not in archive.read(name), name
            assert not find(etree.fromstring(archive.read(name)), "//@*[contains(local-name(), 'Theme')]/.."), name


def test_python_docx_reads_the_sections_that_it_wrote() -> None:
    document = opened(written(EVERYTHING)[0])
    length = tokens().length
    section = document.sections[-1]
    assert section.page_width is not None
    assert section.page_width.pt == pytest.approx(length("page-width"), abs=0.05)
    assert document.settings.odd_and_even_pages_header_footer
    assert "".join(run.text for run in section.header.paragraphs[0].runs) == "简介"
    assert section.even_page_footer.paragraphs[0].text.endswith(" / 1")


def test_a_target_is_related_once_and_python_docx_counts_on() -> None:
    blank = blank_package()
    package = blank.package
    relations = Relations(blank.main)
    image = Part(package.next_partname("/word/media/image%d.png"), "image/png", b"", package)
    kinds = [
        relations.add("urn:image", image),
        relations.add("urn:link", "https://a.test"),
        blank.main.relate_to(image, "urn:b"),
    ]
    assert kinds == ["rId4", "rId5", "rId6"]
    assert relations.add("urn:image", image) == "rId4"
    assert relations.add("urn:link", "https://a.test") == "rId5"
    assert blank.main.rels["rId5"].is_external


def test_properties_too_long_for_word_are_cut_and_lists_between_their_entries() -> None:
    words = ",".join(f"关键词{number}" for number in range(100))
    head = f'<title>会刊</title><meta name="keywords" content="{words}"><meta name="author" content="{"人" * 300}">'
    core = opened(write(html("<p>话</p>").replace("<title>会刊</title>", head))[0]).core_properties
    assert words.startswith(f"{core.keywords},")
    assert 245 < len(core.keywords) <= 255
    assert core.author == "人" * 255
