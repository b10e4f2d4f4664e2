"""Links that lead to themselves: told where they are met, never a traceback."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from huikan.finding import ContentError, Finding
from huikan.links import leads_nowhere, lies_in
from huikan.render.stylesheets import design_of

Problems = Callable[[], tuple[Finding, ...]]


def put_circle(path: Path) -> None:
    """A link to itself in the place of what is there."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.name)


@pytest.mark.parametrize("name", ["booklet.yaml", "people.yaml", "report.yaml", "summaries/new.md"])
def test_a_text_is_told_in_plain_words(name: str, folder: Path, problems: Problems) -> None:
    put_circle(folder / name)
    found = next(finding for finding in problems() if finding.code == "HK007")
    assert (found.file, found.message) == (name, f"{name} is a link that leads to itself")
    assert found.hint == "put the file itself here"


def test_a_folder_of_summaries_does_not_count_as_one_without_any(folder: Path, problems: Problems) -> None:
    put_circle(folder / "summaries")
    assert ("HK007", "summaries is not a folder") in [(finding.code, finding.message) for finding in problems()]


def test_pictures_are_told_where_they_are_named(folder: Path, problems: Problems) -> None:
    put_circle(folder / "photos")
    found = [finding for finding in problems() if finding.code == "HK031"]
    assert found
    assert all(finding.message.endswith("is a link that leads to itself") for finding in found)


@pytest.mark.parametrize("name", ["styles", "templates", "styles/print.css", "styles/themes/own", "templates/parts"])
def test_an_own_design_is_refused(name: str, folder: Path) -> None:
    put_circle(folder / name)
    with pytest.raises(ContentError) as caught:
        design_of(folder, "default")
    assert [(finding.code, finding.file) for finding in caught.value.findings] == [("HK098", name)]


def test_an_own_design_behind_a_link_to_a_folder_is_looked_at(folder: Path) -> None:
    """Links between folders of the publication are followed, once each."""
    (folder / "real").mkdir()
    (folder / "styles").mkdir()
    (folder / "styles/themes").symlink_to("../real")
    (folder / "real/again").symlink_to("../styles")
    design_of(folder, "default")
    (folder.parent / "outside.css").write_text("p { margin: 0 }")
    (folder / "real/print.css").symlink_to(folder.parent / "outside.css")
    with pytest.raises(ContentError) as caught:
        design_of(folder, "default")
    assert [finding.file for finding in caught.value.findings] == ["styles/themes/print.css"]


def test_what_can_be_no_name_of_a_file_lies_nowhere(tmp_path: Path) -> None:
    assert not lies_in(tmp_path, tmp_path / "a\0b")
    assert not leads_nowhere(tmp_path / "a\0b")


def test_a_link_lies_where_it_leads(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    for name, target in {"out": outside, "in": inside, "nothing": inside / "none", "circle": inside / "circle"}.items():
        (inside / name).symlink_to(target)
    told = {name: (lies_in(inside, inside / name), leads_nowhere(inside / name)) for name in ("out", "in", "nothing")}
    assert told == {"out": (False, False), "in": (True, False), "nothing": (True, False)}
    for path in (inside / "circle", inside / "circle" / "below"):
        assert (lies_in(inside, path), leads_nowhere(path)) == (False, True)
