"""What a command line or a series.yaml asks for: folders, languages, editions, and no two in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.build import BuildRequest
from huikan.content.model import Edition
from huikan.finding import ContentError
from huikan.series.plan import plan_series
from tests.series.conftest import files_below, huikan

SERIES = """\
publications:
  - forums/harbour
  - content: forums/island
    languages: [en]
    editions: [print]
    output: 岛
"""


def planned(folder: Path, text: str, *, editions: tuple[Edition, ...] = ()) -> list[BuildRequest]:
    path = folder / "series.yaml"
    path.write_text(text, encoding="utf-8")
    return list(plan_series([path], BuildRequest(folder, Path("out"), editions)))


def test_a_series_names_folders_languages_editions_and_output(tmp_path: Path) -> None:
    first, second = planned(tmp_path, SERIES)
    assert (first.content, first.output) == (tmp_path / "forums/harbour", Path("out/harbour"))
    assert (first.editions, first.languages) == ((), ())
    assert (second.content, second.output) == (tmp_path / "forums/island", Path("out/岛"))
    assert (second.editions, second.languages) == ((Edition.PRINT,), ("en",))


def test_editions_of_the_command_line_go_before_those_of_the_series(tmp_path: Path) -> None:
    assert [request.editions for request in planned(tmp_path, SERIES, editions=(Edition.REVIEW,))] == [
        (Edition.REVIEW,),
        (Edition.REVIEW,),
    ]


def test_a_folder_named_with_dots_has_its_real_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "harbour").mkdir()
    monkeypatch.chdir(tmp_path / "harbour")
    (request,) = plan_series([Path()], BuildRequest(Path(), Path("out")))
    assert request.output == Path("out/harbour")


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("publications: []\n", "1:15", "the list is empty"),
        ("publication: [a]\n", "1:1", "unknown key 'publication'"),
        ("publications:\n  - contents: a\n", "2:5", "unknown key 'contents'"),
        ("publications:\n  - content: a\n    editions: [prnt]\n", "3:16", "'prnt' is not one of its values"),
        ("publications:\n  - content: a\n    languages: [fr]\n", "3:17", "'fr' is not one of its values"),
        ("publications:\n  - content: a\n    output: ../b\n", "3:13", "expected the name of a folder, found '../b'"),
        ("publications:\n  - content: a\n    output: .b\n", "3:13", "expected the name of a folder, found '.b'"),
        ("publications:\n  - 7\n", "2:5", "expected a map, found a number"),
        ("publications: [a\n", "1:16", "not YAML"),
        ("publications:\n  - forums/a\n  - others/a\n", "3:5", "would both be written to a/"),
        ("publications:\n  - forums/a\n  - content: b\n    output: A\n", "3:5", "would both be written to A/"),
    ],
)
def test_a_faulty_series_is_told_with_its_place(tmp_path: Path, text: str, place: str, message: str) -> None:
    with pytest.raises(ContentError) as error:
        planned(tmp_path, text)
    assert f"{tmp_path / 'series.yaml'}:{place}: error: " in str(error.value)
    assert message in str(error.value)


def test_a_series_that_is_not_there(tmp_path: Path) -> None:
    run = huikan("build", tmp_path / "series.yaml", "-o", tmp_path / "output")
    assert run.returncode == 1
    assert f"there is no file {tmp_path / 'series.yaml'} [HK006]" in run.stderr
    assert not (tmp_path / "output").exists()


def test_two_folders_of_one_name_are_refused_before_anything_is_built(forums: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "others" / "harbour"
    other.parent.mkdir()
    forums[1].rename(other)
    run = huikan("build", forums[0], other, "-o", tmp_path / "output")
    assert run.returncode == 1
    assert "would both be written to harbour/ [HK145]" in run.stderr
    assert not (tmp_path / "output").exists()


def test_a_series_is_built_as_it_says(forums: list[Path], tmp_path: Path) -> None:
    (tmp_path / "series.yaml").write_text(SERIES, encoding="utf-8")
    run = huikan("build", tmp_path / "series.yaml", "-o", tmp_path / "output", "-l", "en")
    assert run.returncode == 0, run.stderr
    assert sorted(files_below(tmp_path / "output")) == [
        "harbour/forum-0.en.print.pdf",
        "harbour/forum-0.en.review.docx",
        "harbour/manifest.json",
        "岛/forum-1.en.print.pdf",
        "岛/manifest.json",
    ]


def test_one_content_is_built_into_the_output_folder_itself(forums: list[Path], tmp_path: Path) -> None:
    assert huikan("build", forums[0], "-o", tmp_path / "output", "-e", "review", "-l", "en").returncode == 0
    assert sorted(files_below(tmp_path / "output")) == ["forum-0.en.review.docx", "manifest.json"]


def test_shared_storage_needs_a_cluster(forums: list[Path]) -> None:
    run = huikan("build", *forums, "--shared", "file:///tmp/x")
    assert run.returncode == 2
    assert "--shared needs --dask ADDRESS" in run.stderr
