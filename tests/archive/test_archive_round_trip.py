"""What an archive holds builds the same archive again; what somebody changed in it is noticed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from huikan.build import BuildRequest, build
from huikan.cli import cli
from huikan.content.model import Edition
from huikan.finding import ContentError
from huikan.render.archive.attachments import read_attachments
from tests.archive.awkward import write_awkward_publication

pytestmark = pytest.mark.xdist_group("archive")

NAME = "small-forum.zh-Hans.archive.pdf"
OWN_STYLE = ".speech-topic { color: #123456 }\n"


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The awkward publication, with a theme of its own and files that are none of it."""
    folder = tmp_path_factory.mktemp("publication")
    write_awkward_publication(folder)
    (folder / "styles" / "themes" / "own").mkdir(parents=True)
    (folder / "styles" / "themes" / "own" / "base.css").write_text(OWN_STYLE, encoding="utf-8")
    (folder / "styles" / ".DS_Store").write_bytes(b"left behind")
    (folder / "photos" / "unused.jpg").write_bytes(b"not of the booklet")
    (folder / "printer.icc").write_bytes(b"only the press edition reads it")
    booklet = folder / "booklet.yaml"
    own = "theme: own\npress: {profile: printer.icc}\n"
    booklet.write_text(booklet.read_text(encoding="utf-8") + own, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(publication: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("output")
    build(BuildRequest(publication, output, (Edition.ARCHIVE, Edition.REVIEW), ("zh-Hans",)))
    return output / NAME


def test_the_archive_holds_all_that_it_was_made_from_the_word_copy_and_a_list(publication: Path, archive: Path) -> None:
    files = read_attachments(archive)
    sources = {name for name in files if name not in {"manifest.json", "small-forum.zh-Hans.review.docx"}}
    left_out = {"styles/.DS_Store", "photos/unused.jpg"}
    whole = {path.relative_to(publication).as_posix() for path in publication.rglob("*") if path.is_file()}
    assert sources == whole - left_out
    assert files["small-forum.zh-Hans.review.docx"] == archive.with_name("small-forum.zh-Hans.review.docx").read_bytes()
    listed = {entry["name"]: entry["sha256"] for entry in json.loads(files["manifest.json"])["sources"]}
    assert listed == {name: hashlib.sha256(files[name]).hexdigest() for name in sources}


def test_what_is_taken_out_builds_the_same_archive_byte_for_byte(archive: Path, tmp_path: Path) -> None:
    taken = CliRunner().invoke(cli, ["archive", "extract", str(archive), str(tmp_path / "taken")])
    assert taken.exit_code == 0, taken.output
    build(BuildRequest(tmp_path / "taken", tmp_path / "again", (Edition.ARCHIVE,), ("zh-Hans",)))
    assert (tmp_path / "again" / NAME).read_bytes() == archive.read_bytes()


def test_a_changed_file_in_the_archive_is_noticed(archive: Path, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.pdf"
    with pikepdf.open(archive) as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)
        names["people.yaml"].EF.F.write(b"somebody: {name: else}\n")
        pdf.save(spoiled)
    with pytest.raises(ContentError) as error:
        read_attachments(spoiled)
    assert [finding.code for finding in error.value.findings] == ["HK136"]
    assert "people.yaml" in error.value.findings[0].message


def test_a_file_that_could_not_be_taken_out_is_refused_before_it_goes_in(publication: Path, tmp_path: Path) -> None:
    odd = publication / "styles" / "what?.css"
    odd.write_text("", encoding="utf-8")
    try:
        with pytest.raises(ContentError) as error:
            build(BuildRequest(publication, tmp_path, (Edition.ARCHIVE,), ("zh-Hans",)))
    finally:
        odd.unlink()
    assert [(finding.code, finding.file) for finding in error.value.findings] == [("HK135", "styles/what?.css")]
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_does_not_claim_what_no_validator_has_seen(publication: Path, tmp_path: Path) -> None:
    arguments = ["build", str(publication), "-o", str(tmp_path), "-e", "archive", "-l", "zh-Hans"]
    said = CliRunner().invoke(cli, arguments)
    assert said.exit_code == 0, said.output
    assert "written as PDF/A-3 + PDF/UA-1, not validated" in said.stderr
