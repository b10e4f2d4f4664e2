"""Any edits of a table's rows, tracked or not: the Markdown has what Word shows, or they are told and not written."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.review.copies import SUMMARY, merged, publication, sent_copy, snapshot, text
from tests.review.test_table_rows import new_row, take_out
from tests.review.word_edits import changed, delete_runs, inserted, row_of, run, tag, words_of

ROWS = (("东港", "30"), ("西港", "30"), ("南港", ""), ("北港", "55"))
ABOVE, BELOW = "城市依海而兴。", "末段说完。"
Row = tuple[str, str]
CELL = st.sampled_from(["", "30", "55", "东港", "湾口", "7|8"])
NEW = st.tuples(CELL, CELL).filter(any)
EDIT = st.one_of(
    st.just(("keep", ())),
    st.just(("delete", ())),
    st.tuples(st.just("edit"), st.sampled_from(["31", "湾口", "66"])),
    st.tuples(st.just("add"), st.lists(NEW, min_size=1, max_size=2).map(tuple)),
)
Edit = tuple[str, object]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    content = publication(tmp_path_factory.mktemp("rows"))
    table = "| 港口 | 水位 |\n|---|---|\n" + "".join(f"| {' | '.join(row)} |\n" for row in ROWS)
    prose = f"---\nappearance: shan-wei\n---\n\n{ABOVE}\n\n{table}\n{BELOW}\n"
    (content / SUMMARY).write_text(prose, encoding="utf-8")
    return content, sent_copy(content)


def applied(root: etree._Element, edits: tuple[Edit, ...], *, tracked: bool) -> None:
    rows = [row_of(_cell(root, name)) for name, _ in ROWS]
    for row, (do, what) in zip(rows, edits, strict=True):
        if do == "delete":
            take_out(row, tracked=tracked)
        elif do == "edit":
            cell = [*row.iter(tag("p"))][1]
            delete_runs(cell, tracked=tracked)
            cell.append(inserted(run(str(what))) if tracked else run(str(what)))
        elif do == "add":
            for words in reversed(what):  # type: ignore[call-overload]
                row.addnext(new_row(row, words, tracked=tracked))


def _cell(root: etree._Element, words: str) -> etree._Element:
    cells = [each for each in root.iter(tag("tc")) if words_of(each) == words]
    return next(cells[-1].iter(tag("p")))


def wanted(edits: tuple[Edit, ...]) -> list[Row]:
    made: list[Row] = []
    for row, (do, what) in zip(ROWS, edits, strict=True):
        made += [] if do == "delete" else [(row[0], str(what))] if do == "edit" else [row]
        made += what if do == "add" else ()  # type: ignore[arg-type]
    return made


def written(content: Path) -> list[Row]:
    lines = [line for line in text(content).splitlines() if line.startswith("|")][2:]
    cells = ([part.strip() for part in line.replace(r"\|", "\0").strip("|").split("|")] for line in lines)
    return [(first.replace("\0", "|"), second.replace("\0", "|")) for first, second in cells]


SAME = (("delete", ()), ("add", (("东港", "30"),)), ("keep", ()), ("edit", "30"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(*[EDIT] * len(ROWS)), st.booleans())
@example((("delete", ()), ("add", (("", "东港"),)), ("keep", ()), ("keep", ())), False)
@example((("add", (("", "东港"),)), ("add", (("", "东港"),)), ("delete", ()), ("keep", ())), False)
@example(SAME, True)
@example(SAME, False)
def test_any_edits_of_rows_come_home_or_are_told(
    sent: tuple[Path, Path], edits: tuple[Edit, ...], tracked: bool
) -> None:
    if all(do == "keep" for do, _ in edits):
        return
    original, copy = sent
    with tempfile.TemporaryDirectory() as scratch:
        content = Path(scratch) / "content"
        shutil.copytree(original, content)
        target = changed(copy, lambda root: applied(root, edits, tracked=tracked), name="any.docx")
        before = snapshot(content)
        plan = merged(content, target)
        if plan.conflicts:
            assert snapshot(content) == before
            assert any("by hand" in each.message or "by hand" in each.hint for each in plan.conflicts)
            return
        assert written(content) == wanted(edits)
        assert ABOVE in text(content)
        assert BELOW in text(content)
        after = snapshot(content)
        assert not merged(content, target).files
        assert snapshot(content) == after
