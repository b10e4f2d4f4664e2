"""Where a review stands: what came back, who changed what, what is open, and who has to be asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huikan.content.load import LoadedPublication, load_publication
from huikan.content.model import Approval
from huikan.finding import ContentError, Finding, Severity
from huikan.review.approval import appearing, name_of
from huikan.review.content_edit import ContentEditor
from huikan.review.copy import ReviewedCopy, read_copy
from huikan.review.discussion import open_threads
from huikan.review.edits import Edits
from huikan.review.merge import MergeRequest, check_booklet, plan_merge
from huikan.review.questions import open_notes
from huikan.review.transaction import replace_files


@dataclass(frozen=True, slots=True)
class AuthorsPart:
    """What one author did in a copy: how many changes, in which fields. No name: with tracking off."""

    author: str
    changes: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceivedCopy:
    """A copy that came back: `pending` fields are not in the content yet, `questions` are threads nobody settled."""

    file: str
    language: str
    person: str
    authors: tuple[AuthorsPart, ...]
    pending: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether something of it is left to do."""
        return bool(self.pending or self.questions)


@dataclass(frozen=True, slots=True)
class PersonsReview:
    """How far the review of one person's part has come, and the copies of that part that came back."""

    id: str
    name: str
    status: Approval
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """Everything. `refused` says why a file was not read; `conflicts` are those of merging all copies now."""

    booklet: str
    copies: tuple[ReceivedCopy, ...]
    refused: tuple[Finding, ...]
    conflicts: tuple[Finding, ...]
    notes: tuple[tuple[str, str], ...]
    people: tuple[PersonsReview, ...]

    @property
    def to_chase(self) -> tuple[PersonsReview, ...]:
        """Those who have not approved, in the order of the programme."""
        return tuple(person for person in self.people if not person.status.is_given)


def read_status(folder: Path, content: Path) -> ReviewStatus:
    """The state of the review of `content`, with the copies that lie in `folder`; nothing is written.

    Raises ContentError when the content has errors, or there is no such folder.
    """
    if not folder.is_dir():
        message = f"there is no folder {folder}"
        raise ContentError([Finding("HK070", Severity.ERROR, message, "name the folder with the reviewed copies")])
    loaded = load_publication(content)
    copies: list[ReviewedCopy] = []
    refused: list[Finding] = []
    for path in sorted(folder.rglob("*.docx")):
        if path.name.startswith(("~$", ".")):  # a lock file of Word, or of LibreOffice
            continue
        try:
            copy = read_copy(path, name=path.relative_to(folder).as_posix())
            check_booklet(copy, loaded)
        except ContentError as error:
            refused += error.findings
        else:
            copies.append(copy)
    plan = plan_merge(MergeRequest(tuple(copies), content))
    received = tuple(
        _received(copy, edits, pending) for copy, edits, pending in zip(copies, plan.edits, plan.pending, strict=True)
    )
    return ReviewStatus(
        loaded.publication.booklet.id,
        received,
        tuple(refused),
        plan.conflicts,
        open_notes(loaded),
        tuple(_persons_review(loaded, id, received) for id in appearing(loaded.publication)),
    )


def mark(content: Path, people: Sequence[str], status: Approval) -> bool:
    """Write how far the reviews of people have come into people.yaml; False if it stands there already.

    Raises ContentError for unknown people.
    """
    loaded = load_publication(content)
    strange = [id for id in people if id not in loaded.publication.people]
    if strange:
        hint = f"people.yaml has {', '.join(loaded.publication.people)}"
        raise ContentError(Finding("HK020", Severity.ERROR, f"there is no person {id}", hint) for id in strange)
    editor = ContentEditor(loaded)
    for id in people:
        editor.set_review(id, status.value)
    files = editor.finish()
    editor.verify()
    if files:
        replace_files(content, {name: (file.before, file.after) for name, file in files.items()})
    return bool(files)


def _received(copy: ReviewedCopy, edits: Edits, pending: tuple[str, ...]) -> ReceivedCopy:
    touched = [
        (author, edit.key or "derived from " + " ".join(edit.sources))
        for edit in edits.fields
        for author in [change.author for change in edit.changes] or [""]
    ]
    touched += [(picture.author, picture.source or "a new picture") for picture in edits.pictures]
    touched += [("", moved.key or "words of no field") for moved in edits.moved]
    touched += [(change.author, "words of no field") for change in edits.outside]
    touched += [(aside.author, aside.kind) for aside in edits.asides]
    parts: dict[str, tuple[int, dict[str, None]]] = {}
    for author, name in touched:
        count, fields = parts.get(author, (0, {}))
        parts[author] = count + 1, {**fields, name: None}
    return ReceivedCopy(
        copy.file,
        copy.language,
        copy.person,
        tuple(AuthorsPart(author, count, tuple(fields)) for author, (count, fields) in parts.items()),
        pending,
        tuple(" / ".join(thread.lines) for thread in open_threads(copy, edits)),
    )


def _persons_review(loaded: LoadedPublication, id: str, received: Sequence[ReceivedCopy]) -> PersonsReview:
    person = loaded.publication.people[id]
    return PersonsReview(id, name_of(person), person.review, tuple(copy.file for copy in received if copy.person == id))
