"""Names of the index, which stands in columns, edited in Word."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.review.copies import changed_lines, edited, inserted, merged, publication, sent_copy, shown, split_run

COLUMN = '<w:br w:type="column"/>'


def test_a_name_that_begins_a_column_of_the_index_is_merged_from_there(tmp_path: Path) -> None:
    content = publication(tmp_path)
    copy = sent_copy(content, "en")
    with zipfile.ZipFile(copy) as archive:
        text = archive.read("word/document.xml").decode()
    assert text.count(COLUMN) == 1
    assert (shown(copy).fields, shown(copy).outside) == ((), ())
    index = COLUMN + text.partition(COLUMN)[2]
    name = next(each for each in ("Ada Osei", "Lin Yue", "Shan Wei") if f">{each}<" in index)
    first, last = name.split()
    changed = index.replace(f">{name}<", f">{split_run(first, inserted(' Maria'))} {last}<", 1)
    plan = merged(content, edited(copy, (index, changed)))
    assert not plan.conflicts
    assert [line for line in changed_lines(plan) if line[0] == "+" and f"{first} Maria {last}" in line]
