"""Reviewed copies merged into the content: three ways, field by field, all files or none."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path

from huikan.content.load import LoadedPublication, load_publication
from huikan.finding import ContentError, Finding, Severity
from huikan.review.content_edit import ContentEditor
from huikan.review.copy import ReviewedCopy
from huikan.review.current import CurrentFields, current_paragraphs, fields_of
from huikan.review.edits import FieldEdit, read_edits
from huikan.review.markdown_leaves import UnwritableError
from huikan.review.rich import Rich, as_typeset, merge, text_of
from huikan.review.source_file import SourceFile
from huikan.review.transaction import recover, replace_files

_BLANK = re.compile(r"\s+")
_NOTE = re.compile(r".*[#/]fn\d+")
_ENGLISH = re.compile(r"\.en(?:$|[./]|\.md#)")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """What to merge. In a conflict the copy wins if `accept_all`, or if all who changed the field are in `authors`."""

    copies: tuple[ReviewedCopy, ...]
    folder: Path
    accept_all: bool = False
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergePlan:
    """The files as they would be: name → file. `conflicts` are errors, `notes` what else an editor should know."""

    folder: Path
    files: dict[str, SourceFile]
    fields: tuple[str, ...]
    conflicts: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    def diff(self) -> str:
        """All changes as a unified diff."""
        made: list[str] = []
        for name, file in sorted(self.files.items()):
            old, new = file.text.splitlines(keepends=True), file.edited_text.splitlines(keepends=True)
            made += difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
        return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in made)


@dataclass(slots=True)
class _Language:
    """What one language's fields become; the copies of a language are merged one on another."""

    now: CurrentFields
    wanted: dict[str, dict[int, Rich]] = field(default_factory=dict)


def plan_merge(request: MergeRequest) -> MergePlan:
    """What a merge would write.

    Raises ContentError for copies of another booklet, and when the content itself has errors.
    """
    recover(request.folder)
    loaded = load_publication(request.folder)
    return _Planner(request, loaded).plan()


def apply_merge(plan: MergePlan) -> Path | None:
    """Write a plan; the folder of the backup, or None when there was nothing to write."""
    if not plan.files:
        return None
    return replace_files(plan.folder, {name: (file.before, file.after) for name, file in plan.files.items()})


