"""The rules counted on whole pages by the checker that also compares engines, and that checker on broken lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import specimen
from benchmarks.typesetting import EM, MARGIN, PARAGRAPHS, by_huikan, by_plain_weasyprint
from benchmarks.typesetting_rules import Glyph, Report, check, read_lines
from huikan.render.typography import normalise_spacing

RECORD = Path(__file__).parents[2].parent / "shared" / "forum" / "forum.txt"
PLAIN = [normalise_spacing(text, "zh-Hans") for text in PARAGRAPHS]


@pytest.mark.parametrize("measure", [20, 22, 28])
def test_the_five_paragraphs_break_no_rule(measure: int) -> None:
    report = check(read_lines(by_huikan(measure), MARGIN), PLAIN, measure * EM, EM)
    assert report.broken.total() == 0, report.broken
    assert report.characters > 400


def test_the_same_paragraphs_set_plainly_break_many() -> None:
    report = check(read_lines(by_plain_weasyprint(22), MARGIN), PLAIN, 22 * EM, EM)
    assert report.per_thousand() > 50


@pytest.mark.parametrize(
    "sample", [sample for sample in specimen.SPECIMENS if "<p" in sample.body], ids=lambda sample: sample.name
)
def test_each_specimen_keeps_the_rules_that_plain_setting_breaks(sample: specimen.Specimen) -> None:
    assert specimen.report(sample, specimen.after(sample)).broken.total() == 0
    if sample.rule:
        assert specimen.report(sample, specimen.before(sample)).broken[sample.rule] > 0


def test_the_prose_of_the_record_breaks_no_rule() -> None:
    if not RECORD.is_file():
        pytest.skip("the record of the forum is not beside the repository")
    paragraphs = [text.strip() for text in RECORD.read_text(encoding="utf-8").splitlines() if text.count("，") > 2]
    plain = [normalise_spacing(text, "zh-Hans") for text in paragraphs]
    assert sum(map(len, plain)) > 2000
    for measure in (16, 28):
        report = check(read_lines(by_huikan(measure, paragraphs), MARGIN), plain, measure * EM, EM)
        assert report.broken.total() == 0, (measure, report.broken)


def line(text: str, x: float = 0.0, step: float = 10.0, y: float = 20.0) -> list[Glyph]:
    return [Glyph(character, x + step * index, 10.0, y) for index, character in enumerate(text)]


def checked(*lines: list[Glyph], measure: float = 60.0) -> Report:
    text = "".join(glyph.text for line in lines for glyph in line)
    return check(list(lines), [text], measure, 10.0)


def test_the_checker_sees_each_broken_rule() -> None:
    full = line("经济治理规则")
    narrow = [Glyph("1", 0, 5, 20), *line("年份经济治", x=5), Glyph("理", 55, 5, 20)]
    assert checked(full, line("合作")).broken.total() == 0
    assert checked(full, line("，合作")).broken == {"line start": 1}
    assert checked(line("经济治理规（"), line("合作")).broken == {"line end": 1}
    assert checked(line("经济治理规"), line("合作")).broken == {"right edge": 1}
    assert checked(full, line("“合作”")).broken == {"left edge": 1}
    assert checked(line("合作”。")).broken == {"squeeze": 1}
    assert checked(full, line("啊。")).broken == {"last line": 1}
    assert checked(narrow, line("合作")).broken["mixed text"] == 1
    assert checked(line("经济治理规—"), line("—合作")).broken["dash"] == 1
    assert checked([*line("经济治理"), *line("规1", x=42.6, step=11.4)], line("9合")).broken["number"] == 1
    assert checked(line("经济", step=14)).broken == {"loose line": 1}


def test_lines_that_do_not_hold_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="the text ends within"):
        check([line("经济")], ["经济治理"], 60, 10)
    with pytest.raises(ValueError, match="a line runs on after"):
        check([line("经济治理")], ["经济治"], 60, 10)
