"""Facts: the tables of the report and of prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from huikan.check.registry import Remark, at, on, rule
from huikan.check.subject import Subject
from huikan.content.markdown import line_starts, parser
from huikan.finding import Severity

_CELL = re.compile(r"(?:[^|\\]|\\.|\\$)*(?:\||$)")


@rule("HK126", Severity.WARNING)
def rows_are_as_long_as_their_head(subject: Subject) -> Iterator[Remark]:
    """A row of a table has as many cells as its head.

    The first of the `rows` of a figure is the head, in Markdown the line above the hyphens. In a row with fewer cells
    they may stand below the wrong words: write an empty one as `"—"`, in Markdown as `| — |`. A row with more stands
    out of the figure; in Markdown HK228 tells what is lost. A head alone is no table.
    """
    report = subject.publication.report
    for number, figure in enumerate(report.figures if report else ()):
        for index, row in enumerate(figure.rows):
            if len(row) != len(figure.rows[0]):
                field = f"report.yaml#figures.{number}.rows.{index}"
                hint = 'write as many, an empty one as "—"; a text with a comma in quotation marks'
                yield on(field, _uneven(len(row), len(figure.rows[0])), hint)
        if len(figure.rows) == 1:
            message = "the table has a head and no row below it"
            yield on(f"report.yaml#figures.{number}.rows", message, "write its rows, or delete the figure")
    for passage in subject.markup:
        if "|" not in passage.text:
            continue
        lines = line_starts(passage.text)
        for columns, cells, (begin, end) in rows_of_tables(passage.text, parser().parse(passage.text), lines):
            if len(cells) < columns:
                yield at(passage, begin, end, _uneven(len(cells), columns), "write as many, an empty one as | — |")


def _uneven(cells: int, columns: int) -> str:
    return f"the row has {cells} {'cell' if cells == 1 else 'cells'}, the head {columns}"


def rows_of_tables(
    markdown: str, tokens: list[Any], lines: list[int]
) -> Iterator[tuple[int, list[tuple[int, int]], tuple[int, int]]]:
    """Each row below the head of a table: the head's number of cells, where its own words stand, where it stands.

    `lines` are the offsets at which the lines of the text begin.
    """
    columns, in_head = 0, False
    for token in tokens:
        if token.type == "thead_open":
            columns, in_head = 0, True
        elif token.type == "th_open":
            columns += 1
        elif token.type == "thead_close":
            in_head = False
        elif token.type == "tr_open" and token.map and not in_head:
            start = lines[token.map[0]]
            line = markdown[start : lines[token.map[0] + 1] - 1]
            begin = start + len(line) - len(line.lstrip(" \t>"))
            yield columns, _cells_of(line, start), (begin, start + len(line.rstrip()))


def _cells_of(line: str, start: int) -> list[tuple[int, int]]:
    """Where the words of each cell of a row stand."""
    begin = len(line) - len(line.lstrip(" \t>"))
    begin += line[begin : begin + 1] == "|"
    end = len(line.rstrip())
    found: list[tuple[int, int]] = []
    while begin < end:
        cell = _CELL.match(line, begin, end)
        assert cell is not None, "it may match nothing"
        words = cell[0].removesuffix("|")
        left = begin + len(words) - len(words.lstrip())
        found.append((start + left, start + max(left, begin + len(words.rstrip()))))
        begin = cell.end()
    return found
