"""A publication's own stylesheets: what is wrong in them is told by `check` and `build`, at its place."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huikan.cli import cli
from huikan.render.css.faults import stylesheet_findings
from huikan.render.stylesheets import Design
from huikan.resources import builtin
from tests.check.editing import publication
from tests.check.own_design import build, check, told_in

SHEET = "styles/themes/own/print.css"


def with_sheet(folder: Path, css: str | bytes, name: str = SHEET) -> Path:
    """The small publication under a theme of its own with that stylesheet."""
    publication(folder, [("booklet.yaml", "venue:", "theme: own\neditions: [print, review, web, epub]\nvenue:")])
    (folder / "styles/themes/own").mkdir(parents=True)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(css if isinstance(css, bytes) else css.encode())
    return folder


def styles_told(result: Result) -> list[str]:
    return told_in(result, "styles/")


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("p { font-szie: 12pt }", "1:5: warning: there is no property 'font-szie' [HK065] → did you mean 'font-size'?"),
        (
            "p { margin: 12 }",
            "1:5: warning: margin: '12' is no value that the layout engine knows [HK066] → write margin: 12pt",
        ),
        (
            "p { width: 3 mm }",
            "1:5: warning: width: '3 mm' is no value that the layout engine knows [HK066] → write width: 3mm",
        ),
        (
            "p { font-size: 小四 }",
            "1:5: warning: font-size: '小四' is no value that the layout engine knows [HK066] → write font-size: 12pt",
        ),
        (
            "p { margin: unset }",
            "1:5: warning: margin: 'unset' is no value that the layout engine knows [HK066] → write margin: initial",
        ),
        (
            "p {\n  text-align: centre;\n}",
            "2:3: warning: text-align: 'centre' is no value that the layout engine knows [HK066]"
            " → write text-align: center",
        ),
        (
            "p {\n  color: red\n  margin: 0;\n}",
            "2:3: warning: color: 'red margin: 0' is no value that the layout engine knows [HK066]"
            " → end it with a semicolon, red;, before margin:",
        ),
        (
            "p { line-height: 1.5；}",
            "1:5: warning: line-height: '1.5；' is no value that the layout engine knows [HK066]"
            " → write line-height: 1.5",
        ),
        (
            "p { margin：0 }",
            "1:5: warning: 'margin：0' is no declaration [HK064] → write margin: 0; with a half-width colon",
        ),
        (
            "p { top: 0; color red }",
            "1:13: warning: 'color red' is no declaration [HK064] → write a colon behind the property: color: red;",
        ),
        ("@pgae { size: a5 }", "1:1: warning: there is no rule '@pgae' [HK064] → did you mean '@page'?"),
        (
            "@page { @top-lft { content: none } }",
            "1:9: warning: a page has no box '@top-lft' [HK064] → did you mean '@top-left'?",
        ),
        (
            "p:nth-chlid(2) { top: 0 }",
            "1:1: warning: the selector 'p:nth-chlid(2)' cannot be read [HK064] → did you mean ':nth-child'?",
        ),
        (
            "a::befor { top: 0 }",
            "1:1: warning: the selector 'a::befor' cannot be read [HK064] → did you mean '::before'?",
        ),
        (
            "// note\np { top: 0 }",
            "1:1: warning: the selector '// note p' cannot be read [HK064] → write a comment as /* … */",
        ),
        (
            "p .speeker-title { top: 0 }",
            "1:3: warning: nothing in print has the class 'speeker-title' [HK068] → did you mean '.speaker-title'?",
        ),
        (
            "p { color: var(--bleu) }",
            "1:12: warning: no stylesheet declares --bleu [HK067] → did you mean var(--blue)?",
        ),
        (
            '@font-face { font-wieght: bold; font-family: "X"; src: local(X) }',
            "1:14: warning: @font-face has no descriptor 'font-wieght' [HK065] → did you mean 'font-weight'?",
        ),
        (
            "p { text-shadow: 1pt 1pt red }",
            "1:5: note: 'text-shadow' has no effect in print: the layout engine does not know it [HK065]"
            " → delete the line",
        ),
        (
            "p { text-autospace: normal }",
            "1:5: note: 'text-autospace' has no effect in print: the layout engine does not know it [HK065]"
            " → delete the line",
        ),
    ],
)
def test_a_slip_is_told_at_its_place_with_what_to_write(tmp_path: Path, css: str, told: str) -> None:
    assert styles_told(check(with_sheet(tmp_path, css), "--no-layout")) == [f"{SHEET}:{told}"]


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("h1 { top: 0 }\np { top: 0\n\nh1 { left: 0 }\n", "2:1: warning: the block of 'p' is not closed"),
        ("@media print {\n  p { top: 0\n  h1 { left: 0 }\n}\n", "2:3: warning: the block of 'p' is not closed"),
        ("p { top: 0 }\n}\nh1 { left: 0 }", "2:1: warning: a } closes nothing"),
        ("p { width: calc(1pt; }\nh1 { left: 0 }", "1:16: warning: a bracket ( is not closed"),
        ('p { content: "x; }\nh1 { left: 0 }', "1:14: warning: a quotation mark is not closed"),
        ("p { top: 0 } /* note\nh1 { left: 0 }", "1:14: warning: a comment is not closed"),
    ],
)
def test_what_is_not_closed_is_told_where_it_begins_and_once(tmp_path: Path, css: str, told: str) -> None:
    (line,) = styles_told(check(with_sheet(tmp_path, css), "--no-layout"))
    assert line.startswith(f"{SHEET}:{told} [HK064]")


def test_everything_is_told_at_once_by_check_and_by_the_build_that_goes_on(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, "p { font-szie: 9pt; margin: 1 }\n@pgae {}\nh1 { color: var(--bleu) }\n")
    built = build(folder, "print")
    assert built.exit_code == 0
    assert [line.split(": ")[0] for line in styles_told(built)] == [
        f"{SHEET}:{at}" for at in ("1:5", "1:21", "2:1", "3:13")
    ]
    assert styles_told(built) == styles_told(check(folder, "--no-layout"))


@pytest.mark.parametrize(
    ("css", "told"),
    [
        (
            '@import "more.css";',
            "1:1: error: there is no file 'more.css' [HK095] → copy it to styles/themes/own/more.css",
        ),
        (
            "p { top: 0; background: url(Logo.png) }",
            "1:25: error: there is no file 'Logo.png' [HK095] → write ../../../logo.png",
        ),
        (
            'p { background: url("https://example.org/a.png") }',
            "1:17: error: 'https://example.org/a.png' is not in the publ",
        ),
        (
            'p { background: url("../../../../a.png") }',
            "1:17: error: '../../../../a.png' lies outside the publication's",
        ),
        ('@font-face { font-family: "X"; src: url(x.woff) }', "1:37: error: there is no file 'x.woff' [HK095]"),
    ],
)
def test_an_address_that_leads_to_no_file_keeps_the_booklet_from_being_printed(
    tmp_path: Path, css: str, told: str
) -> None:
    folder = with_sheet(tmp_path, css)
    (folder / "logo.png").write_bytes(b"")
    (line,) = styles_told(check(folder, "--no-layout"))
    assert line.startswith(f"{SHEET}:{told}")
    built = build(folder, "print")
    assert styles_told(built) == [line]
    assert built.exit_code == 1
    assert not (folder / "out").exists()
    assert build(folder, "web").exit_code == 0


def test_a_sheet_that_is_not_utf8_is_told_with_its_encoding(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, "p { top: 0 }\n/* 中文 */\n".encode("gbk"))
    for result in (check(folder, "--no-layout"), build(folder, "print")):
        (line,) = styles_told(result)
        assert line.startswith(f"{SHEET}:2:4: error: not UTF-8 text: GBK, which Notepad calls ANSI [HK008]")
        assert result.exit_code == 1


def test_sheets_that_browsers_read_may_hold_what_the_engine_does_not_know(tmp_path: Path) -> None:
    css = """\
    @media (min-width: 40em) { .columns { display: grid; text-wrap: pretty; some-day: new } }
    @supports (display: grid) { .scroll:hover { color: oklch(from red l c h) } }
    @container (width > 3em) { a { -webkit-box-orient: vertical; backdrop-filter: blur(3px) } }
    """
    folder = with_sheet(tmp_path, css, "styles/themes/own/screen.css")
    assert styles_told(check(folder, "--no-layout")) == []
    (folder / "styles/themes/own/screen.css").write_text("p { font-szie: 2em; color: var(--bleu) }")
    assert [line.split("[")[1][:5] for line in styles_told(check(folder, "--no-layout"))] == ["HK065", "HK067"]


def test_files_that_cannot_be_in_the_web_page_are_told(tmp_path: Path) -> None:
    css = "p { background: url(a.png), url(data:image/png;base64,AAAA) }"
    folder = with_sheet(tmp_path, css, "styles/themes/own/screen.css")
    (folder / "styles/themes/own/a.png").write_bytes(b"")
    (line,) = styles_told(check(folder, "--no-layout"))
    assert "'a.png' is not in the web page: the web edition is one file [HK095]" in line


def test_a_token_that_an_e_book_asks_for_in_vain_is_told_at_its_place(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, "p { color: var(--bleu) }", "styles/themes/own/epub.css")
    expected = "styles/themes/own/epub.css:1:12: error: styles: tokens.css has no token --bleu [HK060]"
    for result in (check(folder, "--no-layout"), build(folder, "epub")):
        (line,) = styles_told(result)
        assert line == f"{expected} → did you mean var(--blue)?"
    assert build(folder, "web").exit_code == 0


def test_a_token_in_an_e_book_may_be_written_with_blanks(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, "p.own { color: var( --blue\n) }", "styles/themes/own/epub.css")
    assert styles_told(check(folder, "--no-layout")) == []
    assert build(folder, "epub").exit_code == 0
    (book,) = (folder / "out").rglob("*.epub")
    with zipfile.ZipFile(book) as opened:
        styles = next(opened.read(name).decode() for name in opened.namelist() if name.endswith("styles.css"))
    assert "p.own { color: #" in styles


@pytest.mark.parametrize(("sheet", "told"), [("screen.css", 0), ("print.css", 1)])
def test_a_registered_token_has_a_value_in_browsers_alone(tmp_path: Path, sheet: str, told: int) -> None:
    css = '@property --own { syntax: "<length>"; inherits: true; initial-value: 1px }\np { margin: var(--own) }'
    lines = styles_told(check(with_sheet(tmp_path, css, f"styles/themes/own/{sheet}"), "--no-layout"))
    assert sum("no stylesheet declares --own" in line for line in lines) == told


def test_a_token_with_a_value_to_fall_back_on_needs_no_declaration(tmp_path: Path) -> None:
    css = "p { color: var(--brand, var(--blue)); --own: 1pt; margin: var(--own) }"
    assert styles_told(check(with_sheet(tmp_path, css), "--no-layout")) == []


def test_tokens_that_replace_the_built_in_ones_must_be_all(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, ":root { --blue: #123456; }", "styles/tokens.css")
    (line,) = styles_told(check(folder, "--no-layout"))
    assert line.startswith("styles/tokens.css:1:1: warning: this file stands in place of the built-in one and does not")
    shutil.copy(builtin("styles") / "tokens.css", folder / "styles/tokens.css")
    assert styles_told(check(folder, "--no-layout")) == []


def test_a_value_that_older_engines_take_may_stand_before_one_that_they_do_not(tmp_path: Path) -> None:
    css = "p { width: 10pt; width: fit-content; display: block; display: -webkit-box }"
    assert styles_told(check(with_sheet(tmp_path, css), "--no-layout")) == []


def test_sheets_that_nothing_reads_are_told_and_imported_ones_are_judged(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, '@import "more.css";\np { top: 0 }')
    (folder / "styles/themes/own/more.css").write_text("p { colr: red }")
    (folder / "styles/prnt.css").write_text("p { colr: red }")
    (folder / "styles/themes/other").mkdir()
    (folder / "styles/themes/other/strange.css").write_text("p { colr: red }")
    assert [line.split("[")[0] for line in styles_told(check(folder, "--no-layout"))] == [
        "styles/prnt.css:1:1: warning: no edition reads this stylesheet ",
        "styles/themes/own/more.css:1:5: warning: there is no property 'colr' ",
    ]


def test_a_build_reads_the_sheets_of_its_editions_alone(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, "p { colr: red }")
    assert styles_told(build(folder, "web")) == []
    assert len(styles_told(build(folder, "print"))) == 1


@pytest.mark.parametrize("theme", ["default", "a5"])
def test_nothing_is_wrong_in_the_built_in_sheets(theme: str) -> None:
    styles = builtin("styles")
    assert stylesheet_findings(Design((styles,), (builtin("templates"),), theme, styles)) == []


def test_tokens_with_a_byte_order_mark_reach_the_word_copy_and_the_web_page(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, b"\xef\xbb\xbf:root { --blue: #abcdef; }", "styles/themes/own/tokens.css")
    assert build(folder, "web", "review").exit_code == 0
    (page,) = (folder / "out").glob("*.html")
    assert "\ufeff" not in page.read_text(encoding="utf-8")
    (copy,) = (folder / "out").glob("*.docx")
    assert b"ABCDEF" in zipfile.ZipFile(copy).read("word/styles.xml")


def test_a_wrong_token_is_named_by_its_file_in_the_publication(tmp_path: Path) -> None:
    folder = with_sheet(tmp_path, ":root { --blue: 3furlongs; }", "styles/themes/own/tokens.css")
    for result in (check(folder, "--no-layout"), build(folder, "review")):
        (line,) = styles_told(result)
        assert line.startswith("styles/themes/own/tokens.css:1:9: error: styles: --blue is no length, colour or list")


@pytest.mark.parametrize("css", ["{" * 3000, "p { a: " + "(" * 3000, "@media print {" * 500, "p {" * 500 + "}" * 500])
def test_a_sheet_nested_without_bound_is_told(tmp_path: Path, css: str) -> None:
    folder = with_sheet(tmp_path, css)
    for result in (check(folder, "--no-layout"), build(folder, "print")):
        (line,) = styles_told(result)
        assert "error: nested deeper than 64 levels [HK004]" in line


def test_the_doctor_looks_for_the_faces_of_tokens_that_are_not_utf8(tmp_path: Path) -> None:
    tokens = ':root { --font-song: "No Such Song"; } /* 中文 */'.encode("gbk")
    result = CliRunner().invoke(cli, ["doctor", str(with_sheet(tmp_path, tokens, "styles/themes/own/tokens.css"))])
    assert "No Such Song" in result.output


def test_findings_are_kept_until_the_sheets_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIKAN_CACHE", str(tmp_path / "cache"))
    folder = with_sheet(tmp_path / "forum", "p { colr: red }")
    options = ["build", str(folder), "-o", str(tmp_path / "out"), "-j", "1", "-l", "zh-Hans", "-e", "print"]
    first = styles_told(CliRunner().invoke(cli, options))
    (folder / "people.yaml").write_text(
        (folder / "people.yaml").read_text(encoding="utf-8") + "# more\n", encoding="utf-8"
    )
    assert styles_told(CliRunner().invoke(cli, options)) == first != []
    (folder / SHEET).write_text("p { color: red }")
    assert styles_told(CliRunner().invoke(cli, options)) == []