class _Planner:
    def __init__(self, request: MergeRequest, loaded: LoadedPublication) -> None:
        self.request, self.loaded = request, loaded
        self.conflicts: list[Finding] = []
        self.notes: list[Finding] = []
        self.languages: dict[str, _Language] = {}

    def plan(self) -> MergePlan:
        booklet = self.loaded.publication.booklet
        for copy in self.request.copies:
            if copy.booklet != booklet.id or copy.language not in booklet.languages:
                message = f"is a copy of {copy.booklet} ({copy.language}), not of this booklet"
                hint = f"merge copies of {booklet.id}"
                raise ContentError([Finding("HK073", Severity.ERROR, message, hint, copy.file)])
        for copy in self.request.copies:
            if copy.language not in self.languages:
                now = fields_of(current_paragraphs(self.loaded, copy.language))
                self.languages[copy.language] = _Language(now)
            self._take(copy, self.languages[copy.language])
        editor = ContentEditor(self.loaded)
        written = self._write(editor)
        files = editor.finish()
        editor.verify()
        return MergePlan(self.loaded.folder, files, written, tuple(self.conflicts), tuple(self.notes))

    def _take(self, copy: ReviewedCopy, language: _Language) -> None:
        edits = read_edits(copy)
        for edit in edits.fields:
            if edit.is_changed:
                if edit.is_derived:
                    self._tell_sources(copy, edit)
                elif edit.problem:
                    self._conflict(edit.key, f"{copy.file}: {edit.problem}; change it by hand", edit)
                else:
                    self._take_field(copy, edit, language)
            if edit.untracked and edit.is_changed and not edit.is_derived:
                message = f"{copy.file}: changed with tracking off: {_short(edit.sent)} → {_short(edit.edited)}"
                self._note(edit.key, message, "see that nothing was changed unseen")
        for change in edits.outside:
            message = f"{copy.file}: {change.author}: {change.kind} outside every field: "
            self._note("", message + _shortened(change.before or change.after), "words of labels are in templates/i18n")

    def _take_field(self, copy: ReviewedCopy, edit: FieldEdit, language: _Language) -> None:
        now = language.now.at(edit.key, edit.occurrence)
        if now is None:
            self._conflict(edit.key, f"{copy.file}: the field is no longer in the content", edit)
            return
        places = language.wanted.setdefault(edit.key, {})
        ours = places.get(edit.occurrence, now)
        authors = {change.author for change in edit.changes}
        prefers = self.request.accept_all or (bool(authors) and authors <= set(self.request.authors))
        words_language = "en" if _ENGLISH.search(edit.key) else copy.language
        theirs = as_typeset(edit.edited, edit.sent, words_language)
        merged = merge(edit.sent, ours, theirs, prefer_theirs=prefers)
        if merged.clashes and not prefers:
            for clash in merged.clashes:
                message = (
                    f"{copy.file} has {_short(clash.theirs)} where the content has {_short(clash.ours)} "
                    f"(sent: {_short(clash.base)})"
                )
                self._conflict(edit.key, message, edit)
            return
        if merged.words != now:
            places[edit.occurrence] = merged.words

    def _write(self, editor: ContentEditor) -> tuple[str, ...]:
        written: dict[str, tuple[str, ...]] = {}
        refused: set[str] = set()
        for language in self.languages.values():
            for key, places in language.wanted.items():
                if key.endswith(("#", "/")) or _NOTE.fullmatch(key):
                    for place, words in places.items():
                        now = language.now.at(key, place)
                        self._write_prose(editor, key, now or (), words, written)
                    continue
                found: dict[tuple[str, ...], list[str]] = {}
                for place, words in sorted(places.items()):
                    try:
                        parts = editor.carried(key, language.now.at(key, place) or (), words)
                    except UnwritableError as error:
                        self._conflict(key, f"cannot be written: {error}", None)
                        refused.add(key)
                        continue
                    found.setdefault(parts, []).append(text_of(words))
                if key in written:
                    found.setdefault(written[key], []).append("".join(written[key]))
                if len(found) > 1:
                    forms = "; ".join(_shortened(words[0]) for words in found.values())
                    message = f"changed differently in {sum(map(len, found.values()))} places: {forms}"
                    self._conflict(key, message, None)
                    refused.add(key)
                elif found and key not in refused:
                    written[key] = next(iter(found))
        for key, parts in written.items():
            if parts and key not in refused:
                editor.set_parts(key, parts)
        return tuple(key for key in written if key not in refused)

    def _write_prose(
        self, editor: ContentEditor, key: str, now: Rich, wanted: Rich, written: dict[str, tuple[str, ...]]
    ) -> None:
        try:
            editor.set_prose(key, now, wanted)
            written[key] = ()
        except UnwritableError as error:
            self._conflict(key, f"cannot be written: {error}", None)

    def _tell_sources(self, copy: ReviewedCopy, edit: FieldEdit) -> None:
        message = f"{copy.file}: derived words were changed: {_short(edit.sent)} → {_short(edit.edited)}"
        self._note(edit.sources[0] if edit.sources else "", message, f"change {', '.join(edit.sources)} instead")

    def _conflict(self, key: str, message: str, edit: FieldEdit | None) -> None:
        hint = "decide with --accept, or change the content by hand"
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


def _short(words: Rich) -> str:
    return _shortened(text_of(words))


def _shortened(text: str) -> str:
    text = _BLANK.sub(" ", text.replace("\u2029", " ¶ "))
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[: _LONGEST - 1]}…”"
