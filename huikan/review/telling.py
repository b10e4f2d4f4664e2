"""What of a copy is not merged, and told instead: where it stands, what it is, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from huikan.review.copy import ReviewedCopy
from huikan.review.edits import Edits, FieldEdit
from huikan.review.picture_edits import PictureEdit
from huikan.review.quoting import quoted, quoted_text, with_marks
from huikan.review.rich import Dispute, Merged, Rich, paragraphs_of, text_of

Remark = tuple[str, str, str]
"""A field (empty if none), a message and a hint."""

ORDER = "see that they stand in the right order"


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


def first_left(edits: Edits) -> str:
    """The first of what a copy says and no merge writes; empty if that is nothing. Pictures are looked at by hand."""
    asides = (str(aside) for aside in edits.asides if not aside.merged)
    outside = (f"{change.kind} of {quoted_text(change.after or change.before)}" for change in edits.outside)
    # Words made from other fields follow these; what was put beside them, or taken out, does not
    derived = (each for each in edits.fields if each.is_derived and each.problem)
    beside = (f"{each.problem}: {quoted_text(text_of(each.edited) or text_of(each.sent))}" for each in derived)
    return next(chain(asides, outside, beside), "")


def remarks_on_breaks(copy: ReviewedCopy, edit: FieldEdit, merged: Rich) -> Iterator[Remark]:
    """Lines that were broken by hand where a field has none."""
    lines = text_of(edit.edited).split("\n")
    if len(lines) > 1 + max(text_of(edit.sent).count("\n"), text_of(merged).count("\n")):
        message = f"{copy.file}: a line break is left to the typesetter: {quoted_text(' ⏎ '.join(lines))}"
        yield edit.key, message, "break the line in the templates or styles, if it is to be broken there"


def remarks_on_additions(copy: ReviewedCopy, edit: FieldEdit, merged: Merged) -> Iterator[Remark]:
    """New paragraphs beside those that the content got meanwhile: nobody knows their order."""
    for both in merged.added:
        if both.ours and both.theirs:
            message = f"{copy.file}: {quoted(both.theirs)} was put below {quoted(both.ours)}, which was added meanwhile"
            yield edit.key, message, ORDER


def dispute_told(dispute: Dispute, names: Sequence[str]) -> str:
    """What the content has, and each form with those who want it; `names` are those of the versions."""
    return f"{quoted(dispute.base)}: {forms_told(dispute, names)}"


def forms_told(dispute: Dispute, names: Sequence[str]) -> str:
    """Each form with those who want it; with its marks where words are the same and looks are not."""
    texts = {text_of(form) for form, _ in dispute.forms} | {text_of(dispute.base)}
    written = quoted if len(texts) > len(dispute.forms) else lambda form: quoted_text(with_marks(form))
    return "; ".join(
        f"{written(form)} ({', '.join(names[number] for number in numbers)})" for form, numbers in dispute.forms
    )


def remarks_on_doubles(key: str, now: Rich, versions: Sequence[Rich], words: Rich) -> Iterator[Remark]:
    """Paragraphs that stand more often than in any version: two editors moved one to different places."""
    most = Counter[str]()
    for version in (now, *versions):
        most |= Counter(text_of(paragraph) for paragraph in paragraphs_of(version))
    for paragraph, count in Counter(text_of(each) for each in paragraphs_of(words)).items():
        if paragraph.strip() and count > most[paragraph]:
            yield (
                key,
                f"moved to different places, and kept in each: {quoted_text(paragraph)}",
                "leave it in one of them",
            )


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
