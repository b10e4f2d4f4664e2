"""The bilingual edition says everything in both languages, section by section, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from tests.booklet.conftest import ROOT, BuiltBooklet
from tests.booklet.reading import docx_text, pdf_pages, plain

pytestmark = pytest.mark.xdist_group("sample")


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    output = tmp_path_factory.mktemp("bilingual")
    built = build(BuildRequest(ROOT / "content", output, (Edition.PRINT, Edition.REVIEW), ("bilingual",)))
    return {file.edition: output / file.name for file in built.files}


def test_each_summary_stands_in_both_languages_before_the_next(
    sample: BuiltBooklet, bilingual: dict[str, Path]
) -> None:
    text = "".join(pdf_pages(bilingual["print"]))
    at = 0
    for ours, theirs in zip(sample.resolved("zh-Hans").sessions, sample.resolved("en").sessions, strict=True):
        for entry, other in zip(ours.shown, theirs.shown, strict=True):
            if entry.summary is None or other.summary is None:
                continue
            for summary in (entry.summary, other.summary):
                first_words = plain(summary.markdown.strip().split("\n")[0].split("[")[0].replace("*", ""))[:18]
                at = text.find(first_words, at)
                assert at >= 0, f"missing or out of order: {first_words}"


@pytest.mark.parametrize("face", ["print", "review"])
def test_one_programme_names_everybody_in_both_languages(
    sample: BuiltBooklet, bilingual: dict[str, Path], face: str
) -> None:
    path = bilingual[face]
    text = docx_text(path) if face == "review" else "".join(pdf_pages(path))
    for ours, theirs in zip(sample.resolved("zh-Hans").sessions, sample.resolved("en").sessions, strict=True):
        for entry, other in zip(ours.items, theirs.items, strict=True):
            assert entry.title is not None
            assert other.title is not None
            latin = "" if entry.person.name.text == other.person.name.text else plain(other.person.name.text)
            together = plain(entry.person.name.text) + latin + plain(entry.title.text)
            assert together in text
            assert plain(other.title.text) in text


def test_a_booklet_of_one_language_has_no_bilingual_edition(tmp_path: Path) -> None:
    from huikan.finding import ContentError
    from tests.publication import write_small_publication

    write_small_publication(tmp_path)
    path = tmp_path / "booklet.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[zh-Hans, en]", "[zh-Hans]"), encoding="utf-8")
    with pytest.raises(ContentError, match="no language bilingual"):
        build(BuildRequest(tmp_path, tmp_path / "output", (Edition.PRINT,), ("bilingual",)))
