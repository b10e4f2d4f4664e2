"""Facts: the tables of the report."""

from __future__ import annotations

from collections.abc import Iterator

from huikan.check.registry import Remark, on, rule
from huikan.check.subject import Subject
from huikan.finding import Severity


@rule("HK126", Severity.WARNING)
def rows_are_as_long_as_their_head(subject: Subject) -> Iterator[Remark]:
    """A row of a table has as many cells as its head.

    The first of the `rows` of a figure is the head. A row with more cells stands out of the table, in one with fewer
    the cells may stand below the wrong words: write an empty one as `"—"`.
    """
    report = subject.publication.report
    for number, figure in enumerate(report.figures if report else ()):
        for index, row in enumerate(figure.rows):
            if len(row) != len(figure.rows[0]):
                message = (
                    f"the row has {len(row)} {'cell' if len(row) == 1 else 'cells'}, the head {len(figure.rows[0])}"
                )
                field = f"report.yaml#figures.{number}.rows.{index}"
                yield on(field, message, 'write as many, an empty one as "—"; a text with a comma in quotation marks')
