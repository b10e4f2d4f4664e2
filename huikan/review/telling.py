"""What of a copy is not merged, and told instead: where it stands, what it is, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from huikan.review.copy import ReviewedCopy
from huikan.review.edits import Edits
from huikan.review.picture_edits import PictureEdit
from huikan.review.quoting import quoted_text

Remark = tuple[str, str, str]
"""A field (empty if none), a message and a hint."""


def remarks_on_places(copy: ReviewedCopy, edits: Edits) -> Iterator[Remark]:
    """Paragraphs that stand elsewhere now, words outside every field, what stands beside the text."""
    for moved in edits.moved:
        where = f"below {quoted_text(moved.after)}" if moved.after else "at the beginning"
        message = f"{copy.file}: moved with tracking off: {quoted_text(moved.words)} stands {where}"
        yield moved.key, message, "move it in the content by hand, if it is to stay there"
    for change in edits.outside:
        message = f"{copy.file}: {change.author or 'tracking off'}: {change.kind} outside every field: "
        words = " → ".join(quoted_text(each) for each in (change.before, change.after) if each)
        yield "", message + words, "words of labels are in templates/i18n"
    for aside in edits.asides:
        if aside.merged:
            yield "", f"{copy.file}: {aside}", "see where it leads"
        else:
            yield "", f"{copy.file}: not merged: {aside}", "do by hand in the content what is meant by it"


def remark_on_picture(copy: ReviewedCopy, edit: PictureEdit) -> Remark:
    """Pictures are never written: what came in Word is seldom fit for print."""
    what = f"the picture {edit.source} was {edit.kind}" if edit.source else "a picture was added"
    who = f" by {edit.author}" if edit.author else ""
    hint = (
        "change photo: or delete the file"
        if edit.new is None
        else f"put a file fit for print in its place; this one is {edit.new.part} in the copy"
    )
    return "", f"{copy.file}: {what}{who}", hint
