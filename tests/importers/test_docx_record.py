"""Records in Word: paragraphs, tables, tracked changes, pictures by their captions; hostile archives."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from huikan.finding import ContentError
from huikan.importers.detect import Format, format_of
from huikan.importers.docx_record import import_docx, read_record
from huikan.importers.outline import import_outline
from tests.importers.event_form import publication_of, yaml_of
from tests.importers.record_form import RECORD

RECORD_IN_WORD = Path(__file__).resolve().parents[2] / ".." / "shared" / "forum" / "forum.txt"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def picture() -> BytesIO:
    target = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(target, "PNG")
    target.seek(0)
    return target


def written(text: str, *, pictured: tuple[str, ...] = ()) -> bytes:
    """A Word document of the lines, with a picture above each line of `pictured`."""
    document = docx.Document()
    for line in text.split("\n"):
        if line in pictured:
            document.add_picture(picture())
        document.add_paragraph(line)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_record_in_word_gives_what_its_text_gives() -> None:
    data = written(RECORD)
    assert format_of("record.docx", data) is Format.DOCX
    assert import_docx(data, "record.txt").files == import_outline(RECORD, "record.txt").files


def test_the_real_record_gives_what_its_text_gives() -> None:
    if not RECORD_IN_WORD.exists():
        pytest.skip("the record is not beside the repository")
    text = RECORD_IN_WORD.read_text(encoding="utf-8-sig")
    data = written(text.replace("\x0b", " "))
    assert import_docx(data, "x.txt").files == import_outline(text.replace("\x0b", " "), "x.txt").files


def test_a_table_row_is_a_line_with_tabs_and_tracked_changes_are_accepted() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "刘洁", "某市市长"
    paragraph = document.add_paragraph("前")
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="1" w:author="A"><w:r><w:t>新</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del {W} w:id="2" w:author="A"><w:r><w:delText>旧</w:delText></w:r></w:del>'))
    assert read_record(saved(document), "x.docx").text.split("\n")[:2] == ["刘洁\t某市市长", "前新"]


def test_a_picture_goes_to_the_person_of_the_caption_below_it() -> None:
    plain = import_outline(RECORD, "record.docx")
    lines = RECORD.split("\n")
    notes = [note for note in plain.account.missing if note.text.startswith("photograph of ")]
    captions = tuple(lines[note.line - 1] for note in notes[:2])
    result = import_docx(written(RECORD, pictured=captions), "record.docx")
    people = yaml_of(result, "people.yaml")
    with_photo = [id for id, person in people.items() if "photo" in person]
    assert len(with_photo) == 2
    for id in with_photo:
        assert result.files[f"photos/{id}.png"] == picture().getvalue()
        assert people[id]["photo"] == f"photos/{id}.png"
    assert len(result.account.missing) == len(plain.account.missing) - 2
    assert "by the caption below it" in str(result.files["import-report.md"])
    assert publication_of(result).people[with_photo[0]].photo is not None


def test_a_picture_without_a_caption_is_kept_and_reported() -> None:
    document = docx.Document()
    document.add_paragraph("“河流治理”分论坛")
    document.add_picture(picture())
    result = import_docx(saved(document), "x.docx")
    assert result.files["photos/picture-1.png"] == picture().getvalue()
    assert "belongs to no caption" in str(result.files["import-report.md"])


def archive(document: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as parts:
        parts.writestr("word/document.xml", document)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        archive(b"<a/>"),
        archive(b"<a"),
        archive(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        archive(b"<a>" * 3000 + b"</a>" * 3000),
    ],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(ContentError) as caught:
        import_docx(data, "x.docx")
    assert {finding.code for finding in caught.value.findings} <= {"HK804", "HK805"}


@given(st.one_of(st.binary(max_size=100), st.binary(max_size=60).map(archive)))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_refused_with_a_finding(data: bytes) -> None:
    with pytest.raises(ContentError):
        import_docx(data, "x.docx")
