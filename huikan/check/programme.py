"""Facts: the programme, the people and the summaries fit together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from huikan.check.registry import Remark, at, on, rule
from huikan.check.subject import Part, Subject, name_of, variant
from huikan.content.model import Role, SessionKind
from huikan.finding import Severity

_ORDINALS = "一二三四五六七八九十"
_NUMBERED = re.compile(r"^(.*?)([一二三四五六七八九十]|\d{1,2})$")


@rule("HK106", Severity.WARNING)
def speakers_have_a_summary(subject: Subject) -> Iterator[Remark]:
    """Every speaker has a summary, or the programme says why not.

    Write `summaries/ID.md`, or give the appearance a `no_summary:` with the words to print. Hosts need none, nor does
    whoever presents the report, whose abstract stands for the summary, nor do those who speak with
    the one above them, without a time and a topic of their own. Nothing is said while there is no summary at all.
    """
    if not subject.publication.summaries:
        return
    for part in subject.parts:
        presents = subject.publication.report is not None and (
            part.role is Role.REPORT or part.session.kind is SessionKind.REPORT
        )
        if part.is_host or presents or part.session.kind is SessionKind.BREAK or part.appearance.no_summary:
            continue
        if part.appearance.key not in subject.summaries and not _shares_a_talk(part):
            name = name_of(subject.person(part), subject.keys[0])
            hint = f"write summaries/{part.appearance.key}.md, or no_summary: with the reason"
            yield on(part.field, f"{name} has no summary", hint)


def _shares_a_talk(part: Part) -> bool:
    """Whether the talks of the session have times, and this speaker has none: the talk is that of the one above."""
    first = part.session.items[0]
    own = part.appearance
    return own is not first and first.start is not None and own.start is None and own.topic is None


@rule("HK129", Severity.WARNING)
def facts_of_appearances_are_printed(subject: Subject) -> Iterator[Remark]:
    """What is written of an appearance is printed.

    A `scope:` is printed of hosts and moderators alone, `no_summary:` where there is no summary, `start:`, `end:` and
    `track:` of speakers, not of hosts. Where such a key stands for nothing, it is left over, or something else was
    meant.
    """
    for part in subject.parts:
        own = part.appearance
        if own.scope and part.role is not Role.MODERATOR and not part.is_host:
            message = f"scope: is not printed of somebody whose role is {part.role}"
            yield on(f"{part.field}.scope", message, "delete it, or write role: moderator")
        if own.no_summary and not part.is_host and own.key in subject.summaries:
            message = f"no_summary: is not printed, since there is summaries/{subject.summaries[own.key].id}.md"
            yield on(f"{part.field}.no_summary", message, "delete one of the two")
        for key in ("start", "end", "track") if part.is_host else ():
            if getattr(own, key) is not None:
                yield on(f"{part.field}.{key}", f"{key}: is not printed of a host", "write it of the session")


@rule("HK107", Severity.WARNING)
def everyone_listed_appears(subject: Subject) -> Iterator[Remark]:
    """Everyone in people.yaml appears.

    A person whom no session and no report names is left over, or was forgotten in the programme.
    """
    report = subject.publication.report
    present = {part.appearance.person for part in subject.parts} | set(report.presented_by if report else ())
    for id, person in subject.publication.people.items():
        if id not in present:
            name = name_of(person, subject.keys[0])
            yield on(
                f"people.yaml#{id}", f"{name} appears in no session", "add the person to programme.yaml, or delete"
            )


@rule("HK108", Severity.NOTE)
def summaries_name_their_speaker(subject: Subject) -> Iterator[Remark]:
    """A summary names its speaker.

    A summary in which neither the name nor a part of it (Kwakwa, 夸夸) stands may belong to someone else.
    """
    for part in subject.parts:
        for key in subject.keys:
            name = variant(subject.person(part).name, key)
            blocks = subject.summary_blocks(part, key)
            text = "".join(block.text for block in blocks)
            words = [word for word in re.split(r"[ ·]", name) if len(word) > 1]
            if blocks and name and not any(word in text for word in words):
                yield at(
                    blocks[0], 0, 1, f"the summary does not name {name}", "name the speaker, or correct appearance:"
                )


@rule("HK109", Severity.WARNING)
def sessions_stand_in_order(subject: Subject) -> Iterator[Remark]:
    """Sessions and speeches stand in the order in which they were held.

    Times must not go back within a day, a speech begins within its session, and numbered labels (专题发言一,
    专题发言二) count up. Summaries follow the programme, so an order that is wrong here is wrong everywhere.
    """
    yield from _times(subject)
    last: dict[str, int] = {}
    for session in subject.publication.programme.sessions:
        numbered = _NUMBERED.match(variant(session.label, "zh"))
        if not numbered or not numbered[1]:
            continue
        number = int(numbered[2]) if numbered[2].isdigit() else _ORDINALS.index(numbered[2]) + 1
        expected = last.get(numbered[1], number - 1) + 1
        if numbered[1] in last and number != expected:
            message = f"“{numbered[0]}” follows number {last[numbered[1]]} of its kind"
            yield on(f"programme.yaml#sessions.{session.id}.label", message, "put the sessions in order, or renumber")
        last[numbered[1]] = number


@rule("HK123", Severity.WARNING)
def sessions_are_held_during_the_event(subject: Subject) -> Iterator[Remark]:
    """Sessions are held on a day of the event.

    The `date:` of a session lies between `date:` and `end_date:` of `booklet.yaml`; a session that ends says when it
    begins, without which no time is printed.
    """
    booklet = subject.publication.booklet
    last = booklet.end_date or booklet.date
    for session in subject.publication.programme.sessions:
        field = f"programme.yaml#sessions.{session.id}"
        if session.date and not booklet.date <= session.date <= last:
            days = f"{booklet.date}" if last == booklet.date else f"{booklet.date} to {last}"
            message = f"the session is held on {session.date}, the event on {days}"
            yield on(f"{field}.date", message, "correct the date, or end_date: in booklet.yaml")
        if session.end and not session.start:
            yield on(f"{field}.end", f"the session ends at {session.end:%H:%M} and begins at no time", "write start:")


def _times(subject: Subject) -> Iterator[Remark]:
    begun: dict[tuple[dt.date, str], dt.time] = {}
    for session in subject.publication.programme.sessions:
        day = session.date or subject.publication.booklet.date
        room = variant(session.room, subject.keys[0])
        field = f"programme.yaml#sessions.{session.id}"
        if session.start:
            before = begun.get((day, room))
            if before and session.start < before:
                message = f"the session begins at {session.start:%H:%M}, the one above it at {before:%H:%M}"
                yield on(f"{field}.start", message, "put the sessions in order, or correct a time")
            begun[day, room] = session.start
        if session.start and session.end and session.end < session.start:
            message = f"the session ends at {session.end:%H:%M}, before it begins at {session.start:%H:%M}"
            yield on(f"{field}.end", message, "correct one of them")
        yield from _speech_times(
            session.start, session.end, [each for each in subject.parts if each.session is session]
        )


def _speech_times(start: dt.time | None, end: dt.time | None, parts: list[Part]) -> Iterator[Remark]:
    before = start
    for part in parts:
        begins = part.appearance.start
        if begins is None or part.is_host:
            continue
        if (before and begins < before) or (end and begins > end):
            message = f"the speech begins at {begins:%H:%M}, outside its session or before the one above it"
            yield on(f"{part.field}.start", message, "correct the time, or the order")
        before = max(begins, before or begins)
