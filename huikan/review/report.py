"""What a copy says, for people and for programs: as text, JSON or one HTML file to mail around."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape

from rich.text import Text

from huikan.review.comments import Comment
from huikan.review.copy import ReviewedCopy
from huikan.review.edits import Edits, FieldEdit
from huikan.review.rich import characters, grouped, hunks, text_of, tokens
from huikan.review.wordml import PARAGRAPH_END

_AROUND = 18
"""Unchanged tokens shown on each side of a change."""

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
    before, after = tokens(edit.sent), tokens(edit.edited)
    parts: list[DiffPart] = []
    place = 0
    for hunk in grouped(hunks(before, after)):
        parts.append(DiffPart("same", text_of(characters(before[place : hunk.start]))))
        parts.append(DiffPart("deleted", _with_looks(characters(before[hunk.start : hunk.end]))))
        parts.append(DiffPart("inserted", _with_looks(characters(after[hunk.new_start : hunk.new_end]))))
        place = hunk.end
    parts.append(DiffPart("same", text_of(characters(before[place:]))))
    shown = [part for number, each in enumerate(parts) for part in _shortened(each, number == 0, each is parts[-1])]
    return tuple(DiffPart(part.kind, part.text.replace(PARAGRAPH_END, "¶\n")) for part in shown if part.text)


def _with_looks(words: tuple[tuple[str, str], ...]) -> str:
    made, open_look = "", ""
    for letter, look in [*words, ("", "")]:
        if look != open_look:
            made += _marks(open_look)[::-1] + _marks(look)
            open_look = look
        made += letter
    return made


def _marks(look: str) -> str:
    return "".join({"s": "**", "e": "*", "c": "`"}[each] for each in look)


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
                made.append(f"  {change.kind}: {_change_words(change.before, change.after)}", style="dim")
                made.append(f"  — {change.author} {change.date}\n", style="dim")
        for change in report.edits.outside:
            made.append(f"\noutside every field, {change.kind}: {_change_words(change.before, change.after)}")
            made.append(f"  — {change.author} {change.date}\n", style="dim")
        for comment, fields, words in _threads(report):
            state = ", resolved" if comment.resolved else ""
            kind = "reply" if comment.parent else "comment"
            made.append(f"\n{kind} by {comment.author} {comment.date}{state}", style="bold magenta")
            made.append(f"\n  {', '.join(fields) or 'outside every field'}: “{words}”\n  {comment.text}\n")
        if not (report.edits.fields or report.edits.outside or report.copy.comments):
            made.append("no changes, no comments\n")
    return made


def _change_words(before: str, after: str) -> str:
    words = [each.replace(PARAGRAPH_END, "¶") for each in (before, after) if each]
    return " → ".join(f"“{each}”" for each in words)


def _title(edit: FieldEdit) -> str:
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


def _threads(report: CopyReport) -> list[tuple[Comment, tuple[str, ...], str]]:
    placed = {each.id: each for each in report.edits.comments}
    made = []
    for comment in report.copy.comments:
        place = placed.get(comment.id) or placed.get(comment.parent)
        made.append((comment, place.fields if place else (), place.words if place else ""))
    return made


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
        "outside": [asdict(change) for change in report.edits.outside],
        "comments": [
            {**asdict(comment), "fields": list(fields), "on": words} for comment, fields, words in _threads(report)
        ],
    }


def _lines(text: str) -> str:
    return text.replace(PARAGRAPH_END, "\n\n")


_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 16px/1.7 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em }}
h2 {{ font-size: 1em; margin: 2em 0 .3em; color: #155a6b; overflow-wrap: anywhere }}
del {{ color: #a11; background: #fdecec }} ins {{ color: #156a2b; background: #e9f7ec }}
p {{ white-space: pre-wrap; margin: .3em 0 }} .remark {{ color: #8a5a00 }} .by {{ color: #666; font-size: .85em }}
</style></head><body>{body}</body></html>
"""


def as_html(reports: Sequence[CopyReport]) -> str:
    """One file that needs no other."""
    body: list[str] = []
    for report in reports:
        body.append(f"<h1>{escape(report.copy.file)}</h1>")
        for edit in report.edits.fields:
            body.append(f"<h2>{escape(_title(edit))}</h2>")
            body += [f'<p class="remark">{escape(line)}</p>' for line in _remarks(edit)]
            tags = {"deleted": "del", "inserted": "ins"}
            words = "".join(
                f"<{tags[part.kind]}>{escape(part.text)}</{tags[part.kind]}>"
                if part.kind in tags
                else escape(part.text)
                for part in diff_parts(edit)
            )
            body.append(f"<p>{words}</p>")
            for change in edit.changes:
                line = f"{change.kind}: {_change_words(change.before, change.after)} — {change.author} {change.date}"
                body.append(f'<p class="by">{escape(line)}</p>')
        for change in report.edits.outside:
            line = f"{change.kind}: {_change_words(change.before, change.after)} — {change.author} {change.date}"
            body.append(f'<h2>—</h2><p class="by">{escape(line)}</p>')
        for comment, fields, words in _threads(report):
            state = " (resolved)" if comment.resolved else ""
            body.append(f"<h2>{escape(', '.join(fields) or '—')}</h2><p>“{escape(words)}”</p>")
            body.append(f"<p>{escape(comment.text)}</p>")
            body.append(f'<p class="by">{escape(comment.author)} {escape(comment.date)}{state}</p>')
    first = reports[0].copy if reports else None
    title = escape(", ".join(report.copy.file for report in reports))
    return _PAGE.format(language=escape(first.language if first else "en"), title=title, body="\n".join(body))
