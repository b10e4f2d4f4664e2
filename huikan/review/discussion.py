"""Comments as they are talked over: a comment with its replies, on the words it was set on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from huikan.render.docx.comments import AUTHOR
from huikan.review.comment_places import PlacedComment
from huikan.review.comments import Comment
from huikan.review.copy import ReviewedCopy
from huikan.review.edits import Edits

_DAY = len("2024-11-07")


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and its replies, by time; `field` is the first that its range touches, or whose words it is on."""

    comments: tuple[Comment, ...]
    place: PlacedComment

    @property
    def field(self) -> str:
        """The field; empty outside every field. Of derived words it is the first source."""
        return self.place.fields[0].split()[0] if self.place.fields else ""

    @property
    def said(self) -> tuple[Comment, ...]:
        """What people said: our own question is not among it."""
        return tuple(comment for comment in self.comments if comment.author != AUTHOR)

    @property
    def resolved(self) -> bool:
        """Whether it is settled."""
        return self.comments[0].resolved

    @property
    def lines(self) -> tuple[str, ...]:
        """What people said, one text each, to be kept in a note."""
        made = []
        for comment in self.said:
            day = f" {comment.date[:_DAY]}" if comment.date else ""
            words = f" (“{self.place.words}”)" if self.place.words and comment is self.comments[0] else ""
            made.append(f"{comment.author}{day}: {' '.join(comment.text.split())}{words}")
        return tuple(made)


def threads(copy: ReviewedCopy, edits: Edits) -> Iterator[Thread]:
    """Every thread in which somebody said something, or that somebody settled, in the order of the file."""
    placed = {each.id: each for each in edits.comments}
    answers: dict[str, list[Comment]] = {}
    for comment in copy.comments:
        answers.setdefault(comment.parent or comment.id, []).append(comment)
    for first, comments in answers.items():
        thread = Thread(tuple(comments), placed.get(first, PlacedComment(first, (), "")))
        if thread.said or thread.resolved:
            yield thread


def open_threads(copy: ReviewedCopy, edits: Edits) -> tuple[Thread, ...]:
    """The threads that nobody has settled."""
    return tuple(thread for thread in threads(copy, edits) if not thread.resolved)
