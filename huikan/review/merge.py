"""Reviewed copies merged into the content: three ways, field by field, all files or none."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz.distance import Indel

from huikan.content.load import LoadedPublication, load_publication
from huikan.content.model import Approval
from huikan.finding import ContentError, Finding, Severity
from huikan.review.content_edit import ContentEditor
from huikan.review.copy import ReviewedCopy
from huikan.review.current import CurrentFields, current_paragraphs, fields_of, stands_in_list
from huikan.review.discussion import open_threads
from huikan.review.edits import Edits, FieldEdit, read_edits
from huikan.review.markdown_leaves import UnwritableError
from huikan.review.notes import dressed, sent_notes, undressed
from huikan.review.picture_edits import PictureEdit, without_added_pictures
from huikan.review.quoting import changes_quoted, difference_of, quoted, quoted_text
from huikan.review.rich import Rich, combine, merge, paragraphs_of
from huikan.review.source_file import SourceFile
from huikan.review.table_form import in_blocks
from huikan.review.table_merge import all_alike, merge_by_row, rows_of
from huikan.review.telling import (
    ORDER,
    dispute_told,
    first_left,
    forms_told,
    remark_on_picture,
    remarks_on_additions,
    remarks_on_breaks,
    remarks_on_doubles,
    remarks_on_places,
)
from huikan.review.transaction import recover, replace_files
from huikan.review.typeset_words import as_typeset
from huikan.review.versions import Form, Language, Version

_NOTE = re.compile(r".*[#/]fn\d+")
_ENGLISH = re.compile(r"\.en(?:$|[./]|\.md#)")
_BY_HAND = "change the content by hand"
_IN_PROGRAMME = "put the person into a session of programme.yaml, or take them out, by hand"
_SEE = "see that nothing is lost by that"
_MARK = "huikan review mark approved PERSON"
_LEAST_ALIKE = 0.5
"""A field that was sent with words less like those it has now is another one that has taken its number."""


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """What to merge. In a conflict a copy wins if `accept_all`, or if `accepted` names it or all who changed the field.

    `keep_comments` writes comments that are not settled into notes; `approve` enters what a person's own copy says of
    their review.
    """

    copies: tuple[ReviewedCopy, ...]
    folder: Path
    accept_all: bool = False
    accepted: tuple[str, ...] = ()
    keep_comments: bool = False
    approve: bool = False


@dataclass(frozen=True, slots=True)
class MergePlan:
    """The files as they would be: name → file. `conflicts` are errors, `notes` what else an editor should know."""

    folder: Path
    files: dict[str, SourceFile]
    fields: tuple[str, ...]
    conflicts: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    edits: tuple[Edits, ...]
    """What each copy says."""
    pending: tuple[tuple[str, ...], ...]
    """By copy, the fields that the content does not have as the copy has them."""

    def diff(self) -> str:
        """All changes as a unified diff."""
        made: list[str] = []
        for name, file in sorted(self.files.items()):
            old, new = file.text.splitlines(keepends=True), file.edited_text.splitlines(keepends=True)
            made += difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
        return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in made)


def plan_merge(request: MergeRequest) -> MergePlan:
    """What a merge would write.

    Raises ContentError for copies of another booklet, and when the content itself has errors.
    """
    recover(request.folder)
    loaded = load_publication(request.folder)
    return _Planner(request, loaded).plan()


def check_booklet(copy: ReviewedCopy, loaded: LoadedPublication) -> None:
    """Raise ContentError for a copy of another booklet, or in a language that this one does not have."""
    booklet = loaded.publication.booklet
    if copy.booklet != booklet.id or copy.language not in booklet.languages:
        message = f"is a copy of {copy.booklet} ({copy.language}), not of this booklet"
        raise ContentError([Finding("HK073", Severity.ERROR, message, f"merge copies of {booklet.id}", copy.file)])


def apply_merge(plan: MergePlan) -> Path | None:
    """Write a plan; the folder of the backup, or None when there was nothing to write."""
    if not plan.files:
        return None
    return replace_files(plan.folder, {name: (file.before, file.after) for name, file in plan.files.items()})


class _Planner:
    def __init__(self, request: MergeRequest, loaded: LoadedPublication) -> None:
        self.request, self.loaded = request, loaded
        self.editor = ContentEditor(loaded)
        self.conflicts: list[Finding] = []
        self.notes: list[Finding] = []
        self.languages: dict[str, Language] = {}
        self.edits: list[Edits] = []
        self.pending: list[dict[str, None]] = []

    def plan(self) -> MergePlan:
        for copy in self.request.copies:
            check_booklet(copy, self.loaded)
        editor = self.editor
        for copy in self.request.copies:
            self._take(copy, self._language(copy.language))
        written = self._write(editor)
        if self.request.keep_comments:
            self._keep_comments(editor)
        if self.request.approve:
            self._approve(editor)
        files = editor.finish()
        editor.verify()
        return MergePlan(
            self.loaded.folder,
            files,
            written,
            tuple(self.conflicts),
            tuple(self.notes),
            tuple(self.edits),
            tuple(tuple(keys) for keys in self.pending),
        )

    def _take(self, copy: ReviewedCopy, language: Language) -> None:
        edits = read_edits(copy)
        self.edits.append(edits)
        self.pending.append({})
        for edit in edits.fields:
            if edit.is_changed:
                if edit.is_derived:
                    self._tell_sources(copy, edit)
                elif edit.problem:
                    self.pending[-1][edit.key] = None
                    where = f" (under {edit.under})" if edit.under and not edit.is_prose else ""
                    hint = _IN_PROGRAMME if edit.is_of_row and edit.key.startswith("people.yaml") else _BY_HAND
                    self._conflict(edit.key, f"{copy.file}: {edit.problem}: {difference_of(edit)}{where}", hint)
                else:
                    self._take_field(copy, edit, language)
            if edit.untracked and edit.is_changed and not edit.is_derived:
                message = f"{copy.file}: changed with tracking off: {difference_of(edit)}"
                self._note(edit.key, message, "see that nothing was changed unseen")
        for picture in edits.pictures:
            self._take_picture(copy, picture)
        for remark in remarks_on_places(copy, edits):
            self._note(*remark)

    def _take_picture(self, copy: ReviewedCopy, edit: PictureEdit) -> None:
        path = self.loaded.folder / edit.source
        if edit.new and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == edit.new.digest:
            return
        self.pending[-1][edit.source or "a new picture"] = None
        self._note(*remark_on_picture(copy, edit))

    def _keep_comments(self, editor: ContentEditor) -> None:
        for copy, edits in zip(self.request.copies, self.edits, strict=True):
            for thread in open_threads(copy, edits):
                try:
                    for line in thread.lines:
                        editor.add_note(thread.field, line)
                except UnwritableError as error:
                    self._note(
                        "", f"{copy.file}: a comment is kept nowhere, {error}: {thread.lines[0]}", "keep it yourself"
                    )

    def _approve(self, editor: ContentEditor) -> None:
        """A person's own copy says that they approve: as it was sent, or with the changes that are merged now."""
        for copy, edits in zip(self.request.copies, self.edits, strict=True):
            if not copy.person:
                self._note(
                    "",
                    f"{copy.file}: is nobody's own copy, so nobody approves by it",
                    _MARK,
                )
            elif left := first_left(edits):
                self._note("", f"{copy.file}: {copy.person} is not marked: {left} is not merged", _MARK)
            elif self.conflicts:
                self._note("", f"{copy.file}: {copy.person} is not marked: there are conflicts", "decide them first")
            elif copy.person in self.loaded.publication.people:
                changed = bool(edits.moved) or any(edit.is_changed for edit in edits.fields)
                status = Approval.APPROVED_WITH_CHANGES if changed else Approval.APPROVED
                editor.set_review(copy.person, status.value)

    def _take_field(self, copy: ReviewedCopy, edit: FieldEdit, language: Language) -> None:
        if edit.key not in language.now.words:
            self._look_in_other_languages(edit.key, language.now)
        now = language.now.at(edit.key, edit.occurrence)
        if now is None:
            self.pending[-1][edit.key] = None
            hint = f"change what it became by hand; `huikan review show {copy.file}` has the words"
            self._conflict(edit.key, f"{copy.file}: the field is no longer in the content", hint)
            return
        if now != edit.sent and stands_in_list(edit.key):
            key = language.now.where(edit.sent, edit.key)
            if key:
                edit, now = replace(edit, key=key), edit.sent
            elif Indel.normalized_similarity(edit.sent, now) < _LEAST_ALIKE:
                self.pending[-1][edit.key] = None
                message = f"{copy.file}: other words stand there now, {quoted(now)}: {difference_of(edit)}"
                self._conflict(edit.key, message, _BY_HAND)
                return
        if (
            stands_in_list(edit.key)
            and edit.is_prose
            and len(paragraphs_of(edit.edited)) > len(paragraphs_of(edit.sent))
        ):
            self.pending[-1][edit.key] = None
            message = f"{copy.file}: a paragraph more than was sent: {difference_of(edit)}"
            self._conflict(edit.key, message, "add it to the list, or to this entry, by hand")
            return
        prefers = self._prefers(copy, edit)
        words_language = "en" if _ENGLISH.search(edit.key) else copy.language
        typed = without_added_pictures(edit.edited, edit.sent)
        theirs = as_typeset(typed, edit.sent, words_language, keeps_breaks=edit.is_prose)
        for remark in remarks_on_breaks(copy, edit, theirs):
            self._note(*remark)
        shown = dressed(now, theirs, language.now.notes_of(edit.key), sent_notes(copy.sent, edit.key))
        stand = self.editor.places(edit.key) if edit.is_prose else None
        by_row = merge_by_row(edit, now, shown, theirs, stand, prefer_theirs=prefers)
        merged, shown = by_row or (merge(edit.sent, shown, theirs, prefer_theirs=prefers), shown)
        merged, now = replace(merged, words=undressed(merged.words, shown)), undressed(shown, shown)
        if merged.words != now or merged.clashes:
            self.pending[-1][edit.key] = None
        for remark in remarks_on_additions(copy, edit, merged):
            self._note(*remark)
        for clash in merged.clashes if prefers else ():
            self._note(edit.key, f"{copy.file}: put in place of {quoted(clash.ours)}: {quoted(clash.theirs)}", _SEE)
        if merged.clashes and not prefers:
            for clash in merged.clashes:
                message = (
                    f"{copy.file} has {quoted(clash.theirs)} where the content has {quoted(clash.ours)} "
                    f"(sent: {quoted(clash.base)})"
                )
                self._conflict(edit.key, message)
        elif merged.words != now:
            places = language.wanted.setdefault(edit.key, {})
            places.setdefault(edit.occurrence, []).append(
                Version(copy, edit, merged.words, prefers, by_row is not None)
            )

    def _look_in_other_languages(self, key: str, fields: CurrentFields) -> None:
        """The field of a bilingual copy, which bears the name of its first language."""
        for name in self.loaded.publication.booklet.languages:
            if places := self._language(name).now.words.get(key):
                fields.words[key] = places
                return

    def _language(self, name: str) -> Language:
        if name not in self.languages:
            self.languages[name] = Language(fields_of(current_paragraphs(self.loaded, name)))
        return self.languages[name]

    def _prefers(self, copy: ReviewedCopy, edit: FieldEdit) -> bool:
        """Whether a copy's words win over others."""
        if self.request.accept_all or copy.file in self.request.accepted:
            return True
        return bool(edit.authors) and edit.authors <= set(self.request.accepted)

    def _write(self, editor: ContentEditor) -> tuple[str, ...]:
        forms: dict[str, dict[tuple[str, ...], Form]] = {}
        written: dict[str, tuple[str, ...]] = {}
        refused: set[str] = set()
        for language in self.languages.values():
            # notes are known by their numbers, which change with the text around their marks: they come first
            for key, places in sorted(language.wanted.items(), key=lambda entry: not _NOTE.fullmatch(entry[0])):
                for place, versions in sorted(places.items()):
                    now = language.now.at(key, place) or ()
                    is_prose = key.endswith(("#", "/"))
                    base, versions = all_alike(now, versions, editor.places(key) if is_prose else None)
                    told = len(self.notes)
                    words = self._combined(key, base, versions)
                    if words is None:
                        refused.add(key)
                    elif is_prose or _NOTE.fullmatch(key):
                        if self._write_prose(editor, key, now, words, versions):
                            written[key] = ()
                        else:
                            del self.notes[told:]
                    else:
                        self._add_form(editor, forms.setdefault(key, {}), key, now, words, versions)
        for key, found in forms.items():
            wanted = [parts for parts, form in found.items() if form.preferred] if len(found) > 1 else list(found)
            if key in refused or () in found:
                continue
            if len(wanted) == 1:
                written[key] = wanted[0]
                editor.set_parts(key, wanted[0])
            else:
                named = "; ".join(f"{quoted_text(''.join(parts))} {', '.join(f.places)}" for parts, f in found.items())
                self._conflict(
                    key, f"changed differently in {sum(len(f.places) for f in found.values())} places: {named}"
                )
        return tuple(written)

    def _combined(self, key: str, now: Rich, versions: Sequence[Version]) -> Rich | None:
        """What all copies together make of a field in one place; None, with a conflict, where they disagree."""
        preferred, names = [version.preferred for version in versions], [str(version) for version in versions]
        forms = [version.words for version in versions]
        words, found = combine(now, forms, preferred)
        disputes = [dispute for dispute in found if not dispute.is_kept]
        for dispute in found:
            if dispute.is_kept:
                self._note(key, f"added at one place and all kept: {forms_told(dispute, names)}", ORDER)
            else:
                self._conflict(key, f"copies differ where the content has {dispute_told(dispute, names)}")
        if any(preferred) and not disputes:
            for dispute in (each for each in combine(now, forms, [False] * len(forms))[1] if not each.is_kept):
                self._note(
                    key, f"one of these was preferred where the content has {dispute_told(dispute, names)}", _SEE
                )
        for remark in remarks_on_doubles(key, now, forms, words) if len(forms) > 1 and key.endswith(("#", "/")) else ():
            self._note(*remark)
        return None if disputes else words

    def _add_form(
        self,
        editor: ContentEditor,
        forms: dict[tuple[str, ...], Form],
        key: str,
        now: Rich,
        words: Rich,
        versions: Sequence[Version],
    ) -> None:
        try:
            parts = editor.carried(key, now, words)
        except UnwritableError as error:
            self._conflict(key, f"cannot be written: {error}: {quoted(words)}", _BY_HAND)
            parts = ()
        form = forms.setdefault(parts, Form())
        for version in versions:
            form.places.append(f"under {version.edit.under} ({version})" if version.edit.under else f"({version})")
            form.preferred = form.preferred or version.preferred

    def _write_prose(
        self,
        editor: ContentEditor,
        key: str,
        now: Rich,
        wanted: Rich,
        versions: Sequence[Version],
    ) -> bool:
        """Whether Markdown can say it; else that is a conflict."""
        kinds = dict(kind for version in versions for kind in version.edit.kinds)
        in_rows = wanted if versions[0].by_row else ()
        wanted = in_blocks(wanted) if in_rows else wanted
        try:
            editor.set_prose(key, now, wanted, kinds, rows_of(versions), in_rows)
        except UnwritableError as error:
            self._conflict(key, f"cannot be written: {error}: {changes_quoted(now, wanted)}", _BY_HAND)
            return False
        return True

    def _tell_sources(self, copy: ReviewedCopy, edit: FieldEdit) -> None:
        message = f"{copy.file}: derived words were changed: {difference_of(edit)}"
        self._note(edit.sources[0] if edit.sources else "", message, f"change {', '.join(edit.sources)} instead")

    def _conflict(
        self, key: str, message: str, hint: str = "decide with --accept, or change the content by hand"
    ) -> None:
        self.conflicts.append(self._placed("HK074", Severity.ERROR, key, message, hint))

    def _note(self, key: str, message: str, hint: str) -> None:
        note = self._placed("HK076", Severity.WARNING, key, message, hint)
        if note not in self.notes:
            self.notes.append(note)

    def _placed(self, code: str, severity: Severity, key: str, message: str, hint: str) -> Finding:
        place = self.loaded.locate(key) if key else None
        words = f"{key}: {message}" if key else message
        if place is None:
            return Finding(code, severity, words, hint)
        return Finding(code, severity, words, hint, place.file, place.line, place.column)
