"""Facts: the number of the book."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from huikan.check.registry import Remark, on, rule
from huikan.check.subject import Subject
from huikan.finding import Severity


@rule("HK125", Severity.WARNING)
def the_isbn_is_right(subject: Subject) -> Iterator[Remark]:
    """The ISBN is right.

    Thirteen digits, of which the first three are 978 or 979 and the last one follows from the others, or ten of the old
    form. A digit that is wrong or exchanged with its neighbour is nearly always found.
    """
    written = subject.publication.booklet.imprint.isbn
    if not written:
        return
    digits = re.sub(r"(?i)^isbn(?:-1[03])?|[\s:：-]", "", unicodedata.normalize("NFKC", written)).upper()
    digits = re.sub("[‐–—−]", "", digits)
    field = "booklet.yaml#imprint.isbn"
    if re.fullmatch(r"97[89]\d{10}", digits):
        total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
        right = total % 10 == 0
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        right = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits)) % 11 == 0
    else:
        yield on(field, f"“{written}” is no ISBN", "write its 13 digits, set apart by hyphens: 978-7-…")
        return
    if not right:
        hint = "compare it with the notice of the publisher: a digit is wrong, or two are exchanged"
        yield on(field, f"the check digit of “{written}” does not fit to the others", hint)
