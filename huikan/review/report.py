"""What a copy says, for people and for programs: as text, JSON or one HTML file to mail around."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape

from rich.text import Text

from huikan.render.docx.sent import NOTE
from huikan.review.changes import Change
from huikan.review.copy import ReviewedCopy
from huikan.review.discussion import Thread, threads
from huikan.review.displacements import Displacement
from huikan.review.edits import Edits, FieldEdit
from huikan.review.paragraph_hunks import hunks
from huikan.review.picture_edits import PictureEdit
from huikan.review.quoting import with_marks
from huikan.review.rich import characters, grouped, text_of, tokens
from huikan.review.table_form import legible
from huikan.review.wordml import PARAGRAPH_END

_AROUND = 18
"""Unchanged tokens shown on each side of a change."""

_MARK = "[^]"
"""Shows where a note is referred to."""
_STYLES = {"deleted": "red strike", "inserted": "green underline", "skipped": "dim"}


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch of a field: `kind` is same, deleted, inserted, or skipped for what is left out."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class CopyReport:
    """One copy and all that it says."""

    copy: ReviewedCopy
    edits: Edits


def diff_parts(edit: FieldEdit) -> tuple[DiffPart, ...]:
    """A field as sent and as edited in one text: by word in Latin, by character in Chinese."""
    before, after = (tokens(words) for words in edit.compared)
    parts: list[DiffPart] = []
    place = 0
    for hunk in grouped(hunks(before, after)):
        parts.append(DiffPart("same", text_of(characters(before[place : hunk.start]))))
        parts.append(DiffPart("deleted", with_marks(characters(before[hunk.start : hunk.end]))))
        parts.append(DiffPart("inserted", with_marks(characters(after[hunk.new_start : hunk.new_end]))))
        place = hunk.end
    parts.append(DiffPart("same", text_of(characters(before[place:]))))
    shown = [part for number, each in enumerate(parts) for part in _shortened(each, number == 0, each is parts[-1])]
    signs = str.maketrans({PARAGRAPH_END: "¶\n", NOTE: _MARK})
    return tuple(DiffPart(part.kind, legible(part.text).translate(signs)) for part in shown if part.text)


def _shortened(part: DiffPart, first: bool, last: bool) -> list[DiffPart]:
    if part.kind != "same" or len(part.text) <= 2 * _AROUND + 4:
        return [part]
    head = [] if first else [DiffPart("same", part.text[:_AROUND])]
    tail = [] if last else [DiffPart("same", part.text[-_AROUND:])]
    return [*head, DiffPart("skipped", "…"), *tail]


def as_text(reports: Sequence[CopyReport]) -> Text:
    """For a terminal; without colour, deletions stand in [-…-] and insertions in {+…+}."""
    made = Text()
    for report in reports:
        made.append(f"{report.copy.file}  {report.copy.booklet} {report.copy.language}\n", style="bold")
        for edit in report.edits.fields:
            made.append("\n" + _title(edit) + "\n", style="bold cyan")
            for line in _remarks(edit):
                made.append(f"  {line}\n", style="yellow")
            made.append("  ")
            for part in diff_parts(edit):
                opening, closing = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}")}.get(part.kind, ("", ""))
                made.append(opening + part.text + closing, style=_STYLES.get(part.kind, ""))
            made.append("\n")
            for change in edit.changes:
                made.append(f"  {_change_line(change)}\n", style="dim")
        for moved in report.edits.moved:
            made.append(f"\n{moved.key or 'outside every field'}, {_move_line(moved)}\n", style="yellow")
        for change in report.edits.outside:
            made.append(f"\noutside every field, {_change_line(change)}\n")
        for aside in report.edits.asides:
            made.append(f"\n{aside}\n", style="yellow")
        for picture in report.edits.pictures:
            made.append(f"\n{_picture_line(picture)}\n", style="yellow")
        found = tuple(threads(report.copy, report.edits))
        for thread in found:
            _discussion(made, thread)
        if report.edits.is_empty and not found:
            made.append("no changes, no comments\n")
    return made


def _discussion(made: Text, thread: Thread) -> None:
    made.append("\n" + (", ".join(thread.place.fields) or "outside every field"), style="bold magenta")
    made.append(f"  “{thread.place.words}”{', resolved' if thread.resolved else ''}\n")
    for comment in thread.comments:
        indent = "  " if comment is thread.comments[0] else "    ↳ "
        made.append(f"{indent}{comment.author}{f' {comment.date}' if comment.date else ''}: {comment.text}\n")


def _picture_line(edit: PictureEdit) -> str:
    who = " ".join(part for part in (edit.author, edit.date) if part)
    new = f" by {edit.new.part} of the copy" if edit.new and edit.source else edit.new.part if edit.new else ""
    return f"picture {edit.kind}: {edit.source}{new}  — {who or 'tracking off'}"


def _move_line(moved: Displacement) -> str:
    below = f"stands below “{moved.after}”" if moved.after else "stands at the beginning"
    return f"moved: “{moved.words}” {below}  — tracking off"


def _change_line(change: Change) -> str:
    who = " ".join(part for part in (change.author, change.date) if part)
    return f"{change.kind}: {_change_words(change.before, change.after)}  — {who or 'tracking off'}"


def _change_words(before: str, after: str) -> str:
    words = [each.replace(PARAGRAPH_END, "¶").replace(NOTE, _MARK) for each in (before, after) if each]
    return " → ".join(f"“{each}”" for each in words)


def _title(edit: FieldEdit) -> str:
    return f"{_name(edit)}  ({edit.under})" if edit.under else _name(edit)


def _name(edit: FieldEdit) -> str:
    return edit.key or "derived from " + ", ".join(edit.sources)


def _remarks(edit: FieldEdit) -> list[str]:
    remarks = []
    if edit.is_derived and edit.is_changed:
        remarks.append(f"derived words: change {', '.join(edit.sources)} instead")
    if edit.untracked and edit.is_changed:
        remarks.append("changed with tracking off, wholly or in part")
    if edit.problem:
        remarks.append(edit.problem)
    return remarks


def as_json(reports: Sequence[CopyReport]) -> str:
    """Everything, for programs."""
    return json.dumps([_copy_data(report) for report in reports], ensure_ascii=False, indent=2)


def _copy_data(report: CopyReport) -> dict[str, object]:
    return {
        "file": report.copy.file,
        "booklet": report.copy.booklet,
        "language": report.copy.language,
        "fields": [
            {
                "field": edit.key,
                "derived_from": list(edit.sources),
                "occurrence": edit.occurrence,
                "under": edit.under,
                "before": _lines(text_of(edit.sent)),
                "after": _lines(text_of(edit.edited)),
                "untracked": edit.untracked,
                "problem": edit.problem,
                "diff": [asdict(part) for part in diff_parts(edit)],
                "changes": [
                    {**asdict(change), "before": _lines(change.before), "after": _lines(change.after)}
                    for change in edit.changes
                ],
            }
            for edit in report.edits.fields
        ],
        "moved": [asdict(moved) for moved in report.edits.moved],
        "outside": [asdict(change) for change in report.edits.outside],
        "asides": [asdict(aside) for aside in report.edits.asides],
        "pictures": [asdict(picture) for picture in report.edits.pictures],
        "comments": [
            {**asdict(comment), "fields": list(thread.place.fields), "on": thread.place.words}
            for thread in threads(report.copy, report.edits)
            for comment in thread.comments
        ],
    }


def _lines(text: str) -> str:
    return text.replace(PARAGRAPH_END, "\n\n")


_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
:root {{ color-scheme: light dark; --quiet: #666; --head: #155a6b; --gone: #a11; --come: #156a2b; --note: #8a5a00 }}
@media (prefers-color-scheme: dark) {{
  :root {{ --quiet: #aaa; --head: #7cc4d6; --gone: #ff8f8f; --come: #7fd99a; --note: #e0b060 }} }}
body {{ font: 16px/1.7 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em }}
h1 {{ font-size: 1.3em; line-height: 1.4; overflow-wrap: anywhere }}
h2 {{ font-size: 1em; margin: 2em 0 .3em; color: var(--head); overflow-wrap: anywhere }}
h2 small {{ color: var(--quiet); font-weight: normal; margin-left: 1em }}
del {{ color: var(--gone); background: color-mix(in srgb, var(--gone) 12%, transparent) }}
ins {{ color: var(--come); background: color-mix(in srgb, var(--come) 14%, transparent); text-decoration: none;
  border-bottom: 1px solid }}
p {{ white-space: pre-wrap; margin: .3em 0 }} .remark {{ color: var(--note) }}
.by {{ color: var(--quiet); font-size: .85em }} .reply {{ margin-left: 2em }}
</style></head><body>
{body}
</body></html>
"""
_TAGS = {"deleted": "del", "inserted": "ins"}


