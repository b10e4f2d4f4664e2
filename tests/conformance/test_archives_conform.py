"""veraPDF finds every archive to be PDF/A-3a and PDF/UA-1, and finds the faults of files that are not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from benchmarks.generate import generate
from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from huikan.importers.outline import import_outline
from huikan.importers.source_text import decode_source
from huikan.importers.write import write_imported
from tests.archive.awkward import write_awkward_publication
from tests.archive.booklets import archive_of
from tests.conformance.maven import ValidatorMissingError
from tests.conformance.verapdf import BrokenRule, validate, validator

pytestmark = pytest.mark.xdist_group("conformance")

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT.parent / "shared" / "forum" / "forum.txt"
SPEAKERS = 210

Judged = dict[str, tuple[BrokenRule, ...]]


def without_claim(pdf: pikepdf.Pdf) -> None:
    """The XMP no longer says which part of PDF/UA the file follows."""
    packet = pdf.Root.Metadata.read_bytes()
    assert b"pdfuaid:part>1<" in packet
    pdf.Root.Metadata.write(packet.replace(b"pdfuaid:part>1<", b"pdfuaid:part>9<"))


def without_alternative(pdf: pikepdf.Pdf) -> None:
    """The first picture has no words to be read in its place."""
    figure = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure")
    del figure.Alt


def without_intent(pdf: pikepdf.Pdf) -> None:
    """Nothing says what the RGB colours mean."""
    del pdf.Root.OutputIntents


def with_script(pdf: pikepdf.Pdf) -> None:
    """A script runs when the file is opened."""
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


FAULTS: dict[str, tuple[Callable[[pikepdf.Pdf], None], str, str]] = {
    "claim": (without_claim, "ua1", "5"),
    "alternative": (without_alternative, "ua1", "7.3"),
    "intent": (without_intent, "3a", "6.2.4.3"),
    "script": (with_script, "3a", "6.5.1"),
}
"""A fault, and the flavour and clause under which the validator must name it."""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Every file that the tests ask about, judged in one run for each standard."""
    try:
        validator()
    except ValidatorMissingError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"CONFORMANCE IS NOT VALIDATED: {error}")
    folder = tmp_path_factory.mktemp("conformance")
    every = ("zh-Hans", "en", "bilingual")
    sample = build(BuildRequest(ROOT / "content", folder / "sample", (Edition.ARCHIVE,), every))
    archives = {f"sample.{file.language}": (folder / "sample" / file.name).read_bytes() for file in sample.files}
    write_awkward_publication(folder / "awkward")
    archives |= {f"awkward.{language}": archive_of(folder / "awkward", language) for language in ("zh-Hans", "en")}
    generate(folder / "generated", SPEAKERS, seed=1)
    archives["generated.zh-Hans"] = archive_of(folder / "generated", "zh-Hans")
    if RECORD.exists():
        text, _ = decode_source(RECORD.read_bytes())
        write_imported(import_outline(text, RECORD.name), folder / "record")
        archives["record.zh-Hans"] = archive_of(folder / "record", "zh-Hans")
    files = {}
    for name, content in archives.items():
        files[name] = folder / f"{name}.pdf"
        files[name].write_bytes(content)
    for fault, (spoil, _, _) in FAULTS.items():
        files[fault] = folder / f"{fault}.pdf"
        with pikepdf.open(files["awkward.en"]) as pdf:
            spoil(pdf)
            pdf.save(files[fault])
    rules = validate(list(files.values()))
    return {name: rules[file] for name, file in files.items()}


@pytest.mark.parametrize(
    "name", ["sample.zh-Hans", "sample.en", "sample.bilingual", "awkward.zh-Hans", "awkward.en", "generated.zh-Hans"]
)
def test_an_archive_conforms(judged: Judged, name: str) -> None:
    assert "\n".join(map(str, judged[name])) == ""


def test_the_archive_of_the_imported_record_conforms(judged: Judged) -> None:
    if "record.zh-Hans" not in judged:
        pytest.skip(f"the record of the forum is not there: {RECORD}")
    assert "\n".join(map(str, judged["record.zh-Hans"])) == ""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(judged: Judged, fault: str) -> None:
    _, flavour, clause = FAULTS[fault]
    assert (flavour, clause) in {(rule.flavour, rule.clause) for rule in judged[fault]}
