"""A publication's own templates and labels: what is wrong in them is told at its place, by `check` and `build`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from tests.check.editing import publication
from tests.check.own_design import build, check, told_in

IMPRINT = "templates/parts/imprint.html.j2"
TOC = "templates/parts/toc.html.j2"


def templates_told(result: Result) -> list[str]:
    return told_in(result, "templates/")


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("\n{% if booklet %}\n", "2:1: error: template: Unexpected end of template."),
        ("\n\n{{ booklet.title }\n", "3:1: error: template: unexpected '}' [HK092] → write {{ VALUE }}"),
        ("\n{{ booklet|uper }}", "2:1: error: template: No filter named 'uper'. [HK092] → did you mean 'upper'?"),
        (
            "{% foreach x in y %}",
            "1:1: error: template: Encountered unknown tag 'foreach'. [HK092] → did you mean 'for'?",
        ),
        (
            '\n{% include "parts/prgramme.html.j2" %}',
            "2:1: error: template: there is no template 'parts/prgramme.html.j2' [HK092]"
            " → did you mean 'parts/programme.html.j2'?",
        ),
    ],
)
def test_what_cannot_be_read_is_told_by_check_without_pages_and_by_a_build(
    tmp_path: Path, template: str, told: str
) -> None:
    folder = publication(tmp_path, [(IMPRINT, "", template)])
    for result in (check(folder, "--no-layout"), build(folder, "web")):
        (line,) = templates_told(result)
        assert line.startswith(f"{IMPRINT}:{told}")
        assert result.exit_code == 1


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("\n{{ bookle }}", "2:1: error: template: 'bookle' is undefined [HK092] → did you mean 'booklet'?"),
        (
            "\n{{ booklet.titel }}",
            "2:1: error: template: ResolvedBooklet has no attribute 'titel' [HK092] → did you mean 'title'?",
        ),
        ("{{ labels['no.such'] }}", "1:1: error: template: no label 'no.such' [HK093] → add it to templates/i18n"),
        ("{% if booklet is fooo %}{% endif %}", "1:1: error: template: No test named 'fooo' found. [HK092]"),
        ("\n\n{{ 1 + 'a' }}", "3:1: error: template: unsupported operand type(s) for +: 'int' and 'str' [HK092]"),
        ("{{ 1 / 0 }}", "1:1: error: template: division by zero [HK092]"),
        ("{{ words() }}", "1:1: error: template: words() missing 1 required positional argument"),
        ("{% for x in range(9000000) %}{% endfor %}", "1:1: error: template: Range too big."),
        (f'\n{{% include "{IMPRINT[10:]}" %}}', "2:1: error: template: it includes itself without end [HK092]"),
        ('<p class="kind foo">x</p>', "1:4: error: template: class 'foo' of <p> is not in the vocabulary [HK094]"),
        ("<p>\n <blink>x</blink></p>", "2:2: error: template: <blink> is not in the vocabulary [HK094]"),
    ],
)
def test_what_fails_while_it_is_filled_in_is_told_at_the_line_of_the_template(
    tmp_path: Path, template: str, told: str
) -> None:
    folder = publication(tmp_path, [(IMPRINT, "", template)])
    for result in (check(folder), build(folder, "web")):
        (line,) = templates_told(result)
        assert line.startswith(f"{IMPRINT}:{told}")
        assert result.exit_code == 1


def test_the_faults_of_all_templates_are_told_at_once(tmp_path: Path) -> None:
    folder = publication(tmp_path, [(IMPRINT, "", "{{ booklet|uper }}"), (TOC, "", "{% endfor %}")])
    for result in (check(folder), build(folder, "web")):
        assert [line.partition(": ")[0] for line in templates_told(result)] == [f"{IMPRINT}:1:1", f"{TOC}:1:1"]


def test_a_template_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    folder = publication(tmp_path, [(IMPRINT, "", "")])
    (folder / IMPRINT).write_bytes("<p>\n中文</p>".encode("gbk"))
    for result in (check(folder, "--no-layout"), build(folder, "web")):
        (line,) = templates_told(result)
        assert line.startswith(f"{IMPRINT}:2:1: error: not UTF-8 text: GBK")


def test_a_template_that_nothing_includes_is_told_and_one_that_is_included_is_not(tmp_path: Path) -> None:
    folder = publication(
        tmp_path,
        [
            ("templates/parts/imprnt.html.j2", "", "x"),
            (IMPRINT, "", '{% include "parts/mine.html.j2" %}{% include "parts/none.html.j2" ignore missing %}'),
            ("templates/parts/mine.html.j2", "", ""),
        ],
    )
    (line,) = templates_told(check(folder, "--no-layout"))
    assert line == (
        "templates/parts/imprnt.html.j2:1:1: warning: no template includes this one [HK026]"
        " → did you mean 'parts/imprint.html.j2'?"
    )


def test_labels_that_cannot_be_read_are_named_by_their_file_in_the_publication(tmp_path: Path) -> None:
    labels = "templates/i18n/zh-Hans.yaml"
    folder = publication(tmp_path, [(labels, "", "toc: [\n")])
    for result in (check(folder), build(folder, "web")):
        (line,) = templates_told(result)
        assert line.startswith(f"{labels}:1:6: error: not YAML: the bracket [ is not closed [HK002]")
    (folder / labels).write_bytes("toc:\n  heading: 会议手册\n".encode("gbk"))
    for result in (check(folder), build(folder, "web")):
        (line,) = templates_told(result)
        assert line.startswith(f"{labels}:2:12: error: not UTF-8 text: GBK")


@pytest.mark.parametrize(
    "include",
    [
        "{% include 'parts/kinds/' ~ 'plain' ~ '.html.j2' %}",
        '{% include "parts/kinds/%s.html.j2" % "plain" %}',
        "{% include 'parts/kinds/{}.html.j2'.format('plain') %}",
        "{% include ['parts/kinds/none.html.j2', 'parts/kinds/' ~ 'plain.html.j2'] %}",
        "{% include ['parts/none.html.j2', 'parts/kinds/plain.html.j2'] %}",
    ],
)
def test_names_of_templates_that_are_worked_out_are_no_slips(tmp_path: Path, include: str) -> None:
    folder = publication(tmp_path, [(IMPRINT, "", include), ("templates/parts/kinds/plain.html.j2", "", "")])
    for result in (check(folder, "--no-layout"), build(folder, "web")):
        assert templates_told(result) == []
