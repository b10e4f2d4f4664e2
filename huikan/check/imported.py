"""Facts: what an import put right without a word in the content files."""

from __future__ import annotations

from collections.abc import Iterator

from huikan.check.registry import Remark, in_source, rule
from huikan.check.subject import Subject
from huikan.finding import Severity
from huikan.importers.import_report import REPORT, rows_put_right


@rule("HK121", Severity.NOTE)
def the_source_is_put_right_too(subject: Subject) -> Iterator[Remark]:
    """What an import put right is known.

    Names padded with spaces, stray rules, parts headed in two ways: the importer of a record leaves them out of the
    content and lists them in `import-report.md`, section “Put right”. The record they came from still has them, and it
    may be sent or printed elsewhere. Correct it, or delete the line of the report when you have seen it.
    """
    for row in rows_put_right(subject.beside.get(REPORT, "")):
        hint = "correct the source too, then delete this line of the report"
        yield in_source(REPORT, row.offset, f"line {row.line} of the source: {row.message}", hint)
