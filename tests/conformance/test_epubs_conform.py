"""EPUBCheck has nothing to say against any e-book, and finds the faults of files that have some."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.generate import generate
from huikan.build import BuildRequest, build
from huikan.content.model import BILINGUAL, Edition
from huikan.importers.outline import import_outline
from huikan.importers.source_text import decode_source
from huikan.importers.write import write_imported
from tests.archive.awkward import write_awkward_publication
from tests.conformance.epubcheck import judge
from tests.conformance.maven import ValidatorMissingError

pytestmark = pytest.mark.xdist_group("conformance")

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT.parent / "shared" / "forum" / "forum.txt"
SPEAKERS = 210

Spoil = Callable[[str, bytes], bytes]


def without_contents(name: str, data: bytes) -> bytes:
    return data.replace(b' properties="nav"', b"") if name.endswith(".opf") else data


def with_a_broken_link(name: str, data: bytes) -> bytes:
    return data.replace(b"#entry-", b"#nowhere-") if name.endswith("toc.xhtml") else data


def with_a_block_in_a_line(name: str, data: bytes) -> bytes:
    return data.replace(b"<figcaption>", b"<figcaption><li>", 1).replace(b"</figcaption>", b"</li></figcaption>", 1)


FAULTS: dict[str, tuple[Spoil, str]] = {
    "contents": (without_contents, "RSC-005"),
    "link": (with_a_broken_link, "RSC-012"),
    "markup": (with_a_block_in_a_line, "RSC-005"),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("epubs")
    write_awkward_publication(folder / "awkward")
    generate(folder / "generated", SPEAKERS, seed=1)
    publications = {
        "sample": (ROOT / "content", ("zh-Hans", "en", BILINGUAL)),
        "awkward": (folder / "awkward", ("zh-Hans", "en")),
        "generated": (folder / "generated", ("zh-Hans",)),
    }
    if RECORD.exists():
        text, _ = decode_source(RECORD.read_bytes())
        write_imported(import_outline(text, RECORD.name), folder / "record")
        publications["record"] = (folder / "record", ("zh-Hans",))
    files = {}
    for name, (content, languages) in publications.items():
        output = folder / f"{name}-output"
        for file in build(BuildRequest(content, output, (Edition.EPUB,), languages)).files:
            files[f"{name}.{file.language}"] = output / file.name
    for name, (spoil, _) in FAULTS.items():
        files[name] = folder / f"{name}.epub"
        with zipfile.ZipFile(files["awkward.zh-Hans"]) as whole, zipfile.ZipFile(files[name], "w") as spoiled:
            for entry in whole.infolist():
                spoiled.writestr(entry, spoil(entry.filename, whole.read(entry)))
    return files


def judged(file: Path) -> tuple[str, ...]:
    try:
        return judge(file)
    except ValidatorMissingError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"CONFORMANCE IS NOT VALIDATED: {error}")


@pytest.mark.parametrize(
    "name", ["sample.zh-Hans", "sample.en", "sample.bilingual", "awkward.zh-Hans", "awkward.en", "generated.zh-Hans"]
)
def test_an_e_book_conforms(books: dict[str, Path], name: str) -> None:
    assert judged(books[name]) == ()


def test_the_e_book_of_the_imported_record_conforms(books: dict[str, Path]) -> None:
    if "record.zh-Hans" not in books:
        pytest.skip(f"the record of the forum is not there: {RECORD}")
    assert judged(books["record.zh-Hans"]) == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(books: dict[str, Path], fault: str) -> None:
    assert any(FAULTS[fault][1] in message for message in judged(books[fault]))
