"""Files go into a PDF and come out again unchanged; what does not belong there is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huikan.finding import ContentError
from huikan.render.archive import attachments
from huikan.render.archive.attachments import Attachment, Relationship, embed, extract, is_inside, read_attachments

TIME = dt.datetime(2024, 11, 6, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def source(name: str, content: bytes = b"a: b\n") -> Attachment:
    return Attachment(name, content, Relationship.SOURCE, "content")


def pdf_with(path: Path, *files: Attachment) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        embed(pdf, files, TIME)
        pdf.save(path)
    return path


def codes(error: pytest.ExceptionInfo[ContentError]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_files_come_out_as_they_went_in(tmp_path: Path) -> None:
    contents = {"booklet.yaml": "题: 名\n".encode(), "photos/a.jpg": bytes(range(256)) * 9, "summaries/甲.md": b""}
    archive = pdf_with(tmp_path / "a.pdf", *(source(name, content) for name, content in contents.items()))
    assert extract(archive, tmp_path / "deep" / "out") == tuple(sorted(contents))
    out = tmp_path / "deep" / "out"
    assert {
        path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()
    } == contents


def test_each_file_says_what_it_is_and_what_for(tmp_path: Path) -> None:
    files = [
        source("booklet.yaml"),
        source("summaries/a.md"),
        Attachment("b.docx", b"PK", Relationship.ALTERNATIVE, "word copy"),
        Attachment("manifest.json", b"{}", Relationship.DATA, "list"),
    ]
    with pikepdf.open(pdf_with(tmp_path / "a.pdf", *files)) as pdf:
        specifications = list(pdf.Root.AF)
        told = {str(s.UF): (str(s.AFRelationship), str(s.EF.F.Subtype), str(s.Desc)) for s in specifications}
        assert told == {
            "b.docx": (
                "/Alternative",
                "/application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "word copy",
            ),
            "booklet.yaml": ("/Source", "/application/yaml", "content"),
            "manifest.json": ("/Data", "/application/json", "list"),
            "summaries/a.md": ("/Source", "/text/markdown", "content"),
        }
        assert {str(s.EF.F.Params.ModDate) for s in specifications} == {"D:20241106000000+00'00'"}
        names = list(pdf.Root.Names.EmbeddedFiles.Names)
        assert [str(name) for name in names[::2]] == sorted(told)


@pytest.mark.parametrize(
    "name",
    [
        "../a.yaml",
        "/etc/a",
        "a/../../b",
        "C:/a",
        "a\\b",
        "a//b",
        "./a",
        "",
        "a/",
        "a\0b",
        "a\nb",
        "..",
        "a/.. /b",
        "a:b",
    ],
)
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    archive = pdf_with(tmp_path / "a.pdf", source("good.yaml"), source(name))
    with pytest.raises(ContentError) as error:
        extract(archive, tmp_path / "out")
    assert codes(error) == ["HK133"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf"]


@pytest.mark.parametrize("pair", [("a/b", "a"), ("A.yaml", "a.yaml"), ("a", "a/b/c")])
def test_names_that_cannot_stand_together_are_refused(tmp_path: Path, pair: tuple[str, str]) -> None:
    archive = pdf_with(tmp_path / "a.pdf", *map(source, pair))
    with pytest.raises(ContentError) as error:
        read_attachments(archive)
    assert codes(error) == ["HK133"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_an_accepted_name_stays_below_the_folder(name: str) -> None:
    if is_inside(name):
        folder = Path("/publication")
        assert (folder / name).resolve().is_relative_to(folder)
        assert (folder / name).resolve() != folder


def test_data_that_swell_are_refused_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = pdf_with(tmp_path / "a.pdf", source("a.yaml", b"0" * 600_000), source("b.yaml", b"0" * 600_000))
    with pikepdf.open(archive, allow_overwriting_input=True) as pdf:
        pdf.save(archive, compress_streams=True, recompress_flate=True)
    assert archive.stat().st_size < 10_000
    monkeypatch.setattr(attachments, "MOST_BYTES", 1_000_000)
    with pytest.raises(ContentError) as error:
        read_attachments(archive)
    assert codes(error) == ["HK134"]


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    archive = pdf_with(tmp_path / "a.pdf", source("a.yaml"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(ContentError) as error:
        extract(archive, tmp_path / "out")
    assert codes(error) == ["HK130"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_what_is_no_archive_is_named(tmp_path: Path) -> None:
    plain, text = tmp_path / "plain.pdf", tmp_path / "text.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(plain)
    text.write_text("no pdf")
    for path, code in ((plain, "HK132"), (text, "HK131"), (tmp_path / "none.pdf", "HK131")):
        with pytest.raises(ContentError) as error:
            extract(path, tmp_path / "out")
        assert codes(error) == [code]
        assert str(error.value).count(str(path)) == 1, "the file is named once"
