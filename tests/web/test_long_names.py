"""Names of any length in web pages and e-books: on a phone they break where names may, and leave room for titles."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from tests.publication import write_small_publication
from tests.web.pages import examined, marked, parsed, words

UYGHUR = "阿卜杜热西提·买买提依明·吐尔逊江·艾尔肯·古丽巴哈尔"
GERMAN = "Wolfeschlegelsteinhausenbergerdorff-Vandenbroeckhaversmitherington"
PHONES = (320, 335, 350, 365, 390)
"""Widths at which lines end at different characters."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    write_small_publication(folder)
    people = folder / "people.yaml"
    text = people.read_text(encoding="utf-8").replace("{zh: 单伟, en: Shan Wei}", f"{{zh: {UYGHUR}, en: {GERMAN}}}")
    people.write_text(text, encoding="utf-8")
    build(BuildRequest(folder, folder / "out", (Edition.WEB, Edition.EPUB)))
    return folder / "out"


def chapters(output: Path, folder: Path, language: str) -> list[Path]:
    """The e-book's chapters of names, unpacked."""
    with zipfile.ZipFile(output / f"small-forum.{language}.epub") as container:
        container.extractall(folder)
    return [next(folder.glob(f"EPUB/*-{name}.xhtml")) for name in ("programme", "speakers", "session-opening")]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_long_name_makes_no_phone_scroll_sideways(output: Path, language: str, tmp_path: Path) -> None:
    for page in (output / f"small-forum.{language}.html", *chapters(output, tmp_path, language)):
        shape = examined(page, "light", 320)["shape"]
        assert shape["scrollWidth"] == shape["clientWidth"], page.name


def test_no_line_begins_with_the_dot_of_a_name(output: Path, tmp_path: Path) -> None:
    for page in (output / "small-forum.zh-Hans.html", *chapters(output, tmp_path, "zh-Hans")):
        for width in PHONES:
            assert examined(page, "light", width)["shape"]["linesBegunWithDots"] == [], (page.name, width)


def test_a_name_whose_dots_are_bound_is_the_same_text(output: Path) -> None:
    page = parsed(output / "small-forum.zh-Hans.html")
    assert UYGHUR in {words(heading) for heading in marked(page, "speaker")}
    assert next(image.get("alt", "") for image in page.iter("img")).startswith(f"海岸研究所所长{UYGHUR}")
