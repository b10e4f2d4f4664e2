"""A publication's own stylesheets: what nothing prints keeps no booklet from being made, and no slip ends a check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.editing import publication
from tests.check.own_design import build, check
from tests.check.test_own_stylesheets import SHEET, styles_told, with_sheet

_NO_FILE = "background: url(none.png)"


def errors(lines: list[str]) -> list[str]:
    return [line for line in lines if ": error: " in line]


@pytest.mark.parametrize(
    "css",
    [
        f"@media (prefers-color-scheme: dark) {{ p {{ {_NO_FILE} }} }}",
        f"@media not print {{ p {{ {_NO_FILE} }} }}",
        f"@media print and (color) {{ p {{ {_NO_FILE} }} }}",
        f"@media screen {{ p {{ {_NO_FILE} }} }}",
        f"@supports (display: grid) {{ p {{ {_NO_FILE} }} }}",
        f"@keyframes dim {{ from {{ {_NO_FILE} }} }}",
        '@import "none.css" screen;',
        "@import url(none.css) layer(a) (min-width: 3em);",
        'p { top: 0 }\n@import "none.css";',
        ":root { --logo: url(none.png) }",
        "p { cursor: url(none.png), pointer }",
        'p { link: url("https://example.org/") }',
    ],
)
def test_an_address_that_nothing_prints_keeps_no_booklet_from_being_printed(tmp_path: Path, css: str) -> None:
    folder = with_sheet(tmp_path, css)
    assert errors(styles_told(check(folder, "--no-layout"))) == []
    assert build(folder, "print").exit_code == 0


@pytest.mark.parametrize(
    "css",
    [
        f"@media only screen, print {{ p {{ {_NO_FILE} }} }}",
        f"@layer a {{ @media all {{ section {{ > p {{ {_NO_FILE} }} }} }} }}",
        f"@page {{ @top-left {{ {_NO_FILE} }} }}",
        '@import "none.css" print;',
        "@import url(none.css) layer;",
        ":root { --logo: url(none.png) } p { background: var( --logo ) }",
    ],
)
def test_an_address_that_is_printed_keeps_the_booklet_from_it(tmp_path: Path, css: str) -> None:
    folder = with_sheet(tmp_path, css)
    (line,) = errors(styles_told(check(folder, "--no-layout")))
    assert "[HK095]" in line
    assert errors(styles_told(build(folder, "print"))) == [line]


@pytest.mark.parametrize(
    ("name", "editions"), [("draft.css", ["print", "web"]), ("press.css", ["print"]), ("spine.css", ["print"])]
)
def test_an_address_in_the_sheet_of_another_edition_is_a_warning(
    tmp_path: Path, name: str, editions: list[str]
) -> None:
    folder = with_sheet(tmp_path, f"p {{ {_NO_FILE} }}", f"styles/themes/own/{name}")
    for lines in (styles_told(check(folder, "--no-layout")), styles_told(build(folder, "print"))):
        (line,) = lines
        assert "warning: there is no file 'none.png' [HK095]" in line
    assert build(folder, *editions).exit_code == 0


def test_a_web_page_is_made_without_what_only_print_lacks(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, f"p {{ {_NO_FILE} }}", "styles/themes/own/tokens.css")
    assert build(folder, "web").exit_code == 0
    assert build(folder, "print").exit_code == 1


@pytest.mark.parametrize("address", ['url("http://[x")', 'url("a%00b.png")', f'url("{"x" * 300}.png")'])
def test_what_is_no_address_is_told(tmp_path: Path, address: str) -> None:
    folder = with_sheet(tmp_path, f"p {{ background: {address} }}")
    for result in (check(folder, "--no-layout"), build(folder, "print")):
        (line,) = styles_told(result)
        assert line.startswith(f"{SHEET}:1:17: error: ")
        assert "is no address [HK095]" in line


@pytest.mark.parametrize(
    "css",
    ["p {\n  color:\n  : red;\n}", "p {padding-top:\n:", "p { margin:\n/**/\n: 0 }", "p { : red }", "p { color: }"],
)
def test_a_colon_too_many_ends_no_check(tmp_path: Path, css: str) -> None:
    folder = with_sheet(tmp_path, css)
    assert styles_told(check(folder, "--no-layout")) != []
    assert build(folder, "print").exit_code == 0


def test_a_finder_that_fails_ends_no_build_and_no_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise StopIteration

    folder = with_sheet(tmp_path, "p { colr: red }")
    monkeypatch.setattr("huikan.render.css.rules._Judge._declaration", fail)
    assert check(folder, "--no-layout").exit_code == 0
    assert build(folder, "print").exit_code == 0
    monkeypatch.setattr("huikan.render.css.faults.stylesheet_findings", fail)
    assert build(folder, "print").exit_code == 0


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("h1 { top: 0 }\np { margin-left: calc(0pt - ) }", "2:5: error: margin-left: 'calc(0pt - )' is no value"),
        ("h1 { top: 0 }\np:lang(zh]) { top: 0 }", "2:1: error: the selector 'p:lang(zh])' cannot be read"),
    ],
)
def test_what_the_layout_engine_fails_over_is_told_at_its_place(tmp_path: Path, css: str, told: str) -> None:
    folder = with_sheet(tmp_path, css)
    for result in (check(folder, "--no-layout"), build(folder, "print")):
        assert result.exit_code == 1
        assert [line[: len(f"{SHEET}:{told}")] for line in errors(styles_told(result))] == [f"{SHEET}:{told}"]


def test_a_sheet_in_another_encoding_that_nothing_reads_is_a_warning(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, "/* 中文 */".encode("gbk"), "styles/old.css")
    for result in (check(folder, "--no-layout"), build(folder, "print")):
        assert [line.split(" [")[0] for line in styles_told(result)] == [
            "styles/old.css:1:1: warning: no edition reads this stylesheet"
        ]
        assert result.exit_code == 0
    (folder / SHEET).write_text('@import "../../old.css";')
    assert errors(styles_told(build(folder, "print"))) != []


def test_a_template_in_another_encoding_that_nothing_reads_is_a_warning(tmp_path: Path) -> None:
    folder = publication(tmp_path)
    (folder / "templates").mkdir()
    (folder / "templates/old.html.j2").write_bytes("<p>中文</p>".encode("gbk"))
    result = check(folder, "--no-layout")
    assert "templates/old.html.j2:1:4: warning: not UTF-8 text: GBK" in result.output
    assert result.exit_code == 0
    assert build(folder, "print").exit_code == 0
