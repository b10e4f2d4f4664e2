"""A translations.yaml that is not as `huikan translated` writes it: told with its place, before it is written anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huikan.cli import cli
from tests.check.editing import publication

RECORD = "translations.yaml"
STATE = "0123456789ab/0123456789ab"
TITLE = "people.yaml#shan-wei.title"


def with_record(folder: Path, record: str | bytes) -> Path:
    publication(folder)
    (folder / RECORD).write_bytes(record if isinstance(record, bytes) else record.encode())
    return folder


def run(folder: Path, *command: str) -> Result:
    result = CliRunner().invoke(cli, [*command, str(folder)])
    assert result.exception is None
    return result


def about_record(result: Result) -> list[str]:
    return [line for line in result.output.split("\n") if line.startswith(RECORD)]


def test_a_language_that_the_booklet_no_longer_has_is_told_once(tmp_path: Path) -> None:
    fields = [TITLE, *(f"people.yaml#p{number}.title" for number in range(3))]
    folder = with_record(tmp_path, "".join(f"{field}: {{fr: {STATE}}}\n" for field in fields))
    (line,) = [line for line in about_record(run(folder, "check", "--no-layout")) if "HK406" in line]
    assert line.endswith("'fr' is no language that the booklet is translated into, also in 3 more texts [HK406]")


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("- a\n- b\n", "1:1: warning: expected a map of fields, found a list [HK406]"),
        ("# head\nhello\n", "2:1: warning: expected a map of fields, found a text [HK406]"),
        (f"{TITLE}: abc\n", f"1:1: warning: {TITLE}: expected a language and two digests [HK406]"),
        (
            f"# head\n{TITLE}: {{fr: {STATE}}}\n",
            f"2:30: warning: {TITLE}: 'fr' is no language that the booklet is translated into [HK406]",
        ),
        (f"{TITLE}: {{zh: {STATE}}}\n", f"1:30: warning: {TITLE}: 'zh' is that of the originals [HK406]"),
        (f"{TITLE}: {{en: 0123/xyz}}\n", f"1:34: warning: {TITLE}: '0123/xyz' is not the state of a text [HK406]"),
        (f"{TITLE}: {{en: [a]}}\n", f"1:34: warning: {TITLE}: this is not the state of a text [HK406]"),
        (f"{TITLE}: {{en: {STATE}}}\n{TITLE}: {{en: {STATE}}}\n", f"2:1: warning: '{TITLE}' stands twice [HK406]"),
        ("# 中文\n".encode("gbk"), "1:3: warning: not UTF-8 text: the record was saved by another program [HK406]"),
        ("a: b".encode("utf-16"), "1:1: warning: not UTF-8 text: the record was saved by another program [HK406]"),
    ],
)
def test_what_is_not_a_record_is_told_at_its_place(tmp_path: Path, record: str | bytes, told: str) -> None:
    folder = with_record(tmp_path, record)
    assert about_record(run(folder, "check", "--no-layout")) == [f"{RECORD}:{told}"]
    again = run(folder, "translated")
    assert about_record(again) == [f"{RECORD}:{told}"]
    assert "warning: what of the record could not be read is written anew" in again.stderr
    assert about_record(run(folder, "check", "--no-layout")) == []


@pytest.mark.parametrize(
    ("record", "place", "words"),
    [
        (f"a: {{en: {STATE}}}\n{TITLE}: {{en: [\n", "2:34", "not YAML: the bracket [ is not closed"),
        (f"<<<<<<< HEAD\n{TITLE}: {{en: {STATE}}}\n=======\n>>>>>>> other\n", "1:1", "two versions of a file"),
        ("a:\n\t- b\n", "2:1", "not YAML: a tab"),
    ],
)
def test_a_record_that_is_no_yaml_is_told_at_the_slip_also_before_it_is_written_anew(
    tmp_path: Path, record: str, place: str, words: str
) -> None:
    folder = with_record(tmp_path, record)
    (line,) = about_record(run(folder, "check", "--no-layout"))
    assert line.startswith(f"{RECORD}:{place}: warning: cannot be read: ")
    assert words in line
    again = run(folder, "translated")
    (line,) = about_record(again)
    assert line.startswith(f"{RECORD}:{place}: warning: ")
    assert words in line
    assert "is written anew" in again.stderr


def test_texts_that_are_not_there_any_more_are_one_note(tmp_path: Path) -> None:
    gone = [f"people.yaml#gone-{number}.title" for number in range(7)]
    folder = with_record(
        tmp_path, f"{TITLE}: {{en: {STATE}}}\n" + "".join(f"{name}: {{en: {STATE}}}\n" for name in gone)
    )
    (line,) = about_record(run(folder, "check", "--no-layout"))
    assert line.startswith(f"{RECORD}:2:1: note: recorded, and not there or not translated any more: {gone[0]}, ")
    assert line.endswith(" and 2 more [HK407]")
    assert "written anew" not in run(folder, "translated").stderr
    assert about_record(run(folder, "check", "--no-layout")) == []


def test_a_whole_record_is_told_nothing_of(tmp_path: Path) -> None:
    publication(tmp_path)
    assert about_record(run(tmp_path, "translated")) == []
    record = tmp_path / RECORD
    record.write_bytes(b"\xef\xbb\xbf" + record.read_bytes().replace(b"\n", b"\r\n"))
    assert about_record(run(tmp_path, "check", "--no-layout")) == []
    assert run(tmp_path, "translated").stderr == "25 translations recorded, 0 behind their original\n"


@pytest.mark.parametrize("record", ["a: {en: [", "- a\n", "中文".encode("gbk"), f"x: {{fr: {STATE}}}"])
def test_a_build_does_not_stop_at_a_damaged_record(tmp_path: Path, record: str | bytes) -> None:
    folder = with_record(tmp_path, record)
    options = ["-o", str(tmp_path / "out"), "--no-cache", "-j", "1", "-l", "en", "-e", "review", "--with-findings"]
    assert run(folder, "build", *options).exit_code == 0
