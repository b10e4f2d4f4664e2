"""Comments: what the editors ask about a field stands beside its first words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from huikan.render.docx.model import FieldMark, Question
from huikan.render.docx.ooxml import Xml, part_content, text, w, xml_safe

AUTHOR = "Huikan"
_INITIALS = "HK"
_STEP = re.compile(r"[#./]")
_NOTE = re.compile(r".*[#/]fn\d+")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment's id in the file and its words."""

    number: int
    words: str


def placed_comments(
    questions: Sequence[Question], fields: Sequence[FieldMark], *, whole: bool
) -> dict[str, tuple[Comment, ...]]:
    """By bookmark, the comments on its words. Words derived from a field serve where its own are not printed."""
    if not questions:
        return {}
    first: dict[str, str] = {}
    marks = [mark for mark in fields if not _NOTE.fullmatch(mark.field)]  # Word has no comments in footnotes
    for mark in marks:
        for name in _above(mark.field):
            first.setdefault(name, mark.bookmark)
    for mark in marks:
        for name in (name for source in mark.sources for name in _above(source)):
            first.setdefault(name, mark.bookmark)
    numbers = count()
    placed: dict[str, tuple[Comment, ...]] = {}
    for question in questions:
        words = question.words
        bookmark = next((first[name] for name in question.fields if name in first), "")
        if not bookmark and whole:
            bookmark = next((first[name] for name in question.above if name in first), "")
            words = f"{question.fields[0]}: {words}"
        if bookmark:
            placed[bookmark] = (*placed.get(bookmark, ()), Comment(next(numbers), words))
    return placed


def _above(field: str) -> list[str]:
    """A field and all that it lies below: `people.yaml#ada.title.zh`, `people.yaml#ada.title`, … `people.yaml#`."""
    names = [field] if field else []
    for step in reversed(list(_STEP.finditer(field, field.find("#")))):
        names.append(field[: step.start()] if step[0] == "." else field[: step.end()])
        if step[0] == "/":
            names.append(field[: step.start()])
    return names


def comments_content(placed: Mapping[str, Sequence[Comment]]) -> bytes:
    """comments.xml."""
    made = []
    for comment in sorted((each for group in placed.values() for each in group), key=lambda each: each.number):
        lines = [w("p", w("r", text(line))) for line in xml_safe(comment.words).split("\n")]
        made.append(w("comment", *lines, id=comment.number, author=AUTHOR, initials=_INITIALS))
    return part_content("comments", made)


def commented(comments: Sequence[Comment], runs: list[Xml]) -> list[Xml]:
    """Runs with comments on them."""
    starts = [w("commentRangeStart", id=comment.number) for comment in comments]
    ends = []
    for comment in comments:
        ends += [w("commentRangeEnd", id=comment.number), w("r", w("commentReference", id=comment.number))]
    return [*starts, *runs, *ends]
