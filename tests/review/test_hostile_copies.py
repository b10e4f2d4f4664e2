"""Files that mean harm, or are broken, are refused with a message and in bounded memory."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from huikan.finding import ContentError
from huikan.review.copy import read_copy
from tests.review.copies import edited, publication, rewritten, sent_copy

RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sent_copy(publication(tmp_path_factory.mktemp("hostile")))


def refused(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        read_copy(path)
    (finding,) = caught.value.findings
    assert finding.file == path.name
    return finding.message


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> tuple[str, str]:
    return (
        "</Relationships>",
        f'<Relationship Id="x" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>',
    )


@pytest.mark.parametrize(
    ("kind", "target", "words"),
    [
        ("attachedTemplate", "https://example.org/evil.dotm", "remote template"),
        ("attachedTemplate", "\\\\example\\share\\evil.dotm", "remote template"),
        ("image", "https://example.org/pixel.png", "outside image"),
        ("frame", "https://example.org/frame.html", "outside frame"),
        ("oleObject", "https://example.org/x.bin", "embedded object"),
    ],
)
def test_what_leads_out_of_the_file(copy: Path, kind: str, target: str, words: str) -> None:
    assert words in refused(edited(copy, relation(kind, target), part=RELATIONS, name="out.docx"))


def test_a_template_on_the_reviewers_own_disk_is_no_harm(copy: Path) -> None:
    local = relation("attachedTemplate", "file:///C:/Users/lin/Normal.dotm")
    assert read_copy(edited(copy, local, part=RELATIONS, name="local.docx")).sent


def test_macros(copy: Path) -> None:
    def with_macros(name: str, text: str) -> str:
        return text.replace("document.main+xml", "document.macroEnabled.main+xml") if "Content_Types" in name else text

    assert "macros" in refused(rewritten(copy, with_macros, "macros.docx"))
    project = relation("vbaProject", "vbaProject.bin", "")
    assert "program" in refused(edited(copy, project, part=RELATIONS, name="vba.docx"))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/custom.xml", "customXml/item1.xml"])
def test_entities(copy: Path, part: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

    def declared(name: str, text: str) -> str:
        if name != part:
            return text
        head, _, body = text.partition("?>")
        return f"{head}?>{bomb}{body}"

    assert "entities" in refused(rewritten(copy, declared, "entities.docx"))


@pytest.mark.parametrize(
    "name", ["../evil.xml", "word/../../evil.xml", "/etc/passwd", "C:\\evil.xml", "word\\..\\..\\x"]
)
def test_part_names_that_lead_out(copy: Path, name: str) -> None:
    target = rewritten(copy, lambda part, text: text + " " if part == "word/settings.xml" else text, "names.docx")
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, "x")
    assert "leads out" in refused(target)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("[Content_Types].xml", "[Content_Types].xml is missing"),
        ("_rels/.rels", "no document"),
        ("word/document.xml", "word/document.xml is missing"),
        ("customXml/item1.xml", "no review copy"),
        ("docProps/custom.xml", "no review copy"),
    ],
)
def test_missing_parts(copy: Path, part: str, words: str) -> None:
    target = copy.with_name("missing.docx")
    with zipfile.ZipFile(copy) as before, zipfile.ZipFile(target, "w") as after:
        for entry in before.infolist():
            if entry.filename != part:
                after.writestr(entry.filename, before.read(entry))
    assert words in refused(target)


@pytest.mark.parametrize(
    "content", [b"", b"no zip", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_zip(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "copy.docx"
    path.write_bytes(content)
    assert refused(path)
    assert refused(tmp_path / "absent.docx")


def test_broken_xml_and_damaged_data(copy: Path) -> None:
    broken = rewritten(copy, lambda name, text: text[:-40] if name == "word/document.xml" else text, "broken.docx")
    assert "broken" in refused(broken)
    damaged = copy.with_name("damaged.docx")
    raw = bytearray(copy.read_bytes())
    with zipfile.ZipFile(copy) as archive:
        entry = archive.getinfo("word/document.xml")
    begin = entry.header_offset + 60 + len(entry.filename)
    raw[begin : begin + 200] = bytes(200)
    damaged.write_bytes(raw)
    assert refused(damaged)


def _large_document(path: Path, copy: Path, piece: bytes, count: int) -> None:
    with zipfile.ZipFile(copy) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            if entry.filename != "word/document.xml":
                after.writestr(entry.filename, before.read(entry))
                continue
            head, _, _ = before.read(entry).partition(b"<w:body>")
            with after.open("word/document.xml", "w", force_zip64=True) as part:
                part.write(head + b"<w:body>")
                for _ in range(count):
                    part.write(piece)
                part.write(b"</w:body></w:document>")


def _understated(path: Path) -> None:
    """Make the zip's directory say that the part is small."""
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("word/document.xml").file_size
    place = raw.find(b"word/document.xml", raw.rfind(b"PK\x01\x02", 0, raw.rfind(b"word/document.xml")))
    assert raw[place - 22 : place - 18] == size.to_bytes(4, "little")
    raw[place - 22 : place - 18] = (1000).to_bytes(4, "little")
    path.write_bytes(raw)


@pytest.mark.parametrize("prepare", [lambda path: None, _understated], ids=["honest", "understated"])
def test_a_document_of_500_megabytes_is_refused_in_little_memory(copy: Path, prepare: Callable[[Path], None]) -> None:
    target = copy.with_name("large.docx")
    _large_document(target, copy, b"<w:p><w:r><w:t>" + b"x" * 1_000_000 + b"</w:t></w:r></w:p>", 500)
    prepare(target)
    program = (
        "import resource, sys; from pathlib import Path; from huikan.finding import ContentError\n"
        "from huikan.review.copy import read_copy\n"
        "resource.setrlimit(resource.RLIMIT_AS, (900 << 20, 900 << 20))\n"
        "try: read_copy(Path(sys.argv[1]))\n"
        "except ContentError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(target)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "unpacks to more than" in done.stdout or "damaged" in done.stdout or "broken" in done.stdout
