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

ROWS = (("东港", "30", ""), ("西港", "", "远"), ("南港", "30", "近"), ("北港", "55", ""))
ABOVE, BELOW = "城市依海而兴。", "末段说完。"
Row = tuple[str, ...]
CELL = st.sampled_from(["", "30", "55", "东港", "湾口", "7|8"])
COLUMN = st.sampled_from([1, 2])
NEW = st.tuples(CELL, CELL, CELL).filter(any)
EDIT = st.one_of(
    st.just(("keep", ())),
    st.just(("delete", ())),
    st.tuples(st.just("edit"), st.tuples(COLUMN, st.sampled_from(["", "30", "31", "湾口", "66"]))),
    st.tuples(st.just("move"), st.permutations([0, 1, 2]).map(tuple)),
    st.tuples(st.just("add"), st.lists(NEW, min_size=1, max_size=2).map(tuple)),
)
Edit = tuple[str, object]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    content = publication(tmp_path_factory.mktemp("rows"))
    table = "| 港口 | 水位 | 备注 |\n|---|---|---|\n" + "".join(f"| {' | '.join(row)} |\n" for row in ROWS)
    prose = f"---\nappearance: shan-wei\n---\n\n{ABOVE}\n\n{table}\n{BELOW}\n"
    (content / SUMMARY).write_text(prose, encoding="utf-8")
    return content, sent_copy(content)


def applied(root: etree._Element, edits: tuple[Edit, ...], *, tracked: bool) -> None:
    rows = [row_of(_cell(root, name)) for name, *_ in ROWS]
    for row, (do, what) in zip(rows, edits, strict=True):
        if do == "delete":
            take_out(row, tracked=tracked)
        elif do in {"edit", "move"}:
            for cell, words in zip([*row.iter(tag("p"))], changed_row((do, what), row), strict=True):
                if words != words_of(cell):
                    delete_runs(cell, tracked=tracked)
                    if words:
                        cell.append(inserted(run(words)) if tracked else run(words))
        elif do == "add":
            for words in reversed(what):  # type: ignore[call-overload]
                row.addnext(new_row(row, words, tracked=tracked))


def changed_row(edit: Edit, row: etree._Element | Row) -> Row:
    """The cells of a row of which one has other words, or whose words have changed places."""
    cells = row if isinstance(row, tuple) else tuple(words_of(each) for each in row.iter(tag("p")))
    do, what = edit
    assert isinstance(what, tuple)
    if do == "move":
        return tuple(cells[number] for number in what)
    return tuple(what[1] if number == what[0] else cell for number, cell in enumerate(cells))


def _cell(root: etree._Element, words: str) -> etree._Element:
    cells = [each for each in root.iter(tag("tc")) if words_of(each) == words]
    return next(cells[-1].iter(tag("p")))


def wanted(edits: tuple[Edit, ...]) -> list[Row]:
    made: list[Row] = []
    for row, (do, what) in zip(ROWS, edits, strict=True):
        made += [] if do == "delete" else [changed_row((do, what), row)] if do in {"edit", "move"} else [row]
        made += what if do == "add" else ()  # type: ignore[arg-type]
    return [row for row in made if any(row)]


def written(content: Path) -> list[Row]:
    lines = [line for line in text(content).splitlines() if line.startswith("|")][2:]
    cells = ([part.strip() for part in line.replace(r"\|", "\0")[1:-1].split("|")] for line in lines)
    return [tuple(cell.replace("\0", "|") for cell in row) for row in cells]


KEEP: Edit = ("keep", ())
SAME = (("delete", ()), ("add", (("东港", "30", ""),)), KEEP, ("edit", (1, "30")))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(*[EDIT] * len(ROWS)), st.booleans())
@example((("delete", ()), ("add", (("", "东港", ""),)), KEEP, KEEP), False)
@example((("add", (("", "东港", ""),)), ("add", (("", "东港", ""),)), ("delete", ()), KEEP), False)
@example(SAME, True)
@example(SAME, False)
@example((("edit", (2, "31")), ("edit", (2, "")), KEEP, KEEP), True)
@example((("move", (0, 2, 1)), KEEP, KEEP, KEEP), False)
@example((("move", (0, 2, 1)), KEEP, KEEP, ("edit", (1, "66"))), True)
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
