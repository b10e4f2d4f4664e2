"""Text: words that hold a place until somebody writes what belongs there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huikan.check.passages import Kind
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject
from huikan.finding import Severity

_WAITING = "待(?:定|补充?|确认|核实?|填写?|更新|提供|翻译|校对?)"
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|[Ll]orem ipsum)\b|\bX{3,}\b(?! [A-Z][a-z])"
    r"|[Xx×＊Ｘ]{2,}(?=[年月日人万亿元个名市省局])|[×Ｘ□○]{3,}"
    rf"|[（(【［\[][^（(【［\[\n）)】］\]]{{0,12}}{_WAITING}[^（(【［\[\n）)】］\]]{{0,4}}[）)】］\]]|\A{_WAITING}。?\Z"
)


@rule("HK231", Severity.WARNING)
def nothing_waits_to_be_written(subject: Subject) -> Iterator[Remark]:
    """Nothing waits to be written.

    `（待补充）`, `待定`, `XX年`, `×××`, TODO and TBC hold a place, and print. What an editor has to ask stands in
    `note:`, which does not.
    """
    for passage in subject.passages:
        for found in _PLACEHOLDER.finditer(passage.text) if passage.kind is not Kind.NOTE else ():
            yield at(passage, *found.span(), f"“{found[0]}” holds a place", "write what belongs there")
