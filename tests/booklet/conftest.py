"""Booklets built once for all tests of a worker: the sample, and the real record imported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from huikan.build import BuildRequest, build
from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.content.resolved import ResolvedBooklet
from huikan.importers.outline import import_outline
from huikan.importers.write import write_imported
from huikan.render.html import parse_html, render_html
from huikan.resources import builtin

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT.parent / "shared" / "forum" / "forum.txt"


@dataclass(frozen=True)
class BuiltBooklet:
    """A built publication and the files of its editions."""

    content: Path
    output: Path
    id: str
    languages: tuple[str, ...]

    def pdf(self, language: str = "zh-Hans") -> Path:
        return self.output / f"{self.id}.{language}.print.pdf"

    def docx(self, language: str = "zh-Hans") -> Path:
        return self.output / f"{self.id}.{language}.review.docx"

    def resolved(self, language: str = "zh-Hans") -> ResolvedBooklet:
        labels = load_labels(language, (builtin("templates"),))
        return resolve(load_publication(self.content).publication, labels)

    def tree(self, language: str = "zh-Hans") -> Element:
        """The semantic tree; parsed once, so tests must not change it."""
        return _tree(self, language)


@cache
def _tree(booklet: BuiltBooklet, language: str) -> Element:
    labels = load_labels(language, (builtin("templates"),))
    return parse_html(render_html(booklet.resolved(language), labels, [builtin("templates")]))


def built(content: Path, output: Path) -> BuiltBooklet:
    booklet = load_publication(content).publication.booklet
    build(BuildRequest(content, output))
    return BuiltBooklet(content, output, booklet.id, booklet.languages)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltBooklet:
    """The sample in content/, built in both languages."""
    return built(ROOT / "content", tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def record_text() -> str:
    """The real record; tests that need it are skipped where it is not at hand."""
    if not RECORD.is_file():
        pytest.skip("the real record is not beside this checkout: ../shared/forum/forum.txt")
    return RECORD.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def record(record_text: str, tmp_path_factory: pytest.TempPathFactory) -> BuiltBooklet:
    """The real record, imported and built."""
    content = tmp_path_factory.mktemp("record") / "content"
    write_imported(import_outline(record_text, "forum.txt"), content)
    return built(content, tmp_path_factory.mktemp("record-output"))