def as_html(reports: Sequence[CopyReport]) -> str:
    """One file that needs no other."""
    body: list[str] = []
    for report in reports:
        body.append(f"<h1>{escape(report.copy.file)}</h1>")
        said = tuple(threads(report.copy, report.edits))
        for edit in report.edits.fields:
            body += _html_of_edit(edit)
        for moved in report.edits.moved:
            body.append(f'<h2>{escape(moved.key or "—")}</h2><p class="by">{escape(_move_line(moved))}</p>')
        for change in report.edits.outside:
            body.append(f'<h2>—</h2><p class="by">{escape(_change_line(change))}</p>')
        for aside in report.edits.asides:
            body.append(f'<h2>—</h2><p class="by">{escape(str(aside))}</p>')
        for picture in report.edits.pictures:
            body.append(f'<h2>{escape(picture.source or "—")}</h2><p class="by">{escape(_picture_line(picture))}</p>')
        for thread in said:
            body += _html_of_thread(thread)
        if report.edits.is_empty and not said:
            body.append("<p>no changes, no comments</p>")
    first = reports[0].copy if reports else None
    title = escape(", ".join(report.copy.file for report in reports))
    return _PAGE.format(language=escape(first.language if first else "en"), title=title, body="\n".join(body))


def _html_of_edit(edit: FieldEdit) -> list[str]:
    small = f"<small>{escape(edit.under)}</small>" if edit.under else ""
    made = [f"<h2>{escape(_name(edit))}{small}</h2>"]
    made += [f'<p class="remark">{escape(line)}</p>' for line in _remarks(edit)]
    words = []
    for part in diff_parts(edit):
        tag = _TAGS.get(part.kind)
        words.append(f"<{tag}>{escape(part.text)}</{tag}>" if tag else escape(part.text))
    made.append(f"<p>{''.join(words)}</p>")
    return [*made, *(f'<p class="by">{escape(_change_line(change))}</p>' for change in edit.changes)]


def _html_of_thread(thread: Thread) -> list[str]:
    state = "<small>resolved</small>" if thread.resolved else ""
    made = [f"<h2>{escape(', '.join(thread.place.fields) or '—')}{state}</h2>"]
    if thread.place.words:
        made.append(f"<p>“{escape(thread.place.words)}”</p>")
    for comment in thread.comments:
        reply = ' class="reply"' if comment is not thread.comments[0] else ""
        by = f"{comment.author} {comment.date}".strip()
        made.append(f'<div{reply}><p>{escape(comment.text)}</p><p class="by">{escape(by)}</p></div>')
    return made
